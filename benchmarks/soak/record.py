"""What became of each request, and samples of what went wrong."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from benchmarks.soak.asking import Answer, Asked
from benchmarks.soak.truth import FAILURES, Outcome, Verdict

SAMPLES = 50
"""The most answers that are kept to be looked at."""


@dataclass(frozen=True)
class Row:
    """One request: when it began, in seconds since the beginning, and how long it took."""

    kind: str
    outcome: Outcome
    status: int | None
    begun: float
    seconds: float


class Records:
    """All rows so far; many clients write them at once."""

    def __init__(self, folder: Path) -> None:
        self.begun = monotonic()
        self.rows: list[Row] = []
        self.samples: list[Path] = []
        self._folder = folder
        self._lock = threading.Lock()

    def now(self) -> float:
        """Seconds since the beginning."""
        return monotonic() - self.begun

    def add(self, asked: Asked, answer: Answer, verdict: Verdict) -> None:
        """Keep a row, and for what must not be the answer and what it should have been."""
        begun = answer.begun - self.begun
        row = Row(asked.kind, verdict.outcome, answer.status, begun, answer.seconds)
        with self._lock:
            self.rows.append(row)
            if verdict.outcome in FAILURES and len(self.samples) < SAMPLES:
                self.samples.append(self._save(row, asked, answer, verdict))

    def _save(self, row: Row, asked: Asked, answer: Answer, verdict: Verdict) -> Path:
        number = len(self.samples) + 1
        path = self._folder / f"{number:02}-{row.outcome.value}-{row.kind}.json"
        self._folder.mkdir(parents=True, exist_ok=True)
        told = {
            "kind": row.kind,
            "outcome": row.outcome.value,
            "reason": verdict.reason,
            "begun": round(row.begun, 3),
            "seconds": round(row.seconds, 3),
            "path": asked.path,
            "accept": asked.accept,
            "body": asked.body,
            "status": answer.status,
            "release": answer.release,
            "whole": answer.is_whole,
            "error": answer.error,
        }
        path.write_text(json.dumps(told, indent=2) + "\n")
        path.with_suffix(".got").write_bytes(answer.content)
        path.with_suffix(".expected").write_bytes(verdict.expected)
        return path
