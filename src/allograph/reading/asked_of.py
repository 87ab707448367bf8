"""Which questions a record of an outcome leads to: those about it, then those of all figures."""

from __future__ import annotations

from dataclasses import dataclass

from allograph.namespaces import key_of
from allograph.questions.question import Question
from allograph.rdf.vocabularies import AG, SKOS
from allograph.reading.reader import Reader, text
from allograph.reading.search.ways import WAYS, part_of

WIDER = (
    f"SELECT ?wider WHERE {{{{ <{{iri}}> <{SKOS.broader}>* ?wider . ?wider a <{AG.Outcome}> }}}}"
)


@dataclass(frozen=True)
class Asked:
    """A question, and the name of its parameter that takes the outcome; empty if none does."""

    question: Question
    parameter: str


def questions_about(reader: Reader, outcome: str) -> list[Asked]:
    """The questions that answer for an outcome; those that are about it alone come first."""
    wider = {key_of(text(row, "wider")) for row in reader.select(WIDER.format(iri=outcome))}
    own = [way.question for way in WAYS if wider.intersection(way.outcomes)]
    any_outcome = [way.question for way in WAYS if "outcome" in way.needs and not way.outcomes]
    names = dict.fromkeys((*own, *any_outcome))
    return [_asked(reader.questions[name]) for name in names if name in reader.questions]


def _asked(question: Question) -> Asked:
    taking = (each.name for each in question.parameters if part_of(each) == "outcome")
    return Asked(question, next(taking, ""))
