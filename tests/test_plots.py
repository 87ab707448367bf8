"""The plots: every row is drawn or named, what is derived is drawn as derived, and nothing else."""

import csv
import re
import warnings
from xml.etree import ElementTree

import altair
import pytest
from approve import ANSWERS, QUESTIONS, SOURCES
from over_http import listening_canary

from allograph.drawings.charts.bars import read_pair
from allograph.drawings.charts.draw import MOST_ROWS, draw
from allograph.drawings.charts.drawing import Heading, Mark, Undrawn, chart_of
from allograph.drawings.charts.forest import read_share
from allograph.drawings.charts.palette import DARK, LIGHT, in_the_dark
from allograph.drawings.charts.render import svg_of
from allograph.evidence.intervals import wilson
from allograph.questions.plot import PlotHeader, filled

pytestmark = pytest.mark.slow

PLOTTED = {name: question for name, question in QUESTIONS.items() if question.plot}
FOREST = PlotHeader(
    "forest",
    {
        name: name
        for name in ("value", "unit", "lower", "upper", "numerator", "denominator", "link")
    },
    {"heading": "{study}", "label": "{group}[, after cycle {cycle}]"},
    {},
)
PRINTED = {"value": "40.3", "unit": "%", "lower": "14.8", "upper": "65.7"}
COUNTED = {"value": "7", "unit": "1", "numerator": "7", "denominator": "60"}
BARE = {"value": "33", "unit": "%"}
TIME = {"value": "9.2", "unit": "mo"}

each_plot = pytest.mark.parametrize("name", PLOTTED)


def approved(name):
    with (ANSWERS / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def drawn(name):
    return draw(approved(name), PLOTTED[name].plot)


@each_plot
def test_each_row_of_the_answer_is_drawn_or_named_with_a_reason(name):
    drawing = drawn(name)
    assert drawing.spec is not None
    assert drawing.drawn > 0
    assert drawing.drawn + len(drawing.undrawn) == len(approved(name))
    assert all(row.label and row.reason for row in drawing.undrawn)


def test_a_bar_names_the_count_behind_it_where_the_source_prints_one():
    name = "efficacy-against-comparator"
    row = next(row for row in approved(name) if row["group_value"] and row["comparator_value"])
    counted = row | {"group_numerator": "44", "group_denominator": "48"}
    _, (group, comparator) = read_pair(counted, PLOTTED[name].plot)
    assert (group.share, comparator.share) == ("44/48", "")
    assert "44/48" in group.description


@each_plot
def test_a_plot_is_valid_vega_lite(name):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        altair.Chart.from_dict(drawn(name).spec, validate=True)


@each_plot
def test_a_plot_says_each_drawn_figure_in_words_and_leads_to_it(name):
    question = PLOTTED[name]
    drawing = svg_of(drawn(name).spec, "A title <&>", "A text")
    svg = ElementTree.fromstring(drawing)  # noqa: S314  # ours
    assert svg.find("{*}title").text == "A title <&>"
    assert svg.find("{*}desc").text == "A text"
    undrawn = {row.link for row in drawn(name).undrawn}
    expected = {row[question.plot.columns["link"]] for row in approved(name)} - undrawn
    links = {node.get("{http://www.w3.org/1999/xlink}href") for node in svg.findall(".//{*}a")}
    assert links == expected
    said = [node.get("aria-label") for node in svg.iter() if node.get("aria-label")]
    numbers = {row[question.plot.columns.get("value", "group_value")] for row in approved(name)}
    assert any(number and number in " ".join(said) for number in numbers)


@each_plot
def test_a_plot_needs_no_style_no_script_and_nothing_from_elsewhere(name):
    svg = svg_of(drawn(name).spec, "title", "text")
    for forbidden in ("style=", "<style", "<script", "<image", "@import", "url(http"):
        assert forbidden not in svg


@each_plot
def test_a_plot_in_the_dark_has_no_colour_of_the_light_left(name):
    svg = in_the_dark(svg_of(drawn(name).spec, "title", "text"))
    assert not [colour for colour in LIGHT.values() if f'"{colour}"' in svg]
    assert f'"{DARK["ink"]}"' in svg


def test_the_colours_tell_the_roles_apart():
    assert len(set(LIGHT.values())) == len(LIGHT) == len(DARK)


@pytest.mark.parametrize("role", ["paper", "ink", "quiet", "rule", "accent"])
def test_a_plot_has_the_colours_of_the_pages(role):
    stylesheet = (SOURCES.root / "src/allograph/web/static/allograph.css").read_text("utf-8")
    light, dark, *_ = re.findall(rf"^\s*--{role}: (#\w{{6}});", stylesheet, re.MULTILINE)
    assert (LIGHT[role], DARK[role]) == (light, dark)


def luminance(colour):
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_words_and_marks_stand_out_as_wcag_asks(palette):
    for words in ("ink", "quiet"):
        assert contrast(palette[words], palette["paper"]) >= 4.5
    for mark in ("accent", "other"):
        assert contrast(palette[mark], palette["paper"]) >= 2.5
    assert contrast(palette["accent"], palette["paper"]) >= 3
    for shade in ("few", "some", "many"):
        assert contrast(palette["ink"], palette[shade]) >= 4.5


def marks_of(*rows):
    chart = chart_of([{"study": "S", "group": "G", **row} for row in rows], FOREST, read_share)
    return chart, [line for panel in chart.panels for line in panel.lines if isinstance(line, Mark)]


def test_an_interval_is_drawn_as_printed_else_derived_from_the_numbers_else_not_at_all():
    _, (printed, counted, bare) = marks_of(PRINTED, COUNTED, BARE)
    assert (printed.interval.low, printed.interval.high) == (14.8, 65.7)
    assert (printed.interval.is_derived, printed.glyph) == (False, "share")
    assert (counted.interval.low, counted.interval.high) == wilson(7, 60)
    assert (counted.interval.is_derived, counted.glyph) == (True, "derived share")
    assert (bare.interval, bare.value) == (None, 33)


def test_a_printed_share_keeps_its_spelling_and_a_derived_one_says_of_whom():
    _, (printed, counted) = marks_of(PRINTED, COUNTED)
    assert printed.description == "G: 40.3% (14.8–65.7)"  # noqa: RUF001
    assert counted.description == "G: 11.7% (5.8–22.2), 7/60"  # noqa: RUF001


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (TIME, "no percentage"),
        ({"unit": "%"}, "no figure is printed"),
        (COUNTED | {"denominator": "5"}, "no percentage"),
        (COUNTED | {"denominator": "0"}, "no percentage"),
    ],
)
def test_what_is_no_share_of_people_is_named_and_not_drawn(row, reason):
    chart, marks = marks_of(row)
    assert not marks
    (undrawn,) = chart.undrawn
    assert isinstance(undrawn, Undrawn)
    assert undrawn.label == "S, G"
    assert reason in undrawn.reason


