"""The canned questions: a header, parameters, a whole query, and its binding to values.

Touch it for what a header may say or a parameter may be; a question itself is one file in
``queries/`` and needs no change here.
"""
