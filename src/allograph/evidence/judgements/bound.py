"""What a judgement of certainty is bound to: one pool of one answer, and its numbers.

An answer has the address at which the service gives it, and each pool of it has words. A digest is
made of the numbers: when one of these changes, the answer is another one than was judged.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from urllib.parse import parse_qs, urlencode

from allograph.evidence.model import Evidence
from allograph.evidence.pooling.answers import Pool, Row, Wish
from allograph.namespaces import BASE, KEY, key_of

DIGITS = 4
"""Significant digits of computed numbers that count: further ones differ between machines."""
PATH = "/pool/"
LEVEL = 95.0


@dataclass(frozen=True)
class AnswerKey:
    """One pool of an answer: where it is given, what it is of, and the digest of its numbers."""

    outcome: str
    address: str
    words: str
    digest: str


def answer_key(wish: Wish, pool: Pool) -> AnswerKey:
    """The key of a pool of the answer to a wish; the outcome is an IRI."""
    return AnswerKey(wish.outcome, address_of(wish), pool.words, digest_of(pool))


def address_of(wish: Wish) -> str:
    """The path of an answer, with its arguments in order: ``/pool/relapse?drug=blinatumomab``.

    What is left to its default is left out, so that one answer has one address.
    """
    arguments = sorted(_arguments(wish))
    return f"{PATH}{key_of(wish.outcome)}" + (f"?{urlencode(arguments)}" if arguments else "")


def wish_of(address: str, evidence: Evidence) -> Wish | None:
    """What an address asks for; none, if it is no address of an answer.

    What was given is a drug of the graph by its key, or else a regimen.
    """
    path, _mark, query = address.partition("?")
    key = path.removeprefix(PATH)
    given = parse_qs(query, keep_blank_values=True)
    if not path.startswith(PATH) or not KEY.fullmatch(key) or given.keys() - ARGUMENTS:
        return None
    one = {name: values[0] for name, values in given.items()}
    try:
        return Wish(
            outcome=f"{BASE}outcome/{key}",
            drug=_given(evidence, one.get("drug")),
            comparator=_given(evidence, one.get("comparator")),
            studies=frozenset(f"{BASE}study/{study}" for study in given.get("study", ())),
            statistic=one.get("statistic"),
            measure=one.get("measure"),
            at_time=Decimal(one["at_time"]) if "at_time" in one else None,
            time_origin=one.get("time_origin"),
            across=frozenset(given.get("across", ())),
            model=one.get("model"),
            level=float(one.get("level", LEVEL)),
            with_retracted="with_retracted" in one,
        )
    except (InvalidOperation, ValueError):
        return None


def digest_of(pool: Pool) -> str:
    """The SHA-256 of the figures of a pool, their numbers, and what they were pooled to."""
    found = pool.synthesis
    pooled = (found.estimate, found.lower, found.upper) if found else ()
    content = {
        "kind": [pool.kind, pool.measure, found.model if found else None],
        "level": found.level if found else None,
        "pooled": _short(pooled),
        "rows": sorted(map(_of_row, pool.rows)),
        "refusals": sorted(pool.refusals),
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


ARGUMENTS = frozenset(
    (
        "drug",
        "comparator",
        "study",
        "statistic",
        "measure",
        "at_time",
        "time_origin",
        "across",
        "model",
        "level",
        "with_retracted",
    )
)


def _arguments(wish: Wish) -> Iterator[tuple[str, str]]:
    for name, given in (("drug", wish.drug), ("comparator", wish.comparator)):
        if given:
            yield name, key_of(given)
    for study in wish.studies:
        yield "study", key_of(study)
    for name in wish.across:
        yield "across", name
    for name, value in (
        ("statistic", wish.statistic),
        ("measure", wish.measure),
        ("at_time", None if wish.at_time is None else f"{wish.at_time:f}"),
        ("time_origin", wish.time_origin),
        ("model", wish.model),
        ("level", None if wish.level == LEVEL else f"{wish.level:g}"),
        ("with_retracted", "yes" if wish.with_retracted else None),
    ):
        if value is not None:
            yield name, value


def _given(evidence: Evidence, key: str | None) -> str | None:
    """The IRI of what was given, by its key."""
    regimen = f"{BASE}regimen/{key}"
    is_regimen = regimen in evidence.nodes and f"{BASE}drug/{key}" not in evidence.nodes
    return None if key is None else regimen if is_regimen else f"{BASE}drug/{key}"


def _of_row(row: Row) -> list[str]:
    counts = (row.events, row.people, row.comparator_events, row.comparator_people)
    return [row.figure, *map(str, counts), *_short((row.value, row.lower, row.upper))]


def _short(numbers: Iterable[float | None]) -> list[str]:
    return ["" if number is None else f"{number:.{DIGITS}g}" for number in numbers]
