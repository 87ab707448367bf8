"""The plots: what is derived or doubted never looks printed, unlike things never share an axis."""

import csv
import re
import struct
import zlib
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from approve import ANSWERS, QUESTIONS, SOURCES

from allograph.drawings.charts.arrange import NARROW_ROOM, WIDE_ROOM, Arranged
from allograph.drawings.charts.axes import ALL, FEW, axis_of
from allograph.drawings.charts.doubting import LETTERS
from allograph.drawings.charts.draw import draw, svg_of
from allograph.drawings.charts.drawing import Caption, Undrawn
from allograph.drawings.charts.evidence_map import map_of
from allograph.drawings.charts.layout import NARROW, WIDE, picture_of
from allograph.drawings.charts.looks import legend_of, shape_of
from allograph.drawings.charts.palette import DARK, LIGHT, in_the_dark
from allograph.drawings.charts.png import packed, png_of
from allograph.drawings.lettering import lines_of, set_bold, set_width_of, width_of
from allograph.questions.plot import DOUBTED, EFFECT, INTERVAL, PlotHeader, filled
from allograph.reading.pictured import Pictured
from allograph.synthesis.intervals import wilson

pytestmark = pytest.mark.slow

PLOTTED = {
    name: question
    for name, question in QUESTIONS.items()
    if question.plot and question.plot.kind != "traffic"  # of lights test_judgements_lights tells
}
SHAPES = {"wide": WIDE, "narrow": NARROW}
CAPTION = Caption("What <&> share?", "2 studies, 384 people", "Source: release 1. Not advice.")
COLUMNS = ("value", "unit", "statistic", "numerator", "denominator", "size", "link")
FOREST = PlotHeader(
    "forest",
    {name: name for name in (*COLUMNS, *INTERVAL, *EFFECT, *DOUBTED)} | {"estimate_unit": "unit"},
    {
        "panel": "{outcome}",
        "heading": "{study}",
        "label": "{group}[, after cycle {cycle}]",
        "source": "{tier}",
        "group_name": "{group}",
        "comparator_name": "{against}",
    },
    {},
)
PRINTED = {"value": "40.3", "unit": "%", "lower": "14.8", "upper": "65.7", "level": "95"}
COUNTED = {"value": "7", "unit": "1", "numerator": "7", "denominator": "60"}
BARE = {"value": "33", "unit": "%"}
TIME = {"value": "9.20", "unit": "mo", "statistic": "median time to event"}
RATIO = {
    "estimate": "0.70",
    "measure": "hazard ratio",
    "lower": "0.50",
    "upper": "0.98",
    "level": "97.5",
    "unit": "1",
    "outcome": "overall survival",
    "against": "H",
}
GIVEN = Pictured(is_desirable=True, treatment="drug A", other_treatment="drug B")

each_plot = pytest.mark.parametrize("name", PLOTTED)
each_shape = pytest.mark.parametrize("shape", SHAPES)


