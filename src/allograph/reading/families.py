"""Say in words which groups counted the same people, for the pages of families and studies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from allograph.curated.shared_people import MEMBERS, Fit, arithmetic_of, study_of
from allograph.namespaces import key_of
from allograph.rdf.nodes import Node, Nodes
from allograph.reading.described import document
from allograph.reading.names import Names
from allograph.reading.record import RecordView

UNKNOWN = "?"


@dataclass(frozen=True)
class Told:
    """Shared people: the node, the family, all studies, and a clause that says who they are."""

    shared: Node
    family: str
    studies: frozenset[str]
    clause: str


def told_of(view: RecordView) -> list[Told]:
    """What families say of a record, the largest groups first."""
    nodes = view.nodes
    told = [
        Told(
            shared=shared,
            family=shared.iri_of("family") or document(shared.iri),
            studies=frozenset(study_of(nodes, member) for member in members_of(shared)),
            clause=clause_of(shared, nodes, view.names),
        )
        for shared in view.of("ag:SharedPeople")
    ]
    return sorted(told, key=lambda one: (one.family, -_largest(one.shared, nodes), one.shared.iri))


def members_of(shared: Node) -> list[str]:
    """The groups and studies of shared people: the whole first, then the others."""
    return [iri for name in MEMBERS for iri in shared.iris(name)]


def clause_of(shared: Node, nodes: Nodes, names: Names) -> str:
    """Who shares people, as in ``164 (INO-VATE) + 72 (InO 1010) = 236 treated``."""
    who = names.label(shared.iri)
    who = f" {who[:1].lower()}{who[1:]}"
    parts = [_counted(iri, nodes, names) for iri in by_size(shared.iris("part"), nodes)]
    between = [_counted(iri, nodes, names) for iri in by_size(shared.iris("between"), nodes)]
    whole = next((size_of(iri, nodes) for iri in shared.iris("whole")), UNKNOWN)
    match shared.key("sharing"):
        case "pooled":
            return f"{' + '.join(parts)} {_equals(shared, nodes)} {whole}{who}"
        case "nested":
            home = next((_counted(iri, nodes, names) for iri in shared.iris("whole")), UNKNOWN)
            return f"{' and '.join(parts)} within {home}{who}"
        case "growing":
            return f"{' within '.join(reversed(between))}{who}"
        case "same":
            return f"{' and '.join(between)} are the same{who}"
    return f"{' and '.join(between)}{who}, some in common"


def short_label(study: str, names: Names) -> str:
    """The name of a study, without what its label adds behind a colon."""
    return names.label(study).partition(":")[0]


def size_of(member: str, nodes: Nodes) -> str:
    """The size of a group as text."""
    return nodes.of(member).value("size") or UNKNOWN


def by_size(members: Iterable[str], nodes: Nodes) -> list[str]:
    """The largest first, those of unknown size last."""
    return sorted(members, key=lambda iri: (-_number(iri, nodes), iri))


def _equals(shared: Node, nodes: Nodes) -> str:
    """``=``, or that the parts do not make the whole, by the arithmetic of the release."""
    return "is not" if arithmetic_of(nodes, shared).fit is Fit.CONTRADICTS else "="


def _counted(member: str, nodes: Nodes, names: Names) -> str:
    return f"{size_of(member, nodes)} ({short_label(study_of(nodes, member), names)})"


def _number(member: str, nodes: Nodes) -> int:
    size = size_of(member, nodes)
    return int(size) if size.isdigit() else -1


def _largest(shared: Node, nodes: Nodes) -> int:
    return max((_number(iri, nodes) for iri in members_of(shared)), default=-1)


def proved(told: Iterable[Told]) -> Iterator[tuple[str, list[Told]]]:
    """What is told, by the IRI of its proof: what is proved first, what is contradicted last."""
    order = ("printed", "arithmetic", "one-sum", "not-proved", "contradicted")
    found: dict[str, list[Told]] = {}
    for one in told:
        found.setdefault(one.shared.iri_of("proof") or "", []).append(one)
    yield from sorted(
        found.items(), key=lambda item: order.index(key) if (key := key_of(item[0])) in order else 9
    )
