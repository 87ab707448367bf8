"""What came of a soak: in words on standard output, and all of it in report.json."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from benchmarks.soak.plan import FaultRun
from benchmarks.soak.record import Row
from benchmarks.soak.service import Ended
from benchmarks.soak.truth import FAILURES, Outcome
from benchmarks.soak.watch import Sample

SHOWN = 5
"""The most samples of failures whose paths are printed."""
QUIET = "quiet"
"""The window of requests that no fault was near."""


@dataclass(frozen=True)
class Result:
    """All that was seen in one soak."""

    seed: int
    clients: int
    settings: dict[str, str]
    releases: tuple[str, ...]
    rows: Sequence[Row]
    runs: Sequence[FaultRun]
    not_run: Sequence[str]
    samples: Sequence[Sample]
    wrong: Sequence[Path]
    places_at_end: int | None
    matter_at_end: str
    ended: Ended

    @property
    def failures(self) -> list[str]:
        """Why the soak failed, in words; nothing if it did not."""
        counted = Counter(row.outcome for row in self.rows)
        answers = {one: f"{counted[one]} answers {one.value}" for one in FAILURES if counted[one]}
        return [
            *answers.values(),
            *(f"after {run.name}: {run.matter}" for run in self.runs if run.matter),
            *self._failures_at_end(),
        ]

    def _failures_at_end(self) -> Iterator[str]:
        if self.matter_at_end:
            yield f"at the end: {self.matter_at_end}"
        for ended in (self.ended, *(run.ended for run in self.runs if run.ended)):
            if ended.status is None:
                yield f"the front did not end within {ended.seconds:.0f} s of SIGTERM"
            elif ended.status:
                yield f"the front ended with status {ended.status}"
            if ended.processes:
                yield f"processes left after SIGTERM: {len(ended.processes)}"

    def by_kind(self) -> dict[str, Counter[str]]:
        """How many requests of each kind became what."""
        return _counted((row.kind, row.outcome) for row in self.rows)

    def by_window(self) -> dict[str, Counter[str]]:
        """How many requests became what while each fault was at work, or none."""
        return _counted((self._window(row), row.outcome) for row in self.rows)

    def _window(self, row: Row) -> str:
        ended = row.begun + row.seconds
        for run in self.runs:
            if row.begun < run.window[1] and ended > run.window[0]:
                return run.name
        return QUIET

    def growth(self) -> float | None:
        """By how many percent the front's memory grew from the middle of the soak to its end.

        Medians of a tenth of the time each. None if the front was started again between them.
        """
        if not self.samples:
            return None
        length = self.samples[-1].seconds
        middle = self._front(0.45 * length, 0.55 * length)
        end = self._front(0.9 * length, length)
        if not middle or not end or {pid for pid, _ in middle} != {pid for pid, _ in end}:
            return None
        before, after = (median(rss for _, rss in part) for part in (middle, end))
        return 100 * (after / before - 1) if before else None

    def _front(self, since: float, until: float) -> list[tuple[int, float]]:
        return [
            (sample.front, sample.front_rss)
            for sample in self.samples
            if since <= sample.seconds <= until and sample.front_rss
        ]


def write(result: Result, folder: Path) -> str:
    """Write report.json; gives the same for people."""
    document = {
        "seed": result.seed,
        "clients": result.clients,
        "settings": result.settings,
        "releases": result.releases,
        "requests": len(result.rows),
        "outcomes": Counter(row.outcome.value for row in result.rows),
        "by_kind": result.by_kind(),
        "by_window": result.by_window(),
        "statuses": Counter(f"{row.kind} {row.status} {row.outcome.value}" for row in result.rows),
        "seconds": {name: _times(rows) for name, rows in _by_kind(result.rows).items()},
        "faults": [asdict(run) for run in result.runs],
        "not_run": result.not_run,
        "wrong": [str(path.relative_to(folder)) for path in result.wrong],
        "front_growth_percent": result.growth(),
        "places_at_end": result.places_at_end,
        "ended": asdict(result.ended),
        "failures": result.failures,
    }
    (folder / "report.json").write_text(json.dumps(document, indent=2) + "\n")
    return "\n".join([*_in_words(result), ""])


def _in_words(result: Result) -> Iterator[str]:
    yield f"releases: {', '.join(result.releases)}; clients: {result.clients}; seed: {result.seed}"
    yield ""
    yield from _table("requests", result.by_kind())
    yield ""
    yield from _table("while", result.by_window())
    yield ""
    yield f"{'seconds':18}{'p50':>9}{'p95':>9}{'p99':>9}{'worst':>9}"
    for name, rows in _by_kind(result.rows).items():
        yield f"{name:18}" + "".join(f"{value:9.3f}" for value in _times(rows).values())
    yield ""
    refused = Counter(str(row.status) for row in result.rows if row.outcome is Outcome.REFUSED)
    counts = (f"{status} x {number}" for status, number in sorted(refused.items()))
    yield f"refused with: {', '.join(counts) or 'nothing'}"
    for run in result.runs:
        whole = "NOT WHOLE" if run.recovery is None else f"whole after {run.recovery:.1f} s"
        yield f"{run.begun:6.0f} s  {run.name:18} {whole}; {run.matter or run.seen}"
    if result.not_run:
        yield f"not run, for want of time: {', '.join(result.not_run)}"
    yield ""
    growth = result.growth()
    told = "not known" if growth is None else f"{growth:+.1f} %"
    yield f"growth of the front's memory, from the middle to the end: {told}"
    yield f"places at the end: {result.places_at_end} of {result.settings['workers']}"
    ended = result.ended
    yield (
        f"SIGTERM: ended after {ended.seconds:.1f} s with status {ended.status};"
        f" left {len(ended.processes)} processes, {len(ended.files)} files"
    )
    yield from (f"see {path}" for path in result.wrong[:SHOWN])
    if len(result.wrong) > SHOWN:
        yield f"and {len(result.wrong) - SHOWN} more beside them"
    yield ""
    yield from (f"FAILED: {failure}" for failure in result.failures or ())
    if not result.failures:
        yield "all well"


def _table(title: str, counted: dict[str, Counter[str]]) -> Iterator[str]:
    """Rows by outcome, with the sum of all of them below."""
    outcomes = [one.value for one in Outcome if any(row[one.value] for row in counted.values())]
    yield f"{title:18}" + "".join(f"{outcome:>12}" for outcome in outcomes)
    total: Counter[str] = sum(counted.values(), Counter())
    for name, row in [*sorted(counted.items()), ("all", total)]:
        yield f"{name:18}" + "".join(f"{row[outcome]:12}" for outcome in outcomes)


def _counted(pairs: Iterable[tuple[str, Outcome]]) -> dict[str, Counter[str]]:
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name, outcome in pairs:
        counted[name][outcome.value] += 1
    return dict(counted)


def _by_kind(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """The rows of each kind, and of all of them."""
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.kind].append(row)
    return dict(sorted(found.items())) | {"all": list(rows)}


def _times(rows: Sequence[Row]) -> dict[str, float]:
    """Seconds from the request to the last byte: the 50th, 95th and 99th percentile, the worst."""
    ordered = sorted(row.seconds for row in rows)
    if not ordered:
        return {}
    at = {"p50": 0.5, "p95": 0.95, "p99": 0.99, "worst": 1.0}
    last = len(ordered) - 1
    return {name: round(ordered[round(share * last)], 4) for name, share in at.items()}
