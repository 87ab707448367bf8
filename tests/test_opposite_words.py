"""Words that exclude each other are one table, for rules and for spans."""

import pytest

from allograph.doubts.rules.words.opposite_words import OF_CLAIMS, in_names, in_sentences, opposed


@pytest.mark.parametrize(
    ("said", "printed", "expected"),
    [
        ("Survival was longer", "a shortened survival", [("longer", "shortened")]),
        ("It was valuable", "it was useless", [("valuable", "useless")]),
        ("It was better, not worse", "it was worse", []),
        ("Nothing is said", "it was worse", []),
    ],
)
def test_texts_are_opposed_where_each_has_one_side_only(said, printed, expected):
    for pairs in (in_names(OF_CLAIMS), in_sentences(OF_CLAIMS)):
        found = {(one[0], other[0]) for one, other in opposed(said, printed, pairs)}
        assert found == set(expected)


def test_a_hyphened_word_is_one_in_a_sentence_and_several_in_a_name():
    said, printed = "better-known", "a worse one"
    assert not list(opposed(said, printed, in_sentences(OF_CLAIMS)))
    assert list(opposed(said, printed, in_names(OF_CLAIMS)))
