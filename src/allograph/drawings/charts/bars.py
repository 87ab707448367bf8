"""Read both sides of a comparison: the figure of a group above that of its comparator.

Where the source prints an estimate, too, that stands in a panel of its own.
"""

from __future__ import annotations

from dataclasses import replace

from allograph.drawings.charts.drawing import Found, Mark, Side, Undrawn, undrawn, with_unit
from allograph.drawings.charts.effects import read_effect
from allograph.drawings.charts.figures import begun, counted, scale_of
from allograph.drawings.charts.forest import COUNTS, PERCENT, SHARE, derived_interval, people_of
from allograph.questions.plot import PlotHeader, Row
from allograph.reading.pictured import Pictured

SIDES: tuple[tuple[Side, str], ...] = (("group", "label"), ("comparator", "comparator_label"))
"""Column and template of each side."""


def read_pair(row: Row, header: PlotHeader, known: Pictured) -> Found:
    """Read one row; a comparison with neither both figures nor an estimate is not drawn."""
    effect = read_effect(row, header, known)
    names = [header.text(row, template) for _, template in SIDES]
    found = [] if isinstance(effect, Undrawn) else effect
    found = [(scale, replace(mark, label=" against ".join(names))) for scale, mark in found]
    if all(header.value(row, side) for side, _ in SIDES):
        unit, statistic = header.unit(row, "group"), header.value(row, "statistic")
        measure = SHARE if unit == PERCENT and statistic in COUNTS else statistic
        over = scale_of(row, header, known, measure, unit)
        pair = [(over, side_of(row, header, known, side, template)) for side, template in SIDES]
        found = [*pair, *found]
    return found or undrawn(row, header, "the source says how they compare, not both figures")


def side_of(row: Row, header: PlotHeader, known: Pictured, side: Side, template: str) -> Mark:
    """The mark of one side, with the interval that its people give."""
    unit, value = header.unit(row, "group"), header.value(row, side)
    people = people_of(row, header, f"{side}_")
    is_group = side == "group"
    size = (known.size if is_group else known.other_size) or 0
    mark = replace(begun(row, header, known), size=people[1] if people else size)
    return replace(
        mark,
        label=header.text(row, template),
        value=float(value),
        number=with_unit(value, unit),
        interval=derived_interval(people, float(value)) if unit == PERCENT else None,
        people=f"{people[0]}/{people[1]}" if people else counted(mark),
        side=side,
        treatment=known.treatment if is_group else known.other_treatment,
    )
