"""A cycle, or a grade, that nothing around the figure names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from allograph.doubts.rules.people import texts_of
from allograph.doubts.rules.printed_numbers import first_place
from allograph.doubts.rules.rule import Doubt
from allograph.evidence import Evidence
from allograph.evidence.records import Result

CYCLE = re.compile(r"\b(?:cycles?|courses?|blocks?|induction)\b", re.IGNORECASE)
GRADE = re.compile(r"\b(?:grades?|severe|serious|mild|any)\b|[≥>]", re.IGNORECASE)
Sentence = tuple[object, ...]


def cycles_and_grades(evidence: Evidence) -> Iterator[Doubt]:
    """A cycle or grade named neither by the figure nor by one beside it with the same cycle."""
    named: set[Sentence] = set()
    unnamed: list[tuple[Result, Sentence]] = []
    for result in evidence.results.values():
        if result.grade is None and result.after_cycle is None:
            continue
        text = " ".join(_texts(evidence, result))
        if result.grade is not None and not GRADE.search(text):
            message = f"It is of grade {result.grade}, and nothing that names it says so."
            yield Doubt(result.iri, message, result.grade)
        if result.after_cycle is not None:
            place = first_place(evidence, result.locators)
            sentence: Sentence = (result.report, place or result.iri, result.after_cycle)
            if CYCLE.search(text):
                named.add(sentence)
            else:
                unnamed.append((result, sentence))
    for result, sentence in unnamed:
        if sentence not in named:
            message = f"It is after cycle {result.after_cycle}, and nothing that names it says so."
            yield Doubt(result.iri, message, str(result.after_cycle))


def _texts(evidence: Evidence, result: Result) -> Iterator[str]:
    yield from texts_of(result)
    yield result.partition or ""
    yield evidence.nodes[result.iri].text("definition") or ""
    group = evidence.groups.get(result.group or "")
    yield "" if group is None else group.label
