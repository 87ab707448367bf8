"""Judgements that people made, as the files of ``graph/judgement/`` say them."""

from __future__ import annotations

from allograph.evidence.judgements.bound import AnswerKey
from allograph.evidence.judgements.certainty import Certainty, Step
from allograph.evidence.model import Evidence
from allograph.evidence.values import day, whole
from allograph.rdf.nodes import Node
from allograph.rdf.vocabularies import RDFS


def judged(evidence: Evidence, answer: AnswerKey) -> Certainty | None:
    """The certainty that somebody judged of a pool of an answer; none, if nobody did.

    It is stale when the numbers are no longer those that were judged. Of several judgements the
    latest counts, and of those one that is not stale.
    """
    found = [
        _certainty(evidence, node, answer)
        for node in evidence.instances("CertaintyJudgement")
        if node.iri_of("answer") == answer.address and node.value("pool") == answer.words
    ]
    return max(found, key=lambda one: (not one.is_stale, str(one.when)), default=None)


def _certainty(evidence: Evidence, node: Node, answer: AnswerKey) -> Certainty:
    steps = [evidence.nodes.of(iri) for iri in node.iris("step")]
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
        is_stale=node.value("digest") != answer.digest,
    )
