"""What every answer carries, what caches may keep, and how errors are answered."""

import json
import re

import pytest

from allograph.errors import StoreError
from allograph.release import Release
from allograph.settings import Settings
from allograph.web import create_app
from allograph.web.service import EXTENSION
from allograph.workers.pool import Pool

QUERY = {"query": "SELECT ?class WHERE { ?thing a ?class } ORDER BY ?class LIMIT 3"}
DATA = ("/sparql?query=ASK%20%7B%7D", "/questions/figures.csv", "/study/ino-vate.ttl")
PAGES = (
    "/",
    "/search?q=InO",
    "/sparql",
    "/questions",
    "/questions/figures",
    "/study/ino-vate",
    "/flag",
    "/ontology",
    "/quality",
    "/download",
    "/docs",
    "/licences",
)
SCRIPT = "<script>alert(1)</script>"


def html(client, address):
    return client.get(address, headers={"Accept": "text/html"})


def scripts_that_were_not_bundled(page):
    """The script elements of a page, but for bundled ones and for data, which does not run."""
    scripts = re.findall(r"<script\b[^>]*>(?:</script>)?", page)
    bundled = re.compile(r'<script type="module" src="/static/bundle/[\w.-]+"></script>')
    return [
        script
        for script in scripts
        if not bundled.fullmatch(script) and script != '<script type="application/ld+json">'
    ]


@pytest.mark.parametrize("address", [*DATA, *PAGES, "/health", "/nothing/here"])
def test_every_answer_names_the_release_its_licence_and_its_description(client, release, address):
    headers = client.get(address).headers
    assert headers["Dataset-Release"] == release.id
    links = ", ".join(headers.getlist("Link"))
    assert '<https://creativecommons.org/licenses/by/4.0/>; rel="license"' in links
    assert '</.well-known/void>; rel="describedby"' in links
    assert '</openapi.json>; rel="service-desc"' in links
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("address", [*DATA, *PAGES])
def test_any_site_may_read_an_answer_and_its_headers(client, address):
    headers = client.get(address, headers={"Origin": "https://elsewhere.example"}).headers
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert {"Dataset-Release", "ETag", "Link", "Query-Id"} <= set(
        headers["Access-Control-Expose-Headers"].split(", ")
    )


