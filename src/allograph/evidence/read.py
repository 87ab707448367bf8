"""Read the evidence from the triples of a graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from allograph.curated.tolerances import tolerance_of_digits
from allograph.evidence.model import Evidence
from allograph.evidence.records import (
    Claim,
    Comparison,
    Discrepancy,
    DoseStep,
    Group,
    Place,
    Registration,
    Report,
    Result,
    SharedPeople,
    Study,
)
from allograph.evidence.values import day, number, whole, wholes
from allograph.rdf.nodes import Node, Nodes
from allograph.rdf.terms import Triple
from allograph.rdf.vocabularies import AG, DCTERMS, OA, RDF, RDFS

KINDS = ("Proportion", "TimeToEvent", "ProbabilityAtTime", "Count", "Rate", "Summary")
RELATIONS = ("poolsStudy", "overlapsWith", "followsUp", "externalControlFrom")


def read_evidence(triples: Iterable[Triple]) -> Evidence:
    """Everything that rules and pages compute with."""
    return evidence_of(Nodes(triples))


def evidence_of(nodes: Nodes) -> Evidence:
    """The same from nodes that are known already."""
    of_class: dict[str, list[Node]] = defaultdict(list)
    for node in nodes.values():
        for name in node.iris(RDF.type):
            of_class[name].append(node)
    regimens = {step: node.iri for node in of_class[AG.Regimen] for step in node.iris("step")}
    return Evidence(
        nodes=nodes,
        studies={node.iri: _study(node) for node in of_class[AG.Study]},
        reports={node.iri: _report(node) for node in of_class[AG.Report]},
        groups={node.iri: _group(node) for node in of_class[AG.StudyGroup]},
        shared_people={node.iri: _shared_people(node) for node in of_class[AG.SharedPeople]},
        results={node.iri: _result(node) for node in of_class[AG.Result]},
        comparisons={node.iri: _comparison(node) for node in of_class[AG.Comparison]},
        claims={node.iri: _claim(node) for node in of_class[AG.Claim]},
        steps={node.iri: _step(node, regimens.get(node.iri)) for node in of_class[AG.DoseStep]},
        registrations={node.iri: _registration(node) for node in of_class[AG.RegistryRecord]},
        places={
            node.iri: _place(node)
            for name in (OA.TextPositionSelector, AG.CitedPlace)
            for node in of_class[name]
        },
        discrepancies={node.iri: _discrepancy(node) for node in of_class[AG.Discrepancy]},
    )


def _study(node: Node) -> Study:
    return Study(
        iri=node.iri,
        label=_label(node),
        design=node.key("design"),
        accrual_start=day(node, "accrualStart"),
        accrual_end=day(node, "accrualEnd"),
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
        submitted=day(node, DCTERMS.dateSubmitted),
        accepted=day(node, DCTERMS.dateAccepted),
        issued=node.text(DCTERMS.issued),
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
        "value": number(node, "value"),
        "unit": node.text("unit"),
        "lower": number(node, "lowerLimit"),
        "upper": number(node, "upperLimit"),
        "level": number(node, "confidenceLevel"),
        "standard_error": number(node, "standardError"),
        "at_time": number(node, "atTime"),
        "time_origin": node.key("timeOrigin"),
        "bound": node.key("bound"),
        "definition": node.key("outcomeDefinition"),
        "assessor": node.key("assessedBy"),
        "cutoff": node.text("dataCutoff"),
    }


def _group(node: Node) -> Group:
    return Group(
        **_printed(node),
        size=whole(node, "size"),
        parents=node.iris("subgroupOf"),
        grouping=node.key("grouping"),
        selected_by=frozenset(node.iris("selectedBy")),
        without=frozenset(node.iris("withoutOutcome")),
        regimens=frozenset(node.iris("regimen")),
    )


def _shared_people(node: Node) -> SharedPeople:
    return SharedPeople(
        **_printed(node),
        family=node.iri_of("family"),
        sharing=node.key("sharing"),
        whole=node.iri_of("whole"),
        parts=node.iris("part"),
        between=node.iris("between"),
    )


def _discrepancy(node: Node) -> Discrepancy:
    return Discrepancy(
        iri=node.iri,
        label=_label(node),
        reason=node.text(RDFS.comment) or "",
        sides=node.iris("between"),
    )


def _result(node: Node) -> Result:
    classes = {iri.removeprefix(AG) for iri in node.iris(RDF.type)}
    return Result(
        **_figure(node),
        kind=next((kind for kind in KINDS if kind in classes), None),
        numerator=whole(node, "numerator"),
        denominator=whole(node, "denominator"),
        range_low=number(node, "rangeLow"),
        range_high=number(node, "rangeHigh"),
        lower_quartile=number(node, "lowerQuartile"),
        upper_quartile=number(node, "upperQuartile"),
        deviation=number(node, "standardDeviation"),
        error=number(node, "standardError"),
        tolerance=number(node, "tolerance") if node.all("tolerance") else tolerance_of_digits(node),
        status=node.key("valueStatus"),
        partition=node.text("partition"),
        after_cycle=whole(node, "afterCycle"),
        grade=node.text("grade"),
        events=whole(node, "events"),
        person_time=number(node, "personTime"),
    )


def _comparison(node: Node) -> Comparison:
    return Comparison(
        **_figure(node),
        comparator=node.iri_of("comparator"),
        index=node.iri_of("index"),
        reference=node.iri_of("reference"),
        direction=node.key("direction"),
        significance=node.key("significance"),
        p_value=number(node, "pValue"),
        p_bound=node.key("pBound"),
        p_sides=whole(node, "pSides"),
        test=node.key("test"),
        adjustments=node.keys("adjustment"),
        covariates=tuple(sorted(node.texts("covariate"))),
        analysis_set=node.iri_of("analysisSet"),
    )


def _claim(node: Node) -> Claim:
    return Claim(**_printed(node), kind=node.key("claimKind"), about=frozenset(node.iris("about")))


def _step(node: Node, regimen: str | None) -> DoseStep:
    return DoseStep(
        **_printed(node),
        regimen=regimen,
        drug=node.iri_of("drug"),
        low=number(node, "doseLow"),
        high=number(node, "doseHigh"),
        unit=node.text("doseUnit"),
        cycle_from=whole(node, "cycleFrom"),
        cycle_to=whole(node, "cycleTo"),
        week=whole(node, "week"),
        days=wholes(node, "day"),
        maximum_cycles=whole(node, "maximumCycles"),
        from_patient=whole(node, "fromPatient"),
        to_patient=whole(node, "toPatient"),
    )


def _registration(node: Node) -> Registration:
    return Registration(node.iri, _label(node), node.key("basis"), node.keys("flag"))


def _place(node: Node) -> Place:
    return Place(
        iri=node.iri,
        start=whole(node, OA.start),
        end=whole(node, OA.end),
        section=node.text("section"),
        sentence=whole(node, "sentence"),
        sha256=node.text("sha256"),
    )


def _label(node: Node) -> str:
    return node.text(RDFS.label) or node.iri
