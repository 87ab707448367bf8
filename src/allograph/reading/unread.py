"""Say beside an empty answer which trials are known and not yet read.

A question that no study answers is answered by that, and by the trials that may: those that study
what was asked for. Nothing of it stands among the rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from allograph.namespaces import key_of
from allograph.questions.question import Argument, Bound, Question
from allograph.rdf.store import Store
from allograph.reading.reader import Reader
from allograph.release.catalogue import rows_of

NAMED = 8
"""Trials that a remark names; of more, it says how many there are."""

NOTHING = "No study of this release gives this."

OF_THE_RELEASE = frozenset(
    {"coverage", "doubt", "overlap", "identifier", "disclosure", "mechanism"}
)
"""Tags of questions about what the release holds: no other trial would answer them."""

COMPARATOR = "comparator"
"""The parameter for what a drug is compared with, which tells nothing of what a trial studies."""

NONE: frozenset[str] = frozenset()

PREFIXES = """
PREFIX ag: <https://w3id.org/allograph/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""

# A row for each number, drug and condition of a trial.
TRIALS = f"""{PREFIXES}
SELECT ?iri ?label ?number ?drug ?condition WHERE {{
  ?iri a ag:Lead ; rdfs:label ?label ; ag:registration/dcterms:identifier ?number ;
    ag:drug ?drug ; ag:condition ?condition .
}} ORDER BY ?label ?iri DESC(?number) ?drug ?condition
"""

# Which drugs a target, a regimen or a study stands for.
DRUGS = f"""{PREFIXES}
SELECT DISTINCT ?iri ?other WHERE {{
  {{ ?other ag:binds ?iri }} UNION
  {{ ?iri a ag:Regimen ; ag:drug|ag:optionalDrug ?other }} UNION
  {{ ?group ag:study ?iri ; ag:regimen ?regimen . ?regimen ag:drug|ag:optionalDrug ?other }}
}}
"""
CONDITIONS = f"{PREFIXES}SELECT ?iri ?other WHERE {{ ?iri a ag:Study ; ag:condition ?other }}"
WIDER = f"{PREFIXES}SELECT ?iri ?other WHERE {{ ?iri a ag:Condition ; skos:broader* ?other }}"

Sets = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Trial:
    """A trial that is known and not yet read: its numbers, its drugs and its conditions."""

    iri: str
    label: str
    numbers: tuple[str, ...]
    drugs: frozenset[str]
    conditions: frozenset[str]

    @property
    def name(self) -> str:
        """What it asks, and its registration numbers."""
        return f"{self.label} ({', '.join(self.numbers)})"


@dataclass(frozen=True)
class KnownTrials:
    """All trials that are known and not yet read, and what they are chosen by.

    ``drugs_of`` are the drugs of a target, a regimen or a study, ``conditions_of`` the conditions
    of a study; ``wider`` are those within which a condition lies, itself among them.
    """

    trials: tuple[Trial, ...]
    drugs_of: Sets
    conditions_of: Sets
    wider: Sets

    def fitting(self, asked: Bound) -> tuple[Trial, ...]:
        """The trials that may answer what was asked, those of its very people first."""
        distances = ((self._distance(trial, asked), trial) for trial in self.trials)
        fit = [(distance, trial) for distance, trial in distances if distance is not None]
        return tuple(trial for _, trial in sorted(fit, key=lambda pair: pair[0]))

    def _distance(self, trial: Trial, asked: Bound) -> int | None:
        """How many arguments only people of a wider condition answer; ``None`` if one is not."""
        distance = 0
        for argument in asked.arguments:
            drugs, conditions = self._wanted(argument)
            if drugs and drugs.isdisjoint(trial.drugs):
                return None
            if not conditions or any(self._is_within(one, conditions) for one in trial.conditions):
                continue
            if not any(self._is_within(one, trial.conditions) for one in conditions):
                return None
            distance += 1
        return distance

    def _wanted(self, argument: Argument) -> tuple[frozenset[str], frozenset[str]]:
        """The drugs and the conditions for which an argument asks; none, if it asks for any."""
        if argument.parameter.name == COMPARATOR:
            return NONE, NONE
        chosen = frozenset(value.choice.iri for value in argument.values if value.choice)
        match key_of(argument.parameter.class_iri or ""):
            case "Condition":
                return NONE, chosen
            case "Drug":
                return chosen, NONE
            case "Target" | "Regimen" | "Study":
                return _all_of(chosen, self.drugs_of), _all_of(chosen, self.conditions_of)
        return NONE, NONE

    def _is_within(self, condition: str, others: frozenset[str]) -> bool:
        return not others.isdisjoint(self.wider.get(condition, (condition,)))


@dataclass(frozen=True)
class Unanswered:
    """What is said instead of rows: the trials that may answer, the first of them by name."""

    trials: tuple[Trial, ...]

    @property
    def named(self) -> tuple[Trial, ...]:
        """The trials that are named."""
        return self.trials[:NAMED]

    @property
    def further(self) -> int:
        """How many more there are."""
        return len(self.trials) - len(self.named)

    def __str__(self) -> str:
        """The remark as text, on one line."""
        if not self.trials:
            return f"{NOTHING} No trial that is known and not yet read fits it."
        names = "; ".join(trial.name for trial in self.named)
        more = f"; and {self.further} more" if self.further else ""
        return f"{NOTHING} Known and not yet read: {names}{more}."


def is_about_studies(question: Question) -> bool:
    """Tell whether another study could answer a question."""
    return OF_THE_RELEASE.isdisjoint(question.tags)


def unanswered(asked: Bound, known: KnownTrials) -> Unanswered:
    """What to say where a question about studies has an empty answer."""
    return Unanswered(known.fitting(asked))


def read_known_trials(reader: Reader) -> KnownTrials:
    """The trials that are known and not yet read, for ``Reader.once``."""
    return known_trials(reader.store)


def known_trials(store: Store) -> KnownTrials:
    """Read the trials that are known and not yet read, by their labels."""
    rows_by_iri: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows_of(store, TRIALS):
        rows_by_iri[row["iri"]].append(row)
    return KnownTrials(
        tuple(_trial(iri, rows) for iri, rows in rows_by_iri.items()),
        _sets(store, DRUGS),
        _sets(store, CONDITIONS),
        _sets(store, WIDER),
    )


def _sets(store: Store, sparql: str) -> Sets:
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows_of(store, sparql):
        found[row["iri"]].add(row["other"])
    return {iri: frozenset(others) for iri, others in found.items()}


def _all_of(iris: Iterable[str], sets: Sets) -> frozenset[str]:
    return NONE.union(*(sets.get(iri, NONE) for iri in iris))


def _trial(iri: str, rows: list[dict[str, str]]) -> Trial:
    return Trial(
        iri,
        rows[0]["label"],
        tuple(dict.fromkeys(row["number"] for row in rows)),
        frozenset(row["drug"] for row in rows),
        frozenset(row["condition"] for row in rows),
    )
