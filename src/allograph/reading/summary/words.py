"""Numbers of a Summary of Findings as people read them; each keeps the digits that it can bear."""

from __future__ import annotations

from collections.abc import Callable

from allograph.evidence.judgements import Certainty
from allograph.reading.summary.absolute import PER, Limits
from allograph.reading.summary.steps import MINUS, step_text, steps_text
from allograph.reading.summary.table import (
    MONTHS,
    NOTHING,
    RANGE,
    REFUSED,
    Absolute,
    Finding,
    Relative,
    Risk,
)

MEASURES = {
    "rr": "risk ratio",
    "or": "odds ratio",
    "hr": "hazard ratio",
    "shr": "subdistribution hazard ratio",
    "rd": "risk difference",
    "md": "mean difference",
}
SHORT = {"rr": "RR", "or": "OR", "hr": "HR", "shr": "sHR", "rd": "RD", "md": "MD"}
LEVELS = {"high": "high", "moderate": "moderate", "low": "low", "very-low": "very low"}
SIGNS = {"high": "⊕⊕⊕⊕", "moderate": "⊕⊕⊕○", "low": "⊕⊕○○", "very-low": "⊕○○○"}
NOT_JUDGED = "not judged"


def per_thousand(share: float) -> str:
    """A share as people of 1,000, whole ones; a small one with a digit."""
    number = PER * share
    return f"{number:.1f}" if 0 < abs(number) < 2 else f"{number:.0f}"


def ratio(number: float) -> str:
    """A ratio with two digits, or as many as a small one needs."""
    return f"{number:.2f}" if abs(number) >= 0.1 else f"{number:.3f}"


def months(number: float) -> str:
    """A time in months."""
    return f"{number:.1f}"


def percent(share: float) -> str:
    """A share in per cent."""
    return f"{100 * share:.1f}%"


def spread(limits: Limits, write: Callable[[float], str], level: float = 95.0) -> str:
    """The interval of a number: ``(95% CI 0.57 to 0.99)``; empty if a limit is not known."""
    if limits.lower is None or limits.upper is None:
        return ""
    return f"({level:g}% CI {write(limits.lower)} to {write(limits.upper)})"


def measured(relative: Relative) -> Callable[[float], str]:
    """How a relative effect is written."""
    return difference_of if relative.measure == "rd" else ratio


def difference_of(share: float) -> str:
    """A difference of shares in percentage points, with its sign."""
    return f"{signed(100 * share, 1)} points"


def signed(number: float, digits: int = 0) -> str:
    """A number with its sign, as people write it."""
    text = f"{abs(number):.{digits}f}"
    if float(text) == 0:
        return text
    return f"{MINUS if number < 0 else '+'}{text}"


def absolute_text(absolute: Absolute) -> str:
    """How many with the drug: ``738 (95% CI 598 to 910)``, or a time in months."""
    write = months if absolute.unit == MONTHS else per_thousand
    unit = f" {MONTHS}" if absolute.unit == MONTHS else ""
    spread_of = spread(absolute.given, write, absolute.level)
    return f"{write(absolute.given.value)}{unit} {spread_of}".strip()


def without_text(risk: Risk) -> str:
    """How many without the drug: ``309``, with the time of which it is."""
    at = f" at {risk.at_time:g} months" if risk.at_time is not None else ""
    return f"{per_thousand(risk.share)}{at}"


def difference_text(absolute: Absolute) -> str:
    """How many more or fewer: ``429 more (290 more to 601 more)``."""
    difference = absolute.difference
    if difference is None:
        return ""
    ends = ""
    if difference.lower is not None and difference.upper is not None:
        ends = f" ({more_or_fewer(difference.lower)} to {more_or_fewer(difference.upper)})"
    return f"{more_or_fewer(difference.value)}{ends}"


def more_or_fewer(share: float) -> str:
    """A difference of shares as people of 1,000."""
    number = per_thousand(abs(share))
    if float(number) == 0:
        return "none more"
    return f"{number} {'fewer' if share < 0 else 'more'}"


def relative_text(relative: Relative | None) -> str:
    """A relative effect: ``RR 2.39 (95% CI 1.94 to 2.95)``; empty without one."""
    if relative is None or not relative.measure:
        return ""
    write = measured(relative)
    name = SHORT.get(relative.measure, relative.words)
    return f"{name} {write(relative.limits.value)} {spread(relative.limits, write, relative.level)}"


def model_text(relative: Relative | None) -> str:
    """What a model says beside its number: heterogeneity and prediction, or why not."""
    if relative is None:
        return ""
    parts = [relative.origin]
    if relative.model:
        write = _of_model(relative)
        prediction = relative.prediction
        if relative.i2 is not None:
            parts.append(f"I² {relative.i2:.0f}%")
        if relative.tau2 is not None:
            parts.append(f"τ² {relative.tau2:.3g}")
        if prediction and prediction.lower is not None and prediction.upper is not None:
            parts.append(
                f"prediction interval {write(prediction.lower)} to {write(prediction.upper)}"
            )
        parts.extend(reason.removesuffix(".") for reason in relative.reasons)
    return "; ".join(parts)


def _of_model(relative: Relative) -> Callable[[float], str]:
    if relative.measure:
        return measured(relative)
    return months if relative.words == "median" else per_thousand


def studies_text(finding: Finding) -> str:
    """Studies and people: ``1 randomised study, 326 people``."""
    if not finding.studies:
        return ""
    number, chance = len(finding.studies), finding.randomised
    plural = "study" if number == 1 else "studies"
    if chance == number:
        said = f"{number} randomised {plural}"
    elif chance:
        said = f"{number} {plural}, {chance} of them randomised"
    else:
        said = f"{number} {plural}, not randomised"
    people = f"{finding.people:,} people" if finding.people else "people not all counted"
    return f"{said}; {people}"


def range_text(finding: Finding) -> str:
    """The range of the studies where they are not pooled."""
    if finding.extremes is None:
        return ""
    is_median = bool(finding.absolute and finding.absolute.unit == MONTHS)
    write = months if is_median else per_thousand
    low, high = finding.extremes
    return f"studies range from {write(low)} to {write(high)}"


def why_text(finding: Finding) -> str:
    """Why there is no pooled number; empty where there is one."""
    prefix = {REFUSED: "Not pooled: ", RANGE: "Not pooled: ", NOTHING: ""}.get(finding.state, "")
    why = " ".join(finding.why)
    return f"{prefix}{why}" if why else ""


def certainty_text(finding: Finding) -> str:
    """How certain it is: ``proposed: low, at most``, ``judged: moderate``, or not judged."""
    certainty = finding.certainty
    if certainty is None:
        return NOT_JUDGED
    level = LEVELS.get(certainty.level, certainty.level)
    if certainty.is_proposed:
        most = "at most " if certainty.unjudged else ""
        return f"{NOT_JUDGED}; proposed: {most}{level}"
    stale = ", of numbers that have changed since" if certainty.is_stale else ""
    return f"judged: {level}{stale}"


def certainty_reasons(finding: Finding) -> str:
    """Why it is as certain as it is: where it starts, each step with its reason, and by whom."""
    certainty = finding.certainty
    if certainty is None:
        return ""
    steps = [step_text(step).removesuffix(".") for step in certainty.steps if step.is_judged]
    return "; ".join((steps_text(certainty), *steps, by_whom(certainty)))


def by_whom(certainty: Certainty) -> str:
    """Who judged, and when; or which version proposed."""
    when = f" on {certainty.when.isoformat()}" if certainty.when else ""
    return f"by {certainty.who}{when}"
