"""Disclosures against their labels, and against what stands in the same words of the text.

``Kim: research funding`` is research funding of Kim. Two disclosures that are printed in the same
words, or a claim about funding there, name the same organizations; words within others, no more.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from allograph.doubts.rules.labels.groups import stems_of_words
from allograph.doubts.rules.rule import Doubt
from allograph.evidence import Evidence
from allograph.namespaces import BASE, key_of
from allograph.rdf.nodes import Node
from allograph.rdf.vocabularies import RDFS, SKOS
from allograph.text.words import words_in

INTEREST = f"{BASE}interest/"
NOT_NAMES = re.compile(r"\bauthors?\b", re.I)


@dataclass(frozen=True)
class Listed:
    """The organizations of one disclosure, or claim about funding, and where they are printed."""

    iri: str
    label: str
    start: int
    end: int
    organizations: frozenset[str]


def interests_of_labels(evidence: Evidence) -> Iterator[Doubt]:
    """A disclosure of another interest or another person than its label says."""
    words = {
        key_of(node.iri): stems_of_words(
            f"{node.label} {key_of(node.iri)} {node.value(SKOS.example)}"
        )
        for node in evidence.instances(SKOS.Concept)
        if node.iri.startswith(INTEREST)
    }
    for disclosure in evidence.instances("Disclosure"):
        label = disclosure.text(RDFS.label)
        own = disclosure.key("interest")
        if label is None or own not in words:
            continue
        person, colon, interest = label.rpartition(":")
        said = stems_of_words(interest)
        others = [name for name in words if name != own and words[name] & said]
        if others and said.isdisjoint(words[own]):
            message = f"The label names {' or '.join(sorted(others))}, and the interest is {own}."
            yield Doubt(disclosure.iri, message, label)
        discloser = disclosure.text("discloser")
        is_other = stems_of_words(person).isdisjoint(stems_of_words(discloser or ""))
        if colon and discloser and is_other:
            message = f"The label names {person.strip()}, and it is of {discloser}."
            yield Doubt(disclosure.iri, message, label)
        yield from _author(evidence, disclosure, discloser)


def organizations_of_disclosures(evidence: Evidence) -> Iterator[Doubt]:
    """Organizations that differ where the same words, or words within them, are printed."""
    for listed in _by_report(evidence).values():
        listed.sort(key=lambda one: (one.start, -one.end, one.iri))
        for place, outer in enumerate(listed):
            for inner in listed[place + 1 :]:
                if inner.start >= outer.end:
                    break
                if inner.end > outer.end:
                    continue
                is_same = (inner.start, inner.end) == (outer.start, outer.end)
                differing = inner.organizations - outer.organizations
                if is_same:
                    differing = inner.organizations ^ outer.organizations
                if differing:
                    names = " and ".join(sorted(evidence.nodes.of(iri).label for iri in differing))
                    message = f'{names} is in one of "{inner.label}" and "{outer.label}" only,'
                    message = f"{message} which are printed in the same words."
                    yield Doubt(inner.iri, message, inner.label, (outer.iri, *sorted(differing)))


def _by_report(evidence: Evidence) -> dict[str, list[Listed]]:
    found: dict[str, list[Listed]] = defaultdict(list)
    for node in evidence.instances("Disclosure"):
        _add(
            found, evidence, node, node.iri_of("disclosedIn"), frozenset(node.iris("organization"))
        )
    known = {node.iri for node in evidence.instances("Organization")}
    for claim in evidence.claims.values():
        if claim.kind == "funding":
            node = evidence.nodes.of(claim.iri)
            _add(found, evidence, node, claim.report, claim.about & known)
    return found


def _add(
    found: dict[str, list[Listed]],
    evidence: Evidence,
    node: Node,
    report: str | None,
    organizations: frozenset[str],
) -> None:
    place = next((evidence.places.get(iri) for iri in node.iris("locator")), None)
    if report and place and place.start is not None and place.end is not None:
        found[report].append(Listed(node.iri, node.label, place.start, place.end, organizations))


def _author(evidence: Evidence, disclosure: Node, discloser: str | None) -> Iterator[Doubt]:
    """Who declares an interest is an author of the report, where its authors are known."""
    report = evidence.nodes.of(disclosure.iri_of("disclosedIn") or "")
    authors = [evidence.nodes.of(iri).label for iri in report.iris("author")]
    if not authors or not discloser or NOT_NAMES.search(discloser):
        return
    names = {word for author in authors for word in words_in(author)}
    if names.isdisjoint(words_in(discloser)):
        message = f"{discloser} is no author of {report.label}."
        yield Doubt(disclosure.iri, message, discloser)
