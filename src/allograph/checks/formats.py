"""How the results of ``check`` and ``verify`` are written: one table, for people and for programs.

``json`` is one document, ``github`` the workflow commands that mark a line of a change
(https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from allograph.curated.results import Severity, ValidationResult

_COMMANDS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


@dataclass(frozen=True)
class Told:
    """What a command found: sorted results, lines that sum them up, and counts by name."""

    results: Sequence[ValidationResult]
    summary: Sequence[str]
    counts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ResultFormat:
    """One row: the lines of the answer, and those of the remark beside it."""

    name: str
    answer: Callable[[Told], Sequence[str]]
    remark: Callable[[Told], Sequence[str]]


def _text(told: Told) -> Sequence[str]:
    return [*map(str, told.results), *told.summary]


def _json(told: Told) -> Sequence[str]:
    count = Counter(result.severity for result in told.results)
    document = {
        "violations": count[Severity.VIOLATION],
        "warnings": count[Severity.WARNING],
        "infos": count[Severity.INFO],
        **told.counts,
        "findings": [*map(_finding, told.results)],
    }
    return [json.dumps(document, indent=2, ensure_ascii=False)]


def _finding(result: ValidationResult) -> dict[str, Any]:
    """A result by name; what is not known is ``null``, so that each has the same names."""
    return {
        "file": _file(result),
        "line": result.at.line,
        "column": result.at.column,
        "severity": str(result.severity),
        "rule": result.rule,
        "focus": result.focus_node,
        "path": result.path,
        "value": result.value,
        "message": result.message,
        "cure": result.cure,
    }


def _github(told: Told) -> Sequence[str]:
    return [*map(_command, told.results)]


def _command(result: ValidationResult) -> str:
    properties = {
        "file": _file(result),
        "line": result.at.line,
        "col": result.at.column,
        "title": result.rule,
    }
    written = ",".join(
        f"{name}={_property(str(value))}" for name, value in properties.items() if value is not None
    )
    said = result.sentence if _file(result) else f"{result.at}: {result.sentence}"
    return f"::{_COMMANDS[result.severity]} {written}::{_escaped(said)}"


def _file(result: ValidationResult) -> str | None:
    """The file of a result, from the root; an IRI that no file describes has none."""
    return None if "://" in result.at.path else result.at.path


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def _nothing(_told: Told) -> Sequence[str]:
    return ()


FORMATS = (
    ResultFormat("text", _text, _nothing),
    ResultFormat("json", _json, _nothing),
    ResultFormat("github", _github, lambda told: told.summary),
)
"""For people, for programs, and for the pages of GitHub; the first is the usual one."""
