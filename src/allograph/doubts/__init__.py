"""What is doubted about the evidence, by rules, and the ledger that keeps it.

To add a rule, write a function in ``rules/``, its row in ``rules/__init__`` and its words in
``ontology/rules/``; nothing else. ``ledger`` joins what rules find with what curators flagged.
"""
