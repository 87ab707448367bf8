"""Make the picture of a Summary of Findings: what is drawn of each row, and what stands beside."""

from __future__ import annotations

from collections.abc import Iterator

from allograph.drawings.charts.drawing import Scale
from allograph.drawings.charts.summary import NARROW, WIDE, Chapter, Drawn, picture_of
from allograph.reading.citation import NOTICE
from allograph.reading.summary.absolute import PER, Limits
from allograph.reading.summary.said import title_of
from allograph.reading.summary.table import MONTHS, NOTHING, Finding, Summary, in_sections
from allograph.reading.summary.words import (
    absolute_text,
    certainty_text,
    difference_text,
    range_text,
    relative_text,
    studies_text,
)

DIFFERENCES = Scale("", "difference", "of 1,000", null=0)
SHARES = Scale("", "share", "of 1,000")
TIMES = Scale("", "median", "mo")


def svg_of(summary: Summary, address: str, *, is_narrow: bool = False) -> str:
    """The picture as SVG; ``address`` is where the table stands."""
    measures = NARROW if is_narrow else WIDE
    title = title_of(summary)
    release = f"Release {summary.release}. " if summary.release else ""
    notes = [
        "A filled diamond is pooled; a hollow square is one study, or people counted together"
        " without a model. Lines are confidence intervals.",
        f"{release}{address}. {NOTICE}",
    ]
    canvas = picture_of(title, _lead(summary), list(_chapters(summary)), notes, measures)
    described = "; ".join(
        f"{finding.label}: {_figure(summary, finding)}" for finding in summary.main
    )
    return canvas.svg(title, described)


def _lead(summary: Summary) -> str:
    against = summary.subject.against
    if against is None:
        return f"{summary.subject.drug.label}: of 1,000 people who were given it"
    return f"{summary.subject.drug.label} against {against.label}: more or fewer of 1,000 people"


def _chapters(summary: Summary) -> Iterator[Chapter]:
    """Rows over one axis: those of a section, of a drug alone the times apart from the shares."""
    is_compared = summary.is_comparison
    for section, findings in in_sections(summary.main):
        times = [finding for finding in findings if _is_time(finding)]
        others = [finding for finding in findings if not _is_time(finding)]
        if others:
            scale = DIFFERENCES if is_compared else SHARES
            ends = ("fewer", "more") if is_compared else ("", "")
            yield Chapter(section, scale, [_drawn(summary, one) for one in others], ends)
        if times:
            yield Chapter(
                f"{section}: median, in months", TIMES, [_drawn(summary, one) for one in times]
            )


def _is_time(finding: Finding) -> bool:
    return finding.absolute is not None and finding.absolute.unit == MONTHS


def _drawn(summary: Summary, finding: Finding) -> Drawn:
    limits = _limits(summary, finding)
    beside = [studies_text(finding), certainty_text(finding) if finding.studies else ""]
    if limits is None:
        beside.insert(0, " ".join(finding.why) or finding.absolute_why)
    beside = [part.removesuffix(".") for part in beside]
    return Drawn(
        label=finding.label,
        below=finding.words,
        figure=_figure(summary, finding),
        beside="; ".join(filter(None, beside)),
        value=limits.value if limits else None,
        low=limits.lower if limits else None,
        high=limits.upper if limits else None,
        link=finding.figures[0].iri if finding.figures else "",
        is_faint=not (finding.relative and finding.relative.model),
    )


def _limits(summary: Summary, finding: Finding) -> Limits | None:
    absolute = finding.absolute
    if absolute is None:
        return None
    if absolute.unit == MONTHS:
        return absolute.given
    shares = absolute.difference if summary.is_comparison else absolute.given
    return shares.through(lambda share: PER * share) if shares else None


def _none(finding: Finding) -> str:
    return "nothing known" if finding.state == NOTHING else "not pooled"


def _figure(summary: Summary, finding: Finding) -> str:
    absolute = finding.absolute
    if summary.is_comparison:
        said = (difference_text(absolute) if absolute else "", relative_text(finding.relative))
        return "; ".join(filter(None, said)) or _none(finding)
    if absolute is None:
        return _none(finding)
    of = "" if absolute.unit == MONTHS else " of 1,000"
    return "; ".join(filter(None, (f"{absolute_text(absolute)}{of}", range_text(finding))))
