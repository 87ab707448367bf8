"""What every form of a Summary of Findings says of itself."""

from __future__ import annotations

from datetime import date

from allograph.reading.citation import Citation
from allograph.reading.summary.table import Summary

TOLD = (
    "Numbers are those that the named studies print, or are pooled by the model beside them;"
    " nothing that must not be pooled is. The order of outcomes and what is called critical are a"
    " proposal: a panel decides."
)


def title_of(summary: Summary) -> str:
    """The title of a table."""
    return f"Summary of findings: {summary.subject.label}"


def citation_of(summary: Summary, url: str, today: date) -> Citation:
    """How a table is cited."""
    return Citation(
        f"summary-{summary.subject.key.replace('..', '-or-')}",
        title_of(summary),
        summary.release,
        summary.issued,
        today,
        url,
    )
