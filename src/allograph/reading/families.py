"""Say in words which groups counted the same people, for the pages of families and studies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from allograph.curated.shared_people import (
    MEMBERS,
    MOST_PEOPLE,
    Fit,
    arithmetic_of,
    sharing_studies,
    study_of,
)
from allograph.namespaces import key_of
from allograph.rdf.nodes import Node, Nodes
from allograph.reading.described import document
from allograph.reading.names import Names
from allograph.reading.record import RecordView
from allograph.text.numerals import whole_number

UNKNOWN = "?"


@dataclass(frozen=True)
class Told:
    """Shared people: the node, the family, and a clause that says who they are.

    ``members`` are pairs of a role, as ``whole``, and a group; ``studies`` are those of its
    groups, ``pairs`` those of them that share people.
    """

    shared: Node
    family: str
    members: tuple[tuple[str, str], ...]
    studies: tuple[str, ...]
    pairs: frozenset[tuple[str, str]]
    clause: str

    def others(self, study: str) -> tuple[str, ...]:
        """The studies that share people with a study: not all of a pool share with each other."""
        return tuple(
            sorted({iri for pair in self.pairs if study in pair for iri in pair if iri != study})
        )


def told_of(view: RecordView) -> list[Told]:
    """What families say of a record, the largest groups first."""
    nodes = view.nodes
    told = [
        Told(
            shared=shared,
            family=shared.iri_of("family") or document(shared.iri),
            members=tuple(
                (role, member) for role in MEMBERS for member in by_size(shared.iris(role), nodes)
            ),
            studies=tuple(dict.fromkeys(study_of(nodes, one) for one in members_of(shared))),
            pairs=frozenset(sharing_studies(nodes, shared)),
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
    whole = _text(next((size_of(iri, nodes) for iri in shared.iris("whole")), None))
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
        case "apart":
            return f"{' and '.join(between)}{who}, nobody in common"
    return f"{' and '.join(between)}{who}, some in common"


def short_label(study: str, names: Names) -> str:
    """The name of a study, without what its label adds behind a colon."""
    return names.label(study).partition(":")[0]


def size_of(member: str, nodes: Nodes) -> int | None:
    """The size of a group, if it is known."""
    return whole_number(nodes.of(member).value("size"), 0, MOST_PEOPLE)


def by_size(members: Iterable[str], nodes: Nodes) -> list[str]:
    """The largest first, those of unknown size last."""
    return sorted(members, key=lambda iri: (-_or_none(size_of(iri, nodes)), iri))


def _equals(shared: Node, nodes: Nodes) -> str:
    """``=``, or that the parts do not make the whole, by the arithmetic of the release."""
    return "is not" if arithmetic_of(nodes, shared).fit is Fit.CONTRADICTS else "="


def _counted(member: str, nodes: Nodes, names: Names) -> str:
    return f"{_text(size_of(member, nodes))} ({short_label(study_of(nodes, member), names)})"


def _text(size: int | None) -> str:
    return UNKNOWN if size is None else str(size)


def _or_none(size: int | None) -> int:
    return -1 if size is None else size


def _largest(shared: Node, nodes: Nodes) -> int:
    return max((_or_none(size_of(iri, nodes)) for iri in members_of(shared)), default=-1)


def by_others(told: Iterable[Told], study: str) -> dict[tuple[str, ...], list[Told]]:
    """What is told, by the studies that share people with a study; without any, it is left out."""
    found: dict[tuple[str, ...], list[Told]] = {}
    for one in told:
        if others := one.others(study):
            found.setdefault(others, []).append(one)
    return found


def proved(told: Iterable[Told]) -> Iterator[tuple[str, list[Told]]]:
    """What is told, by the IRI of its proof: what is proved first, what is contradicted last."""
    order = ("printed", "arithmetic", "one-sum", "not-proved", "contradicted")
    found: dict[str, list[Told]] = {}
    for one in told:
        found.setdefault(one.shared.iri_of("proof") or "", []).append(one)
    yield from sorted(
        found.items(), key=lambda item: order.index(key) if (key := key_of(item[0])) in order else 9
    )
