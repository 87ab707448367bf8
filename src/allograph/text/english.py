"""Tell words of English from typing errors, by a list of 40,000 of them.

``english.txt`` holds the words of four letters and more, without capitals and apostrophes, of the
small American and British lists of SCOWL (http://wordlist.aspell.net, release 2020.12.07): common
words alone, since a list of all words knows many that are typing errors far more often.

    SCOWL is copyright 2000-2020 by Kevin Atkinson. Permission to use, copy, modify, distribute and
    sell these word lists, the associated scripts, the output created from the scripts, and its
    documentation for any purpose is hereby granted without fee, provided that the above copyright
    notice appears in all copies and that both that copyright notice and this permission notice
    appear in supporting documentation. Kevin Atkinson makes no representations about the
    suitability of this array for any purpose. It is provided "as is" without express or implied
    warranty.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from allograph.text.words import plain

LIST = Path(__file__).parent / "english.txt"


def is_english(word: str) -> bool:
    """Tell whether a plain word is one of the list, as ``plain`` writes it."""
    return word in _words()


@cache
def _words() -> frozenset[str]:
    return frozenset(map(plain, LIST.read_text(encoding="ascii").split()))
