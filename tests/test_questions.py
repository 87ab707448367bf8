"""The questions: each runs as it is in two engines, and answers as approved."""

import csv
import re
from decimal import Decimal, InvalidOperation
from io import StringIO

import pytest
import rdflib
from approve import ANSWERS, QUESTIONS, answer_as_csv

from allograph.questions.parameters import choices
from allograph.rdf.sparql import check_query
from allograph.rdf.store import OxigraphStore
from allograph.rdf.terms import add_triples

PROMISED_COLUMNS = [
    "study",
    "study_label",
    "report",
    "report_tier",
    "group",
    "group_label",
    "group_size",
    "regimen_label",
    "outcome",
    "outcome_label",
    "statistic",
    "value",
    "unit",
    "numerator",
    "denominator",
    "lower",
    "upper",
    "level",
    "range_low",
    "range_high",
    "at_time",
    "time_origin",
    "bound",
    "basis",
    "flags",
    "reported_as",
    "section",
    "result",
]

each_question = pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)


@pytest.fixture(scope="module")
def store(whole):
    return OxigraphStore.in_memory(whole)


@pytest.fixture(scope="module")
def merged(whole):
    """All triples once, for rdflib's engine."""
    graph = rdflib.Graph()
    add_triples(graph, (quad.triple for quad in whole))
    return graph


def comparable(value):
    """A number as a number: the engines spell 67.0 in different ways."""
    text = "" if value is None else str(value)
    try:
        return Decimal(text).normalize() if text else text
    except InvalidOperation:
        return text


@each_question
def test_a_question_answers_as_approved(question, store):
    approved = (ANSWERS / f"{question.name}.csv").read_text(encoding="utf-8")
    assert answer_as_csv(store, question.text).decode() == approved, (
        "an answer changed: read the difference after 'make approve'"
    )


@pytest.mark.slow
@each_question
def test_a_question_gives_the_same_rows_in_rdflib_and_in_oxigraph(question, merged):
    approved = (ANSWERS / f"{question.name}.csv").read_text(encoding="utf-8")
    header, *rows = csv.reader(StringIO(approved))
    result = merged.query(question.text)
    assert [str(variable) for variable in result.vars] == header
    assert [tuple(map(comparable, row)) for row in result] == [
        tuple(map(comparable, row)) for row in rows
    ]


def lines_of(name):
    """The approved answer of a question: its header and its rows."""
    return (ANSWERS / f"{name}.csv").read_text(encoding="utf-8").splitlines()


def test_a_question_answers_something():
    """What a rule finds is for ``test_ledger`` to say: on a sound graph it may be nothing."""
    silent = {name for name in QUESTIONS if len(lines_of(name)) == 1}
    assert [name for name in silent if "rules" not in QUESTIONS[name].tags] == []


def test_a_question_reads_as_a_question_and_says_what_a_row_is():
    for name, question in QUESTIONS.items():
        assert re.fullmatch(r"[A-Z][^?]+\?", question.title), question.title
        assert question.description.endswith("."), name
        assert question.tags, name
        assert question.name == name == name.lower()


def test_a_question_describes_each_column_it_answers_with():
    for name, question in QUESTIONS.items():
        columns = [column.name for column in question.columns]
        assert columns == lines_of(name)[0].split(","), name


def test_a_question_may_be_asked_of_any_endpoint():
    for question in QUESTIONS.values():
        check_query(question.text)


def test_rows_come_in_a_total_order():
    """No two rows are alike, so the order that names all that tells them apart is total."""
    for name, question in QUESTIONS.items():
        _header, *rows = lines_of(name)
        assert len(set(rows)) == len(rows), name
        assert "ORDER BY" in question.text, name


def test_a_parameter_says_what_it_is_and_offers_choices_from_the_graph(store):
    for name, question in QUESTIONS.items():
        for parameter in question.parameters:
            assert parameter.description, (name, parameter)
            if parameter.type == "iri":
                assert choices(parameter, store), f"{name}: nothing to choose for {parameter}"


def test_every_approved_answer_has_its_question():
    assert {path.stem for path in ANSWERS.glob("*.csv")} == set(QUESTIONS)


def test_figures_has_the_promised_columns_and_needs_no_parameter():
    figures = QUESTIONS["figures"]
    assert [column.name for column in figures.columns] == [*PROMISED_COLUMNS, "findings"]
    assert {parameter.name for parameter in figures.parameters} == {"study", "outcome", "drug"}
    assert not any(parameter.defaults for parameter in figures.parameters)


def test_figures_has_one_row_for_each_result(store):
    counted = store.query(
        "SELECT (COUNT(*) AS ?n) { ?r a <https://w3id.org/allograph/ontology#Result> }"
    )
    (solution,) = counted
    rows = (ANSWERS / "figures.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert len(rows) == int(solution["n"].value)
