"""A pooled answer as it leaves: JSON, rows of a table, lines of R and Python that reproduce it."""
