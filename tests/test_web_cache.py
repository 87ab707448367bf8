"""The cache of answers: what it holds, what it lets go, and that it never grows."""

import threading

import pytest

from allograph.errors import DeadlineExceeded
from allograph.web.http.cache import OVERHEAD, AnswerCache
from allograph.workers.pool import Pool

HEADERS = {"Content-Type": "text/csv"}


def size(body):
    return len(body) + len("Content-Type") + len("text/csv") + OVERHEAD


def test_an_answer_is_given_back_as_it_was():
    cache = AnswerCache(10_000)
    cache.put("tag", b"a,b", HEADERS)
    kept = cache.get("tag")
    assert (kept.body, kept.headers) == (b"a,b", HEADERS)
    assert cache.get("other") is None
    assert (cache.hits, cache.misses) == (1, 1)


def test_the_answers_that_were_used_longest_ago_go_first():
    cache = AnswerCache(3 * size(b"x" * 100))
    for tag in "abc":
        cache.put(tag, b"x" * 100, HEADERS)
    cache.get("a")
    cache.put("d", b"x" * 100, HEADERS)
    assert [tag for tag in "abcd" if cache.get(tag)] == ["a", "c", "d"]


def test_an_answer_that_is_put_again_is_held_once():
    cache = AnswerCache(10_000)
    cache.put("tag", b"x" * 100, HEADERS)
    cache.put("tag", b"y" * 50, HEADERS)
    assert cache.size == size(b"y" * 50)
    assert len(cache) == 1
    assert cache.get("tag").body == b"y" * 50


def test_an_answer_larger_than_the_cache_is_not_kept_and_pushes_nothing_out():
    cache = AnswerCache(size(b"x" * 100))
    cache.put("small", b"x" * 100, HEADERS)
    cache.put("large", b"x" * 101, HEADERS)
    assert cache.get("large") is None
    assert cache.get("small")


def test_a_cache_of_nothing_keeps_nothing():
    cache = AnswerCache(0)
    cache.put("tag", b"", {})
    assert (cache.get("tag"), cache.size, len(cache)) == (None, 0, 0)


def test_headers_that_change_later_do_not_change_the_answer():
    cache = AnswerCache(10_000)
    headers = dict(HEADERS)
    cache.put("tag", b"", headers)
    headers["Content-Type"] = "text/html"
    assert cache.get("tag").headers == HEADERS


def test_many_threads_neither_lose_count_nor_exceed_the_limit():
    cache = AnswerCache(20 * size(b"x" * 100))
    errors = []

    def use(number):
        for turn in range(500):
            tag = str((number * 7 + turn) % 40)
            kept = cache.get(tag)
            if kept and kept.body != tag.encode() * 50:
                errors.append(tag)
            cache.put(tag, tag.encode() * 50, HEADERS)
            if cache.size > cache.limit:
                errors.append(cache.size)

    threads = [threading.Thread(target=use, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not [error for error in errors if isinstance(error, str)]
    assert cache.hits + cache.misses == 4000
    held = [kept for tag in range(40) if (kept := cache.get(str(tag)))]
    assert sum(kept.size for kept in held) == cache.size <= cache.limit


@pytest.mark.parametrize("limit", [1000, 5000])
def test_the_size_is_that_of_what_is_held(limit):
    cache = AnswerCache(limit)
    for number in range(50):
        cache.put(str(number), b"x" * number, HEADERS)
    assert 0 < cache.size <= limit


def ask(client, query, method="GET", **headers):
    return client.open("/sparql", query_string={"query": query}, method=method, headers=headers)


@pytest.mark.slow
def test_an_answer_that_is_kept_is_the_same_in_every_way(client):
    query = "SELECT ?s ?p WHERE { ?s ?p ?o } ORDER BY ?s ?p LIMIT 40 # kept"
    names = ("Content-Type", "Content-Length", "ETag", "Vary", "Cache-Control", "Dataset-Release")
    for headers in ({}, {"Accept": "text/csv"}, {"Accept-Encoding": "gzip"}):
        first, again = (ask(client, query, **headers) for _ in range(2))
        assert again.data == first.data
        assert [again.headers[name] for name in names] == [first.headers[name] for name in names]
        assert again.headers["Query-Id"] != first.headers["Query-Id"]


def test_a_head_keeps_nothing_that_a_get_would_be_given(client):
    query = "SELECT ?s WHERE { ?s ?p ?o } LIMIT 4 # head"
    ask(client, query, method="HEAD")
    assert len(ask(client, query).get_json(force=True)["results"]["bindings"]) == 4


def test_an_answer_that_breaks_off_is_not_kept(client, monkeypatch):
    query = "SELECT ?s WHERE { ?s ?p ?o } LIMIT 4 # broken"

    def evaluate(*_arguments):
        def pieces():
            yield b"{"
            raise DeadlineExceeded(1)

        return "json", pieces()

    with monkeypatch.context() as patched:
        patched.setattr(Pool, "evaluate", evaluate)
        assert ask(client, query).status_code == 504
    assert len(ask(client, query).get_json(force=True)["results"]["bindings"]) == 4
