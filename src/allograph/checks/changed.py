"""The nodes of which a shape may say something else, because other triples are there now.

What is said of a node depends on what its shapes read from it on (``sights``). Where that is not
the same any more, the first difference on the way is at a node that is still led to by what has
not changed: so to go back from the changed nodes, in the graph as it is now, finds all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from allograph.checks.sight import Sight
from allograph.rdf.terms import NamedNode, Term, Triple, value_of
from allograph.rdf.vocabularies import RDF, RDFS

LITERAL = ""
"""All literals together, as the end of a property: they lead on only against its direction."""


def seen_from(
    changed: Collection[Triple], triples: Iterable[Triple], sights: Iterable[Sight]
) -> frozenset[str] | None:
    """The nodes from which a change may be seen; nothing stands for all.

    ``changed`` are the triples that came or went, ``triples`` all that are there now.
    """
    if any(triple.predicate.value == RDFS.subClassOf for triple in changed):
        return None
    links = _Links(triples)
    seen = {value_of(triple.subject) for triple in changed}
    for sight in sights:
        found = links.back(_differing(changed, sight), sight)
        if not sight.starts.isdisjoint(found):
            return None
        seen |= found
    return frozenset(seen)


def _differing(changed: Iterable[Triple], sight: Sight) -> set[str]:
    """The nodes at which a sight meets a difference: one of its properties came or went there."""
    found = set()
    for subject, predicate, end in changed:
        name = predicate.value
        if sight.all_properties or name in sight.forward or name == RDF.type:
            found.add(value_of(subject))
        if name in sight.inverse:
            found.add(_end(end))
    return found


class _Links:
    """The triples by their ends."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._to: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._from: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._using: dict[str, list[str]] = defaultdict(list)
        for subject, predicate, end in triples:
            start, name = value_of(subject), predicate.value
            self._to[_end(end)].append((name, start))
            self._from[start].append((name, _end(end)))
            self._using[name].append(start)

    def back(self, nodes: Collection[str], sight: Sight) -> set[str]:
        """The nodes from which a sight leads to one of these, and these themselves."""
        found = set(nodes)
        waiting = list(nodes)
        while waiting:
            node = waiting.pop()
            before = [start for name, start in self._to.get(node, ()) if name in sight.forward]
            before += [end for name, end in self._from.get(node, ()) if name in sight.inverse]
            if sight.all_properties:
                before += self._using.get(node, ())
            for each in before:
                if each not in found:
                    found.add(each)
                    waiting.append(each)
        return found


def _end(term: Term) -> str:
    return term.value if isinstance(term, NamedNode) else LITERAL
