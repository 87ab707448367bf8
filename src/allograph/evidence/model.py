"""All the evidence of a graph, and the ways from one record to another."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from allograph.curated.notices import marked_reports
from allograph.curated.readings.agreement import FigureReadings, readings_in
from allograph.curated.shared_people import sharing_studies, studies_apart
from allograph.evidence.records import (
    Claim,
    Comparison,
    Discrepancy,
    DoseStep,
    Figure,
    Group,
    Place,
    Printed,
    Registration,
    Report,
    Result,
    SharedPeople,
    Study,
)
from allograph.evidence.values import whole
from allograph.namespaces import key_of
from allograph.rdf.nodes import Node, Nodes
from allograph.rdf.vocabularies import SKOS, TIER
from allograph.rdf.walk import walk

Item = TypeVar("Item")
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Evidence:
    """All records, each kind by IRI, and the nodes they were read from."""

    nodes: Nodes = field(repr=False)
    studies: Mapping[str, Study]
    reports: Mapping[str, Report]
    groups: Mapping[str, Group]
    shared_people: Mapping[str, SharedPeople]
    results: Mapping[str, Result]
    comparisons: Mapping[str, Comparison]
    claims: Mapping[str, Claim]
    steps: Mapping[str, DoseStep]
    registrations: Mapping[str, Registration]
    places: Mapping[str, Place]
    discrepancies: Mapping[str, Discrepancy]

    def instances(self, name: str) -> list[Node]:
        """The nodes of a class, ours by its bare name, as in ``Drug``."""
        return self.nodes.instances(name)

    @cached_property
    def readings(self) -> Mapping[str, FigureReadings]:
        """The readings of each figure that was read again."""
        return readings_in(self.nodes)

    @cached_property
    def results_of_group(self) -> Mapping[str, list[Result]]:
        """The results of each group."""
        return grouped(self.results.values(), lambda result: result.group)

    @cached_property
    def groups_of_study(self) -> Mapping[str, list[Group]]:
        """The groups of each study."""
        return grouped(self.groups.values(), lambda group: group.study)

    @cached_property
    def related_studies(self) -> Mapping[str, set[str]]:
        """The studies said to share people with each study, by either of the two or a family."""
        found: dict[str, set[str]] = defaultdict(set)
        stated = (
            (one.iri, other) for one in self.studies.values() for other in one.shares_people_with
        )
        for one, other in (*stated, *self.studies_of_families):
            found[one].add(other)
            found[other].add(one)
        return found

    @cached_property
    def studies_of_families(self) -> Mapping[tuple[str, str], list[SharedPeople]]:
        """Pairs of studies, in order, that share people by a family, and what says so of each."""
        found: dict[tuple[str, str], list[SharedPeople]] = defaultdict(list)
        for shared in self.shared_people.values():
            for pair in sharing_studies(self.nodes, self.nodes.of(shared.iri)):
                found[pair].append(shared)
        return found

    @cached_property
    def studies_apart(self) -> frozenset[tuple[str, str]]:
        """Pairs of studies, in order, of which a family says that they have nobody in common."""
        return frozenset(
            pair
            for shared in self.shared_people.values()
            for pair in studies_apart(self.nodes, self.nodes.of(shared.iri))
        )

    @cached_property
    def subgroups(self) -> Mapping[str, list[Group]]:
        """The groups that were drawn directly from each group."""
        found: dict[str, list[Group]] = defaultdict(list)
        for group in self.groups.values():
            for parent in group.parents:
                found[parent].append(group)
        return found

    def figure(self, iri: str) -> Figure | None:
        """The result or comparison of an IRI, if there is one."""
        return self.results.get(iri) or self.comparisons.get(iri)

    def study_label(self, iri: str | None) -> str:
        """What a study is called; its IRI where that is not known."""
        study = self.studies.get(iri or "")
        return study.label if study else iri or "a study"

    def size(self, group: str | None) -> int | None:
        """The size of a group, if it is known."""
        known = self.groups.get(group or "")
        return None if known is None else known.size

    def drugs(self, group: Group) -> frozenset[str]:
        """The drugs of the regimens that a group was given."""
        known = (self.nodes[regimen] for regimen in group.regimens if regimen in self.nodes)
        return frozenset(drug for regimen in known for drug in regimen.iris("drug"))

    def ancestors(self, group: str | None) -> list[Group]:
        """The groups from which a group was drawn, the nearest first; a circle ends the walk."""
        above = walk([group] if group else [], self._parents)
        return [self.groups[iri] for iri in above if iri != group and iri in self.groups]

    def _parents(self, group: str) -> Iterable[str]:
        return self.groups[group].parents if group in self.groups else ()

    def broader(self, concept: str | None) -> frozenset[str]:
        """The IRIs of a concept and of all that are broader."""
        known = self._broader.get(concept)
        if known is None:
            known = frozenset(walk([concept] if concept else [], self._next_broader))
            self._broader[concept] = known
        return known

    @cached_property
    def _broader(self) -> dict[str | None, frozenset[str]]:
        """What ``broader`` has found, by concept: there are few, and many figures ask."""
        return {}

    def is_desirable(self, outcome: str | None) -> bool | None:
        """Whether an outcome is good for people: as the nearest of it and the broader ones says."""
        for iri in walk([outcome] if outcome else [], self._next_broader):
            if self.nodes.of(iri).text("desirable") is not None:
                return self.nodes.of(iri).is_true("desirable")
        return None

    def _next_broader(self, concept: str) -> Iterable[str]:
        return self.nodes.of(concept).iris(SKOS.broader)

    def tier(self, printed: Printed) -> str | None:
        """The tier of the report that prints it."""
        report = self.reports.get(printed.report or "")
        return None if report is None else report.tier

    def rank(self, tier: str | None) -> int | None:
        """The place of a tier in the order of tiers, from 1, the nearest to the study."""
        return None if tier is None else whole(self.nodes.of(TIER[tier]), "rank")

    def distance(self, printed: Printed) -> int:
        """How far the report that prints it stands from the study; without a tier, farthest."""
        rank = self.rank(self.tier(printed))
        return sys.maxsize if rank is None else rank

    def marks(self, printed: Printed) -> frozenset[str]:
        """The keys of the flags that follow from notices of its report: ``retracted``."""
        return self._marked_reports.get(printed.report or "", frozenset())

    @cached_property
    def _marked_reports(self) -> Mapping[str, frozenset[str]]:
        return marked_reports(self.nodes)

    def is_second_hand(self, report: Report) -> bool:
        """Whether a report tells what others found, as its tier says."""
        return report.tier in self._second_hand

    def is_told_again(self, printed: Printed) -> bool:
        """Whether the report that prints it tells what others found."""
        report = self.reports.get(printed.report or "")
        return report is not None and self.is_second_hand(report)

    @cached_property
    def _second_hand(self) -> frozenset[str]:
        """The keys of the tiers at second hand."""
        tiers = (node for node in self.nodes.values() if node.is_true("secondHand"))
        return frozenset(key_of(tier.iri) for tier in tiers)


def grouped(items: Iterable[Item], key: Callable[[Item], Key | None]) -> dict[Key, list[Item]]:
    """Items by a key, in their order; those whose key is None are left out."""
    found: dict[Key, list[Item]] = defaultdict(list)
    for item in items:
        if (name := key(item)) is not None:
            found[name].append(item)
    return found
