"""Which findings of an answer are of one kind, so that one range may hold them, and which first.

Of one kind are findings of one outcome with one definition, by one statistic, at one time, in
people of one setting who were chosen alike; told by a study or by somebody who retells it. The
treatment may differ as far as a drug is common to all: ``alone or with other drugs`` says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from allograph.evidence import Evidence
from allograph.evidence.pooling.times import NOT_STATED
from allograph.evidence.pooling.traits import words_of
from allograph.evidence.populations import Populations
from allograph.evidence.records import Comparison, Group, Result
from allograph.namespaces import BASE
from allograph.rdf.vocabularies import AG
from allograph.reading.answers.findings import Finding

OLDER = f"{BASE}condition/all-of-older-people"
"""Older people have no setting in its list, and are not others."""
NO_PART = frozenset({"whole-study", "cohort", "arm"})
OUTSIDE = frozenset({"external-control", "background", "non-human"})
"""Groups that are no people of the study."""

DIMENSIONS = ("outcome", "statistic", "time", "people", "comparator", "source")
"""By what kinds differ, in the words of the line."""


@dataclass(frozen=True)
class Kind:
    """What findings of one range have in common; each part is compared, and read by nobody."""

    outcome: Hashable
    statistic: Hashable
    time: Hashable
    people: Hashable
    comparator: Hashable
    source: bool


@dataclass(frozen=True)
class Bunch:
    """Findings of one kind after one drug, or after regimens that name none; each study once.

    ``drug`` is the IRI of what all were given; ``treatment`` are the drugs of all of them.
    """

    kind: Kind
    drug: str
    findings: tuple[Finding, ...]

    @property
    def studies(self) -> tuple[str, ...]:
        """The studies, in the order of the answer."""
        return tuple(dict.fromkeys(one.figure.study or "" for one in self.findings))

    @property
    def first(self) -> Finding:
        """One of them: what is of the kind is the same in all."""
        return self.findings[0]


def kind_of(evidence: Evidence, finding: Finding) -> Kind:
    """The kind of a finding."""
    figure = finding.figure
    origin = None if figure.time_origin == NOT_STATED else figure.time_origin
    cycle = figure.after_cycle if isinstance(figure, Result) else None
    grade = figure.grade if isinstance(figure, Result) else None
    return Kind(
        outcome=(figure.outcome, figure.definition, words_of_definition(evidence, figure), grade),
        statistic=(type(figure).__name__, finding.measure, finding.unit, finding.is_derived),
        time=(figure.at_time, origin, cycle),
        people=_people(evidence, finding),
        comparator=_comparator(evidence, figure),
        source=evidence.is_told_again(figure),
    )


def words_of_definition(evidence: Evidence, figure: Result | Comparison) -> str | None:
    """How a source describes the outcome, where no definition of the list says it."""
    return words_of(evidence, figure) if isinstance(figure, Result) else None


def line_of(evidence: Evidence, group: str) -> list[Group]:
    """A group and those from which it was drawn."""
    return [one for one in (evidence.groups.get(group), *evidence.ancestors(group)) if one]


def _people(evidence: Evidence, finding: Finding) -> Hashable:
    """The setting, what chose the people, and which part of a study is like no other part."""
    line = line_of(evidence, finding.group)
    study = evidence.studies.get(finding.figure.study or "")
    above = {iri for one in (study.conditions if study else ()) for iri in evidence.broader(one)}
    settings = {iri for one in above for iri in evidence.nodes.of(one).iris(AG.setting)}
    chosen = frozenset(iri for one in line for iri in one.selected_by)
    without = frozenset(iri for one in line for iri in one.without)
    own = line[0].grouping if line else None
    part = own if own in OUTSIDE or own == "analysis-set" else ""
    parts = [one.iri for one in line if one.grouping == "subgroup" and not _is_chosen(one)]
    told_apart = (part, tuple(parts[:1]), finding.leading)
    return (frozenset(settings), OLDER in above, chosen, without, told_apart)


def _is_chosen(group: Group) -> bool:
    """Tell whether an outcome made a group, so that the same one makes another one like it."""
    return bool(group.selected_by or group.without)


def _comparator(evidence: Evidence, figure: Result | Comparison) -> Hashable:
    if not isinstance(figure, Comparison):
        return ()
    other = evidence.groups.get(figure.comparator or "")
    against = (other.regimens, other.grouping in OUTSIDE) if other else ()
    return against, figure.adjustments, figure.analysis_set


def given_to(evidence: Evidence, group: str) -> tuple[frozenset[str], frozenset[str]]:
    """The drugs that all of a group were given, and those that some were."""
    known = evidence.groups.get(group)
    regimens = [evidence.nodes.of(iri) for iri in known.regimens] if known else []
    own = [frozenset(node.iris("drug")) for node in regimens]
    some = {
        drug for node in regimens for name in ("drug", "optionalDrug") for drug in node.iris(name)
    }
    everybody = frozenset.intersection(*own) if own else frozenset()
    return everybody, frozenset(some) - everybody


def bunches_of(
    evidence: Evidence, findings: Sequence[Finding], drugs: Collection[str], outcomes: Sequence[str]
) -> list[Bunch]:
    """All bunches of findings, the most telling first; a finding is in one for each of its drugs.

    ``drugs`` and ``outcomes`` were asked for: beside such a drug others make no bunch, and the
    outcomes that were named first come first.
    """
    populations = Populations(evidence)
    by_kind: dict[Kind, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_kind[kind_of(evidence, finding)].append(finding)
    found = [
        Bunch(
            kind, drug, tuple(_of_a_family_once(populations, _of_a_study_once(populations, some)))
        )
        for kind, alike in by_kind.items()
        for drug, some in _by_drug(evidence, alike, drugs).items()
    ]
    leading = list(dict.fromkeys(finding.leading for finding in findings))
    return sorted(found, key=lambda bunch: _order(evidence, bunch, leading, outcomes))


def _by_drug(
    evidence: Evidence, findings: Sequence[Finding], wanted: Collection[str]
) -> Mapping[str, list[Finding]]:
    """Findings by each drug that all of their people were given, else by regimen."""
    by_drug: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        names = treatments_of(evidence, finding)
        for name in names & set(wanted) or names:
            by_drug[name].append(finding)
    return by_drug


def treatments_of(evidence: Evidence, finding: Finding) -> frozenset[str]:
    """The drugs that all of the people were given, else their regimens; one that is empty."""
    drugs, _ = given_to(evidence, finding.group)
    known = evidence.groups.get(finding.group)
    return drugs or (known.regimens if known else frozenset()) or frozenset([""])


def _of_a_family_once(populations: Populations, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Of two groups of which one contains the other, that of the nearer report, then the larger."""
    every = list(findings)
    evidence = populations.evidence
    kept: list[Finding] = []
    for one in sorted(
        every, key=lambda each: (evidence.distance(each.figure), -_size(evidence, each))
    ):
        others = [each for each in kept if each.figure.study != one.figure.study]
        if not any(_is_nested(populations, one, other) for other in others):
            kept.append(one)
    yield from (one for one in every if one in kept)


