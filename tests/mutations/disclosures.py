"""Slips of who has what interest in which company: the span prints all of it."""

from __future__ import annotations

from collections.abc import Iterator

from allograph.rdf.terms import NamedNode, Triple
from allograph.rdf.vocabularies import AG
from mutations.ground import Ground
from mutations.slip import Holds, Slip, concept, key_of, local, swapped

INTERESTS = ("honoraria", "consultancy", "research-funding", "stock")
KIND = "disclosure"


def slips(ground: Ground) -> Iterator[Slip]:
    """Every slip of this kind."""
    for path, file in ground.loaded.files.items():
        companies = [each.object for each in file.triples if local(each) == "organization"]
        disclosers = [each for each in file.triples if local(each) == "discloser"]
        for triple in file.triples if path.startswith("graph/report/") else ():
            if local(triple) == "organization":
                theirs = ground.node(triple.subject).all("organization")
                yield swapped(KIND, path, triple, None, Holds.TEXT)
                others = [each for each in companies if each not in theirs]
                for other in others[:1]:
                    yield swapped(KIND, path, triple, other, Holds.TEXT)
                    added = Triple(triple.subject, NamedNode(AG.organization), other)
                    yield Slip(KIND, path, (), Holds.TEXT, (added,))
            if local(triple) == "interest":
                right = key_of(triple.object)
                other = next(key for key in INTERESTS if key != right)
                yield swapped(KIND, path, triple, concept("interest", other), Holds.TEXT)
            if local(triple) == "discloser":
                for each in disclosers:
                    if each.object != triple.object:
                        yield swapped(KIND, path, triple, each.object, Holds.TEXT)
                        break
