"""Read a curated Turtle file strictly, and say on which line each subject stands.

Oxigraph's parser is used because rdflib's forgives bad IRIs. A subject starts in column one, which
is how its line is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse

from allograph.errors import Location, TurtleError
from allograph.namespaces import Namespaces
from allograph.rdf import names as grammar
from allograph.rdf.nodes import Nodes
from allograph.rdf.terms import BlankNode, Literal, Term, Triple
from allograph.rdf.turtle_statements import subject_lines
from allograph.rdf.turtle_tokens import tokens_of
from allograph.rdf.vocabularies import SH
from allograph.text.files import read_bytes
from allograph.text.lines import line_ends, text_of, visible

DEEPEST = 100
"""Brackets within brackets. The shapes have five; what walks a tree has a stack that ends."""
MOST_BYTES = 64 << 20
_POSITION = re.compile(r"^Parser error (?:at|between) .*?: (?=\S)", re.DOTALL)
_NESTING = re.compile(
    rf"{grammar.STRING}|{grammar.COMMENT}|\\."
    r"|(?P<conflict>^(?:<{7}|>{7}) )|(?P<triple><<)"
    rf"|{grammar.IRI}|(?P<open>[\[(])|(?P<close>[\])])",
    re.DOTALL | re.MULTILINE,
)
_MERGE = "a merge of git that was not finished; keep one of its two sides, and none of its marks"
_OF_RDF_1_2 = ("<<", "{|", "~", "--")
"""One of these is in the text of a file with a triple term or with a direction."""
_OF_BLANK_NODES = ("_:", "[", "(", "{|", "<<", "~")
"""One of these is in the text of a file with a blank node."""
_TRIPLE = "a triple term; describe the triple by a node of its own"


@dataclass(frozen=True)
class TurtleFile:
    """The triples of one file in order, its prefixes, and its text."""

    triples: tuple[Triple, ...]
    prefixes: dict[str, str]
    text: str = field(repr=False)

    @cached_property
    def lines(self) -> dict[str, int]:
        """The first line on which each subject starts in column one."""
        return subject_lines(self.text, "")


def read_turtle(path: Path, shown_as: str, *, blank_nodes: bool = False) -> TurtleFile:
    """Read one file; see ``parse_turtle``."""
    return parse_turtle(read_bytes(path, shown_as), shown_as, blank_nodes=blank_nodes)


def parse_turtle(content: bytes, shown_as: str, *, blank_nodes: bool = False) -> TurtleFile:
    """Read the bytes of a file; messages call it ``shown_as``. Only shapes may have blank nodes.

    A byte order mark is passed over, and a line may end as on any system: a file says the same
    wherever it was saved. Raises ``FileError`` for what is no text, ``TurtleError`` for the rest.
    """
    if len(content) > MOST_BYTES:
        message = f"the file has more than {MOST_BYTES >> 20} MiB; divide it"
        raise TurtleError(Location(shown_as), message)
    text = text_of(content, shown_as)
    triples, prefixes = _parsed(text, shown_as)
    may_have = not blank_nodes and any(mark in text for mark in _OF_BLANK_NODES)
    if may_have and any(isinstance(term, BlankNode) for term in _nodes(triples)):
        raise TurtleError(
            Location(shown_as, _line_of_blank_node(text)),
            "a blank node; every node has a name, as in <#cr-ino>, so that it can be cited",
        )
    return TurtleFile(triples, prefixes, text)


def namespaces_in(triples: Iterable[Triple]) -> Namespaces:
    """The prefixes that triples declare with ``sh:declare``; half a declaration is none."""
    declarations = Nodes(triples).having(SH.prefix)
    pairs = ((node.value(SH.prefix), node.value(SH.namespace)) for node in declarations)
    return Namespaces({prefix: namespace for prefix, namespace in pairs if namespace})


def canonical_triples(text: str, shown_as: str) -> frozenset[str]:
    """The triples of a text as they are spelt, to compare two texts; blank nodes are renamed."""
    _refuse_nesting(text, shown_as)
    try:
        dataset = Dataset(parse(text.encode(), RdfFormat.TURTLE))
    except SyntaxError as error:
        raise _mistake(error, shown_as) from None
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return frozenset(str(quad.triple) for quad in dataset)


def _parsed(text: str, shown_as: str) -> tuple[tuple[Triple, ...], dict[str, str]]:
    _refuse_nesting(text, shown_as)
    parser = parse(text.encode(), RdfFormat.TURTLE)
    try:
        triples = tuple(dict.fromkeys(quad.triple for quad in parser))
    except SyntaxError as error:
        raise _mistake(error, shown_as) from None
    for term in _nodes(triples) if any(mark in text for mark in _OF_RDF_1_2) else ():
        if isinstance(term, Triple):
            raise TurtleError(Location(shown_as), _TRIPLE)
        if isinstance(term, Literal) and term.direction is not None:
            message = f'"{term.value}"@{term.language} has a direction; a text has a language alone'
            raise TurtleError(Location(shown_as), message)
    return triples, parser.prefixes


def _refuse_nesting(text: str, shown_as: str) -> None:
    """Refuse what nests too deep, and triple terms, before a parser that counts neither.

    Oxigraph's reads a triple term within another by recursion, until the stack ends the process.
    """
    has_marks = "<<" in text or ">>>>>>>" in text
    if not has_marks and text.count("[") + text.count("(") <= DEEPEST:
        return  # nothing of this can be in it
    depth = 0
    for match in _NESTING.finditer(text):
        kind = match.lastgroup
        depth += (kind == "open") - (kind == "close")
        message = {"conflict": _MERGE, "triple": _TRIPLE}.get(kind or "")
        if depth > DEEPEST:
            message = f"more than {DEEPEST} brackets, one in the other; give nodes names"
        if message:
            line = line_ends(text[: match.start()]) + 1
            raise TurtleError(Location(shown_as, line), message)


def _mistake(error: SyntaxError, shown_as: str) -> TurtleError:
    message = visible(_POSITION.sub("", error.msg))
    return TurtleError(Location(shown_as, error.lineno, error.offset), message)


def _nodes(triples: tuple[Triple, ...]) -> Iterator[Term]:
    for triple in triples:
        yield triple.subject
        yield triple.object


def _line_of_blank_node(text: str) -> int | None:
    for token in tokens_of(text, ""):
        if token.text in ("[", "(") or (token.kind == "name" and token.text.startswith("_:")):
            return token.line
    return None
