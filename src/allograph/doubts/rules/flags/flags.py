"""Flags that people and neighbours pass on."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.words.people import sides_of
from allograph.doubts.rules.words.words import SUPERIOR
from allograph.evidence import Evidence, grouped
from allograph.evidence.records import Claim

AMBIGUOUS = "population-ambiguous"


def claims_superiority(claim: Claim) -> bool:
    """Whether a claim says, in our words or the source's, that one side does better."""
    return bool(SUPERIOR.search(f"{claim.label} {claim.reported_as}"))


def populations_ambiguous(evidence: Evidence) -> Iterator[Doubt]:
    """A figure that counts an ambiguous group, or a comparison of an ambiguous figure."""
    counted = grouped(
        (group for group in evidence.groups.values() if AMBIGUOUS in group.flags),
        lambda group: (group.report, group.reported_as) if group.selected_by else None,
    )
    for result in evidence.results.values():
        for group in counted.get((result.report, result.reported_as), ()):
            whole = evidence.groups.get(result.group or "")
            is_part = whole is not None and bool(whole.parents)  # of everybody it is plain
            if is_part and result.outcome in group.selected_by and result.group in group.parents:
                message = f'It counts "{group.label}", and who they are is ambiguous.'
                yield Doubt(result.iri, message, result.reported_as, (group.iri,))
    for figure in chain(evidence.results.values(), evidence.comparisons.values()):
        for iri in sides_of(figure):
            own = evidence.groups.get(iri)
            if own is not None and own.size is None and AMBIGUOUS in own.flags:
                message = f'Who "{own.label}" are is ambiguous.'
                yield Doubt(figure.iri, message, figure.reported_as, (own.iri,))
                break


def flags_of_neighbours(evidence: Evidence) -> Iterator[Doubt]:
    """A doubt about a definition, or a denominator, that a neighbour has and this figure has not.

    Of one report, figures of one outcome have one definition, and parts of one whole one whole.
    """
    undefined = (
        result
        for result in evidence.results.values()
        if not evidence.nodes[result.iri].text("definition")
    )
    by_outcome = grouped(undefined, lambda result: (result.report, result.outcome))
    by_whole = grouped(
        (result for result in evidence.results.values() if result.partition),
        lambda result: (result.report, result.group, result.partition),
    )
    for flag, groups in (
        ("definition-not-stated", by_outcome),
        ("denominator-ambiguous", by_whole),
    ):
        for results in groups.values():
            flagged = [result.iri for result in results if flag in result.flags]
            for result in results if flagged else ():
                if flag not in result.flags:
                    message = f"A figure beside it has flag:{flag}, and it has not."
                    yield Doubt(result.iri, message, flag, tuple(sorted(flagged)))
