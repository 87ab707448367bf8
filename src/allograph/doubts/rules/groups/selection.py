"""Survival of people who had to live long enough to be counted: guarantee-time bias.

Anderson JR, Cain KC, Gelber RD. Analysis of survival by tumor response.
J Clin Oncol 1983;1:710-719. Giobbie-Hurder A, Gelber RD, Regan MM. Challenges of guarantee-time
bias. J Clin Oncol 2013;31:2963-2969.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.words.people import People, sides_of, words_of_keys
from allograph.evidence import Evidence
from allograph.evidence.records import Comparison, Figure, Group
from allograph.rdf.vocabularies import OUTCOME

SURVIVAL = OUTCOME.survival
STATES = frozenset({OUTCOME.alive, OUTCOME["ongoing-remission"]})
"""Outcomes of those who live: they are seen in whoever lived to be seen."""
ORIGINS = {"response": OUTCOME.response, "transplant": OUTCOME["transplant"]}
"""The event at which the clock starts: the broadest outcome that counts as it."""
LATE = ("response", "transplant")
"""Origins after the start of treatment, in the order of a course of treatment."""
FROM_REMISSION = frozenset({OUTCOME["relapse-free-survival"], OUTCOME["disease-free-survival"]})
"""Outcomes of which there is none before a remission: where nothing else is said, the clock starts
there."""
REMISSIONS = frozenset({OUTCOME["complete-remission"], OUTCOME["overall-response"]})
LANDMARK = "landmark"
"""An origin at which it is known already who is in which group."""
TIME_DEPENDENT = frozenset({"mantel-byar"})
"""Tests that count each person as without the event until he or she has it."""
CURVES = frozenset({"TimeToEvent", "ProbabilityAtTime"})


def survivors_selected(evidence: Evidence) -> Iterator[Doubt]:
    """Survival of a group that an event makes, when the clock starts before it, or nobody says."""
    curves = (result for result in evidence.results.values() if result.kind in CURVES)
    figures: Iterator[Figure] = chain(curves, evidence.comparisons.values())
    for figure in figures:
        if SURVIVAL not in evidence.broader(figure.outcome):
            continue
        for group in map(evidence.groups.get, sides_of(figure)):
            if group is None:
                continue
            event = _latest_event(evidence, group)
            if event is None or _starts_at(figure, event) or _is_time_dependent(figure):
                continue
            if not _is_of_those_in_remission(evidence, figure, group, event):
                lived = f'"{group.label}" had to live until the {event}'
                message = f"{lived}, and the clock is not said to start there."
                yield Doubt(figure.iri, message, figure.reported_as, (group.iri,))
    yield from _states(evidence)


def _states(evidence: Evidence) -> Iterator[Doubt]:
    """People alive or in remission among those who had a transplant, or who had none."""
    people = People(evidence)
    for result in evidence.results.values():
        group = evidence.groups.get(result.group or "")
        if group is None or result.outcome not in STATES:
            continue
        made = people.of(group.iri)
        if "transplant" in words_of_keys(made.by | made.without):
            message = f'Whether people came to be of "{group.label}" hung on how long they lived.'
            yield Doubt(result.iri, message, result.reported_as, (group.iri,))


def _latest_event(evidence: Evidence, group: Group) -> str | None:
    """The last of the events that make the group, as an origin."""
    line = (group, *evidence.ancestors(group.iri))
    events = {event for one in line for event in one.selected_by}
    kinds = {iri for event in events for iri in evidence.broader(event)}
    return next((origin for origin in reversed(LATE) if ORIGINS[origin] in kinds), None)


def _starts_at(figure: Figure, event: str) -> bool:
    origin = figure.time_origin
    return origin == LANDMARK or (origin in LATE and LATE.index(origin) >= LATE.index(event))


def _is_time_dependent(figure: Figure) -> bool:
    return isinstance(figure, Comparison) and figure.test in TIME_DEPENDENT


def _is_of_those_in_remission(evidence: Evidence, figure: Figure, group: Group, event: str) -> bool:
    """Whether it is freedom from relapse of all who came into remission, from no other day."""
    line = (group, *evidence.ancestors(group.iri))
    made = {iri for one in line for iri in one.selected_by}
    responses = {iri for iri in made if OUTCOME.response in evidence.broader(iri)}
    return (
        event == "response"
        and figure.outcome in FROM_REMISSION
        and figure.time_origin in (None, "not-stated")
        and responses <= REMISSIONS
    )
