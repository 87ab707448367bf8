"""The time that each rule takes over many results: the curated studies, copied again and again.

python benchmarks/rules.py [RESULTS]

Each copy has IRIs of its own, and is out of the garbage collector's sight, whose walks through all
of them would be counted with whichever rule they fall into. Shares with a count get their exact
interval, and comparisons of survival a hazard ratio with interval and p-value, so that those rules
have something to compute.
"""

import gc
import sys
from collections.abc import Iterable
from dataclasses import fields, replace
from decimal import Decimal
from functools import cache
from time import perf_counter
from typing import Any

from allograph.curated.snapshot import load
from allograph.curated.sources import find_sources
from allograph.doubts.rules import RULES
from allograph.evidence import Evidence, read_evidence
from allograph.namespaces import BASE
from allograph.rdf.nodes import Node, Nodes
from allograph.synthesis.intervals import clopper_pearson

RESULTS = 200_000
INDEXES = ("nodes_of_class", "results_of_group", "groups_of_study", "subgroups")
COPIED = (f"{BASE}study/", f"{BASE}report/")
SURVIVAL = f"{BASE}outcome/overall-survival"
HAZARD_RATIO = {
    "statistic": "hazard-ratio",
    "value": Decimal("0.77"),
    "lower": Decimal("0.58"),
    "upper": Decimal("1.03"),
    "level": Decimal("97.5"),
    "p_value": Decimal("0.04"),
}


class Copies(Nodes):
    """Nodes by the IRIs of copies; what a node says is what the first one says."""

    def __init__(self, nodes: dict[str, Node]) -> None:
        super().__init__(())
        self._nodes = nodes


def renamed(value: Any, copy: int) -> Any:
    """A value of a record with the IRIs of a copy: ``study/ino-vate~7#all``."""
    if isinstance(value, str) and value.startswith(COPIED):
        record, hash_, part = value.partition("#")
        return f"{record}~{copy}{hash_}{part}"
    if isinstance(value, (tuple, frozenset)):
        return type(value)(renamed(member, copy) for member in value)
    return value


def copied(records: Iterable[Any], copies: int) -> dict[str, Any]:
    """Copies of records, by IRI."""
    found = {}
    for record in records:
        values = {field.name: getattr(record, field.name) for field in fields(record)}
        for copy in range(copies):
            new = type(record)(**{name: renamed(value, copy) for name, value in values.items()})
            found[new.iri] = new
    return found


@cache
def exact(numerator: int, denominator: int) -> tuple[Decimal, Decimal]:
    """The exact interval, as it would be printed."""
    low, high = clopper_pearson(numerator, denominator)
    return Decimal(f"{low:.1f}"), Decimal(f"{high:.1f}")


def with_interval(result: Any) -> Any:
    """A share with its exact interval, if it has a count."""
    if result.kind != "Proportion" or result.numerator is None or result.denominator is None:
        return result
    lower, upper = exact(result.numerator, result.denominator)
    return replace(result, lower=lower, upper=upper, level=Decimal(95))


def enlarged(evidence: Evidence, results: int) -> Evidence:
    """The evidence of so many results, at least."""
    copies = -(-results // len(evidence.results))
    groups = copied(evidence.groups.values(), copies)
    comparisons = [
        replace(comparison, **HAZARD_RATIO) if comparison.outcome == SURVIVAL else comparison
        for comparison in evidence.comparisons.values()
    ]
    nodes = dict(evidence.nodes)
    for iri, node in evidence.nodes.items():
        if iri.startswith(COPIED):
            nodes.update({renamed(iri, copy): node for copy in range(copies)})
    return Evidence(
        nodes=Copies(nodes),
        studies=copied(evidence.studies.values(), copies),
        reports=copied(evidence.reports.values(), copies),
        groups=groups,
        results=copied(map(with_interval, evidence.results.values()), copies),
        comparisons=copied(comparisons, copies),
        claims=copied(evidence.claims.values(), copies),
        steps=copied(evidence.steps.values(), copies),
        registrations=copied(evidence.registrations.values(), copies),
        places=copied(evidence.places.values(), copies),
    )


def main() -> None:
    """Print a row for each rule."""
    results = int(sys.argv[1]) if len(sys.argv) > 1 else RESULTS
    loaded = load(find_sources(""))
    evidence = enlarged(read_evidence(quad.triple for quad in loaded.quads), results)
    sys.stdout.write(f"{len(evidence.results)} results, {len(evidence.groups)} groups\n\n")
    sys.stdout.write("| rule | seconds | doubts |\n|---|---:|---:|\n")
    gc.freeze()
    begin = perf_counter()
    for index in INDEXES:
        getattr(evidence, index)
    sys.stdout.write(f"| what all rules look up | {perf_counter() - begin:.2f} | |\n")
    for key, rule in RULES.items():
        begin = perf_counter()
        doubts = sum(1 for _ in rule(evidence))
        sys.stdout.write(f"| {key} | {perf_counter() - begin:.2f} | {doubts} |\n")


if __name__ == "__main__":
    main()
