"""JSON answers of questions say that they are whole, and how many rows they have."""

import json
from io import BytesIO

import pyoxigraph
import pytest
from rdflib.query import Result

from allograph.errors import DeadlineExceeded
from allograph.reading.citation import NOTICE
from allograph.reading.completeness import HELD_IN_MEMORY, with_completeness

TEXTS = ['plain "quoted" text', "back\\slash\\", '[{,{"x":{', "", "é\n\t", '\\"', ",{", "}]}"]


def written(query):
    answer = pyoxigraph.Store().query(query)
    return answer.serialize(format=pyoxigraph.QueryResultsFormat.JSON)


def rows_of(texts):
    rows = " ".join(f"({pyoxigraph.Literal(text)} UNDEF)" for text in texts)
    return written(f"SELECT ?a ?b {{ VALUES (?a ?b) {{ {rows} }} }}")


def completed(*pieces, count=print):
    return b"".join(with_completeness((piece for piece in pieces), "1.0-abc", count))


@pytest.mark.parametrize("texts", [[], TEXTS, ["x" * 1000] * 2000], ids=len)
def test_an_answer_says_its_release_its_rows_and_that_it_is_whole(texts):
    body, counted = rows_of(texts), []
    answer = completed(body[:5], body[5:60], body[60:], count=counted.append)
    assert json.loads(answer) == {
        "release": "1.0-abc",
        "rows": len(texts),
        "complete": True,
        "notice": NOTICE,
        **json.loads(body),
    }
    assert counted == [len(texts)]


def test_a_truth_value_is_one_row():
    answer = json.loads(completed(written("ASK {}")))
    assert (answer["boolean"], answer["rows"], answer["complete"]) == (True, 1, True)


def test_readers_of_sparql_results_still_read_the_answer():
    answer = completed(rows_of(TEXTS))
    solutions = pyoxigraph.parse_query_results(answer, pyoxigraph.QueryResultsFormat.JSON)
    assert [solution["a"].value for solution in solutions] == TEXTS
    rows = Result.parse(BytesIO(answer), format="json")
    assert [str(row.a) for row in rows] == TEXTS


def test_an_answer_that_breaks_off_is_an_error_before_its_first_byte():
    def broken():
        yield b"x" * 2 * HELD_IN_MEMORY
        raise DeadlineExceeded(30)

    with pytest.raises(DeadlineExceeded):
        next(with_completeness(broken(), "1.0-abc", print))


def test_the_json_of_a_question_says_all_this(client, release):
    answer = client.get("/questions/figures.json").get_json(force=True)
    assert answer["release"] == release.id
    assert answer["rows"] == len(answer["results"]["bindings"]) > 50
    assert answer["complete"] is True


def test_the_json_of_a_query_is_as_the_standard_says(client):
    answer = client.get("/sparql", query_string={"query": "SELECT * { ?s ?p ?o } LIMIT 1"})
    assert set(answer.get_json(force=True)) == {"head", "results"}
