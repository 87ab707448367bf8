"""Made-up evidence, seeded: the same seed and size give the same bytes, anywhere and always.

``curated`` writes graph files as a curator would, ``bulk`` streams quads as a registry would give.
Every key begins with ``made-up-``, so that nobody takes it for evidence.
"""
