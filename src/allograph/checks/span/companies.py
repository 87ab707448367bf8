"""Disclosures: the companies that the span names, the kind of interest, and whose it is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from allograph.checks.span.names import kind_of
from allograph.checks.span.reading import Place, Reading, Told, plain, shown, words
from allograph.curated.results import Severity
from allograph.rdf.nodes import Node

INTERESTS: Mapping[str, re.Pattern[str]] = words(
    consultancy=r"\bconsult\w+",
    stock=r"\bstocks?\b|\bshares\b|\bequity\b|\bshareholder",
    travel=r"\btravel",
    honoraria=r"\bhonorari\w+",
    speakers_bureau=r"\bspeakers?'?s?'? bureau",
    research_funding=r"\bresearch (?:fund\w*|grants?|support)|\bgrants?\b",
    leadership=r"\bleadership\b|\bfiduciary\b",
    board_membership=r"\bboard of directors|\badvisory (?:committees?|boards?)|\bmembership on",
    free_drug=r"\bfree (?:study )?drugs?\b|\bdrug supply|\bprovided (?:the )?(?:study )?drugs?\b",
    employment=r"\bemploy(?:ment|ed|ee)\b",
    patents=r"\bpatents?\b|\broyalt\w+",
    expert_testimony=r"\bexpert testimony",
)
"""The kinds of interest, and the words for them."""


def companies(reading: Reading) -> Iterator[Told]:
    """A disclosure with a company that its span does not name, or without one that it names."""
    for place in _disclosures(reading):
        stated = set(place.node.iris("organization"))
        interest = place.node.key("interest") or ""
        text = _part(place.span, interest)
        named = set(reading.names.named(text, "organization"))
        if missing := reading.names.unnamed(stated, text):
            message = f"The span does not name {reading.names.labels(missing)}: take it out."
            yield Told(place.node.iri, "organization", message, place.span)
        if more := named - stated:
            message = f"The span names {reading.names.labels(more)}, too: enter it."
            yield Told(place.node.iri, "organization", message, place.span)


def interests(reading: Reading) -> Iterator[Told]:
    """A kind of interest that the span does not speak of."""
    for place in _disclosures(reading):
        interest = place.node.key("interest")
        found = {key for key, pattern in INTERESTS.items() if pattern.search(place.span)}
        if interest in INTERESTS and interest not in found:
            says = f"speaks of {shown(found)}" if found else "has no word for it"
            message = f"The interest is {interest} here, and the span {says}: correct it."
            grave = Severity.VIOLATION if found else Severity.WARNING
            yield Told(place.node.iri, "interest", message, place.span, grave)


def disclosers(reading: Reading) -> Iterator[Told]:
    """An interest under the name of another who discloses."""
    of_text: defaultdict[str, set[str]] = defaultdict(set)
    for place in _disclosures(reading):
        of_text[place.locator.held_text].add(place.node.value("discloser"))
    for place in _disclosures(reading):
        own = place.node.value("discloser")
        before = plain(place.prose.text[: place.end])
        last = {
            name: max((match.end() for match in _name(name).finditer(before)), default=-1)
            for name in of_text[place.locator.held_text]
            if name
        }
        nearest = max(last, key=lambda name: last[name], default=own)
        if own in last and last[nearest] > last[own]:
            message = f'"{own}" discloses it here, and the text lists it under "{nearest}".'
            yield Told(place.node.iri, "discloser", message, place.span)


def organizations_of_claims(reading: Reading) -> Iterator[Told]:
    """A claim about a company, or a centre, that its sentence does not name."""
    for place in reading.of("Claim"):
        about = {iri for iri in place.node.iris("about") if kind_of(iri) == "organization"}
        named = set(reading.names.named(place.sentence, "organization"))
        if missing := reading.names.unnamed(about, place.sentence):
            message = f"It is about {reading.names.labels(missing)}, which the text does not name."
            grave = Severity.VIOLATION if named else Severity.WARNING
            yield Told(place.node.iri, "organization", message, place.sentence, grave)
        if about and (more := set(reading.names.named(place.span, "organization")) - about):
            message = f"The span names {reading.names.labels(more)}, too: enter ag:about."
            yield Told(place.node.iri, "organization", message, place.span, Severity.WARNING)


def _disclosures(reading: Reading) -> list[Place]:
    return [place for place in reading.places if _is_disclosure(place.node)]


def _is_disclosure(node: Node) -> bool:
    return bool(node.all("disclosedIn"))


def _part(span: str, interest: str) -> str:
    """The part of a span that speaks of an interest, where semicolons divide it."""
    pattern = INTERESTS.get(interest)
    parts = [part for part in span.split(";") if pattern and pattern.search(part)]
    return "; ".join(parts) or span


def _name(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(plain(name))}(?!\w)", re.IGNORECASE)
