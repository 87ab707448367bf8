"""The deadline: a status before the first byte, a broken answer after it, and never a false one."""

import http.client
import subprocess
from contextlib import closing
from urllib.parse import quote

import pytest
from running import JSON, PATIENCE, SMALL, running
from tools import peer

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
STREAM = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
CONSTRUCT = "CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
CUT = 18
"""The status of curl when a transfer ends too early."""


@pytest.fixture(scope="module")
def hasty(built, tmp_path_factory):
    """A server whose own deadline is soon."""
    log = tmp_path_factory.mktemp("hasty") / "log"
    with running(built, log, {**SMALL, "ALLOGRAPH_TIMEOUT": "2"}) as server:
        yield server


def test_over_the_deadline_before_the_first_byte_is_a_504_that_names_it(hasty):
    answer = hasty.ask(ENDLESS)
    assert answer.status == 504
    assert "longer than 2 seconds" in answer.problem["detail"]


def test_a_request_may_lower_the_deadline(server):
    answer = server.ask(ENDLESS, timeout=1)
    assert answer.status == 504
    assert "longer than 1 second;" in answer.problem["detail"]


@pytest.mark.parametrize("timeout", ["600", "1e30"])
def test_a_request_cannot_raise_the_deadline(hasty, timeout):
    assert hasty.ask(ENDLESS, timeout=timeout).status in (400, 504)


@pytest.mark.parametrize("timeout", ["0", "-1", "nan", "inf", "-inf", "", "soon", "1\0"])
def test_a_deadline_that_is_no_number_of_seconds_is_refused(server, timeout):
    answer = server.ask("ASK {}", timeout=timeout)
    assert answer.status == 400, answer
    assert answer.problem["detail"]


def begun(server, **headers):
    """The path of an answer that has begun when its deadline comes, however busy the machine."""
    for timeout in (1, 4, 16):
        path = f"/sparql?timeout={timeout}&query={quote(STREAM)}"
        connection = http.client.HTTPConnection(server.host, server.port, timeout=PATIENCE)
        with closing(connection):
            connection.request("GET", path, headers=headers)
            with connection.getresponse() as response:
                if response.status == 200:
                    break
    return path


@pytest.mark.parametrize("accept", [JSON, "text/csv", "text/tab-separated-values"])
def test_over_the_deadline_after_the_first_byte_the_answer_is_broken(server, accept):
    path = begun(server, Accept=accept)
    connection = http.client.HTTPConnection(server.host, server.port, timeout=PATIENCE)
    with closing(connection):
        connection.request("GET", path, headers={"Accept": accept})
        with connection.getresponse() as response:
            assert response.status == 200
            assert response.headers["Transfer-Encoding"] == "chunked"
            with pytest.raises(http.client.IncompleteRead):
                while response.read(1 << 20):
                    pass


@peer("curl")
@pytest.mark.parametrize("option", ["--compressed", "--no-compressed"])
def test_curl_says_that_the_answer_was_cut(server, option):
    address = f"{server.url}{begun(server)}"
    command = ["curl", "--silent", "--output", "/dev/null", option, address]
    assert subprocess.run(command, timeout=PATIENCE, check=False).returncode == CUT


def test_a_graph_that_takes_too_long_is_no_answer_either(server):
    path = f"/sparql?timeout=1&query={quote(CONSTRUCT)}"
    try:
        answer = server.request("GET", path, headers={"Accept": "application/n-triples"})
    except http.client.IncompleteRead:
        return
    assert answer.status in (504, 507), answer


def test_head_does_not_evaluate(server):
    answer = server.request("HEAD", f"/sparql?query={quote(ENDLESS)}", headers={"Accept": JSON})
    assert (answer.status, answer.body) == (200, b"")


def test_an_answer_that_the_client_holds_is_not_evaluated_again(server):
    path = f"/sparql?query={quote(ENDLESS)}"
    tag = server.request("HEAD", path, headers={"Accept": JSON}).headers["ETag"]
    answer = server.request("GET", path, headers={"Accept": JSON, "If-None-Match": tag})
    assert (answer.status, answer.body) == (304, b"")


def test_an_answer_that_was_cut_is_not_kept(server):
    path = begun(server, Accept=JSON)
    for _ in range(2):
        with pytest.raises(http.client.IncompleteRead):
            server.request("GET", path, headers={"Accept": JSON})


def test_a_question_has_the_deadline_of_its_request(server):
    for timeout, statuses in (("0.000001", {504}), ("30", {200})):
        answer = server.request("GET", f"/questions/adverse-events.json?timeout={timeout}")
        assert answer.status in statuses, answer
