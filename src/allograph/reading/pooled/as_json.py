"""A pooled answer as JSON: always the same keys, and null with a reason where there is no number.

The keys at the top are those of the first pool, the one of most studies that is not refused;
``pools`` holds them all. ``refused`` are all figures that the first pool does not take.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, TypeAlias

from allograph.evidence.pooling.answers import Answer, Pool, Refused, Row
from allograph.namespaces import key_of
from allograph.synthesis.pooled import MODELS, Synthesis

Json: TypeAlias = Mapping[str, Any]

NUMBERS = (
    "estimate",
    "lower",
    "upper",
    "prediction_lower",
    "prediction_upper",
    "tau2",
    "i2",
    "q",
)
NOTHING = "No figure of this outcome can be pooled."


def as_json(answer: Answer, release: str) -> Json:
    """Return the answer with the id of the release that it was pooled from."""
    first = answer.pools[0] if answer.pools else None
    of_first = _pool(first) if first else {**_numbers(None, [NOTHING]), "rows": []}
    others = [pool for pool in answer.pools if pool is not first or pool.refusals]
    refused = [
        *(_refused(Refused(row, " ".join(pool.refusals))) for pool in others for row in pool.rows),
        *map(_refused, answer.left_out),
    ]
    return {
        "outcome": key_of(answer.wish.outcome),
        "outcome_label": answer.outcome_label,
        **of_first,
        "refused": refused,
        "pools": [_pool(pool) for pool in answer.pools],
        "release": release,
    }


def _pool(pool: Pool) -> dict[str, Any]:
    return {
        "kind": pool.kind,
        "words": pool.words,
        "statistic": pool.statistic,
        "measure": pool.measure,
        **_numbers(pool.synthesis, pool.refusals),
        "crude": asdict(pool.crude) if pool.crude else None,
        "with_most": _numbers(pool.with_most, ()) if pool.with_most else None,
        "sensitivity": [_numbers(one, ()) for one in pool.sensitivity],
        "rows": [_row(row) for row in pool.rows],
        "refusals": list(pool.refusals),
        "remarks": list(pool.remarks),
    }


def _numbers(synthesis: Synthesis | None, refusals: Any) -> dict[str, Any]:
    if synthesis is None:
        nothing = " ".join(refusals) or "No model was fitted."
        return {
            "model": None,
            "level": None,
            **dict.fromkeys(NUMBERS),
            "studies": None,
            "people": None,
            "reasons": dict.fromkeys(("model", *NUMBERS, "studies", "people"), nothing),
        }
    return {
        "model": synthesis.model,
        "model_label": MODELS[synthesis.model],
        "level": synthesis.level,
        **{name: getattr(synthesis, name) for name in NUMBERS},
        "studies": synthesis.studies,
        "people": synthesis.people,
        "reasons": dict(synthesis.reasons),
    }


def _row(row: Row) -> dict[str, Any]:
    return {**asdict(row), "study": key_of(row.study), "study_label": row.label}


def _refused(refused: Refused) -> dict[str, Any]:
    return {**_row(refused.row), "reason": refused.reason, "across": refused.across}
