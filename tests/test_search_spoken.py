"""Reading a request as a sentence: its times, ages, numbers and names, and what nobody reports."""

import pytest

from allograph.reading.search import Item, Search
from allograph.reading.search.coverage import About, Coverage
from allograph.reading.search.lexicon import Lexicon
from allograph.reading.search.meaning import understood
from allograph.reading.search.spoken import take_apart
from allograph.reading.search.ways import PARTS, WAYS
from allograph.release.statements import Statement
from allograph.text.english import is_english
from allograph.text.words import variants


def item(kind, key, label, *hidden, names=()):
    iri = f"https://w3id.org/allograph/{kind}/{key}"
    return Item(iri, kind, 1, label, names=names, key=key, hidden=hidden)


ITEMS = (
    item("drug", "blinatumomab", "blinatumomab", "blina", names=("Blincyto", "ATC:L01FX07")),
    item("drug", "ponatinib", "ponatinib", "pona"),
    item("outcome", "overall-survival", "overall survival", names=("OS",)),
    item("outcome", "relapse", "relapse"),
    item("condition", "childhood-all", "childhood leukaemia", "children", "kids"),
    item("condition", "relapsed-all", "relapsed leukaemia", "relapsed"),
    item("condition", "relapsed-childhood-all", "relapsed childhood leukaemia"),
    item("statistic", "odds-ratio", "odds ratio", "OR"),
    item("study", "tower", "TOWER: blinatumomab or chemotherapy"),
    item("topic", "cd22-loss", "loss of CD22", "CD22 loss"),
)
LEXICON = Lexicon(ITEMS)
BROADER = {
    "condition/relapsed-childhood-all": ["condition/childhood-all", "condition/relapsed-all"],
}
STATEMENTS = (
    Statement(
        "study/tower#os",
        "ProbabilityAtTime",
        "tower",
        "overall-survival",
        "overall survival at 12 months: 54 %",
        "TOWER",
        drugs=("blinatumomab",),
        regimen="blinatumomab",
        conditions=("relapsed-childhood-all",),
        at_time="12",
        numbers=("54", "0.71"),
    ),
)
SEARCH = Search(ITEMS, STATEMENTS, BROADER, {})


def keys(request):
    return [notion.key for notion in understood(request, LEXICON, lambda word: word).notions]


@pytest.mark.parametrize(
    ("request_", "months"),
    [
        ("2-year OS", "24"),
        ("OS at 2 years", "24"),
        ("two year survival", "24"),
        ("1y PFS", "12"),
        ("at 12 months", "12"),
        ("24 mo", "24"),
        ("36-month EFS", "36"),
        ("1.5 years", "18"),
        ("day 100", "3.3"),
        ("8 weeks", "1.8"),
    ],
)
def test_a_time_is_read_in_months(request_, months):
    assert list(take_apart(request_).times) == [months]


@pytest.mark.parametrize(
    ("request_", "word"),
    [
        ("over 60 years", "elderly"),
        ("patients aged 65+", "elderly"),
        ("55 years and older", "elderly"),
        ("70-year-old", "elderly"),
        (">= 60", "elderly"),
        ("under 18", "children"),
        ("younger than 21 years", "children"),
    ],
)
def test_an_age_stands_for_the_people_who_are_spoken_of(request_, word):
    spoken = take_apart(request_)
    assert word in {found.plain for found in spoken.words}
    assert not spoken.times


@pytest.mark.parametrize(
    ("request_", "numbers"),
    [
        ("80.7 %", ["80.7"]),
        ("80.7%", ["80.7"]),
        ("80·7", ["80.7"]),
        ("HR 0.71", ["0.71"]),
        ("12/105", ["12/105"]),
        ("12 out of 105", ["12/105"]),
        ("7.7 months", ["7.7"]),
        ("405", ["405"]),
        ("95% CI 0.55 to 0.93", ["0.55", "0.93"]),
        ("Kantarjian 2016", []),
        ("under 18", []),
    ],
)
def test_a_printed_number_is_read_with_its_digits(request_, numbers):
    assert take_apart(request_).numbers == numbers


@pytest.mark.parametrize(
    ("request_", "meant"),
    [
        ("blina kids", ["blinatumomab", "childhood-all"]),
        ("kids' OS", ["childhood-all", "overall-survival"]),
        ("relapses", ["relapse"]),
        ("BLINCYTO", ["blinatumomab"]),
        ("Tower", ["tower"]),
        ("blina or pona", ["blinatumomab", "ponatinib"]),
        ("OR", ["odds-ratio"]),
        ("L01FX07", []),
        ("blinatu", ["blinatumomab"]),
    ],
)
def test_names_are_found_in_any_case_and_number_and_spelling(request_, meant):
    assert keys(request_) == meant


def test_conditions_that_are_all_meant_meet_in_a_narrower_one():
    coverage = Coverage(STATEMENTS, BROADER)
    assert coverage.meet([("childhood-all",), ("relapsed-all",)]) == ("relapsed-childhood-all",)
    assert coverage.find(About(conditions=("childhood-all",))) == list(STATEMENTS)


@pytest.mark.parametrize(
    ("request_", "note"),
    [
        ("CD22 loss", "No study of this release reports loss of CD22."),
        (
            "OS at 3 years blina",
            "No study of this release gives a figure of overall survival at 36 months after"
            " blinatumomab. It is known at 12 months.",
        ),
        ("blina vs pona", "No study of this release compares blinatumomab with ponatinib."),
        ("odds ratio", "No study of this release gives an odds ratio."),
        ("99.1 %", "No figure of this release is printed as 99.1."),
        ("nelarabine", "Nothing of this release speaks of “nelarabine”."),
    ],
)
def test_what_nobody_reports_is_said(request_, note):
    assert [said.text for said in SEARCH.find(request_).notes] == [note]


@pytest.mark.parametrize("request_", ["OS at 1 year blina", "blina kids", "0.71", "TOWER happen"])
def test_nothing_is_regretted_that_is_there_or_is_only_english(request_):
    assert SEARCH.find(request_).notes == ()


def test_a_word_of_english_is_never_corrected():
    assert is_english("loss") and is_english("tower") and not is_english("blincyto")
    assert SEARCH.index.mend("lower") == "lower"
    assert SEARCH.index.mend("blinctyo") == "blincyto"


def test_the_beginning_of_a_word_is_none_of_it_below_four_letters():
    assert not SEARCH.index.find("tow").hits
    assert SEARCH.index.find("towe").hits


@pytest.mark.parametrize(
    ("word", "other"), [("relapses", "relapse"), ("randomise", "randomize"), ("tumour", "tumor")]
)
def test_other_spellings_of_a_word_are_tried(word, other):
    assert other in variants(word)
    assert "os" not in variants("oss")


def test_each_way_leads_to_a_question_by_parts_that_are_known(release):
    parts = {*PARTS.values(), "time", "compares", "drugs"}
    outcomes = {entry.key for entry in release.entries if entry.kind == "outcome"}
    for way in WAYS:
        assert way.question in release.questions
        assert way.needs <= parts
        assert set(way.outcomes) <= outcomes


def test_no_topic_is_reported_by_a_study(release):
    """What comes to be reported is entered as a record, and its topic goes."""
    records = {
        name.casefold()
        for item in release.items
        if item.kind in ("drug", "outcome", "condition", "regimen")
        for name in item.searched_names
    }
    topics = [item for item in release.items if item.kind == "topic" and item.key]
    for topic in topics:
        assert records.isdisjoint(name.casefold() for name in topic.searched_names), topic.label
