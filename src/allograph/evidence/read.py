"""Read the evidence from the triples of a graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from allograph.evidence.model import Evidence
from allograph.evidence.node import AG, Node
from allograph.evidence.records import (
    Claim,
    Comparison,
    DoseStep,
    Group,
    Place,
    Registration,
    Report,
    Result,
    Study,
)
from allograph.rdf.terms import Term, Triple, value_of

LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
OA = "http://www.w3.org/ns/oa#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
TERMS = "http://purl.org/dc/terms/"
KINDS = ("Proportion", "TimeToEvent", "ProbabilityAtTime", "Count", "Summary")
RELATIONS = ("poolsStudy", "overlapsWith", "followsUp", "externalControlFrom")


def read_evidence(triples: Iterable[Triple]) -> Evidence:
    """Everything that rules and pages compute with."""
    values: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, object_ in triples:
        values[value_of(subject)][predicate.value].append(object_)
    nodes = {iri: Node(iri, dict(of_node)) for iri, of_node in values.items()}
    of_class: dict[str, list[Node]] = defaultdict(list)
    for node in nodes.values():
        for name in node.iris(RDF_TYPE):
            of_class[name].append(node)
    regimens = {step: node.iri for node in of_class[f"{AG}Regimen"] for step in node.iris("step")}
    return Evidence(
        nodes=nodes,
        studies={node.iri: _study(node) for node in of_class[f"{AG}Study"]},
        reports={node.iri: _report(node) for node in of_class[f"{AG}Report"]},
        groups={node.iri: _group(node) for node in of_class[f"{AG}StudyGroup"]},
        results={node.iri: _result(node) for node in of_class[f"{AG}Result"]},
        comparisons={node.iri: _comparison(node) for node in of_class[f"{AG}Comparison"]},
        claims={node.iri: _claim(node) for node in of_class[f"{AG}Claim"]},
        steps={node.iri: _step(node, regimens.get(node.iri)) for node in of_class[f"{AG}DoseStep"]},
        registrations={node.iri: _registration(node) for node in of_class[f"{AG}RegistryRecord"]},
        places={node.iri: _place(node) for node in of_class[f"{OA}TextPositionSelector"]},
    )


def _study(node: Node) -> Study:
    return Study(
        iri=node.iri,
        label=_label(node),
        design=node.key("design"),
        accrual_start=node.date("accrualStart"),
        accrual_end=node.date("accrualEnd"),
        sites=frozenset(node.iris("site")),
        conditions=frozenset(node.iris("condition")),
        shares_people_with=frozenset(iri for name in RELATIONS for iri in node.iris(name)),
        overlaps_with=frozenset(node.iris("overlapsWith")),
        registrations=node.iris("registration"),
    )


def _report(node: Node) -> Report:
    return Report(
        iri=node.iri,
        label=_label(node),
        tier=node.key("tier"),
        studies=frozenset(node.iris("reports")),
        based_on=node.iris("basedOn"),
        updates=node.iris("updates"),
        is_held=bool(node.all("heldAs")),
        submitted=node.date(f"{TERMS}dateSubmitted"),
        accepted=node.date(f"{TERMS}dateAccepted"),
        issued=node.text(f"{TERMS}issued"),
        flags=node.keys("flag"),
    )


def _printed(node: Node) -> dict[str, Any]:
    return {
        "iri": node.iri,
        "label": _label(node),
        "study": node.iri_of("study"),
        "report": node.iri_of("report"),
        "reported_as": node.text("reportedAs") or "",
        "basis": node.key("basis"),
        "flags": node.keys("flag"),
        "locators": node.iris("locator"),
    }


def _figure(node: Node) -> dict[str, Any]:
    return _printed(node) | {
        "group": node.iri_of("group"),
        "outcome": node.iri_of("outcome"),
        "statistic": node.key("statistic"),
        "value": node.number("value"),
        "unit": node.text("unit"),
        "lower": node.number("lowerLimit"),
        "upper": node.number("upperLimit"),
        "level": node.number("confidenceLevel"),
        "at_time": node.number("atTime"),
        "time_origin": node.key("timeOrigin"),
        "bound": node.key("bound"),
    }


def _group(node: Node) -> Group:
    return Group(
        **_printed(node),
        size=node.whole("size"),
        parents=node.iris("subgroupOf"),
        grouping=node.key("grouping"),
        selected_by=frozenset(node.iris("selectedBy")),
        without=frozenset(node.iris("withoutOutcome")),
        regimens=frozenset(node.iris("regimen")),
    )


def _result(node: Node) -> Result:
    classes = {iri.removeprefix(AG) for iri in node.iris(RDF_TYPE)}
    return Result(
        **_figure(node),
        kind=next((kind for kind in KINDS if kind in classes), None),
        numerator=node.whole("numerator"),
        denominator=node.whole("denominator"),
        range_low=node.number("rangeLow"),
        range_high=node.number("rangeHigh"),
        tolerance=node.number("tolerance"),
        status=node.key("valueStatus"),
        partition=node.text("partition"),
        after_cycle=node.whole("afterCycle"),
        grade=node.text("grade"),
    )


def _comparison(node: Node) -> Comparison:
    return Comparison(
        **_figure(node),
        comparator=node.iri_of("comparator"),
        index=node.iri_of("index"),
        reference=node.iri_of("reference"),
        direction=node.key("direction"),
        significance=node.key("significance"),
        p_value=node.number("pValue"),
    )


def _claim(node: Node) -> Claim:
    return Claim(**_printed(node), kind=node.key("claimKind"), about=frozenset(node.iris("about")))


def _step(node: Node, regimen: str | None) -> DoseStep:
    return DoseStep(
        **_printed(node),
        regimen=regimen,
        drug=node.iri_of("drug"),
        low=node.number("doseLow"),
        high=node.number("doseHigh"),
        unit=node.text("doseUnit"),
        cycle_from=node.whole("cycleFrom"),
        cycle_to=node.whole("cycleTo"),
        week=node.whole("week"),
        days=node.wholes("day"),
        maximum_cycles=node.whole("maximumCycles"),
        from_patient=node.whole("fromPatient"),
        to_patient=node.whole("toPatient"),
    )


def _registration(node: Node) -> Registration:
    return Registration(node.iri, _label(node), node.key("basis"), node.keys("flag"))


def _place(node: Node) -> Place:
    return Place(
        iri=node.iri,
        start=node.whole(f"{OA}start"),
        end=node.whole(f"{OA}end"),
        section=node.text("section"),
        sentence=node.whole("sentence"),
        sha256=node.text("sha256"),
    )


def _label(node: Node) -> str:
    return node.text(LABEL) or node.iri
