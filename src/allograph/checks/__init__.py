"""What must hold of the curated files: the one list of checks, for ``check`` and for ``build``.

To add a check, write a function and its row in ``CHECKS`` of ``check``. ``verify`` holds places
against the texts that were read.
"""
