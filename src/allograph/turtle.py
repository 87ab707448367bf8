"""Read a curated Turtle file strictly, and say on which line each subject stands.

Oxigraph's parser is used because rdflib's forgives bad IRIs. A subject starts in column one, which
is how its line is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse

from allograph.errors import Location, TurtleError
from allograph.namespaces import Namespaces
from allograph.sources import read_bytes
from allograph.terms import BlankNode, Triple, value_of

_SUBJECT = re.compile(r"<(?P<iri>[^>]*)>|(?P<prefix>[^\s:<>#@\"']*):(?P<local>(?:\\.|[^\s;,#])*)")
_POSITION = re.compile(r"^Parser error (?:at|between) .*?: (?=\S)", re.DOTALL)
_BLANK_NODE = re.compile(r"(?:^|[\s;,(])(?:_:|\[|\()")

_SH = "http://www.w3.org/ns/shacl#"


@dataclass(frozen=True)
class TurtleFile:
    """The triples of one file in order, its prefixes, and the line of each subject."""

    triples: tuple[Triple, ...]
    prefixes: dict[str, str]
    lines: dict[str, int]


def read_turtle(path: Path, shown_as: str, *, blank_nodes: bool = False) -> TurtleFile:
    """Read one file; messages call it ``shown_as``. Only shapes may have blank nodes."""
    return parse_turtle(read_bytes(path, shown_as), shown_as, blank_nodes=blank_nodes)


def parse_turtle(content: bytes, shown_as: str, *, blank_nodes: bool = False) -> TurtleFile:
    """Read the content of one file."""
    parser = parse(content, RdfFormat.TURTLE)
    try:
        triples = tuple(dict.fromkeys(quad.triple for quad in parser))
    except SyntaxError as error:
        raise _mistake(error, shown_as) from None
    text = content.decode()
    if any(isinstance(term, Triple) for triple in triples for term in triple):
        raise TurtleError(
            Location(shown_as), "a triple term; describe the triple by a node of its own"
        )
    if not blank_nodes and any(_has_blank_node(triple) for triple in triples):
        raise TurtleError(
            Location(shown_as, _line_of_blank_node(text)),
            "a blank node; every node has a name, as in <#cr-ino>, so that it can be cited",
        )
    subjects = {value_of(triple.subject) for triple in triples}
    return TurtleFile(triples, parser.prefixes, _lines(text, parser.prefixes, subjects))


def namespaces_in(triples: Iterable[Triple]) -> Namespaces:
    """The prefixes that triples declare with ``sh:declare``."""
    prefixes: dict[str, str] = {}
    namespaces: dict[str, str] = {}
    for subject, predicate, value in triples:
        if predicate.value == f"{_SH}prefix":
            prefixes[value_of(subject)] = value_of(value)
        elif predicate.value == f"{_SH}namespace":
            namespaces[value_of(subject)] = value_of(value)
    return Namespaces({prefix: namespaces[subject] for subject, prefix in prefixes.items()})


def canonical_triples(text: str, shown_as: str) -> frozenset[str]:
    """The triples of a text as they are spelt, to compare two texts; blank nodes are renamed."""
    try:
        dataset = Dataset(parse(text.encode(), RdfFormat.TURTLE))
    except SyntaxError as error:
        raise _mistake(error, shown_as) from None
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return frozenset(str(quad.triple) for quad in dataset)


def _mistake(error: SyntaxError, shown_as: str) -> TurtleError:
    return TurtleError(Location(shown_as, error.lineno, error.offset), _POSITION.sub("", error.msg))


def _lines(text: str, prefixes: dict[str, str], subjects: set[str]) -> dict[str, int]:
    """The first line on which each subject starts in column one."""
    lines: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not (match := _SUBJECT.match(line)):
            continue
        if (iri := match["iri"]) is None:
            local = re.sub(r"\\(.)", r"\1", match["local"].rstrip("."))
            iri = prefixes.get(match["prefix"], "") + local
        if iri in subjects:
            lines.setdefault(iri, number)
    return lines


def _has_blank_node(triple: Triple) -> bool:
    return isinstance(triple.subject, BlankNode) or isinstance(triple.object, BlankNode)


def _line_of_blank_node(text: str) -> int | None:
    for number, line in enumerate(text.splitlines(), start=1):
        if _BLANK_NODE.search(re.sub(r'"[^"]*"|<[^>]*>|#.*', "", line)):
            return number
    return None
