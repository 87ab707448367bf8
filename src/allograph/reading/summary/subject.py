"""What a Summary of Findings is about: a drug, alone or against what others were given.

``inotuzumab-ozogamicin..standard-intensive-chemotherapy`` is its address. A comparator is a drug, a
regimen, or a name that several regimens go by, as ``chemotherapy``: then it is all of them, and the
table names them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from allograph.errors import ParameterError, nearest
from allograph.evidence import Evidence
from allograph.evidence.names import names_of
from allograph.namespaces import BASE, key_of
from allograph.rdf.nodes import Node
from allograph.rdf.vocabularies import OWL, SKOS

AGAINST = ".."
"""What stands in an address between a drug and its comparator."""
DRUG, COMPARATOR = "drug", "comparator"
GIVEN = ("drug", "optionalDrug")
PART_OF_ADDRESS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Treatment:
    """What people were given: its key in addresses, what to call it, and its regimens by IRI.

    ``iri`` is the record, unless it is a name that several regimens go by.
    """

    key: str
    label: str
    regimens: frozenset[str]
    iri: str | None = None


@dataclass(frozen=True)
class Subject:
    """A drug, and what it is compared with, if with anything."""

    drug: Treatment
    against: Treatment | None = None

    @property
    def key(self) -> str:
        """Its address, behind ``/summary/``."""
        return self.drug.key + (f"{AGAINST}{self.against.key}" if self.against else "")

    @property
    def label(self) -> str:
        """What it is called."""
        return self.drug.label + (f" against {self.against.label}" if self.against else "")


@dataclass(frozen=True)
class Compared:
    """A comparator of a drug, and how many comparisons of how many studies there are."""

    treatment: Treatment
    comparisons: int
    studies: int


@dataclass(frozen=True)
class Offer:
    """A drug that can be summarised: of how many studies, and against what."""

    drug: Treatment
    studies: int
    against: tuple[Compared, ...]


def subject_named(evidence: Evidence, name: str) -> Subject:
    """The subject of an address, or of the two names of a command.

    Raises:
        ParameterError: no drug, or no comparator, is called so.

    """
    drug, _dots, against = name.partition(AGAINST)
    subject = Subject(drug_named(evidence, drug))
    return Subject(subject.drug, comparator_named(evidence, against)) if _dots else subject


def drug_named(evidence: Evidence, name: str) -> Treatment:
    """The drug of a key, a CURIE, an IRI or a name."""
    known = {key_of(node.iri): node for node in evidence.instances("Drug") if not is_old(node)}
    wanted = _bare(name, DRUG)
    node = known.get(wanted) or next(_called(known.values(), wanted), None)
    if node is None:
        raise ParameterError(DRUG, f"no drug is called '{name}'{nearest(name, known)}", known)
    return _drug(evidence, node)


def comparator_named(evidence: Evidence, name: str) -> Treatment:
    """The comparator of a key, a CURIE, an IRI or a name, which several regimens may go by."""
    drugs = {key_of(node.iri): node for node in evidence.instances("Drug")}
    regimens = {key_of(node.iri): node for node in evidence.instances("Regimen")}
    wanted = _bare(name, DRUG, "regimen")
    if node := regimens.get(wanted):
        return _regimen(evidence, node)
    if (node := drugs.get(wanted)) and not is_old(node):
        return _drug(evidence, node)
    if found := by_name(regimens.values()).get(wanted):
        return _named(evidence, *found)
    if node := next(_called(drugs.values(), wanted), None):
        return _drug(evidence, node)
    known = sorted({*regimens, *(key for key, node in drugs.items() if not is_old(node))})
    message = f"no comparator is called '{name}'{nearest(name, known)}"
    raise ParameterError(COMPARATOR, message, known)


def offers_of(evidence: Evidence) -> tuple[Offer, ...]:
    """What can be summarised: the drugs that people were given, those of most studies first."""
    studies: dict[str, set[str]] = defaultdict(set)
    for group in evidence.groups.values():
        if evidence.results_of_group.get(group.iri):
            for drug in evidence.drugs(group):
                studies[drug].add(group.study or "")
    found = [
        Offer(_drug(evidence, node), len(studies[node.iri]), tuple(_against(evidence, node.iri)))
        for node in evidence.instances("Drug")
        if studies.get(node.iri) and not is_old(node)
    ]
    return tuple(sorted(found, key=lambda offer: (-offer.studies, offer.drug.label)))


def _against(evidence: Evidence, drug: str) -> Iterator[Compared]:
    """What a drug was compared with: each regimen, and the name that most of them go by."""
    counted: dict[str, list[str]] = defaultdict(list)
    for comparison in evidence.comparisons.values():
        group = evidence.groups.get(comparison.group or "")
        other = evidence.groups.get(comparison.comparator or "")
        if group and other and drug in evidence.drugs(group) - evidence.drugs(other):
            for regimen in other.regimens - group.regimens:
                counted[regimen].append(comparison.study or "")
    found = [
        Compared(_regimen(evidence, evidence.nodes.of(iri)), len(each), len(set(each)))
        for iri, each in counted.items()
    ]
    if shared := _most_shared(evidence, counted):
        known = [study for iri in counted if iri in shared.regimens for study in counted[iri]]
        found.append(Compared(shared, len(known), len(set(known))))
    yield from sorted(found, key=lambda one: (-one.studies, -one.comparisons, one.treatment.label))


def _most_shared(evidence: Evidence, regimens: Iterable[str]) -> Treatment | None:
    """The name that most of some regimens go by, if at least two do."""
    shared = by_name(map(evidence.nodes.of, regimens))
    ranked = sorted((-len(nodes), -len(text.split()), key) for key, (text, nodes) in shared.items())
    if not ranked or ranked[0][0] > -2:
        return None
    text, _nodes = shared[ranked[0][2]]
    everywhere = by_name(evidence.instances("Regimen"))
    return _named(evidence, text, everywhere[ranked[0][2]][1])


def by_name(regimens: Iterable[Node]) -> Mapping[str, tuple[str, list[Node]]]:
    """Regimens by each name that they go by, as it stands in an address, and as it is written."""
    found: dict[str, tuple[str, list[Node]]] = {}
    for node in regimens:
        names = {slug(text): text for text in (*names_of(node), *node.texts(SKOS.hiddenLabel))}
        for key, text in names.items():
            found.setdefault(key, (text, []))[1].append(node)
    return found


def slug(text: str) -> str:
    """A name as it stands in an address: ``standard-of-care``."""
    return PART_OF_ADDRESS.sub("-", text.casefold()).strip("-")


def is_old(node: Node) -> bool:
    """Tell whether a record is kept only because addresses name it."""
    return node.is_true(OWL.deprecated)


def _bare(name: str, *kinds: str) -> str:
    """A name without the folder or the prefix of its kind."""
    bare = name.strip()
    for kind in kinds:
        bare = bare.removeprefix(f"{BASE}{kind}/").removeprefix(f"{kind}:")
    return slug(bare)


def _called(nodes: Iterable[Node], wanted: str) -> Iterator[Node]:
    """The nodes that go by a name; an old one leads to what stands in its place."""
    for node in nodes:
        names = (*names_of(node), *node.texts(SKOS.hiddenLabel))
        if wanted in map(slug, names) and not is_old(node):
            yield node


def _drug(evidence: Evidence, node: Node) -> Treatment:
    given = {
        regimen.iri
        for regimen in evidence.instances("Regimen")
        if any(node.iri in regimen.iris(name) for name in GIVEN)
    }
    return Treatment(key_of(node.iri), node.label, frozenset(given), node.iri)


def _regimen(evidence: Evidence, node: Node) -> Treatment:
    return Treatment(key_of(node.iri), node.label, _narrower(evidence, [node]), node.iri)


def _named(evidence: Evidence, text: str, nodes: Iterable[Node]) -> Treatment:
    return Treatment(slug(text), text, _narrower(evidence, nodes))


def _narrower(evidence: Evidence, nodes: Iterable[Node]) -> frozenset[str]:
    """The regimens, and those that are narrower ones of them."""
    wanted = {node.iri for node in nodes}
    return frozenset(
        regimen.iri
        for regimen in evidence.instances("Regimen")
        if wanted & evidence.broader(regimen.iri)
    )
