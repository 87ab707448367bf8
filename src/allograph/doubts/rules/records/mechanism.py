"""What a drug is made of and what it binds, as its record, its names and claims say.

A claim about the mechanism of a drug and a target needs a drug that binds the target; a name that
lists substances, as ``cyclophosphamide, vincristine, and dexamethasone``, lists the components.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from allograph.doubts.rules.labels.drugs import labels_of, with_parts
from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.words.named_records import Names
from allograph.doubts.rules.words.printed_numbers import label_of
from allograph.evidence import Evidence
from allograph.evidence.names import names_of
from allograph.namespaces import key_of
from allograph.rdf.nodes import Node
from allograph.rdf.vocabularies import SKOS

T_CELL = re.compile(r"\bT[ -]?(?:cell|lympho)", re.I)
SEVERAL = re.compile(r"specific|engager|dual|small molecule|inhibitor|^ *$")
"""Kinds of drugs that may bind more than one target; a drug without a kind may."""
ANTIBODY = re.compile(r"mab\b")
"""The stem of the international names of antibodies (WHO, INN)."""
NOT_ANTIBODY = re.compile(r"small molecule|combination|payload")
ABOUT = ("Drug", "Target", "Organization")
"""The classes whose names in a label are compared with what a claim or a figure is about."""


def mechanisms_of_drugs(evidence: Evidence) -> Iterator[Doubt]:
    """A drug that does not bind, release or hold what a claim, or its own modality, says."""
    drugs = {node.iri: node for node in evidence.instances("Drug")}
    targets = {node.iri for node in evidence.instances("Target")}
    payloads = {iri for drug in drugs.values() for iri in drug.iris("payload")}
    for claim in evidence.claims.values():
        own = [drugs[iri] for iri in sorted(claim.about) if iri in drugs]
        if claim.kind != "mechanism" or not own:
            continue
        aims = claim.about & targets
        bound = {iri for drug in own for iri in drug.iris("binds")}
        released = {iri for drug in own for iri in (*drug.iris("payload"), *drug.iris("component"))}
        for aim in sorted(aims - bound):
            message = f"No drug that it is about binds {_label(evidence, aim)}."
            yield Doubt(claim.iri, message, claim.label, (aim,))
        for drug in own:
            if aims and drug.iri not in released and aims.isdisjoint(drug.iris("binds")):
                message = (
                    f"{drug.label} binds no target of the claim, and no drug of it releases it."
                )
                yield Doubt(claim.iri, message, claim.label, (drug.iri,))
    for drug in drugs.values():
        for message in _modality(evidence, drug, drug.iri in payloads):
            yield Doubt(drug.iri, message, drug.text("modality"))
    yield from _targets_of_names(evidence, drugs)


def components_of_names(evidence: Evidence) -> Iterator[Doubt]:
    """A combination whose names, or a claim that defines it, list other substances."""
    names = Names(evidence, "Drug")
    texts: list[tuple[Node, str, str]] = [
        (drug, drug.iri, text) for drug in evidence.instances("Drug") for text in names_of(drug)
    ]
    combined = {drug.iri: drug for drug in evidence.instances("Drug") if drug.iris("component")}
    for claim in evidence.claims.values():
        about = sorted(claim.about & combined.keys())
        if claim.kind == "definition" and len(about) == 1:
            texts.append((combined[about[0]], claim.iri, label_of(claim)))
    for drug, about_node, text in texts:
        named = names.find(text).all - {drug.iri}
        parts = with_parts(evidence, [drug.iri]) - {drug.iri}
        if len(named) > 1 and named != frozenset(drug.iris("component")) and named != parts:
            has = labels_of(evidence, parts) or "no components"
            message = f'"{text}" lists {labels_of(evidence, named)}, and {drug.label} has {has}.'
            yield Doubt(about_node, message, text, tuple(sorted(named ^ parts)))


def subjects_of_labels(evidence: Evidence) -> Iterator[Doubt]:
    """A label that names another drug, target or organization than the node is about."""
    kinds = [
        (Names(evidence, name), frozenset(node.iri for node in evidence.instances(name)))
        for name in ABOUT
    ]
    for printed in chain(evidence.claims.values(), evidence.results.values()):
        subjects = evidence.nodes.of(printed.iri).iris("about")
        for names, known in kinds if subjects else ():
            about = known.intersection(subjects)
            named = names.find(label_of(printed)).all if about else frozenset()
            related = with_parts(evidence, about)
            others, unnamed = named - related, about - with_parts(evidence, named)
            if others and unnamed:
                message = f"The label names {labels_of(evidence, others)}, and it is about"
                message = f"{message} {labels_of(evidence, unnamed)}."
                yield Doubt(printed.iri, message, printed.label, tuple(sorted(others | unnamed)))


def _targets_of_names(evidence: Evidence, drugs: dict[str, Node]) -> Iterator[Doubt]:
    """A drug whose other names or definition name a target that it does not bind."""
    names = Names(evidence, "Target")
    for drug in drugs.values():
        bound = {iri for part in with_parts(evidence, [drug.iri]) for iri in _bound(evidence, part)}
        for text in (*names_of(drug), *drug.texts(SKOS.definition)) if bound else ():
            for target in sorted(names.find(text).given - bound):
                message = f'"{text}" names {_label(evidence, target)}, which it does not bind.'
                yield Doubt(drug.iri, message, text, (target,))


def _bound(evidence: Evidence, drug: str) -> Iterable[str]:
    return evidence.nodes.of(drug).iris("binds")


def _modality(evidence: Evidence, drug: Node, is_payload: bool) -> Iterator[str]:
    """What the kind of a drug demands of its record."""
    modality = drug.value("modality")
    kind = f"{modality} {evidence.nodes.of(modality).label}".lower()
    bound = drug.iris("binds")
    if "conjugate" in kind and not (bound and drug.iris("payload")):
        yield "A conjugate has a target (ag:binds) and a payload (ag:payload)."
    if "bispecific" in kind and len(bound) < 2:
        yield "What is bispecific binds two targets."
    if "engager" in kind and bound and not any(_is_of_t_cell(evidence, iri) for iri in bound):
        yield "An engager of T cells binds a target of the T cell."
    if bound[1:] and not SEVERAL.search(kind):
        yield "It binds several targets, and its kind does not say so."
    if modality and is_payload and "payload" not in kind:
        yield "It is the payload of a drug, and of another kind."
    if "combination" in kind and not drug.iris("component"):
        yield "A combination has components (ag:component)."
    if any(map(ANTIBODY.search, names_of(drug))) and NOT_ANTIBODY.search(kind):
        yield "It is an antibody by its name (-mab), and of another kind."
    if "payload" in kind and not is_payload:
        yield "It is a payload, and no drug has it as ag:payload."
    if "small molecule" in kind and (drug.iris("payload") or drug.iris("component")):
        yield "A small molecule has neither payload nor components."


def _is_of_t_cell(evidence: Evidence, target: str) -> bool:
    node = evidence.nodes.of(target)
    texts = (*names_of(node), *node.texts(SKOS.definition))
    return any(T_CELL.search(text) for text in texts)


def _label(evidence: Evidence, iri: str) -> str:
    return evidence.nodes.of(iri).label or key_of(iri)
