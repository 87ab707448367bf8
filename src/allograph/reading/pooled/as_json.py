"""A pooled answer as JSON: always the same keys, and null with a reason where there is no number.

The keys at the top are those of the first pool, the one of most studies that is not refused;
``pools`` holds them all. ``refused`` are all figures that the first pool does not take. Shares and
weights are parts of 1, I² is in percent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, TypeAlias

from allograph.evidence.pooling.answers import Answer, Pool, Refused, Row
from allograph.namespaces import key_of
from allograph.reading.pooled.in_words import apart_in_words
from allograph.reading.pooled.lines import python_lines, r_lines
from allograph.synthesis.pooled import MODELS, Synthesis

Json: TypeAlias = Mapping[str, Any]

NUMBERS = (
    "estimate",
    "lower",
    "upper",
    "prediction_lower",
    "prediction_upper",
    "standard_error",
    "tau2",
    "tau2_lower",
    "tau2_upper",
    "i2",
    "q",
    "q_p",
)
NOTHING = "No figure of this outcome can be pooled."
NOT_OF_MODEL = "This model has none."


def as_json(answer: Answer, release: str) -> Json:
    """Return the answer with the id of the release that it was pooled from."""
    first = answer.pools[0] if answer.pools else None
    wish = answer.wish
    return {
        "outcome": key_of(wish.outcome),
        "outcome_label": answer.outcome_label,
        "drug": key_of(wish.drug) if wish.drug else None,
        "comparator": key_of(wish.comparator) if wish.comparator else None,
        "across": sorted(wish.across),
        **(_pool(first) if first else _nothing()),
        "refused": [_refused(one) for one in refused_of(answer)],
        "pools": [_pool(pool) for pool in answer.pools],
        "release": release,
    }


def refused_of(answer: Answer) -> Iterator[Refused]:
    """What the first pool does not take: other pools, each with its differences, and the rest."""
    for pool in answer.pools:
        if pool.refusals or pool is not answer.pools[0]:
            apart = apart_in_words(pool)
            reason = " ".join((*pool.refusals, *([apart] if apart else [])))
            across = ",".join(one.name for one in pool.apart_by) or None
            yield from (Refused(row, reason or "It is pooled apart.", across) for row in pool.rows)
    yield from answer.left_out


def _nothing() -> dict[str, Any]:
    """The keys of a pool where there is none."""
    return {
        **dict.fromkeys(("kind", "words", "statistic", "measure")),
        **_numbers(None, [NOTHING]),
        "rows": [],
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
        "remarks": [*pool.remarks, *(pool.synthesis.remarks if pool.synthesis else ())],
        "apart_by": [asdict(one) for one in pool.apart_by],
        "r": list(r_lines(pool)),
        "python": list(python_lines(pool)),
    }


def _numbers(synthesis: Synthesis | None, refusals: Sequence[str]) -> dict[str, Any]:
    """The numbers of a model; each that is null has its reason."""
    if synthesis is None:
        names = ("model", *NUMBERS, "studies", "people")
        numbers: dict[str, Any] = {**dict.fromkeys(names), "level": None, "model_label": None}
        why: Mapping[str, str] = {}
        otherwise = " ".join(refusals) or NOTHING
    else:
        numbers = {
            "model": synthesis.model,
            **{name: getattr(synthesis, name) for name in NUMBERS},
            "studies": synthesis.studies,
            "people": synthesis.people,
            "level": synthesis.level,
            "model_label": MODELS[synthesis.model],
        }
        why = synthesis.reasons
        otherwise = why.get("estimate", NOT_OF_MODEL)
    missing = [name for name, number in numbers.items() if number is None]
    return {**numbers, "reasons": {name: why.get(name, otherwise) for name in missing}}


def _row(row: Row) -> dict[str, Any]:
    return {**asdict(row), "study": key_of(row.study), "study_label": row.label}


def _refused(refused: Refused) -> dict[str, Any]:
    return {**_row(refused.row), "reason": refused.reason, "across": refused.across}
