"""Outcomes against their own words: whether they are desirable, and what is broader than they.

Death is not desirable and survival is; ``death from sepsis`` is a death, and ``overall survival`` a
kind of survival. What people were like before, below outcome:baseline, is neither good nor bad.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.words.opposite_words import OF_LABELS, in_names, opposed
from allograph.evidence import Evidence
from allograph.evidence.names import names_of
from allograph.namespaces import BASE
from allograph.rdf.nodes import Node
from allograph.rdf.vocabularies import SKOS
from allograph.text.words import plain

BASELINE = frozenset({f"{BASE}outcome/baseline", f"{BASE}outcome/conduct"})
FREE = re.compile(r"\b\w+[- ]free\b|\bfree(?:dom)? (?:of|from) \w+|\btime to\b.*", re.I)
"""What turns a bad word round, as in ``relapse-free survival``, or counts the time to it."""
BAD = re.compile(
    r"\b(?:no response|non-?respon\w+|death|dead|mortality|relapse|recurrence|progression|toxicity"
    r"|adverse|harm|loss|failure|refractory|graft-versus-host)\b",
    re.I,
)
GOOD = re.compile(r"\b(?:survival|alive|remission|response|cure|negativity)\b", re.I)
CUT = re.compile(r"\b(?:from|in|after|during|of|at|outside|alone|and|or|by|with|without)\b.*", re.I)
"""What stands behind the word that says of which kind an outcome is."""
PAIRS = in_names(OF_LABELS)


def kinds_of_outcomes(evidence: Evidence) -> Iterator[Doubt]:
    """An outcome whose desirability or place is not what its words, or its neighbours, say."""
    outcomes = evidence.instances("Outcome")
    heads = {
        plain(name): node.iri
        for node in outcomes
        for name in names_of(node)
        if name.isalpha() and len(name) > 2
    }
    for node in outcomes:
        broader = evidence.broader(node.iri)
        if broader.isdisjoint(BASELINE):
            yield from _desirable(evidence, node)
            yield from _head(evidence, node, heads, broader)
        yield from _opposite(evidence, node)


def _desirable(evidence: Evidence, node: Node) -> Iterator[Doubt]:
    said = _sense("; ".join(names_of(node)))
    is_desirable = evidence.is_desirable(node.iri)
    if said is not None and is_desirable is not said:
        has = {True: "true", False: "false", None: "not given"}[is_desirable]
        message = f"By its names it is {'good' if said else 'bad'}, and ag:desirable is {has}."
        yield Doubt(node.iri, message, node.label)
    own = node.text("desirable")
    above = {iri: evidence.is_desirable(iri) for iri in node.iris(SKOS.broader)}
    for iri, is_good in sorted(above.items()):
        differs = (
            own is not None and is_good is not None and node.is_true("desirable") is not is_good
        )
        if differs and said is None:
            message = f"It is {'bad' if is_good else 'good'}, below {evidence.nodes.of(iri).label},"
            yield Doubt(node.iri, f"{message} and none of its names says so.", own, (iri,))
    if len(set(above.values()) - {None}) > 1:
        message = "It is below an outcome that is desirable and one that is not."
        yield Doubt(node.iri, message, node.label, tuple(sorted(above)))


def _sense(names: str) -> bool | None:
    """Whether some names speak of a good, or else of a bad, thing; None where they do neither."""
    text = FREE.sub("", names)
    if BAD.search(text):
        return False
    return True if GOOD.search(text) else None


def _head(
    evidence: Evidence, node: Node, heads: dict[str, str], broader: frozenset[str]
) -> Iterator[Doubt]:
    """``overall survival`` is below survival, and ``death from sepsis`` below death."""
    for name in names_of(node):
        words = CUT.sub("", plain(name)).split()
        kind = heads.get(words[-1]) if words else None
        if kind and kind not in broader and not evidence.broader(kind) & {node.iri}:
            message = f'"{name}" is a kind of {evidence.nodes.of(kind).label}, and not below it.'
            yield Doubt(node.iri, message, name, (kind,))
            return


def _opposite(evidence: Evidence, node: Node) -> Iterator[Doubt]:
    """What is broader is not the opposite, as negative of positive."""
    for iri in node.iris(SKOS.broader):
        broader = evidence.nodes.of(iri).label
        if any(opposed(node.label, broader, PAIRS)):
            yield Doubt(
                node.iri, f"It is narrower than {broader}, its opposite.", node.label, (iri,)
            )
