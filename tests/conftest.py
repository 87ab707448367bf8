"""What the tests of the service share: the release of the curated graph, and ways to ask it."""

import os
import shutil
import signal
import subprocess
import sys
import time

import pytest
from approve import SOURCES
from flask.testing import FlaskClient
from hypothesis import settings as hypothesis

from allograph.checks.check import Checked
from allograph.curated.snapshot import load, read_snapshot
from allograph.curated.sources import Sources
from allograph.release import ensure_release
from allograph.service.live import serve_release
from allograph.settings import Settings

# The same examples in every run; ``--hypothesis-profile=explore`` looks for new ones.
hypothesis.register_profile("explore", deadline=None)
hypothesis.register_profile("repeatable", deadline=None, derandomize=True, database=None)
hypothesis.load_profile("repeatable")


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def release(home):
    return ensure_release(SOURCES, Settings(home=str(home)))


@pytest.fixture(scope="session")
def app(release):
    settings = Settings(workers=2, long_queries=1)
    served = serve_release(settings, release)
    yield served.app
    served.pool.close()


class ReadingClient(FlaskClient):
    """A client that reads each answer to its end and closes it, as clients over HTTP do."""

    def open(self, *args, **kwargs):
        return super().open(*args, **kwargs | {"buffered": True})


@pytest.fixture
def client(app):
    app.test_client_class = ReadingClient
    return app.test_client()


@pytest.fixture
def checkout(tmp_path):
    """A copy of the curated files, to be broken."""
    root = tmp_path / "checkout"
    for folder in ("ontology", "graph", "queries"):
        shutil.copytree(SOURCES.root / folder, root / folder)
    return Sources(root)


@pytest.fixture(scope="session")
def loaded():
    return load(SOURCES)


@pytest.fixture(scope="session")
def whole():
    """The quads of a release: the curated ones and those of the ledger."""
    return Checked(read_snapshot(SOURCES)).quads


@pytest.fixture(scope="session")
def namespaces():
    return read_snapshot(SOURCES).namespaces


@pytest.fixture(scope="session")
def allograph(home):
    """The command line, run as a person runs it, in a process of its own."""

    def run(*arguments, stdin="", cwd=None, **environ):
        return subprocess.run(
            [sys.executable, "-m", "allograph", *map(str, arguments)],
            input=stdin,
            capture_output=True,
            text=True,
            cwd=cwd,
            timeout=120,
            env=os.environ | {"ALLOGRAPH_HOME": str(home)} | environ,
        )

    return run


@pytest.fixture(scope="session")
def server(release, home, tmp_path_factory):
    """The address of a server in a process of its own, which is stopped as a user stops it."""
    command = [sys.executable, "-m", "allograph", "serve", "--port", "0", "--home", str(home)]
    log = tmp_path_factory.mktemp("server") / "log"
    with log.open("w") as written, subprocess.Popen(command, stderr=written) as process:
        try:
            until = time.monotonic() + 30
            while not (announced := log.read_text()).endswith("\n") and time.monotonic() < until:
                time.sleep(0.02)
            assert release.id in announced, announced
            yield announced.split()[-1]
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=10) == 0
        finally:
            process.kill()
