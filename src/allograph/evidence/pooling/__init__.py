"""Which figures of several studies may be taken together, or why they may not.

Touch it for a guard against pooling what differs. How numbers are combined is in ``synthesis``.
"""
