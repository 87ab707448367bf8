"""Make the forest plot of a pooled answer: each pool a panel, and grey what is not pooled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, groupby

from allograph.drawings.charts.doubting import letters_among
from allograph.drawings.charts.drawing import Caption, Favours, Scale
from allograph.drawings.charts.effects import lower_favours_group
from allograph.drawings.charts.pooled import PooledLine, PoolPanel, PoolPlot, Spread, StudyLine
from allograph.drawings.charts.pooled_layout import pooled_picture
from allograph.evidence.pooling.answers import COMPARISON, MEDIAN, SHARE, Answer, Pool, Row
from allograph.evidence.pooling.guards import TOO_FEW
from allograph.reading.pooled.said import (
    MEASURES,
    counted_text,
    crude_text,
    digits,
    estimate_text,
    factor,
    figure_text,
    heterogeneity_text,
    is_ratio,
    limits_text,
    model_name,
    prediction_text,
    title_of,
)

Doubts = Mapping[str, Iterable[str]]
"""The keys of flags and of rules that doubt a figure, by its IRI."""

MOST_LINES = 100
"""Studies of a pool that a picture shows."""
MOST_GREY, FEW_GREY = 12, 6
"""Figures in grey, fewer of them beside pools; a page lists all of them."""
KINDS = {SHARE: "shares", COMPARISON: "comparisons", MEDIAN: "medians"}
NOT_POOLED = "Not pooled"


def picture_of(answer: Answer, doubts: Doubts, caption: Caption, *, is_narrow: bool = False) -> str:
    """The picture as SVG, with all that it needs to stand on a slide."""
    plot = plot_of(answer, doubts)
    notes = list(caption.notes)
    if plot.left_over:
        figures = f"{plot.left_over} further figure{'' if plot.left_over == 1 else 's'}"
        notes.insert(0, f"{figures} that no pool takes: the page lists them with their reasons.")
    shown = Caption(caption.asked, caption.people, caption.source, notes)
    return pooled_picture(plot, shown, is_narrow=is_narrow).svg(caption.asked, in_words(answer))


def in_words(answer: Answer) -> str:
    """The plot in words, for those who do not see it."""
    pools = "; ".join(
        f"{title_of(pool)}: {estimate_text(pool, pool.synthesis)}"
        for pool in answer.pooled
        if pool.synthesis
    )
    return (
        f"Forest plot: one line for each study with its weight, the pooled estimate as a diamond,"
        f" the prediction interval below it; what is not pooled is grey. {pools or NOT_POOLED}."
    )


def plot_of(answer: Answer, doubts: Doubts) -> PoolPlot:
    """The panels: the pools, then what is not pooled, as far as there is room for it."""
    panels = [panel_of(answer, pool, doubts) for pool in answer.pooled]
    grey = list(not_pooled(answer, doubts))
    most = FEW_GREY if panels else MOST_GREY
    for scale, lines in groupby(grey[:most], key=lambda each: each[0]):
        title = f"{NOT_POOLED}: {scale.measure}" if panels else NOT_POOLED
        panels.append(PoolPanel(title, scale, tuple(line for _, line in lines)))
    return PoolPlot(tuple(panels), max(0, len(grey) - most))


def panel_of(answer: Answer, pool: Pool, doubts: Doubts) -> PoolPanel:
    """A pool with what it gives."""
    level = answer.wish.level
    lines = tuple(line_of(pool, row, level, doubts) for row in pool.rows[:MOST_LINES])
    more = len(pool.rows) - len(lines)
    notes = [f"{more} more studies are pooled and not drawn."] if more else []
    scale = scale_of(answer, pool)
    return PoolPanel(
        title_of(pool),
        scale,
        lines,
        pooled_line(pool, level),
        favours_of(pool, scale),
        (*notes, *model_notes(pool)),
    )


def model_notes(pool: Pool) -> Iterator[str]:
    """The model, and how far the studies differ."""
    if found := pool.synthesis:
        if found.estimate is not None:
            yield f"Model: {model_name(found)}. {heterogeneity_text(pool, found)}"
        elif pool.crude:
            yield estimate_text(pool, found)
        yield from found.remarks
        if pool.with_most and pool.with_most.estimate is not None:
            most = estimate_text(pool, pool.with_most)
            yield f"With the higher end, where a source leaves it open: {most}."
    yield from pool.remarks


def pooled_line(pool: Pool, level: float) -> PooledLine | None:
    """What the studies of a pool give together."""
    found = pool.synthesis
    if found is None:
        return None
    people = f", {found.people} people" if found.people else ""
    label = f"Pooled: {found.studies} studies{people}"
    if found.estimate is None:
        said = crude_text(pool, pool.crude, level) if pool.crude else estimate_text(pool, found)
        label = f"Together: {found.studies} studies{people}"
        return PooledLine(label, said, None, None, "not defined without a pooled estimate")
    scale = factor(pool)
    spread = Spread(
        scale * found.estimate,
        *(None if limit is None else scale * limit for limit in (found.lower, found.upper)),
    )
    low, high = found.prediction_lower, found.prediction_upper
    is_known = low is not None and high is not None
    prediction = (scale * low, scale * high) if low is not None and high is not None else None
    text = limits_text(pool, low, high) if is_known else prediction_text(pool, found)
    limits = f"{digits(pool, found.estimate)} ({level:g}% CI {_limits(pool)})"
    return PooledLine(label, limits, spread, prediction, text if is_known else f"none: {text}")


def _limits(pool: Pool) -> str:
    found = pool.synthesis
    if found is None or found.lower is None or found.upper is None:
        return "not defined"
    return f"{digits(pool, found.lower)} to {digits(pool, found.upper)}"


def line_of(pool: Pool, row: Row, level: float, doubts: Doubts, reason: str = "") -> StudyLine:
    """The line of a figure; grey if a reason is given."""
    scale = factor(pool)
    limits = (None if limit is None else scale * limit for limit in (row.lower, row.upper))
    has_place = row.value is not None and not (is_ratio(pool) and row.value <= 0)
    return StudyLine(
        study=row.label,
        detail=", ".join(filter(None, (row.people_label, row.tier))),
        people=counted_text(row),
        figure=figure_text(pool, row, level),
        link=row.figure,
        spread=Spread(scale * (row.value or 0.0), *limits) if has_place else None,
        weight=None if reason else row.weight,
        is_derived=row.is_derived,
        doubts=letters_among(
            {key for iri in (row.figure, *row.further) for key in doubts.get(iri, ())}
        ),
        reason=reason,
    )


def not_pooled(answer: Answer, doubts: Doubts) -> Iterator[tuple[Scale, StudyLine]]:
    """The figures of refused pools and those that were left out, each over its scale."""
    level = answer.wish.level
    refused = (
        (pool, row, f"{title_of(pool)}: {' '.join(pool.refusals)}")
        for pool in sorted(answer.refused, key=lambda each: each.refusals == (TOO_FEW,))
        for row in pool.rows
    )
    left_out = ((_alone(answer, one.row), one.row, one.reason) for one in answer.left_out)
    lines = [
        (scale_of(answer, pool), line_of(pool, row, level, doubts, reason))
        for pool, row, reason in chain(refused, left_out)
    ]
    scales = list(dict.fromkeys(scale for scale, _ in lines))
    yield from sorted(lines, key=lambda each: scales.index(each[0]))


def _alone(answer: Answer, row: Row) -> Pool:
    """A pool of no more than a figure that was left out, for its scale."""
    pools = answer.pools
    is_compared = row.comparator_people is not None
    kind = COMPARISON if is_compared else pools[0].kind if pools else SHARE
    measure = next((pool.measure for pool in pools if pool.kind == kind), None)
    return Pool(kind, "", "", (row,), measure=measure)


def scale_of(answer: Answer, pool: Pool) -> Scale:
    """What a pool measures, and its unit."""
    about = answer.outcome_label
    if pool.kind == SHARE:
        return Scale(about, "share of people", "%")
    if pool.kind == MEDIAN:
        return Scale(about, "median", "mo")
    measure = MEASURES.get(pool.measure or "", pool.measure or "effect")
    unit = "%" if pool.measure == "rd" else "1"
    return Scale(about, measure, unit, 1.0 if is_ratio(pool) else 0.0)


def favours_of(pool: Pool, scale: Scale) -> Favours | None:
    """Whom the ends of the axis favour, by what they were given; ``None`` if that is unknown."""
    measure = scale.measure.replace(" ", "-")
    is_lower = lower_favours_group(scale, measure, pool.is_desirable)
    if pool.kind != COMPARISON or is_lower is None or not (pool.index and pool.reference):
        return None
    return Favours(pool.index, pool.reference, is_lower)
