"""What a release says of judgements beside the files: which are stale, and what is proposed.

A proposal is a node of the same classes as a judgement, with ``ag:proposed true``. It is a part of
its outcome, named for the digest of the answer that it is of: another answer is another proposal.
"""

from __future__ import annotations

from collections.abc import Iterator

from allograph.evidence.judgements.biased import risks_of_bias
from allograph.evidence.judgements.bound import AnswerKey, answer_key, digest_of, wish_of
from allograph.evidence.judgements.certainty import Certainty
from allograph.evidence.judgements.curated import judgements_of_certainty
from allograph.evidence.judgements.proposed import proposed_certainty
from allograph.evidence.model import Evidence
from allograph.evidence.pooling.answers import Answer, Wish
from allograph.evidence.pooling.pool import pool
from allograph.namespaces import BASE
from allograph.rdf.terms import Literal, NamedNode, Triple
from allograph.rdf.vocabularies import AG, RDF, RDFS, XSD

SHOWN_DIGITS = 12
"""Of a digest, in the name of a proposal."""


def stated_of_judgements(evidence: Evidence) -> Iterator[Triple]:
    """What follows of judgements for a release."""
    for risk in risks_of_bias(evidence):
        yield from _state(risk.iri, is_stale=risk.is_stale, is_proposed=False)
    for node in judgements_of_certainty(evidence):
        is_stale = node.value("digest") not in digests_now(evidence, node.value("answer"))
        yield from _state(node.iri, is_stale=is_stale, is_proposed=False)
    for outcome in sorted(_outcomes(evidence)):
        answer = pool(evidence, Wish(outcome))
        for each in answer.pooled:
            key = answer_key(answer.wish, each)
            yield from _proposal(answer, key, proposed_certainty(each, evidence))


def digests_now(evidence: Evidence, address: str) -> dict[str, str]:
    """The pools that an answer has now: the words of each by its digest; none, if it has none."""
    wish = wish_of(address, evidence)
    return {digest_of(one): one.words for one in pool(evidence, wish).pools} if wish else {}


def _outcomes(evidence: Evidence) -> set[str]:
    figures = (*evidence.results.values(), *evidence.comparisons.values())
    return {figure.outcome for figure in figures if figure.outcome}


def _proposal(answer: Answer, key: AnswerKey, certainty: Certainty) -> Iterator[Triple]:
    iri = f"{key.outcome}#certainty-{key.digest[:SHOWN_DIGITS]}"
    for name in ("CertaintyOfEvidence", "Judgement"):
        yield _link(iri, RDF.type, AG[name])
    label = f"Certainty of {answer.outcome_label}, proposed: {key.words}"
    yield _said(iri, RDFS.label, label, language="en")
    yield _said(iri, AG.answer, key.address)
    yield _said(iri, AG.answerWords, key.words)
    yield _link(iri, AG.outcome, key.outcome)
    yield _link(iri, AG.startsAt, f"{BASE}certainty/{certainty.start}")
    yield _link(iri, AG.certainty, f"{BASE}certainty/{certainty.level}")
    yield _said(iri, AG.judgedBy, certainty.who)
    yield _said(iri, AG.digest, key.digest)
    for step in certainty.steps:
        part, aspect = f"{iri}-{step.domain}", f"{BASE}aspect/{step.domain}"
        yield _link(iri, AG.certaintyStep, part)
        yield _link(part, RDF.type, AG.CertaintyStep)
        yield _link(part, AG.aspect, aspect)
        yield _said(part, RDFS.comment, step.reason, language="en")
        if step.is_judged:
            yield _said(part, AG.levels, str(step.by), datatype=XSD.integer)
        else:
            yield _link(iri, AG.unjudged, aspect)
    yield from _state(iri, is_stale=False, is_proposed=True)


def _state(iri: str, *, is_stale: bool, is_proposed: bool) -> Iterator[Triple]:
    yield _said(iri, AG.stale, str(is_stale).lower(), datatype=XSD.boolean)
    yield _said(iri, AG.proposed, str(is_proposed).lower(), datatype=XSD.boolean)


def _link(subject: str, predicate: str, value: str) -> Triple:
    return Triple(NamedNode(subject), NamedNode(predicate), NamedNode(value))


def _said(
    subject: str, predicate: str, text: str, *, language: str | None = None, datatype: str = ""
) -> Triple:
    if language:
        return Triple(NamedNode(subject), NamedNode(predicate), Literal(text, language=language))
    kind = NamedNode(datatype) if datatype else None
    return Triple(NamedNode(subject), NamedNode(predicate), Literal(text, datatype=kind))