def approved(name):
    with (ANSWERS / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def drawn(name, shape="wide"):
    return draw(approved(name), PLOTTED[name].plot, is_narrow=shape == "narrow")


def canvas_of(drawing):
    shape = NARROW if drawing.is_narrow else WIDE
    layout = picture_of if isinstance(drawing.chart, Arranged) else map_of
    return layout(drawing.chart, CAPTION, shape)


def row(**values):
    return {"study": "S", "group": "G", "link": "", **values}


def draw_rows(*rows, known=None, header=FOREST, **asked):
    linked = [row(**values) for values in rows]
    return draw(linked, header, known, **asked)


def marks_of(*rows, **asked):
    drawing = draw_rows(*rows, **asked)
    return drawing.chart.shown if drawing.chart else []


def panels_of(*rows, **asked):
    return draw_rows(*rows, **asked).chart.panels


# Every row is drawn, named, or counted


@each_plot
@each_shape
def test_each_row_of_the_answer_is_drawn_or_named_or_left_out_by_number(name, shape):
    drawing = drawn(name, shape)
    assert drawing.drawn > 0
    assert drawing.drawn + len(drawing.undrawn) + drawing.left_out == len(approved(name))
    assert all(one.label and one.reason for one in drawing.undrawn)
    if drawing.left_out:
        said = " ".join(text.text for text in canvas_of_picture(drawing).texts())
        assert f"{drawing.drawn} of {drawing.rows} rows are drawn" in said
        assert "Narrow the question" in said


def canvas_of_picture(drawing):
    caption = Caption(CAPTION.asked, notes=drawing.notes)
    layout = picture_of if isinstance(drawing.chart, Arranged) else map_of
    return layout(drawing.chart, caption, NARROW if drawing.is_narrow else WIDE)


@each_plot
@each_shape
def test_no_picture_shows_more_than_it_has_room_for(name, shape):
    drawing = drawn(name, shape)
    if isinstance(drawing.chart, Arranged):
        room = NARROW_ROOM if shape == "narrow" else WIDE_ROOM
        assert len(drawing.chart.shown) <= room.marks
        assert len(drawing.chart.panels) <= room.panels


@each_plot
def test_a_plot_says_each_drawn_figure_in_words_and_leads_to_it(name):
    svg = ElementTree.fromstring(svg_of(drawn(name), CAPTION))  # noqa: S314  # ours
    assert svg.find("{*}title").text == CAPTION.asked
    links = [node.get("href") for node in svg.findall(".//{*}a")]
    known = {one[PLOTTED[name].plot.columns["link"]] for one in approved(name)}
    assert links
    assert set(links) <= known
    said = [node[0].get("aria-label") for node in svg.findall(".//{*}a")]
    assert all(said)


def test_an_answer_of_which_nothing_can_be_drawn_has_no_picture():
    drawing = draw_rows({"value": "", "unit": "%"})
    assert drawing.chart is None
    with pytest.raises(ValueError, match="no row"):
        svg_of(drawing, CAPTION)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"unit": "%"}, "no figure is printed"),
        ({"unit": "mo", "statistic": "median"}, "may not be reached"),
        (COUNTED | {"denominator": "5"}, "no percentage"),
        (COUNTED | {"denominator": "0"}, "no percentage"),
        (RATIO | {"measure": "skewness"}, "neither a ratio nor a difference"),
        (RATIO | {"lower": "0"}, "no place on a logarithmic scale"),
    ],
)
def test_what_cannot_be_drawn_is_named_with_the_reason(values, reason):
    (undrawn,) = draw_rows(values).undrawn
    assert isinstance(undrawn, Undrawn)
    assert reason in undrawn.reason
    assert undrawn.label.startswith("S, ")


# Printed and derived


def test_an_interval_is_drawn_as_printed_else_derived_from_the_people_else_not_at_all():
    (printed,), (counted,), (bare,) = (marks_of(one) for one in (PRINTED, COUNTED, BARE))
    assert (printed.interval.low, printed.interval.high) == (14.8, 65.7)
    assert (printed.interval.is_derived, printed.is_derived) == (False, False)
    assert (counted.interval.low, counted.interval.high) == wilson(7, 60)
    assert (counted.interval.is_derived, counted.is_derived) == (True, True)
    assert bare.interval is None


def test_limits_that_a_question_leaves_out_are_drawn_but_not_around_what_it_computes():
    known = {"x": Pictured(limits=("28", "40", "95"))}
    bare = {name: name for name in COLUMNS}
    computed = PlotHeader("forest", bare | {"derived": "value"}, FOREST.templates, {})
    printed = PlotHeader("forest", bare, FOREST.templates, {})
    rows = BARE | {"link": "x"}
    (mark,), (other,) = (marks_of(rows, known=known, header=one) for one in (printed, computed))
    assert mark.text == "33% (28–40)"  # noqa: RUF001
    assert other.interval is None


def test_no_interval_is_derived_from_people_who_do_not_give_the_share():
    (mark,) = marks_of({"value": "97", "unit": "%", "numerator": "23", "denominator": "35"})
    assert (mark.interval, mark.people) == (None, "23/35")


def test_a_figure_keeps_its_digits_and_says_that_it_has_no_interval():
    said = [mark.text for one in (PRINTED, COUNTED, BARE, TIME) for mark in marks_of(one)]
    assert said == [
        "40.3% (14.8–65.7)",  # noqa: RUF001
        "11.7% (5.8–22.2)",  # noqa: RUF001
        "33% (no interval)",
        "9.20\u00a0months (no interval)",
    ]


