"""Which number belongs to whom, and to what: the words next to it, and lists with respectively.

Two figures of different people, outcomes or doses cannot be one printed number. In ``57.1% for
primary refractory, 61.7% for early relapse`` the words behind a number say whose it is; in
``11 and 25 months, respectively`` the order does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence

from allograph.checks.span.names import kind_of
from allograph.checks.span.reading import NUMBER, Place, Reading, Told
from allograph.checks.span.treatments import given_to
from allograph.doubts.rules.labels.groups import words_of
from allograph.doubts.rules.words.printed_numbers import printed_numbers
from allograph.evidence.records import DoseStep, Group, Result
from allograph.evidence.values import whole

WORD = re.compile(r"[a-z]+|\d+")
STEM = 5
BEHIND = re.compile(
    r"[\s%]*(?:\([^()]*\)\s*)?(?:(?!and\b|or\b|but\b)\w+\s+)?(?:for|in|with|among|of)\s+(?P<words>[^,;:()]+)"
)
"""The words behind a number that say whose it is."""
_UNTIL = re.compile(r"\s(?:vs\.?|versus|and|but|while|whereas|compared)\s|\d")
LIST = re.compile(
    r"(?:\d[\d.]*\s?(?:%|months?|years?|weeks?|days?|patients?)?"
    r"(?:\s*,?\s*\b(?:and|vs\.?|versus)\b\s*|\s*,\s*)){1,4}"
    r"\d[\d.]*\s?(?:%|months?|years?|weeks?|days?|patients?)?,?\s*respectively",
    re.IGNORECASE,
)
SAY_NOTHING = frozenset({"them", "the", "these", "those", "all", "and", "patie", "who", "were"})
MOST_BETWEEN = 4
"""Words between two names of one list: ``PFS and the median OS``."""


def shared_numbers(reading: Reading) -> Iterator[Told]:
    """Two results that are one printed number, and of different people or outcomes."""
    at: defaultdict[Hashable, list[Place]] = defaultdict(list)
    for place in reading.of("Result"):
        result = reading.evidence.results[place.node.iri]
        start = None if result.value is None else place.number_at(str(result.value))
        if start is not None:
            at[place.locator.held_text, start].append(place)
    for places in at.values():
        results = {p.node.iri: reading.evidence.results[p.node.iri] for p in places}
        if len({(result.group, result.outcome) for result in results.values()}) < 2:
            continue
        for place in places:
            others = " and ".join(f'"{r.label}"' for i, r in results.items() if i != place.node.iri)
            if others and not re.search(r"\b(?:both|each|either|all)\b", place.span, re.I):
                message = f"The same printed number is that of {others}, too: keep one."
                yield Told(place.node.iri, "shared-number", message, place.sentence)


def shared_sizes(reading: Reading) -> Iterator[Told]:
    """Two groups whose sizes are one printed number."""
    at: defaultdict[Hashable, list[Place]] = defaultdict(list)
    for place in reading.of("StudyGroup"):
        size = reading.evidence.groups[place.node.iri].size
        start = None if size is None else place.number_at(str(size))
        if start is not None:
            at[place.locator.held_text, start].append(place)
    for places in at.values():
        for place in places if len(places) > 1 else ():
            others = " and ".join(f'"{other.node.label}"' for other in places if other != place)
            message = f"The same printed number is the size of {others}, too: correct one place."
            yield Told(place.node.iri, "shared-number", message, place.sentence)


def people_behind_numbers(reading: Reading) -> Iterator[Told]:
    """A figure behind whose number the words name a sibling of its group."""
    words = {group.iri: _group_words(group) for group in reading.evidence.groups.values()}
    for place in reading.of("Result"):
        result = reading.evidence.results[place.node.iri]
        own = reading.evidence.groups.get(result.group or "")
        behind = BEHIND.match(place.behind)
        if own is None or behind is None:
            continue
        said = _stems(_UNTIL.split(behind["words"])[0])
        for other in reading.evidence.groups_of_study.get(own.study or "", ()):
            theirs, ours = words[other.iri] - words[own.iri], words[own.iri] - words[other.iri]
            if other.iri == own.iri or said.isdisjoint(theirs) or not said.isdisjoint(ours):
                continue
            if set(other.parents) & set(own.parents) and said <= words[other.iri]:
                label = f'"{own.label}" here, and the words behind the number are "{other.label}"'
                message = f"It is of {label}: correct ag:group."
                yield Told(place.node.iri, "attribution", message, place.sentence)
                break


def orders(reading: Reading) -> Iterator[Told]:
    """A number of a list with "respectively" that belongs to another place of the list."""
    for place in reading.of("Result"):
        result = reading.evidence.results[place.node.iri]
        for found in LIST.finditer(place.sentence):
            numbers = [match.start() + found.start() for match in NUMBER.finditer(found[0])]
            index = _index(place, result, numbers)
            if index is None:
                continue
            before = place.sentence[: found.start()]
            yield from _order(place, index, "outcome", *_outcomes(reading, before, numbers, result))
            yield from _order(place, index, "group", *_arms(reading, before, numbers, result))


def orders_of_doses(reading: Reading) -> Iterator[Told]:
    """Doses that are printed in one form, in another order than ``ag:order`` gives them."""
    by_form: defaultdict[Hashable, list[tuple[int, DoseStep, Place]]] = defaultdict(list)
    for place in reading.of("DoseStep"):
        step = reading.evidence.steps[place.node.iri]
        order = whole(place.node, "order")
        if order is not None and step.low is not None and step.low == step.high:
            key = (step.regimen, place.locator.start, place.printed, step.cycle_from)
            by_form[key].append((order, step, place))
    for steps in by_form.values():
        steps.sort(key=lambda item: item[0])
        entered = [float(step.low or 0) for _order, step, _place in steps]
        printed = [
            float(found.number)
            for found in printed_numbers(steps[0][2].printed)
            if found.unit == steps[0][1].unit
        ]
        if len(printed) == len(entered) > 1 and printed != entered:
            for _order, _step, place in steps:
                message = (
                    f"The doses are printed in the order {printed}, and ag:order has {entered}."
                )
                yield Told(place.node.iri, "order", message, place.sentence)


def _index(place: Place, result: Result, numbers: Sequence[int]) -> int | None:
    """Which number of a list a result is, if its printed form lies in the list."""
    if result.value is None or not numbers:
        return None
    printed = range(place.at, place.at + len(place.printed))
    inside = [
        index
        for index, start in enumerate(numbers)
        if start in printed
        and (match := NUMBER.match(place.sentence, start))
        and float(match[0]) == float(result.value)
    ]
    return inside[0] if len(inside) == 1 else None


def _outcomes(
    reading: Reading, before: str, numbers: Sequence[int], result: Result
) -> tuple[list[set[str]], set[str]]:
    """The outcomes of the last list of them, and the one of the result."""
    run: list[str] = []
    last = None
    for mention in reversed(reading.names.mentions(before)):
        named = [iri for iri in sorted(mention.iris) if "/outcome/" in iri]
        if not named:
            continue
        if last is not None and len(before[mention.end : last].split()) > MOST_BETWEEN:
            break
        last = mention.start
        run = [named[0], *(iri for iri in run if iri != named[0])]
    listed = [{iri} for iri in run] if len(run) == len(numbers) else []
    return listed, {result.outcome or ""}


def _arms(
    reading: Reading, before: str, numbers: Sequence[int], result: Result
) -> tuple[list[set[str]], set[str]]:
    """The treatments that are named, if as many as numbers, and those of the result's group."""
    listed: list[set[str]] = []
    for mention in reading.names.mentions(before):
        named = {iri for iri in mention.iris if kind_of(iri) in ("drug", "regimen")}
        known = next((treatment for treatment in listed if treatment & named), None)
        if known is not None:
            known |= named
        elif named:
            listed.append(named)
    return (listed if len(listed) == len(numbers) else []), given_to(reading, result.group)


def _order(
    place: Place, index: int, name: str, listed: Sequence[set[str]], own: set[str]
) -> Iterator[Told]:
    places = [where for where, iris in enumerate(listed) if iris & own]
    if len(places) == 1 and places[0] != index:
        message = (
            f"The number is the {index + 1}. of its list, and the {name} of this figure is the "
            f"{places[0] + 1}. that is named: correct ag:{name} or the place."
        )
        yield Told(place.node.iri, "order", message, place.sentence)


def _group_words(group: Group) -> frozenset[str]:
    return words_of(group) | _stems(group.reported_as)


def _stems(text: str) -> frozenset[str]:
    return frozenset(
        word[:STEM]
        for word in WORD.findall(text.lower())
        if (len(word) > 2 or word.isdigit()) and word[:STEM] not in SAY_NOTHING
    )
