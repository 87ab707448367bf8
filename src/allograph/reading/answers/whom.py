"""Of which people a finding is, in words: ``of those with complete remission``."""

from __future__ import annotations

from collections.abc import Iterable

from allograph.evidence import Evidence
from allograph.rdf.vocabularies import OUTCOME
from allograph.reading.answers.alike import OUTSIDE, Bunch, line_of
from allograph.reading.answers.labels import label, label_of

BASELINE = OUTCOME["baseline"]
"""What people were before they were treated."""


NON_HUMAN = "non-human"
"""The grouping of cells and samples, which are called by the label of their group."""


def whom_in_words(evidence: Evidence, bunch: Bunch) -> str:
    """Of whom: what the question counts, who was chosen by an outcome, or an external control."""
    if bunch.first.whom:
        return bunch.first.whom
    line = line_of(evidence, bunch.first.group)
    chosen = sorted({iri for one in line for iri in one.selected_by})
    without = sorted({iri for one in line for iri in one.without})
    words = []
    if line and line[0].grouping == NON_HUMAN:
        words.append(f"of {_quoted(line[0].label)}")
    elif line and line[0].grouping in OUTSIDE:
        words.append(f"of {label_of(evidence, 'grouping', line[0].grouping)}")
    parts = [
        one for one in line if one.grouping == "subgroup" and not (one.selected_by or one.without)
    ]
    if parts:
        words.append(f"of the part {_quoted(parts[0].label)}")
    was = [iri for iri in chosen if BASELINE in evidence.broader(iri)]
    had = [iri for iri in chosen if iri not in was]
    words.extend(f"of the part {_quoted(label(evidence, iri))}" for iri in was)
    if had:
        words.append(f"of those with {_and(_named(evidence, iri) for iri in had)}")
    if without:
        named = _and(_named(evidence, iri) for iri in without)
        words.append(f"{'and' if chosen else 'of those'} without {named}")
    if not words and line and line[0].grouping == "analysis-set":
        words.append("of those analysed")
    return " ".join(words)


def people_in_words(evidence: Evidence, bunch: Bunch) -> str:
    """The narrowest condition that all studies have: ``in relapsed or refractory ALL``."""
    closures = []
    for iri in bunch.studies:
        study = evidence.studies.get(iri)
        if study and study.conditions:
            closures.append(frozenset().union(*(evidence.broader(one) for one in study.conditions)))
    if not closures or len(closures) < len(bunch.studies):
        return ""
    common = frozenset.intersection(*closures)
    narrowest = sorted(common, key=lambda iri: (-len(evidence.broader(iri)), iri))
    return f"in {label(evidence, narrowest[0])}" if narrowest else ""


def _named(evidence: Evidence, iri: str) -> str:
    """The label of an outcome, in quotes where a comma would end it."""
    named = label(evidence, iri)
    return _quoted(named) if "," in named else named


def _quoted(label: str) -> str:
    return f"\N{LEFT DOUBLE QUOTATION MARK}{label}\N{RIGHT DOUBLE QUOTATION MARK}"


def _and(words: Iterable[str]) -> str:
    return " and ".join(words)
