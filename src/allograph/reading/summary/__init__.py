"""A Summary of Findings: what is known of a drug, or of a drug against a comparator, in one table.

One row for each outcome and population: how many in 1,000, how many more or fewer, from which
studies, how certain, with what doubts. ``summary`` makes it of the evidence; ``table`` says what
it is; ``as_json``, ``as_csv``, ``as_markdown``, ``as_book`` and ``as_paper`` write it, ``revman``
writes what stands behind it as tables of studies, arms and results. Nothing here knows HTTP.
"""
