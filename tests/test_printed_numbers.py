"""The numbers of a text: each is found once, at its place, and says what a reader reads."""

from decimal import Decimal
from itertools import pairwise

import pytest

from allograph.text.number_words import in_figures, times_in_figures
from allograph.text.printed import Kind, printed_numbers


def found(text, words=None):
    """The numbers as they are printed, with what the first reading says."""
    return [
        (number.text, str(number.readings[0]) if number.readings else number.kind.value)
        for number in printed_numbers(text, words)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Of 12 people 3 (25%) fell ill.", [("12", "12"), ("3", "3"), ("25", "25")]),
        ("10–15 % of them", [("10", "10"), ("15", "15")]),  # noqa: RUF001
        ("a range of 1.5 to 2.0", [("1.5", "1.5"), ("2.0", "2.0")]),
        ("cycles (range: 2-6)", [("2", "2"), ("6", "6")]),
        ("a change of -3 and of \u22120.5", [("-3", "-3"), ("\u22120.5", "-0.5")]),
        ("p = .05, P<.001", [(".05", "0.05"), (".001", "0.001")]),
        ("1,234 people and 12,345,678 cells", [("1,234", "1234"), ("12,345,678", "12345678")]),
        ("1\u202f234 people", [("1\u202f234", "1234")]),
        ("0,8 mg and 1.234,5 mg", [("0,8", "0.8"), ("1.234,5", "1234.5")]),
        ("hazard ratio 0·77", [("0·77", "0.77")]),
        ("n=47, N = 9 and (n=10)", [("47", "47"), ("9", "9"), ("10", "10")]),
        ("0.9mg/BSA or 1.3 mg/m2", [("0.9", "0.9"), ("1.3", "1.3")]),
        ("2 mg/m² or 3 mg·m⁻²", [("2", "2"), ("3", "3")]),
        ("more than 10⁹ cells, 1.5 × 10^9/L", [("10⁹", "1E+9"), ("1.5 × 10^9", "1.5E+9")]),  # noqa: RUF001
        ("wells of 3 x 100 and 2×10⁻³", [("3", "3"), ("100", "100"), ("2×10⁻³", "0.002")]),  # noqa: RUF001
        ("was shown¹²", [("¹²", "12")]),
        ("about ½ of them", [("½", "0.5")]),
        ("the 39th and the 2nd", [("39th", "39"), ("2nd", "2")]),
        ("2031;12(3):45-9", [(one, one) for one in ("2031", "12", "3", "45", "9")]),
    ],
)  # fmt: skip
def test_digits_are_read_as_they_are_printed(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thirty-six people", [("Thirty-six", "36")]),
        ("one hundred and five people", [("one hundred and five", "105")]),
        ("Two thousand three hundred", [("Two thousand three hundred", "2300")]),
        ("two of three", [("two", "2"), ("three", "3")]),
        ("the one-year rate", [("one", "1")]),
        ("the second and third week", [("second", "2"), ("third", "3")]),
        ("in twenty-first place", [("twenty-first", "21")]),
        ("three-quarters, a quarter", [("three-quarters", "0.75"), ("a quarter", "0.25")]),
        ("twice, and none of a dozen", [("twice", "2"), ("none", "0"), ("a dozen", "12")]),
        ("once a week", [("once", "1")]),
        ("Once the drug binds, no one is someone; 5 per second", [("5", "5")]),
        ("phase II, grade III to IV", []),
        ("often, tend, weighty, stone, anyone", []),
    ],
)  # fmt: skip
def test_words_are_read_as_numbers(text, expected):
    assert found(text) == expected


def test_a_half_is_a_share_and_so_many_percent():
    (half,) = printed_numbers("about half of them")
    assert {Decimal("0.5"), Decimal(50)} <= set(half.readings)


def test_words_of_a_list_are_numbers_too_and_the_longest_wins():
    words = {"a month": Decimal(1), "forty": Decimal(40)}
    assert found("a month later, forty-four people", words) == [
        ("a month", "1"),
        ("forty-four", "44"),
    ]


@pytest.mark.parametrize(
    ("text", "printed", "dates"),
    [
        ("on 2031 Oct 15;124", "2031 Oct 15", ("2031-10-15",)),
        ("Epub 2031 Oct 11.", "2031 Oct 11", ("2031-10-11",)),
        ("on Jun 5, 2031 in", "Jun 5, 2031", ("2031-06-05",)),
        ("the 3rd March 2031", "3rd March 2031", ("2031-03-03",)),
        ("in June 2031", "June 2031", ("2031-06",)),
        ("from 01.10.2031", "01.10.2031", ("2031-10-01",)),
        ("on 02/03/2031", "02/03/2031", ("2031-03-02", "2031-02-03")),
        ("on 2031-04-05", "2031-04-05", ("2031-04-05",)),
    ],
)
def test_a_date_is_one_number(text, printed, dates):
    number = printed_numbers(text)[0]
    assert (number.text, number.kind, number.dates) == (printed, Kind.DATE, dates)


@pytest.mark.parametrize(
    ("text", "printed", "kind"),
    [
        ("doi: 10.9999/abcd.12345.", "10.9999/abcd.12345", Kind.IDENTIFIER),
        ("iD: 0000-0001-2345-678X", "0000-0001-2345-678X", Kind.IDENTIFIER),
        ("(NCT01234567)", "NCT01234567", Kind.IDENTIFIER),
        ("see https://example.org/a/12, or", "https://example.org/a/12", Kind.IDENTIFIER),
        ("an anti-CD22 antibody", "CD22", Kind.NAME),
        ("Figure 3D shows", "3D", Kind.NAME),
        ("with t(9;22) or", "t(9;22)", Kind.NAME),
    ],
)
def test_what_only_bears_digits_is_one_and_no_figure(text, printed, kind):
    (number,) = printed_numbers(text)
    assert (number.text, number.kind, number.readings) == (printed, kind, ())


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("30 % and 30% and 30 percent", ["%", "%", "%"]),
        ("12 patients, 5 of them", ["people", ""]),
        ("2-year rates and 39 years", ["year", "year"]),
        ("day 3 of the first two cycles", ["time", "time", "time"]),
    ],
)
def test_what_stands_beside_a_number_is_told(text, units):
    assert [number.unit for number in printed_numbers(text)] == units


def test_places_are_code_points_and_nothing_is_found_twice():
    text = "\U0001d7d9 — Forty-two patients (42.5\u00a0%), 2 × 10^6 cells, Jun 5, 2031 and 1,000"  # noqa: RUF001
    numbers = printed_numbers(text)
    assert [text[number.start : number.end] for number in numbers] == [one.text for one in numbers]
    assert all(a.end <= b.start for a, b in pairwise(numbers))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Twenty-four of one hundred and five", "24 of 105"),
        (
            "the second, half of them, no one and a third",
            "the second, half of them, no one and a third",
        ),
    ],
)
def test_cardinals_are_written_as_figures_and_other_words_are_left(text, expected):
    assert in_figures(text) == expected


def test_times_are_written_as_figures_and_other_numbers_are_left():
    text = "thirty-six months, twenty-one-day cycles, one man"
    assert times_in_figures(text) == "36 months, 21-day cycles, one man"
