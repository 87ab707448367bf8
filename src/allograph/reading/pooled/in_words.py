"""A pool in words: each study, the number with all that belongs beside it, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from allograph.evidence.pooling.answers import MEDIAN, SHARE, Pool, Refused, Row
from allograph.evidence.pooling.differences import DENOMINATOR
from allograph.namespaces import key_of
from allograph.synthesis.effects import RISK_DIFFERENCE
from allograph.synthesis.pooled import MODELS, Synthesis

NOT_OF_MODEL = "this model has none"
SMALL = 0.1
"""Below it, two decimals of a ratio would hide what it says."""


def lines_of(pool: Pool) -> Iterator[str]:
    """A pool that is not refused: its rows, what is pooled of them, and by which model."""
    yield f"{pool.words}:"
    yield from _aligned([_cells(pool, row) for row in pool.rows])
    if pool.synthesis:
        yield from _of_synthesis(pool, pool.synthesis)
    if pool.crude:
        crude = pool.crude
        lower, upper, lowest, highest = (
            number_in_words(pool, one)
            for one in (crude.lower, crude.upper, crude.lowest, crude.highest)
        )
        share = number_in_words(pool, crude.share)
        yield (
            f"all people: {crude.events} of {crude.people} ({share}, exact {lower} to {upper});"
            f" the studies range from {lowest} to {highest}"
        )


def apart_in_words(pool: Pool) -> str:
    """In what a pool differs from the first of its sort, as a sentence; nothing if it is that."""
    apart = "; ".join(
        f"another {one.name}: {one.words or _none(one.name)}"
        f" instead of {one.words_of_first or _none(one.name)}"
        for one in pool.apart_by
    )
    return f"It has {apart}." if apart else ""


def _none(name: str) -> str:
    """What a figure has that states no such thing."""
    return "of all" if name == DENOMINATOR else "none stated"


def row_in_words(pool: Pool, row: Row) -> str:
    """One row as one line."""
    return "  ".join(cell for cell in _cells(pool, row) if cell)


def refused_in_words(refused: Refused) -> str:
    """A figure that no pool takes, and why."""
    ask = f" (--across {refused.across})" if refused.across else ""
    return f"{key_of(refused.row.figure)}: {refused.reason}{ask}"


def number_in_words(pool: Pool, number: float) -> str:
    """A share in percent, a difference with its sign in points, a ratio, a number of months."""
    if pool.kind == SHARE:
        return f"{100 * number:.1f}%"
    if pool.measure == RISK_DIFFERENCE:
        return f"{100 * number:+.1f} points"
    if pool.kind == MEDIAN:
        return f"{number:.1f} mo"
    return f"{number:.2f}" if number >= SMALL else f"{number:.2g}"


def interval_in_words(
    pool: Pool, value: float | None, lower: float | None, upper: float | None
) -> str:
    """``12.7% (9.2% to 17.2%)``; without limits the number alone."""
    if value is None:
        return "not reached" if pool.kind == MEDIAN else "none"
    if lower is None or upper is None:
        return number_in_words(pool, value)
    limits = " to ".join(number_in_words(pool, limit) for limit in (lower, upper))
    for unit in (" mo", " points"):
        limits = limits.replace(unit, "", 1)
    return f"{number_in_words(pool, value)} ({limits})"


def _cells(pool: Pool, row: Row) -> tuple[str, ...]:
    """What stands of a row in its columns."""
    people = "" if row.people is None else f"{row.people} people"
    if row.events is not None:
        people = f"{row.events} of {row.people}"
        if row.events_at_most:
            people = f"{row.events} or {row.events_at_most} of {row.people}"
    if row.comparator_events is not None:
        people += f" against {row.comparator_events} of {row.comparator_people}"
    elif row.comparator_people is not None:
        people += f" against {row.comparator_people}"
    basis = f"derived: {row.derivation}" if row.is_derived else "printed"
    weight = "" if row.weight is None else f"weight {100 * row.weight:.1f}%"
    value = interval_in_words(pool, row.value, row.lower, row.upper)
    figure = key_of(row.figure) if row.figure else row.label
    return figure, people, value, weight, f"{basis}, {row.tier or 'no tier'}"


def _of_synthesis(pool: Pool, found: Synthesis) -> Iterator[str]:
    if found.estimate is None:
        yield f"no model: {found.reasons.get('estimate', NOT_OF_MODEL)}"
        return
    people = "" if found.people is None else f", {found.people:,} people"
    number = interval_in_words(pool, found.estimate, found.lower, found.upper)
    yield f"pooled: {number}, {found.level:g}% interval, {len(pool.studies)} studies{people}"
    yield f"model: {MODELS[found.model]}"
    limits = (found.prediction_lower, found.prediction_upper)
    if None in limits:
        why = found.reasons.get("prediction_lower", NOT_OF_MODEL)
        yield f"prediction interval: none; {why}"
    else:
        said = (number_in_words(pool, one) for one in limits if one is not None)
        yield f"prediction interval: {' to '.join(said)}"
    yield f"heterogeneity: {heterogeneity_in_words(found)}"
    if (most := pool.with_most) and most.estimate is not None:
        number = interval_in_words(pool, most.estimate, most.lower, most.upper)
        yield f"with the most that the sources leave open: {number}"
    for other in pool.sensitivity:
        if other.model != found.model and other.estimate is not None:
            number = interval_in_words(pool, other.estimate, other.lower, other.upper)
            yield f"beside it: {number}, {MODELS[other.model]}"


def heterogeneity_in_words(found: Synthesis) -> str:
    """``tau² 0.12, I² 34.5%, Q 6.1``, or why there is none."""
    words = [] if found.tau2 is None else [f"tau² {found.tau2:.4g}"]
    words += [] if found.i2 is None else [f"I² {found.i2:.1f}%"]
    words += [] if found.q is None else [f"Q {found.q:.4g}"]
    words += [] if found.q_p is None else [f"p {found.q_p:.2g}"]
    return ", ".join(words) or found.reasons.get("tau2", NOT_OF_MODEL)


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (text.ljust(width) for text, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()
