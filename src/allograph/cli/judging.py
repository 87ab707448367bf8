"""What a new judgement is of: its figures or its answer, the release, and the digest of both."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from allograph.curated.new import DOMAINS
from allograph.curated.snapshot import Snapshot, read_snapshot
from allograph.curated.sources import Sources
from allograph.errors import ParameterError, nearest
from allograph.evidence import Evidence, evidence_of
from allograph.evidence.judgements import answer_key, proposed_certainty
from allograph.evidence.judgements.biased import digest_of_judged, domains_of
from allograph.evidence.judgements.bound import PATH, wish_of
from allograph.evidence.pooling.answers import Pool
from allograph.evidence.pooling.pool import pool
from allograph.namespaces import BASE, key_of
from allograph.release.building import release_id

TOOL = f"{BASE}tool/"
ROB_2 = "rob-2"


def known_of_judgement(
    sources: Sources, of: Sequence[str] = (), tool: str = "", number: int = 0
) -> dict[str, str]:
    """What is known of a judgement: of figures, of a study, or of the answer at an address.

    ``of`` are CURIEs or IRIs, or one address as ``/pool/relapse?drug=blinatumomab``; ``number``
    chooses one of its pools, from 1. Raises ``ParameterError`` for what is not there.
    """
    snapshot = read_snapshot(sources)
    evidence = evidence_of(snapshot.loaded.nodes)
    is_answer = any(PATH in one for one in of)
    if tool and is_answer:
        raise ParameterError("tool", "certainty is judged by no tool; leave out --tool")
    known = {} if is_answer else _domains(evidence, tool or ROB_2)
    if not of:
        return known
    known |= {"RELEASE": release_id(snapshot)}
    if is_answer:
        return known | _of_answer(evidence, of, number)
    iris = [_figure(snapshot, evidence, one) for one in of]
    judges = " , ".join(f"<{iri}>" for iri in iris)
    return known | {"JUDGES": judges, "DIGEST": digest_of_judged(evidence, iris)}


def _domains(evidence: Evidence, tool: str) -> dict[str, str]:
    """The tool, and the keys of its domains without the name of the tool."""
    domains = domains_of(evidence, f"{TOOL}{tool}")
    if not domains:
        tools = sorted(key_of(iri) for iri in evidence.nodes if iri.startswith(TOOL))
        raise ParameterError("tool", f"there is no tool '{tool}'{nearest(tool, tools)}")
    keys = (key.removeprefix(f"{tool}-") for key, _label in domains)
    return {"TOOL": tool, DOMAINS: " ".join(keys)}


def _figure(snapshot: Snapshot, evidence: Evidence, name: str) -> str:
    """The IRI of a figure, a comparison or a study that can be judged."""
    iri = name if name.startswith(BASE) else snapshot.namespaces.expand(name) or name
    if evidence.figure(iri) is None and iri not in evidence.studies:
        known = [snapshot.namespaces.compact(one) for one in (*evidence.studies, *evidence.results)]
        message = f"'{name}' is no figure, comparison or study{nearest(name, known)}"
        raise ParameterError("of", message)
    return iri


def _of_answer(evidence: Evidence, of: Sequence[str], number: int) -> dict[str, str]:
    """The answer at an address, its pool, and what is proposed of its certainty."""
    parts = urlsplit(of[0])
    address = f"{parts.path}?{parts.query}" if parts.query else parts.path
    wish = wish_of(address, evidence)
    if wish is None or len(of) > 1:
        message = "an answer has one address, as in /pool/complete-remission?drug=blinatumomab"
        raise ParameterError("of", message)
    chosen = _chosen(pool(evidence, wish).pools, number)
    key = answer_key(wish, chosen)
    proposed = proposed_certainty(chosen, evidence)
    reasons = {step.domain.upper().replace("-", "_"): step.reason for step in proposed.steps}
    texts = {"ANSWER": key.address, "OF_POOL": key.words, "DIGEST": key.digest, **reasons}
    known = {name: _escaped(text) for name, text in texts.items()}
    return known | {"OUTCOME": key_of(wish.outcome), "STARTS_AT": proposed.start}


def _chosen(pools: Sequence[Pool], number: int) -> Pool:
    """One of the pools of an answer; the only one, if there is one."""
    if len(pools) == 1 or 1 <= number <= len(pools):
        return pools[number - 1 if number else 0]
    if not pools:
        raise ParameterError("of", "no pool answers this: allograph pool says why")
    told = "\n".join(f"  {place} {one.words}" for place, one in enumerate(pools, 1))
    message = f"this answer has several pools; choose one by its number, --pool N:\n{told}"
    raise ParameterError("pool", message)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
