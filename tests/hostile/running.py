"""A server that the tests attack, as others see it: through its socket, and through ``/proc``."""

import http.client
import itertools
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import quote, urlencode, urlsplit

PATIENCE = 30.0
"""Seconds after which something that was to happen has not happened, on the busiest machine."""

DEADLINE = 2 * PATIENCE
"""Seconds that a slow query may take: who had to wait for one would lose patience."""

SILENCE = 1.0
"""Seconds after which a server that has answered says nothing more."""

SMALL = {
    "ALLOGRAPH_WORKERS": "4",
    "ALLOGRAPH_LONG_QUERIES": "2",
    "ALLOGRAPH_MEMORY": "256",
    "ALLOGRAPH_TIMEOUT": f"{DEADLINE:.0f}",
    "ALLOGRAPH_WAIT": "20",
    "ALLOGRAPH_DRAIN": "3",
}
JSON = "application/sparql-results+json"
ACCEPT = f"{JSON}, application/n-triples"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answer:
    """What the server said, and how long that took."""

    status: int
    headers: Message
    body: bytes
    seconds: float

    @property
    def problem(self) -> dict[str, object]:
        """The problem document that the body is."""
        assert self.headers.get_content_type() == "application/problem+json", self
        document = json.loads(self.body)
        assert document["status"] == self.status
        return document


class RunningServer:
    """One server in a process of its own."""

    def __init__(
        self, process: subprocess.Popen[bytes], url: str, log: Path, known: set[int]
    ) -> None:
        self.process = process
        self.url = url
        self.log = log
        self._known = known
        self.host, self.port = urlsplit(url).hostname, urlsplit(url).port
        self._number = itertools.count()

    def request(self, method: str, path: str, body=None, headers=None, wait=PATIENCE) -> Answer:
        """Send one request, and read its answer to the end."""
        start = monotonic()
        connection = http.client.HTTPConnection(self.host, self.port, timeout=wait)
        with closing(connection):
            connection.request(method, path, body, headers or {})
            with connection.getresponse() as response:
                content = response.read()
        return Answer(response.status, response.headers, content, monotonic() - start)

    def ask(self, query: str, wait=PATIENCE, **arguments: object) -> Answer:
        """Send a query as a form."""
        form = urlencode({"query": query, **arguments})
        return self.request(
            "POST", "/sparql", form, {"Content-Type": FORM, "Accept": ACCEPT}, wait=wait
        )

    def ask_nothing(self, **arguments: object) -> Answer:
        """Ask the simplest query, each time in other words, so that no cache can help."""
        return self.ask(f"ASK {{}} # {next(self._number)}", **arguments)

    def open(self, content: bytes = b"") -> socket.socket:
        """Open a connection, and send what may be no request at all."""
        connection = socket.create_connection((self.host, self.port), timeout=PATIENCE)
        connection.sendall(content)
        return connection

    def open_query(self, query: str, accept: str = JSON, **arguments: object) -> socket.socket:
        """Open a connection, and send a query whose answer is not read yet."""
        path = f"/sparql?{urlencode({'query': query, **arguments}, quote_via=quote)}"
        head = f"GET {path} HTTP/1.1\r\nHost: {self.host}\r\nAccept: {accept}\r\n\r\n"
        return self.open(head.encode())

    def exchange(self, content: bytes, wait: float = PATIENCE) -> bytes:
        """Send anything, and read what comes until the server closes or falls silent."""
        received = b""
        with self.open() as connection:
            connection.settimeout(wait)
            try:
                connection.sendall(content)
                while piece := connection.recv(1 << 16):
                    received += piece
                    connection.settimeout(SILENCE)
            except (TimeoutError, ConnectionError):
                pass
        return received

    def workers(self) -> set[int]:
        """The processes that evaluate queries: the children of the nursery."""
        children = descendants(self.process.pid)
        workers = {child.pid for child in children if child.parent != self.process.pid}
        self._known |= workers
        return workers

    def nursery(self) -> int:
        """The process that starts the workers."""
        (nursery,) = [child for child in processes() if child.parent == self.process.pid]
        return nursery.pid

    def busy_workers(self) -> set[int]:
        """The workers that use the processor now, be it that others leave them little of it."""
        before = {pid: ticks(pid) for pid in self.workers()}
        sleep(0.3)
        return {pid for pid, used in before.items() if (ticks(pid) or 0) > (used or 0) + 1}

    def is_whole(self) -> bool:
        """Tell whether there are as many workers as there should be."""
        return len(self.workers()) == int(SMALL["ALLOGRAPH_WORKERS"])


@dataclass(frozen=True)
class Process:
    """A process that is no zombie."""

    pid: int
    parent: int


def processes() -> list[Process]:
    """All processes that we can see."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, parent, *_ = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if state not in "ZX":
            found.append(Process(int(folder.name), int(parent)))
    return found


def descendants(pid: int) -> list[Process]:
    """The children of a process, their children, and so on."""
    known = processes()
    found = [process for process in known if process.parent == pid]
    for process in found:
        found.extend(child for child in known if child.parent == process.pid)
    return found


def is_alive(pid: int) -> bool:
    """Tell whether a process runs."""
    return any(process.pid == pid for process in processes())


def end(pids: set[int]) -> set[int]:
    """End processes that should have ended by themselves; gives those that had not."""
    orphans = {pid for pid in pids if is_alive(pid)}
    for pid in orphans:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return orphans


def ticks(pid: int) -> int | None:
    """The processor time of a process so far; none when it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return int(fields[11]) + int(fields[12])


def eventually(condition, seconds: float = PATIENCE):
    """Wait until a condition holds; what it gives, or what it gave in the end."""
    until = monotonic() + seconds
    while not (result := condition()) and monotonic() < until:
        sleep(0.02)
    return result


@contextmanager
def running(home: Path, log: Path, environ: Mapping[str, str] = SMALL):
    """Start a server of a home and its ``checkout``; nothing of it is left afterwards."""
    environ = {"ALLOGRAPH_ROOT": str(home / "checkout"), **environ}
    command = [sys.executable, "-m", "allograph", "serve", "--port", "0", "--home", str(home)]
    known: set[int] = set()
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=output, env={**os.environ, **environ}
        )
    try:
        ready = eventually(lambda: b" on http" in log.read_bytes() or process.poll() is not None)
        assert ready and process.poll() is None, log.read_text()
        url = next(line for line in log.read_text().splitlines() if " on http" in line).split()[-1]
        server = RunningServer(process, url, log, known)
        assert eventually(server.is_whole), server.workers()
        yield server
    finally:
        left = known | {child.pid for child in descendants(process.pid)}
        process.kill()
        process.wait()
        ended = eventually(lambda: not any(map(is_alive, left)))
        assert ended, end(left)
