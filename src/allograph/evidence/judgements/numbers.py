"""Imprecision and inconsistency, as the numbers of a pool suggest them.

Imprecision follows the interval and the number of people (G. H. Guyatt et al., GRADE guidelines 6,
J. Clin. Epidemiol. 64 (2011) 1283-1293): of a ratio, whether the interval excludes no effect, holds
an appreciable one (below 0.75, above 1.25), and whether there are as many people as one trial with
enough power would have. Inconsistency follows how far the studies agree (GRADE guidelines 7,
10.1016/j.jclinepi.2011.03.017): by I², where 50 % and more may be substantial and 75 % and more
considerable (Cochrane Handbook 5.0.1, as quoted in BMC Med. Res. Methodol. 8:79), and by the
interval in which a further study is expected. Shares and medians have no effect to exclude: for
these, how wide an interval is decides, by thresholds of our own.
"""

from __future__ import annotations

from dataclasses import dataclass

from allograph.evidence.judgements.certainty import IMPRECISION, INCONSISTENCY, Step
from allograph.evidence.model import Evidence
from allograph.evidence.pooling.answers import MEDIAN, SHARE, Pool
from allograph.synthesis.information import optimal_information_size

LEVEL = 95.0
"""Where no row names a level."""
RATIOS = frozenset({"rr", "or", "hr", "shr"})
SUBSTANTIAL, CONSIDERABLE = 50.0, 75.0
"""I², in percent."""
APPRECIABLE = (0.75, 1.25)
"""Ratios below the one and above the other are an appreciable effect."""
WIDE, VERY_WIDE = 0.20, 0.40
"""Of the interval of a share: 20 and 40 points from end to end."""
SPREAD, WIDELY_SPREAD = 0.20, 0.50
"""Of the prediction interval of a share, likewise."""
LONG, VERY_LONG = 1.25 / 0.75, (1.25 / 0.75) ** 2
"""Of the interval of a median: the upper limit as a multiple of the lower one."""


@dataclass(frozen=True)
class Interval:
    """An interval, and whether it is that of a ratio, a difference, a share or a median."""

    lower: float
    upper: float
    level: float
    kind: str

    @property
    def null(self) -> float | None:
        """The value that says that nothing differs; none of a share or a median."""
        return None if self.kind in (SHARE, MEDIAN) else 1.0 if self.kind in RATIOS else 0.0

    @property
    def has_null(self) -> bool:
        """Whether no effect is in it."""
        return self.null is not None and self.lower <= self.null <= self.upper

    @property
    def appreciable(self) -> tuple[bool, bool]:
        """Whether an appreciable effect, less and more, is in it; of ratios alone."""
        is_ratio = self.kind in RATIOS
        return is_ratio and self.lower < APPRECIABLE[0], is_ratio and self.upper > APPRECIABLE[1]

    def __str__(self) -> str:
        if self.kind in (SHARE, "rd"):
            return f"{100 * self.lower:.1f} to {100 * self.upper:.1f} %"
        said = f"{self.lower:.3g} to {self.upper:.3g}"
        return f"{said} months" if self.kind == MEDIAN else said


def interval_of(pool: Pool) -> Interval | None:
    """The interval of a pool: the pooled one, else that of all people, or of the only row."""
    found, kind = pool.synthesis, pool.measure or pool.kind
    if found and found.lower is not None and found.upper is not None:
        return Interval(found.lower, found.upper, found.level, kind)
    if pool.crude:
        return Interval(pool.crude.lower, pool.crude.upper, _level(pool), kind)
    only = pool.rows[0] if len(pool.rows) == 1 else None
    if only and only.lower is not None and only.upper is not None:
        return Interval(only.lower, only.upper, _level(pool), kind)
    return None


def _level(pool: Pool) -> float:
    """The confidence level of the rows, in percent."""
    return next((row.level for row in pool.rows if row.level is not None), LEVEL)


def prediction_of(pool: Pool) -> Interval | None:
    """Where a further study is expected, if that is known."""
    found = pool.synthesis
    if found is None or found.prediction_lower is None or found.prediction_upper is None:
        return None
    kind = pool.measure or pool.kind
    return Interval(found.prediction_lower, found.prediction_upper, found.level, kind)


def people_of(pool: Pool) -> int | None:
    """All people whose numbers are known; none, if one row does not say."""
    counts = [row.people for row in pool.rows] + [
        row.comparator_people for row in pool.rows if row.comparator_events is not None
    ]
    if pool.synthesis and pool.synthesis.people is not None:
        return pool.synthesis.people
    return sum(count for count in counts if count) if counts and all(counts) else None


