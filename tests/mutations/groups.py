"""Slips of groups: another size, grouping or way to be selected; and of tolerances.

The printed form has the size, and the digits of a value their tolerance.
"""

from __future__ import annotations

from collections.abc import Iterator

from allograph.rdf.nodes import Node
from allograph.rdf.terms import Triple, value_of
from mutations.ground import Ground
from mutations.slip import Holds, Slip, concept, key_of, like, local, prints, swapped

SELECTING = ("complete-remission", "hsct-receipt", "relapse")
GROUPINGS = ("whole-study", "arm", "subgroup", "external-control")
"""Whose contrary is on the node: a whole, a control that is none, an arm without a regimen."""


def slips(ground: Ground) -> Iterator[Slip]:
    """Every slip of these kinds."""
    for path, file in ground.loaded.files.items():
        sizes = {
            value_of(each.object): each.object for each in file.triples if local(each) == "size"
        }
        for triple in file.triples if path.startswith("graph/study/") else ():
            node = ground.node(triple.subject)
            if local(triple) == "size":
                printed = node.value("reportedAs")
                for text in sorted(sizes.keys() - {value_of(triple.object)})[:3]:
                    is_told = prints(printed, value_of(triple.object)) and not prints(printed, text)
                    by = Holds.GRAPH if is_told else Holds.READER
                    yield swapped("size of another", path, triple, like(triple.object, text), by)
            if local(triple) == "tolerance":
                for factor in (10, 0.1):
                    text = f"{float(value_of(triple.object)) * factor:g}"
                    by = Holds.GRAPH if _is_printed(node, triple) else Holds.READER
                    yield swapped("tolerance", path, triple, like(triple.object, text), by)
            if local(triple) == "selectedBy":
                yield from _selected_by(ground, path, triple)
            if local(triple) == "grouping":
                yield from _grouping(bool(node.all("subgroupOf")), path, triple)


def _grouping(is_part: bool, path: str, triple: Triple) -> Iterator[Slip]:
    right = key_of(triple.object)
    for other in GROUPINGS:
        if other != right:
            is_told = is_part == (other in ("whole-study", "external-control"))
            by = Holds.GRAPH if is_told and other != "arm" else Holds.READER
            yield swapped("another grouping", path, triple, concept("grouping", other), by)


def _selected_by(ground: Ground, path: str, triple: Triple) -> Iterator[Slip]:
    """The label of the group names the outcome that selected it."""
    label = ground.node(triple.subject).label.casefold()
    is_named = any(name in label for name in ground.names(triple.object))
    by = Holds.GRAPH if is_named else Holds.READER
    for other in SELECTING:
        if concept("outcome", other) not in ground.node(triple.subject).all("selectedBy"):
            wrong = concept("outcome", other)
            yield swapped("another selection", path, triple, wrong, by)
    yield swapped("another selection", path, triple, None, Holds.READER)


def _is_printed(node: Node, triple: Triple) -> bool:
    """Whether the printed digits of the value say the tolerance that stands."""
    value = node.value("value")
    digits = len(value.partition(".")[2])
    is_theirs = abs(float(value_of(triple.object)) - 0.5 * 10**-digits) < 1e-9
    return is_theirs and prints(node.value("reportedAs"), value)
