"""What a proved span says: its words, those of its sentence, and what the graph calls by them.

Words are compared as a reader would: a line break is a space, each dash a hyphen, each quotation
mark a plain one. Every change is one character for one, or a run of white space for one space, so
what stands before and behind a number can be told.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from allograph.checks.span.names import Names
from allograph.curated.held.locators import Locator
from allograph.curated.held.prose import Prose
from allograph.curated.results import Severity
from allograph.evidence import Evidence
from allograph.evidence.records import Comparison, Printed, Result
from allograph.rdf.nodes import Node

_PLAIN = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
    | dict.fromkeys("\u2018\u2019\u2032", "'")
    | dict.fromkeys("\u201c\u201d\u2033", '"')
)
_SPACES = re.compile(r"\s+")
NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?!\w*[.]?\d)")


@dataclass(frozen=True)
class Told:
    """What a check tells of a node: a sentence that ends with the cure, and what was read."""

    about: str
    check: str
    message: str
    found: str | None = None
    severity: Severity = Severity.VIOLATION


@dataclass(frozen=True)
class Place:
    """One node at one proved span of a held text; ``printed`` is the figure as printed."""

    node: Node
    locator: Locator
    prose: Prose

    @property
    def start(self) -> int:
        """Where the span starts, in Unicode code points of the text."""
        return self.locator.start or 0

    @property
    def end(self) -> int:
        """Where the span ends."""
        return self.locator.end or 0

    @cached_property
    def span(self) -> str:
        """The words of the span."""
        return plain(self.prose.text[self.start : self.end])

    @cached_property
    def printed(self) -> str:
        """The figure as printed."""
        return plain(self.locator.printed).strip()

    @cached_property
    def _lead(self) -> str:
        start, _end = self.prose.around(self.start, self.end)
        return plain(self.prose.text[start : self.start]).lstrip()

    @cached_property
    def sentence(self) -> str:
        """The sentence of the span; sentences, where the span goes over more than one."""
        _start, end = self.prose.around(self.start, self.end)
        return f"{self._lead}{self.span}{plain(self.prose.text[self.end : end])}".rstrip()

    @cached_property
    def previous(self) -> str:
        """The sentence before, if it stands in the same paragraph."""
        start, _end = self.prose.around(self.start, self.end)
        first, end = self.prose.around(max(start - 1, 0), start)
        words = self.prose.text[first:end] if start and end == start else ""
        return "" if re.search(r"\n\s*\n", words) else plain(words).strip()

    def earlier(self, count: int) -> str:
        """So many sentences before this one, wherever they stand."""
        start, _end = self.prose.around(self.start, self.end)
        first = start
        for _ in range(count):
            first, _end = self.prose.around(max(first - 1, 0), first)
        return plain(self.prose.text[first:start])

    @cached_property
    def at(self) -> int:
        """Where the printed form, or else the span, starts in the sentence."""
        return len(self._lead) + max(self.span.find(self.printed), 0)

    @property
    def before(self) -> str:
        """What stands in the sentence before the printed form."""
        return self.sentence[: self.at]

    @property
    def behind(self) -> str:
        """What stands in the sentence behind the printed form."""
        return self.sentence[self.at + len(self.printed) :]

    @property
    def scopes(self) -> tuple[str, str, str]:
        """Printed form, span and sentence: the narrowest that says something decides."""
        return self.printed, self.span, self.sentence

    def number_at(self, value: str) -> int | None:
        """Where in the text a number of the printed form stands; None where it is not there."""
        found = self.span.find(self.printed)
        for match in NUMBER.finditer(self.printed):
            if found >= 0 and float(match[0]) == float(value):
                return self.start + found + match.start()
        return None


@dataclass(frozen=True)
class Reading:
    """All proved places, the texts of reports, and what the graph says."""

    evidence: Evidence
    places: tuple[Place, ...]
    texts: Mapping[str, Prose]
    names: Names

    def of(self, class_name: str) -> Iterable[Place]:
        """The places of the nodes of a class."""
        known: Mapping[str, Mapping[str, Printed]] = {
            "Result": self.evidence.results,
            "Comparison": self.evidence.comparisons,
            "StudyGroup": self.evidence.groups,
            "Claim": self.evidence.claims,
            "DoseStep": self.evidence.steps,
        }
        return (place for place in self.places if place.node.iri in known[class_name])

    @cached_property
    def by_class(self) -> Mapping[str, tuple[Place, ...]]:
        """The places of figures: results and comparisons."""
        return {"Figure": (*self.of("Result"), *self.of("Comparison"))}

    def figure(self, place: Place) -> Result | Comparison:
        """The figure of a place of ``by_class["Figure"]``."""
        known = self.evidence.results.get(place.node.iri)
        return known or self.evidence.comparisons[place.node.iri]

    def sentences(self, prose: Prose) -> tuple[str, ...]:
        """The sentences of a text."""
        if id(prose) not in self._sentences:
            self._sentences[id(prose)] = tuple(plain(text).strip() for text in prose.sentences())
        return self._sentences[id(prose)]

    @cached_property
    def _sentences(self) -> dict[int, tuple[str, ...]]:
        """By the identity of the text, which lives as long as the reading."""
        return {}


def plain(text: str) -> str:
    """A text as it is compared."""
    return _SPACES.sub(" ", text.translate(_PLAIN))


def folded_letters(text: str) -> str:
    """A text in small letters without accents."""
    letters = unicodedata.normalize("NFKD", plain(text).casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def decided(scopes: Iterable[str], table: Mapping[str, re.Pattern[str]]) -> frozenset[str]:
    """The keys whose words stand in the first text that has any."""
    for text in scopes:
        if found := frozenset(key for key, words in table.items() if words.search(text)):
            return found
    return frozenset()


def words(**patterns: str) -> dict[str, re.Pattern[str]]:
    """A table of words: keys of the graph, with ``_`` for ``-``, and the words that mean them.

    Abbreviations in capitals are written ``(?-i:OS)``.
    """
    return {
        key.replace("_", "-"): re.compile(pattern, re.IGNORECASE)
        for key, pattern in patterns.items()
    }


def shown(keys: Iterable[str]) -> str:
    """Keys for people."""
    return " and ".join(sorted(keys))
