"""Make a Summary of Findings of the evidence: what is pooled of each outcome, and what is not.

Every number is that of ``evidence.pooling``, or of one study; a refusal stays one. Certainty is
what ``evidence.judgements`` says, a person's judgement before a proposal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from allograph.evidence import Evidence
from allograph.evidence.judgements import Certainty, answer_key, judged, proposed_certainty
from allograph.evidence.pooling.answers import COMPARISON, SHARE, Answer, Pool, Refused, Row, Wish
from allograph.evidence.pooling.pool import pool
from allograph.namespaces import BASE
from allograph.reading.summary.effects import effect_of_pool
from allograph.reading.summary.notes import Doubts, NoteBook, doubts_about
from allograph.reading.summary.outcomes import CRITICAL, MOST_ROWS, OUTCOMES, Listed
from allograph.reading.summary.people import (
    chosen_of,
    is_by_chance,
    is_of,
    is_part,
    is_printed_by_chance,
    kind_of_pool,
    people_of,
    setting_of,
    studies_of,
)
from allograph.reading.summary.printed import nearest_as_printed
from allograph.reading.summary.shares import share_of_pool
from allograph.reading.summary.steps import note_of
from allograph.reading.summary.subject import Subject
from allograph.reading.summary.table import NOTHING, REFUSED, Figure, Finding, LeftOut, Summary

BY_COUNTS = "from the people of both arms"
"""What every effect is that counts give, which its row says itself."""
NO_FIGURE = "No figure of it is in this release."
PREFERRED = ("rr", "hr", "shr", "or", "rd", "md")
"""Measures of one comparison, the one that a table shows first: a ratio of risks is read best."""


def summary_of(
    evidence: Evidence, subject: Subject, doubts: Doubts, release: str, issued: str = ""
) -> Summary:
    """The table of a subject; ``doubts`` are those of the ledger, by what they are about."""
    making = _Making(evidence, subject, doubts)
    found: list[tuple[int, Finding]] = []
    left_out: list[LeftOut] = []
    for place, listed in enumerate(OUTCOMES):
        answer = pool(evidence, making.wish(listed))
        refused = [one for one in answer.left_out if making.is_of([one.row.figure])]
        left_out.extend(
            LeftOut(row.figure, answer.wish.outcome, row.label, row.reported_as, one.reason)
            for one in refused
            for row in (one.row,)
        )
        rows = list(making.findings(listed, answer))
        if subject.against is not None:
            rows.extend(making.as_printed(listed, answer, refused, rows))
        if listed.importance == CRITICAL and not rows:
            rows = [making.nothing(listed, answer, refused)]
        found.extend((place, row) for row in rows)
    ordered = _in_order(found, are_few=subject.against is not None)
    main = [finding for finding in ordered if finding.is_main]
    others = [finding for finding in ordered if not finding.is_main]
    return Summary(
        subject,
        tuple(making.noted(finding) for finding in (*main, *others)),
        making.book.notes,
        tuple(left_out),
        _population(main),
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

    def wish(self, listed: Listed) -> Wish:
        """What is asked of pooling: the drug, and the comparator where it is one record."""
        against = self.subject.against
        return Wish(
            f"{BASE}outcome/{listed.key}",
            drug=self.subject.drug.iri,
            comparator=against.iri if against else None,
        )

    def is_of(self, figures: Iterable[str]) -> bool:
        """Tell whether figures are of the subject."""
        known = list(figures)
        is_compared = all(figure in self.evidence.comparisons for figure in known)
        kind = COMPARISON if is_compared else SHARE
        return is_of(self.evidence, self.subject, kind, known)

    def findings(self, listed: Listed, answer: Answer) -> Iterator[Finding]:
        """The rows of an outcome: one for each pool that is of the subject."""
        for found in answer.pools:
            figures = [row.figure for row in found.rows]
            if is_of(self.evidence, self.subject, found.kind, figures):
                yield self._finding(listed, answer, found)

    def _finding(self, listed: Listed, answer: Answer, found: Pool) -> Finding:
        evidence = self.evidence
        kind = kind_of_pool(evidence, self.subject, found)
        is_comparison = found.kind == COMPARISON
        cells = effect_of_pool(evidence, found) if is_comparison else share_of_pool(found)
        values = zip(found.rows, cells.values, strict=True)
        return replace(
            self._begun(listed, answer),
            section=kind.section,
            words=kind.words,
            state=cells.state,
            why=cells.why,
            absolute=cells.absolute,
            absolute_why=cells.absolute_why,
            relative=cells.relative,
            extremes=cells.extremes,
            studies=studies_of(found.rows, is_randomised=is_by_chance(found)),
            people=people_of(evidence, found.rows),
            certainty=self._certainty(answer, found, cells.stand_in),
            remarks=(*cells.remarks, *_derived(found.rows), *found.remarks),
            figures=tuple(Figure(row, value) for row, value in values),
            is_part=is_part(evidence, (row.figure for row in found.rows)),
        )

    def _begun(self, listed: Listed, answer: Answer) -> Finding:
        outcome = answer.wish.outcome
        return Finding(
            outcome=outcome,
            label=answer.outcome_label,
            importance=listed.importance,
            section="",
            words="",
            state=NOTHING,
            is_desirable=self.evidence.is_desirable(outcome),
        )

    def _certainty(self, answer: Answer, found: Pool, stand_in: Pool | None) -> Certainty | None:
        """A person's judgement, else a proposal; none of what gives no number."""
        if by_person := judged(self.evidence, answer_key(answer.wish, found)):
            return by_person
        known = found if found.synthesis is not None else stand_in
        return proposed_certainty(known, self.evidence) if known else None

    def as_printed(
        self, listed: Listed, answer: Answer, refused: Sequence[Refused], rows: Sequence[Finding]
    ) -> Iterator[Finding]:
        """What the nearest report prints of all people where pooling takes nothing of them."""
        evidence = self.evidence
        figures = (figure for row in rows if not row.is_part for figure in row.figures)
        known = {(figure.row.study, chosen_of(evidence, figure.iri)) for figure in figures}
        for one in nearest_as_printed(evidence, refused):
            section = setting_of(evidence, [one.row.study])
            if (one.row.study, chosen_of(evidence, one.row.figure)) not in known:
                yield replace(
                    self._begun(listed, answer),
                    section=section,
                    words=one.definition,
                    state=REFUSED,
                    why=(f"{one.said}. {one.reason[:1].upper()}{one.reason[1:]}.",),
                    studies=studies_of(
                        [one.row], is_randomised=is_printed_by_chance(evidence, one.row.figure)
                    ),
                    people=people_of(evidence, [one.row]),
                    figures=(Figure(one.row, one.said),),
                )

    def nothing(self, listed: Listed, answer: Answer, refused: Sequence[Refused]) -> Finding:
        """The row of an outcome of which nothing can be said: why, as far as it is known."""
        number = len({one.row.figure for one in refused})
        figures = "Its one figure is" if number == 1 else f"All {number} figures of it are"
        why = f"{figures} left out, each for a reason." if number else NO_FIGURE
        return replace(self._begun(listed, answer), why=(why,))

    def noted(self, finding: Finding) -> Finding:
        """A row with the numbers of its notes: remarks of pooling, then doubts of the ledger."""
        figures = [figure.iri for figure in finding.figures]
        if finding.absolute and finding.absolute.without:
            figures.extend(finding.absolute.without.figures)
        numbers = [self.book.add(remark) for remark in finding.remarks]
        numbers += self.book.add_doubts(doubts_about(self.evidence, self.doubts, figures))
        moved = [step for step in finding.certainty.steps if step.by] if finding.certainty else []
        return replace(
            finding,
            notes=tuple(dict.fromkeys(numbers)),
            certainty_notes=tuple(self.book.add(note_of(step)) for step in moved),
        )


