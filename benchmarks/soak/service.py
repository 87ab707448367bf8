"""``allograph serve`` in a folder of its own: a copy of the curated files, a home, a log."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

from benchmarks.soak.processes import children, command, descendants, is_alive

from allograph.curated.sources import Sources
from allograph.settings import PREFIX

PATIENCE = 60
"""Seconds that a service has to start, or to build."""


@dataclass(frozen=True)
class Folders:
    """Where it all lies: ``root`` holds the curated files, ``home`` the releases."""

    root: Path
    home: Path
    log: Path

    @property
    def pointer(self) -> Path:
        return self.home / "current"

    @property
    def releases(self) -> Path:
        return self.home / "releases"


def set_up(source: Sources, folder: Path, built: Path | None = None) -> Folders:
    """Copy the curated files, and the releases of another home if there is one to spare a build."""
    folders = Folders(folder / "root", folder / "home", folder / "service.log")
    for name in ("ontology", "graph", "queries"):
        shutil.copytree(source.root / name, folders.root / name)
    if built:
        shutil.copytree(built / "releases", folders.releases)
    return folders


def build(folders: Folders) -> str:
    """Build the release of the root and point to it; gives its id."""
    words = [sys.executable, "-m", "allograph", "build", "--root", str(folders.root)]
    done = subprocess.run(
        [*words, "--home", str(folders.home)],
        env=environment(),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"allograph build: {done.stderr}")
    return done.stdout.strip()


def environment() -> dict[str, str]:
    """The environment without any setting of the service."""
    return {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}


@dataclass(frozen=True)
class Ended:
    """How a service ended: after how many seconds, with which status, and what it left."""

    seconds: float
    status: int | None
    processes: tuple[int, ...]
    files: tuple[str, ...]

    @property
    def is_clean(self) -> bool:
        """Tell whether it ended by itself and left no process."""
        return self.status == 0 and not self.processes


class Service:
    """A running service; it may be started again when it does not come back by itself."""

    def __init__(self, folders: Folders, settings: Mapping[str, str]) -> None:
        self.folders = folders
        self.settings = settings
        self.netloc = ""
        """Host and port; empty while the service is down because we ended it."""
        self.start()

    def __enter__(self) -> Service:
        return self

    def __exit__(self, *_: object) -> None:
        """End it, whatever happened: its nursery and its workers end with it."""
        self._process.kill()
        self._process.wait()

    @property
    def front(self) -> int:
        """The process that answers HTTP."""
        return self._process.pid

    @property
    def workers_wanted(self) -> int:
        return int(self.settings["workers"])

    def start(self) -> None:
        """Start it, and wait until it says where it listens."""
        words = [sys.executable, "-m", "allograph", "serve", "--host", "127.0.0.1", "--port", "0"]
        words += ["--root", str(self.folders.root), "--home", str(self.folders.home)]
        for name, value in self.settings.items():
            words += [f"--{name}", value]
        with self.folders.log.open("a") as log:
            begun = log.tell()
            self._process = subprocess.Popen(words, stdout=log, stderr=log, env=environment())
        try:
            self.netloc = self._announced(begun)
        except BaseException:
            self.__exit__()  # nobody else knows of it yet
            raise

    def _announced(self, begun: int) -> str:
        """Wait until the log says where the service listens, from this byte on."""
        until = monotonic() + PATIENCE
        while not (told := re.search(r"http://(\S+)\n", self._log_from(begun))):
            if self._process.poll() is not None or monotonic() > until:
                raise RuntimeError(f"the service does not start: {self._log_from(begun)[-2000:]}")
            sleep(0.05)
        return told[1]

    def is_running(self) -> bool:
        """Tell whether the front has not ended."""
        return self._process.poll() is None

    def nursery(self) -> int:
        """The process that forks the workers of the release that is served, the youngest one."""
        nurseries = [pid for pid in children(self.front) if "nursery" in command(pid)]
        if not nurseries:
            raise ProcessLookupError("the nursery is not there")
        return nurseries[-1]

    def workers(self) -> list[int]:
        """The processes that evaluate queries."""
        return children(self.nursery())

    def stop(self) -> Ended:
        """End it as an operator does, and see what is left after its time to drain."""
        begun = monotonic()
        others = descendants(self.front)
        self.netloc = ""
        self._process.send_signal(signal.SIGTERM)
        try:
            status = self._process.wait(float(self.settings["drain"]) + 10)
        except subprocess.TimeoutExpired:
            status = None
        seconds = monotonic() - begun
        sleep(0.2)  # for the kernel, which ends the others with their parent
        left = tuple(pid for pid in others if is_alive(pid))
        if status is None:
            self._process.kill()
            self._process.wait()
        for pid in left:
            if is_alive(pid):
                os.kill(pid, signal.SIGKILL)
        return Ended(seconds, status, left, self._files_left())

    def _files_left(self) -> tuple[str, ...]:
        """Files that a service which has ended has no use for."""
        home = self.folders.home
        patterns = ("tmp/*", "releases/.unfinished-*", ".current-*")
        found = [path for pattern in patterns for path in home.glob(pattern)]
        return tuple(str(path.relative_to(home)) for path in sorted(found))

    def _log_from(self, begun: int) -> str:
        return self.folders.log.read_bytes()[begun:].decode(errors="replace")
