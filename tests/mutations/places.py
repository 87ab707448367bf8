"""Slips of places: two figures that are printed alike, each with the place of the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from allograph.rdf.vocabularies import OA
from mutations.ground import Ground
from mutations.slip import Holds, Slip, local


def slips(ground: Ground) -> Iterator[Slip]:
    """Every slip of this kind; only a reader can tell."""
    for path, file in ground.loaded.files.items():
        alike = defaultdict(list)
        for triple in file.triples if path.startswith("graph/") else ():
            node = ground.node(triple.subject)
            if local(triple) == "locator" and node.text("reportedAs"):
                alike[node.text("reportedAs"), node.value("report")].append(triple)
        for same in alike.values():
            places = {ground.node(each.object).value(OA.start): each for each in same}
            for one, other in zip(places.values(), list(places.values())[1:], strict=False):
                instead = ((one, other.object), (other, one.object))
                yield Slip("another place", path, instead, Holds.READER)
