"""An answer to be taken along: in which formats, which part of it, and with what beside it.

``formats`` is the table that page, addresses, ``Accept`` and ``--format`` read. ``taken`` holds an
answer with all that is said of it; ``write`` writes it, as solutions or as a document, of which
``workbook``, ``paper`` and ``columnar`` each know one kind. ``sources`` tells who prints a row and
what is doubted of it; ``extent`` is ``limit=`` and ``offset=``. Pictures are drawn in ``drawings``.
"""