def test_the_level_of_an_interval_is_said_where_it_is_not_95_or_not_known():
    said = [marks_of(PRINTED | {"level": level})[0].text for level in ("95", "97.5", "")]
    assert [text.partition("(")[2][:5] for text in said] == ["14.8–", "97.5%", "CI 14"]  # noqa: RUF001


@each_plot
def test_a_column_that_the_answer_computes_is_drawn_as_derived(name):
    plot = PLOTTED[name].plot
    if plot.kind == "map":
        return
    text = QUESTIONS[name].text.split("WHERE")[0]
    shown = {plot.columns.get(key, "") for key in ("value", "group", "comparator", "estimate")}
    computed = {column for column in shown if re.search(rf"AS \?{column}\)", text)}
    assert computed == ({plot.columns["derived"]} if plot.is_derived else set())


@each_plot
def test_the_mark_of_what_is_derived_is_never_that_of_what_is_printed(name):
    drawing = drawn(name)
    if isinstance(drawing.chart, Arranged):
        forms = {True: set(), False: set()}
        for mark in drawing.chart.shown:
            shape = shape_of(mark, 0, 0)
            forms[mark.is_derived].add(shape.form)
            assert not (mark.is_derived and shape.is_filled)
        assert forms[True].isdisjoint(forms[False])


def test_a_share_brought_to_one_denominator_has_no_printed_mark_and_no_printed_legend():
    chart = drawn("transplant-share-of-all-treated").chart
    assert all(mark.is_derived for mark in chart.shown)
    assert not any("source prints" in key.words for key in legend_of(chart.shown))
    assert {shape_of(mark, 0, 0).form for mark in chart.shown} == {"square"}


# Doubt


@pytest.mark.parametrize(
    ("flags", "letter"),
    [
        ("secondary-source", "R"),
        ("impossible-share", "I"),
        ("printed-so", "I"),
        ("comparator-outside-population", "E"),
        ("denominator-not-stated", "N"),
        ("secondary-source|impossible-share", "IR"),
    ],
)
def test_a_doubt_is_a_hollow_mark_of_its_own_with_a_letter(flags, letter):
    plain, doubted = PRINTED | {"size": "9"}, PRINTED | {"flags": flags, "size": "9"}
    (mark,), (sound,) = marks_of(doubted), marks_of(plain)
    assert (mark.doubts, sound.doubts) == (letter, "")
    shape, other = shape_of(mark, 0, 0), shape_of(sound, 0, 0)
    assert (shape.is_filled, shape.is_dashed, shape.role) == (False, True, "doubt")
    assert (other.is_filled, other.is_dashed, other.role) == (True, False, "accent")


def test_what_only_a_rule_finds_is_a_doubt_too():
    assert marks_of(PRINTED | {"findings": "granularity", "size": "9"})[0].doubts == "I"


def test_a_share_whose_people_nobody_states_says_so_unless_it_is_a_probability():
    probability = BARE | {"statistic": "survival probability at a time"}
    assert [marks_of(one)[0].doubts for one in (BARE, BARE | {"size": "9"}, probability)] == [
        "N",
        "",
        "",
    ]


def test_the_letters_are_explained_in_the_picture():
    drawing = draw_rows(PRINTED | {"flags": "secondary-source", "size": "9"})
    said = [text.text for text in canvas_of(drawing).texts()]
    assert said.count("R") == 2, "beside the mark, and in the legend"
    assert any("retelling" in text for text in said)


def test_each_flag_that_could_change_a_decision_has_a_letter():
    flags = (SOURCES.root / "ontology/schemes/flag.ttl").read_text("utf-8")
    grave = re.findall(r"^flag:([\w-]+)\n(?:    .*\n)*?    ag:weight weight:decisive", flags, re.M)
    assert len(grave) > 10
    assert not set(grave) - {key for kind in LETTERS for key in kind.keys}
    assert len({kind.letter for kind in LETTERS}) == len(LETTERS)


# Panels, order, and what is shown of many


