"""Pictures: ``charts/`` of answers, ``diagrams/`` of records and classes.

Touch it for how something looks; what it says is decided by who calls it.
"""
