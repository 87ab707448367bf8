"""Results of checks: what is wrong in the data, with file and line, and how grave it is.

A result is data, not an error. Its shape is that of a SHACL validation result
(https://www.w3.org/TR/shacl/#results-validation-result), whoever found it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from allograph.errors import FileError, Location
from allograph.text.lines import visible

SHOWN = 200
"""Characters of a long value that a result shows."""


class Severity(StrEnum):
    """SHACL's three severities."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True)
class ValidationResult:
    """One ``sh:ValidationResult``, and the file and line of its focus node.

    ``message`` is all that is said; ``cure`` is that part of it which says what to do, where the
    rule tells it apart.
    """

    at: Location
    severity: Severity
    focus_node: str
    path: str | None
    value: str | None
    message: str
    rule: str
    cure: str | None = None

    def __str__(self) -> str:
        """One line, whatever the value holds; a long value is cut."""
        return f"{self.at}: {self.severity}: {self.sentence} [{self.rule}]"

    @property
    def sentence(self) -> str:
        """The message, and what was found."""
        found = "" if self.value is None else f" Found: {_shown(self.value)}."
        return f"{self.message}{found}"

    def __lt__(self, other: ValidationResult) -> bool:
        return self._order() < other._order()

    def _order(self) -> tuple[Location, str, str, str]:
        return (self.at, self.severity, self.rule, str(self))


def _shown(value: str) -> str:
    cut = f"{value[:SHOWN]}… ({len(value)} characters)" if len(value) > 2 * SHOWN else value
    return visible(cut)


def syntax_result(error: FileError) -> ValidationResult:
    """A file that cannot be read, as a result."""
    path = error.location.path
    message = error.message if error.message.endswith(("?", ".")) else f"{error.message}."
    return ValidationResult(error.location, Severity.VIOLATION, path, None, None, message, "syntax")


def violations(results: Iterable[ValidationResult]) -> list[ValidationResult]:
    """The results that are violations; a warning is none."""
    return [result for result in results if result.severity is Severity.VIOLATION]


def summary(results: Iterable[ValidationResult]) -> str:
    """``violations: 1, warnings: 0``."""
    count = Counter(result.severity for result in results)
    return f"violations: {count[Severity.VIOLATION]}, warnings: {count[Severity.WARNING]}"
