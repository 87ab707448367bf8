"""The application that is live: one release with its workers, swapped when another is published.

The pointer of the releases is looked at every second; SIGHUP builds what has changed first. A
request is answered by the application that took it in: the old one stays until its time to drain
is over, so that no request is dropped.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from allograph.errors import AllographError
from allograph.questions import read_questions
from allograph.release import Release, current
from allograph.settings import PREFIX, SETTINGS, Settings
from allograph.sources import Sources
from allograph.store import open_store
from allograph.turtle import read_namespaces
from allograph.web import create_app
from allograph.workers.jobs import Setup
from allograph.workers.pool import Limits, Pool

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

MIB = 1 << 20
LOOK = 1.0
"""Seconds between two looks at the pointer."""


@dataclass(frozen=True)
class Served:
    """A release, the application that serves it, and its workers."""

    release: Release
    app: WSGIApplication
    pool: Pool


class LiveApplication:
    """A WSGI application that hands each request to the release of the moment."""

    def __init__(self, sources: Sources, settings: Settings, release: Release) -> None:
        self._sources = sources
        self._settings = settings
        self._served = start(sources, settings, release)
        self._rebuild = threading.Event()
        self._stopped = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self._watcher.start()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        return self._served.app(environ, start_response)

    def rebuild(self) -> None:
        """Build what has changed, soon and elsewhere; safe to call from a signal handler."""
        self._rebuild.set()

    def close(self) -> None:
        """End the workers."""
        self._stopped.set()
        self._rebuild.set()
        self._watcher.join()
        self._served.pool.close()

    def _watch(self) -> None:
        while not self._stopped.is_set():
            if self._rebuild.wait(LOOK) and not self._stopped.is_set():
                self._rebuild.clear()
                build_elsewhere(self._settings)
            try:
                self._follow(current(self._settings))
            except AllographError as error:
                sys.stderr.write(f"allograph: {error}\n")

    def _follow(self, release: Release) -> None:
        if release.id == self._served.release.id or self._stopped.is_set():
            return
        old, self._served = self._served, start(self._sources, self._settings, release)
        sys.stderr.write(f"ALLograph {release.id}\n")
        self._stopped.wait(max(self._settings.drain, LOOK))
        old.pool.close(self._settings.timeout)


def start(sources: Sources, settings: Settings, release: Release) -> Served:
    """Start the workers and the application of a release."""
    namespaces = read_namespaces(sources.prefixes, sources.relative(sources.prefixes))
    setup = Setup(
        place=settings.store or str(release.store),
        prefixes=dict(namespaces.items()),
        memory=settings.memory * MIB,
        timeout=settings.timeout,
        services=tuple(settings.service_allow.split()),
    )
    limits = Limits(
        workers=settings.workers,
        long_queries=settings.long_queries,
        queue=settings.queue,
        wait=settings.wait,
        answer=settings.result_limit * MIB,
    )
    open_store(setup.place, setup.timeout).close()  # so that one that cannot be opened is named now
    pool = Pool(setup, limits)
    app = create_app(settings, release, pool, read_questions(sources), namespaces)
    return Served(release, app, pool)


def build_elsewhere(settings: Settings) -> None:
    """Build in a process of its own, which says on standard error what is wrong, if anything."""
    variables = {
        f"{PREFIX}{setting.name.upper()}": str(getattr(settings, setting.name))
        for setting in SETTINGS
    }
    command = [sys.executable, "-m", "allograph", "build"]
    subprocess.run(command, env=os.environ | variables, check=False)  # noqa: S603  # ours
