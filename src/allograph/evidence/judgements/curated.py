"""Judgements that people made, as the files of ``graph/judgement/`` say them.

A release also holds what is proposed by computation, in the same words; that is none of these.
"""

from __future__ import annotations

from allograph.evidence.judgements.bound import AnswerKey
from allograph.evidence.judgements.certainty import Certainty, Step
from allograph.evidence.model import Evidence
from allograph.evidence.values import day, whole
from allograph.rdf.nodes import Node
from allograph.rdf.vocabularies import RDFS


def judged(evidence: Evidence, answer: AnswerKey) -> Certainty | None:
    """The certainty that somebody judged of a pool of an answer; none, if nobody did.

    Who asked for the same numbers in another way judged the same. A judgement of the pool with
    these words at this address, whose numbers were others, is stale. Of several the latest counts,
    but a stale one only where no other is.
    """
    found = [
        _certainty(evidence, node, is_stale=node.value("digest") != answer.digest)
        for node in judgements_of_certainty(evidence)
        if node.iri_of("outcome") == answer.outcome and _is_of(node, answer)
    ]
    return max(found, key=lambda one: (not one.is_stale, str(one.when)), default=None)


def judgements_of_certainty(evidence: Evidence) -> list[Node]:
    """What people judged of answers, by IRI."""
    nodes = evidence.instances("CertaintyOfEvidence")
    return sorted(
        (node for node in nodes if not node.is_true("proposed")), key=lambda node: node.iri
    )


def _is_of(node: Node, answer: AnswerKey) -> bool:
    if node.value("digest") == answer.digest:
        return True
    return (node.value("answer"), node.value("answerWords")) == (answer.address, answer.words)


def _certainty(evidence: Evidence, node: Node, *, is_stale: bool) -> Certainty:
    steps = [evidence.nodes.of(iri) for iri in node.iris("certaintyStep")]
    steps.sort(key=lambda step: whole(evidence.nodes.of(step.iri_of("aspect") or ""), "rank") or 0)
    return Certainty(
        level=node.key("certainty") or "",
        start=node.key("startsAt") or "",
        steps=tuple(
            Step(step.key("aspect") or "", whole(step, "levels") or 0, step.value(RDFS.comment))
            for step in steps
        ),
        is_proposed=False,
        who=node.value("judgedBy"),
        when=day(node, "judgedOn"),
        is_stale=is_stale,
    )
