"""What is live: the service follows the pointer of the releases, whatever happens."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from contextlib import ExitStack

import pytest

from allograph.errors import StoreError
from allograph.release import Home
from allograph.service import live
from allograph.service.live import LiveApplication, Served, serve_release, serve_warm
from allograph.settings import Settings

pytestmark = pytest.mark.slow  # it starts pools of processes

SECONDS = 30


@pytest.fixture(autouse=True)
def quickly(monkeypatch):
    monkeypatch.setattr(live, "LOOK", 0.01)


@pytest.fixture
def place(tmp_path):
    return Home(tmp_path / "home")


@pytest.fixture
def settings(place, small_checkout):
    return Settings(home=str(place.folder), root=str(small_checkout.root), drain=0, workers=1)


@pytest.fixture
def releases(release, place):
    """Three whole releases, the first of them the current one."""
    made = [copied(release, place, f"0.0.0-{number}") for number in "123"]
    place.use(made[0])
    return made


def copied(release, place, id):
    copy = place.release(id)
    shutil.copytree(release.directory, copy.directory)
    manifest = release.manifest | {"release": id}
    copy.manifest_file.write_text(json.dumps(manifest))
    assert copy.is_whole
    return copy


class Pool:
    def close(self, _seconds=0):
        pass


class Started:
    """A way to start that notes what it was asked for, and fails as it is told."""

    def __init__(self):
        self.ids = []
        self.errors = []
        self.changed = threading.Condition()

    def __call__(self, _settings, release):
        with self.changed:
            self.ids.append(release.id)
            self.changed.notify_all()
            if self.errors:
                raise self.errors.pop(0)
        return Served(release, answer, Pool(), ExitStack())

    def wait_for(self, count):
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.ids) >= count, SECONDS), self.ids


def answer(_environ, _start_response):
    return [b"answer"]


@pytest.fixture
def started():
    return Started()


@pytest.fixture
def application(settings, releases, started):
    application = LiveApplication(settings, releases[0], started)
    yield application
    application.close()


@pytest.mark.usefixtures("application")
def test_the_release_that_the_pointer_names_is_served(place, releases, started):
    place.use(releases[1])
    started.wait_for(2)
    place.use(releases[0])
    started.wait_for(3)
    assert started.ids == [releases[0].id, releases[1].id, releases[0].id]


@pytest.mark.usefixtures("application")
@pytest.mark.parametrize(
    "error", [RuntimeError("corrupt"), OSError(24, "Too many open files"), KeyError("x")], ids=repr
)
def test_a_release_is_followed_after_any_error(place, releases, started, capfd, error, monkeypatch):
    monkeypatch.setattr(live, "AGAIN", 0.05)
    started.errors = [error, StoreError("not now")]
    place.use(releases[1])
    started.wait_for(4)
    place.use(releases[2])
    started.wait_for(5)
    assert started.ids[-1] == releases[2].id
    said = capfd.readouterr().err
    assert type(error).__name__ in said and "Traceback" in said
    assert "allograph: not now" in said


@pytest.mark.parametrize("pointer", [b"\xff\xfe", b"x" * 300, b"", b"0.0.0-none"])
@pytest.mark.usefixtures("application")
def test_a_pointer_to_nothing_changes_nothing(place, releases, started, pointer):
    place.pointer.write_bytes(pointer)
    threading.Event().wait(0.1)
    place.use(releases[1])
    started.wait_for(2)
    assert started.ids == [releases[0].id, releases[1].id]


@pytest.mark.usefixtures("application")
def test_a_damaged_release_is_refused_and_said_once(place, releases, started, capfd):
    releases[1].manifest_file.write_text("{")
    place.pointer.write_text(releases[1].id)
    threading.Event().wait(0.3)
    assert capfd.readouterr().err.count("not whole") == 1
    place.use(releases[2])
    started.wait_for(2)
    assert started.ids == [releases[0].id, releases[2].id]


@pytest.mark.usefixtures("application")
def test_a_release_that_cannot_start_is_not_tried_without_end(place, releases, started):
    started.errors = [StoreError("damaged")] * 100
    place.use(releases[1])
    started.wait_for(2)
    threading.Event().wait(0.3)
    assert len(started.ids) == 2


def test_the_build_that_a_signal_asks_for_may_fail(settings, releases, started, place, capfd):
    builds = []

    def build(_settings):
        builds.append(True)
        raise OSError(24, "Too many open files")

    application = LiveApplication(settings, releases[0], started, build)
    application.rebuild()
    place.use(releases[1])
    started.wait_for(2)
    application.close()
    assert builds == [True]
    assert "Too many open files" in capfd.readouterr().err


def test_the_end_does_not_wait_for_a_build(settings, releases, started):
    begun = threading.Event()
    processes = []

    def build(_settings):
        command = [sys.executable, "-c", "import time; time.sleep(600)"]
        processes.append(subprocess.Popen(command))
        begun.set()
        return processes[0]

    application = LiveApplication(settings, releases[0], started, build)
    application.rebuild()
    assert begun.wait(SECONDS)
    application.close()
    assert processes[0].returncode == -signal.SIGTERM


def test_a_burst_of_signals_takes_no_lock():
    """A handler interrupts the main thread anywhere, also where it holds the lock of an event."""
    flooded = subprocess.run(
        [sys.executable, "-c", FLOODED], capture_output=True, text=True, timeout=SECONDS
    )
    assert flooded.stdout.strip() == "alive", flooded.stderr


FLOODED = """
import os, signal, threading
from allograph.service.live import LiveApplication

application = LiveApplication.__new__(LiveApplication)
signal.signal(signal.SIGHUP, lambda *_: application.rebuild())
main = os.getpid()
child = os.fork()
if child == 0:
    for _ in range(100_000):
        os.kill(main, signal.SIGHUP)
    os._exit(0)
os.waitpid(child, 0)
assert application._is_build_wanted
print("alive")
"""


def test_an_older_release_brings_back_its_own_questions(release, place, settings):
    older = copied(release, place, "0.0.0-older")
    questions = json.loads(older.questions_file.read_text())
    text = questions.pop("figures")
    questions["figures-as-they-were"] = text
    older.questions_file.write_text(json.dumps(questions, indent=2))
    served = serve_release(settings, older)
    try:
        client = served.app.test_client()
        assert client.get("/questions/figures-as-they-were.csv").status_code == 200
        assert client.get("/questions/figures.csv").status_code == 404
        assert client.get("/questions/figures-as-they-were.csv").headers["Dataset-Release"] == (
            older.id
        )
    finally:
        served.close()


def test_a_release_is_warm_before_readers_are_sent_to_it(release, settings):
    """Once it is served, its home page asks the workers nothing."""
    served = serve_warm(settings, release)
    asked = []
    evaluate = served.pool.evaluate

    def count(job, patience):
        asked.append(job)
        return evaluate(job, patience)

    served.pool.evaluate = count
    try:
        page = served.app.test_client().get("/", headers={"Accept": "text/html"}, buffered=True)
        assert page.status_code == 200
        assert not asked
    finally:
        served.close()


def test_a_release_that_is_served_is_held(place, release, settings):
    copy = copied(release, place, "0.0.0-held")
    other = copied(release, place, "0.0.0-other")
    place.use(other)
    os.utime(copy.directory, (0, 0))
    served = serve_release(settings, copy)
    place.tidy(1)
    assert copy.is_whole
    served.close()
    place.tidy(1)
    assert not copy.directory.exists()
