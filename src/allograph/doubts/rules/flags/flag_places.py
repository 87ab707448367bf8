"""Flags where their own definitions say that they cannot stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from allograph.doubts.rules.figures.denominators import SHARES
from allograph.doubts.rules.flags.flags import AMBIGUOUS, claims_superiority
from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.words.people import sides_of
from allograph.doubts.rules.words.printed_numbers import names_unit
from allograph.evidence import Evidence
from allograph.evidence.records import Claim, Comparison, Figure, Group, Printed, Result

NO_DENOMINATOR = "denominator-not-stated"
PEOPLE = "1"
"""The unit of counts, which nobody has to print."""
ARM, WHOLES = "arm", frozenset({"cohort", "whole-study"})
JUDGED = frozenset({"conclusion", "opinion", "safety", "recommendation"})
"""Kinds of claims that speak of what came out."""
PLACES: Mapping[str, tuple[tuple[type[Printed], ...], str]] = {
    "claim-without-estimate": ((Comparison, Claim), "of superiority"),
    "claim-broader-than-data": ((Claim,), "of a claim"),
    "definition-not-stated": ((Result,), "of a result"),
    "denominator-ambiguous": ((Result,), "of a result"),
    "date-format-ambiguous": ((Claim,), "of a date"),
    "unit-assumed": ((Figure,), "of a figure or a dose"),
    "printed-so": ((Figure, Group), "of a figure or a group"),
    "drugs-not-named": ((), "of a regimen"),
    "identity-curated": ((), "of a report or a registration"),
    "bibliography-curated": ((), "of a report"),
    "retracted": ((), "of the notice of a report (ag:notice), from which it follows"),
    "expression-of-concern": ((), "of the notice of a report (ag:notice), from which it follows"),
}
"""The nodes that a flag can be of, and how a sentence says it."""


def flags_out_of_place(evidence: Evidence) -> Iterator[Doubt]:
    """A flag whose definition says that it cannot stand there."""
    everything: Iterator[Printed] = chain(
        evidence.results.values(),
        evidence.comparisons.values(),
        evidence.claims.values(),
        evidence.groups.values(),
    )
    for node in everything:
        for flag in sorted(node.flags):
            if said := _said(evidence, node, flag):
                yield Doubt(node.iri, f"flag:{flag} is {said}.", node.label)


def _said(evidence: Evidence, node: Printed, flag: str) -> str:
    """Why a flag cannot stand on a node; empty where it can."""
    places, of = PLACES.get(flag, ((Printed,), ""))
    if not isinstance(node, places):
        return f"{of}, and this is none"
    match flag:
        case "denominator-not-stated":
            return _without_denominator(node)
        case "unit-assumed":
            is_printed = isinstance(node, Figure) and (
                node.unit in (None, PEOPLE) or names_unit(node.reported_as, node.unit or "")
            )
            return "of a unit that is not printed, and it is" if is_printed else ""
        case "claim-without-estimate":
            is_other = isinstance(node, Claim) and not claims_superiority(node)
            return "of superiority, and none is claimed" if is_other else ""
        case "definition-not-stated":
            is_defined = bool(evidence.nodes[node.iri].text("definition"))
            return "beside a definition" if is_defined else ""
        case "claim-broader-than-data":
            is_other = isinstance(node, Claim) and node.kind not in JUDGED
            return "of what came out, and the claim is not on that" if is_other else ""
        case "inferred":
            is_printed = node.basis == "reported" and bool(node.locators)
            return "of what no text states, and a text prints it" if is_printed else ""
        case "selection-bias":
            return _of_nobody_selected(evidence, node)
        case "population-ambiguous":
            return _of_plain_people(evidence, node)
    return ""


def _without_denominator(node: Printed) -> str:
    if not isinstance(node, Result) or node.kind not in SHARES:
        return "of a share, and none is given here"
    return "" if node.denominator is None else f"beside a denominator, {node.denominator}"


def _of_nobody_selected(evidence: Evidence, node: Printed) -> str:
    """Selection is of a part of the people, of what came out, or of who judges it."""
    if isinstance(node, Claim):
        return "" if node.kind in JUDGED else "of what came out, and the claim is not on that"
    if isinstance(node, Result) and node.kind == "Summary":
        return "of what came out, and this describes people"
    sides = sides_of(node) if isinstance(node, Figure) else [node.iri]
    groups = [evidence.groups[side] for side in sides if side in evidence.groups]
    if isinstance(node, Group) and node.grouping == ARM:
        return "of people who were selected, and these are an arm"
    is_whole = bool(groups) and not any(group.parents or group.selected_by for group in groups)
    return "of people who were selected, and these are all" if is_whole else ""


def _of_plain_people(evidence: Evidence, node: Printed) -> str:
    """A share of a group whose size is its denominator is of nobody else."""
    if isinstance(node, Group) and node.grouping in WHOLES and node.size is not None:
        return "of people whom nobody can tell, and these are all"
    group = evidence.groups.get(node.group or "") if isinstance(node, Result) else None
    if group is None or not isinstance(node, Result) or AMBIGUOUS in group.flags:
        return ""
    if node.denominator is None or node.denominator != group.size:
        return ""
    counted = [
        part
        for part in evidence.subgroups.get(group.iri, ())
        if _is_counted(part, node) and AMBIGUOUS in part.flags
    ]
    return "" if counted else "of people whom nobody can tell, and these are counted"


def _is_counted(part: Group, node: Result) -> bool:
    return node.outcome in part.selected_by
