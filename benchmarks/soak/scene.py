"""What a fault has at hand: the service, its releases and clients of its own.

It also tells whether the service is whole again, and if not, what is missing.
"""

from __future__ import annotations

import socket
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from random import Random
from time import monotonic, sleep

from benchmarks.soak.asking import Answer, Asked, Asker
from benchmarks.soak.load import quick
from benchmarks.soak.service import Folders, Service, build
from benchmarks.soak.truth import Outcome, Truth
from benchmarks.soak.watch import places_of

CURATED = "graph/study/ino-vate.ttl"
LABEL, OTHER_LABEL = "All randomised", "All randomised, in other words"
"""What is edited in the root to get another release."""
QUICK = 3.0
"""Seconds that a quick query may take while something is broken."""


@dataclass(frozen=True)
class Releases:
    """The release of the root as it was copied, and the one with another label, if it is needed."""

    first: str
    second: str = ""


class Scene:
    """One soak, as its faults see it."""

    def __init__(
        self,
        service: Service,
        truth: Truth,
        releases: Releases,
        random: Random,
        patience: float,
    ) -> None:
        self.service = service
        self.releases = releases
        self.random = random
        self.patience = patience
        """Seconds in which the service has to be whole again after a fault."""
        self._truth = truth
        # Apart from those of the load, so that no answer of theirs is right here by chance.
        self._tokens = count(5_000_000_000)

    @property
    def folders(self) -> Folders:
        return self.service.folders

    def publish(self, release: str) -> None:
        """Edit the root so that it gives this release, and build it."""
        edit(self.folders.root, is_other=release == self.releases.second)
        if build(self.folders) != release:
            raise RuntimeError(f"the root does not give {release} any more")

    def is_right(self, release: str = "", seconds: float = QUICK) -> tuple[bool, str]:
        """Ask something new on a new connection; says what is wrong if it is not right."""
        netloc = self.service.netloc
        asked = quick().with_token(next(self._tokens))
        asker = Asker(netloc, seconds)
        answer = asker.ask(asked)
        asker.close()
        verdict = self._truth.judge(asked, answer, netloc)
        if verdict.outcome is not Outcome.RIGHT:
            return False, f"a quick query: {verdict.outcome.value} {verdict.reason}"
        if release and answer.release != release:
            return False, f"it serves {answer.release}, not {release}"
        return True, ""

    def until(self, is_so: Callable[[], str], seconds: float | None = None) -> str:
        """Wait until nothing is the matter any more; gives the last matter, empty if none is."""
        until = monotonic() + (self.patience if seconds is None else seconds)
        while (matter := is_so()) and monotonic() < until and self.service.is_running():
            sleep(0.1)
        return matter

    def matter(self) -> str:
        """What is missing for the service to be whole, in words; empty if nothing is."""
        if not self.service.is_running():
            return "the front has ended"
        places = places_of(self.service.netloc, QUICK)
        if places is None:
            return "/metrics does not answer"
        if places.total != self.service.workers_wanted:
            return f"places: {places.total} of {self.service.workers_wanted}"
        return self.is_right()[1]

    def follows(self, release: str) -> None:
        """Publish a release and wait until it is served.

        Raises ``NotFollowed`` if it is not, in the time that the service has to be whole again.
        """
        self.publish(release)
        if matter := self.until(lambda: self.is_right(release)[1]):
            raise NotFollowed(matter)

    def quick_ones(self, seconds: float) -> str:
        """Ask quick queries for so long; says how many were right in time."""
        until = monotonic() + seconds
        answered: list[bool] = []
        while monotonic() < until:
            answered.append(self.is_right()[0])
            sleep(0.25)
        return f"{sum(answered)} of {len(answered)} quick queries right meanwhile"

    @contextmanager
    def asking(self, requests: Sequence[Asked]) -> Iterator[list[Answer]]:
        """Ask all of them at once meanwhile; their answers are there at the end."""
        netloc = self.service.netloc
        answers: list[Answer] = []
        tokened = [asked.with_token(next(self._tokens)) for asked in requests]
        with ThreadPoolExecutor(max(1, len(tokened))) as clients:
            asked_for = [clients.submit(Asker(netloc).ask, asked) for asked in tokened]
            yield answers
            answers += [one.result() for one in asked_for]

    @contextmanager
    def connected(self, number: int, content: bytes = b"") -> Iterator[list[socket.socket]]:
        """So many connections, on each of which this was sent; fewer if the service takes fewer."""
        host, _colon, port = self.service.netloc.rpartition(":")
        with ExitStack() as stack:
            opened = []
            for _ in range(number):
                try:
                    client = socket.create_connection((host, int(port)), timeout=QUICK)
                    stack.callback(client.close)
                    client.sendall(content)
                except OSError:
                    continue
                opened.append(client)
            yield opened


class NotFollowed(Exception):
    """A good release was published, and is not served."""


def edit(root: Path, *, is_other: bool) -> None:
    """Give the root one label or the other."""
    path = root / CURATED
    text = path.read_text(encoding="utf-8").replace(f'"{OTHER_LABEL}"@en', f'"{LABEL}"@en')
    if is_other:
        text = text.replace(f'"{LABEL}"@en', f'"{OTHER_LABEL}"@en')
    path.write_text(text, encoding="utf-8")


def statuses(answers: Sequence[Answer]) -> str:
    """How often which status came: ``504 x 3, none x 1``."""
    counted = Counter(str(answer.status or "none") for answer in answers)
    return ", ".join(f"{status} x {number}" for status, number in sorted(counted.items()))
