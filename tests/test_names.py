"""Which records a text names, by an index of their names."""

import re

import pytest

from allograph.evidence.names import SHORT, NameIndex

NAMES = (
    ("remission", "remission"),
    ("complete remission", "complete-remission"),
    ("ALL", "all"),
    ("CAR T-cell therapy", "car-t"),
    ("SOS", "sos"),
    ("VOD/SOS", "vod-sos"),
)
HYPHENS = re.compile(r"[A-Za-z0-9]+|[^A-Za-z0-9\s-]")


def named(index: NameIndex, text: str, **asked: bool) -> list[tuple[str, str]]:
    """What a text names, each with the words for it."""
    return [
        (text[mention.start : mention.end], " ".join(sorted(mention.iris)))
        for mention in index.mentions(text, **asked)
    ]


def test_of_names_that_overlap_a_text_means_the_longest():
    text = "complete remission, then remission after VOD/SOS"
    assert named(NameIndex(NAMES), text) == [
        ("complete remission", "complete-remission"),
        ("remission", "remission"),
        ("VOD/SOS", "vod-sos"),
    ]


def test_the_names_inside_of_longer_ones_can_be_asked_for():
    found = {iri for one in NameIndex(NAMES).everywhere("VOD/SOS") for iri in one.iris}
    assert found == {"vod-sos", "sos"}


def test_a_name_that_two_records_share_means_both():
    index = NameIndex([*NAMES, ("SOS", "obstruction")])
    assert named(index, "of SOS") == [("SOS", "obstruction sos")]


@pytest.mark.parametrize("text", ["remissions", "recomplete remissio", "CAR T-cells", "car"])
def test_a_name_is_no_part_of_a_word(text):
    assert named(NameIndex(NAMES), text) == []


def test_a_short_name_is_read_with_its_capitals_except_in_a_key():
    index = NameIndex(NAMES, short=SHORT)
    assert named(index, "all with ALL") == [("ALL", "all")]
    assert named(index, "all", any_case=True) == [("all", "all")]
    assert named(index, "Complete Remission") == [("Complete Remission", "complete-remission")]


@pytest.mark.parametrize("text", ["CAR T cell\ntherapy", "CART-cell therapy"])
def test_only_prose_joins_the_words_of_a_name(text):
    assert named(NameIndex(NAMES, prose=True, word=HYPHENS), text) == [(text, "car-t")]
    assert named(NameIndex(NAMES), text) == []


def test_in_prose_a_name_may_stand_in_the_plural():
    index = NameIndex(NAMES, short=SHORT, prose=True)
    assert named(index, "complete remissions, ALLs, alls") == [
        ("complete remissions", "complete-remission"),
        ("ALLs", "all"),
    ]


def test_prose_does_not_take_one_word_apart():
    index = NameIndex([("CD22", "cd22")], prose=True)
    assert named(index, "CD 22") == []
    assert named(index, "anti-CD22, CD22s") == [("CD22", "cd22")]


def test_forms_name_records_besides_and_hide_names():
    forms = {r"relaps(?:ed|es?)": frozenset({"relapse"}), "post-remission": frozenset[str]()}
    index = NameIndex(NAMES, forms=forms)
    assert named(index, "relapsed post-remission, in remission") == [
        ("relapsed", "relapse"),
        ("post-remission", ""),
        ("remission", "remission"),
    ]
