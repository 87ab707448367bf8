"""One contract for every store: in memory, on disk, and an endpoint over HTTP."""

import threading

import pytest
from waitress.server import create_server

from allograph.errors import ParameterError, QueryFailed, QuerySyntaxError, StoreError
from allograph.namespaces import BASE
from allograph.rdf.answers import Boolean, Solutions
from allograph.rdf.failures import failure_of
from allograph.rdf.store import EndpointStore, OxigraphStore, open_store, select

STUDY_GRAPH = f"{BASE}graph/study/ino-vate"
DRUG_GRAPH = f"{BASE}graph/drug/blinatumomab"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


@pytest.fixture(scope="module")
def endpoint(app):
    """The project's own server, over real HTTP."""
    server = create_server(app, host="127.0.0.1", port=0)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}/sparql"
    server.trigger.pull_trigger(server.close)
    server.task_dispatcher.shutdown()
    thread.join(timeout=10)
    assert not thread.is_alive()


@pytest.fixture(scope="module", params=["memory", "disk", "endpoint"])
def store(request, whole, release):
    match request.param:
        case "memory":
            store = OxigraphStore.in_memory(whole)
        case "disk":
            store = open_store(release.store, 30)
        case "endpoint":
            store = open_store(request.getfixturevalue("endpoint"), 30)
    yield store
    store.close()


def count(store, query=COUNT, **graphs):
    (solution,) = store.query(query, **graphs)
    return int(solution["n"].value)


def triples_in(whole, graph):
    return {quad.triple for quad in whole if quad.graph_name.value == graph}


def test_the_default_graph_holds_every_triple_once(store, whole):
    assert count(store) == len({quad.triple for quad in whole})


def test_select_answers_solutions(store):
    answer = store.query(
        "PREFIX ag: <https://w3id.org/allograph/ontology#>"
        "SELECT ?drug ?none WHERE { ?drug a ag:Drug } ORDER BY ?drug LIMIT 1"
    )
    assert isinstance(answer, Solutions)
    assert [variable.value for variable in answer.variables] == ["drug", "none"]
    (solution,) = answer
    assert solution["drug"].value == f"{BASE}drug/blinatumomab"
    assert solution["none"] is None


@pytest.mark.parametrize(("pattern", "truth"), [("?s ?p ?o", True), ("?s <x:none> ?o", False)])
def test_ask_answers_a_truth_value(store, pattern, truth):
    answer = store.query(f"ASK {{ {pattern} }}")
    assert isinstance(answer, Boolean)
    assert bool(answer) is truth


def test_construct_answers_triples(store):
    drug = f"<{BASE}drug/blinatumomab>"
    triples = store.query(f"CONSTRUCT {{ {drug} ?p ?o }} WHERE {{ {drug} ?p ?o }}")
    described = store.query(f"DESCRIBE {drug}")
    assert set(triples) == set(described) != set()


COMMENTED = "PREFIX ag: # the terms\n <https://w3id.org/allograph/ontology#>\n"


def test_a_comment_in_a_prefix_does_not_hide_the_form(store):
    assert isinstance(store.query(f"{COMMENTED} SELECT * {{ ?s a ag:Drug }} LIMIT 1"), Solutions)
    assert bool(store.query(f"\ufeff{COMMENTED} ASK {{ ?s a ag:Drug }}"))
    construct = f"{COMMENTED} CONSTRUCT {{ ?s a ag:Drug }} {{ ?s a ag:Drug }}"
    assert len({str(triple) for triple in store.query(construct)}) > 1


def test_a_relative_iri_is_relative_to_the_endpoint(store):
    """SPARQL 1.1 Query, section 4.1.1; RFC 3986, section 5.1."""
    [triple] = store.query("CONSTRUCT { <s> <#p> <../o> } WHERE {}")
    assert [term.value for term in triple] == [f"{BASE}s", f"{BASE}sparql#p", "https://w3id.org/o"]


def test_a_graph_that_from_names_twice_is_counted_once(store):
    named = f"FROM <{DRUG_GRAPH}> FROM <{DRUG_GRAPH.removeprefix(BASE)}>"
    query = "SELECT (COUNT(*) AS ?n) {} WHERE {{ ?s ?p ?o }}"
    assert count(store, query.format(named)) == count(store, query.format(named.split(" FROM")[0]))


