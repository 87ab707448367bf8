"""Binding: values that people type become terms between the braces, and nothing else."""

import pyoxigraph
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib.plugins.sparql import prepareQuery

from allograph.errors import ParameterError, QuestionError, UnknownQuestion
from allograph.namespaces import BASE
from allograph.questions.parameters import MOST_VALUES
from allograph.questions.question import (
    Choice,
    Choices,
    bind,
    bound,
    choices,
    question_named,
    read_question,
)
from allograph.rdf.store import OxigraphStore, open_store
from allograph.reading.controls import controls_of

INO = f"{BASE}drug/inotuzumab-ozogamicin"
BLINATUMOMAB = f"{BASE}drug/blinatumomab"
HEADER = """#+ title: What is it?
#+ sentence: What is {drug} at {dose}?
#+ description: >
#+   Folded
#+   text.
#+ tags: [one, two]
#+ params:
#+   - {name: drug, variable: given, type: iri, class: ag:Drug, default: drug:blinatumomab}
#+   - {name: word, type: string}
#+   - {name: size, type: integer, default: 5}
#+   - {name: dose, type: decimal}
#+   - {name: day, type: date}
#+   - {name: side, type: enum, values: [left, right], default: left}
#+ columns:
#+   - {name: x, label: X, unit: "%"}
#+ plot: {kind: forest, value: x, label: "{x}"}
"""
QUERY = """
PREFIX drug: <https://w3id.org/allograph/drug/>
# VALUES ?word { "in a comment" }
SELECT ?x WHERE {
  VALUES ?given { drug:blinatumomab } VALUES ?word { UNDEF } VALUES ?size { 5 }
  VALUES ?dose { UNDEF } VALUES ?day { UNDEF } VALUES ?side { "left" }
  BIND("VALUES ?word { }" AS ?x)
}
"""


@pytest.fixture(scope="module")
def store(release):
    store = open_store(release.store, 30)
    yield store
    store.close()


@pytest.fixture(scope="module")
def read(namespaces):
    return lambda text: read_question("what", text, "queries/what.rq", namespaces)


@pytest.fixture(scope="module")
def question(read):
    return read(HEADER + QUERY)


def terms(text, variable):
    """The terms that a bound query gives a variable, as rdflib reads them."""
    rows = rdflib.Graph().query(
        prepareQuery(text.replace("SELECT ?x", f"SELECT DISTINCT ?{variable}"))
    )
    return [row[0] for row in rows]


def test_the_header_is_read(question):
    assert question.title == "What is it?"
    assert question.description == "Folded text."
    assert question.sentence == "What is {drug} at {dose}?"
    assert question.tags == ("one", "two")
    assert [(c.name, c.label, c.unit) for c in question.columns] == [("x", "X", "%")]
    assert question.plot is not None
    assert (question.plot.kind, question.plot.columns) == ("forest", {"value": "x"})
    drug, word, *_ = question.parameters
    assert (drug.name, drug.variable, drug.defaults) == ("drug", "given", (BLINATUMOMAB,))
    assert (word.name, word.variable, word.defaults) == ("word", "word", ())


@pytest.mark.parametrize(
    ("left_open", "sentence"),
    [
        ([], "What is drug at dose, please?"),
        (["drug"], "What is drug at dose, please?"),
        (["dose"], "What is drug?"),
        (["drug", "dose"], "What is drug?"),
    ],
)
def test_brackets_of_the_sentence_are_said_only_where_something_is_chosen(
    read, left_open, sentence
):
    header = HEADER.replace("{drug} at {dose}", "{drug}[ at {dose}, please]")
    said = read(header + QUERY).sentence_without(left_open)
    assert said.replace("{", "").replace("}", "") == sentence


def test_without_values_the_file_runs_as_it_stands(question, store):
    assert bind(question, {}, store) == question.text


@pytest.mark.parametrize(
    "name",
    ["inotuzumab-ozogamicin", "drug:inotuzumab-ozogamicin", INO, "InO", "besponsa", "BESPONSA"],
)
def test_a_thing_may_be_named_by_key_curie_iri_label_or_synonym(question, store, name):
    assert terms(bind(question, {"drug": [name]}, store), "given") == [rdflib.URIRef(INO)]


def test_several_values_are_several_terms(question, store):
    bound = bind(question, {"drug": ["blinatumomab", INO, "blinatumomab"]}, store)
    assert terms(bound, "given") == [rdflib.URIRef(BLINATUMOMAB), rdflib.URIRef(INO)]


def test_a_value_that_is_nothing_leaves_the_parameter_open(question, store):
    assert "VALUES ?given { UNDEF }" in bind(question, {"drug": [""]}, store)


