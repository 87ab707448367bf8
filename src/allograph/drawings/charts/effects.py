"""Read effects: estimates with their intervals, beside the line of no effect.

Ratios have a logarithmic scale, on which 0.5 and 2 are as far from 1; differences a linear one
around 0. Nothing is derived: an interval is drawn where the source prints one, at its level.
"""

from __future__ import annotations

from dataclasses import replace

from allograph.drawings.charts.doubting import AGAINST
from allograph.drawings.charts.drawing import Favours, Found, Scale, undrawn, with_unit
from allograph.drawings.charts.figures import begun, printed_interval, scale_of, sign_of
from allograph.evidence.measures import DIFFERENCES, HAZARD_RATIOS, RATIOS
from allograph.questions.plot import PlotHeader, Row
from allograph.reading.pictured import Pictured

MEDIANS = frozenset({"difference-of-medians", "difference-of-means"})
SURVIVING = ("survival", "duration", "alive")
"""How an outcome is named whose hazard is that of its end."""
GROUP, COMPARATOR = "group", "comparator"


def read_effect(row: Row, header: PlotHeader, known: Pictured) -> Found:
    """Read one row; a comparison without an estimate is not drawn."""
    measure = header.value(row, "measure").replace(" ", "-")
    estimate = header.number(row, "estimate")
    if estimate is None:
        return undrawn(row, header, "the source prints no estimate")
    if measure not in RATIOS | DIFFERENCES:
        return undrawn(row, header, "it is neither a ratio nor a difference")
    limits = (header.number(row, "lower"), header.number(row, "upper"))
    if measure in RATIOS and any(limit is not None and limit <= 0 for limit in (estimate, *limits)):
        return undrawn(row, header, "a ratio of 0 has no place on a logarithmic scale")
    unit = "" if measure in RATIOS else header.unit(row, "estimate")
    over = replace(
        scale_of(row, header, known, measure.replace("-", " "), unit),
        null=1.0 if measure in RATIOS else 0.0,
    )
    printed = header.value(row, "estimate")
    amount = printed if unit == "%" else with_unit(printed, unit)
    is_lower_better = lower_favours_group(over, measure, known.is_desirable)
    is_against = contradicts(row, header, estimate, over, is_lower_better)
    mark = replace(
        begun(row, header, known, *([AGAINST] if is_against else [])),
        value=estimate,
        number=f"{sign_of(row, header)}{amount}",
        interval=printed_interval(row, header, known),
        people=counted_sides(row, header, known),
        favours=favours(row, header, known, is_lower_better),
    )
    return [(over, mark)]


def lower_favours_group(scale: Scale, measure: str, is_desirable: bool | None) -> bool | None:
    """Tell whether an estimate below no effect is better for the group; ``None`` if unknown.

    A hazard is that of an event; that of a survival is of its end, which nobody wants.
    """
    is_surviving = any(word in scale.about for word in SURVIVING)
    if is_desirable is None:
        return None
    if measure in HAZARD_RATIOS and is_surviving:
        return True
    if is_surviving and measure not in DIFFERENCES:
        return None
    return not is_desirable


def contradicts(
    row: Row, header: PlotHeader, estimate: float, scale: Scale, is_lower_better: bool | None
) -> bool:
    """Tell whether the source says that the other side is favoured than the estimate's place."""
    said = header.value(row, "direction").replace("-", " ")
    if is_lower_better is None or estimate == scale.null:
        return False
    is_for_group = (estimate < (scale.null or 0)) is is_lower_better
    return said.endswith(COMPARATOR if is_for_group else GROUP) and said.startswith("favours")


def favours(
    row: Row, header: PlotHeader, known: Pictured, is_lower_better: bool | None
) -> Favours | None:
    """Whom the ends of the axis favour, by what they were given, else by their names."""
    if is_lower_better is None:
        return None
    group, comparator = known.treatment, known.other_treatment
    if not group or not comparator or group == comparator:
        group, comparator = (header.text(row, f"{side}_name") for side in (GROUP, COMPARATOR))
    return Favours(group, comparator, is_lower_better)


def counted_sides(row: Row, header: PlotHeader, known: Pictured) -> str:
    """The people of both sides: as the row counts them, else by the size of the groups."""
    sizes = [header.value(row, side) for side in ("size", "other_size")]
    if not all(sizes):
        sizes = [str(size or "") for size in (known.size, known.other_size)]
    return " v ".join(sizes) if all(sizes) else ""
