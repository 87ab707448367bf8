"""What is kept: one address, one representation, one release, one store; and what never is."""

import re
import shutil
import threading
from itertools import permutations, product

import pytest

from allograph.errors import Busy
from allograph.service.live import serve_release
from allograph.settings import Settings
from allograph.web.http.cache import AnswerCache
from allograph.web.http.keeping import is_repeatable
from allograph.web.http.query_run import QueryRun

QUESTION = "/questions/share-reaching-transplant"
ACCEPTED = {
    QUESTION: ("text/html", "image/svg+xml", "text/csv", "application/json", "text/markdown"),
    "/questions": ("text/html", "application/json"),
    "/study/ino-vate": ("text/html", "text/turtle", "application/n-triples", "application/ld+json"),
    "/quality": ("text/html", "text/csv", "text/turtle"),
    "/ontology": ("text/html", "text/turtle"),
    "/search?q=InO": ("text/html", "application/json"),
}
PAIRS = [(address, pair) for address, all in ACCEPTED.items() for pair in permutations(all, 2)]
SUFFIXES = {QUESTION: ("svg", "csv", "json", "tsv", "md"), "/study/ino-vate": ("ttl", "nt", "rdf")}
MIXED = [
    (address, accept, suffix)
    for address, suffixes in SUFFIXES.items()
    for accept, suffix in product(ACCEPTED[address], suffixes)
]


def beginning(answer):
    return answer.mimetype, answer.data.lstrip()[:5]


@pytest.mark.parametrize(("address", "pair"), PAIRS)
def test_an_address_asked_in_two_ways_answers_each_in_its_own(client, address, pair):
    first, second = (client.get(address, headers={"Accept": accept}) for accept in pair)
    again, _ = (client.get(address, headers={"Accept": accept}) for accept in pair)
    assert first.mimetype != second.mimetype
    assert beginning(first) == beginning(again)
    is_page = first.data.startswith(b"<!doctype html>")
    assert is_page == (first.mimetype == "text/html")
    assert first.headers["ETag"] != second.headers["ETag"]


@pytest.mark.parametrize(("address", "accept", "suffix"), MIXED)
def test_a_suffix_and_a_header_do_not_share_an_answer(client, address, accept, suffix):
    for turn in ((accept, suffix), (suffix, accept)):
        answers = {}
        for way in turn:
            is_header = way is accept
            path = address if is_header else f"{address}.{suffix}"
            answers[way] = client.get(path, headers={"Accept": accept if is_header else "*/*"})
        is_page = answers[accept].data.startswith(b"<!doctype html>")
        assert is_page == (answers[accept].mimetype == "text/html")
        assert not answers[suffix].data.startswith(b"<!doctype html>")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (NOW() AS ?n) {}",
        "SELECT (now() AS ?n) {}",
        "SELECT (Now () AS ?n) {}",
        "SELECT (NOW # a comment\n () AS ?n) {}",
        "SELECT (RAND() AS ?r) {}",
        "SELECT (1+rAnD() AS ?r) {}",
        "SELECT (UUID() AS ?u) (STRUUID() AS ?s) {}",
        "SELECT (struuid() AS ?s) {}",
        "SELECT (BNODE() AS ?b) {}",
        "SELECT * { FILTER(?a<'b'&&NOW()>?c) }",
        "SELECT * { FILTER(?a<'b>'&&NOW()>'c') }",
        "SELECT (N\\u004FW() AS ?n) {}",
        "SELECT * { SERVICE <http://elsewhere.example/> { ?s ?p ?o } }",
        "SELECT * { service silent ?x { ?s ?p ?o } }",
    ],
)
def test_what_may_be_another_answer_next_time_is_not_repeatable(query):
    assert not is_repeatable(query)


