"""Stores that answer SPARQL: Oxigraph in this process, or an endpoint over HTTP.

The default graph holds every triple once; the named graph of each file holds that file. There is
no union default graph: Oxigraph would count a triple of two named graphs twice. Triples come back
as they are spelt in the files (``spelling``); the numbers of solutions are the shortest forms of
their values.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol
from urllib.error import HTTPError, URLError

import pyoxigraph
from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    Quad,
    QueryResultsFormat,
    RdfFormat,
    Triple,
)
from SPARQLWrapper import JSON, POST, TURTLE, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, SPARQLWrapperException

from allograph.errors import ParameterError, QuerySyntaxError, StoreError
from allograph.namespaces import ENDPOINT
from allograph.rdf.answers import Answer, Boolean, Solutions
from allograph.rdf.failures import failure_of
from allograph.rdf.sparql.mistakes import explained
from allograph.rdf.sparql.refusals import dataset_of
from allograph.rdf.sparql.rewriting import prepared, with_names_replaced
from allograph.rdf.sparql.tokens import form_of
from allograph.rdf.spelling import (
    Spelling,
    read_spelling,
    respelt,
    spelling_of,
    write_spelling,
)

_POSITION = re.compile(r"^error at (\d+):(\d+): (.*)", re.DOTALL)
_TOKEN = re.compile(r'"[^"\\]+"|[A-Z]+')
_SENTENCE = re.compile(r"[A-Z][A-Za-z]+ [A-Za-z*' ]+")


class Store(Protocol):
    """What can be asked of a store; nothing can be written."""

    def query(
        self,
        sparql: str,
        *,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> Answer:
        """Answer a query; graphs that are given are its whole dataset and override FROM."""

    def graph(self, iri: str | None) -> Iterator[Triple]:
        """The triples of a named graph, or of the default graph."""

    def close(self) -> None:
        """Let go of files and connections."""


class OxigraphStore:
    """Oxigraph, embedded: in memory, or on disk and read-only."""

    def __init__(
        self, store: pyoxigraph.Store, place: str = "", spelling: Spelling | None = None
    ) -> None:
        self._store: pyoxigraph.Store | None = store
        self._place = place
        self._spelling = spelling or {}

    @classmethod
    def in_memory(cls, quads: Iterable[Quad]) -> OxigraphStore:
        """A store in memory with the quads of ``load``."""
        store, held = pyoxigraph.Store(), [*quads]
        store.extend(with_default_graph(held))
        return cls(store, spelling=spelling_of(quad.triple for quad in held))

    @classmethod
    def on_disk(cls, folder: Path) -> OxigraphStore:
        """A store that ``write_store`` wrote."""
        if not (folder / "CURRENT").is_file():
            raise StoreError(f"{folder} holds no store; build one: allograph build")
        try:
            store = pyoxigraph.Store.read_only(str(folder))
            return cls(store, str(folder), _spelling_in(folder))
        except (OSError, RuntimeError, SyntaxError) as error:
            raise StoreError(
                f"{folder} cannot be opened as a store: {error}; if it is of a release, delete the"
                " folder of the release, then: allograph build"
            ) from None

    def query(
        self,
        sparql: str,
        *,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> Answer:
        """As ``Store.query``; relative IRIs are relative to our endpoint (Query, section 4.1.1).

        Raises ``QuerySyntaxError`` with the first mistake, ``QueryFailed`` for what is no mistake
        of syntax, such as an unknown function.
        """
        if not default_graphs and not named_graphs:
            default_graphs, named_graphs = dataset_of(sparql)
        text = prepared(sparql)
        try:
            return self._respelt(self._evaluate(text, default_graphs, named_graphs))
        except SyntaxError as error:
            if written := with_names_replaced(text):
                with suppress(SyntaxError):
                    return self._respelt(self._evaluate(written, default_graphs, named_graphs))
            raise explained(sparql, _syntax_error(str(error))) from None

    def _evaluate(self, text: str, default: Sequence[str], named: Sequence[str]) -> Answer:
        store, given = self._open(), bool(default or named)
        default_graphs = [*map(_named_node, default)]
        named_graphs: list[NamedNode | BlankNode] = [*map(_named_node, named)]
        merge: list[NamedNode | BlankNode | DefaultGraph] = [*default_graphs]
        try:
            if _overlap(store, default_graphs):
                store, merge = _merged(store, default_graphs, named_graphs), [DefaultGraph()]
            return store.query(
                text,
                base_iri=ENDPOINT,
                default_graph=merge if given else None,
                named_graphs=named_graphs if given else None,
            )
        except (RuntimeError, OSError) as error:
            raise failure_of(error, text, self._place) from None

    def _respelt(self, answer: Answer) -> Answer:
        if isinstance(answer, Solutions | Boolean):
            return answer
        return respelt(answer, self._spelling)

    def graph(self, iri: str | None) -> Iterator[Triple]:
        name = DefaultGraph() if iri is None else _named_node(iri)
        quads = self._open().quads_for_pattern(None, None, None, name)
        return respelt((quad.triple for quad in quads), self._spelling)

    def close(self) -> None:
        self._store = None

    def _open(self) -> pyoxigraph.Store:
        if self._store is None:
            raise StoreError("the store is closed")
        return self._store


class EndpointStore:
    """A SPARQL 1.1 endpoint."""

    def __init__(self, url: str, timeout: int) -> None:
        self._url = url
        self._timeout = timeout

    def query(
        self,
        sparql: str,
        *,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> Answer:
        request = self._request(sparql)
        # SPARQLWrapper guesses the form by a pattern, which a comment can mislead.
        request.queryType = form_of(sparql) or request.queryType
        for iri in default_graphs:
            request.addParameter("default-graph-uri", iri)
        for iri in named_graphs:
            request.addParameter("named-graph-uri", iri)
        if request.queryType in ("SELECT", "ASK"):
            request.setReturnFormat(JSON)
            return self._parse_solutions(self._send(request))
        request.setReturnFormat(TURTLE)
        return self._parse_triples(self._send(request))

    def graph(self, iri: str | None) -> Iterator[Triple]:
        request = self._request(graph_query(iri))
        request.setReturnFormat(TURTLE)
        return self._parse_triples(self._send(request))

    def close(self) -> None:
        """Nothing is kept open between two queries."""

    def _request(self, sparql: str) -> SPARQLWrapper:
        request = SPARQLWrapper(self._url)
        request.setMethod(POST)
        request.setTimeout(self._timeout)
        request.setQuery(sparql)
        return request

    def _send(self, request: SPARQLWrapper) -> bytes:
        try:
            content: bytes = request.query().response.read()
        except QueryBadFormed as error:
            raise QuerySyntaxError(f"{self._url} says: {error}") from None
        except (SPARQLWrapperException, HTTPError, URLError, OSError) as error:
            raise StoreError(f"{self._url} does not answer: {error}") from None
        return content

    def _parse_solutions(self, content: bytes) -> Answer:
        try:
            return pyoxigraph.parse_query_results(content, QueryResultsFormat.JSON)
        except SyntaxError as error:
            raise StoreError(f"{self._url} does not answer in SPARQL JSON: {error}") from None

    def _parse_triples(self, content: bytes) -> Iterator[Triple]:
        try:
            yield from [quad.triple for quad in pyoxigraph.parse(content, RdfFormat.TURTLE)]
        except SyntaxError as error:
            raise StoreError(f"{self._url} does not answer in Turtle: {error}") from None


def _overlap(store: pyoxigraph.Store, graphs: Sequence[NamedNode]) -> bool:
    """Tell whether a triple stands in two of the graphs."""
    return any(
        Quad(quad.subject, quad.predicate, quad.object, earlier) in store
        for place, graph in enumerate(graphs)
        for quad in (store.quads_for_pattern(None, None, None, graph) if place else ())
        for earlier in graphs[:place]
    )


def _merged(
    store: pyoxigraph.Store, default: Iterable[NamedNode], named: Iterable[NamedNode | BlankNode]
) -> pyoxigraph.Store:
    """The dataset of a query in memory: its default graph is the merge, which holds a triple once.

    Oxigraph counts a triple once for each graph of the default graph that holds it (its issue
    1919). Blank nodes are the same nodes in all graphs of a store, so their merge is a union.
    """
    merged = pyoxigraph.Store()
    for graph in default:
        quads = store.quads_for_pattern(None, None, None, graph)
        merged.extend(Quad(*quad.triple) for quad in quads)
    for name in named:
        merged.extend(store.quads_for_pattern(None, None, None, name))
    return merged


def select(store: Store, sparql: str) -> Solutions:
    """Answer a SELECT query of our own."""
    answer = store.query(sparql)
    if not isinstance(answer, Solutions):
        raise TypeError(f"this is no SELECT query: {sparql}")
    return answer


def graph_query(iri: str | None) -> str:
    """The query for the triples of a named graph, or of the default graph."""
    pattern = "?s ?p ?o" if iri is None else f"GRAPH {_named_node(iri)} {{ ?s ?p ?o }}"
    return f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}"


def is_endpoint(place: str | Path) -> bool:
    """Tell the URL of an endpoint from a folder."""
    return str(place).startswith(("http://", "https://"))


def open_store(place: str | Path, timeout: int) -> Store:
    """Open the store at a URL or in a folder."""
    if is_endpoint(place):
        return EndpointStore(str(place), timeout)
    return OxigraphStore.on_disk(Path(place))


def write_store(folder: Path, quads: Iterable[Quad]) -> None:
    """Write the store that ``OxigraphStore.on_disk`` opens, and its spelling beside it."""
    store, held = pyoxigraph.Store(str(folder)), [*quads]
    store.bulk_extend(with_default_graph(held))
    store.optimize()
    store.flush()
    spelling = spelling_of(quad.triple for quad in held)
    _spelling_file(folder).write_bytes(write_spelling(spelling))


def _spelling_file(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}-spelling.nt")


def _spelling_in(folder: Path) -> Spelling:
    """The spelling beside a store; a store that something else wrote has none."""
    try:
        return read_spelling(_spelling_file(folder).read_bytes())
    except FileNotFoundError:
        return {}


def with_default_graph(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Each quad in its named graph, and its triple once in the default graph."""
    seen: set[Triple] = set()
    for quad in quads:
        yield quad
        if quad.triple not in seen:
            seen.add(quad.triple)
            yield Quad(*quad.triple)


def _named_node(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError:
        raise ParameterError("graph", f"'{iri}' is no IRI, so no graph has this name") from None


def _syntax_error(message: str) -> QuerySyntaxError:
    """Oxigraph's message: a reason in words if it gives one, else the tokens that it expected."""
    if not (match := _POSITION.match(message)):
        return QuerySyntaxError(message)
    expected = match[3].removeprefix("expected ").removeprefix("one of ").split(", ")
    place = int(match[1]), int(match[2])
    for reason in expected:
        if _SENTENCE.fullmatch(reason):
            return QuerySyntaxError(f"the store says: {reason}", *place)
    tokens = [token for token in expected if _TOKEN.fullmatch(token)][:6]
    hint = f"; expected {' or '.join(tokens)}" if tokens else ""
    return QuerySyntaxError(f"the store cannot read the query up to here{hint}", *place)
