"""What heads a study: never a figure that a doubt could turn into another one."""

import re

import pytest
from doubt_pages import client_of
from test_web_home import card, page

from allograph.rdf.terms import Literal
from allograph.reading.headline import KeyFigure, headline
from allograph.reading.weighed.doubts import Doubt
from allograph.reading.weighed.sayings import Saying, Weight

RANKS = {"decisive": 1, "weakens": 2, "bookkeeping": 3}


def doubt(weight, *, is_retold=False):
    saying = Saying("x", "x", "", Weight(RANKS[weight], weight, weight, ""), "")
    return Doubt([saying], [], [], "rule", [], [], is_retold)


def figure(name, *doubts, outcome="os", depth="0", rank="1", definition=""):
    row = {"result": name, "outcome": outcome, "depth": depth, "rank": rank}
    row |= {"definition": definition} if definition else {}
    return KeyFigure({key: Literal(value) for key, value in row.items()}, doubts)


def heads(*figures):
    return [figure.text("result") for figure in headline(figures).figures]


GRAVE, WEAKER, RETOLD = doubt("decisive"), doubt("weakens"), doubt("weakens", is_retold=True)


def test_a_study_is_headed_by_both_arms_of_its_first_outcome():
    arms = figure("a"), figure("b")
    assert heads(*arms, figure("c"), figure("d", outcome="cr")) == ["a", "b"]


def test_what_could_be_another_figure_heads_no_study_and_is_named():
    chosen = headline((figure("a", GRAVE), figure("b", outcome="cr")))
    assert [it.text("result") for it in chosen.figures] == ["b"]
    assert [it.text("result") for it in chosen.passed_over] == ["a"]
    assert heads(figure("a", GRAVE)) == []


def test_one_arm_does_not_head_a_study_while_a_whole_comparison_can():
    arms = figure("a", GRAVE), figure("b")
    assert heads(*arms, figure("c", outcome="cr"), figure("d", outcome="cr")) == ["c", "d"]
    assert heads(*arms) == ["b"]


def test_what_only_a_retelling_prints_heads_a_study_only_where_there_is_nothing_else():
    assert heads(figure("a", RETOLD), figure("b", WEAKER, outcome="cr")) == ["b"]
    assert heads(figure("a", RETOLD), figure("b", GRAVE, outcome="cr")) == ["a"]


def test_of_one_outcome_the_least_doubted_comes_before_the_nearest_report():
    assert heads(figure("a", WEAKER), figure("b", rank="2")) == ["b"]
    assert heads(figure("a"), figure("b", rank="2")) == ["a"]
    assert heads(figure("a", definition="CR"), figure("b", definition="CR/CRi")) == ["a"]


def test_no_subgroup_stands_for_the_whole_however_sound_it_is():
    nested = figure("a", GRAVE), figure("b", depth="1")
    assert heads(*nested) == []
    assert heads(*nested, figure("c", WEAKER, outcome="cr")) == ["c"]


# In the graph


@pytest.fixture(scope="module")
def studies(app):
    return page(client_of(app), "/study")


def figures_in(card):
    return re.findall(r"<strong>(.*?)</strong>", card)


def test_the_children_are_not_headed_by_the_share_that_no_whole_number_gives(studies):
    text = card(studies, "ino-children")
    assert figures_in(text) == ["40.3%"]
    gravest = text.partition('class="gravest')[2]
    assert re.search(
        r'<a class="flag" href="/quality\?f.study=ino-children&amp;f.weight=decisive#answer">'
        r"GRIM inconsistency</a> <q>75%</q>",
        gravest,
    )


def test_both_arms_of_a_primary_outcome_head_the_study_and_no_figure_of_a_news_item(studies):
    text = card(studies, "ino-vate")
    assert figures_in(text) == ["22.8%", "10%"]
    assert "80.7" not in text.partition('class="gravest')[0]


def test_a_study_whose_every_share_is_gravely_in_doubt_shows_none_and_says_why(studies):
    text = card(studies, "pethema-ino")
    assert figures_in(text) == []
    assert "each has a doubt that could change a decision" in text
    assert "GRIM inconsistency" in text


@pytest.mark.parametrize(
    ("study", "badge"),
    [
        ("e1910", '<span class="tag">primary report not read: abstract only</span>'),
        ("mt103-211", '<span class="flag">primary report not read: review only</span>'),
        ("tower", ""),
        ("ino-vate", ""),
    ],
)
def test_a_card_says_where_no_primary_report_was_read(studies, study, badge):
    text = card(studies, study)
    assert badge in text
    assert bool(badge) == ("primary report not read" in text)


def test_no_card_shows_a_figure_that_could_change_a_decision(client, studies):
    """Of all studies, against what the list of doubts says of each figure."""
    for shown in studies.split('<li class="card study">')[1:]:
        for address in re.findall(r'</strong> <span class="small"><a href="/study/([^"]+)"', shown):
            about = f"/quality?f.weight=decisive&f.about={address.replace('#', '%23')}"
            assert "is as wanted" in client.get(about, headers={"Accept": "text/html"}).text
