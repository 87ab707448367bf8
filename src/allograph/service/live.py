"""The application that is live: one release with its workers, swapped when another is published.

The pointer of the releases is looked at every second; SIGHUP builds what has changed first. A
request is answered by the application that took it in: the old one stays until its time to drain
is over, so that no request is dropped.

Everything is served from the release alone, so a pointer that is set back to an older one brings
back the questions and the prefixes of that time, too.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from allograph.curated.sources import find_sources
from allograph.errors import AllographError
from allograph.rdf.store import open_store
from allograph.release import Release, home_of
from allograph.settings import PREFIX, SETTINGS, Settings
from allograph.web import create_app
from allograph.web.warming import warm
from allograph.workers.jobs import Setup
from allograph.workers.pool import Limits, Pool

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

MIB = 1 << 20
LOOK = 0.5
"""Seconds between two looks at the pointer, and at whether a build is wanted."""

AGAIN = 30.0
"""Seconds after which a release that did not start is tried again."""


@dataclass(frozen=True)
class Served:
    """A release, the application that serves it, and its workers; ``held`` keeps it there."""

    release: Release
    app: WSGIApplication
    pool: Pool
    held: ExitStack

    def close(self, seconds: float = 0) -> None:
        """Let running queries finish for a while, end the workers, and let go of the release."""
        self.pool.close(seconds)
        self.held.close()


Start = Callable[[Settings, Release], Served]


class LiveApplication:
    """A WSGI application that hands each request to the release of the moment.

    Invariants: only the watcher's thread replaces ``_served``, and it closes what it replaced; the
    thread outlives every error. A signal handler sets ``_is_build_wanted`` and takes no lock.
    """

    def __init__(
        self,
        settings: Settings,
        release: Release,
        start: Start | None = None,
        build: Callable[[Settings], subprocess.Popen[bytes]] | None = None,
    ) -> None:
        self._settings = settings
        self._home = home_of(settings, find_sources(settings.root))
        self._start = start or serve_warm
        self._build = build or start_build
        self._served = self._start(settings, release)
        self._is_build_wanted = False
        self._refused: tuple[str, float] | None = None
        self._stopped = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self._watcher.start()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        return self._served.app(environ, start_response)

    def rebuild(self) -> None:
        """Build what has changed, soon and elsewhere; safe to call from a signal handler."""
        self._is_build_wanted = True

    def close(self) -> None:
        """End the workers, and a build that is under way."""
        self._stopped.set()
        self._watcher.join()
        self._served.close()

    def _watch(self) -> None:
        while not self._stopped.wait(LOOK):
            try:
                if self._is_build_wanted:
                    self._is_build_wanted = False
                    self._build_elsewhere()
                self._follow()
            except AllographError as error:
                _say(f"allograph: {error}")
            except Exception:  # noqa: BLE001  # a thread that ends here would follow no release more
                _say(f"allograph: releases are looked for again\n{traceback.format_exc()}")

    def _build_elsewhere(self) -> None:
        build = self._build(self._settings)
        while build.poll() is None:
            if self._stopped.wait(0.1):
                build.terminate()
        build.wait()

    def _follow(self) -> None:
        """Serve the release that the pointer names, if it is another one."""
        pointed_to = self._home.pointed_to()
        if pointed_to == self._served.release or self._stopped.is_set():
            self._refused = None
            return
        name = pointed_to.id if pointed_to else ""
        if self._refused and self._refused[0] == name and monotonic() < self._refused[1]:
            return
        self._refused = (name, monotonic() + AGAIN)
        old, self._served = self._served, self._start(self._settings, self._home.current())
        self._refused = None
        _say(f"ALLograph {self._served.release.id}")
        self._stopped.wait(max(self._settings.drain, LOOK))
        old.close(self._settings.timeout)


def serve_warm(settings: Settings, release: Release) -> Served:
    """Start a release, and have what is read once read already: no first reader waits for it.

    Else the pages of a release that was just swapped in take so long that, with others waiting,
    their queries count as long, and some are refused.
    """
    served = serve_release(settings, release)
    warm(served.app)
    return served


def serve_release(settings: Settings, release: Release) -> Served:
    """Start the workers and the application of a release.

    Raises:
        ReleaseError, StoreError: it is not whole, or its store cannot be opened.

    """
    setup = Setup(
        place=settings.store or str(release.store),
        prefixes=dict(release.namespaces.items()),
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
    with ExitStack() as started:
        started.enter_context(release.held())
        pool = Pool(setup, limits)
        started.callback(pool.close)
        app = create_app(settings, release, pool, release.questions, release.namespaces)
        return Served(release, app, pool, started.pop_all())


def start_build(settings: Settings) -> subprocess.Popen[bytes]:
    """Build in a process of its own, which says on standard error what is wrong, if anything."""
    variables = {
        f"{PREFIX}{setting.name.upper()}": str(getattr(settings, setting.name))
        for setting in SETTINGS
    }
    command = [sys.executable, "-m", "allograph", "build"]
    return subprocess.Popen(command, env=os.environ | variables)  # noqa: S603  # ours


def _say(text: str) -> None:
    """Tell the operator; nobody may listen any more, and the service goes on."""
    with suppress(OSError, ValueError):
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()
