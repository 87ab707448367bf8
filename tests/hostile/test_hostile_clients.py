"""Clients that are slow, silent, or gone: they hold no worker, and keep nobody waiting."""

import socket
from contextlib import ExitStack
from time import sleep

import pytest
from running import eventually, is_alive

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
STREAM = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
CROWD = 50

STALLED = {
    "silence": b"",
    "half a line": b"GET /spar",
    "half a head": b"GET /sparql HTTP/1.1\r\nHost: a\r\nX-",
    "half a form": b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\nquery=",
    "half a query": b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n"
    b"Content-Type: application/sparql-query\r\n\r\nASK",
    "half a chunk": b"POST /sparql HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
    b"Content-Type: application/sparql-query\r\n\r\n64\r\nASK",
}


def assert_answered(server):
    """Others are answered, though what was begun before them goes on."""
    for _ in range(5):
        answer = server.ask_nothing()
        assert answer.status == 200, answer


@pytest.mark.parametrize("start", STALLED.values(), ids=STALLED)
def test_requests_that_are_never_finished_keep_nobody_waiting(server, start):
    with ExitStack() as connections:
        for _ in range(CROWD):
            connections.enter_context(server.open(start))
        assert_answered(server)
        assert not server.busy_workers()


def test_three_hundred_silent_connections_keep_nobody_waiting(server):
    with ExitStack() as connections:
        for _ in range(300):
            connections.enter_context(server.open())
        assert_answered(server)


def test_a_head_that_drips_keeps_nobody_waiting(server):
    with ExitStack() as connections:
        drips = [connections.enter_context(server.open(b"GET / HTTP/1.1\r\n")) for _ in range(10)]
        for letter in b"X-Slow: aaaaaaaa":
            for drip in drips:
                drip.send(bytes([letter]))
            sleep(0.02)
        assert_answered(server)


def test_clients_that_never_read_hold_no_worker(server):
    with ExitStack() as connections:
        for _ in range(6):
            connections.enter_context(server.open_query(STREAM, timeout=2))
        for _ in range(2):
            connections.enter_context(server.open(b"GET /download/allograph.nt HTTP/1.1\r\n\r\n"))
        sleep(1.5)
        assert_answered(server)
        assert eventually(lambda: not server.busy_workers())
        assert_answered(server)


def test_a_client_that_reads_slowly_gets_the_whole_answer(server):
    whole = server.request("GET", "/download/allograph.nq").body
    request = b"GET /download/allograph.nq HTTP/1.0\r\n\r\n"
    with server.open() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
        connection.sendall(request)
        received = b""
        while piece := connection.recv(1 << 16):
            received += piece
            sleep(0.02)
    assert received.endswith(whole)


def busy(server):
    """Wait for the worker that works for us."""
    found = eventually(server.busy_workers)
    assert found
    return found


@pytest.mark.parametrize("query", [ENDLESS, STREAM], ids=["before the first byte", "mid-stream"])
def test_a_worker_stops_when_its_client_leaves_long_before_its_deadline(server, query):
    connection = server.open_query(query)
    if query is STREAM:
        assert connection.recv(1000)
    working = busy(server)
    connection.close()
    assert eventually(lambda: not any(map(is_alive, working)))


def test_a_worker_stops_when_its_client_is_torn_away(server):
    connection = server.open_query(ENDLESS)
    working = busy(server)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    connection.close()
    assert eventually(lambda: not any(map(is_alive, working)))


def test_a_client_that_closes_its_half_holds_no_worker(server):
    with server.open_query(ENDLESS) as connection:
        working = busy(server)
        connection.shutdown(socket.SHUT_WR)
        assert_answered(server)
        assert eventually(lambda: not any(map(is_alive, working)))


def test_a_half_closed_request_is_answered_or_dropped(server):
    with server.open_query("ASK {}") as connection:
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(1 << 16):
            pass


def test_clients_that_come_and_go_leave_nothing_behind(server):
    for _ in range(30):
        server.open_query(ENDLESS).close()
    assert_answered(server)
    assert eventually(lambda: not server.busy_workers())


def test_requests_in_one_breath_are_answered_in_order(server):
    one = "GET /sparql?query={} HTTP/1.1\r\nHost: a\r\n\r\n"
    last = "GET /sparql?query={} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    ask = "ASK%20%7B%7D"
    refuse = "ASK%20%7B%20FILTER(false)%20%7D"
    received = server.exchange((one.format(ask) + one.format(refuse) + last.format(ask)).encode())
    words = [word for word in (b"true", b"false") for _ in range(received.count(word))]
    assert words == [b"true", b"true", b"false"]
    assert received.index(b"true") < received.index(b"false") < received.rindex(b"true")
