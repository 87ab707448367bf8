"""A regimen, a group or a dose against the drugs that its label, its other names and its key name.

A combination stands for its components, and they for it. Who was ``given inotuzumab ozogamicin
alone`` has a regimen of one drug, and patients 1 to 38 none that is only given from patient 39 on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, partial
from typing import TypeAlias

from allograph.doubts.rules.labels.numbers import PATIENTS, spans_of
from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.words.named_records import ALONE, Names
from allograph.doubts.rules.words.printed_numbers import label_of
from allograph.evidence import Evidence, grouped
from allograph.evidence.names import names_of
from allograph.evidence.records import Group
from allograph.namespaces import key_of
from allograph.rdf.nodes import Node
from allograph.rdf.walk import walk

WITH_OR_WITHOUT = re.compile(r"\bwith or without ([^,;()]+)", re.I)
"""What stands before a drug that only some were given."""


def drugs_of_labels(evidence: Evidence) -> Iterator[Doubt]:
    """Words that name a drug that was not given, or that one was given alone, or not at all."""
    names = Names(evidence, "Drug")
    said_of = cache(partial(_said, evidence, names))  # many groups are called, and given, alike
    for regimen in evidence.instances("Regimen"):
        yield from _regimen(evidence, names, regimen)
    for group in evidence.groups.values():
        if drugs := evidence.drugs(group):
            for message, involved in said_of(label_of(group), drugs):
                yield Doubt(group.iri, message, group.label, involved)
            yield from _patients(evidence, group)
    for step in evidence.steps.values():
        if step.drug:
            key = key_of(step.iri).rpartition("#")[2]
            for text, in_key in ((label_of(step), False), (key, True)):
                named = names.find(text, in_key=in_key)
                if named.given and step.drug not in with_parts(evidence, named.given):
                    message, involved = _other(evidence, named.given, [step.drug])
                    yield Doubt(step.iri, message, step.label, involved)


def with_parts(evidence: Evidence, drugs: Iterable[str]) -> frozenset[str]:
    """Drugs and, by way of others, their components."""
    return frozenset(walk(drugs, lambda iri: evidence.nodes.of(iri).iris("component")))


def is_covered(evidence: Evidence, drug: str, parts: frozenset[str]) -> bool:
    """Whether a drug, or each of its components, is among some drugs and their components."""
    components = evidence.nodes.of(drug).iris("component")
    return drug in parts or (bool(components) and parts.issuperset(components))


def _regimen(evidence: Evidence, names: Names, regimen: Node) -> Iterator[Doubt]:
    drugs, optional = frozenset(regimen.iris("drug")), regimen.iris("optionalDrug")
    texts = names_of(regimen)
    found = [names.find(text) for text in texts]
    found.append(names.find(key_of(regimen.iri), in_key=True))
    for text in texts:
        for message, involved in _said(evidence, names, text, drugs.union(optional)):
            yield Doubt(regimen.iri, message, text, involved)
    named = frozenset[str]().union(*(one.given | one.in_passing for one in found))
    parts = with_parts(evidence, named)
    unnamed = [
        drug for drug in sorted({*drugs, *optional}) if not is_covered(evidence, drug, parts)
    ]
    if parts and unnamed:
        message = f"It has {labels_of(evidence, unnamed)}, and neither label nor key says so."
        yield Doubt(regimen.iri, message, regimen.label, tuple(unnamed))
    for text in texts:
        for match in WITH_OR_WITHOUT.finditer(text):
            yield from _optional(evidence, regimen, names.find(match[1]).all, match[0])


def _optional(
    evidence: Evidence, regimen: Node, named: frozenset[str], text: str
) -> Iterator[Doubt]:
    """What is given with or without a drug has it as one that only some were given."""
    for drug in sorted(named - set(regimen.iris("optionalDrug"))):
        message = f'"{text}", and {labels_of(evidence, [drug])} is not its ag:optionalDrug.'
        yield Doubt(regimen.iri, message, text, (drug,))


Said: TypeAlias = tuple[str, tuple[str, ...]]
"""A sentence, and the drugs that it is about."""


def _said(evidence: Evidence, names: Names, text: str, drugs: frozenset[str]) -> tuple[Said, ...]:
    """What the words say is given, left out, or given alone, against the drugs."""
    named, parts = names.find(text), with_parts(evidence, drugs)
    found: list[Said] = []
    other = {drug for drug in named.given if parts.isdisjoint(with_parts(evidence, [drug]))}
    if other:
        found.append(_other(evidence, other, drugs))
    if left_out := named.left_out & parts:
        message = f'"{text}" leaves out {labels_of(evidence, left_out)}, which is given.'
        found.append((message, tuple(sorted(left_out))))
    if ALONE.search(text) and len(drugs) > 1 and named.given:
        message = f'"{text}" says that one drug is given, and it has {labels_of(evidence, drugs)}.'
        found.append((message, tuple(sorted(drugs))))
    return tuple(found)


def _patients(evidence: Evidence, group: Group) -> Iterator[Doubt]:
    """Patients by number who have a drug that only others were given."""
    spans = spans_of(PATIENTS, label_of(group))
    if len(spans) != 1 or spans[0][0] == spans[0][1]:
        return
    first, last = spans[0]
    for regimen in sorted(group.regimens):
        iris = evidence.nodes.of(regimen).iris("step")
        steps = [evidence.steps[iri] for iri in iris if iri in evidence.steps]
        for drug, doses in grouped(steps, lambda step: step.drug).items():
            if all(
                (dose.from_patient or 0) > last or (dose.to_patient or last) < first
                for dose in doses
            ):
                message = (
                    f"Patients {first} to {last} were not given {labels_of(evidence, [drug])}."
                )
                yield Doubt(group.iri, message, group.label, (regimen, drug))


def _other(evidence: Evidence, named: Iterable[str], has: Iterable[str]) -> Said:
    message = f"The words name {labels_of(evidence, named)}, and it has {labels_of(evidence, has)}."
    return message, tuple(sorted(named))


def labels_of(evidence: Evidence, iris: Iterable[str]) -> str:
    """The labels of records, for a sentence; the key of what has none."""
    return " and ".join(sorted(evidence.nodes.of(iri).label or key_of(iri) for iri in iris))