@pytest.mark.parametrize(
    ("name", "value"),
    [("size", "42"), ("dose", "1.80"), ("day", "2016-06-12"), ("side", "right"), ("word", "x")],
)
def test_a_value_becomes_a_literal_of_its_type(question, store, name, value):
    (term,) = terms(bind(question, {name: [value]}, store), name)
    types = {"size": "integer", "dose": "decimal", "day": "date"}
    expected = rdflib.XSD[types.get(name, "string")]
    assert str(term.n3()).startswith(f'"{value}"') or str(term) in (value, "1.8")
    assert (term.datatype or rdflib.XSD.string) == expected


@given(st.text().filter(str.strip))
def test_whatever_text_is_typed_it_stays_one_string(question, text):
    bound = bind(question, {"word": [text]}, OxigraphStore.in_memory([]))
    query = bound.replace("SELECT ?x", "SELECT DISTINCT ?word")
    (solution,) = OxigraphStore.in_memory([]).query(query)
    assert solution["word"].value == text


@given(st.sampled_from(["drug", "size", "dose", "day", "side"]), st.text().filter(str.strip))
def test_what_does_not_fit_the_type_is_refused_or_harmless(question, name, text):
    try:
        bound = bind(question, {name: [text]}, OxigraphStore.in_memory([]))
    except ParameterError as error:
        assert error.parameter == name
    else:
        prepareQuery(bound)


def test_a_bound_value_cannot_bind_another_parameter(question, store):
    bound = bind(question, {"word": ["VALUES ?size { 6 }"], "size": ["7"]}, store)
    assert [int(term) for term in terms(bound, "size")] == [7]
    assert str(*terms(bound, "word")) == "VALUES ?size { 6 }"


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"dosage": ["1"]}, "'what' takes no 'dosage'; it takes drug, word, size"),
        ({"drug": ["blinatumomap"]}, "'blinatumomap' is not known; did you mean 'blinatumomab'"),
        ({"drug": [f"{BASE}study/ino-vate"]}, "is not known"),
        ({"size": ["1.5"]}, "size: '1.5' is not a whole number"),
        ({"dose": ["1,5"]}, "dose: '1,5' is not a number"),
        ({"day": ["2016-02-30"]}, "day: '2016-02-30' is not a date"),
        ({"side": ["up"]}, "side: 'up' is not one of left, right"),
    ],
)
def test_a_wrong_value_is_named_with_what_is_taken(question, store, values, message):
    with pytest.raises(ParameterError) as error:
        bind(question, values, store)
    assert message in str(error.value)


def test_choices_are_the_instances_of_the_class(question, store):
    known = {choice.key: choice for choice in choices(question.parameters[0], store)}
    assert known["blinatumomab"].iri == BLINATUMOMAB
    assert "Blincyto" in known["blinatumomab"].synonyms
    assert not choices(question.parameters[1], store)


def drugs(*labels):
    """What can be chosen where drugs have these labels, in this order."""
    return Choices(
        tuple(
            Choice(f"{BASE}drug/{number}", str(number), label, ())
            for number, label in enumerate(labels)
        )
    )


@pytest.mark.parametrize(
    ("name", "expected"), [("InO", [0]), ("INO", [1]), (" InO ", [0]), ("bli", [2]), ("BLI", [2])]
)
def test_an_exact_name_wins_over_one_in_other_letter_case_everywhere(question, name, expected):
    known = drugs("InO", "INO", "Bli")
    asked = bound(question, {"drug": [name]}, lambda _parameter: known)
    (argument,) = asked.given
    assert [value.choice.key for value in argument.values] == [str(key) for key in expected]
    assert terms(asked.query, "given") == [rdflib.URIRef(f"{BASE}drug/{key}") for key in expected]
    control, *_ = controls_of(asked)
    assert control.keys == [str(key) for key in expected]
    assert [choice.key for choice in known if control.is_chosen(choice)] == control.keys


def test_a_name_that_may_be_two_is_refused_with_both(question):
    asked = bound(question, {"drug": ["ino"]}, lambda _parameter: drugs("InO", "INO"))
    with pytest.raises(ParameterError, match="drug: 'ino' may be any of 0, 1"):
        _ = asked.query


def test_a_parameter_takes_so_many_values_and_no_more(question):
    many = [str(number) for number in range(MOST_VALUES)]
    assert len(bound(question, {"size": many}, lambda _: Choices()).given[0].values) == MOST_VALUES
    with pytest.raises(ParameterError, match=f"size: 101 values; it takes at most {MOST_VALUES}"):
        _ = bound(question, {"size": [*many, "x"]}, lambda _: Choices()).query


def test_choices_are_asked_for_once_and_only_where_they_are_needed(question):
    asked_for = []

    def ask(parameter):
        asked_for.append(parameter.name)
        return drugs("InO")

    asked = bound(question, {"size": ["1"]}, ask)
    assert asked.query
    assert not asked_for
    for control in controls_of(asked):
        assert control.keys is not None
        assert control.words
    assert asked_for == ["drug"]


