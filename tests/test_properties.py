"""What holds for any value that is typed, and for any ``Accept`` header that is sent."""

from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from allograph.errors import ParameterError
from allograph.namespaces import BASE
from allograph.questions.parameters import TYPES
from allograph.questions.question import bind, read_question
from allograph.rdf.store import OxigraphStore
from allograph.rdf.terms import Literal, NamedNode, Quad
from allograph.rdf.vocabularies import AG, RDF, RDFS
from allograph.web.http.negotiate import SOLUTIONS

pytestmark = pytest.mark.slow

HEADER = """#+ title: What is it?
#+ description: Whatever is typed.
#+ tags: [any]
#+ params:
#+   - {name: iri, type: iri, class: ag:Drug}
#+   - {name: string, type: string}
#+   - {name: integer, type: integer}
#+   - {name: decimal, type: decimal}
#+   - {name: date, type: date}
#+   - {name: enum, type: enum, values: [left, "right } UNION { ?s ?p ?o }"]}
"""
QUERY = f"""
SELECT ?iri ?string ?integer ?decimal ?date ?enum WHERE {{
  {" ".join(f"VALUES ?{type_} {{ UNDEF }}" for type_ in TYPES)}
}}
"""
THING = f"{BASE}drug/thing"
INJECTIONS = (
    '"} UNION { ?s ?p ?o } #',
    '" "x',
    '\\" } SERVICE <http://127.0.0.1/> { ?s ?p ?o } #',
    "}} ; DROP ALL #",
    '"""',
    "\\u0022 } {",
    "UNDEF",
    "?s",
    "<x:y>",
    "1 } VALUES ?string { 2",
    "2016-06-12T00:00:00",
    "\u0661",
    "1\n2",
)
texts = st.one_of(
    st.text(),
    st.sampled_from(INJECTIONS),
    st.integers().map(str),
    st.decimals(allow_nan=False, allow_infinity=False).map(str),
    st.dates().map(str),
    st.lists(st.sampled_from([*'"\\{}<>#?\n\r\t \0', "VALUES", "UNDEF", "left"])).map("".join),
)
quietly = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def question(namespaces):
    return read_question("any", HEADER + QUERY, "queries/any.rq", namespaces)


@pytest.fixture(scope="module")
def nothing():
    return OxigraphStore.in_memory([])


def shape(node):
    """The parse tree of a query, without what stands in the braces of VALUES."""
    if isinstance(node, CompValue):
        left_out = ("value",) if node.name == "InlineData" else ()
        return node.name, {key: shape(node[key]) for key in node if key not in left_out}
    if isinstance(node, str):
        return node.n3() if hasattr(node, "n3") else node
    try:
        return [shape(item) for item in node]
    except TypeError:
        return node


def thing_called(label):
    """A store with one drug of this name."""
    about = NamedNode(THING)
    return OxigraphStore.in_memory(
        [
            Quad(about, NamedNode(RDF.type), NamedNode(AG.Drug), about),
            Quad(about, NamedNode(RDFS.label), Literal(label), about),
        ]
    )


@quietly
@given(st.dictionaries(st.sampled_from(TYPES), st.lists(texts, max_size=3)))
def test_whatever_is_typed_the_query_keeps_its_shape(question, nothing, values):
    try:
        bound = bind(question, values, nothing)
    except ParameterError as error:
        assert error.parameter in values
    else:
        assert shape(parseQuery(bound)) == shape(parseQuery(question.text))


@quietly
@given(st.sampled_from([type_ for type_ in TYPES if type_ not in ("iri", "string")]), texts)
def test_a_value_is_taken_as_one_literal_of_its_type_or_refused(question, nothing, type_, text):
    assume(text.strip())
    try:
        bound = bind(question, {type_: [text]}, nothing)
    except ParameterError as error:
        assert error.parameter == type_
        return
    (solution,) = nothing.query(bound)
    term = solution[type_]
    assert isinstance(term, Literal)
    assert term.datatype.value.endswith(f"#{'string' if type_ == 'enum' else type_}")


@quietly
@given(st.lists(texts.filter(str.strip), min_size=1, max_size=4))
def test_strings_come_back_as_they_were_typed(question, nothing, typed):
    solutions = nothing.query(bind(question, {"string": typed}, nothing))
    assert [solution["string"].value for solution in solutions] == list(dict.fromkeys(typed))


@quietly
@given(texts.filter(str.strip))
def test_a_thing_is_found_by_its_label_whatever_that_is(question, label):
    store = thing_called(label)
    (solution,) = store.query(bind(question, {"iri": [label]}, store))
    assert solution["iri"] == NamedNode(THING)


@quietly
@given(st.text().filter(str.strip), st.text())
def test_a_name_that_a_question_does_not_take_is_refused(question, nothing, name, text):
    assume(name not in TYPES)
    with pytest.raises(ParameterError):
        bind(question, {name: [text]}, nothing)


PATH = "/sparql?query=ASK%20%7B%7D"
OFFERED = {item.media_type: item for item in SOLUTIONS}
ACCEPTED = {*OFFERED, *(name for item in SOLUTIONS for name in item.also), "text/html"}
names = st.one_of(
    st.sampled_from(sorted(ACCEPTED)),
    st.sampled_from(["*/*", "text/*", "application/*", "image/png", "text/turtle", "x/y", "*"]),
)
weights = st.sampled_from(["", ";q=0", ";q=0.5", ";q=1", ";q=0.001", ";q=x", ";q=-1", ";charset=a"])
ranges = st.lists(st.builds("{}{}".format, names, weights), min_size=1, max_size=6).map(", ".join)
headers = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E))


@quietly
@given(st.one_of(ranges, headers))
def test_any_accept_header_gives_an_offered_type_or_a_406_with_the_offer(client, accept):
    response = client.get(PATH, headers={"Accept": accept})
    assert response.status_code in (200, 406), (accept, response.status_code)
    if response.status_code == 200:
        assert response.mimetype in ACCEPTED
    elif response.mimetype == "application/problem+json":
        assert {*response.get_json(force=True)["offered"]} == {*OFFERED, "text/html"}


@quietly
@given(st.sampled_from(sorted(OFFERED)), st.permutations(["*/*;q=0.5", "text/*;q=0.8"]))
def test_what_is_refused_with_q_0_is_not_sent(client, refused, others):
    accept = ", ".join([f"{refused};q=0", *others])
    assert client.get(PATH, headers={"Accept": accept}).mimetype != refused


@quietly
@given(st.lists(st.sampled_from(sorted(OFFERED)), min_size=2, max_size=5, unique=True))
def test_the_greatest_weight_wins(client, wanted):
    weighted = [f"{name};q=0.{9 - place}" for place, name in enumerate(wanted)]
    for order in (weighted, weighted[::-1]):
        response = client.get(PATH, headers={"Accept": ", ".join(order)})
        assert response.mimetype == wanted[0]


@quietly
@given(st.sampled_from(SOLUTIONS), st.one_of(ranges, headers))
def test_a_suffix_beats_any_accept_header(client, format, accept):
    path = f"/questions/adverse-events.{quote(format.name)}"
    response = client.get(path, headers={"Accept": accept})
    assert (response.status_code, response.mimetype) == (200, format.media_type)
