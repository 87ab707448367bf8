"""Connections: nobody takes them all, none is lost for want of descriptors, each says one thing."""

import http.client
import os
import resource
import signal
import socket
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from time import sleep

import pytest
from running import PATIENCE, SMALL, eventually, ticks

SLOW = b"GET /health HTTP/1.1\r\nHost: a\r\nX-Slow: "
QUERY = b"Content-Type: application/sparql-query\r\n"
ASK = b"6\r\nASK {}\r\n0\r\n\r\n"


def status_of(received):
    return int(received.split(b" ", 2)[1]) if received.startswith(b"HTTP/1.") else 0


@pytest.fixture
def enough_descriptors():
    """This process opens more connections than the server takes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < 2048:
        pytest.skip("not enough descriptors here")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 2048), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.usefixtures("enough_descriptors")
@pytest.mark.parametrize("number", [300, 1100])
def test_slow_connections_of_one_client_shut_nobody_out(server, number):
    with ExitStack() as connections:
        for _ in range(number):
            connections.enter_context(server.open(SLOW))
        for _ in range(5):
            answer = server.ask_nothing()
            assert answer.status == 200, answer


def test_a_client_has_no_more_connections_than_it_may(server):
    with ExitStack() as stack:
        opened = [stack.enter_context(server.open(SLOW)) for _ in range(150)]
        assert server.ask_nothing().status == 200
        closed = eventually(lambda: [it for it in opened if is_closed(it)])
        assert eventually(lambda: 50 <= sum(map(is_closed, opened)) <= 60), len(closed)
        assert all(map(is_closed, opened[:50]))
        assert not any(map(is_closed, opened[60:]))


def is_closed(connection):
    connection.setblocking(False)
    try:
        return connection.recv(1, socket.MSG_PEEK) == b""
    except BlockingIOError:
        return False
    except ConnectionError:
        return True


def test_a_connection_that_is_answered_does_not_give_way(server):
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with ExitStack() as connections:
        asked = connections.enter_context(server.open_query(endless, timeout=2))
        sleep(0.2)
        for _ in range(200):
            connections.enter_context(server.open(SLOW))
        assert server.ask_nothing().status == 200
        asked.settimeout(PATIENCE)
        assert status_of(asked.recv(1000)) == 504


def test_without_descriptors_the_server_neither_spins_nor_fills_its_log(started):
    with started(environ={**SMALL, "ALLOGRAPH_CONNECTIONS_PER_CLIENT": "0"}) as server:
        assert server.ask_nothing().status == 200
        held = len(list(Path(f"/proc/{server.process.pid}/fd").iterdir()))
        _soft, hard = resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE)
        resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, (held + 20, hard))
        with ExitStack() as connections:
            for _ in range(60):
                connections.enter_context(server.open(SLOW))
            assert eventually(lambda: "no descriptor is left" in server.log.read_text())
            before = ticks(server.process.pid)
            sleep(2)
            used = ticks(server.process.pid) - before
            assert used < 0.2 * 2 * os.sysconf("SC_CLK_TCK"), used
            log = server.log.read_text()
            assert log.count("no descriptor is left") == 1
            assert "Traceback" not in log
        assert eventually(lambda: server.ask_nothing().status == 200)


@pytest.mark.parametrize(
    "head",
    [
        b"GET /health HTTP/1.1\r\n",
        b"GET /health HTTP/1.1\r\nHost: a\r\nHost: a\r\n",
        b"GET /health HTTP/1.1\r\nHost: a\r\nhost: b\r\n",
        b"GET /health HTTP/1.0\r\nHost: a\r\nHost: b\r\n",
        b"GET /health HTTP/1.1\r\nHost: a b\r\n",
        b"GET /health HTTP/1.1\r\nHost: a\r\n b\r\n",
        b"GET /health HTTP/1.1\r\nHost: a/b\r\n",
        b"GET /health HTTP/1.1\r\nHost: user@a\r\n",
        b"GET /health HTTP/1.1\r\nHost: a:b\r\n",
        b"GET /health HTTP/1.1\r\nHost: [\r\n",
        b"GET /health HTTP/1.1\r\nHost: <b>\r\n",
        b"GET http://user@a/health HTTP/1.1\r\nHost: a\r\n",
        b"GET http://[ HTTP/1.1\r\nHost: a\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: " + b"9" * 5000 + b"\r\n",
    ],
)
def test_a_request_without_one_sound_host_or_length_is_a_bad_request(server, head):
    received = server.exchange(head + b"\r\n")
    assert status_of(received) == 400, received[:300]
    assert b"Connection: close" in received


@pytest.mark.parametrize("host", ["a", "a.example:80", "127.0.0.1", "[::1]:8650", "a%41", ""])
def test_a_sound_host_is_taken(server, host):
    request = f"GET /health HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    assert status_of(server.exchange(request.encode())) == 200


@pytest.mark.parametrize("version", [b"1.0", b"1.1"])
def test_a_request_with_chunks_and_a_length_is_the_last_of_its_connection(server, version):
    head = b"POST /sparql HTTP/" + version + b"\r\nHost: a\r\nConnection: keep-alive\r\n" + QUERY
    both = b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n"
    next_one = b"GET /health HTTP/1.1\r\nHost: a\r\n\r\n"
    received = server.exchange(head + both + ASK + next_one)
    assert received.count(b"HTTP/1.") == 1, received
    assert b"Connection: close" in received


DOCUMENTS = ("/openapi.json", "/questions.json", "/questions/figures", "/sparql", "/download")


@pytest.mark.parametrize("path", [*DOCUMENTS, "/", "/docs", "/study/ino-vate", "/nothing/here"])
@pytest.mark.parametrize("accept", ["text/html", "*/*", "text/turtle"])
def test_a_host_that_a_client_made_up_is_nowhere_in_the_answer(server, path, accept):
    for line in (f"GET {path}", f"GET http://evil.example{path}"):
        request = f"{line} HTTP/1.1\r\nHost: evil.example\r\nAccept: {accept}\r\n"
        forwarded = "X-Forwarded-Host: evil.example\r\nForwarded: host=evil.example\r\n"
        received = server.exchange(f"{request}{forwarded}Connection: close\r\n\r\n".encode())
        assert status_of(received) in (200, 404, 406)
        assert b"evil" not in received


def test_a_burst_of_signals_to_build_leaves_the_server_answering(started):
    with started() as server:
        for _ in range(2000):
            server.process.send_signal(signal.SIGHUP)
        assert server.ask_nothing().status == 200
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(timeout=PATIENCE) == 0


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_first_build_ends_at_once_and_leaves_nothing_behind(built, tmp_path, number, status):
    home, log = tmp_path / "home", tmp_path / "log"
    command = [sys.executable, "-m", "allograph", "serve", "--port", "0", "--home", str(home)]
    command += ["--root", str(built / "checkout")]
    with log.open("wb") as written, subprocess.Popen(command, stderr=written) as process:
        begun = eventually(lambda: list(home.glob("releases/.unfinished-*")), 120)
        assert begun, log.read_text()
        process.send_signal(number)
        assert process.wait(timeout=PATIENCE) == status
    assert not list(home.glob("releases/*"))
    assert not list(home.glob("releases/.*"))
    *_steps, last = log.read_text().splitlines()
    assert last == "allograph: stopped before the release was built"


def test_the_host_by_which_this_machine_is_called_is_kept(server):
    connection = http.client.HTTPConnection(server.host, server.port, timeout=PATIENCE)
    connection.request("GET", "/openapi.json", headers={"Host": f"localhost:{server.port}"})
    assert f"http://localhost:{server.port}".encode() in connection.getresponse().read()
    connection.close()
