"""The answer of a question as people read it: its rows, the cells made of them, what is shown.

``composed`` writes several columns as one cell, ``wish`` reads which rows and columns a reader
wants, ``facets`` counts by what they can be narrowed, ``table`` makes the table of a page.
"""
