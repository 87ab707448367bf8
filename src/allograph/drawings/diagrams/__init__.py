"""Draw what a page shows as a picture: boxes and lines with places, written as SVG by templates.

Nothing here knows of Flask or of the graph's store: nodes go in, numbers and words come out.
Colours, fonts and strokes are classes of the stylesheet, so that a drawing follows light, dark and
paper; lengths are in CSS pixels. The layouts are short and our own: Graphviz is a binary, and its
boxes do not know the text that a page puts into them.
"""
