"""Take names apart into words as people type them: without case, accents and spelling variants."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

WORD = re.compile(r"\w+")
DIGRAPH = re.compile("[ao]e|[æœ]")
"""British and American spellings differ in these."""


def plain(text: str) -> str:
    """Text without case, accents and digraphs: ``leukemia`` for ``Leukaemia``."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return DIGRAPH.sub("e", letters)


STOP_WORDS = frozenset(
    map(
        plain,
        """
        a after among an and are as at before by did do does for from how in is it its of on or
        risk that the their to versus vs was were what when which who whom with
        """.split(),  # noqa: SIM905  # a list of words is read, and kept, as lines of them
    )
)


def spelt_words(text: str) -> Iterator[tuple[str, str]]:
    """The words of a text: each as it is found, and as it is spelt."""
    for word in WORD.findall(text.casefold()):
        yield plain(word), word


def words_in(text: str) -> list[str]:
    """The words of a text, each once, in order."""
    return list(dict.fromkeys(WORD.findall(plain(text))))


def spellings_in(name: str) -> set[str]:
    """The words of a name, and hyphenated ones written together as well: ``allosct``."""
    together = {"".join(WORD.findall(chunk)) for chunk in plain(name).split()}
    return {*words_in(name), *together} - {""}


def telling(words: Sequence[str]) -> list[str]:
    """The words that tell one thing from another; all of them where none does."""
    return [word for word in words if word not in STOP_WORDS] or list(words)


def compact(text: str) -> str:
    """The words of a text, written together."""
    return "".join(WORD.findall(plain(text)))


_ENDINGS = (("ies", "y"), ("es", ""), ("s", ""), ("ise", "ize"), ("ised", "ized"), ("our", "or"))


def variants(word: str) -> list[str]:
    """Other spellings of a plain word: its singular or plural, British or American."""
    found = [word.removesuffix(end) + new for end, new in _ENDINGS if word.endswith(end)]
    found += [word.removesuffix(new) + end for end, new in _ENDINGS if new and word.endswith(new)]
    found = [variant for variant in found if len(variant) > 1 and not variant.endswith("s")]
    return [*found, f"{word}s"]