def test_a_named_graph_holds_its_file(store, whole):
    assert {str(t) for t in store.graph(DRUG_GRAPH)} == {
        str(t) for t in triples_in(whole, DRUG_GRAPH)
    }


@pytest.mark.slow
def test_the_default_graph_can_be_read_whole(store, whole):
    assert len(list(store.graph(None))) == len({quad.triple for quad in whole})


def test_an_unknown_graph_is_empty(store):
    assert list(store.graph("https://example.org/none")) == []
    assert count(store, default_graphs=["https://example.org/none"]) == 0


def test_given_graphs_are_the_whole_dataset(store, whole):
    size = len(triples_in(whole, DRUG_GRAPH))
    assert count(store, default_graphs=[DRUG_GRAPH]) == size
    assert count(store, named_graphs=[DRUG_GRAPH]) == 0
    in_any = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert count(store, in_any, named_graphs=[DRUG_GRAPH]) == size
    assert count(store, in_any, default_graphs=[DRUG_GRAPH]) == 0


def test_given_graphs_override_from(store, whole):
    query = f"SELECT (COUNT(*) AS ?n) FROM <{STUDY_GRAPH}> WHERE {{ ?s ?p ?o }}"
    assert count(store, query) == len(triples_in(whole, STUDY_GRAPH))
    assert count(store, query, default_graphs=[DRUG_GRAPH]) == len(triples_in(whole, DRUG_GRAPH))


def test_a_syntax_error_is_ours(store):
    with pytest.raises(QuerySyntaxError, match=r"line 2|Parsing|syntax|belong"):
        store.query("SELECT * WHERE {\n ?s ?p }")


def test_a_graph_whose_name_is_no_iri_is_refused(store):
    with pytest.raises(ParameterError, match="'no iri' is no IRI"):
        list(store.graph("no iri"))


def test_the_place_of_a_syntax_error_is_known():
    with pytest.raises(QuerySyntaxError) as error:
        OxigraphStore.in_memory([]).query("SELECT * WHERE {\n  ?s ?p }")
    assert (error.value.line, error.value.column) == (2, 9)


def test_what_the_store_says_is_passed_on_where_we_find_no_mistake():
    with pytest.raises(QuerySyntaxError, match="the store says: The SELECT contains") as error:
        OxigraphStore.in_memory([]).query(
            "SELECT (?o AS ?z) (SAMPLE(?p) AS ?q) { ?s ?p ?o } GROUP BY (?s AS ?o)\n\n"
        )
    assert (error.value.line, error.value.column) == (1, 69)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (
            RuntimeError("Corruption: truncated block read from /srv/graph/13.sst offset 0"),
            StoreError,
        ),
        (OSError(24, "Too many open files", "/srv/graph/13.sst"), StoreError),
        (RuntimeError("IO error: While open '/srv/graph/13.sst'"), StoreError),
        (RuntimeError("The custom function <http://x/srv/a/b> is not supported"), QueryFailed),
    ],
)
def test_a_failure_does_not_tell_where_the_files_of_the_server_are(error, kind):
    ours = failure_of(error, "ASK {}")
    assert isinstance(ours, kind)
    assert "/srv/graph" not in str(ours)


def test_a_folder_without_a_store_is_named(tmp_path):
    with pytest.raises(StoreError, match=r"holds no store; build one: allograph build"):
        open_store(tmp_path, 30)


def test_an_endpoint_that_is_not_there_is_named():
    with pytest.raises(StoreError, match=r"http://127.0.0.1:1/sparql does not answer"):
        EndpointStore("http://127.0.0.1:1/sparql", 1).query(COUNT)


def test_an_endpoint_that_answers_something_else_is_named(endpoint):
    page = EndpointStore(endpoint.removesuffix("/sparql") + "/health", 5)
    with pytest.raises(StoreError):
        page.query(COUNT)


def test_a_closed_store_says_so():
    store = OxigraphStore.in_memory([])
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.query(COUNT)


def test_a_select_of_ours_is_a_select():
    with pytest.raises(TypeError):
        select(OxigraphStore.in_memory([]), "ASK {}")