def _derived(rows: Iterable[Row]) -> Iterator[str]:
    """How the numbers come about that no report prints as they stand here."""
    for row in rows:
        steps = [step for step in (row.derivation or "").split("; ") if step and step != BY_COUNTS]
        if steps:
            yield f"Derived, {row.label.partition(':')[0]}: {'; '.join(steps)}."


def _in_order(found: Sequence[tuple[int, Finding]], *, are_few: bool) -> list[Finding]:
    """Rows by section, those of most people first, and in it by outcome; the main ones are marked.

    A row of which nothing is known stands in the first section. ``are_few`` if every section
    belongs into the table, and not only those of several studies.
    """
    people: Counter[str] = Counter()
    for _place, finding in found:
        if finding.section:
            counts = finding.people if finding.state != REFUSED else 0
            people[finding.section] = max(people[finding.section], counts or 0)
    sections = sorted(people, key=lambda section: (-people[section], section))
    rank = {section: number for number, section in enumerate(sections)}
    settled = [
        (place, finding if finding.section else replace(finding, section=(*sections, "")[0]))
        for place, finding in found
    ]
    ordered = sorted(
        settled, key=lambda one: (rank.get(one[1].section, 0), one[0], *_weight(one[1]))
    )
    return list(_marked([finding for _place, finding in ordered], are_few=are_few))


def _weight(finding: Finding) -> tuple[bool, bool, int, int, int, str]:
    """All people before a part of them, what is not refused, the most studies and people."""
    measure = finding.relative.measure if finding.relative else ""
    return (
        finding.is_part,
        finding.state == REFUSED,
        -len(finding.studies),
        -(finding.people or 0),
        PREFERRED.index(measure) if measure in PREFERRED else len(PREFERRED),
        finding.words,
    )


def _marked(findings: Sequence[Finding], *, are_few: bool) -> Iterator[Finding]:
    """Rows, each marked whether it belongs into the table or behind it."""
    first = findings[0].section if findings else ""
    several = (it for it in findings if len(it.studies) > 1 and it.state != REFUSED)
    known = {first, *(finding.section for finding in several)}
    counted: Counter[tuple[str, str]] = Counter()
    said: set[tuple[str, str, str]] = set()
    for finding in findings:
        place = finding.section, finding.outcome
        is_again = (*place, finding.words) in said
        said.add((*place, finding.words))
        has_room = counted[place] < MOST_ROWS[finding.importance]
        is_main = (
            (are_few or finding.section in known)
            and has_room
            and not is_again
            and not (finding.is_part and counted[place])
        )
        counted[place] += is_main
        yield replace(finding, is_main=is_main)


def _population(findings: Sequence[Finding]) -> str:
    """Whom the rows are about, in words."""
    sections = (finding.section for finding in findings if finding.is_main and finding.section)
    return " / ".join(dict.fromkeys(sections))
