"""Find the records that a text names, by an index of their names.

A name is a sequence of words and signs; white space between them says nothing. Of names that
overlap, a text means the first, and of those that begin together the longest: in ``complete
remission`` no ``remission`` is named. Short names are told from words by their capitals, so that
``ALL`` is not ``all``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from allograph.rdf.nodes import Node
from allograph.rdf.vocabularies import RDFS, SKOS

WORD = re.compile(r"\w+|[^\w\s]")
"""A word, or a sign, of a name and of a text."""
SHORT = 5
"""Characters of a name that only its capitals tell from a word."""


def names_of(node: Node) -> list[str]:
    """The label and the other names of a record."""
    return [
        *node.texts(RDFS.label),
        *node.texts(SKOS.prefLabel),
        *node.texts(SKOS.altLabel),
    ]


@dataclass(frozen=True)
class Mention:
    """A name in a text: the IRIs of the records that it can mean, and where it stands."""

    iris: frozenset[str]
    start: int
    end: int


@dataclass(frozen=True)
class _Spelling:
    """How a name is spelt: where its words begin, and its letters where their case counts."""

    joints: frozenset[int]
    capitals: str | None
    has_plural: bool


class NameIndex:
    """Names, each with the IRI of its record, to be found in texts.

    ``short`` is the length up to which a name that has capitals is read with them; none is by
    itself. In ``prose`` a name may stand in the plural, and its words may be written together.
    What ``word`` leaves out of a text stands between words. ``forms`` are patterns of words that
    name records besides, and of words that name none and hide the names in them.
    """

    def __init__(
        self,
        names: Iterable[tuple[str, str]],
        *,
        short: int = 0,
        prose: bool = False,
        word: re.Pattern[str] = WORD,
        forms: Mapping[str, frozenset[str]] | None = None,
    ) -> None:
        self._short, self._prose, self._word = short, prose, word
        self._names: dict[str, dict[_Spelling, frozenset[str]]] = {}
        self._beginnings: set[str] = set()
        for name, iri in names:
            self._enter(name, iri)
        self._forms = [
            (re.compile(rf"(?<![A-Za-z0-9])(?:{form})(?![A-Za-z0-9])", re.I), iris)
            for form, iris in (forms or {}).items()
        ]
        self._known: dict[tuple[str, bool], tuple[Mention, ...]] = {}

    def mentions(self, text: str, *, any_case: bool = False) -> tuple[Mention, ...]:
        """The names in a text, in order; of those that overlap the longest.

        In ``any_case`` short names are not told by their capitals: a key has none.
        """
        asked = (text, any_case)
        if asked not in self._known:
            self._known[asked] = tuple(_longest(self.everywhere(text, any_case=any_case)))
        return self._known[asked]

    def everywhere(self, text: str, *, any_case: bool = False) -> Iterator[Mention]:
        """All names in a text, those inside of longer ones, too."""
        words = list(self._word.finditer(text))
        for place, first in enumerate(words):
            folded = written = ""
            joints: set[int] = set()
            for index in range(place, len(words)):
                last = words[index]
                joints.add(len(folded))
                folded += last[0].casefold()
                if folded not in self._beginnings:
                    break
                written += last[0]
                for iris in self._meant(folded, None if any_case else written, joints):
                    yield Mention(iris, first.start(), last.end())
        for pattern, iris in self._forms:
            for match in pattern.finditer(text):
                yield Mention(iris, match.start(), match.end())

    def _enter(self, name: str, iri: str) -> None:
        folded = written = ""
        joints: set[int] = set()
        for word in self._word.findall(name):
            joints.add(len(folded))
            folded += word.casefold()
            written += word
            self._beginnings.add(folded)
        if not folded:
            return
        has_plural = self._prose and name[-1:].isalpha() and name[-1:] != "s"
        if has_plural:
            self._beginnings.add(f"{folded}s")
        is_short = len(name) <= self._short and name != name.lower()
        spelling = _Spelling(frozenset(joints), written if is_short else None, has_plural)
        spellings = self._names.setdefault(folded, {})
        spellings[spelling] = spellings.get(spelling, frozenset()) | {iri}

    def _meant(
        self, folded: str, written: str | None, joints: set[int]
    ) -> Iterator[frozenset[str]]:
        """The records of the names that are spelt so; ``written`` is None where no case counts."""
        for spelling, iris in self._names.get(folded, {}).items():
            if self._is_spelt(spelling, written, joints):
                yield iris
        if self._prose and folded.endswith("s"):
            singular = None if written is None else written.removesuffix("s")
            for spelling, iris in self._names.get(folded[:-1], {}).items():
                if spelling.has_plural and self._is_spelt(spelling, singular, joints):
                    yield iris

    def _is_spelt(self, spelling: _Spelling, written: str | None, joints: set[int]) -> bool:
        is_capital = None in (written, spelling.capitals) or written == spelling.capitals
        if self._prose:
            return is_capital and joints <= spelling.joints
        return is_capital and joints == spelling.joints


def _longest(found: Iterable[Mention]) -> Iterator[Mention]:
    """Of names that overlap the first, and of those that begin together the longest."""
    place = 0
    in_order = sorted(found, key=lambda mention: (mention.start, -mention.end))
    for (start, end), alike in groupby(in_order, key=lambda mention: (mention.start, mention.end)):
        if start >= place:
            yield Mention(frozenset().union(*(mention.iris for mention in alike)), start, end)
            place = end