def test_a_heading_stands_once_above_what_it_is_about():
    chart, _ = marks_of(BARE, BARE, BARE | {"study": "T"})
    lines = chart.panels[0].lines
    assert [line.text for line in lines if isinstance(line, Heading)] == ["S", "T"]
    assert [type(line) for line in lines] == [Heading, Mark, Mark, Heading, Mark]


def test_an_optional_part_of_a_label_goes_with_its_value():
    row = {"group": "G", "cycle": ""}
    template = FOREST.templates["label"]
    assert filled(template, lambda name: row[name]) == "G"
    assert filled(template, lambda name: (row | {"cycle": "2"})[name]) == "G, after cycle 2"


def test_rows_above_what_a_plot_holds_are_named():
    rows = [{"study": "S", "group": f"G{place}", **BARE} for place in range(MOST_ROWS + 2)]
    drawing = draw(rows, FOREST)
    assert drawing.drawn == MOST_ROWS
    assert [row.label for row in drawing.undrawn] == [f"S, G{MOST_ROWS}", f"S, G{MOST_ROWS + 1}"]


def test_an_answer_of_which_nothing_can_be_drawn_has_no_picture():
    assert draw([{"study": "S", "group": "G", **TIME}], FOREST).spec is None


def test_a_specification_cannot_make_the_server_call_anybody():
    x = {"field": "x", "type": "quantitative"}
    spec = {"mark": "point", "encoding": {"x": x}}
    with listening_canary() as canary, pytest.raises(ValueError, match="not allowed"):
        svg_of(spec | {"data": {"url": f"{canary.url}data.json"}}, "title", "text")
    assert not canary.visits
