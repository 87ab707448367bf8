"""What follows from the families of populations: their arithmetic, and relations of studies.

A curator says once, in ``graph/family/``, which groups counted the same people. How their sizes
add up (``ag:arithmetic``), what that proves (``ag:proof``), and which studies overlap or pool
others (``ag:overlapsWith``, ``ag:poolsStudy``) is made of it for each release.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import combinations, pairwise, permutations

from allograph.namespaces import BASE
from allograph.rdf.nodes import Node, Nodes
from allograph.rdf.terms import Literal, NamedNode, Triple
from allograph.rdf.vocabularies import AG
from allograph.text.numerals import whole_number

MADE_OF_SIZES = (AG.arithmetic, AG.proof)
MEMBERS = ("whole", "part", "between")
SIZES_SAY_NOTHING = ("partial", "apart")
MOST_PEOPLE = 10**10
"""A group of more is a mistake, and is not reckoned with."""
SUMS_THAT_PROVE = 2
"""One sum may add up by chance; two of the same studies are taken for a proof."""


class Fit(Enum):
    """What sizes say of shared people."""

    UNKNOWN = "a size is missing, or sizes say nothing"
    POSSIBLE = "nothing speaks against it"
    ADDS_UP = "the parts add up to the whole"
    CONTRADICTS = "the sizes speak against it"


@dataclass(frozen=True)
class Arithmetic:
    """Sizes set against each other, as in ``164 + 72 = 236``; no words where they are missing."""

    words: str
    fit: Fit


NOTHING = Arithmetic("", Fit.UNKNOWN)


def arithmetic_of(nodes: Nodes, shared: Node) -> Arithmetic:
    """Set the sizes of an ``ag:SharedPeople`` against each other, the largest part first."""
    sharing = shared.key("sharing")
    if sharing in ("pooled", "nested"):
        whole, parts = _sizes(nodes, shared, "whole"), _sizes(nodes, shared, "part")
        if len(whole) != 1 or not parts or None in (*whole, *parts):
            return NOTHING
        whole_size, part_sizes = _known(whole)[0], _known(parts)
        return (_sum if sharing == "pooled" else _nested)(whole_size, part_sizes)
    sizes = _sizes(nodes, shared, "between")
    if sharing in SIZES_SAY_NOTHING or len(sizes) < 2 or None in sizes:
        return NOTHING
    return (_growing if sharing == "growing" else _same)(_known(sizes))


def _sum(whole: int, parts: Sequence[int]) -> Arithmetic:
    added = " + ".join(map(str, parts))
    if sum(parts) == whole:
        return Arithmetic(f"{added} = {whole}", Fit.ADDS_UP)
    return Arithmetic(f"{added} = {sum(parts)}, not {whole}", Fit.CONTRADICTS)


def _nested(whole: int, parts: Sequence[int]) -> Arithmetic:
    words = f"{', '.join(map(str, parts))} within {whole}"
    return Arithmetic(words, Fit.CONTRADICTS if max(parts) > whole else Fit.POSSIBLE)


def _growing(sizes: Sequence[int]) -> Arithmetic:
    """Each within the next larger one; two of one size do not grow."""
    words = " within ".join(map(str, reversed(sizes)))
    is_one_twice = any(one == other for one, other in pairwise(sizes))
    return Arithmetic(words, Fit.CONTRADICTS if is_one_twice else Fit.POSSIBLE)


def _same(sizes: Sequence[int]) -> Arithmetic:
    if len(set(sizes)) == 1:
        return Arithmetic(" = ".join(map(str, sizes)), Fit.POSSIBLE)
    return Arithmetic(f"{', '.join(map(str, sizes))} differ", Fit.CONTRADICTS)


def proofs(nodes: Nodes) -> Mapping[str, str]:
    """The key of the proof of each ``ag:SharedPeople``, by its IRI."""
    shared = nodes.instances("SharedPeople")
    fits = {node.iri: arithmetic_of(nodes, node).fit for node in shared}
    sums: dict[tuple[str, frozenset[str], frozenset[str]], set[str]] = defaultdict(set)
    for node in shared:
        if fits[node.iri] is Fit.ADDS_UP:
            sums[_of_which(nodes, node)].update(node.iris("whole"))
    return {
        node.iri: _proof(node, fits[node.iri], len(sums.get(_of_which(nodes, node), ())))
        for node in shared
    }


def _of_which(nodes: Nodes, shared: Node) -> tuple[str, frozenset[str], frozenset[str]]:
    """The family, and the studies of the whole and of the parts: sums of these prove each other."""
    whole, parts = (frozenset(_studies(nodes, shared, name)) for name in ("whole", "part"))
    return shared.value("family"), whole, parts


def _proof(shared: Node, fit: Fit, sums: int) -> str:
    if fit is Fit.CONTRADICTS:
        return "contradicted"
    if shared.key("basis") == "reported":
        return "printed"
    if fit is Fit.ADDS_UP:
        return "arithmetic" if sums >= SUMS_THAT_PROVE else "one-sum"
    return "not-proved"


def arithmetic_of_families(nodes: Nodes) -> Iterator[Triple]:
    """The sizes of shared people set against each other, and what speaks for it."""
    for iri, proof in proofs(nodes).items():
        yield Triple(NamedNode(iri), NamedNode(AG.proof), NamedNode(f"{BASE}proof/{proof}"))
        if words := arithmetic_of(nodes, nodes.of(iri)).words:
            yield Triple(NamedNode(iri), NamedNode(AG.arithmetic), Literal(words))


def relations_of_studies(nodes: Nodes) -> Iterator[Triple]:
    """Studies that share people overlap, either way, and a pool pools those of its parts."""
    for shared in nodes.instances("SharedPeople"):
        for one, other in sharing_studies(nodes, shared):
            for first, second in permutations((one, other)):
                yield _relation(first, "overlapsWith", second)
        if shared.key("sharing") == "pooled":
            for whole in _studies(nodes, shared, "whole"):
                for part in _studies(nodes, shared, "part"):
                    if part != whole:
                        yield _relation(whole, "poolsStudy", part)


def sharing_studies(nodes: Nodes, shared: Node) -> set[tuple[str, str]]:
    """The pairs of studies, in order, that share people by one ``ag:SharedPeople``.

    The parts of a pool share nobody, nor do groups with nobody in common; parts that lie within
    one whole may.
    """
    wholes, parts, between = (_studies(nodes, shared, name) for name in MEMBERS)
    match shared.key("sharing"):
        case "pooled":
            return _in_order((one, other) for one in wholes for other in parts)
        case "apart":
            return set()
    return _in_order(combinations((*wholes, *parts, *between), 2))


def studies_apart(nodes: Nodes, shared: Node) -> set[tuple[str, str]]:
    """The pairs of studies, in order, that are said to have nobody in common.

    Of groups of two studies only these groups are apart, so the studies are not.
    """
    if shared.key("sharing") != "apart":
        return set()
    whole = (iri for iri in shared.iris("between") if study_of(nodes, iri) == iri)
    return _in_order(combinations(whole, 2))


def _in_order(pairs: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    return {(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]}


def study_of(nodes: Nodes, member: str) -> str:
    """The study of a group; a study is its own."""
    return nodes.of(member).iri_of("study") or member


def _studies(nodes: Nodes, shared: Node, name: str) -> list[str]:
    return [study_of(nodes, iri) for iri in shared.iris(name)]


def _sizes(nodes: Nodes, shared: Node, name: str) -> list[int | None]:
    return [_size(nodes.of(iri)) for iri in shared.iris(name)]


def _known(sizes: Iterable[int | None]) -> list[int]:
    return sorted((size for size in sizes if size is not None), reverse=True)


def _size(group: Node) -> int | None:
    return whole_number(group.text("size") or "", 0, MOST_PEOPLE)


def _relation(one: str, name: str, other: str) -> Triple:
    return Triple(NamedNode(one), NamedNode(AG[name]), NamedNode(other))