def test_unlike_things_stand_over_axes_of_their_own():
    unlike = [
        BARE | {"outcome": "VOD"},
        BARE | {"outcome": "death from VOD"},
        BARE | {"outcome": "VOD", "statistic": "cumulative incidence at a time"},
        TIME | {"outcome": "VOD"},
        RATIO,
        RATIO | {"measure": "odds ratio"},
    ]
    assert len(panels_of(*unlike)) == len(unlike)


def test_a_share_of_those_who_died_is_no_share_of_all():
    known = {"a": Pictured(among="those who died"), "b": Pictured()}
    two = [BARE | {"outcome": "VOD", "link": link, "group": link} for link in ("a", "b")]
    died, everybody = panels_of(*two, known=known)
    assert (died.scale.about, everybody.scale.about) == ("VOD, of those who died", "VOD")


def test_randomised_studies_come_first_and_then_the_largest():
    known = {
        "cohort": Pictured(rank=3, size=900),
        "small": Pictured(rank=0, size=20),
        "large": Pictured(rank=0, size=200),
        "part": Pictured(rank=0, size=10),
    }
    rows = [BARE | {"link": link, "group": link, "study": link} for link in known]
    rows[-1]["study"] = "large"
    assert [mark.label for mark in marks_of(*rows, known=known)] == [
        "large",
        "part",
        "small",
        "cohort",
    ]


def test_what_two_reports_print_alike_is_one_mark_with_both_sources():
    first = BARE | {"tier": "retelling", "flags": "secondary-source|denominator-not-stated"}
    second = PRINTED | {"value": "33", "tier": "primary", "size": "109"}
    (mark,) = marks_of(first, second)
    assert (mark.sources, mark.doubts) == (("retelling", "primary"), "")
    assert (mark.text, mark.people) == ("33% (14.8–65.7)", "N = 109")  # noqa: RUF001
    assert draw_rows(first, second).drawn == 2


def test_reports_that_print_other_limits_are_two_marks():
    assert len(marks_of(PRINTED, PRINTED | {"upper": "70"})) == 2


def test_of_many_studies_each_has_a_mark_before_one_has_two():
    rows = [
        BARE | {"study": f"S{study}", "group": f"G{group}", "outcome": f"O{panel}"}
        for panel in range(WIDE_ROOM.panels)
        for study in range(4)
        for group in range(3)
    ]
    drawing = draw_rows(*rows)
    assert drawing.left_out
    for panel in drawing.chart.panels[1:]:
        assert {mark.heading for mark in panel.marks} == {"S0", "S1", "S2", "S3"}


