"""Sections and sentences of a held text: counted as the curated locators count them."""

import re

import pytest
from approve import SNAPSHOT, SOURCES

from allograph.curated.held.locators import Held, read_held_text
from allograph.curated.held.prose import Prose
from allograph.text.lines import line_around

HELD_TEXTS = SOURCES.root.parent / "shared" / "sources"
TEXT = """A made-up report

Abstract

Background: Dr. Noname et al. treated 1.5 mg/m2. Was it enough? We asked (again). 12 people
answered.

Results: \u201cForty were treated.\u201d Of 40, 3 (7.5%) fell ill, e.g. with a cold.
Figure 1:
Survival

What it means

It means little. More is needed.
"""


def told(prose, words):
    start = prose.text.index(words)
    mark = prose.section_at(start)
    return (mark.name if mark else "", prose.sentence_of(start, mark))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Dr. Noname", ("Background", 1)),
        ("treated 1.5", ("Background", 1)),
        ("Was it", ("Background", 2)),
        ("We asked", ("Background", 3)),
        ("12 people", ("Background", 4)),
        ("answered", ("Background", 4)),
        ("Forty were", ("Results", 1)),
        ("3 (7.5%)", ("Results", 2)),
        ("a cold", ("Results", 2)),
        ("Figure 1", ("Results", 3)),
        ("Survival", ("Results", 4)),
        ("It means", ("What it means", 1)),
        ("More is", ("What it means", 2)),
    ],
)
def test_a_place_has_a_section_and_a_sentence(words, expected):
    assert told(Prose(TEXT), words) == expected


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_any_system_are_read_alike(end):
    here, there = Prose(TEXT), Prose(TEXT.replace("\n", end))
    for words in re.findall(r"\w+ \w+", TEXT):
        assert told(there, words) == told(here, words)
        lines = [prose.line_of(prose.text.index(words)) for prose in (here, there)]
        assert lines == [lines[0]] * 2


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_blank_line_ends_a_sentence_behind_an_abbreviation_on_any_system(end):
    prose = Prose(f"It was given by Noname et al.{end}{end}Nobody fell ill.")
    assert told(prose, "Nobody") == ("", 2)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_line_around_an_offset_ends_as_on_any_system(end):
    text = f"one{end}two three{end}four"
    start, stop = line_around(text, text.index("three"))
    assert text[start:stop] == "two three"
    assert line_around(text, 0) == (0, 3)
    assert line_around(text, len(text)) == (len(text) - 4, len(text))


@pytest.mark.skipif(
    not HELD_TEXTS.is_dir(), reason="the held texts do not lie beside this checkout"
)
def test_the_count_is_that_of_every_curated_locator_whose_section_the_text_names():
    held = Held(SNAPSHOT.loaded)
    reads = {iri: read_held_text(text, HELD_TEXTS).prose for iri, text in held.texts.items()}
    named, counts = 0, {}
    for locator in {one.iri: one for one in held.locators}.values():
        prose = reads[locator.held_text]
        mark = prose.section_at(locator.start)
        if locator.section in {one.name for one in prose.marks}:
            assert (mark.name, prose.sentence_of(locator.start, mark)) == (
                locator.section,
                locator.sentence,
            )
            named += 1
        else:
            before = prose.ordinal(locator.start) - locator.sentence
            assert counts.setdefault((locator.held_text, locator.section), before) == before
    assert named >= 168
    assert len(counts) == 5
