"""Make a Summary of Findings of the evidence: what is pooled of each outcome, and what is not.

Every number is that of ``evidence.pooling``, or of one study; a refusal stays one. Certainty is
what ``evidence.judgements`` says, a person's judgement before a proposal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from allograph.evidence import Evidence
from allograph.evidence.judgements import Certainty, answer_key, judged, proposed_certainty
from allograph.evidence.pooling.answers import COMPARISON, Answer, Pool, Refused, Wish
from allograph.evidence.pooling.pool import pool
from allograph.namespaces import BASE, key_of
from allograph.reading.summary.effects import effect_of_pool
from allograph.reading.summary.notes import Doubts, NoteBook, doubts_about
from allograph.reading.summary.outcomes import CRITICAL, MOST_ROWS, OUTCOMES, Listed
from allograph.reading.summary.people import Kind, is_of, kind_of_pool, people_of, studies_of
from allograph.reading.summary.shares import share_of_pool
from allograph.reading.summary.subject import Subject
from allograph.reading.summary.table import (
    NOTHING,
    REFUSED,
    Figure,
    Finding,
    LeftOut,
    Summary,
)

NO_FIGURE = "No figure of it is in this release."
FEW_SECTIONS = 2
"""Kinds of people that a table shows whole; of more, those of several studies."""


def summary_of(
    evidence: Evidence, subject: Subject, doubts: Doubts, release: str, issued: str = ""
) -> Summary:
    """The table of a subject; ``doubts`` are those of the ledger, by what they are about."""
    making = _Making(evidence, subject, doubts)
    found: list[tuple[int, Finding]] = []
    left_out: list[LeftOut] = []
    for place, listed in enumerate(OUTCOMES):
        answer = pool(evidence, Wish(f"{BASE}outcome/{listed.key}", drug=subject.drug.iri))
        rows = list(making.findings(listed, answer))
        out = list(making.left_out(answer))
        left_out.extend(out)
        if listed.importance == CRITICAL and not rows:
            rows = [making.nothing(listed, answer, out)]
        found.extend((place, row) for row in rows)
    ordered = _in_order(found)
    return Summary(
        subject,
        tuple(making.noted(finding) for finding in ordered),
        making.book.notes,
        tuple(left_out),
        _population(ordered),
        release,
        issued,
    )


@dataclass
class _Making:
    """What each row is made with; its notes are taken when the rows stand in their order."""

    evidence: Evidence
    subject: Subject
    doubts: Doubts
    book: NoteBook = field(default_factory=NoteBook)

    def findings(self, listed: Listed, answer: Answer) -> Iterator[Finding]:
        """The rows of an outcome: one for each pool that is of the subject."""
        for found in answer.pools:
            if is_of(self.evidence, self.subject, found):
                yield self._finding(listed, answer, found)

    def _finding(self, listed: Listed, answer: Answer, found: Pool) -> Finding:
        evidence = self.evidence
        kind: Kind = kind_of_pool(evidence, self.subject, found)
        cells = (
            effect_of_pool(evidence, found) if found.kind == COMPARISON else share_of_pool(found)
        )
        values = zip(found.rows, cells.values, strict=True)
        figures = [Figure(row, value) for row, value in values]
        return Finding(
            outcome=answer.wish.outcome,
            label=answer.outcome_label,
            importance=listed.importance,
            section=kind.section,
            words=kind.words,
            state=cells.state,
            is_desirable=evidence.is_desirable(answer.wish.outcome),
            why=cells.why,
            absolute=cells.absolute,
            absolute_why=cells.absolute_why,
            relative=cells.relative,
            extremes=cells.extremes,
            studies=studies_of(evidence, found),
            people=people_of(evidence, found),
            certainty=self._certainty(answer, found, cells.stand_in),
            remarks=(*cells.remarks, *found.remarks),
            figures=tuple(figures),
            asked={"outcome": key_of(answer.wish.outcome), "drug": self.subject.drug.key},
        )

    def _certainty(self, answer: Answer, found: Pool, stand_in: Pool | None) -> Certainty | None:
        """A person's judgement, else a proposal; none of what gives no number."""
        if by_person := judged(self.evidence, answer_key(answer.wish, found)):
            return by_person
        known = found if found.synthesis is not None else stand_in
        return proposed_certainty(known, self.evidence) if known else None

    def left_out(self, answer: Answer) -> Iterator[LeftOut]:
        """The figures of the subject that no pool takes."""
        for refused in answer.left_out:
            if self._is_of_subject(refused):
                row = refused.row
                yield LeftOut(
                    row.figure, answer.wish.outcome, row.label, row.reported_as, refused.reason
                )

    def _is_of_subject(self, refused: Refused) -> bool:
        stand_in = Pool(
            COMPARISON if refused.row.figure in self.evidence.comparisons else "share",
            "",
            "",
            (refused.row,),
        )
        return is_of(self.evidence, self.subject, stand_in)

    def nothing(self, listed: Listed, answer: Answer, out: Sequence[LeftOut]) -> Finding:
        """The row of an outcome of which nothing can be said: why, as far as it is known."""
        number = len({one.figure for one in out})
        figures = "Its one figure is" if number == 1 else f"All {number} figures of it are"
        why = f"{figures} left out, each for a reason." if number else NO_FIGURE
        return Finding(
            outcome=answer.wish.outcome,
            label=answer.outcome_label,
            importance=listed.importance,
            section="",
            words="",
            state=NOTHING,
            is_desirable=self.evidence.is_desirable(answer.wish.outcome),
            why=(why,),
            asked={"outcome": listed.key, "drug": self.subject.drug.key},
        )

    def noted(self, finding: Finding) -> Finding:
        """A row with the numbers of its notes: remarks of pooling, then doubts of the ledger."""
        figures = [figure.iri for figure in finding.figures]
        if finding.absolute and finding.absolute.without:
            figures.extend(finding.absolute.without.figures)
        numbers = [self.book.add(remark) for remark in finding.remarks]
        numbers += self.book.add_doubts(doubts_about(self.evidence, self.doubts, figures))
        return replace(finding, notes=tuple(dict.fromkeys(numbers)))


