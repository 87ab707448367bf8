"""One fault after another, with quiet between them, until the time is over."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from time import monotonic, sleep

from benchmarks.soak.faults import Fault
from benchmarks.soak.scene import NotFollowed, Scene
from benchmarks.soak.service import Ended
from benchmarks.soak.watch import places_of


@dataclass(frozen=True)
class FaultRun:
    """One fault as it went; times are in seconds since the beginning.

    ``recovery`` is how long the service took from the end of the fault until it was whole, and
    None if it was not whole in time; then ``matter`` says what was missing, and ``ended`` how the
    service ended when it was started again.
    """

    name: str
    begun: float
    ended_at: float
    recovery: float | None
    seen: str
    matter: str = ""
    places: int | None = None
    ended: Ended | None = None

    @property
    def window(self) -> tuple[float, float]:
        """From the fault until the service was whole, or was given up."""
        return self.begun, self.ended_at


class Plan:
    """Runs faults; ``at_work`` is the name of the present one."""

    def __init__(self, scene: Scene, now: Callable[[], float], gap: float) -> None:
        self.runs: list[FaultRun] = []
        self.at_work = ""
        self._scene = scene
        self._now = now
        self._gap = gap

    def run(self, faults: Sequence[Fault], seconds: float) -> None:
        """Break one thing after another in a drawn order, again and again, for so long.

        Each fault comes once before any comes twice; the first one always comes.
        """
        until = monotonic() + seconds
        for fault in self._drawn(faults):
            if self.runs and monotonic() > until:
                return
            self.runs.append(self._run(fault))
            sleep(max(0.0, min(self._gap, until - monotonic())))

    def _drawn(self, faults: Sequence[Fault]) -> Iterator[Fault]:
        while faults:
            yield from self._scene.random.sample(faults, len(faults))

    def _run(self, fault: Fault) -> FaultRun:
        scene = self._scene
        self.at_work = fault.name
        begun = self._now()
        matter = ""
        try:
            seen = fault.do(scene)
        except NotFollowed as error:
            seen, matter = "", str(error)
        except (OSError, RuntimeError) as error:
            # The service may end, or lack a process, while a fault is at work on it.
            seen = f"{type(error).__name__}: {error}"
        done = self._now()
        matter = matter or scene.until(scene.matter)
        recovery = None if matter else self._now() - done
        places = places_of(scene.service.netloc)
        ended = self._again() if matter else None
        self.at_work = ""
        run = FaultRun(
            fault.name,
            begun,
            self._now(),
            recovery,
            seen,
            matter,
            places.total if places else None,
            ended,
        )
        told = f"whole after {recovery:.1f} s" if recovery is not None else f"NOT WHOLE: {matter}"
        sys.stderr.write(f"{begun:6.1f} s  {fault.name}: {told} ({seen})\n")
        return run

    def _again(self) -> Ended:
        """Start the service again, so that the next fault is tried on a whole one."""
        scene = self._scene
        ended = scene.service.stop()
        scene.publish(scene.releases.first)
        scene.service.start()
        return ended
