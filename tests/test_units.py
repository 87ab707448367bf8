"""The units: numbers that people type, in the unit that a parameter has."""

from fractions import Fraction

import pytest

from allograph.evidence.units import UNITS, in_unit
from allograph.namespaces import BASE


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("12", "mo", "12"),
        ("12 mo", "mo", "12"),
        ("12months", "mo", "12"),
        ("1 a", "mo", "12"),
        ("0.5 years", "mo", "6"),
        ("24 mo", "a", "2"),
        ("2 wk", "d", "14"),
        ("1 a", "d", "365.25"),
        ("1.8 mg/m²", "mg/m2", "1.8"),
        ("33 %", "%", "33"),
    ],
)
def test_a_number_with_a_unit_becomes_a_number_in_the_unit_asked_for(text, unit, expected):
    assert in_unit(text, unit) == expected


@pytest.mark.parametrize("text", ["5 kg", "3 %", "12 XX", "1e3", "0x10"])
def test_a_unit_that_does_not_convert_is_refused_with_those_that_do(text):
    with pytest.raises(ValueError, match=r"not a unit that converts to mo; .*month"):
        in_unit(text, "mo")


@pytest.mark.parametrize("text", ["", "long", "1,5 mo", "1 ,mo", "٣", "mo 3"])
def test_what_is_no_number_is_refused_with_an_example(text):
    with pytest.raises(ValueError, match="as in 12 mo"):
        in_unit(text, "mo")


@pytest.mark.parametrize("text", ["9" * 31, "9" * 400, "9" * 400 + " a", "0." + "1" * 40 + " a"])
def test_a_number_of_too_many_digits_is_refused(text):
    with pytest.raises(ValueError, match=r"too many digits|is not a number"):
        in_unit(text, "mo")


def test_a_long_text_is_not_searched_for_a_unit():
    with pytest.raises(ValueError, match="is not a number"):
        in_unit("1 a" + " " * 100_000 + "x", "mo")


def test_times_are_those_that_ucum_defines():
    day, month, year = (UNITS[code].factor for code in ("d", "mo", "a"))
    assert (year / day, month / day, year / month) == (Fraction("365.25"), Fraction("30.4375"), 12)


def test_the_graph_uses_no_other_unit(loaded):
    unit = f"{BASE}ontology#unit"
    used = {quad.object.value for quad in loaded.quads if quad.predicate.value == unit}
    assert used
    assert used <= set(UNITS)
