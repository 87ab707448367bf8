"""How words become a question: one table, from what is meant to what is asked.

``WAYS`` says which question answers what, ``PARTS`` which parameter takes which part of a meaning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from allograph.questions.question import Parameter
from allograph.release.statements import COMPARISON

AG = "https://w3id.org/allograph/ontology#"

PARTS: Mapping[str, str] = {
    f"{AG}Drug": "drug",
    f"{AG}Outcome": "outcome",
    f"{AG}Condition": "condition",
    f"{AG}Study": "study",
    f"{AG}Statistic": "statistic",
    f"{AG}Target": "target",
    f"{AG}Regimen": "regimen",
}
"""The part of a meaning that a parameter takes, by its class; a number of months is ``time``."""

WEIGHTS = {"study": 4, "drug": 3}
"""What weighs more than other parts where a question does not take it."""

FIGURES = frozenset(("Proportion", "Count", "TimeToEvent", "ProbabilityAtTime", "Rate", "Summary"))
SHARES = frozenset(("Proportion", "Count"))
EFFECTS = frozenset((COMPARISON,))
ANY = FIGURES | EFFECTS


@dataclass(frozen=True)
class Way:
    """A question, and what has to be meant for it to answer.

    ``outcomes`` are what it is about, with all that is narrower; empty is any. ``needs`` are parts
    that have to be meant: all of them. ``forms`` are those of the statements in its rows, and
    ``counts`` what is counted of them; ``own`` are of the people of the study alone.
    """

    question: str
    forms: frozenset[str] = FIGURES
    outcomes: tuple[str, ...] = ()
    needs: frozenset[str] = frozenset()
    counts: str = ""
    own: bool = False


def _way(
    question: str,
    needs: str = "",
    outcomes: str = "",
    forms: frozenset[str] = FIGURES,
    counts: str = "",
    own: bool = False,
) -> Way:
    counts = counts or ("comparison" if forms == EFFECTS else "figure")
    return Way(question, forms, tuple(outcomes.split()), frozenset(needs.split()), counts, own)


WAYS = (
    _way("efficacy-against-comparator", "drug compares", forms=EFFECTS),
    _way("effects", "statistic", forms=EFFECTS),
    _way("effects", "compares", forms=EFFECTS),
    _way(
        "survival-at-a-time",
        "outcome time",
        "survival relapse death event non-relapse-mortality duration-of-response",
        frozenset(("ProbabilityAtTime",)),
    ),
    _way("vod-sos-by-population-and-dose", "outcome", "vod-sos"),
    _way("share-reaching-transplant", "outcome", "hsct-receipt transplant", SHARES),
    _way("mrd-negativity-across-studies", "outcome", "mrd-negativity", SHARES),
    _way("remission-across-studies", "outcome", "response complete-remission", SHARES),
    _way(
        "median-survival",
        "outcome",
        "survival duration-of-response",
        frozenset(("TimeToEvent",)),
    ),
    _way(
        "survival-at-a-time",
        "outcome",
        "survival relapse non-relapse-mortality",
        frozenset(("ProbabilityAtTime",)),
    ),
    _way("adverse-events", "outcome", "adverse-event death"),
    _way("follow-up-and-cycles", "outcome", "conduct"),
    _way("effects", "study", forms=EFFECTS),
    _way("studies-at-a-glance", "drugs", forms=ANY, counts="study"),
    _way("figures", "outcome"),
    _way("effects", "outcome", forms=EFFECTS),
    _way("figures", "study"),
    _way("baseline-characteristics", "study", "baseline", counts="nothing", own=True),
    _way("baseline-characteristics", "outcome", "baseline", own=True),
    _way("studies-of-a-target", "target", forms=ANY, counts="nothing"),
    _way("studies-at-a-glance", "condition", forms=ANY, counts="study"),
    _way("efficacy-against-comparator", "drug", forms=EFFECTS),
    _way("studies-at-a-glance", "drug", forms=ANY, counts="study"),
    _way("figures", "condition"),
    _way("figures", "drug"),
    _way("dosing-schedules", "drug", forms=ANY, counts="nothing"),
)
WAY_OF = {way.question: way for way in reversed(WAYS)}


def part_of(parameter: Parameter) -> str:
    """The part of a meaning that a parameter takes; empty where it takes none."""
    if parameter.unit == "mo":
        return "time"
    return PARTS.get(parameter.class_iri or "", "")
