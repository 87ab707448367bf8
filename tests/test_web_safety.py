"""What browsers may do with an answer, and what it says about the time it took."""

import re

import pytest

PAGES = ("/", "/sparql", "/questions/figures", "/study/ino-vate", "/nothing/here")
DATA = (
    "/sparql?query=ASK%20%7B%7D",
    "/questions/figures.csv",
    "/study/ino-vate.rdf",
    "/store?default",
    "/health",
    "/questions/none",
)
QUERY = {"query": "SELECT ?s WHERE { ?s ?p ?o } LIMIT 1"}


def html(client, address):
    return client.get(address, headers={"Accept": "text/html"})


def directives(response):
    policy = response.headers["Content-Security-Policy"]
    return dict(part.strip().partition(" ")[::2] for part in policy.split(";"))


@pytest.mark.parametrize("address", PAGES)
def test_a_page_runs_our_files_only_is_framed_nowhere_and_speaks_to_us_only(client, address):
    policy = directives(html(client, address))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    ours = ("script-src", "connect-src", "style-src", "img-src", "form-action")
    assert {policy[directive] for directive in ours} == {"'self'"}
    assert set(policy) == {"default-src", "frame-ancestors", "base-uri", *ours}


@pytest.mark.parametrize("address", DATA)
def test_data_that_a_browser_shows_as_a_document_can_do_nothing(client, address):
    policy = directives(client.get(address))
    assert policy == {"default-src": "'none'", "frame-ancestors": "'none'", "sandbox": ""}


@pytest.mark.parametrize("address", [*PAGES, *DATA, "/static/allograph.css"])
def test_every_answer_keeps_browsers_from_guessing_and_from_telling_where_they_were(
    client, address
):
    headers = html(client, address).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_data_may_be_read_by_other_sites_and_pages_may_not_be_embedded(client):
    name = "Cross-Origin-Resource-Policy"
    assert {client.get(address).headers[name] for address in DATA} == {"cross-origin"}
    assert {html(client, address).headers[name] for address in PAGES} == {"same-origin"}


@pytest.mark.parametrize("address", ["/sparql", "/questions/figures.json"])
def test_the_answer_of_a_query_says_how_long_it_took(client, address):
    headers = client.get(address, query_string=QUERY if address == "/sparql" else {}).headers
    times = re.fullmatch(r"total;dur=([\d.]+), eval;dur=([\d.]+)", headers["Server-Timing"])
    assert 0 <= float(times[2]) <= float(times[1]) < 30_000
    assert "Server-Timing" in headers["Access-Control-Expose-Headers"]


def test_what_is_no_query_says_nothing_of_the_kind(client):
    headers = client.get("/ontology").headers
    assert not {"Server-Timing", "Query-Id"} & set(headers.keys())


def test_a_query_that_is_refused_has_an_id_too(client):
    assert client.get("/sparql?query=CLEAR%20ALL").headers["Query-Id"]
