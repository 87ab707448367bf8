"""What must hold of the curated files: the one list of checks, for ``check`` and for ``build``.

Shapes are pySHACL's business. ``glance`` spares it the nodes that conform, and ``anew`` those that
an earlier check has seen (``kept``): both change how long a check takes, and nothing else.

To add a check, write a function and its row in ``CHECKS`` of ``check``. ``verify`` holds places
against the texts that were read.
"""
