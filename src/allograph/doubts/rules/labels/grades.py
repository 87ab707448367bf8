"""The grade of an adverse event against the one that its label names: ``grade 3 or higher``."""

from __future__ import annotations

from collections.abc import Iterator

from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.words.grades import forms_of, grades_of, to_the_highest
from allograph.doubts.rules.words.printed_numbers import label_of
from allograph.evidence import Evidence
from allograph.rdf.vocabularies import OUTCOME


def grades_of_labels(evidence: Evidence) -> Iterator[Doubt]:
    """A label that names another grade than the figure has, or one that an event has not.

    Only adverse events have grades: a label may name one for another reason, as
    ``Survival after GVHD of grade 3``.
    """
    for result in evidence.results.values():
        named = grades_of(label_of(result))
        if result.grade is None:
            is_other = OUTCOME["adverse-event"] in evidence.broader(result.outcome)
        else:
            is_other = named.isdisjoint(forms_of(result.grade))
        if named and is_other:
            said = " and ".join(sorted(map(to_the_highest, named)))
            entered = f"the grade is {result.grade}" if result.grade else "no grade is entered"
            yield Doubt(result.iri, f'Its label says grade "{said}", and {entered}.', said)
