"""A pooled answer in words: numbers with their units, intervals, and how studies differ.

Whatever shows a pooled number takes its words from here, so that a page and a picture say the same,
and the model is named beside the number in both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from allograph.evidence.pooling.answers import COMPARISON, MEDIAN, SHARE, Answer, Crude, Pool, Row
from allograph.synthesis.pooled import MODELS, Synthesis

MEASURES: Mapping[str, str] = {
    "rr": "risk ratio",
    "shr": "subdistribution hazard ratio",
    "or": "odds ratio",
    "rd": "risk difference",
    "hr": "hazard ratio",
    "md": "mean difference",
}
DIFFERENCES = frozenset(("rd", "md"))
LITTLE, SOME, MUCH = 40.0, 60.0, 75.0
"""Per cent of I², after the Cochrane Handbook for Systematic Reviews of Interventions, 10.10.2."""
LEAST_RATIO, MOST_RATIO = 0.001, 1000.0
"""Beyond these a ratio is written as below, or above."""
FEW = 5
"""Fewer studies than these say little about how studies differ."""


def title_of(pool: Pool) -> str:
    """What the figures of a pool have in common, as its heading."""
    words = pool.words.strip("; ")
    return f"{words[:1].upper()}{words[1:]}" if words else "All figures together"


def is_ratio(pool: Pool) -> bool:
    """Tell whether 0.5 and 2 are as far from no effect."""
    return pool.kind == COMPARISON and pool.measure not in DIFFERENCES


def factor(pool: Pool) -> float:
    """By what a value is multiplied to be read: shares and their differences in percent."""
    return 100.0 if pool.kind == SHARE or pool.measure == "rd" else 1.0


def digits(pool: Pool, value: float) -> str:
    """A value without its unit."""
    if is_ratio(pool):
        return _ratio(value)
    return f"{factor(pool) * value:.1f}".replace("-0.0", "0.0").replace("-", "\N{MINUS SIGN}")


def _ratio(value: float) -> str:
    """A ratio with the digits that are read: ``0.048``, ``0.62``, ``14.3``; no powers of ten."""
    if value < LEAST_RATIO:
        return f"<{LEAST_RATIO:g}"
    if value > MOST_RATIO:
        return f">{MOST_RATIO:g}"
    return f"{value:.2g}" if value < 0.1 else f"{value:.2f}" if value < 10 else f"{value:.1f}"


def unit(pool: Pool) -> str:
    """The unit of a value as it follows it."""
    if is_ratio(pool):
        return ""
    if pool.kind == SHARE:
        return "%"
    return " percentage points" if pool.measure == "rd" else "\N{NO-BREAK SPACE}months"


def value_text(pool: Pool, value: float) -> str:
    """A value with its unit: ``12.7%``, ``0.62``, ``7.7 months``."""
    return f"{digits(pool, value)}{unit(pool)}"


def limits_text(pool: Pool, lower: float | None, upper: float | None) -> str:
    """Limits without a unit: ``8.9 to 17.3``; one that is not there is said not to be."""
    none = "not reached" if pool.kind == MEDIAN else "not known"
    said = (digits(pool, limit) if limit is not None else none for limit in (lower, upper))
    return " to ".join(said)


def interval_text(pool: Pool, lower: float | None, upper: float | None, level: float) -> str:
    """An interval for a sentence: ``95% interval 8.9 to 17.3%``."""
    sign = "%" if factor(pool) != 1 else ""
    return f"{level:g}% interval {limits_text(pool, lower, upper)}{sign}"


def figure_text(pool: Pool, row: Row, level: float) -> str:
    """The figure of a study with its interval, which names its level where that is another."""
    if row.value is None:
        return row.reported_as
    if row.lower is None and row.upper is None:
        return f"{digits(pool, row.value)} (no interval)"
    limits = limits_text(pool, row.lower, row.upper)
    other = row.level is not None and row.level != level
    return f"{digits(pool, row.value)} ({f'{row.level:g}% CI ' if other else ''}{limits})"


def counted_text(row: Row) -> str:
    """How many of how many, of both sides where there are two."""
    own = _counted(row.events, row.people, row.events_at_most)
    other = _counted(row.comparator_events, row.comparator_people)
    return f"{own} v {other}" if own and other else own


def _counted(events: int | None, people: int | None, most: int | None = None) -> str:
    if people is None:
        return ""
    if events is None:
        return str(people)
    return f"{events}{f' or {most}' if most is not None else ''}/{people}"


def estimate_text(pool: Pool, found: Synthesis) -> str:
    """The pooled estimate with its interval; else why there is none."""
    if found.estimate is None:
        return reason(found, "estimate")
    if found.lower is None or found.upper is None:
        return f"{value_text(pool, found.estimate)} ({reason(found, 'lower')})"
    limits = interval_text(pool, found.lower, found.upper, found.level)
    return f"{value_text(pool, found.estimate)} ({limits})"


def crude_text(pool: Pool, crude: Crude, level: float) -> str:
    """The exact share of all people, and the range of the studies."""
    return (
        f"{crude.events} of {crude.people} people together ({value_text(pool, crude.share)}, exact"
        f" {interval_text(pool, crude.lower, crude.upper, level)}); the studies range from"
        f" {limits_text(pool, crude.lowest, crude.highest)}%"
    )


def prediction_text(pool: Pool, found: Synthesis) -> str:
    """The limits between which a new study is expected; else why there are none."""
    if found.prediction_lower is None or found.prediction_upper is None:
        return reason(found, "prediction_lower")
    limits = limits_text(pool, found.prediction_lower, found.prediction_upper)
    return f"{limits}{unit(pool)}"


def reason(found: Synthesis, attribute: str) -> str:
    """Why a number is not defined here."""
    pair = attribute.removesuffix("_lower")
    given = found.reasons.get(attribute) or found.reasons.get(pair) or found.reasons.get("estimate")
    return given or "this model has none"


def model_name(found: Synthesis) -> str:
    """The model as it is named beside its number."""
    return MODELS[found.model]


def heterogeneity_text(pool: Pool, found: Synthesis) -> str:
    """How far the studies differ beyond chance, in words and in numbers; empty without an answer.

    The bounds of I² are those of the Cochrane Handbook, 10.10.2, which warns that it says little
    where studies are few.
    """
    if found.estimate is None:
        return ""
    said = short_heterogeneity(pool, found)
    few = (
        f" {found.studies} studies are few: these numbers are themselves uncertain."
        if found.studies < FEW
        else ""
    )
    return f"{_how_much(found)}{f' ({said})' if said else ''}.{few}"


def short_heterogeneity(pool: Pool, found: Synthesis) -> str:
    """The same in numbers alone: ``tau² 0.31 (0.12 to 1.11) on the log scale, I² 92%, …``."""
    return ", ".join(filter(None, (_tau2(pool, found), _i2(found), _q(found))))


def _how_much(found: Synthesis) -> str:
    if found.i2 is None:
        return "How far the studies differ is not known"
    if found.i2 <= LITTLE:
        return "The studies differ little more than chance would make them"
    if found.i2 <= SOME:
        return "The studies differ moderately, more than chance would make them"
    if found.i2 <= MUCH:
        return "The studies differ substantially: one number for all of them hides much"
    return "The studies differ considerably: one number does not stand for all of them"


def _tau2(pool: Pool, found: Synthesis) -> str:
    if found.tau2 is None:
        return ""
    scale = "logit" if pool.kind == SHARE else "log" if is_ratio(pool) else ""
    on = f" on the {scale} scale" if scale else ""
    if found.tau2_lower is None or found.tau2_upper is None:
        return f"tau² {found.tau2:.3g}{on}"
    limits = f"{found.tau2_lower:.3g} to {found.tau2_upper:.3g}"
    return f"tau² {found.tau2:.3g} ({limits}){on}"


def _i2(found: Synthesis) -> str:
    return "" if found.i2 is None else f"I² {found.i2:.0f}%"


def _q(found: Synthesis) -> str:
    if found.q is None:
        return ""
    if found.q_p is None:
        return f"Q {found.q:.2f}"
    p = "p < 0.001" if found.q_p < 0.001 else f"p = {found.q_p:.3f}"
    return f"Q {found.q:.2f}, {p}"


@dataclass(frozen=True)
class Said:
    """An answer in one sentence: first the number, then of whom, of how many studies, by what."""

    number: str
    rest: str

    def __str__(self) -> str:
        return f"{self.number} {self.rest}"


def said_of(answer: Answer, pool: Pool) -> Said:
    """What a pool gives, in one sentence, with the model beside the number; or that it is refused.

    ``crude`` stands where no model is fitted, and says so.
    """
    found, label = pool.synthesis, answer.outcome_label
    if pool.refusals or found is None:
        return Said("Not pooled:", " ".join(pool.refusals))
    studies = f"{found.studies} stud{'y' if found.studies == 1 else 'ies'}"
    people = f"{found.people} people in {studies}" if found.people else studies
    about = "; ".join(filter(None, (label, pool.words.strip("; "))))
    if found.estimate is None:
        why = reason(found, "estimate")
        if pool.crude is None:
            return Said("Not pooled:", f"{about}. {why}")
        limits = interval_text(pool, pool.crude.lower, pool.crude.upper, found.level)
        return Said(
            value_text(pool, pool.crude.share),
            f"({pool.crude.events} of {pool.crude.people} people in {studies} taken as one, exact"
            f" {limits}; the studies range from"
            f" {limits_text(pool, pool.crude.lowest, pool.crude.highest)}%): {about}. {why}",
        )
    number = value_text(pool, found.estimate)
    if pool.kind == COMPARISON:
        number = f"{MEASURES.get(pool.measure or '', 'Effect').capitalize()} {number}"
    limits = interval_text(pool, found.lower, found.upper, found.level)
    return Said(
        number,
        f"({limits}) of {people}: {about}. Model: {model_name(found)}.",
    )
