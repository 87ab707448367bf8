"""Requests in people's own words, each with the first hit that is wanted: ``searches.csv``.

``says`` is what the page has to say of what nobody reports; elsewhere it says nothing of the kind.
A question may set more parameters than are listed, as every treatment that is called chemotherapy.
"""

import csv
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

with (Path(__file__).parent / "searches.csv").open(encoding="utf-8", newline="") as file:
    SEARCHES = list(csv.DictReader(file))


@pytest.fixture(params=SEARCHES, ids=lambda search: search["query"])
def wanted(request):
    return request.param


@pytest.fixture
def found(client, wanted):
    return client.get("/search.json", query_string={"q": wanted["query"], "limit": 8}).get_json()


def test_the_first_hit_is_what_was_meant(found, wanted):
    if not wanted["first"]:
        assert not found["hits"]
        return
    first, meant = urlsplit(found["hits"][0]["href"]), urlsplit(wanted["first"])
    assert (first.path, first.fragment) == (meant.path, meant.fragment)
    assert set(parse_qsl(meant.query)) <= set(parse_qsl(first.query))


def test_what_nobody_reports_is_said_and_nothing_else_is_regretted(found, wanted):
    said = " ".join(note["text"] for note in found["notes"])
    assert wanted["says"] in said
    assert bool(said) == bool(wanted["says"])
    assert not found["partial"] or not wanted["first"]


def test_a_question_is_answered_as_its_hit_says(client, found):
    for hit in found["hits"][:2]:
        if hit["kind"] == "question" and hit["query"]:
            answer = client.get(hit["href"].replace("?", ".csv?"))
            assert answer.status_code == 200, hit["href"]
            rows = answer.text.count("\r\n") - 1
            assert rows > 0, hit["href"]


def test_a_hundred_and_twenty_requests_and_more_are_listed_once():
    queries = [search["query"] for search in SEARCHES]
    assert len(set(queries)) == len(queries) >= 120
