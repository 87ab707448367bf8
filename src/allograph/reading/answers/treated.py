"""What groups of people were given, in words: ``after blinatumomab alone``."""

from __future__ import annotations

from collections.abc import Sequence

from allograph.evidence import Evidence
from allograph.evidence.pooling.traits import NOT_NAMED
from allograph.evidence.records import Comparison
from allograph.reading.answers.alike import Bunch, given_to
from allograph.reading.answers.labels import label
from allograph.reading.answers.whom import BASELINE

MANY = 4
"""Drugs that a treatment names; of more, it says that there are others."""


def after_in_words(evidence: Evidence, bunch: Bunch) -> str:
    """The treatment: ``after blinatumomab alone``; of a comparison both sides."""
    figure = bunch.first.figure
    own = treatment_in_words(evidence, bunch.drug, [one.group for one in bunch.findings])
    is_before = BASELINE in evidence.broader(figure.outcome)
    if isinstance(figure, Comparison):
        others = [
            one.figure.comparator or ""
            for one in bunch.findings
            if isinstance(one.figure, Comparison)
        ]
        against = treatment_in_words(evidence, "", others)
        if own == against:
            return f"between groups given {own}" if own else ""
        return (
            f"with {own or 'a treatment not stated'} against {against or 'a treatment not stated'}"
        )
    return f"{'in people given' if is_before else 'after'} {own}" if own else ""


def treatment_in_words(evidence: Evidence, drug: str, groups: Sequence[str]) -> str:
    """What groups were given; all of them have ``drug`` in common, or one regimen."""
    sides = [frozenset().union(*given_to(evidence, group)) for group in groups]
    labels = sorted({_regimen(evidence, group) for group in groups} - {""})
    if not drug or not all(drug in side for side in sides):
        common = labels[:2]
        return " or ".join(common) + (" or others" if len(labels) > len(common) else "")
    if len(labels) == 1 and not all(side == {drug} for side in sides):
        return labels[0]
    name, others = label(evidence, drug), {each for side in sides for each in side - {drug}}
    named = all(_is_named(evidence, group) for group in groups)
    if not others and named:
        return f"{name} alone"
    if len(set(sides)) == 1 and named and len(others) < MANY:
        every = all(given_to(evidence, group)[0] == sides[0] for group in groups)
        joined = " and ".join(sorted(label(evidence, each) for each in others))
        return f"{name} with {joined}" + ("" if every else ", which not all were given")
    if any(
        side == {drug} and _is_named(evidence, group)
        for side, group in zip(sides, groups, strict=True)
    ):
        return f"{name}, alone or with other drugs"
    return f"{name} with other drugs"


def _regimen(evidence: Evidence, group: str) -> str:
    known = evidence.groups.get(group)
    return " and ".join(label(evidence, iri) for iri in sorted(known.regimens)) if known else ""


def _is_named(evidence: Evidence, group: str) -> bool:
    known = evidence.groups.get(group)
    regimens = [evidence.nodes.of(iri) for iri in known.regimens] if known else []
    return all(NOT_NAMED not in node.keys("flag") for node in regimens)