def _in_order(found: Sequence[tuple[int, Finding]]) -> list[Finding]:
    """Rows by section, those of most people first, and in it by outcome; the main ones are marked.

    A row of which nothing is known stands in the first section.
    """
    people: Counter[str] = Counter()
    for _place, finding in found:
        if finding.section:
            people[finding.section] = max(people[finding.section], finding.people or 0)
    sections = sorted(people, key=lambda section: (-people[section], section))
    rank = {section: number for number, section in enumerate(sections)}
    settled = [
        (place, finding if finding.section else replace(finding, section=(*sections, "")[0]))
        for place, finding in found
    ]
    ordered = sorted(
        settled, key=lambda one: (rank.get(one[1].section, 0), one[0], *_weight(one[1]))
    )
    return list(_marked([finding for _place, finding in ordered]))


def _weight(finding: Finding) -> tuple[bool, int, int]:
    """What is not refused first, then that of most studies, then that of most people."""
    return finding.state == REFUSED, -len(finding.studies), -(finding.people or 0)


def _marked(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Rows, each marked whether it belongs into the table or behind it."""
    first = findings[0].section if findings else ""
    several = (it for it in findings if len(it.studies) > 1 and it.state != REFUSED)
    known = {first, *(finding.section for finding in several)}
    is_many = len({finding.section for finding in findings}) > FEW_SECTIONS
    counted: Counter[tuple[str, str]] = Counter()
    for finding in findings:
        place = finding.section, finding.outcome
        counted[place] += 1
        has_room = counted[place] <= MOST_ROWS[finding.importance]
        yield replace(finding, is_main=has_room and (not is_many or finding.section in known))


def _population(findings: Sequence[Finding]) -> str:
    """Whom the rows are about, in words."""
    sections = (finding.section for finding in findings if finding.is_main and finding.section)
    return "; ".join(dict.fromkeys(sections))
