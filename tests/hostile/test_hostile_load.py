"""Slow queries beside quick ones: the quick ones need not wait, and the slow ones hear the truth.

A slow one may take longer here than anybody has patience, so who had to wait for it would fail.
"""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager

import pytest
from running import JSON, PATIENCE

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
DEEP = 5_000
EVERYTHING = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
SLOW = {
    "to evaluate": (ENDLESS, JSON),
    "to parse": (f"ASK {'{' * DEEP}{ENDLESS}{'}' * DEEP}", JSON),
    "to send": (f"SELECT * {{ {EVERYTHING} }}", JSON),
    "to show": (f"SELECT * {{ {EVERYTHING} }} LIMIT 10000", "text/html"),
    "to show as Turtle": (f"CONSTRUCT {{ ?a ?b ?f }} {{ {EVERYTHING} }} LIMIT 30000", "text/html"),
}
QUICK = 150
SLOW_AT_ONCE = 10


@contextmanager
def beside_slow_ones(server, slow, accept=JSON):
    """Send ten slow queries, and leave when all is said."""
    with ExitStack() as connections:
        for number in range(SLOW_AT_ONCE):
            connections.enter_context(server.open_query(f"{slow} # {number}", accept))
        yield


def quick_one(server):
    """Ask quickly; a quick query is a lookup in the graph."""
    answer = server.ask_nothing()
    return answer.status, "" if answer.status == 200 else answer.problem["detail"]


@pytest.mark.parametrize(("slow", "accept"), SLOW.values(), ids=SLOW)
def test_ten_slow_queries_at_once_keep_no_quick_one_waiting(server, slow, accept):
    with beside_slow_ones(server, slow, accept), ThreadPoolExecutor(4) as clients:
        said = list(clients.map(quick_one, [server] * QUICK))
    assert set(said) == {(200, "")}


def test_of_more_slow_queries_than_may_run_the_rest_are_told_when_to_come_back(server):
    with ThreadPoolExecutor(SLOW_AT_ONCE) as clients:
        asked = [
            clients.submit(server.ask, f"{ENDLESS} # {n}", timeout=3) for n in range(SLOW_AT_ONCE)
        ]
        answers = [one.result(PATIENCE) for one in asked]
    assert {answer.status for answer in answers} == {503, 504}
    for answer in answers:
        assert answer.problem["detail"]
        if answer.status == 503:
            assert int(answer.headers["Retry-After"]) > 0


def test_pages_are_served_beside_slow_queries(server):
    with beside_slow_ones(server, ENDLESS):
        for path in ("/", "/health", "/ready", "/study/ino-vate", "/questions/figures", "/metrics"):
            answer = server.request("GET", path)
            assert answer.status == 200, (path, answer)
