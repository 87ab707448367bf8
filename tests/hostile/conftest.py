"""The server that is attacked, and what must hold after each attack."""

import signal
import socket
from functools import partial
from pathlib import Path
from select import select

import pytest
from running import PATIENCE, descendants, eventually, is_alive, running


def pytest_collection_modifyitems(items):
    """All of them are ``hostile``, one at a time; without ``/proc`` nobody can see the workers."""
    marks = [pytest.mark.hostile, pytest.mark.xdist_group("hostile")]
    if not Path("/proc/self/stat").exists():
        marks.append(pytest.mark.skip(reason="there is no /proc here"))
    for item in items:
        if Path(__file__).parent in item.path.parents:
            for mark in marks:
                item.add_marker(mark)


@pytest.fixture(scope="session")
def built(small_home, small_release):
    """The home of the release that is served: one that does not grow with the curated graph."""
    assert small_release.directory.is_relative_to(small_home)
    return small_home


@pytest.fixture(scope="session")
def attacked(built, tmp_path_factory):
    """One server for all attacks; after them it stops as ever, and has never stumbled."""
    log = tmp_path_factory.mktemp("attacked") / "log"
    with running(built, log) as server:
        yield server
        children = [child.pid for child in descendants(server.process.pid)]
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(timeout=PATIENCE) == 0
        assert eventually(lambda: not any(map(is_alive, children)))
        assert "Traceback" not in log.read_text()


@pytest.fixture
def server(attacked):
    """The server, which answers the next person and is whole again, whatever was done to it."""
    yield attacked
    answer = attacked.ask_nothing()
    assert answer.status == 200, answer
    assert eventually(attacked.is_whole), attacked.workers()


@pytest.fixture
def started(built, tmp_path):
    """Start a server of one's own, to be killed: ``with started() as server``."""
    return partial(running, built, tmp_path / "log")


@pytest.fixture
def canary():
    """An address on loopback that nobody may visit: who connects would be seen waiting there."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        visitors, _, _ = select([listener], [], [], 0)
        assert not visitors
