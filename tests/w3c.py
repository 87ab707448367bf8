"""The W3C's test cases for SPARQL queries: read from their manifests, and compared as they ask.

https://www.w3.org/2009/sparql/docs/tests/: a case is a query over some graphs, and its answer.
"""

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

import rdflib
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    RdfFormat,
    Store,
    Triple,
    parse,
    parse_query_results,
)
from rdflib.collection import Collection
from rdflib.namespace import RDF

from allograph.errors import AllographError, QueryFailed
from allograph.namespaces import Namespaces
from allograph.rdf.answers import Boolean, Solutions
from allograph.rdf.formats import FORMAT_BY_NAME, write_answer
from allograph.rdf.sparql import check_query
from allograph.rdf.sparql.parser import Unexpected
from allograph.rdf.sparql.parser import parse as parse_query
from allograph.rdf.sparql.scope import mistakes_of_scope
from allograph.rdf.sparql.tokens import tokens_of
from allograph.rdf.store import OxigraphStore

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
DAWGT = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-dawg#")
RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
FROM = re.compile(r"\bFROM\s+(?:NAMED\s+)?<([^>]*)>", re.IGNORECASE)
ORDERED = re.compile(r"\bORDER\s+BY\b", re.IGNORECASE)
EVALUATION = {MF.QueryEvaluationTest, MF.CSVResultFormatTest}
GOOD_SYNTAX = {MF.PositiveSyntaxTest, MF.PositiveSyntaxTest11}
BAD_SYNTAX = {MF.NegativeSyntaxTest, MF.NegativeSyntaxTest11}


@dataclass(frozen=True)
class Case:
    """One entry of a manifest; the paths are of its query, its graphs and its answer.

    The answer of a ``lax`` case may hold a row fewer times than it is expected.
    """

    name: str
    kind: rdflib.URIRef
    query: Path
    data: tuple[Path, ...]
    graphs: tuple[Path, ...]
    result: Path | None
    lax: bool


def read_cases(manifest: Path) -> list[Case]:
    """The approved cases of a manifest that are about queries, in its order."""
    graph = rdflib.Graph().parse(manifest, format="turtle", publicID=manifest.as_uri())
    [entries] = graph.objects(None, MF.entries)
    kinds = EVALUATION | GOOD_SYNTAX | BAD_SYNTAX
    return [
        _case(graph, entry)
        for entry in Collection(graph, entries)
        if graph.value(entry, RDF.type) in kinds
        and (entry, DAWGT.approval, DAWGT.Approved) in graph
    ]


def _case(graph, entry) -> Case:
    action = graph.value(entry, MF.action)
    query = graph.value(action, QT.query) or action
    result = graph.value(entry, MF.result)
    return Case(
        str(entry).rpartition("#")[2] or str(entry),
        graph.value(entry, RDF.type),
        _path(query),
        tuple(map(_path, graph.objects(action, QT.data))),
        tuple(map(_path, graph.objects(action, QT.graphData))),
        _path(result) if result else None,
        graph.value(entry, MF.resultCardinality) == MF.LaxCardinality,
    )


def _path(iri) -> Path:
    return Path(str(iri).removeprefix("file://"))


def passes(case: Case) -> bool:
    """Ask our engine as the endpoint does, and compare what it answers."""
    text = f"BASE <{case.query.as_uri()}>\n{case.query.read_text()}"
    try:
        check_query(text)
        answer = OxigraphStore(_store(case)).query(text)
        if case.kind in EVALUATION:
            return _holds(case, answer)
    except QueryFailed:  # an unknown function is no mistake of syntax
        return case.kind in GOOD_SYNTAX
    except AllographError:
        return case.kind in BAD_SYNTAX
    return case.kind in GOOD_SYNTAX


def is_read(case: Case) -> bool:
    """Tell whether our own grammar, and what we know of scopes, takes the query."""
    try:
        tree = parse_query(tokens_of(case.query.read_text()))
    except Unexpected:
        return False
    return not mistakes_of_scope(tree)


def _store(case: Case) -> Store:
    """The default graph, and as named graphs those of the case and those its query names."""
    store = Store()
    for path in case.data:
        store.load(path=path, base_iri=path.as_uri())
    named = {case.query.parent / name for name in FROM.findall(case.query.read_text())}
    for path in named.union(case.graphs):
        if path.is_file():
            store.load(path=path, base_iri=path.as_uri(), to_graph=NamedNode(path.as_uri()))
    return store


