"""What the form of pooled figures offers: of an outcome the drugs, studies and times it has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from allograph.evidence import Evidence
from allograph.evidence.pooling.answers import Wish
from allograph.evidence.pooling.differences import DIFFERENCES
from allograph.evidence.pooling.effect import MEASURES
from allograph.evidence.pooling.median import MEDIAN_TIME
from allograph.evidence.pooling.share import POOLABLE
from allograph.namespaces import BASE, key_of
from allograph.reading.pooled.asked import MODELS
from allograph.reading.pooled.said import MEASURES as NAMES_OF_MEASURES
from allograph.synthesis.pooled import MODELS as NAMES_OF_MODELS
from allograph.web.pages.pool_asking import name_of


@dataclass(frozen=True)
class Option:
    """One value of an argument, what it is called, and whether it is asked for."""

    value: str
    label: str
    is_chosen: bool = False


@dataclass(frozen=True)
class Choice:
    """An argument with the values that it can have; ``open`` is what it means to have none."""

    name: str
    label: str
    hint: str
    open: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Form:
    """The arguments with one value each, then those with several."""

    single: tuple[Choice, ...]
    several: tuple[Choice, ...]
    at_time: str
    level: str


def form_of(evidence: Evidence, wish: Wish) -> Form:
    """The form of an outcome, filled in as a wish asks."""
    figures = [
        figure
        for figure in (*evidence.results.values(), *evidence.comparisons.values())
        if figure.outcome == wish.outcome
    ]
    groups = {iri for figure in figures for iri in (figure.group, _other(figure)) if iri}
    drugs = {
        drug
        for iri in groups
        if iri in evidence.groups
        for drug in evidence.drugs(evidence.groups[iri])
    }
    given = _records(evidence, drugs, {wish.drug, wish.comparator})
    origins = {figure.time_origin for figure in figures} | {wish.time_origin}
    studies = _records(evidence, {figure.study for figure in figures}, wish.studies)
    single = (
        _choice("drug", "Drug", "What the people were given", "any drug", given, {wish.drug}),
        _choice("comparator", "Against", "Of comparisons", "anything", given, {wish.comparator}),
        _of_names(
            "statistic",
            "Statistic",
            "Which figures are pooled",
            "shares, comparisons and medians",
            [(key, key.replace("-", " ")) for key in (*POOLABLE, *MEASURES.values(), MEDIAN_TIME)],
            wish.statistic,
        ),
        _of_names(
            "measure",
            "Measure",
            "By what treatments are compared",
            "as it is printed",
            [(key, NAMES_OF_MEASURES[key]) for key in MEASURES],
            wish.measure,
        ),
        _of_names(
            "time_origin",
            "Counted from",
            "Where a time begins",
            "any event",
            [
                (key, evidence.nodes.of(f"{BASE}origin/{key}").label or key)
                for key in sorted(filter(None, origins))
            ],
            wish.time_origin,
        ),
        _of_names(
            "model",
            "Model",
            "By which statistical model",
            "the usual one",
            [(key, NAMES_OF_MODELS[key]) for key in MODELS],
            wish.model,
        ),
    )
    several = (
        _choice("study", "Studies", "Only these studies", "all", studies, set(wish.studies)),
        Choice(
            "across",
            "Across",
            "What may differ within a pool; the answer then says so",
            "nothing that differs",
            tuple(Option(name, words, name in wish.across) for name, words in DIFFERENCES.items()),
        ),
    )
    at_time = "" if wish.at_time is None else f"{wish.at_time:f}"
    return Form(single, several, at_time, f"{wish.level:g}")


def _other(figure: object) -> str | None:
    """The comparator of a comparison."""
    comparator: str | None = getattr(figure, "comparator", None)
    return comparator


def _records(
    evidence: Evidence, iris: Iterable[str | None], chosen: Iterable[str | None]
) -> list[tuple[str, str, str]]:
    """Records as IRI, name in an address and label, by label; those that are chosen among them."""
    found = {iri for iri in (*iris, *chosen) if iri}
    named = ((iri, name_of(iri), evidence.nodes.of(iri).label or key_of(iri)) for iri in found)
    return sorted(named, key=lambda each: (each[2].casefold(), each[0]))


def _choice(
    name: str,
    label: str,
    hint: str,
    left_open: str,
    records: Sequence[tuple[str, str, str]],
    chosen: Iterable[str | None],
) -> Choice:
    wanted = set(chosen)
    options = tuple(Option(key, words, iri in wanted) for iri, key, words in records)
    return Choice(name, label, hint, left_open, options)


def _of_names(
    name: str,
    label: str,
    hint: str,
    left_open: str,
    known: Sequence[tuple[str, str]],
    chosen: str | None,
) -> Choice:
    options = tuple(Option(key, words, key == chosen) for key, words in known)
    return Choice(name, label, hint, left_open, options)
