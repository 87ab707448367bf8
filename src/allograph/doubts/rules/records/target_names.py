"""The names of a target agree: one number in each family of names, one kind of cell."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from allograph.doubts.rules.rule import Doubt
from allograph.evidence import Evidence
from allograph.evidence.names import names_of
from allograph.namespaces import key_of
from allograph.rdf.vocabularies import SKOS

NUMBERED = re.compile(r"\b([A-Za-z]{2,})-?([0-9]+)(?![0-9])")
"""A name that ends in a number, as ``CD22`` and ``Siglec-2``."""
CELL = re.compile(r"\b([BT])[- ](?:cells?|lympho\w+)", re.I)
FAMILY_OF_MANY = frozenset({"isoform", "variant", "type"})


def names_of_targets(evidence: Evidence) -> Iterator[Doubt]:
    """A target that is called by two numbers of one family, or is of two kinds of cells."""
    for target in evidence.instances("Target"):
        names = [*names_of(target), key_of(target.iri)]
        numbers: dict[str, set[str]] = defaultdict(set)
        for name in names:
            for family, number in NUMBERED.findall(name):
                numbers[family.lower()].add(number)
        for family, found in sorted(numbers.items()):
            if len(found) > 1 and family not in FAMILY_OF_MANY:
                called = " and ".join(f"{family.upper()}{number}" for number in sorted(found))
                yield Doubt(target.iri, f"It is called {called}.", target.label)
        named = {cell.upper() for name in names for cell in CELL.findall(name)}
        defined = {
            cell.upper() for text in target.texts(SKOS.definition) for cell in CELL.findall(text)
        }
        if named and defined and named.isdisjoint(defined):
            message = f"Its names speak of {min(named)} cells, its definition of {min(defined)}."
            yield Doubt(target.iri, message, target.label)
