"""Slips of flags, parts, grades, bounds, statuses and of where something comes from.

Some flags follow from what stands on their node, and some are excluded by it: the graph. Bounds and
grades are words of the printed form, or of the span. The others only wording calls for: a reader.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from allograph.rdf.nodes import Node
from allograph.rdf.terms import NamedNode, Triple, value_of
from allograph.rdf.vocabularies import AG
from mutations.ground import Ground
from mutations.slip import Holds, Slip, concept, key_of, local, prints, swapped

CALLED_FOR = frozenset(
    [
        "impossible-share",
        "denominator-not-stated",
        "unit-assumed",
        "size-not-stated",
        "secondary-source",
        "comparator-outside-population",
        "background-statement",
        "dates-inconsistent",
        "statistic-imprecise",
        "identity-curated",
        "bibliography-curated",
    ]
)
"""Flags that something in the graph calls for."""

EXCLUDED: dict[str, Callable[[Node], bool]] = {
    "denominator-not-stated": lambda node: bool(node.one("denominator")),
    "size-not-stated": lambda node: bool(node.one("size")),
    "impossible-share": lambda node: bool(node.all("outcome")),
    "unit-assumed": lambda node: _prints_unit(node),
    "secondary-source": lambda node: not _is_retold(node),
    "statistic-imprecise": lambda node: node.key("statistic") != "unspecified-average",
    "parts-do-not-add-up": lambda node: not node.all("partition"),
    "interval-does-not-fit": lambda node: not node.all("lowerLimit"),
    "direction-against-figures": lambda node: not node.all("direction"),
    "significance-disagrees": lambda node: not node.all("significance"),
    "date-format-ambiguous": lambda node: not any("Date" in each for each in node.properties()),
}
"""Flags that something on the node speaks against; of the others a reader has to tell."""

LIKE = {
    "dates-inconsistent": "Report",
    "bibliography-curated": "Report",
    "identity-curated": "RegistryRecord",
    "drugs-not-named": "Regimen",
    "wording-differs": "DoseStep",
    "claim-without-estimate": "Claim",
    "claim-broader-than-data": "Claim",
    "size-not-stated": "StudyGroup",
    "population-ambiguous": "StudyGroup",
    "comparator-outside-population": "StudyGroup",
    "direction-against-figures": "Comparison",
    "significance-disagrees": "Comparison",
}
"""What has such a flag, if not a result."""
TRIED = 4
BOUNDS = ("more-than", "less-than", "at-most")
STATUSES = ("not-reached", "not-reported")
BASES = {"reported": ("derived", "curated"), "derived": ("reported",), "curated": ("reported",)}


def slips(ground: Ground, seed: int) -> Iterator[Slip]:
    """Every slip of these kinds; the same seed gives the same."""
    for path, file in ground.loaded.files.items():
        for triple in file.triples if path.startswith("graph/") else ():
            for make in (_left_out, _partition, _grade, _bound, _status, _basis):
                yield from make(ground, path, triple)
    yield from _too_many(ground, random.Random(seed))  # noqa: S311


def _left_out(_ground: Ground, path: str, triple: Triple) -> Iterator[Slip]:
    if local(triple) == "flag":
        by = Holds.GRAPH if key_of(triple.object) in CALLED_FOR else Holds.READER
        yield swapped("flag left out", path, triple, None, by)


def _too_many(ground: Ground, chance: random.Random) -> Iterator[Slip]:
    """Each flag, on nodes like those that have it."""
    paths = {
        value_of(triple.subject): path
        for path, file in ground.loaded.files.items()
        for triple in file.triples
        if path.startswith("graph/")
    }
    for flag in sorted(ground.loaded.nodes):
        if not flag.startswith(value_of(concept("flag", ""))):
            continue
        key = key_of(NamedNode(flag))
        nodes = [ground.node(each) for each in ground.of_class(LIKE.get(key, "Result"))]
        without = [node for node in nodes if node.iri in paths and key not in node.keys("flag")]
        for node in chance.sample(without, min(TRIED, len(without))):
            by = Holds.GRAPH if EXCLUDED.get(key, _never)(node) else Holds.READER
            added = Triple(NamedNode(node.iri), NamedNode(AG.flag), NamedNode(flag))
            yield Slip("flag too many", paths[node.iri], (), by, (added,))


def _never(_node: Node) -> bool:
    return False


def _prints_unit(node: Node) -> bool:
    printed = node.value("reportedAs")
    return any(unit in printed for unit in ("%", "month", "year", "mg/m"))


def _is_retold(node: Node) -> bool:
    return node.key("report") in ("medivizor-2019", "research-in-review")


def _partition(ground: Ground, path: str, triple: Triple) -> Iterator[Slip]:
    """Parts no longer add up where one is in another whole; left out, a reader has to know."""
    if local(triple) != "partition":
        return
    yield swapped("partition", path, triple, None, Holds.READER)
    for other in ground.loaded.files[path].triples:
        if local(other) == "partition" and other.object != triple.object:
            yield swapped("partition", path, triple, other.object, Holds.GRAPH)
            return


def _grade(ground: Ground, path: str, triple: Triple) -> Iterator[Slip]:
    """The words of the grade are in the label, or in the span."""
    if local(triple) == "grade":
        by = ground.by(path, triple, f"{value_of(triple.object)} grade")
        for wrong in ("3-4", "3 or more"):
            other = type(triple.object)(wrong)
            yield swapped("grade", path, triple, other, by)
        yield swapped("grade", path, triple, None, by)


def _bound(ground: Ground, path: str, triple: Triple) -> Iterator[Slip]:
    """The printed form has the word of the bound."""
    if local(triple) == "bound":
        for other in BOUNDS:
            if other != key_of(triple.object):
                wrong = concept("bound", other)
                yield swapped("bound", path, triple, wrong, Holds.GRAPH)
    if local(triple) == "value" and not ground.node(triple.subject).all("bound"):
        added = Triple(triple.subject, NamedNode(AG.bound), concept("bound", "more-than"))
        yield Slip("bound", path, (), Holds.TEXT, (added,))


def _status(_ground: Ground, path: str, triple: Triple) -> Iterator[Slip]:
    """What has a value was reached, estimated and reported."""
    if local(triple) == "value":
        for key in STATUSES:
            status = concept("status", key)
            added = Triple(triple.subject, NamedNode(AG.valueStatus), status)
            yield Slip("status", path, (), Holds.GRAPH, (added,))
            yield Slip("status", path, ((triple, None),), Holds.GRAPH, (added,))


def _basis(ground: Ground, path: str, triple: Triple) -> Iterator[Slip]:
    """What has a place is not looked up, and what is printed as it stands is not derived."""
    node = ground.node(triple.subject)
    for other in BASES[key_of(triple.object)] if local(triple) == "basis" else ():
        number = node.text("value") or node.text("size") or node.text("doseLow")
        is_printed = number is not None and prints(node.value("reportedAs"), number)
        is_told = bool(node.all("locator")) if other == "curated" else is_printed
        by = Holds.GRAPH if is_told and key_of(triple.object) == "reported" else Holds.READER
        yield swapped("another basis", path, triple, concept("basis", other), by)