def _holds(case: Case, answer) -> bool:
    expected = case.result
    if expected.suffix == ".csv":
        return _rows_of_csv(expected.read_text()) == _rows_of_csv(_written(answer, "csv").decode())
    if isinstance(answer, Boolean):
        return bool(answer) == _read_truth(expected)
    if isinstance(answer, Solutions):
        written = _written(answer, "json")
        actual = parse_query_results(written, QueryResultsFormat.JSON)
        names = {variable.value for variable in actual.variables}
        expected_names, expected_rows = _read_solutions(expected)
        rows = _bindings(actual)
        if case.lax:
            rows, expected_rows = _distinct(rows), _distinct(expected_rows)
        return (
            expected_names <= names
            and _canonical(rows) == _canonical(expected_rows)
            and (
                not ORDERED.search(case.query.read_text()) or _alike(rows) == _alike(expected_rows)
            )
        )
    triples = parse(_written(answer, "nt"), RdfFormat.N_TRIPLES)
    return _canonical_graph(triples) == _canonical_graph(_quads(expected))


def _written(answer, name: str) -> bytes:
    output = io.BytesIO()
    write_answer(answer, FORMAT_BY_NAME[name], output, Namespaces({}))
    return output.getvalue()


def _rows_of_csv(text: str) -> list[list[tuple[str, str]]]:
    """The rows in any order, their columns sorted by name; blank nodes are all alike."""
    header, *rows = csv.reader(io.StringIO(text))
    return sorted(
        sorted(zip(header, (re.sub("^_:.*", "_:", cell) for cell in row), strict=True))
        for row in rows
    )


def _quads(path: Path):
    return parse(path=path, base_iri=path.as_uri())


def _read_truth(path: Path) -> bool:
    if path.suffix in (".srx", ".srj"):
        return bool(parse_query_results(path=path))
    [value] = (q.object.value for q in _quads(path) if q.predicate.value == f"{RS}boolean")
    return value == "true"


def _read_solutions(path: Path):
    """The variables and the rows of an answer, also of one that is written in RDF."""
    if path.suffix in (".srx", ".srj", ".tsv"):
        solutions = parse_query_results(path=path)
        return {variable.value for variable in solutions.variables}, _bindings(solutions)
    quads = list(_quads(path))

    def values(subject, name):
        return [
            quad.object
            for quad in quads
            if quad.subject == subject and quad.predicate.value == f"{RS}{name}"
        ]

    [answer] = (q.subject for q in quads if q.object == NamedNode(f"{RS}ResultSet"))
    solutions = values(answer, "solution")
    if any(values(solution, "index") for solution in solutions):
        solutions.sort(key=lambda solution: int(values(solution, "index")[0].value))
    rows = [
        {
            values(binding, "variable")[0].value: values(binding, "value")[0]
            for binding in values(solution, "binding")
        }
        for solution in solutions
    ]
    return {name.value for name in values(answer, "resultVariable")}, rows


def _bindings(solutions) -> list[dict]:
    names = [variable.value for variable in solutions.variables]
    return [{name: row[name] for name in names if row[name] is not None} for row in solutions]


def _distinct(rows: list[dict]) -> list[dict]:
    return [dict(row) for row in {frozenset(row.items()) for row in rows}]


def _alike(rows: list[dict]) -> list[dict]:
    """The rows in their order, with values for spellings, and blank nodes all alike."""
    return [
        {
            name: "_:" if isinstance(term, BlankNode) else str(_kept(term))
            for name, term in row.items()
        }
        for row in rows
    ]


def _kept(term):
    store = Store()
    store.add(Quad(NamedNode("x:s"), NamedNode("x:p"), term))
    [quad] = store
    return quad.object


def _canonical(rows: list[dict]) -> Dataset:
    """Rows as a graph, so that blank nodes are compared by what is said of them."""
    triples = []
    for row in rows:
        solution = BlankNode()
        triples.append(Triple(solution, NamedNode(f"{RS}solution"), Literal("")))
        triples += [Triple(solution, NamedNode(f"x:{name}"), row[name]) for name in row]
    return _canonical_graph(triples)


def _canonical_graph(statements) -> Dataset:
    """A graph as the store keeps it (which keeps values, not spellings: 0.50 is 0.5)."""
    store = Store()
    store.extend(Quad(s.subject, s.predicate, s.object, DefaultGraph()) for s in statements)
    dataset = Dataset(store)
    dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return dataset
