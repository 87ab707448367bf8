"""What figures must have in common to be pooled: their traits, each with its name and its words.

The treatment, the setting of the people and what chose them, the definition of the outcome and the
grade keep pools apart; of comparisons also what was compared with what, by which measure, whether
chance made the groups, and how they were made comparable.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from allograph.evidence import Evidence
from allograph.evidence.pooling import differences as of
from allograph.evidence.pooling.candidate import Printed, Told
from allograph.evidence.records import Comparison, Group
from allograph.namespaces import BASE
from allograph.rdf.vocabularies import ADJUSTMENT, AG, DEFINITION

DRUGS = ("drug", "optionalDrug")
NOT_NAMED = "drugs-not-named"
"""The flag of a regimen that has drugs besides those that are named."""
BASELINE = f"{BASE}outcome/baseline"
"""Broader than what people were before the treatment; other outcomes came after it."""
TRANSPLANT = f"{BASE}outcome/transplant"
"""A transplant, the donor left open; figures of allogeneic ones may stand beside it."""
RANDOMISED = "randomised-trial"
BY_CHANCE = frozenset({"randomisation", "none"})
"""Adjustments that leave an estimate as chance, or the source, made it."""


@dataclass(frozen=True)
class Trait:
    """One thing that a figure has, by the name of the difference that it makes, and in words."""

    name: str
    value: Hashable
    words: str = field(default="", compare=False)


Kind: TypeAlias = tuple[Trait, ...]


def in_words(kind: Kind) -> str:
    """A kind for readers: ``inotuzumab ozogamicin alone; relapsed or refractory; CR or CRi``."""
    words = "; ".join(trait.words for trait in kind if trait.words)
    return words.replace("; against ", " against ", 1)


def sides_in_words(evidence: Evidence, figures: Sequence[Told]) -> tuple[str, str]:
    """What was compared with what in comparisons: the treatments of each side."""
    kinds = [traits_of(evidence, one, is_defined=False) for one in figures]
    index, reference = (
        {trait.words for kind in kinds for trait in kind if trait.name == name}
        for name in (of.REGIMEN, of.COMPARATOR)
    )
    others = (words.removeprefix("against ") for words in reference)
    return " or ".join(sorted(index)), " or ".join(sorted(others))


def traits_of(evidence: Evidence, candidate: Told, *, is_defined: bool) -> Kind:
    """The traits of a figure, in the order in which they are read.

    ``is_defined`` if other figures state a definition of their outcome.
    """
    result = candidate.result
    groups = [evidence.groups[iri] for iri in candidate.groups if iri in evidence.groups]
    traits = [*_treatments(evidence, groups), *_people(evidence, result.study, groups)]
    if isinstance(result, Comparison):
        traits.extend(_of_comparison(evidence, result, groups))
    traits.append(_definition(evidence, result, is_defined))
    if (grade := getattr(result, "grade", None)) is not None:
        traits.append(Trait(of.GRADE, grade, f"grade {grade}"))
    return tuple(traits)


def settings_of(evidence: Evidence, study: str | None) -> tuple[str, ...]:
    """The settings of the conditions of a study, and of the broader ones."""
    known = evidence.studies.get(study or "")
    conditions = known.conditions if known else ()
    above = {iri for condition in conditions for iri in evidence.broader(condition)}
    return _sorted(iri for one in above for iri in evidence.nodes.of(one).iris(AG.setting))


def words_of(evidence: Evidence, result: Printed) -> str | None:
    """How a source describes the outcome, where no definition of the list says it."""
    return evidence.nodes.of(result.iri).text("definition")


def _treatments(evidence: Evidence, groups: Sequence[Group]) -> Iterator[Trait]:
    """What the people were given; of two arms, against what.

    Arms that were given the same drugs differ in their regimens: a dose, a schedule.
    """
    given = [_drugs_of(evidence, group) for group in groups]
    if len(given) > 1 and given[0] == given[1]:
        given = [(_sorted(group.regimens), True) for group in groups]
    sides = ((of.REGIMEN, ""), (of.COMPARATOR, "against "))
    drugs = {node.iri for node in evidence.instances("Drug")}
    for (name, start), (treatment, is_named) in zip(sides, given, strict=False):
        words = _labels(evidence, treatment, ", ") or "treatment not stated"
        if drugs.issuperset(treatment):
            is_one = len(treatment) == 1 and is_named
            words += " alone" if is_one else "" if is_named else " with others not named"
        yield Trait(name, (treatment, is_named), start + words)


def _drugs_of(evidence: Evidence, group: Group) -> tuple[tuple[str, ...], bool]:
    """The drugs that all or some of a group were given, or its regimens; and if all are named."""
    regimens = [evidence.nodes.of(iri) for iri in group.regimens]
    drugs = [drug for node in regimens for key in DRUGS for drug in node.iris(key)]
    is_named = not any(NOT_NAMED in node.keys("flag") for node in regimens)
    return _sorted(drugs or group.regimens), is_named


def _people(evidence: Evidence, study: str | None, groups: Sequence[Group]) -> Iterator[Trait]:
    """The setting, and by what the people of each group were chosen: before, and by an outcome."""
    settings = settings_of(evidence, study)
    before, after = (_chosen(evidence, groups, is_baseline=first) for first in (True, False))
    words = [_labels(evidence, settings, ", ") or "setting not stated", _whose(evidence, before)]
    yield Trait(of.POPULATION, (settings, before), "; ".join(filter(None, words)))
    yield Trait(of.DENOMINATOR, _without_donors(evidence, after), _whose(evidence, after))


Chosen: TypeAlias = tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
"""Of each group, the outcomes with which and without which its people were chosen."""


def _chosen(evidence: Evidence, groups: Sequence[Group], *, is_baseline: bool) -> Chosen:
    def kept(iris: Iterable[str]) -> tuple[str, ...]:
        return _sorted(one for one in iris if (BASELINE in evidence.broader(one)) is is_baseline)

    lines = [(group, *evidence.ancestors(group.iri)) for group in groups]
    return tuple(
        (
            kept(iri for one in line for iri in one.selected_by),
            kept(iri for one in line for iri in one.without),
        )
        for line in lines
    )


def _without_donors(evidence: Evidence, chosen: Chosen) -> Hashable:
    """The same, as if no source said of which donor a transplant was."""
    return tuple(
        tuple(
            _sorted(TRANSPLANT if TRANSPLANT in evidence.broader(iri) else iri for iri in iris)
            for iris in of_group
        )
        for of_group in chosen
    )


def donors_of(evidence: Evidence, candidate: Told) -> str | None:
    """Which transplants chose the people of a figure, if its source says of which donor."""
    groups = [evidence.groups[iri] for iri in candidate.groups if iri in evidence.groups]
    chosen = _chosen(evidence, groups, is_baseline=False)
    stated = _sorted(
        iri
        for of_group in chosen
        for iris in of_group
        for iri in iris
        if iri != TRANSPLANT and TRANSPLANT in evidence.broader(iri)
    )
    return _labels(evidence, stated, " and ") or None


def _whose(evidence: Evidence, chosen: Chosen) -> str:
    """Whose share it is: ``of those with complete remission``; of unlike arms, that of each."""
    each = [
        "; ".join(
            f"of those {how} {_labels(evidence, iris, ' and ')}"
            for how, iris in zip(("with", "without"), one, strict=True)
            if iris
        )
        for one in chosen
    ]
    if len(set(each)) < 2:
        return each[0] if each else ""
    first, *others = (one or "of all" for one in each)
    return " against ".join((first, *(one.removeprefix("of ") for one in others)))


def _of_comparison(
    evidence: Evidence, result: Comparison, groups: Sequence[Group]
) -> Iterator[Trait]:
    is_randomised = are_randomised(evidence, result, groups)
    yield Trait(of.DESIGN, is_randomised, "randomised" if is_randomised else "not randomised")
    ways = _sorted(result.adjustments - BY_CHANCE)
    words = ", ".join(evidence.nodes.of(ADJUSTMENT[way]).label or way for way in ways)
    yield Trait(of.ADJUSTMENT, (ways, result.covariates), f"adjusted by {words}" if ways else "")


def are_randomised(evidence: Evidence, result: Comparison, groups: Sequence[Group]) -> bool:
    """Whether chance alone made two groups: arms, or those in them whom no outcome chose."""
    lines = [(group, *evidence.ancestors(group.iri)) for group in groups]
    is_chosen = any(
        BASELINE not in evidence.broader(iri)
        for line in lines
        for one in line
        for iri in (*one.selected_by, *one.without)
    )
    study = evidence.studies.get(result.study or "")
    arms = [{one.iri for one in line if one.grouping == "arm"} for line in lines]
    of_arms = study is not None and study.design == RANDOMISED and all(arms)
    is_said = "randomisation" in result.adjustments
    return not is_chosen and (is_said or (of_arms and not set.intersection(*arms)))


def _definition(evidence: Evidence, result: Printed, is_defined: bool) -> Trait:
    """What was counted; a harm also in its words: until years later it is another harm."""
    is_benefit = evidence.is_desirable(result.outcome) is True
    described = None if is_benefit else words_of(evidence, result)
    if result.definition:
        label = evidence.nodes.of(DEFINITION[result.definition]).label or result.definition
    else:
        label = "definition not stated" if is_defined else ""
    words = "; ".join(filter(None, (label, described)))
    return Trait(of.DEFINITION, (result.definition, described), words)


def _labels(evidence: Evidence, iris: Iterable[str], between: str) -> str:
    return between.join(evidence.nodes.of(iri).label or iri for iri in iris)


def _sorted(iris: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(iris)))
