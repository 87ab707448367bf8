"""Account for every number of a held text: who enters it, or why nobody does.

A number is *entered* when a node whose span covers it says it (``entered``), or when it belongs to
a report's own record (``bibliography``). It is *passed over* when a curator says why of the passage
(``ag:PassedOver``), or when it is part of a name that the graph knows (CD22) or the number of a
figure or table. What is neither is *open*.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from allograph.checks.bibliography import Bibliography
from allograph.checks.entered import OF_A_SENTENCE, Said, said_by
from allograph.curated.held.locators import Held, Locator, ReadText
from allograph.curated.held.numbered import NumberInText, numbers_of, numerals_of
from allograph.evidence.names import NameIndex, names_of
from allograph.namespaces import BASE
from allograph.rdf.nodes import Nodes
from allograph.text.printed import PrintedNumber, printed_numbers

STATUSES = ENTERED, PASSED_OVER, OPEN = "entered", "passed over", "open"
IN_A_NAME, NUMBERED = "part-of-a-name", "numbering"
"""Keys of the reasons that the program sees by itself."""

_NAMED_KINDS = ("target", "drug", "procedure", "condition", "organization")
_NUMBERED = re.compile(
    r"(?<!\w)(?:fig(?:ure|s|\.)?|table|box|appendix|panel|supplement(?:ary)?\s(?:figure|table))\s"
    r"(?:S?[0-9]{1,3}[A-Za-z]?)(?!\w|\.[0-9])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Entry:
    """A node that enters a number, and the IRI of the property that says it."""

    node: str
    property: str
    is_placed: bool


@dataclass(frozen=True)
class Account:
    """A number, the nodes that enter it, and the reasons why it need not be entered.

    ``passages`` are the curated ones that cover it; ``rule`` is the key of the reason that the
    program sees by itself, ``named`` the record whose name it is part of.
    """

    place: NumberInText
    entries: tuple[Entry, ...]
    passages: tuple[Locator, ...]
    rule: str = ""
    named: str = ""

    @property
    def status(self) -> str:
        """Whether the number is entered, passed over or open."""
        if self.entries:
            return ENTERED
        return PASSED_OVER if self.passages or self.rule else OPEN

    @property
    def is_contradicted(self) -> bool:
        """Whether it is passed over and yet entered by a node whose span covers it."""
        return bool(self.passages) and any(entry.is_placed for entry in self.entries)


@dataclass(frozen=True)
class Accounts:
    """The account of each number of a text, in its order."""

    read: ReadText
    passages: tuple[Locator, ...]
    numbers: tuple[Account, ...]

    def with_status(self, status: str) -> list[Account]:
        """The numbers that are entered, passed over or open."""
        return [one for one in self.numbers if one.status == status]

    @property
    def summary(self) -> str:
        """``87 numbers: 61 entered, 26 passed over, 0 open``."""
        counts = (f"{len(self.with_status(one))} {one}" for one in STATUSES)
        return f"{len(self.numbers)} numbers: {', '.join(counts)}"


def _is_word(account: Account) -> bool:
    """Whether it is a ``no`` that nobody takes for a number: no conflict, no previous transplant."""
    return account.status == OPEN and account.place.number.text.casefold() == "no"


class _Places:
    """The locators of a text, by their place in it."""

    def __init__(self, locators: list[Locator]) -> None:
        """The locators are in the order of their starts."""
        self._locators = locators
        self._starts = [one.start or 0 for one in locators]
        self._by_sentence: dict[tuple[str, int | None], list[Locator]] = {}
        for one in locators:
            if not one.reason:
                self._by_sentence.setdefault((one.section, one.sentence), []).append(one)

    def around(self, number: PrintedNumber) -> list[Locator]:
        """Those whose span covers a number."""
        before = self._locators[: bisect_right(self._starts, number.start)]
        return [one for one in before if (one.end or 0) >= number.end]

    def beside(self, place: NumberInText) -> list[Locator]:
        """Those that begin in the same sentence."""
        return self._by_sentence.get((place.section, place.sentence), [])


class Accountant:
    """Accounts for the numbers of held texts; what a node says is read once."""

    def __init__(self, nodes: Nodes, held: Held) -> None:
        self._nodes = nodes
        self._held = held
        self._said: dict[str, Said] = {}

    def account(self, report: str, read: ReadText) -> Accounts:
        """The account of every number of the text that was read for a report (its IRI)."""
        known = self._known.get(read.held.iri, [])
        placed = sorted(
            (one for one in known if one.start is not None and one.end is not None),
            key=lambda one: one.start or 0,
        )
        bibliography = Bibliography(report, self._nodes, read)
        names = list(self._names_in(read.prose.text))
        numbers = numbers_of(read, known, numerals_of(self._nodes))
        places = _Places(placed)
        accounts = [self._account(number, places, bibliography, names) for number in numbers]
        passages = tuple(one for one in placed if one.reason)
        return Accounts(read, passages, tuple(one for one in accounts if not _is_word(one)))

    @cached_property
    def _known(self) -> Mapping[str, list[Locator]]:
        known: dict[str, list[Locator]] = {}
        for locator in self._held.locators:
            known.setdefault(locator.held_text, []).append(locator)
        return known

    def _account(
        self,
        place: NumberInText,
        places: _Places,
        bibliography: Bibliography,
        names: list[tuple[int, int, str]],
    ) -> Account:
        number = place.number
        around = places.around(number)
        passages = tuple(one for one in around if one.reason)
        entries = [
            Entry(one.about, property, is_placed=True)
            for one in around
            if not one.reason and (property := self._said_by(one.about).enters(number))
        ]
        entries += [
            Entry(one.about, property, is_placed=False)
            for one in places.beside(place)
            if (property := self._said_by(one.about).enters(number, OF_A_SENTENCE))
        ]
        entries += [Entry(*found, is_placed=False) for found in bibliography.entries(number)]
        rule, named = _by_rule(number, names)
        unique = {entry.node: entry for entry in reversed(entries)}
        return Account(place, tuple(reversed(unique.values())), passages, rule, named)

    def _said_by(self, iri: str) -> Said:
        if iri not in self._said:
            self._said[iri] = said_by(self._nodes.of(iri))
        return self._said[iri]

    def _names_in(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Where names with a number in them stand, and where figures and tables are numbered."""
        for match in _NUMBERED.finditer(text):
            yield match.start(), match.end(), ""
        for mention in self._names.everywhere(text):
            yield mention.start, mention.end, min(mention.iris)

    @cached_property
    def _names(self) -> NameIndex:
        """The names of targets, drugs and the like that begin with a letter and have a number."""
        namespaces = tuple(f"{BASE}{kind}/" for kind in _NAMED_KINDS)
        return NameIndex(
            (name, node.iri)
            for node in self._nodes.values()
            if node.iri.startswith(namespaces) and "#" not in node.iri
            for name in names_of(node)
            if name[:1].isalpha() and printed_numbers(name)
        )


def _by_rule(number: PrintedNumber, names: list[tuple[int, int, str]]) -> tuple[str, str]:
    """The reason that the program sees, and the record whose name the number is part of."""
    if number.unit:
        return "", ""
    for start, end, iri in names:
        if (start < number.start and number.end <= end) or (start, end) == (
            number.start,
            number.end,
        ):
            return (IN_A_NAME, iri) if iri else (NUMBERED, "")
    return "", ""
