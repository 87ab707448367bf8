"""The doubts of a release as one list: each once, the gravest first, with what it means.

A rule and a flag that say the same of the same figure are one doubt, and so is what stands between
several figures, such as two reports that differ: it has them all as its sides. A doubt weighs as
the gravest of the rules and flags that say it. ``sayings`` reads rules and flags with their
weights, ``doubts`` puts the list together, ``narrowed`` is what a page shows of it.
"""
