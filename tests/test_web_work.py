"""What a request may cost the front: little, however long it is; counted in work, not in time."""

from urllib.parse import quote

import pytest

from allograph import errors
from allograph.questions.parameters import MOST_VALUES
from allograph.reading.search import LONGEST_REQUEST, LONGEST_WORD, MOST_WORDS, Index, Item
from allograph.reading.search import index as search_index
from allograph.web.http.limits import HEADER
from allograph.web.http.negotiate import MOST_TYPES
from allograph.web.http.problems import LONGEST
from allograph.web.http.query_run import QueryRun

HTML = {"Accept": "text/html"}
SHORT = "/".join(a + b for a in "bcdfghjklmnp" for b in "aeiou") * 60
LONG_ADDRESSES = {
    "words": "/zz/yy/" + "/".join("leukaemai" for _ in range(6000)),
    "short words": f"/zz/yy/{SHORT}",
    "one word": "/zz/yy/" + "a" * 60_000,
    "a key": "/study/" + "ino-vat" * 8000,
    "a kind": "/" + "stud" * 15_000,
    "a question": "/questions/" + "figure" * 10_000,
    "marks": "/zz/yy/" + quote("a" + "\u0301" * 9000),
    "letters that are many": "/zz/yy/" + quote("\ufdfa " * 6000),
}


@pytest.fixture
def work(monkeypatch):
    """The words that were compared with all of the index, and with lists of known words."""
    compared = []
    distances, close = search_index.distances, errors.get_close_matches

    def counting(word, known, errors):
        compared.append(word)
        return distances(word, known, errors)

    def counting_close(word, known, **named):
        compared.append(word)
        return close(word, known, **named)

    monkeypatch.setattr(search_index, "distances", counting)
    monkeypatch.setattr(errors, "get_close_matches", counting_close)
    return compared


@pytest.mark.parametrize("address", LONG_ADDRESSES.values(), ids=LONG_ADDRESSES)
def test_an_address_that_is_none_is_read_only_at_its_beginning(client, work, address):
    response = client.get(address, headers=HTML)
    assert response.status_code == 404
    # Each of the few words is compared twice: whole, and with the beginnings of words; again
    # where nothing holds them all.
    assert len(work) <= 20
    assert max(map(len, work), default=0) <= errors.LONGEST_WORD
    assert len(response.data) < 5 * LONGEST


@pytest.mark.parametrize(
    "words",
    [
        " ".join(f"leukaemai{number}" for number in range(30)),
        "a b c d e f g h i j k l m n o p q r s t u v w x y z " * 4,
        "a" * 200,
        "a" + "\u0301" * 199,
        "\ufdfa" * 200,
    ],
)
def test_a_search_reads_few_words_and_few_letters_of_each(client, work, words):
    assert client.get("/search.json", query_string={"q": words}).status_code == 200
    assert len(work) <= 4 * MOST_WORDS
    assert max(map(len, work), default=0) <= LONGEST_WORD


def test_an_index_reads_only_the_beginning_of_a_request(work):
    index = Index([Item("x", "study", 0, "Leukaemia")])
    index.find("leukaemai " * 100_000)
    index.find("x" * 10 * LONGEST_REQUEST)
    assert len(work) <= 8
    assert sum(map(len, work)) < 8 * LONGEST_WORD


def test_the_nearest_of_a_word_that_is_too_long_is_not_looked_for(work):
    assert errors.nearest("a" * 60_000, ["a", "b"]) == "; there are a, b"
    assert not work


def test_a_header_that_is_too_long_is_refused_before_it_is_read(client):
    long = ",".join(["a/b"] * HEADER)
    for name in ("Accept", "Accept-Encoding", "If-None-Match", "Range", "X-Any"):
        response = client.get("/questions/figures.csv", headers={name: long})
        assert response.status_code == 431, name
        assert name in response.get_json(force=True)["detail"]


