"""What the tests share: the release of the curated graph, and ways to check and to ask it.

What takes long is made once in a session, even where several processes run its tests: see
``sharing``.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from functools import lru_cache

import pytest
from approve import SNAPSHOT, SOURCES
from click.testing import CliRunner
from hypothesis import settings as hypothesis
from reading_client import ReadingClient
from sharing import common_folder, made_once, one_at_a_time
from small import SMALL, TINY

from allograph.checks import check as check_module
from allograph.checks.check import Checked
from allograph.checks.shapes import validate
from allograph.cli import main
from allograph.curated import snapshot as snapshot_module
from allograph.curated.sources import Sources
from allograph.release import ensure_release
from allograph.service.live import serve_release
from allograph.settings import Settings

# The same examples in every run; ``--hypothesis-profile=explore`` looks for new ones.
hypothesis.register_profile("explore", deadline=None)
hypothesis.register_profile("repeatable", deadline=None, derandomize=True, database=None)
hypothesis.load_profile("repeatable")

# A shell that starts the tests in the background has them ignore Ctrl-C, and what they start, too.
is_ignored = signal.getsignal(signal.SIGINT) is signal.SIG_IGN
if is_ignored and threading.current_thread() is threading.main_thread():
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items):
    """A command in a process of its own is slow."""
    for item in items:
        if "as_process" in item.fixturenames:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def common(tmp_path_factory):
    """A folder of this session, the same in each process that runs its tests."""
    return common_folder(tmp_path_factory)


@pytest.fixture(scope="session")
def home(common):
    folder = common / "home"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def release(home, common):
    with one_at_a_time(common, "release"):
        return ensure_release(SOURCES, Settings(home=str(home)))


@pytest.fixture(scope="session")
def app(release):
    settings = Settings(workers=2, long_queries=1)
    served = serve_release(settings, release)
    yield served.app
    served.pool.close()


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


@pytest.fixture
def small_checkout(tmp_path):
    """A graph that does not grow, to be broken or built."""
    return written(SMALL, tmp_path / "checkout")


@pytest.fixture
def tiny_checkout(tmp_path):
    """What can be built in no time; it passes no check."""
    return written(TINY, tmp_path / "checkout")


def written(snapshot, root):
    """The curated files of a graph in a folder of their own."""
    for path, content in snapshot.contents.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    return Sources(root)


@pytest.fixture(scope="session")
def small_home(common):
    """The home of the release of the graph that does not grow, and of its ``checkout``."""
    folder = common / "small-home"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def small_release(small_home, common):
    """The release of the graph that does not grow: for tests of how any release is served."""
    with one_at_a_time(common, "small-release"):
        sources = written(SMALL, small_home / "checkout")
        return ensure_release(sources, Settings(home=str(small_home)))


@pytest.fixture(scope="session")
def loaded():
    return SNAPSHOT.loaded


@pytest.fixture(scope="session")
def whole():
    """The quads of a release: the curated ones and those of the ledger."""
    return Checked(SNAPSHOT).quads


@pytest.fixture(scope="session")
def namespaces():
    return SNAPSHOT.namespaces


# Checks


class ShapesOfTheCuratedGraph:
    """What the shapes say of the curated graph; they are asked once, when somebody wants it."""

    __name__ = "shapes"

    def __init__(self, folder, otherwise):
        self._folder = folder
        self._otherwise = otherwise

    @property
    def results(self):
        return made_once(self._folder, "shapes", lambda: validate(SNAPSHOT.loaded, SNAPSHOT.shapes))

    def __call__(self, checked):
        if checked.only or checked.snapshot.digest != SNAPSHOT.digest:
            return self._otherwise(checked)
        return self.results


@pytest.fixture(scope="session", autouse=True)
def shapes_once(common):
    """A check of everything takes what the shapes say of an unchanged graph from the first one."""
    shapes = ShapesOfTheCuratedGraph(common, check_module.shapes)
    checks = [shapes if check is check_module.shapes else check for check in check_module.CHECKS]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(check_module, "CHECKS", tuple(checks))
        yield shapes


@pytest.fixture(scope="session", autouse=True)
def parsed_once():
    """A copy of the curated files is not parsed again where it is unchanged."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(snapshot_module, "_parse", lru_cache(1000)(snapshot_module._parse))
        yield


@pytest.fixture(scope="session")
def shape_results(shapes_once):
    """What the shapes say of the curated graph."""
    return shapes_once.results


@pytest.fixture
def without_shapes(monkeypatch):
    """Spare the tests that are about other checks the time of SHACL."""
    checks = [check for check in check_module.CHECKS if check.__name__ != "shapes"]
    monkeypatch.setattr(check_module, "CHECKS", checks)


@pytest.fixture
def without_questions(monkeypatch):
    """Spare the tests that are about other checks the time of asking each question."""
    checks = [check for check in check_module.CHECKS if check.__name__ != "questions"]
    monkeypatch.setattr(check_module, "CHECKS", checks)


@pytest.fixture
def unchecked(monkeypatch):
    """Spare the tests that are not about checks the time that they take."""
    monkeypatch.setattr(check_module, "CHECKS", ())


# The command line and the server


@dataclass(frozen=True)
class Done:
    """A command that has ended: its status, its answer and its remarks."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture(scope="session")
def allograph(home):
    """The command line, in this process; what it does as a process is for ``as_process``."""

    def run(*arguments, stdin="", cwd=None, **environ):
        with contextlib.chdir(cwd or "."):
            done = CliRunner().invoke(
                main,
                [*map(str, arguments)],
                prog_name="python -m allograph",
                input=stdin,
                env={"ALLOGRAPH_HOME": str(home)} | environ,
                catch_exceptions=False,
            )
        return Done(done.exit_code, done.stdout, done.stderr)

    return run


@pytest.fixture(scope="session")
def as_process(home, release):
    """The command line, run as a person runs it, in a process of its own."""
    assert release.directory.is_relative_to(home)

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
            until = time.monotonic() + 60
            while not (announced := log.read_text()).endswith("\n") and time.monotonic() < until:
                time.sleep(0.02)
            assert release.id in announced, announced
            yield announced.split()[-1]
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=30) == 0
        finally:
            process.kill()
