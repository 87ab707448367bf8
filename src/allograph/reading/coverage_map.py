"""The map of what is in: studies by outcomes and drugs, with people, and trials not yet read.

A cell says how many people of a study were counted for an outcome, narrower ones among them, each
once. A trial that is known and not yet read has a hollow row: nobody has entered what it found, so
it has no cells. The drugs of the map are those that bind a target; studies of others are of none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from allograph.evidence import Evidence
from allograph.evidence.people import People, count_people
from allograph.evidence.records import Comparison, Result
from allograph.questions.question import Bound
from allograph.rdf.nodes import Node
from allograph.rdf.vocabularies import SKOS
from allograph.reading.answers.alike import OUTSIDE
from allograph.reading.answers.known import read_known
from allograph.reading.reader import Reader

SHADES = ((6, "many"), (3, "some"), (1, "few"))
"""From how many figures and comparisons of a study on, which shade of a cell."""
SHADES_OF_STUDIES = ((20, "many"), (8, "some"), (1, "few"))
"""From how many studies on, which shade of a cell of the small map."""


@dataclass(frozen=True)
class Named:
    """A drug or an outcome: its IRI, and what it is called."""

    iri: str
    label: str

    @property
    def key(self) -> str:
        """The last word of its address."""
        return self.iri.rpartition("/")[2]


@dataclass(frozen=True)
class Place:
    """What is in of one outcome: figures, comparisons, studies, and their people, once."""

    figures: int
    comparisons: int
    studies: int
    people: People

    @property
    def shade(self) -> str:
        """How dark it is, by its figures and comparisons."""
        return _shade(self.figures + self.comparisons, SHADES)

    @property
    def shade_of_studies(self) -> str:
        """How dark it is, by its studies."""
        return _shade(self.studies, SHADES_OF_STUDIES)


def _shade(number: int, shades: Sequence[tuple[int, str]]) -> str:
    return next((shade for least, shade in shades if number >= least), "none")


@dataclass(frozen=True)
class StudyRow:
    """A study: its people are those of its largest group, its places are by outcome."""

    study: Named
    people: int | None
    drugs: frozenset[str]
    places: Mapping[str, Place]


@dataclass(frozen=True)
class TrialRow:
    """A trial that is known and not yet read: how many people it has, or planned to have."""

    trial: Named
    taken_in: str
    planned: str
    progress: str
    drugs: frozenset[str]


@dataclass(frozen=True)
class Section:
    """The studies and trials of the same drugs of the map; of none, ``drugs`` is empty."""

    drugs: tuple[Named, ...]
    studies: tuple[StudyRow, ...]
    trials: tuple[TrialRow, ...]

    @property
    def label(self) -> str:
        """Its drugs."""
        return " and ".join(drug.label for drug in self.drugs) or "other treatment"


@dataclass(frozen=True)
class CoverageMap:
    """The whole map: ``outcomes`` are the widest ones, those of most studies first.

    ``by_drug`` has the places of all studies of a drug by outcome, as a small map shows them.
    """

    outcomes: tuple[Named, ...]
    drugs: tuple[Named, ...]
    studies: tuple[StudyRow, ...]
    trials: tuple[TrialRow, ...]
    by_drug: Mapping[str, Mapping[str, Place]]

    def narrowed(self, drug: str) -> CoverageMap:
        """The map of one drug, by its key; raises ``KeyError`` for one that it does not have."""
        wanted = {each.key: each for each in self.drugs}[drug]
        return replace(
            self,
            studies=tuple(row for row in self.studies if wanted.iri in row.drugs),
            trials=tuple(row for row in self.trials if wanted.iri in row.drugs),
        )

    def sections(self) -> list[Section]:
        """Studies and trials by the drugs of the map that they share, one drug before several."""
        found: dict[tuple[Named, ...], tuple[list[StudyRow], list[TrialRow]]] = defaultdict(
            lambda: ([], [])
        )
        for study in self.studies:
            found[self._drugs_among(study.drugs)][0].append(study)
        for trial in self.trials:
            found[self._drugs_among(trial.drugs)][1].append(trial)
        order = sorted(
            found, key=lambda drugs: (not drugs, len(drugs), [one.label for one in drugs])
        )
        return [Section(key, tuple(found[key][0]), tuple(found[key][1])) for key in order]

    def studies_of(self, drug: Named) -> int:
        """How many studies gave a drug."""
        return sum(1 for row in self.studies if drug.iri in row.drugs)

    def trials_of(self, drug: Named) -> list[TrialRow]:
        """The trials of a drug that are not yet read."""
        return [row for row in self.trials if drug.iri in row.drugs]

    def asked_for(self, asked: Bound) -> tuple[Named, ...]:
        """The drugs of the map that a question asks for; all of them, if it asks for none."""
        chosen = {
            value.choice.iri
            for argument in asked.arguments
            for value in argument.values
            if value.choice
        }
        return self._drugs_among(chosen) or self.drugs

    def _drugs_among(self, drugs: Collection[str]) -> tuple[Named, ...]:
        return tuple(drug for drug in self.drugs if drug.iri in drugs)


def read_map(reader: Reader) -> CoverageMap:
    """The map of a reader, for ``Reader.once``."""
    return map_of(reader.once(read_known))


def map_of(evidence: Evidence) -> CoverageMap:
    """Make the map of an evidence."""
    widest = [
        Named(node.iri, node.label)
        for node in evidence.instances("Outcome")
        if not node.iris(SKOS.broader)
    ]
    binding = [node for node in evidence.instances("Drug") if node.iris("binds")]
    found = _by_study_and_outcome(evidence, [outcome.iri for outcome in widest])
    studies = _studies(evidence, found)
    drugs = sorted(
        (Named(node.iri, node.label) for node in binding),
        key=lambda drug: (-sum(1 for row in studies if drug.iri in row.drugs), drug.label),
    )
    outcomes = sorted(
        widest,
        key=lambda each: (-sum(1 for row in studies if each.iri in row.places), each.label),
    )
    by_drug = {drug.iri: _of_drug(evidence, drug, outcomes, studies, found) for drug in drugs}
    trials = tuple(_trial(evidence, node) for node in evidence.instances("Lead"))
    return CoverageMap(
        tuple(outcomes),
        tuple(drugs),
        studies,
        tuple(sorted(trials, key=lambda row: row.trial.label.casefold())),
        by_drug,
    )


Figures = list[Result | Comparison]
Found = Mapping[tuple[str, str], Figures]


def _by_study_and_outcome(evidence: Evidence, widest: Sequence[str]) -> Found:
    """The figures and comparisons of each study by the widest outcomes; of two, under both."""
    found: dict[tuple[str, str], Figures] = defaultdict(list)
    every: Figures = [*evidence.results.values(), *evidence.comparisons.values()]
    for figure in every:
        for outcome in evidence.broader(figure.outcome).intersection(widest):
            found[figure.study or "", outcome].append(figure)
    return found


def _studies(evidence: Evidence, found: Found) -> tuple[StudyRow, ...]:
    """The studies, the largest first."""
    rows = []
    for study in evidence.studies.values():
        groups = [
            group
            for group in evidence.groups_of_study.get(study.iri, ())
            if group.grouping not in OUTSIDE
        ]
        sizes = [group.size for group in groups if group.size is not None]
        regimens = {iri for group in groups for iri in group.regimens}
        places = {
            outcome: _place(evidence, figures)
            for (of_study, outcome), figures in found.items()
            if of_study == study.iri
        }
        drugs = frozenset(drug for iri in regimens for drug in _drugs(evidence.nodes.of(iri)))
        rows.append(
            StudyRow(Named(study.iri, study.label), max(sizes, default=None), drugs, places)
        )
    return tuple(sorted(rows, key=lambda row: (-(row.people or 0), row.study.label.casefold())))


def _drugs(regimen: Node) -> tuple[str, ...]:
    """The drugs that all or some were given."""
    return (*regimen.iris("drug"), *regimen.iris("optionalDrug"))


def _of_drug(
    evidence: Evidence,
    drug: Named,
    outcomes: Iterable[Named],
    studies: Iterable[StudyRow],
    found: Found,
) -> Mapping[str, Place]:
    """What is in of the groups that were given a drug, all studies together."""
    given = {
        group.iri
        for group in evidence.groups.values()
        if any(drug.iri in _drugs(evidence.nodes.of(iri)) for iri in group.regimens)
    }
    of_drug = [row.study.iri for row in studies if drug.iri in row.drugs]
    places = {}
    for outcome in outcomes:
        figures = [
            figure
            for study in of_drug
            for figure in found.get((study, outcome.iri), ())
            if not given.isdisjoint(_groups(figure))
        ]
        if figures:
            places[outcome.iri] = _place(evidence, figures, given)
    return places


def _groups(figure: Result | Comparison) -> list[str]:
    other = figure.comparator if isinstance(figure, Comparison) else None
    return [group for group in (figure.group, other) if group]


def _place(evidence: Evidence, figures: Figures, among: Collection[str] | None = None) -> Place:
    """The figures of an outcome, and their people once, as far as their number is known."""
    comparisons = sum(1 for figure in figures if isinstance(figure, Comparison))
    groups = {
        group
        for figure in figures
        for group in _groups(figure)
        if (among is None or group in among)
        and group in evidence.groups
        and evidence.groups[group].grouping not in OUTSIDE
    }
    known = {group for group in groups if count_people(evidence, [group]).number is not None}
    studies = {figure.study for figure in figures}
    people = count_people(evidence, known) if known else People(None, is_exact=False)
    return Place(len(figures) - comparisons, comparisons, len(studies), people)


def _trial(evidence: Evidence, node: Node) -> TrialRow:
    progress = node.iris("progress")
    return TrialRow(
        Named(node.iri, node.label),
        node.value("actualSize"),
        node.value("plannedSize"),
        evidence.nodes.of(progress[0]).label if progress else "",
        frozenset(node.iris("drug")),
    )