@pytest.mark.parametrize("digits", [31, 400, 5000])
@pytest.mark.parametrize("name", ["size", "dose"])
def test_a_number_of_too_many_digits_is_refused(question, store, name, digits):
    with pytest.raises(ParameterError, match=f"{name}: .*at most 30 digits"):
        bind(question, {name: ["9" * digits]}, store)


def test_an_unknown_question_names_the_nearest(question):
    with pytest.raises(UnknownQuestion, match="'wat'; did you mean 'what'"):
        question_named({"what": question}, "wat")


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("#+ title: What is it?", "#+title", 1, "a header line reads"),
        ("#+ title: What is it?", "#+ topic: x", 1, "starts with '#+ title"),
        ("#+ tags: [one, two]", "#+ tags: [one", 7, "the header is no YAML"),
        (
            "#+ tags: [one, two]",
            "#+ tags: one",
            6,
            "tags: a list of texts, as in [survival, transplant], not 'one'",
        ),
        ("#+ tags:", "#+ tag:", 6, "tag: no such key; did you mean 'tags'"),
        ("type: string}", "type: text}", 9, "'word' has a type"),
        ("class: ag:Drug, ", "", 8, "so it has a class"),
        ("values: [left, right], ", "", 13, "if, and only if, it is an enum"),
        (
            "{name: word, type",
            "{name: word, kind: x, type",
            9,
            "params[2].kind: no such key; there",
        ),
        ("{name: word, type", "{nam: word, type", 9, "[2].nam: no such key; did you mean 'name'"),
        ("{name: word, type: string}", "{type: string}", 9, "params[2].name: is missing"),
        ("{name: word, type", "{name: [word], type", 9, "params[2].name: a text, not ['word']"),
        ("default: 5}", "default: [5, {six: 7}]}", 10, "params[3].default[2]: a text, not {"),
        ("?word { UNDEF }", "?word { 1 }", 21, "hold the default: UNDEF"),
        ("?given { drug:blinatumomab }", "?given { drug:x }", 21, "the default: drug:blinatumomab"),
        ("VALUES ?dose", "VALUES ?doze", 11, "'dose' needs 'VALUES ?dose"),
        ("{kind: forest, value: x", "{kind: pie, value: x", 16, "a plot has a kind: one of forest"),
        ("#+ plot: {kind: forest", "#+ plot: [forest]  # {", 16, "plot: a mapping, as in"),
        (
            "{kind: forest, value: x",
            "{kind: forest, valu: x",
            16,
            "no 'valu'; did you mean 'value'",
        ),
        ("{kind: forest, value: x, ", "{kind: forest, ", 16, "a forest needs 'value'"),
        ('label: "{x}"', 'label: "{y}"', 16, "names the column 'y'"),
        ("{drug} at", "{drugs} at", 2, "names no parameter 'drugs'; did you mean 'drug'"),
        ("{drug} at {dose}", "{drug} at {drug}", 2, "names each parameter once"),
        ("{drug} at", "{drug}[ at [what]", 2, "the brackets of the sentence do not close"),
        ("{drug} at", "{drug}[ at]", 2, "the brackets [ at] of the sentence name no parameter"),
        ("label: X,", "label: X, link: z,", 15, "'x' links to no column 'z'"),
        ("{name: dose, type", "{name: dose, unit: kg, type", 11, "a number in a unit of the graph"),
        ("{name: word, type", "{name: release, type", 9, "is an argument of every question"),
    ],
)
def test_a_mistake_in_a_question_file_is_named_with_its_line(read, old, new, line, message):
    with pytest.raises(QuestionError) as error:
        read((HEADER + QUERY).replace(old, new))
    assert str(error.value).startswith(f"queries/what.rq:{line}: ")
    assert message in str(error.value)


REPLACED = """
PREFIX ag:      <https://w3id.org/allograph/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX drug:    <https://w3id.org/allograph/drug/>
PREFIX owl:     <http://www.w3.org/2002/07/owl#>
PREFIX rdfs:    <http://www.w3.org/2000/01/rdf-schema#>

drug:blinatumomab a ag:Drug ; rdfs:label "blinatumomab" .
drug:other a ag:Drug ; rdfs:label "other" .
drug:mt103 owl:deprecated true ; dcterms:isReplacedBy drug:blinatumomab .
drug:undone dcterms:isReplacedBy drug:other .
"""


def test_a_value_that_was_replaced_stands_for_what_took_its_place(question):
    store = OxigraphStore.in_memory(pyoxigraph.parse(REPLACED, pyoxigraph.RdfFormat.TURTLE))
    for spelt in ("mt103", "drug:mt103", f"{BASE}drug/mt103"):
        text = bind(question, {"drug": [spelt]}, store)
        assert terms(text, "given") == [rdflib.URIRef(BLINATUMOMAB)]
    with pytest.raises(ParameterError, match="'undone' is not known"):
        bind(question, {"drug": ["undone"]}, store)
