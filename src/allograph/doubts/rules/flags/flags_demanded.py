"""Doubts that the graph itself shows, and for which a flag is wanted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from allograph.curated.shared_people import proofs
from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.words.printed_numbers import label_of
from allograph.doubts.rules.words.senses import sign_of
from allograph.evidence import Evidence, grouped
from allograph.evidence.records import Claim, Printed
from allograph.rdf.vocabularies import RDFS

LEFT_OPEN = re.compile(r"\bnot (?:printed|said|stated|clear|known)\b", re.IGNORECASE)
AMBIGUOUS = "-ambiguous"
CONCLUSION, RELATION, SAFETY = "conclusion", "relation", "safety"
CURATED, REPORTED = "curated", "reported"
UNPROVED = {
    "one-sum": "one sum adds up, and may do so by chance",
    "not-proved": "no sum proves it",
    "contradicted": "the sizes speak against it",
}
"""Proofs that leave it open whether people are the same, by key, in words."""


def comments_without_flags(evidence: Evidence) -> Iterator[Doubt]:
    """A group, figure or claim of which a comment says that something is open, and no flag does."""
    everything: Iterator[Printed] = chain(
        evidence.groups.values(),
        evidence.results.values(),
        evidence.comparisons.values(),
        evidence.claims.values(),
    )
    for node in everything:
        comment = evidence.nodes[node.iri].text(RDFS.comment)
        if not comment or any(flag.endswith(AMBIGUOUS) for flag in node.flags):
            continue
        if LEFT_OPEN.search(comment):
            yield Doubt(node.iri, "Its comment says that something is open, and no flag does.")


def relations_inferred(evidence: Evidence) -> Iterator[Doubt]:
    """A relation of studies that a curator claims, and the studies that only such claims join.

    Shared people of whom no report says so, and whom fewer than two sums prove, are such a claim.
    """
    for iri, proof in proofs(evidence.nodes).items():
        if proof in UNPROVED and evidence.shared_people[iri].basis != REPORTED:
            message = f"A curator says so, and no text that was read: {UNPROVED[proof]}."
            yield Doubt(iri, message, evidence.shared_people[iri].label)
    relations = [claim for claim in evidence.claims.values() if claim.kind == RELATION]
    for claim in relations:
        if claim.basis == CURATED:
            yield Doubt(claim.iri, "A curator says so, and no text that was read.", claim.label)
    told = _pairs(claim for claim in relations if claim.basis != CURATED)
    curated = _pairs(claim for claim in relations if claim.basis == CURATED)
    for study in evidence.studies.values():
        for other in sorted(study.overlaps_with):
            if (study.iri, other) in curated - told:
                message = "That it shares people with another study is a curator's conclusion."
                yield Doubt(study.iri, message, None, (other,))
                break


def _pairs(claims: Iterable[Claim]) -> frozenset[tuple[str, str]]:
    return frozenset(
        (one, other) for claim in claims for one in claim.about for other in claim.about
    )


def claims_beyond_figures(evidence: Evidence) -> Iterator[Doubt]:
    """A conclusion on an outcome without a figure; praise for safety beside a figure of harm."""
    measured = {
        (figure.study, broader)
        for figure in chain(evidence.results.values(), evidence.comparisons.values())
        for broader in evidence.broader(figure.outcome)
    }
    outcomes = {node.iri for node in evidence.instances("Outcome")}
    for claim in evidence.claims.values():
        if claim.kind == CONCLUSION:
            missing = [
                iri for iri in sorted(claim.about & outcomes) if (claim.study, iri) not in measured
            ]
            if missing:
                message = "It concludes on an outcome of which the study prints no figure."
                yield Doubt(claim.iri, message, claim.label, (missing[0],))
        elif claim.kind == SAFETY and sign_of(label_of(claim)) > 0:
            yield from _praised(evidence, claim)


def _praised(evidence: Evidence, claim: Claim) -> Iterator[Doubt]:
    for iri in sorted(claim.about & evidence.results.keys()):
        result = evidence.results[iri]
        if result.value and evidence.is_desirable(result.outcome) is False:
            message = f'It speaks well of safety, beside "{result.label}".'
            yield Doubt(claim.iri, message, claim.label, (iri,))
            return


def biases_of_groups(evidence: Evidence) -> Iterator[Doubt]:
    """A curve of, or a conclusion on, people whose selection is doubted; and people so doubted."""
    concluded = grouped(
        (
            (group, claim)
            for claim in evidence.claims.values()
            if claim.kind == CONCLUSION
            for group in sorted(claim.about & evidence.groups.keys())
        ),
        lambda pair: pair[0],
    )
    for iri, pairs in concluded.items():
        nodes: list[Printed] = [
            evidence.groups[iri],
            *(claim for _group, claim in pairs),
            *(result for result in evidence.results_of_group.get(iri, ()) if result.time_origin),
        ]
        flagged = tuple(node.iri for node in nodes if "selection-bias" in node.flags)
        for node in nodes if flagged else ():
            if node.iri not in flagged:
                message = "Of the same people, the selection is doubted elsewhere."
                yield Doubt(node.iri, message, None, flagged)
