"""The records by which the ontology explains itself are what it says they are.

``drug:blinatumomab binds target:cd19.`` is the example of ag:binds, and ``vincristine`` that of
modality:small-molecule: a record that no longer says so has a slip, or the example has to change.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from allograph.doubts.rules.rule import Doubt
from allograph.evidence import Evidence
from allograph.evidence.names import names_of
from allograph.namespaces import BASE, key_of
from allograph.rdf.nodes import Node
from allograph.rdf.vocabularies import OWL, SKOS
from allograph.text.words import compact

RECORD = re.compile(r"\b([a-z]+):([a-z0-9][a-z0-9#-]*)")
"""A record as an example names it, as in ``target:cd19``."""
MODALITY = f"{BASE}modality/"


def examples_of_ontology(evidence: Evidence) -> Iterator[Doubt]:
    """Two records that an example joins by a property, or a drug that is one of a modality."""
    for term in evidence.instances(OWL.ObjectProperty):
        for text in term.texts(SKOS.example):
            yield from _joined(evidence, term, text)
    drugs: dict[str, list[Node]] = defaultdict(list)
    for drug in evidence.instances("Drug"):
        for name in names_of(drug):
            drugs[compact(name)].append(drug)
    for kind in evidence.instances(SKOS.Concept):
        for text in kind.texts(SKOS.example) if kind.iri.startswith(MODALITY) else ():
            for drug in drugs.get(compact(text), ()):
                own = drug.iri_of("modality")
                if own and own != kind.iri:
                    message = f"It is the example of {kind.label}, and is {key_of(own)}."
                    yield Doubt(drug.iri, message, key_of(own), (kind.iri,))


def _joined(evidence: Evidence, term: Node, text: str) -> Iterator[Doubt]:
    named = [f"{BASE}{kind}/{key}" for kind, key in RECORD.findall(text)]
    if len(named) != 2 or any(iri not in evidence.nodes for iri in named):
        return
    one, other = map(evidence.nodes.of, named)
    is_said = one.iris(term.iri) or other.iris(term.iri)
    if is_said and other.iri not in one.iris(term.iri) and one.iri not in other.iris(term.iri):
        message = f'The ontology says "{text.rstrip(".")}", and the record does not.'
        yield Doubt(one.iri, message, other.label, (other.iri,))