def test_more_types_than_anybody_offers_are_refused(client):
    types = ",".join(f"a/{number}" for number in range(MOST_TYPES + 1))
    assert client.get("/questions/figures", headers={"Accept": types}).status_code == 400
    many = ",".join(["text/csv;q=0.9", *(f"a/{number}" for number in range(50))])
    assert client.get("/questions/figures", headers={"Accept": many}).mimetype == "text/csv"


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_a_problem_does_not_send_a_long_request_back(client, accept):
    long = "x" * 60_000
    for address in (
        f"/questions/figures?drug={long}",
        f"/questions/figures?{long}=1",
        f"/questions/{long}",
        f"/questions/survival-at-a-time?at_time={long}",
        f"/search?limit={long}",
        f"/store?graph=x:{long}",
        f"/{long}/{long[:1000]}",
    ):
        response = client.get(address, headers={"Accept": accept})
        assert 400 <= response.status_code < 500
        assert len(response.data) < 5 * LONGEST, address[:40]


@pytest.mark.parametrize("name", ["drug", "drug_none"])
@pytest.mark.parametrize("number", [MOST_VALUES + 1, 990])
def test_a_parameter_takes_a_hundred_values(client, name, number):
    query = [(name, f"x{value}") for value in range(number)]
    response = client.get("/questions/figures", query_string=query)
    assert response.status_code == 400
    detail = response.get_json(force=True)["detail"]
    assert name in detail
    if name == "drug":
        assert f"at most {MOST_VALUES}" in detail


def test_the_choices_of_a_parameter_are_asked_for_once(app, monkeypatch):
    """Once for a release; whatever the values, and whoever needs them."""
    asked = []
    evaluating = QueryRun.evaluating

    def counting(run, charge):
        asked.append(run.sparql)
        return evaluating(run, charge)

    monkeypatch.setattr(QueryRun, "evaluating", counting)
    client = app.test_client()
    values = [("drug", "InO"), ("drug", "blinatumomab"), ("drug", "drug:blinatumomab")] * 30
    for accept in ("text/csv", "text/html", "application/json"):
        client.get(
            "/questions/figures", query_string=values, headers={"Accept": accept}, buffered=True
        )
    about_drugs = [sparql for sparql in asked if "?choice a <" in sparql and "#Drug>" in sparql]
    assert len(about_drugs) <= 1


SPELLINGS = (
    "9" * 400,
    "9" * 5000,
    "1_0",
    "\u0661",
    "\uff11",
    "\u00b2",
    "nan",
    "inf",
    "-inf",
    "1e999",
    "1e-999",
    "0x10",
    "1,5",
    "--1",
    "0." + "0" * 5000 + "1",
    "1e" + "9" * 5000,
    "+",
    "-",
    ".",
)


@pytest.mark.parametrize("text", SPELLINGS, ids=lambda text: ascii(text)[:12])
@pytest.mark.parametrize(
    "address",
    [
        "/questions/survival-at-a-time.csv?at_time={}",
        "/questions/survival-at-a-time.csv?at_time={} a",
        "/questions/survival-at-a-time.csv?at_time={}mo",
        "/questions/survival-at-a-time?at_time={}",
        "/search?q=x&limit={}",
        "/sparql?query=ASK {{}}&timeout={}",
        "/questions/figures.csv?timeout={}",
    ],
)
def test_what_is_no_number_is_a_400_and_never_a_failure(client, address, text):
    response = client.get(address.format(quote(text)))
    assert response.status_code == 400, response.text[:300]
    assert response.get_json(force=True)["parameter"]


@pytest.mark.parametrize("length", ["9" * 5000, "-1", "1_0", "\u0661"])
def test_a_range_that_is_none_harms_nobody(client, length):
    for headers in ({"Range": f"bytes=0-{length}"}, {"If-Range": length, "Range": "bytes=0-1"}):
        encoded = {name: value.encode().decode("latin-1") for name, value in headers.items()}
        response = client.get("/download/allograph.ttl.gz", headers=encoded)
        assert response.status_code in (200, 206, 416)
