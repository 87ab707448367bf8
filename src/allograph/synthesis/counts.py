"""The people of several studies as columns of numbers, for the models that take them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from allograph.synthesis.inverse import Effects
from allograph.synthesis.results import Numbers
from allograph.synthesis.values import Counted


@dataclass(frozen=True)
class Counts:
    """``events`` of ``people`` in each study, in their order; every study counted somebody."""

    labels: tuple[str, ...]
    events: Numbers
    people: Numbers

    @classmethod
    def of(cls, studies: Sequence[Counted]) -> Counts:
        """The columns of some studies."""
        return cls(
            tuple(study.label for study in studies),
            np.array([study.events for study in studies], dtype=float),
            np.array([study.people for study in studies], dtype=float),
        )

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def total(self) -> int:
        """All people."""
        return int(self.people.sum())

    @property
    def extremes(self) -> npt.NDArray[np.bool_]:
        """Which studies are at 0 % or 100 %."""
        extremes: npt.NDArray[np.bool_] = (self.events == 0) | (self.events == self.people)
        return extremes

    def logits(self) -> Effects:
        """Each study's logit and its variance, 1/x + 1/(n - x).

        A half is added to both cells of a study at 0 % or 100 %, which has no logit, and to no
        other (J. Gart and J. Zweifel, Biometrika 54 (1967) 181-187).
        """
        halves = np.where(self.extremes, 0.5, 0.0)
        with_it, without = self.events + halves, self.people - self.events + halves
        return Effects(np.log(with_it / without), 1 / with_it + 1 / without)
