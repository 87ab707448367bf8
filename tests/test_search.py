"""Finding what was meant by a few words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allograph.reading.search import Index, Item, by_kind
from allograph.text.words import compact, plain, spellings_in, words_in

ITEMS = (
    Item(
        "drug:inotuzumab",
        "drug",
        1,
        "inotuzumab ozogamicin",
        names=("InO", "Besponsa", "ATC:L01FB01"),
        key="inotuzumab-ozogamicin",
        context="antibody-drug conjugate",
    ),
    Item("drug:blinatumomab", "drug", 1, "blinatumomab", names=("BLIN",), key="blinatumomab"),
    Item("outcome:os", "outcome", 2, "overall survival", names=("OS",), key="overall-survival"),
    Item("outcome:survival", "outcome", 2, "survival", key="survival"),
    Item("study:ino-vate", "study", 0, "INO-VATE: inotuzumab or chemotherapy", key="ino-vate"),
    Item(
        "question:alive",
        "question",
        3,
        "Who was alive at the end?",
        key="alive",
        context="One row for each figure of overall survival, or of survival without relapse.",
    ),
    Item("condition:all", "condition", 4, "acute lymphoblastic leukaemia", names=("ALL",)),
    Item("group:responders", "group", 9, "Responders", context="44 people"),
)
INDEX = Index(ITEMS)


def found(words):
    return [hit.item.iri for hit in INDEX.find(words).hits]


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.iri)
def test_the_whole_of_a_name_finds_its_item_first(item):
    for name in filter(None, item.all_names):
        assert found(name)[0] == item.iri


@pytest.mark.parametrize(
    ("words", "iri"),
    [
        ("besponsa", "drug:inotuzumab"),
        ("BESPONSA ", "drug:inotuzumab"),
        ("inovate", "study:ino-vate"),
        ("ino vate", "study:ino-vate"),
        ("L01FB01", "drug:inotuzumab"),
        ("leukemia", "condition:all"),
        ("lymphobl", "condition:all"),
    ],
)
def test_case_hyphens_and_spelling_variants_make_no_difference(words, iri):
    assert found(words)[0] == iri
    assert INDEX.find(words).meant == ""


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("blinatumomap", "blinatumomab"),  # another letter
        ("linatumomab", "blinatumomab"),  # a letter less
        ("besponssa", "besponsa"),  # a letter more
        ("suvrival", "survival"),  # two letters swapped
        ("ovrall survivl", "overall survival"),
        ("leukaemja", "leukaemia"),
        ("blinatim", "blinatumomab"),  # still being typed
    ],
)
def test_typing_errors_are_forgiven_and_mended(words, meant):
    findings = INDEX.find(words)
    assert (plain(findings.meant), findings.is_partial) == (plain(meant), False)
    assert findings.hits
    if words != "blinatim":
        assert findings.hits == INDEX.find(meant).hits


def test_a_short_word_is_taken_as_it_is_spelt():
    assert found("OSS") == []
    assert INDEX.find("OSS").meant == ""


def test_an_abbreviation_finds_what_speaks_of_its_long_form():
    assert found("OS") == ["outcome:os", "question:alive"]
    assert "study:ino-vate" not in found("BLIN")


def test_all_words_are_held_or_it_is_said_that_they_are_not():
    assert not INDEX.find("survival relapse").is_partial
    assert found("survival relapse") == ["question:alive"]
    partial = INDEX.find("survival Besponsa")
    assert partial.is_partial
    assert {"outcome:survival", "drug:inotuzumab"} <= {hit.item.iri for hit in partial.hits}


def test_small_words_do_not_count_unless_there_are_no_others():
    assert found("survival of the") == found("survival")
    assert found("who")[0] == "question:alive"


def test_of_what_fits_equally_the_kind_of_the_lower_rank_comes_first():
    twins = Index([Item("b", "group", 9, "Responders"), Item("a", "outcome", 2, "responders")])
    assert [hit.item.iri for hit in twins.find("responders").hits] == ["a", "b"]


def test_a_hit_says_by_which_other_name_it_was_found():
    (first, *_others) = INDEX.find("Besponsa").hits
    assert first.name == "Besponsa"
    assert INDEX.find("inotuzumab-ozogamicin").hits[0].name == ""
    assert INDEX.find("blinatumomab").hits[0].name == ""


def test_the_hits_are_counted_by_kind_in_the_order_of_kinds():
    counts = by_kind(INDEX.find("survival").hits)
    assert list(counts.items()) == [("outcome", 2), ("question", 1)]


def test_nothing_is_found_where_nothing_was_asked_or_there_is_nothing():
    assert found("") == found("  -?!  ") == found("xyzzy") == []
    assert Index([]).find("survival").hits == ()


@given(st.text(max_size=60))
def test_any_text_may_be_asked(words):
    findings = INDEX.find(words)
    assert len({hit.item.iri for hit in findings.hits}) == len(findings.hits)
    assert list(findings.hits) == list(INDEX.find(words).hits)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Allo-SCT, allo-HCT", ["allo", "sct", "hct"]),
        ("Leukämie", ["leukamie"]),
        ("haematopoietic", ["hematopoietic"]),
        ("VOD/SOS", ["vod", "sos"]),
    ],
)
def test_a_text_is_taken_apart_into_words_as_people_type_them(text, words):
    assert words_in(text) == words


def test_a_name_is_the_same_written_together_or_apart():
    assert compact("INO-VATE") == compact("ino vate") == compact("inovate")


def test_spellings_hold_hyphenated_words_together():
    assert spellings_in("allo-SCT now") == {"allo", "sct", "allosct", "now"}
