"""The gravest doubts about some rows, in words: which could change a decision, or weaken them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from allograph.evidence import Evidence
from allograph.namespaces import key_of
from allograph.reading.answers.rows import DOUBTS, AnswerRow, parts_of
from allograph.reading.answers.wish import SECOND_HAND

WEIGHTS = {
    "decisive": "with a doubt that could change a decision",
    "weakens": "weakened",
}
"""The weights that a sentence names, the gravest first, and how."""
NAMED = 2
"""Doubts of one weight that are named; the table has all."""


def weights_in(evidence: Evidence) -> Mapping[str, str]:
    """The key of the weight of each flag and rule, by its key and by its label."""
    found = {}
    for node in evidence.nodes.values():
        for weight in node.iris("weight"):
            found[key_of(node.iri)] = found[node.label] = key_of(weight)
    return found


def doubts_in_words(rows: Sequence[AnswerRow], weights: Mapping[str, str]) -> Iterator[str]:
    """The doubts of the gravest weight: ``2 of 5 weakened: seen in an excerpt``.

    ``weights`` are those of ``weights_in``.
    """
    for weight, words in WEIGHTS.items():
        named = [names for row in rows if (names := _doubts(row, weight, weights))]
        if named:
            counted = Counter(name for names in named for name in names)
            most = [name for name, _ in counted.most_common(NAMED)]
            whose = "" if len(rows) == 1 else f"{len(named)} of {len(rows)} figures "
            more = ", and others" if len(counted) > NAMED else ""
            yield f"{whose}{words}: {', '.join(most)}{more}"
            return


def _doubts(row: AnswerRow, weight: str, weights: Mapping[str, tuple[int, str]]) -> Collection[str]:
    """The doubts of a weight about a row: what a curator flagged, else what a rule found."""
    for name in DOUBTS:
        found = [
            part
            for part in parts_of(row.texts.get(name, ""))
            if weights.get(part) == weight and part not in SECOND_HAND
        ]
        if found:
            return dict.fromkeys(found)
    return ()
