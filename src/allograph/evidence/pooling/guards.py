"""The guards in their order: from figures of one sort to bunches that may be pooled.

Each guard gives the figures that pass and those that are left out, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from allograph.evidence import grouped
from allograph.evidence.pooling import differences as of
from allograph.evidence.pooling.answers import Wish
from allograph.evidence.pooling.candidate import Candidate, LeftOut, Told
from allograph.evidence.pooling.found import Found
from allograph.evidence.pooling.of_study import (
    at_first_hand,
    once_of_a_study,
    without_parts,
    without_retellings,
)
from allograph.evidence.pooling.once import Suggested, once_of_a_family
from allograph.evidence.pooling.times import by_times, with_times
from allograph.evidence.pooling.traits import Kind, Trait, donors_of, settings_of, traits_of
from allograph.evidence.populations import ARM, Populations

TOO_FEW = "Fewer than two studies have such a figure."
NO_SETTING = "The conditions of the studies do not say who the people are (ag:setting)."
NO_TREATMENT = "The groups do not say what their people were given, or hold arms together."


@dataclass(frozen=True)
class Bunch:
    """Figures that have passed: their traits in common, and why they are not pooled, if so."""

    kind: Kind
    figures: Sequence[Any]
    refusals: tuple[str, ...]


@dataclass(frozen=True)
class Guards:
    """What guards one wish: which people are apart, and what may be pooled all the same."""

    populations: Populations
    suggested: Suggested
    wish: Wish

    def bunches(self, found: Found, left_out: list[LeftOut]) -> Iterator[Bunch]:
        """The bunches of figures of one sort; what no bunch takes goes to those left out."""
        evidence, across = self.populations.evidence, self.wish.across
        is_defined = any(one.result.definition for one in found.figures)
        own, retold = without_retellings(evidence, found.figures)
        left_out.extend(retold)
        unusable = grouped(found.unusable, lambda one: self._kind(one, is_defined))
        for kind, alike in grouped(own, lambda one: self._kind(one, is_defined)).items():
            whole, parts = without_parts(self.populations, alike)
            first_hand, retold = at_first_hand(evidence, whole, unusable.get(kind, ()))
            timed, rest = by_times(evidence, first_hand, across)
            left_out.extend((*parts, *retold, *rest))
            for bunch in filter(None, timed):
                said = max(bunch, key=lambda one: donors_of(evidence, one) or "")
                own_kind = self._kind(said, is_defined)
                if len(timed) > 1:
                    own_kind = with_times(evidence, own_kind, bunch)
                for trait, chosen in self._by_analysis_set(self._once(bunch, left_out)):
                    yield Bunch((*own_kind, *trait), chosen, tuple(self._refusals(chosen)))

    def _kind(self, figure: Told, is_defined: bool) -> Kind:
        evidence = self.populations.evidence
        traits = traits_of(evidence, figure, is_defined=is_defined)
        return tuple(trait for trait in traits if trait.name not in self.wish.across)

    def _once(self, figures: Sequence[Any], left_out: list[LeftOut]) -> list[Any]:
        """One figure of each study, and of studies that share people."""
        chosen: list[Any] = []
        for of_study in grouped(figures, lambda one: one.result.study).values():
            best, rest = once_of_a_study(self.populations, of_study)
            chosen.extend(best)
            left_out.extend(rest)
        suggested = {} if of.OVERLAP in self.wish.across else self.suggested
        chosen, again = once_of_a_family(self.populations, chosen, suggested)
        left_out.extend(again)
        return sorted(chosen, key=lambda one: str(one.result.iri))

    def _by_analysis_set(
        self, figures: Sequence[Any]
    ) -> Iterator[tuple[tuple[Trait, ...], Sequence[Any]]]:
        """Comparisons of all who were randomised apart from those of the others."""
        if not figures:
            return
        if len(figures[0].groups) < 2 or of.ANALYSIS_SET in self.wish.across:
            yield (), figures
            return
        groups = self.populations.evidence.groups
        sets = grouped(
            figures,
            lambda one: all(groups[iri].grouping == ARM for iri in one.groups),
        )
        for is_all, chosen in sets.items():
            words = "all of both arms" if is_all else "those analysed"
            yield (Trait(of.ANALYSIS_SET, is_all, words),), chosen

    def _is_treated(self, figure: Candidate) -> bool:
        groups = self.populations.evidence.groups
        return all(groups[iri].regimens for iri in figure.groups)

    def _refusals(self, figures: Sequence[Candidate]) -> Iterator[str]:
        if len({one.result.study for one in figures}) < 2:
            yield TOO_FEW
        if of.REGIMEN not in self.wish.across and not all(map(self._is_treated, figures)):
            yield NO_TREATMENT
        settings = [settings_of(self.populations.evidence, one.result.study) for one in figures]
        if not all(settings) and of.POPULATION not in self.wish.across:
            yield NO_SETTING
