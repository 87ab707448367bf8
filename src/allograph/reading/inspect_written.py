"""The INSPECT-SR worksheet as a workbook, as Markdown and as CSV.

Each has a row for each check with two columns for reviewers and one for what they agree on, the
findings under their check, and the rows on which domains and the study are judged. All that people
decide is empty.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from itertools import starmap
from typing import TypeAlias

from allograph.reading.inspect import Finding, Inspected, Worksheet, counted
from allograph.reading.inspect_checks import ANSWERS, DOMAINS, JUDGEMENTS
from allograph.reading.taking.formats import XLSX, Document

TOOL = "INSPECT-SR, Wilkinson JD et al., medRxiv 2025.09.03.25334905"
GUIDANCE = "https://inspect.sr"
PEOPLE = ("reviewer 1", "reviewer 2", "agreement", "reason")
"""The columns that people fill in."""
HEADS = ("check", "question", "computed", "in the graph", "left to reviewers", *PEOPLE, "guidance")
FOUND_HEADS = ("check", "rule", "sentence", "figure", "as printed", "report", "place", "address",
               "seen by")  # fmt: skip
JUDGED = "judgement"
ONLY_FACTS = "No rule looks at this; the graph says something."
NOT_COMPUTED = "No rule looks at this."

Heads: TypeAlias = tuple[str, ...]
Rows: TypeAlias = list[list[str]]
Widths: TypeAlias = tuple[int, ...]

MARKDOWN = Document("md", "text/markdown", "Markdown", kind="document")
CSV = Document("csv", "text/csv", "CSV", kind="document")
FORMATS = (XLSX, MARKDOWN, CSV)
"""What the worksheet is written as."""


def as_workbook(sheet: Worksheet) -> bytes:
    """A workbook of three sheets; raises ``Unwritable`` for what it cannot hold."""
    from allograph.tables.books import Sheet, write_book  # a quarter of a second

    output = io.BytesIO()
    write_book(starmap(Sheet, _sheets(sheet)), output, (MARKDOWN.media_type, CSV.media_type))
    return output.getvalue()


def as_markdown(sheet: Worksheet) -> str:
    """The worksheet as one text, to be read or filled in."""
    lines = [f"# INSPECT-SR worksheet: {sheet.label}", ""]
    lines += [f"* {name}: {value}" for name, value in _about(sheet)]
    for key, domain in DOMAINS.items():
        lines += ["", f"## Domain {key}: {domain}"]
        for inspected in sheet.checks:
            if inspected.check.number.partition(".")[0] == key:
                lines += ["", f"### {inspected.check.number} {inspected.check.question}", ""]
                lines += _markdown_of(inspected)
        lines += ["", f"**Judgement of the domain** ({JUDGEMENTS})", "", *_blanks()]
    lines += ["", f"## The study ({JUDGEMENTS})", "", *_blanks()]
    return "\n".join((*lines, ""))


def as_csv(sheet: Worksheet) -> bytes:
    """One table: each check, its findings below it, and what is judged."""
    from allograph.tables.table import write_csv_table  # it reads workbooks, too

    heads = ("kind", *HEADS, *FOUND_HEADS[1:])
    return write_csv_table(heads, (_csv_row(heads, row) for row in _csv_rows(sheet)))


def _csv_row(heads: tuple[str, ...], row: Mapping[str, str]) -> list[str]:
    return [row.get(head, "") for head in heads]


def _csv_rows(sheet: Worksheet) -> Iterator[Mapping[str, str]]:
    for inspected in sheet.checks:
        yield {"kind": "check", **dict(zip(HEADS, _row(inspected), strict=True))}
        for finding in inspected.findings:
            found = _found_row(inspected.check.number, finding)
            yield {"kind": "finding", **dict(zip(FOUND_HEADS, found, strict=True))}
    for row in _judged():
        yield {"kind": JUDGED, **dict(zip(HEADS, row, strict=True))}


def _sheets(sheet: Worksheet) -> Iterator[tuple[str, Heads, Rows, Widths, bool]]:
    """Name, heads, rows, widths of the columns and whether texts are wrapped, of each sheet."""
    rows = [*map(_row, sheet.checks), *_judged()]
    yield "checks", HEADS, rows, (7, 36, 44, 30, 36, 12, 12, 12, 24, 40), True
    found = [
        _found_row(inspected.check.number, finding)
        for inspected in sheet.checks
        for finding in inspected.findings
    ]
    yield "findings", FOUND_HEADS, found, (7, 24, 60, 36, 24, 24, 36, 40, 16), True
    yield "about", (), list(map(list, _about(sheet))), (18, 60), True


def _row(inspected: Inspected) -> list[str]:
    check = inspected.check
    return [
        check.number,
        check.question,
        _computed(inspected),
        "; ".join(inspected.facts),
        check.left,
        *("" for _ in PEOPLE),
        check.seen_at or GUIDANCE,
    ]


def _computed(inspected: Inspected) -> str:
    return inspected.computed or (ONLY_FACTS if inspected.facts else NOT_COMPUTED)


def _judged() -> Iterator[list[str]]:
    """The rows on which people judge each domain, and then the study."""
    named = {f"domain {key}": domain for key, domain in DOMAINS.items()} | {"study": "The study"}
    for key, words in named.items():
        yield [key, f"{words}: {JUDGEMENTS}", *[""] * (len(HEADS) - 2)]


def _found_row(number: str, finding: Finding) -> list[str]:
    return [
        number,
        finding.rule_label,
        finding.sentence,
        finding.label,
        finding.reported_as,
        _report(finding),
        finding.place,
        finding.figure,
        "rule and curator" if finding.is_asserted else "rule",
    ]


def _about(sheet: Worksheet) -> Iterator[tuple[str, str]]:
    yield "study", f"{sheet.label}, {sheet.iri}"
    yield "design", sheet.design or "not stated"
    if not sheet.is_randomised:
        yield "note", "The tool was made for randomised trials, and this study is none."
    yield "reports", "; ".join(sheet.reports) or "none"
    yield "looked at", ", ".join(counted(number, kind) for kind, number in sheet.counts.items())
    yield "tool", f"{TOOL}; the questions are in our words, and {GUIDANCE} has the guidance"
    yield "to fill in", f"each check by two reviewers, by themselves ({ANSWERS}); then agreement"
    yield "computed by", f"ALLograph {sheet.version}, from figures as they were entered"
    if sheet.release:
        yield "release", f"{sheet.release}{f' of {sheet.issued}' if sheet.issued else ''}"


def _markdown_of(inspected: Inspected) -> Iterator[str]:
    yield f"* Computed: {_computed(inspected)}"
    said: dict[tuple[str, str], list[Finding]] = {}
    for finding in inspected.findings:
        said.setdefault((finding.rule_label, finding.sentence), []).append(finding)
    for (rule, sentence), findings in said.items():
        yield f"    * {rule}: {sentence}"
        yield from (f"        * {_figure(finding)}" for finding in findings)
    yield from (f"* In the graph: {fact}" for fact in inspected.facts)
    yield f"* Left to reviewers: {inspected.check.left}"
    yield ""
    yield from _blanks()


def _figure(finding: Finding) -> str:
    """A figure with what is printed, and where: a line of Markdown."""
    printed = f"“{finding.reported_as}”" if finding.reported_as else ""
    link = f"[{finding.label}]({finding.figure})"
    return ", ".join(filter(None, (link, printed, _report(finding), finding.place)))


def _report(finding: Finding) -> str:
    return f"{finding.report} (at second hand)" if finding.is_told_again else finding.report


def _blanks() -> Iterator[str]:
    yield f"| {' | '.join(PEOPLE)} |"
    yield f"|{'---|' * len(PEOPLE)}"
    yield f"|{'   |' * len(PEOPLE)}"


WRITERS: Mapping[str, Callable[[Worksheet], bytes]] = {
    XLSX.name: as_workbook,
    MARKDOWN.name: lambda sheet: as_markdown(sheet).encode(),
    CSV.name: as_csv,
}
"""How each of ``FORMATS`` is written, by its name."""