@pytest.mark.parametrize("address", [*DATA, *PAGES])
def test_an_answer_that_the_client_holds_is_not_sent_again(client, address):
    first = client.get(address)
    tag = first.headers["ETag"]
    assert not tag.startswith("W/")
    for method in (client.get, client.head):
        again = method(address, headers={"If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == tag
        assert again.headers["Vary"] == first.headers["Vary"]
    assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_query_that_the_client_holds_the_answer_of_is_not_run_again(client, monkeypatch):
    tag = client.get("/sparql", query_string=QUERY).headers["ETag"]
    monkeypatch.setattr(Pool, "evaluate", None)
    again = client.get("/sparql", query_string=QUERY, headers={"If-None-Match": tag})
    assert again.status_code == 304


def test_the_entity_tag_differs_by_query_dataset_and_type(client):
    def tag(accept="text/csv", **arguments):
        query = {**QUERY, **arguments}
        return client.get("/sparql", query_string=query, headers={"Accept": accept}).headers["ETag"]

    tags = {
        tag(),
        tag(accept="text/tab-separated-values"),
        tag(query="ASK {}"),
        tag(**{"default-graph-uri": "http://one.example/"}),
        tag(**{"named-graph-uri": "http://one.example/"}),
    }
    assert len(tags) == 5
    assert tag() in tags


def test_the_entity_tag_differs_by_release(app, client, namespaces, tmp_path):
    pool = app.extensions[EXTENSION].pool
    later = create_app(Settings(), Release(tmp_path / "later"), pool, {}, namespaces)
    answer = later.test_client().get("/sparql", query_string=QUERY, buffered=True)
    now = client.get("/sparql", query_string=QUERY)
    assert answer.data == now.data
    assert answer.headers["ETag"] != now.headers["ETag"]
    assert answer.headers["Dataset-Release"] == "later"


@pytest.mark.parametrize("address", [*DATA, *PAGES])
def test_caches_ask_whether_an_answer_still_holds_and_keep_types_apart(client, address):
    headers = client.get(address).headers
    assert headers["Cache-Control"] == "public, no-cache"
    assert "Accept" in headers["Vary"]


def test_each_run_of_a_query_has_an_id_of_its_own(client):
    ids = {client.get("/sparql", query_string=QUERY).headers["Query-Id"] for _ in range(3)}
    assert len(ids) == 3
    assert "Query-Id" in client.get("/questions/figures.csv").headers
    assert "Query-Id" not in client.get("/ontology").headers


@pytest.mark.parametrize("address", PAGES)
def test_a_page_loads_nothing_from_elsewhere_and_runs_only_what_was_bundled(client, address):
    response = html(client, address)
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "script-src 'self';" in policy
    assert scripts_that_were_not_bundled(response.text) == []
    assert "style=" not in response.text
    for attribute in ('src="http', '<link rel="stylesheet" href="http', "@import"):
        assert attribute not in response.text


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_a_language_a_skip_link_and_one_heading(client, address):
    page = html(client, address).text
    assert '<html lang="en" ' in page
    assert '<a class="skip" href="#content">' in page
    assert page.count("<h1") == 1
    assert '<main id="content">' in page


@pytest.mark.parametrize("address", PAGES)
def test_a_trailing_slash_makes_no_difference(client, address):
    path, _, query = address.partition("?")
    with_slash = html(client, f"{path.rstrip('/')}/?{query}")
    assert with_slash.status_code == 200
    assert with_slash.data == html(client, address).data


@pytest.mark.parametrize(
    "address",
    [
        f"/search?q={SCRIPT}",
        f"/sparql?query={SCRIPT}",
        f"/questions/figures?drug={SCRIPT}",
        f"/questions/figures?{SCRIPT}=1",
        f"/questions/{SCRIPT.replace('/', '')}",
        f"/study/{SCRIPT.replace('/', '')}",
        "/sparql?query=SELECT ('<script>alert(1)</script>' AS ?x) {}",
    ],
)
def test_what_a_sender_writes_is_never_part_of_the_page(client, address):
    response = html(client, address)
    assert response.mimetype == "text/html"
    assert "alert(1)</script" not in response.text
    assert scripts_that_were_not_bundled(response.text) == []


@pytest.mark.parametrize(
    ("address", "status"),
    [("/questions/figures?dose=5", 400), ("/study/none", 404), ("/nothing/at/all", 404)],
)
def test_an_error_is_a_problem_document_for_programs_and_a_page_for_browsers(
    client, address, status
):
    for_program = client.get(address)
    problem = json.loads(for_program.data)
    assert for_program.mimetype == "application/problem+json"
    assert for_program.status_code == problem["status"] == status
    assert {"type", "title", "detail", "instance"} <= set(problem)
    for_browser = html(client, address)
    assert (for_browser.status_code, for_browser.mimetype) == (status, "text/html")
    assert "no-store" in for_program.headers["Cache-Control"]


def test_a_store_that_does_not_answer_is_a_503_with_a_time_to_wait(client, monkeypatch):
    def fail(*_arguments, **_named):
        raise StoreError("the store does not answer")

    monkeypatch.setattr(Pool, "evaluate", fail)
    response = client.get("/sparql?query=ASK { <x:not-asked> ?before ?now }")
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    assert json.loads(response.data)["detail"] == "the store does not answer"
    monkeypatch.undo()
    assert client.get("/sparql", query_string=QUERY).status_code == 200


def test_a_failure_of_ours_is_a_500_without_its_traceback(client, monkeypatch):
    def fail(*_arguments, **_named):
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(Pool, "evaluate", fail)
    response = client.get("/sparql?query=ASK { <x:not-asked> ?before ?now }")
    assert (response.status_code, response.mimetype) == (500, "application/problem+json")
    assert "secret" not in response.text


@pytest.mark.parametrize("address", ["/", "/download", "/docs", "/licences"])
def test_a_page_is_not_sent_to_those_who_cannot_take_one(client, address):
    response = client.get(address, headers={"Accept": "text/turtle"})
    assert response.status_code == 406
    assert json.loads(response.data)["offered"] == ["text/html"]