@pytest.mark.parametrize(
    "query",
    [
        "ASK {}",
        "SELECT ?now ?rand ?service { ?now ?rand ?service }",
        "SELECT ('NOW()' AS ?x) ('''RAND()\n''' AS ?y) {}",
        'SELECT ("SERVICE" AS ?x) {}',
        "ASK {} # NOW() RAND() SERVICE",
        "ASK { ?s <http://x.example/now#service> ?o }",
        "PREFIX x: <http://x.example/service#> SELECT * { ?s x:service ?o }",
    ],
)
def test_what_only_reads_like_one_of_those_is_repeatable(query):
    assert is_repeatable(query)


@pytest.mark.parametrize("accept", ["text/csv", "application/json", "text/html"])
@pytest.mark.parametrize("function", ["NOW()", "rand()", "UUID()", "StrUUID()", "BNODE()"])
def test_an_answer_that_changes_is_neither_kept_nor_held(client, function, accept):
    query = {"query": f"SELECT ({function} AS ?x) {{}}"}
    headers = {"Accept": accept, "If-None-Match": "*"}
    first, second = (client.get("/sparql", query_string=query, headers=headers) for _ in range(2))
    assert [first.status_code, second.status_code] == [200, 200]
    assert first.headers["Cache-Control"] == "no-store"
    assert "ETag" not in first.headers
    if function not in ("NOW()", "BNODE()"):
        assert first.data != second.data
    head = client.head("/sparql", query_string=query, headers=headers)
    assert (head.status_code, head.headers["Cache-Control"]) == (200, "no-store")
    assert "ETag" not in head.headers


@pytest.fixture(scope="module")
def elsewhere(release, tmp_path_factory):
    """The service over another store than its release."""
    store = tmp_path_factory.mktemp("elsewhere") / "store"
    shutil.copytree(release.store, store)
    settings = Settings(workers=2, long_queries=1, store=str(store))
    served = serve_release(settings, release)
    yield served.app
    served.pool.close()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("address", "accept"),
    [
        ("/sparql?query=ASK%20%7B%7D", "application/json"),
        ("/questions/figures.csv", "*/*"),
        ("/questions/figures.json", "*/*"),
        (QUESTION, "text/html"),
        (QUESTION, "image/svg+xml"),
        ("/study/ino-vate", "text/html"),
        ("/study/ino-vate.ttl", "*/*"),
        ("/study", "text/html"),
        ("/quality", "text/html"),
        ("/ontology", "text/html"),
        ("/search?q=InO", "text/html"),
        ("/", "text/html"),
        ("/nothing/here", "text/html"),
    ],
)
def test_answers_of_another_store_are_not_kept_and_claim_no_release(
    elsewhere, release, address, accept
):
    client = elsewhere.test_client()
    for method in (client.get, client.head):
        answer = method(address, buffered=True, headers={"Accept": accept, "If-None-Match": "*"})
        assert answer.status_code in (200, 404)
        assert answer.headers["Cache-Control"] == "no-store"
        assert "ETag" not in answer.headers
        assert "Dataset-Release" not in answer.headers
        said = re.sub("<footer>.*</footer>", "", answer.text, flags=re.DOTALL)
        assert address == "/" or release.id not in said
    assert len(elsewhere.extensions["allograph.cache"]) == 0


def test_an_address_of_a_release_is_not_answered_by_another_store(elsewhere, release):
    answer = elsewhere.test_client().get(
        f"/questions/figures.csv?release={release.id}", buffered=True
    )
    assert (answer.status_code, answer.get_json(force=True)["served"]) == (404, None)
    assert "another store" in elsewhere.test_client().get("/ready", buffered=True).text


def test_a_store_that_is_the_folder_of_the_release_is_the_release(release):
    served = serve_release(Settings(workers=1, store=str(release.store)), release)
    try:
        answer = served.app.test_client().get("/sparql?query=ASK%20%7B%7D", buffered=True)
        assert answer.headers["Dataset-Release"] == release.id
        assert "ETag" in answer.headers
    finally:
        served.pool.close()


