"""RDF and SPARQL, without a word of medicine: terms, Turtle, formats, stores, queries.

Touch it for a format, a store or a mistake in how a query is read; ``store`` is the one way to ask.
``sparql/`` reads the text of queries.
"""
