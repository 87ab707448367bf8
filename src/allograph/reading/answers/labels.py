"""The labels of records and concepts as clinicians write them: ALL, Ph-negative."""

from __future__ import annotations

from allograph.evidence import Evidence
from allograph.namespaces import BASE

SHORT = {
    "acute lymphoblastic leukaemia": "ALL",
    "Philadelphia chromosome-": "Ph-",
    "B-cell precursor ALL": "B-cell ALL",
}
"""What clinicians write instead; replaced one after the other."""


def label_of(evidence: Evidence, scheme: str, key: str | None) -> str:
    """The label of a concept of a closed list, by its key."""
    return label(evidence, f"{BASE}{scheme}/{key}")


def label(evidence: Evidence, iri: str) -> str:
    """The label of a record or a concept, else its key."""
    return shortened(evidence.nodes.of(iri).label or iri.rpartition("/")[2])


def shortened(text: str) -> str:
    """A label as clinicians write it."""
    for long, short in SHORT.items():
        text = text.replace(long, short)
    return text