@pytest.fixture
def evaluations(monkeypatch):
    """How often a reader's query was evaluated, in any way."""
    counted = []
    evaluating = QueryRun.evaluating

    def counting(run, charge):
        counted.append(run.sparql)
        return evaluating(run, charge)

    monkeypatch.setattr(QueryRun, "evaluating", counting)
    return counted


@pytest.mark.parametrize("address", [QUESTION, f"{QUESTION}.svg"])
def test_arguments_that_change_nothing_make_no_page_and_no_plot_anew(
    app, client, evaluations, address
):
    cache = app.extensions["allograph.cache"]
    headers = {"Accept": "text/html"}
    first = client.get(address, headers=headers)
    held, _ = len(cache), evaluations.clear()
    named = "drug=drug:inotuzumab-ozogamicin", "drug=InO"
    for arguments in ("timeout=1.001", "timeout=1.002", "timeout=9&timeout=8"):
        assert client.get(f"{address}?{arguments}", headers=headers).data == first.data
    assert not evaluations
    assert len(cache) == held
    pages = {client.get(f"{QUESTION}?{name}", headers=headers).data for name in named}
    assert len(pages) == 1
    assert len(evaluations) <= 1


def test_a_page_of_another_release_is_the_kept_one_under_a_notice(client, evaluations, release):
    headers = {"Accept": "text/html"}
    plain = client.get(QUESTION, headers=headers).text
    evaluations.clear()
    for other in ("0.0.1-one", "0.0.1-two"):
        page = client.get(f"{QUESTION}?release={other}&timeout=7", headers=headers).text
        notice = re.search(r'<div class="notice" role="alert">.*?</div>\n', page, re.DOTALL)
        assert f"This address is of release {other}." in notice[0]
        assert page.replace(notice[0], "") == plain
    assert not evaluations
    same = client.get(f"{QUESTION}?release={release.id}", headers=headers)
    assert same.text == plain


def test_a_page_shows_nothing_of_an_argument_that_is_not_its_own(client):
    page = client.get(f"{QUESTION}?timeout=7.125&colours=none", headers={"Accept": "text/html"})
    assert "7.125" not in page.text
    assert "colours=none" not in page.text


def test_of_many_who_want_an_answer_first_one_makes_it():
    cache, made, begun = AnswerCache(10_000), [], threading.Barrier(8)

    def make():
        made.append(1)
        waiting.wait(5)
        return b"page"

    def ask():
        begun.wait()
        got.append(cache.made_once("tag", make, 5))

    waiting, got = threading.Event(), []
    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    waiting.set()
    for thread in threads:
        thread.join()
    assert (made, got) == ([1], [b"page"] * 8)


def test_who_waits_too_long_for_the_answer_of_another_is_told_to_come_back():
    cache, release = AnswerCache(10_000), threading.Event()
    begun = threading.Event()

    def make():
        begun.set()
        release.wait(10)
        return b"page"

    maker = threading.Thread(target=cache.made_once, args=("tag", make, 5))
    maker.start()
    begun.wait(5)
    with pytest.raises(Busy):
        cache.made_once("tag", make, 0)
    release.set()
    maker.join()
    assert cache.made_once("tag", pytest.fail, 0) == b"page"


def test_an_answer_that_could_not_be_made_is_tried_again():
    cache = AnswerCache(10_000)
    with pytest.raises(ZeroDivisionError):
        cache.made_once("tag", lambda: bytes(1 // 0), 1)
    assert cache.made_once("tag", lambda: b"page", 1) == b"page"


def test_names_that_differ_by_case_agree_in_query_form_and_address(client):
    for name in ("blinatumomab", "BLINATUMOMAB", "Blincyto", "drug:blinatumomab"):
        page = client.get(f"/questions/figures?drug={name}", headers={"Accept": "text/html"}).text
        boxes = re.findall(r'name="drug" value="([^"]+)" checked', page)
        assert boxes == ["blinatumomab"]
        assert "VALUES ?drug { &lt;https://w3id.org/allograph/drug/blinatumomab&gt; }" in page
