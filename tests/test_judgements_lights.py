"""The lights of judgements of bias: read by shape, sign and word, not by colour alone."""

import re
from itertools import combinations

import pytest
from approve import QUESTIONS

from allograph.drawings.charts.draw import draw, svg_of
from allograph.drawings.charts.drawing import Caption
from allograph.drawings.charts.layout import NARROW, WIDE
from allograph.drawings.charts.palette import DARK, LIGHT, in_the_dark
from allograph.drawings.charts.svg import Line, Shape, Text
from allograph.drawings.charts.traffic import LOOKS, NO_JUDGEMENT, light_parts, traffic_of

PLOT = QUESTIONS["risk-of-bias"].plot
CAPTION = Caption("How far may it be biased?", source="Source: release 1.")
DOMAINS = {
    "randomisation": ("low", "low risk"),
    "deviations from the intended treatment": ("some-concerns", "some concerns"),
    "missing outcomes": ("high", "high risk"),
    "measurement of the outcome": ("not-judged", "no judgement"),
    "selection of the reported result": ("low", "low risk"),
    "over all": ("high", "high risk"),
}
ANSWERS_OF_TOOLS = {
    "rob-2": ("low", "some-concerns", "high"),
    "robins-i": ("low", "moderate", "serious", "critical", "no-information"),
    "jbi-case-series": ("yes", "no", "unclear", "not-applicable"),
}


def row(study, domain, risk, words, state="current"):
    return {
        "study_label": study,
        "judged": "Complete remission" if domain else "",
        "tool_label": "RoB 2" if domain else "",
        "domain_label": domain,
        "risk_key": risk,
        "risk_label": words,
        "state": state if domain else "",
        "judgement": f"https://w3id.org/allograph/judgement/{study.lower()}" if domain else "",
    }


ROWS = [
    *(row("One", domain, *answer) for domain, answer in DOMAINS.items()),
    *(row("Two", domain, *answer, state="stale") for domain, answer in DOMAINS.items()),
    row("Three", "", "not-judged", "no judgement"),
]


@pytest.mark.parametrize("is_narrow", [False, True], ids=["wide", "narrow"])
def test_each_light_has_its_word_and_leads_to_the_judgement(is_narrow):
    svg = svg_of(draw(ROWS, PLOT, is_narrow=is_narrow), CAPTION)
    for domain, (_risk, words) in DOMAINS.items():
        for study in ("One", "Two"):
            said = rf'aria-label="{study}: Complete remission[^"]*, {domain}: {words}"'
            assert len(re.findall(said, svg)) == 1
    assert svg.count('href="https://w3id.org/allograph/judgement/one"') == len(DOMAINS) + 1


def test_domains_stand_in_the_order_of_the_answer_and_each_tool_apart():
    other = [{**one, "tool_label": "ROBINS-I", "judgement": "x"} for one in ROWS[:6]]
    tools = draw([*ROWS, *other], PLOT).chart.tools
    assert [tool.name for tool in tools] == ["RoB 2", "ROBINS-I"]
    assert tools[0].domains == tuple(DOMAINS)


def test_what_is_stale_says_so():
    one, two = draw(ROWS, PLOT).chart.tools[0].judged
    assert "stale" not in one.name
    assert "stale" in two.name


def test_what_nobody_judged_is_not_drawn_and_named():
    drawing = draw(ROWS, PLOT)
    assert [(one.label, one.reason) for one in drawing.undrawn] == [
        ("Three", "nobody has judged it")
    ]
    assert (drawing.rows, drawing.drawn) == (13, 12)
    assert "No judgement: nobody" in svg_of(draw(ROWS[-1:], PLOT), CAPTION)
    assert draw([], PLOT).chart is None


@pytest.mark.parametrize("answers", ANSWERS_OF_TOOLS.values(), ids=ANSWERS_OF_TOOLS)
def test_the_answers_of_a_tool_differ_without_their_colour(answers):
    looks = {(LOOKS[answer].form, LOOKS[answer].sign) for answer in answers}
    assert len(looks) == len(answers)
    assert all(LOOKS[answer].sign for answer in answers)


def test_no_judgement_is_an_empty_dashed_light():
    (light,) = light_parts("not-judged", 10, 10)
    assert (light.is_filled, light.is_dashed, light.role) == (False, True, NO_JUDGEMENT.role)
    shape, *sign = light_parts("low", 10, 10)
    assert isinstance(shape, Shape) and shape.is_filled
    assert all(isinstance(part, Line) and part.role == "paper" for part in sign)


def test_every_answer_of_the_scheme_has_a_look():
    known = {answer for answers in ANSWERS_OF_TOOLS.values() for answer in answers}
    assert known == LOOKS.keys()


@pytest.mark.parametrize("shape", [WIDE, NARROW], ids=["wide", "narrow"])
def test_no_text_leaves_the_picture_or_lies_on_another(shape):
    canvas = traffic_of(draw(ROWS, PLOT).chart, CAPTION, shape)
    boxes = [text.box for text in canvas.texts()]
    assert all(box[0] >= 0 and box[2] <= shape.width for box in boxes)
    for one, other in combinations(boxes, 2):
        is_apart = one[2] <= other[0] or other[2] <= one[0]
        assert is_apart or one[3] <= other[1] + 1 or other[3] <= one[1] + 1, (one, other)


def test_the_lights_are_seen_in_the_dark_as_well():
    svg = in_the_dark(svg_of(draw(ROWS, PLOT), CAPTION))
    for role in ("good", "middling", "grave"):
        assert DARK[role] in svg
        assert LIGHT[role] not in svg


def test_a_word_stands_at_each_light():
    canvas = traffic_of(draw(ROWS[:6], PLOT).chart, CAPTION, WIDE)
    texts = [part.text for part in canvas.texts() if isinstance(part, Text)]
    assert texts.count("low risk") == 2
    assert texts.count("no judgement") == 1