def test_both_sides_of_a_comparison_stand_together_or_not_at_all():
    header = PlotHeader(
        "bars",
        {"group": "g", "comparator": "c", "unit": "unit", "link": "link"},
        {"label": "{group}", "comparator_label": "{against}", "heading": "{study}"},
        {},
    )
    rows = [
        {"study": f"S{n}", "against": "H", "g": "50", "c": "30", "unit": "%"} for n in range(25)
    ]
    shown = marks_of(*rows, header=header)
    assert [mark.side for mark in shown] == ["group", "comparator"] * (WIDE_ROOM.marks // 2)
    assert all(one.study == other.study for one, other in zip(shown[::2], shown[1::2], strict=True))


# Effects


def test_a_ratio_has_a_logarithmic_axis_with_a_line_at_1_and_both_ends_named():
    drawing = draw_rows(RATIO | {"link": "x"}, known={"x": GIVEN})
    (panel,) = drawing.chart.panels
    axis = axis_of(panel)
    assert axis.is_logarithmic
    assert axis.place(0.5) + axis.place(2) == pytest.approx(2 * axis.place(1))
    said = [text.text for text in canvas_of(drawing).texts()]
    assert "\N{LEFTWARDS ARROW} favours drug A" in said
    assert "favours drug B \N{RIGHTWARDS ARROW}" in said
    assert "0.70 (97.5% CI 0.50–0.98)" in said  # noqa: RUF001


@pytest.mark.parametrize(
    ("outcome", "measure", "is_desirable", "lower_end"),
    [
        ("overall survival", "hazard ratio", True, "drug A"),
        ("relapse", "hazard ratio", False, "drug A"),
        ("complete remission", "odds ratio", True, "drug B"),
        ("MRD negativity", "difference of shares", True, "drug B"),
        ("VOD", "risk ratio", False, "drug A"),
        ("overall survival", "odds ratio", True, None),
        ("age", "odds ratio", None, None),
    ],
)
def test_whom_an_end_favours_follows_from_the_measure_and_the_outcome(
    outcome, measure, is_desirable, lower_end
):
    known = {"x": Pictured(is_desirable=is_desirable, treatment="drug A", other_treatment="drug B")}
    values = RATIO | {"outcome": outcome, "measure": measure, "link": "x"}
    (panel,) = panels_of(values, known=known)
    assert (panel.favours.ends[0] if panel.favours else None) == lower_end


def test_an_estimate_on_the_other_side_than_its_source_says_is_doubted():
    known = {"x": GIVEN}
    against = RATIO | {"link": "x", "direction": "favours the comparator"}
    in_line = RATIO | {"link": "x", "direction": "favours-group"}
    assert [marks_of(one, known=known)[0].doubts for one in (against, in_line)] == ["O", ""]


def test_where_marks_compare_different_treatments_the_ends_name_places():
    known = {"x": GIVEN, "y": Pictured(is_desirable=True, treatment="C", other_treatment="D")}
    (panel,) = panels_of(RATIO | {"link": "x"}, RATIO | {"link": "y", "study": "T"}, known=known)
    assert panel.favours.ends == ("the first named", "the second named")


def test_a_limit_far_away_does_not_press_all_others_together():
    (panel,) = panels_of(RATIO, RATIO | {"study": "T", "upper": "9000"})
    axis = axis_of(panel)
    assert axis.high < 100
    assert not axis.holds(9000)


def test_small_shares_have_an_axis_to_50_and_others_to_100():
    assert axis_of(panels_of(BARE)[0]) is FEW
    assert axis_of(panels_of(PRINTED)[0]) is ALL


# The picture


@each_plot
@each_shape
def test_every_text_stands_in_the_picture_and_none_upon_another(name, shape):
    canvas = canvas_of(drawn(name, shape))
    boxes = sorted((text.box for text in canvas.texts()), key=lambda box: box[1])
    for left, top, right, bottom in boxes:
        assert left >= 0
        assert right <= canvas.width
        assert top >= 0
        assert bottom <= canvas.y
    for place, (left, _, right, bottom) in enumerate(boxes):
        for other in boxes[place + 1 :]:
            if other[1] >= bottom - 1:
                break
            assert other[0] >= right - 1 or other[2] <= left + 1, (boxes[place], other)


@each_shape
def test_a_picture_says_question_people_source_release_and_treatment(shape):
    known = {"x": Pictured(study="S", treatment="drug A")}
    drawing = draw_rows(
        PRINTED | {"link": "x", "size": "9"}, known=known, is_narrow=shape == "narrow"
    )
    said = [text.text for text in canvas_of(drawing).texts()]
    for part in (CAPTION.asked, CAPTION.people, CAPTION.source, "drug A: figure as"):
        assert any(part in text for text in said), part


def test_both_treatments_of_a_comparison_are_named_in_the_legend():
    name = "efficacy-against-comparator"
    plot = PLOTTED[name].plot
    first = next(one for one in approved(name) if one["group_value"] and one["comparator_value"])
    known = {first["comparison"]: GIVEN}
    words = [key.words for key in legend_of(draw([first], plot, known).chart.shown)]
    assert words[0].startswith("drug A, ")
    assert words[1].startswith("drug B, ")


def test_the_columns_of_a_wide_picture_have_heads():
    said = [text.text for text in canvas_of(draw_rows(PRINTED, TIME, RATIO)).texts()]
    for head in ("Study and people", "n/N", "% (95% CI)", "Months (95% CI)", "Ratio (95% CI)"):
        assert head in said
    assert said.count("Doubt") == 3


def test_in_the_narrow_shape_a_label_stands_above_its_mark_and_the_figure_below():
    drawing = draw_rows(PRINTED | {"size": "9"}, is_narrow=True)
    canvas = canvas_of(drawing)
    assert canvas.width <= 375 - 2 * 16, "a phone, without the margins of the page"
    texts = {text.text: text for text in canvas.texts()}
    label, figure = texts["G"], texts["40.3% (14.8–65.7) · N = 9"]  # noqa: RUF001
    assert label.x == figure.x == NARROW.pad
    circle = ElementTree.fromstring(svg_of(drawing, CAPTION)).find(".//{*}circle")  # noqa: S314
    assert label.y < float(circle.get("cy")) < figure.y


def test_a_pair_names_the_people_of_each_side():
    name = "efficacy-against-comparator"
    first = next(one for one in approved(name) if one["group_value"] and one["comparator_value"])
    counted = first | {"group_numerator": "44", "group_denominator": "48"}
    known = {first["comparison"]: Pictured(other_size=40)}
    shown = draw([counted], PLOTTED[name].plot, known).chart.shown
    assert [mark.people for mark in shown if mark.side == "group"] == ["44/48"]
    other = next(mark for mark in shown if mark.side == "comparator")
    printed = f"{first['comparator_numerator']}/{first['comparator_denominator']}"
    assert other.people == (printed if len(printed) > 1 else "N = 40")


def test_an_optional_part_of_a_label_goes_with_its_value():
    values = {"group": "G", "cycle": ""}
    template = FOREST.templates["label"]
    assert filled(template, lambda name: values[name]) == "G"
    assert filled(template, lambda name: (values | {"cycle": "2"})[name]) == "G, after cycle 2"


@each_plot
@each_shape
def test_a_plot_needs_no_style_no_script_and_nothing_from_elsewhere(name, shape):
    svg = svg_of(drawn(name, shape), CAPTION)
    for forbidden in ("style=", "<style", "<script", "<image", "@import", "url("):
        assert forbidden not in svg


@each_plot
def test_a_plot_in_the_dark_has_no_colour_of_the_light_left(name):
    svg = in_the_dark(svg_of(drawn(name), CAPTION))
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
    for words in ("ink", "quiet", "doubt"):
        assert contrast(palette[words], palette["paper"]) >= 4.5
    for mark in ("accent", "beside", "doubt"):
        assert contrast(palette[mark], palette["paper"]) >= 3
    assert contrast(palette["other"], palette["paper"]) >= 2.5
    for shade in ("few", "some", "many"):
        assert contrast(palette["ink"], palette[shade]) >= 4.5


# Letters and pixels


def test_a_text_is_set_to_the_width_of_helvetica_which_no_usual_font_exceeds():
    text = "Inotuzumab ozogamicin, 80.7% (72.1 to 87.7)"
    assert set_width_of("80.7%", 10) == pytest.approx(28.35)
    assert set_width_of(text, 12) < set_bold(text, 12) < width_of(text, 12, bold=True)


def test_lines_are_measured_as_they_are_asked_to_be():
    text = "relapsed or refractory acute lymphoblastic leukaemia"
    wide, narrow = lines_of(text, 160, 12), lines_of(text, 160, 12, measure=set_width_of)
    assert len(narrow) < len(wide)
    assert " ".join(narrow) == text


def test_a_picture_as_png_is_twice_as_large_and_whole():
    drawing = draw_rows(PRINTED)
    svg = svg_of(drawing, CAPTION)
    png = png_of(svg)
    width, height = struct.unpack(">II", png[16:24])
    assert width == 2 * WIDE.width
    assert height == pytest.approx(2 * canvas_of(drawing).y, abs=2)
    assert packed(png) == png, "it is packed already"
    chunks = list(chunks_of(png))
    assert (chunks[0][0], chunks[-1][0]) == (b"IHDR", b"IEND")
    assert all(zlib.crc32(name + data) == check for name, data, check in chunks)
    assert not any(first == second == b"IDAT" for (first, *_), (second, *_) in pairwise(chunks))


def chunks_of(png):
    place = 8
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        data = png[place + 8 : place + 8 + length]
        (check,) = struct.unpack(">I", png[place + 8 + length : place + 12 + length])
        yield png[place + 4 : place + 8], data, check
        place += 12 + length
