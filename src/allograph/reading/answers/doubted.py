"""The gravest doubts about some figures, in words: which could change a decision, or weaken them.

They are those of the records themselves, so that a question need not have columns for them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from allograph.evidence import Evidence
from allograph.evidence.records import Comparison, Result
from allograph.namespaces import key_of
from allograph.rdf.vocabularies import FLAG, RULE
from allograph.reading.answers.rows import parts_of

WEIGHTS = {
    "decisive": "with a doubt that could change a decision",
    "weakens": "weakened",
}
"""The weights that a sentence names, the gravest first, and how."""
NAMED = 2
"""Doubts of one weight that are named; the table has all."""
STATED = (("flagKeys", FLAG), ("findingKeys", RULE))
"""What curators flagged, which is said first, and what rules found: some keys are in both lists."""
SECOND_HAND = frozenset((FLAG["secondary-source"], RULE["retelling"]))

Doubts = Mapping[str, tuple[str, str]]
"""The key of the weight of each flag and rule, and its label, by its IRI."""


def doubts_of(evidence: Evidence) -> Doubts:
    """All flags and rules that weigh something."""
    return {
        node.iri: (key_of(weight), node.label)
        for node in evidence.nodes.values()
        for weight in node.iris("weight")
    }


def doubts_in_words(
    evidence: Evidence, figures: Sequence[Result | Comparison], doubts: Doubts
) -> Iterator[str]:
    """The doubts of the gravest weight: ``2 of 5 figures weakened: seen in an excerpt``.

    A comparison has those of the figures that it compares, too. That a figure is retold is not
    among them: its source says so.
    """
    for weight, words in WEIGHTS.items():
        found = (_doubts(evidence, figure, weight, doubts) for figure in figures)
        named = [names for names in found if names]
        if named:
            counted = Counter(name for names in named for name in names)
            most = [name for name, _ in counted.most_common(NAMED)]
            whose = "" if len(figures) == 1 else f"{len(named)} of {len(figures)} figures "
            more = ", and others" if len(counted) > NAMED else ""
            yield f"{whose}{words}: {', '.join(most)}{more}"
            return


def _doubts(
    evidence: Evidence, figure: Result | Comparison, weight: str, doubts: Doubts
) -> list[str]:
    compared = (figure.index, figure.reference) if isinstance(figure, Comparison) else ()
    iris = [figure.iri, *filter(None, compared)]
    return list(
        dict.fromkeys(name for iri in iris for name in _named(evidence, iri, weight, doubts))
    )


def _named(evidence: Evidence, iri: str, weight: str, doubts: Doubts) -> list[str]:
    """The doubts of a weight about a figure: what a curator flagged, else what a rule found."""
    node = evidence.nodes.of(iri)
    for name, scheme in STATED:
        iris = [scheme[key] for key in parts_of(node.value(name))]
        known = [doubts[each] for each in iris if each in doubts and each not in SECOND_HAND]
        found = [label for of, label in known if of == weight]
        if found:
            return found
    return []
