"""The doubts as a page shows them: narrowed, sorted, a hundred at a time, and counted by weight.

The arguments are those of the table of a question: ``f.<name>=`` (several values are alternatives),
``sort=`` (``-`` in front turns it round), ``retellings=no`` and ``page=``; ``finding=`` asks for
the doubts about one figure, of which a rule found something.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from allograph.namespaces import key_of
from allograph.reading.answers.facets import Facet, Value
from allograph.reading.answers.wish import DOUBT, ROWS_ON_A_PAGE, Wish
from allograph.reading.weighed.doubts import Doubt
from allograph.reading.weighed.sayings import Weight

WEIGHT, KIND, STUDY, FOUND_BY, ABOUT = "weight", "kind", "study", "found_by", "about"
NAMES = (WEIGHT, KIND, STUDY, FOUND_BY, ABOUT)
"""What can be wanted of the list, beside which doubt it is."""

HEADS = (
    (WEIGHT, "Weight"),
    (DOUBT, "Doubt"),
    (ABOUT, "About"),
    (STUDY, "Study"),
)
"""The columns of the page, by which it is sorted."""

FACETS = (
    (WEIGHT, "Weight"),
    (DOUBT, "Doubt"),
    (STUDY, "Study"),
    (KIND, "Kind"),
    (FOUND_BY, "Found by"),
)
NO_STUDY = "no single study"


@dataclass(frozen=True)
class Page:
    """Some of the doubts that are wanted: ``found`` of ``total``, from number ``start`` (0)."""

    doubts: Sequence[Doubt]
    start: int
    found: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.found // ROWS_ON_A_PAGE))


@dataclass(frozen=True)
class OfWeight:
    """How many doubts have a weight, and how many of them have each name, the commonest first."""

    weight: Weight
    doubts: int
    names: Sequence[tuple[str, int]]


def page_of(doubts: Iterable[Doubt], wish: Wish, finding: str = "") -> Page:
    """The doubts that are wanted, on the page that is wanted."""
    known = about_the_same(doubts, finding) if finding else list(doubts)
    wanted = sorted_by(sifted(known, wish), wish)
    start = (wish.page - 1) * ROWS_ON_A_PAGE
    return Page(wanted[start : start + ROWS_ON_A_PAGE], start, len(wanted), len(known))


def about_the_same(doubts: Iterable[Doubt], finding: str) -> list[Doubt]:
    """The doubts about what a finding (its fragment) is about, that of the finding first."""
    known = list(doubts)
    found = [doubt for doubt in known if any(it.anchor == finding for it in doubt.findings)]
    about = {it.part for doubt in found for it in doubt.findings if it.anchor == finding}
    others = [
        doubt
        for doubt in known
        if doubt not in found and about.intersection(side.iri for side in doubt.sides)
    ]
    return [*found, *others]


def sifted(doubts: Iterable[Doubt], wish: Wish, leaving: str = "") -> list[Doubt]:
    """The doubts that are wanted; the filter ``leaving`` is passed over."""
    filters = {name: values for name, values in wish.filters.items() if name != leaving}
    return [
        doubt
        for doubt in doubts
        if (wish.with_retellings or not doubt.is_retold)
        and all(_has(doubt, name, values) for name, values in filters.items())
    ]


def retellings_in(doubts: Iterable[Doubt], wish: Wish) -> int:
    """How many of the doubts that the filters leave are about what a report retells of others."""
    everything = replace(wish, with_retellings=True)
    return sum(doubt.is_retold for doubt in sifted(doubts, everything))


def sorted_by(doubts: list[Doubt], wish: Wish) -> list[Doubt]:
    """Sort as it is wanted; the list's own order stays among equals."""
    if not wish.sort:
        return doubts
    return sorted(doubts, key=SORT_KEYS[wish.sort], reverse=wish.is_descending)


def summary(doubts: Iterable[Doubt], weights: Iterable[Weight]) -> list[OfWeight]:
    """Count the doubts by weight, and by what they are called."""
    counted: dict[Weight, Counter[str]] = {weight: Counter() for weight in weights}
    for doubt in doubts:
        counted[doubt.weight][doubt.saying.label] += 1
    return [
        OfWeight(weight, found.total(), found.most_common()) for weight, found in counted.items()
    ]


def facets_of(doubts: Sequence[Doubt], wish: Wish) -> list[Facet]:
    """By what the list can be narrowed; a value is counted among what all other filters leave."""
    found = (_facet(doubts, wish, name, label) for name, label in FACETS)
    return [facet for facet in found if facet.is_chosen or len(facet.values) > 1]


def _facet(doubts: Sequence[Doubt], wish: Wish, name: str, label: str) -> Facet:
    labels: dict[str, str] = {}
    counted: Counter[str] = Counter()
    ranks: dict[str, tuple[int, str]] = {}
    for doubt in sifted(doubts, wish, leaving=name):
        for key, words in _values(doubt, name).items():
            labels[key] = words
            counted[key] += 1
            ranks[key] = (doubt.weight.rank if name == WEIGHT else 0, words.casefold())
    given: dict[str, list[str]] = {}
    for spelt in wish.filters.get(name, ()):
        given.setdefault(spelt.casefold(), []).append(spelt)
    values = [
        Value(key, labels[key], counted[key], tuple(given.get(key.casefold(), ())))
        for key in sorted(counted, key=ranks.__getitem__)
    ]
    return Facet(name, label, values)


def _values(doubt: Doubt, name: str) -> Mapping[str, str]:
    """What a doubt has of a facet: keys, and what they are called."""
    if name == WEIGHT:
        return {doubt.weight.key: doubt.weight.label}
    if name == DOUBT:
        return {doubt.saying.label: doubt.saying.label}
    if name == ABOUT:
        return {key_of(side.iri): side.label for side in doubt.sides}
    if name == STUDY:
        return {key_of(study.iri): study.label for study in doubt.studies} or {"": NO_STUDY}
    value = doubt.kind if name == KIND else doubt.found_by
    return {value: value}


def _has(doubt: Doubt, name: str, wanted: Sequence[str]) -> bool:
    """Tell whether a doubt has one of the values, be it by key, by label or by plain words.

    A doubt has one name, by which it is counted, and the keys of all rules and flags that say it.
    """
    found = {word for pair in _values(doubt, name).items() for word in pair}
    if name == DOUBT:
        for saying in doubt.sayings:
            found |= {saying.key, saying.plain}
    folded = {value.casefold() for value in found}
    return any(value.casefold() in folded for value in wanted)


def _of_study(doubt: Doubt) -> str:
    return doubt.studies[0].label.casefold() if doubt.studies else "\uffff"


SORT_KEYS: Mapping[str, Callable[[Doubt], tuple[object, ...]]] = {
    WEIGHT: lambda doubt: (doubt.weight.rank,),
    DOUBT: lambda doubt: (doubt.saying.label.casefold(),),
    ABOUT: lambda doubt: (doubt.sides[0].label.casefold(),),
    STUDY: lambda doubt: (_of_study(doubt),),
    KIND: lambda doubt: (doubt.kind,),
    FOUND_BY: lambda doubt: (doubt.found_by,),
}
