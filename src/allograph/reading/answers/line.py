"""The answer of a question in one sentence, made from its rows, as a clinician would say it.

The most telling kind of finding is said, with its studies, its people counted once, and the gravest
doubts about it; findings of other kinds are never put into its range, only counted beside it. A
question whose rows are no findings says how many there are of what, by its header ``answer``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from allograph.evidence import Evidence
from allograph.evidence.people import count_people
from allograph.evidence.records import Comparison
from allograph.namespaces import key_of
from allograph.questions.question import Bound
from allograph.reading.answers.alike import (
    Bunch,
    bunches_of,
    differences,
    kind_of,
    treatments_of,
)
from allograph.reading.answers.counts import counts_in_words
from allograph.reading.answers.doubted import Doubts, doubts_in_words, doubts_of
from allograph.reading.answers.findings import Finding, findings_of
from allograph.reading.answers.known import read_known
from allograph.reading.answers.labels import label_of, shortened
from allograph.reading.answers.nothing import nothing_in_words
from allograph.reading.answers.rows import AnswerRow, AnswerRows
from allograph.reading.answers.treated import after_in_words
from allograph.reading.answers.wording import amount_of, finding_in_words
from allograph.reading.reader import Reader

NONE_LEFT = "No row of this answer is left by what it was narrowed to."
ENOUGH = 2
"""Studies of another drug that make the same finding worth saying of it, too."""


def answer_line(reader: Reader, asked: Bound, answer: AnswerRows, rows: Sequence[AnswerRow]) -> str:
    """The sentence for ``rows``, which are wanted of ``answer``; empty if nothing is to say."""
    question = asked.question
    if not rows and answer.rows:
        return NONE_LEFT
    if not rows:
        return nothing_in_words(reader.once(read_known), asked)
    if question.answer:
        return counts_in_words(question.answer, rows)
    evidence = reader.once(read_known)
    findings = findings_of(evidence, question, answer, rows)
    drugs, outcomes = (_chosen(asked, name) for name in ("Drug", "Outcome"))
    bunches = bunches_of(evidence, findings, drugs, outcomes)
    if not bunches:
        return ""
    doubts = reader.once(_doubts)
    line = _Line(evidence, doubts, tuple(findings), tuple(bunches), question.finding)
    return " ".join(line.sentences())


def _doubts(reader: Reader) -> Doubts:
    return doubts_of(reader.once(read_known))


def _chosen(asked: Bound, name: str) -> tuple[str, ...]:
    """The records of a class that were asked for, in their order."""
    return tuple(
        value.choice.iri
        for argument in asked.arguments
        if key_of(argument.parameter.class_iri or "") == name
        for value in argument.values
        if value.choice
    )


@dataclass(frozen=True)
class _Line:
    """What is said of findings: of their first bunch, and of what stands beside it."""

    evidence: Evidence
    doubts: Doubts
    findings: tuple[Finding, ...]
    bunches: tuple[Bunch, ...]
    verb: str

    @property
    def first(self) -> Bunch:
        """What is said first."""
        return self.bunches[0]

    def sentences(self) -> Iterator[str]:
        """The sentences, one or a few."""
        found = finding_in_words(self.evidence, self.first, self.verb)
        yield f"{found[:1].upper()}{found[1:]} ({self._sources(self.first)})."
        second = self._second()
        if second:
            after = after_in_words(self.evidence, second)
            amount = amount_of(self.evidence, second)
            yield f"{after[:1].upper()}{after[1:]}: {amount} ({self._sources(second)})."
        yield from self._others({self.first.drug, second.drug if second else self.first.drug})

    def _sources(self, bunch: Bunch) -> str:
        """The studies, by name if it is one, their people, and what is to be said against it."""
        studies = bunch.studies
        named = shortened(self.evidence.study_label(studies[0]).partition(":")[0])
        who = named if len(studies) == 1 else f"{len(studies)} studies"
        return "; ".join([f"{who}, {self._people(bunch)}", *self._remarks(bunch)])

    def _people(self, bunch: Bunch) -> str:
        """How many people, each counted once, without groups whose size nobody states."""
        groups = dict.fromkeys(group for one in bunch.findings for group in sides_of(one))
        is_known = {
            group: count_people(self.evidence, [group]).number is not None for group in groups
        }
        known = [group for group in groups if is_known[group]]
        if not known:
            return "people not counted"
        people = count_people(self.evidence, known)
        untold = len(groups) - len(known)
        noun = "person" if people.number == 1 else "people"
        if not untold:
            return f"{people} {noun}"
        return f"{people} {noun} and {untold} group{'' if untold == 1 else 's'} without a number"

    def _remarks(self, bunch: Bunch) -> Iterator[str]:
        """What a source leaves open, what only somebody else tells, and the gravest doubts."""
        if bunch.kind.source:
            tiers = sorted({self._tier(one) for one in bunch.findings})
            yield f"known only from a {' or a '.join(tiers)}"
        for one in bunch.findings:
            if one.left_open:
                yield f"one leaves open how many, {one.left_open}"
        if not bunch.kind.source:
            yield from self._retold(bunch)
        figures = [one.figure for one in bunch.findings]
        yield from doubts_in_words(self.evidence, figures, self.doubts)

    def _retold(self, bunch: Bunch) -> Iterator[str]:
        """The studies of which only somebody else tells such a figure."""
        told = replace(bunch.kind, source=True)
        for other in self.bunches:
            if other.kind != told or other.drug != bunch.drug:
                continue
            only = [one for one in other.findings if one.figure.study not in bunch.studies]
            if only:
                studies = len({one.figure.study for one in only})
                tiers = " or a ".join(sorted({self._tier(one) for one in only}))
                amount = amount_of(
                    self.evidence, replace(other, findings=tuple(only)), is_short=True
                )
                are = "one more is" if studies == 1 else f"{studies} more are"
                yield f"{are} known only from a {tiers}, {amount}"

    def _tier(self, finding: Finding) -> str:
        return label_of(self.evidence, "tier", self.evidence.tier(finding.figure))

    def _second(self) -> Bunch | None:
        """The same kind of finding after another drug, in other groups."""
        said = {id(one) for one in self.first.findings}
        return next(
            (
                other
                for other in self.bunches[1:]
                if other.kind == self.first.kind
                and other.drug
                and len(other.studies) >= ENOUGH
                and said.isdisjoint(map(id, other.findings))
            ),
            None,
        )

    def _others(self, drugs: set[str]) -> Iterator[str]:
        """How many findings are of other kinds, or after other treatments, and what differs."""
        first = self.first
        kinds = {id(one): kind_of(self.evidence, one) for one in self.findings}
        treated = {
            id(one): not drugs.isdisjoint(treatments_of(self.evidence, one))
            for one in self.findings
        }
        others = {key for key in kinds if kinds[key] != first.kind or not treated[key]}
        if not others:
            return
        names = differences(first.kind, {kinds[key] for key in others})
        if not all(treated[key] for key in others):
            names.append("treatment")
        listed = " or ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
        are_compared = {
            isinstance(one.figure, Comparison) for one in self.findings if id(one) in others
        }
        nouns = [
            noun
            for is_one, noun in ((False, "figure"), (True, "comparison"))
            if is_one in are_compared
        ]
        differ = " and ".join(nouns if len(others) == 1 else [f"{noun}s" for noun in nouns])
        yield f"{len(others):,} more {differ} differ{'s' if len(others) == 1 else ''} in {listed}."


def sides_of(finding: Finding) -> list[str]:
    """The groups of a finding: that of a figure, or both of a comparison."""
    figure = finding.figure
    other = figure.comparator if isinstance(figure, Comparison) else None
    return [finding.group, *([other] if other else [])]
