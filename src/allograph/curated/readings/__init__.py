"""Two readings of a figure: what was read anew in its source, held against what was entered.

Touch it when a reading is asked for, read from a sheet, compared or written differently.
``agreement`` compares, ``asked`` says what a blind reader is told, ``cells`` reads an answer,
``sheet`` a sheet of them, ``record`` writes ``graph/reading/<study>.ttl``.
"""
