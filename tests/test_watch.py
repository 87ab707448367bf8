"""Watching: checked again when a file changes, until Ctrl-C."""

import os
import re
import signal
import subprocess
import sys
import time

import pytest


@pytest.fixture
def watching(small_checkout, tmp_path):
    """Start a watch of the copied files; gives the process and its lines so far."""
    written = tmp_path / "written"
    command = [sys.executable, "-m", "allograph", "check", "--watch", "--root", small_checkout.root]
    name = "graph/drug/blinatumomab.ttl"
    with (
        written.open("w") as output,
        subprocess.Popen(
            [*command, small_checkout.root / name],
            stdout=output,
            stderr=output,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
        ) as process,
    ):
        yield process, lambda: written.read_text().splitlines()
        process.kill()


def wait_for(condition):
    until = time.monotonic() + 60
    while not condition() and time.monotonic() < until:
        time.sleep(0.05)
    assert condition()


def summaries(lines):
    return [line for line in lines if line.startswith("violations: ")]


@pytest.mark.slow
def test_a_change_is_checked_and_ctrl_c_ends_it_cleanly(watching, small_checkout):
    process, lines = watching
    wait_for(lambda: summaries(lines()))
    assert re.fullmatch(r"\d\d:\d\d:\d\d", lines()[0])
    assert summaries(lines()) == ["violations: 0, warnings: 0"]
    path = small_checkout.graph / "drug" / "blinatumomab.ttl"
    text = path.read_text()
    path.write_text(text.replace("target:cd19", "target:cd91"))
    wait_for(lambda: len(summaries(lines())) == 2)
    assert lines()[2].endswith(" graph/drug/blinatumomab.ttl")
    assert "Found: target:cd91" in "\n".join(lines())
    path.write_text(text.replace("a ag:Drug ;", "a ag:Drug"))
    wait_for(lambda: len(summaries(lines())) == 3)
    assert "[syntax]" in lines()[-2]
    (small_checkout.ontology / "prefixes.ttl").write_text("none")
    wait_for(lambda: len(lines()) > 8)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=60) == 0
    assert "Traceback" not in "\n".join(lines())
    assert "KeyboardInterrupt" not in "\n".join(lines())
    assert "\x1b" not in "\n".join(lines())


@pytest.mark.slow
def test_ctrl_c_in_the_middle_of_a_check_ends_it_cleanly(watching):
    process, lines = watching
    wait_for(lambda: lines())
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=60) == 0
    assert "Traceback" not in "\n".join(lines())
