"""A made-up graph to judge, and pools of its figures, for tests of judgements."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from allograph.curated.sources import Part, find_sources
from allograph.evidence import Evidence, read_evidence
from allograph.evidence.judgements.biased import digest_of_judged
from allograph.evidence.judgements.bound import digest_of
from allograph.evidence.pooling.answers import COMPARISON, SHARE, Crude, Pool, Row
from allograph.namespaces import BASE
from allograph.rdf.terms import Triple
from allograph.rdf.turtle import parse_turtle, read_turtle
from allograph.synthesis.pooled import Synthesis

FOLDER = Path(__file__).parent / "judgements"


@cache
def _ontology() -> tuple[Triple, ...]:
    files = find_sources().files(Part.ONTOLOGY)
    return tuple(triple for path in files for triple in read_turtle(path, path.name).triples)


@cache
def made_up() -> Evidence:
    """The made-up graph, without a judgement."""
    return _read()


@cache
def judged_graph() -> Evidence:
    """The same with judgements of bias of two trials."""
    return with_bias()


def with_bias(*edits: tuple[str, str]) -> Evidence:
    """The same after some changes to what the studies say: a judgement may be stale then."""
    text = (FOLDER / "bias.ttl").read_text(encoding="utf-8")
    for key in ("one", "two"):
        digest = digest_of_judged(made_up(), [f"{BASE}study/{key}#figure"])
        text = text.replace(f"DIGEST-{key}", digest)
    return _read(text, *edits)


def with_certainty(pool: Pool) -> Evidence:
    """The made-up graph with a judgement of the certainty of a pool."""
    text = (FOLDER / "certainty.ttl").read_text(encoding="utf-8")
    return _read(text.replace("DIGEST", digest_of(pool)))


def _read(judgements: str = "", *edits: tuple[str, str]) -> Evidence:
    studies = (FOLDER / "made-up.ttl").read_text(encoding="utf-8")
    for old, new in edits:
        assert old in studies
        studies = studies.replace(old, new)
    texts = [studies, judgements] if judgements else [studies]
    triples: Iterable[Triple] = (
        triple for text in texts for triple in parse_turtle(text.encode(), "made-up.ttl").triples
    )
    return read_evidence([*_ontology(), *triples])


def row(study: str, **values: Any) -> Row:
    """The one figure of a made-up study, 40 of 100 people unless something else is said."""
    given = {
        "figure": f"{BASE}study/{study}#figure",
        "study": f"{BASE}study/{study}",
        "label": made_up().study_label(f"{BASE}study/{study}"),
        "people_label": "treated",
        "report": f"{BASE}report/{study}",
        "report_label": f"Report of {study}",
        "tier": "primary",
        "reported_as": "40 of 100 (40%)",
        "events": 40,
        "people": 100,
        "level": 95.0,
    }
    return Row(**given | values)


def shares(*studies: str, **found: Any) -> Pool:
    """A pool of shares; ``found`` are attributes of its synthesis, without which it has none."""
    rows = tuple(row(study) for study in studies)
    crude = Crude(40, 100, 0.4, 0.3, 0.5, 0.4, 0.4)
    return Pool(SHARE, "madeupumab", "percentage", rows, synthesis=_found(found), crude=crude)


def ratios(*studies: str, rows: dict[str, Any] | None = None, **found: Any) -> Pool:
    """A pool of risk ratios, with 40 of 100 people in each arm unless ``rows`` says otherwise."""
    counts = {"comparator_events": 40, "comparator_people": 100} | (rows or {})
    figures = tuple(row(study, **counts) for study in studies)
    synthesis = _found(found)
    return Pool(
        COMPARISON, "madeupumab; randomised", "rr", figures, synthesis=synthesis, measure="rr"
    )


def _found(given: dict[str, Any]) -> Synthesis | None:
    if not given:
        return None
    values = {"model": "glmm", "level": 95.0, "studies": 2, "people": None} | given
    return Synthesis(**values)
