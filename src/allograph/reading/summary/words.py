"""Numbers of a Summary of Findings as people read them; each keeps the digits that it can bear."""

from __future__ import annotations

from collections.abc import Callable

from allograph.evidence.judgements import Certainty
from allograph.reading.summary.absolute import PER, Limits

MEASURES = {
    "rr": "risk ratio",
    "or": "odds ratio",
    "hr": "hazard ratio",
    "rd": "risk difference",
    "md": "mean difference",
}
SHORT = {"rr": "RR", "or": "OR", "hr": "HR", "rd": "RD", "md": "MD"}
LEVELS = {"high": "high", "moderate": "moderate", "low": "low", "very-low": "very low"}
SIGNS = {"high": "⊕⊕⊕⊕", "moderate": "⊕⊕⊕○", "low": "⊕⊕○○", "very-low": "⊕○○○"}
NOT_JUDGED = "not judged"
MINUS = "\N{MINUS SIGN}"


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