def weights_of(pool: Pool) -> tuple[float, ...]:
    """The weight of each row, from 0 to 1; all alike where nothing was pooled."""
    weights = [row.weight for row in pool.rows]
    if all(weight is not None for weight in weights) and weights:
        return tuple(weight or 0.0 for weight in weights)
    return tuple(1 / len(pool.rows) for _row in pool.rows)


def imprecision(pool: Pool, _evidence: Evidence) -> Step:
    """How far the interval and the number of people leave the answer open."""
    interval = interval_of(pool)
    if interval is None:
        return Step(IMPRECISION, 0, "Nothing gives the answer an interval.", is_judged=False)
    people = people_of(pool)
    said = f"The {interval.level:g} % interval goes from {interval}"
    counted = "" if people is None else f", of {people} people"
    if interval.null is None:
        by = _by_width(interval)
        return Step(IMPRECISION, by, f"{said}{counted}{_wide(by)}.")
    if interval.has_null:
        return _with_no_effect(interval, f"{said}{counted}")
    return _enough_people(pool, people, f"{said}, and excludes no effect")


def _by_width(interval: Interval) -> int:
    """Levels down by the width of the interval of a share or a median."""
    if interval.kind == SHARE:
        width, limits = interval.upper - interval.lower, (WIDE, VERY_WIDE)
    else:
        width = interval.upper / interval.lower if interval.lower > 0 else float("inf")
        limits = (LONG, VERY_LONG)
    return -sum(width > limit for limit in limits)


def _wide(by: int) -> str:
    return {0: "", -1: ": wide", -2: ": very wide"}[by]


def _with_no_effect(interval: Interval, said: str) -> Step:
    """An interval that holds no effect: what else it holds decides."""
    less, more = interval.appreciable
    if less and more:
        reason = f"{said}: appreciably less, no effect and appreciably more are all in it."
        return Step(IMPRECISION, -2, reason)
    if less or more or interval.kind not in RATIOS:
        effect = "an appreciable effect" if less or more else "another effect"
        return Step(IMPRECISION, -1, f"{said}: no effect and {effect} are both in it.")
    return Step(IMPRECISION, 0, f"{said}: no appreciable effect is in it.")


def _enough_people(pool: Pool, people: int | None, said: str) -> Step:
    """An interval without no effect: one level down if one trial would need more people."""
    counts = [(row.comparator_events, row.comparator_people) for row in pool.rows]
    known = [(events, of) for events, of in counts if events is not None and of]
    if len(known) < len(counts) or people is None:
        reason = f"{said}; how many events there were is not known for every study."
        return Step(IMPRECISION, 0, reason)
    risk = sum(events for events, _of in known) / sum(of for _events, of in known)
    needed = optimal_information_size(risk)
    if needed is not None and people < needed:
        return Step(IMPRECISION, -1, f"{said}; {people} people, where {needed} would be enough.")
    return Step(IMPRECISION, 0, f"{said}; {people} people are enough.")


def inconsistency(pool: Pool, _evidence: Evidence) -> Step:
    """How far the studies disagree: by I², and by where a further study is expected."""
    if len(pool.rows) == 1:
        return Step(INCONSISTENCY, 0, "One figure: nothing can disagree with it.")
    found, prediction = pool.synthesis, prediction_of(pool)
    if found is None or found.i2 is None:
        reason = "Too few studies to tell how far they disagree."
        return Step(INCONSISTENCY, 0, reason, is_judged=False)
    said = f"I² is {found.i2:.0f} %"
    if prediction:
        said += f", and a further study is expected from {prediction}"
    by = _by_spread(found.i2, prediction, interval_of(pool))
    return Step(INCONSISTENCY, by, f"{said}.")


def _by_spread(i2: float, prediction: Interval | None, interval: Interval | None) -> int:
    """Levels down: of shares and medians by the prediction interval, of effects by I² as well."""
    if prediction is not None and prediction.null is None:
        return _of_level(i2, prediction)
    if prediction is not None and i2 >= CONSIDERABLE and all(prediction.appreciable):
        return -2
    is_lost = (
        prediction is not None
        and interval is not None
        and prediction.has_null
        and not interval.has_null
    )
    return -1 if i2 >= SUBSTANTIAL or is_lost else 0


def _of_level(i2: float, prediction: Interval) -> int:
    """Levels down of shares and medians: what is spread widely, and not by chance alone."""
    if prediction.kind == MEDIAN:
        by = _by_width(prediction)
        return by if i2 >= SUBSTANTIAL else 0
    width = prediction.upper - prediction.lower
    if i2 >= CONSIDERABLE and width > WIDELY_SPREAD:
        return -2
    return -1 if i2 >= SUBSTANTIAL and width > SPREAD else 0
