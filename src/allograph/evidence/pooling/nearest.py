"""Of a study, the figures in the report nearest to it, and why the others do not count."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TypeVar

from allograph.evidence import Evidence
from allograph.evidence.pooling.candidate import Candidate, LeftOut, report_label

Some = TypeVar("Some", bound=Candidate)


def nearest(evidence: Evidence, figures: Sequence[Some]) -> tuple[list[Some], list[LeftOut]]:
    """Of each study the figures in the report nearest to it, and the others."""
    distances: dict[str | None, int] = {}
    for one in figures:
        known = distances.get(one.result.study, sys.maxsize)
        distances[one.result.study] = min(known, evidence.distance(one.result))
    kept: list[Some] = []
    rest: list[LeftOut] = []
    for figure in figures:
        study = figure.result.study
        if evidence.distance(figure.result) == distances[study]:
            kept.append(figure)
        else:
            own = [one for one in figures if one.result.study == study]
            rest.append(LeftOut(figure.result, outdone_by(evidence, figure, own)))
    return kept, rest


def outdone_by(evidence: Evidence, figure: Candidate, figures: Sequence[Candidate]) -> str:
    """Why a figure of a study does not count: a report nearer to the study, and its tier."""
    best = min(figures, key=lambda one: (evidence.distance(one.result), one.result.iri))
    label = report_label(evidence, best.result)
    tier, own = evidence.tier(best.result), evidence.tier(figure.result)
    return (
        f"a report nearer to the study prints it too: {label} ({tier}),"
        f" and the {tier} is preferred to the {own or 'report without a tier'}"
    )