def _is_nested(populations: Populations, one: Finding, other: Finding) -> bool:
    return populations.is_within(one.group, other.group) or populations.is_within(
        other.group, one.group
    )


def _size(evidence: Evidence, finding: Finding) -> int:
    return evidence.size(finding.group) or 0


def _of_a_study_once(populations: Populations, findings: Sequence[Finding]) -> Iterator[Finding]:
    """Of each study what is nearest to it: nobody is counted in a larger group, or later, too."""
    evidence = populations.evidence
    by_study: dict[str | None, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_study[finding.figure.study].append(finding)
    for of_study in by_study.values():
        nearest = min(evidence.distance(one.figure) for one in of_study)
        kept: list[Finding] = []
        for one in sorted(
            (each for each in of_study if evidence.distance(each.figure) == nearest),
            key=lambda each: (-_size(evidence, each), _earlier(each)),
        ):
            if not any(_is_said_by(populations, one, other) for other in kept):
                kept.append(one)
        yield from (one for one in of_study if one in kept)


def _earlier(finding: Finding) -> tuple[int, ...]:
    """The later its data, the smaller; what states no cut-off comes last."""
    return tuple(-int(part) for part in (finding.figure.cutoff or "0").split("-") if part.isdigit())


def _is_said_by(populations: Populations, one: Finding, other: Finding) -> bool:
    """Whether a finding is that of others again: of people among them, or of the same earlier.

    Two figures of the very same people and date stay both: a source leaves open which it is.
    """
    if one.group == other.group:
        same = (one.low, one.high) == (other.low, other.high)
        return same or one.figure.cutoff != other.figure.cutoff
    return populations.is_within(one.group, other.group)


def _order(
    evidence: Evidence, bunch: Bunch, leading: Sequence[str], outcomes: Sequence[str]
) -> tuple[Hashable, ...]:
    """What people come for: an outcome that is good or bad, of a study's own people, of many."""
    figure = bunch.first.figure
    group = evidence.groups.get(bunch.first.group)
    above = evidence.broader(figure.outcome)
    asked = [place for place, outcome in enumerate(outcomes) if outcome in above]
    primary = {
        iri for study in bunch.studies for iri in evidence.nodes.of(study).iris("primaryOutcome")
    }
    return (
        group is None or group.grouping in OUTSIDE,
        bunch.kind.source,
        evidence.is_desirable(figure.outcome) is None,
        all(one.low is None for one in bunch.findings),
        isinstance(figure, Result) and bunch.first.measure in ("count", "range", "limit"),
        leading.index(bunch.first.leading),
        min(asked, default=len(outcomes)),
        -len(bunch.studies),
        figure.outcome not in primary,
        not bunch.first.measure.endswith("-ratio"),
        isinstance(figure, Result),
        not evidence.nodes.of(bunch.drug).iris("binds"),
        -sum(_size(evidence, one) for one in bunch.findings),
    )


def differences(kind: Kind, others: Iterable[Kind]) -> list[str]:
    """By what other kinds differ from one."""
    others = list(others)
    return [
        name
        for name in DIMENSIONS
        if any(getattr(one, name) != getattr(kind, name) for one in others)
    ]
