"""The lines of a table as people read them: heads, and for each finding the texts of its cells."""

from __future__ import annotations

from dataclasses import dataclass

from allograph.reading.summary.steps import steps_text
from allograph.reading.summary.table import MONTHS, NOTHING, Finding, Note, Summary
from allograph.reading.summary.words import (
    absolute_text,
    certainty_text,
    difference_text,
    model_text,
    range_text,
    relative_text,
    studies_text,
    without_text,
)


@dataclass(frozen=True)
class Said:
    """What a cell says, and what stands small below it."""

    text: str
    small: str = ""


def heads_of(summary: Summary) -> list[str]:
    """The heads of the columns; those of a comparison have both sides."""
    if summary.subject.against is None:
        return ["Outcome", "Of 1,000 people", "Model", "Studies, people", "Certainty", "Notes"]
    return [
        "Outcome",
        f"Without, of 1,000: {summary.subject.against.label}",
        f"With, of 1,000: {summary.subject.drug.label}",
        "Difference, of 1,000",
        "Relative effect",
        "Studies, people",
        "Certainty",
        "Notes",
    ]


def cells_of(summary: Summary, finding: Finding) -> list[Said]:
    """The cells of a row, in the order of the heads."""
    outcome = Said(finding.label, "; ".join(filter(None, (finding.words, _unit(finding)))))
    ends = [
        Said(studies_text(finding), "; ".join(study.label for study in finding.studies)),
        Said(certainty_text(finding), steps_text(finding.certainty) if finding.certainty else ""),
        Said(", ".join(map(str, (*finding.notes, *finding.certainty_notes)))),
    ]
    why = " ".join(finding.why)
    absolute = finding.absolute
    if summary.subject.against is None:
        share = absolute_text(absolute) if absolute else ""
        beside = "; ".join(filter(None, (range_text(finding), why)))
        return [outcome, Said(share or _none(finding), beside), Said(_model(finding)), *ends]
    risk = absolute.without if absolute else None
    return [
        outcome,
        Said(without_text(risk) if risk else "", risk.source if risk else finding.absolute_why),
        Said(absolute_text(absolute) if absolute else ""),
        Said(difference_text(absolute) if absolute else ""),
        Said(
            relative_text(finding.relative) or _none(finding), model_text(finding.relative) or why
        ),
        *ends,
    ]


def _unit(finding: Finding) -> str:
    is_time = finding.absolute is not None and finding.absolute.unit == MONTHS
    return "median, in months" if is_time else ""


def _none(finding: Finding) -> str:
    return "nothing known" if finding.state == NOTHING else "not pooled"


def _model(finding: Finding) -> str:
    if finding.relative:
        return model_text(finding.relative)
    return finding.absolute.method if finding.absolute else ""


def note_text(note: Note) -> str:
    """A note as a line of text."""
    weight = f" ({note.weight})" if note.weight else ""
    return f"{note.text}{weight}"
