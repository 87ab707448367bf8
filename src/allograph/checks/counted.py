"""Say of held texts which of their numbers are open: the results of ``verify --numbers``.

A number that is neither entered nor passed over is a violation, at the record of its text. So is a
passage that covers a number which a node with its span enters, since one of the two is wrong. A
passage without a number is a warning. The cells of sheets are not counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from allograph.checks.numbers import OPEN, STATUSES, Accountant, Accounts
from allograph.curated.held.locators import Held, ReadText
from allograph.curated.loaded import Loaded
from allograph.curated.results import Severity, ValidationResult


@dataclass(frozen=True)
class Counted:
    """The results about the numbers of some texts, and how many there are of each status."""

    results: list[ValidationResult]
    counts: Counter[str]

    @property
    def by_name(self) -> dict[str, int]:
        """How many numbers there are, in all and of each status."""
        counts = {status.replace(" ", "_"): self.counts[status] for status in STATUSES}
        return {"total": self.counts.total(), **counts}

    @property
    def summary(self) -> str:
        """``numbers: 87, entered: 61, passed over: 26, open: 0``."""
        parts = (f"{status}: {self.counts[status]}" for status in STATUSES)
        return f"numbers: {self.counts.total()}, {', '.join(parts)}"


def count_numbers(loaded: Loaded, reads: Iterable[ReadText]) -> Counted:
    """Account for the numbers of texts that are those that were read; others are passed by."""
    held = Held(loaded)
    accountant = Accountant(loaded.nodes, held)
    report_of = {loaded.nodes.of(report).value("heldAs"): report for report in held.reports()}
    results: list[ValidationResult] = []
    counts: Counter[str] = Counter()
    for read in reads:
        if read.is_same and read.held.iri in report_of:
            accounts = accountant.account(report_of[read.held.iri], read)
            counts.update(one.status for one in accounts.numbers)
            results += _results(accounts, loaded)
    return Counted(sorted(results), counts)


def _results(accounts: Accounts, loaded: Loaded) -> Iterator[ValidationResult]:
    text = accounts.read.held
    for one in accounts.with_status(OPEN):
        place = one.place
        message = (
            f"{text.file_name}:{place.line}: {place.where}: no node enters this number, and no "
            "passage passes it over; allograph numbers --draft writes one to fill in."
        )
        yield _result(loaded, text.iri, "number", message, place.context)
    for one in accounts.numbers:
        for passage in one.passages if one.is_contradicted else ():
            entering = next(entry.node for entry in one.entries if entry.is_placed)
            name = entering.rpartition("#")[2]
            message = f"A passage passes over a number that {name} enters; leave it out of one."
            yield _result(loaded, passage.iri, "passed-over", message, one.place.context)
    counted = {passage.iri for one in accounts.numbers for passage in one.passages}
    for passage in accounts.passages:
        if passage.iri not in counted:
            message = "A passage is passed over in which no number stands."
            yield _result(loaded, passage.iri, "passed-over", message, None, Severity.WARNING)


def _result(
    loaded: Loaded,
    node: str,
    check: str,
    message: str,
    value: str | None,
    severity: Severity = Severity.VIOLATION,
) -> ValidationResult:
    at = loaded.location(node)
    return ValidationResult(at, severity, node, None, value, message, f"verify:{check}")
