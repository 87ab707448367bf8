"""Forest plots of pools: weights, diamond, prediction interval, the ends, what is grey."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from allograph.drawings.charts.drawing import Caption
from allograph.drawings.charts.pooled import axis_of
from allograph.drawings.charts.pooled_answer import FEW_GREY, picture_of, plot_of
from allograph.drawings.charts.pooled_marks import LARGEST
from allograph.evidence.pooling.answers import (
    COMPARISON,
    MEDIAN,
    SHARE,
    Answer,
    Crude,
    Pool,
    Refused,
    Row,
    Wish,
)
from allograph.reading.pooled.said import (
    digits,
    estimate_text,
    figure_text,
    heterogeneity_text,
    said_of,
)
from allograph.synthesis.pooled import GLMM, MODELS, REML_HKSJ, Synthesis, unpooled

CAPTION = Caption("what is asked", "2 studies pooled", "Source: a release.")


def row(name, value, low, high, **others):
    return Row(
        **{
            "figure": f"https://w3id.org/allograph/study/{name}#it",
            "study": f"https://w3id.org/allograph/study/{name}",
            "label": name,
            "people_label": "all",
            "report": None,
            "report_label": "report",
            "tier": "primary",
            "reported_as": "as printed",
            "value": value,
            "lower": low,
            "upper": high,
            "level": 95.0,
            **others,
        }
    )


SHARES = Pool(
    SHARE,
    "drug alone; adults",
    "percentage",
    (
        row("heavy", 0.4, 0.3, 0.5, events=40, people=100, weight=0.8),
        row("light", 0.5, 0.1, 0.9, events=5, people=10, weight=0.2, is_derived=True),
    ),
    synthesis=Synthesis(
        GLMM,
        95.0,
        2,
        110,
        0.41,
        lower=0.32,
        upper=0.5,
        prediction_lower=0.2,
        prediction_upper=0.7,
        tau2=0.1,
        tau2_lower=0.0,
        tau2_upper=0.9,
        i2=30.0,
        q=1.4,
        q_p=0.24,
        weights=(0.8, 0.2),
        remarks=("A remark.",),
    ),
)
RATIOS = Pool(
    COMPARISON,
    "risk ratio; new against old",
    "risk-ratio",
    (
        row("one", 0.5, 0.25, 1.0, events=10, people=50, weight=0.6),
        row("two", 0.8, 0.001, 900.0, weight=0.4),
    ),
    synthesis=Synthesis(REML_HKSJ, 95.0, 2, None, 0.6, lower=0.4, upper=0.9, tau2=0.0, i2=0.0),
    measure="rr",
    index="new",
    reference="old",
    is_desirable=True,
)


def answer(*pools, left_out=()):
    return Answer(Wish("https://w3id.org/allograph/outcome/x"), "response", pools, left_out)


def picture(*pools, doubts=None, left_out=(), is_narrow=False):
    svg = picture_of(answer(*pools, left_out=left_out), doubts or {}, CAPTION, is_narrow=is_narrow)
    return ElementTree.fromstring(svg)  # noqa: S314  # ours


def texts(root):
    return ["".join(each.itertext()) for each in root.iterfind(".//{*}text")]


def squares(root):
    """The squares of the studies, by the address of their figure: half their side."""
    return {
        link.get("href"): float(square.get("width")) / 2
        for link in root.iterfind(".//{*}a")
        for square in link.iterfind(".//{*}rect")
    }


@pytest.mark.parametrize("is_narrow", [False, True])
def test_the_area_of_a_square_is_the_weight_of_its_study(is_narrow):
    heavy, light = squares(picture(SHARES, is_narrow=is_narrow)).values()
    assert heavy == LARGEST
    assert (light / heavy) ** 2 == pytest.approx(0.25, abs=0.01)


def test_a_pool_says_its_weights_its_estimate_its_prediction_its_model_and_how_studies_differ():
    said = " ".join(texts(picture(SHARES)))
    for part in ("80.0%", "20.0%", "41.0 (95% CI 32.0 to 50.0)", "20.0 to 70.0", "2 studies"):
        assert part in said
    assert MODELS[GLMM] in said
    assert "tau² 0.1 (0 to 0.9) on the logit scale, I² 30%, Q 1.40, p = 0.240" in said
    assert "A remark." in said


def test_the_diamond_is_as_wide_as_the_interval():
    paths = [path.get("d") for path in picture(SHARES).iterfind(".//{*}path")]
    (diamond, _legend) = [path for path in paths if path.endswith("z") and path.count("L") == 3]
    xs = [float(corner.split()[0]) for corner in diamond.strip("Mz").split("L")]
    left, middle, right = xs[0], xs[1], xs[2]
    assert (middle - left) / (right - left) == pytest.approx((41 - 32) / (50 - 32), abs=0.02)


def test_ratios_stand_over_a_logarithmic_axis_that_names_both_ends():
    axis = axis_of(plot_of(answer(RATIOS), {}).panels[0])
    assert axis.place(0.5) + axis.place(2) == pytest.approx(2 * axis.place(1))
    assert axis.low > 0.001
    said = texts(picture(RATIOS))
    assert "\N{LEFTWARDS ARROW} favours old" in said
    assert "favours new \N{RIGHTWARDS ARROW}" in said
    assert "n/N v n/N" in said


def test_of_a_harm_the_lower_end_favours_the_treatment():
    harm = replace(RATIOS, is_desirable=False)
    assert "\N{LEFTWARDS ARROW} favours new" in texts(picture(harm))
    unknown = replace(RATIOS, is_desirable=None)
    assert not any("favours" in text for text in texts(picture(unknown)))


def test_what_is_not_pooled_is_grey_with_its_reason_and_has_no_weight():
    refused = replace(SHARES, refusals=("They share people.",), synthesis=None)
    left_out = (Refused(row("told", 0.9, None, None), "a nearer report prints it"),)
    plot = plot_of(answer(refused, left_out=left_out), {})
    assert [line.is_grey for line in plot.lines] == [True] * 3
    assert {line.weight for line in plot.lines} == {None}
    said = " ".join(texts(picture(refused, left_out=left_out)))
    assert "They share people." in said
    assert "a nearer report prints it" in said
    assert not re.search(r"Pooled|diamond|95% CI", said)


def test_of_many_grey_figures_a_plot_says_how_many_it_has_no_room_for():
    left_out = tuple(Refused(row(f"s{n}", 0.5, 0.4, 0.6), "why") for n in range(FEW_GREY + 3))
    assert any(
        text.startswith("3 further figures") for text in texts(picture(SHARES, left_out=left_out))
    )


def test_a_doubted_figure_has_its_letter_and_says_why():
    doubts = {SHARES.rows[0].figure: ("granularity",)}
    root = picture(SHARES, doubts=doubts)
    assert "I" in texts(root)
    labels = [each.get("aria-label") or "" for each in root.iterfind(".//{*}g")]
    assert any("doubted: impossible" in label for label in labels)


def test_a_missing_limit_is_an_arrow_and_not_reached():
    median = row("m", 14.6, 11.0, None)
    pool = Pool(MEDIAN, "words", "median-time-to-event", (median,), ("Too few.",))
    assert figure_text(pool, median, 95.0) == "14.6 (11.0 to not reached)"
    assert picture(pool) is not None


# Words


def test_two_studies_are_told_by_their_people_and_no_model():
    crude = Crude(45, 110, 45 / 110, 0.31, 0.51, 0.4, 0.5)
    found = unpooled(GLMM, 95.0, 2, 110, "Two studies do not tell the spread.")
    pair = replace(SHARES, synthesis=found, crude=crude)
    said = str(said_of(answer(pair), pair))
    assert said.startswith("40.9% (45 of 110 people in 2 studies taken as one, exact 95% interval")
    assert "range from 40.0 to 50.0%" in said
    assert said.endswith("Two studies do not tell the spread.")
    assert "45 of 110 people together" in " ".join(texts(picture(pair)))


def test_a_refusal_has_no_number():
    refused = replace(SHARES, refusals=("They share people.",), synthesis=None)
    assert str(said_of(answer(refused), refused)) == "Not pooled: They share people."


@pytest.mark.parametrize(
    ("i2", "words"),
    [(0, "little more"), (55, "moderately"), (70, "substantially"), (90, "considerably")],
)
def test_heterogeneity_is_told_in_words_with_its_numbers(i2, words):
    found = replace(SHARES.synthesis, i2=float(i2))
    said = heterogeneity_text(SHARES, found)
    assert words in said
    assert f"I² {i2}%" in said
    assert "2 studies are few" in said


@pytest.mark.parametrize(
    ("ratio", "text"),
    [(0.62, "0.62"), (0.048, "0.048"), (14.31, "14.3"), (6e-5, "<0.001"), (2245.0, ">1000")],
)
def test_a_ratio_has_the_digits_that_are_read(ratio, text):
    assert digits(RATIOS, ratio) == text


def test_an_interval_that_is_not_defined_says_why():
    found = replace(
        SHARES.synthesis, lower=None, upper=None, reasons={"lower": "It did not converge."}
    )
    assert estimate_text(SHARES, found) == "41.0% (It did not converge.)"
