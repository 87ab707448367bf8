"""The curated graph as a mapping, for those who read much of it: subject, property, values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from allograph.curated.loaded import Loaded
from allograph.namespaces import BASE
from allograph.rdf.terms import value_of

AG = f"{BASE}ontology#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"


class GraphIndex:
    """What the files say of each subject; properties of ours are named without their prefix."""

    def __init__(self, loaded: Loaded) -> None:
        self._values: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
        self._by_type: defaultdict[str, list[str]] = defaultdict(list)
        for quad in loaded.quads:
            subject, predicate, value = map(value_of, quad.triple)
            self._values[subject].setdefault(predicate, []).append(value)
            if predicate == _TYPE:
                self._by_type[value].append(subject)

    def instances(self, name: str) -> list[str]:
        """The IRIs of a class of ours, in the order of the files."""
        return self._by_type[f"{AG}{name}"]

    def all(self, subject: str, name: str) -> list[str]:
        """Every value of a property, ours by its name, another by its IRI."""
        predicate = name if ":" in name else f"{AG}{name}"
        return self._values[subject].get(predicate, []) if subject in self._values else []

    def one(self, subject: str, name: str) -> str:
        """The first value of a property, or nothing."""
        return next(iter(self.all(subject, name)), "")

    def key(self, subject: str, name: str) -> str:
        """The first value as a key: ``overall-survival``."""
        return self.one(subject, name).rpartition("/")[2]

    def label(self, subject: str) -> str:
        """The label of a subject, or nothing."""
        return self.one(subject, _LABEL)

    def above(self, group: str) -> Iterator[str]:
        """A group, then those from which it was drawn as an analysis set."""
        seen = []
        waiting = [group]
        while waiting:
            here = waiting.pop(0)
            if here in seen:
                continue
            seen.append(here)
            yield here
            if self.key(here, "grouping") == "analysis-set":
                waiting += self.all(here, "subgroupOf")
