"""Which treatment the words name, against the drug of a dose and the regimens of the groups."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from allograph.checks.span.names import kind_of
from allograph.checks.span.reading import NUMBER, Place, Reading, Told
from allograph.curated.results import Severity
from allograph.evidence.records import Comparison, DoseStep
from allograph.namespaces import BASE

ALONE = re.compile(r"\b(?:alone|mono-?therapy|single[\s-]agents?)\b", re.IGNORECASE)
AGAINST = re.compile(
    r"\b(?:than(?! (?:a|an|half|\d))|compared (?:with|to)|in comparison (?:with|to)|relative to"
    r"|versus|vs\.?)\s+(?P<phrase>[^,;:()]+)",
    re.IGNORECASE,
)
"""What an index group is held against; within brackets ``vs`` divides two figures."""
FAILED = re.compile(
    r"\b(?:relaps\w*|refractory|resistan\w+|progress\w*|fail\w*)"
    r"(?:[\s/]+(?:during|after|following|to|on|under|or|and|with))+\s+$",
    re.IGNORECASE,
)
"""What stands before a treatment that people had before: relapsed after chemotherapy."""
_BRACKETS = re.compile(r"\([^()]*\)")


def drugs_of_doses(reading: Reading) -> Iterator[Told]:
    """A dose of another drug than the words name: the one last named before the dose."""
    for place in reading.of("DoseStep"):
        drug = reading.evidence.steps[place.node.iri].drug
        if drug is None:
            continue
        given = with_components(reading, {drug})
        named = _drugs(reading, place.printed) or _last_named(reading, place.before)
        named = named or _drugs(reading, place.sentence)
        if named and given.isdisjoint(named):
            says = f"names {reading.names.labels(named)}"
            message = f"The drug is {reading.names.labels({drug})} here, and the text {says}."
            yield Told(place.node.iri, "drug", f"{message[:-1]}: correct it.", place.sentence)


def regimens(reading: Reading) -> Iterator[Told]:
    """People, or a figure of people, who were given nothing of what the words name."""
    for place in (*reading.of("StudyGroup"), *reading.of("Result")):
        result = reading.evidence.results.get(place.node.iri)
        group = result.group if result else place.node.iri
        given = given_to(reading, group)
        if not given:
            continue
        named = _given(reading, place.before, place.printed) or _given(
            reading, place.sentence.partition(place.span)[0], place.span
        )
        if named and given.isdisjoint(named):
            says = f"The text names {reading.names.labels(named)}"
            message = f"{says}, and that is not what this group was given: correct it."
            yield Told(place.node.iri, "regimen", message, place.sentence)
        elif named and ALONE.search(place.span) and _is_combined(reading, group):
            message = "The text says that one drug was given alone, and this regimen combines."
            yield Told(place.node.iri, "regimen", message, place.sentence)


def doses_of_groups(reading: Reading) -> Iterator[Told]:
    """People with a regimen most of whose doses their text does not print."""
    steps: defaultdict[str, list[DoseStep]] = defaultdict(list)
    for step in reading.evidence.steps.values():
        if step.regimen and step.low is not None:
            steps[step.regimen].append(step)
    for place in reading.of("StudyGroup"):
        numbers: set[float] = set()
        for regimen in reading.evidence.groups[place.node.iri].regimens:
            doses = {float(step.low) for step in steps[regimen] if step.low is not None}
            numbers = numbers or {float(match[0]) for match in NUMBER.finditer(place.prose.text)}
            if 2 * len(doses & numbers) < len(doses):
                label = reading.evidence.nodes.of(regimen).label
                message = f'The text does not print the doses of "{label}": enter what was given.'
                yield Told(place.node.iri, "regimen", message, place.sentence, Severity.WARNING)


def comparators(reading: Reading) -> Iterator[Told]:
    """A comparison whose two sides are not those that the words set against each other."""
    for place in reading.of("Comparison"):
        comparison = reading.evidence.comparisons[place.node.iri]
        index = given_to(reading, comparison.group)
        reference = given_to(reading, comparison.comparator)
        named = _meant(reading, place, index | reference)
        sides = [against for against in _against(reading, place) if against]
        if not index or not reference or not named:
            continue
        others = set().union(*sides)
        if sides and reference.isdisjoint(others):
            yield _told(place, reading, others, "comparator", comparison.comparator)
        elif index != reference and (
            index.isdisjoint(named) or (named - index and reference.isdisjoint(named))
        ):
            side = comparison.group if index.isdisjoint(named) else comparison.comparator
            yield _told(place, reading, named, "group", side)


def sides_swapped(reading: Reading, place: Place, comparison: Comparison) -> bool:
    """Whether the words hold the comparator against the group: "lower with standard than new"."""
    others = set().union(*_against(reading, place))
    index = given_to(reading, comparison.group)
    reference = given_to(reading, comparison.comparator)
    return bool(others & (index - reference)) and others.isdisjoint(reference)


def things_of_claims(reading: Reading) -> Iterator[Told]:
    """A claim about a drug or target, where the words name another, or none far and wide."""
    for place in (*reading.of("Claim"), *reading.of("Result")):
        for kind in ("drug", "target"):
            about = {iri for iri in place.node.iris("about") if kind_of(iri) == kind}
            named = set(reading.names.named(place.sentence, kind))
            missing = {iri for iri in about if named.isdisjoint(with_components(reading, {iri}))}
            if not missing:
                continue
            what = reading.names.labels(missing)
            if named:
                says = f"the text names {reading.names.labels(named)}"
                message = f"It is about {what}, and {says}: correct ag:about."
                yield Told(place.node.iri, kind, message, place.sentence)
            elif missing == about and missing.isdisjoint(_named_before(reading, place, kind)):
                message = f"It is about {what}, which neither this sentence nor those before name."
                yield Told(place.node.iri, kind, message, place.sentence, Severity.WARNING)


def _named_before(reading: Reading, place: Place, kind: str) -> tuple[str, ...]:
    return reading.names.named(place.earlier(2), kind)


def with_components(reading: Reading, drugs: set[str]) -> set[str]:
    """Drugs, and what they are made of."""
    nodes = reading.evidence.nodes
    return drugs | {part for drug in drugs for part in nodes.of(drug).iris("component")}


def given_to(reading: Reading, group: str | None) -> set[str]:
    """The regimens of a group, their drugs, and what these are made of."""
    known = reading.evidence.groups.get(group or "")
    if known is None:
        return set()
    return set(known.regimens) | with_components(reading, set(reading.evidence.drugs(known)))


def _drugs(reading: Reading, text: str) -> tuple[str, ...]:
    """The drugs and regimens that a text names, in order."""
    return tuple(
        iri
        for mention in reading.names.mentions(text)
        for iri in sorted(mention.iris)
        if kind_of(iri) in ("drug", "regimen")
    )


def _given(reading: Reading, before: str, text: str) -> tuple[str, ...]:
    """The drugs and regimens that a text names, but those that had failed before."""
    return tuple(
        iri
        for mention in reading.names.mentions(text)
        if not FAILED.search(before + text[: mention.start])
        for iri in sorted(mention.iris)
        if kind_of(iri) in ("drug", "regimen")
    )


def _meant(reading: Reading, place: Place, given: set[str]) -> set[str]:
    """What span and sentence name; a name of a drug and a regimen is of the one that was given."""
    meant: set[str] = set()
    for mention in (
        m for text in (place.span, place.sentence) for m in reading.names.mentions(text)
    ):
        named = {iri for iri in mention.iris if kind_of(iri) in ("drug", "regimen")}
        meant |= named & given or named
    return meant


def _last_named(reading: Reading, text: str) -> tuple[str, ...]:
    """What the last name of a text is of: a drug, and a regimen that is called as it."""
    for mention in reversed(reading.names.mentions(text)):
        named = [iri for iri in sorted(mention.iris) if kind_of(iri) in ("drug", "regimen")]
        if named:
            return tuple(named)
    return ()


def _is_combined(reading: Reading, group: str | None) -> bool:
    known = reading.evidence.groups.get(group or "")
    return known is not None and len(reading.evidence.drugs(known)) > 1


def _against(reading: Reading, place: Place) -> list[set[str]]:
    """The drugs of each phrase that a comparison is held against, in span or sentence."""
    texts = (_BRACKETS.sub("", text) for text in (place.span, place.sentence))
    found = (
        [set(_drugs(reading, match["phrase"])) for match in AGAINST.finditer(t)] for t in texts
    )
    return next((sides for sides in found if any(sides)), [])


def _told(place: Place, reading: Reading, named: set[str], name: str, group: str | None) -> Told:
    drugs = {iri for iri in named if iri.startswith(f"{BASE}drug/")} or named
    label = reading.evidence.nodes.of(group or "").label
    message = (
        f'The {name} is "{label}" here, and the text sets against it {reading.names.labels(drugs)}'
        ": correct the two sides."
    )
    return Told(place.node.iri, "comparator", message, place.sentence)
