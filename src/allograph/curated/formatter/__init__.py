"""Turtle as people write it: tokens, comments and lines, which a parser of triples forgets."""
