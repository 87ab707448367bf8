"""A figure, or a group, against the outcome that its own name names.

The key of a node (the last part of its IRI) is read first, then its label, then its printed form:
the first that names an outcome decides. Outcomes that make the group name people and are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from allograph.doubts.rules.figures.counts import number
from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.words.names import OutcomeNames
from allograph.doubts.rules.words.people import Made, People, sides_of, texts_of
from allograph.doubts.rules.words.printed_numbers import first_place
from allograph.doubts.rules.words.words import CAUSE
from allograph.evidence import Evidence, grouped
from allograph.evidence.records import Figure, Group, Result
from allograph.rdf.vocabularies import RDFS


def outcomes_of_labels(evidence: Evidence) -> Iterator[Doubt]:
    """A figure whose key, label or printed form names another outcome."""
    names, people = OutcomeNames(evidence), People(evidence)
    for figure in chain(evidence.results.values(), evidence.comparisons.values()):
        if figure.outcome not in evidence.nodes:
            continue
        sides = sides_of(figure)
        for text in texts_of(figure):
            named = {
                iri
                for iri in names.in_text(CAUSE.split(text)[0])
                if not any(_are_named(people.of(side), iri, names) for side in sides)
            }
            if named and not names.mean(named, figure.outcome):
                yield _doubt(evidence, figure, named)
            if named:
                break


def _are_named(people: Made, outcome: str, names: OutcomeNames) -> bool:
    """Whether an outcome made some people, or stands in the name of them."""
    return outcome in people.by | people.without or names.are_within(outcome, people.words)


def _doubt(evidence: Evidence, figure: Figure, named: set[str]) -> Doubt:
    own = _label(evidence, figure.outcome)
    others = " and ".join(sorted(f'"{_label(evidence, iri)}"' for iri in named))
    message = f'Its name speaks of {others}, and the outcome is "{own}".'
    return Doubt(figure.iri, message, figure.label, tuple(sorted(named)))


def outcomes_of_counts(evidence: Evidence) -> Iterator[Doubt]:
    """A group and a count of as many people, printed as one, of two outcomes."""
    drawn = grouped(
        (group for group in evidence.groups.values() if group.size and group.reported_as),
        lambda group: (group.report, group.reported_as, group.size),
    )
    for result in evidence.results.values():
        count = number(result)
        for group in drawn.get((result.report, result.reported_as, count or 0), ()):
            is_of = result.group in group.parents
            is_beside = first_place(evidence, result.locators) == first_place(
                evidence, group.locators
            )
            if is_of and is_beside and result.outcome not in group.selected_by:
                yield _drawn(evidence, result, group)


def _drawn(evidence: Evidence, result: Result, group: Group) -> Doubt:
    own = _label(evidence, result.outcome)
    message = (
        f'It counts "{own}", and "{group.label}", printed as one with it, was not drawn by it.'
    )
    return Doubt(result.iri, message, result.reported_as, (group.iri,))


def _label(evidence: Evidence, outcome: str | None) -> str:
    node = evidence.nodes.get(outcome or "")
    return (None if node is None else node.text(RDFS.label)) or "none"
