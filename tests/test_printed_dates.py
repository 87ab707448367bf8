"""The dates of a text: each is found once, and says what a reader reads."""

import pytest

from allograph.text.dates import printed_dates
from allograph.text.printed import Kind, printed_numbers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2018-10-15, 2018 Oct 15", ["2018-10-15", "2018-10-15"]),
        ("Jun 5, 2019; June 5th 2019", ["2019-06-05", "2019-06-05"]),
        ("the 5th of June, 2019", ["2019-06-05"]),
        ("Sept. 2019, and 2018 Oct", ["2019-09", "2018-10"]),
        ("bone marrow 2018, decided 3 2019", []),
        ("31.02.2016, 2016-02-30 and 30 February 2016", []),
    ],
)
def test_a_date_with_one_reading_says_it(text, expected):
    found = list(printed_dates(text))
    assert [reading for date in found for reading in date.readings] == expected
    assert all(date.usual == date.readings for date in found)


@pytest.mark.parametrize(
    ("text", "readings", "usual"),
    [
        ("01.10.2016", ("2016-10-01", "2016-01-10"), ("2016-10-01",)),
        ("01/10/2016", ("2016-10-01", "2016-01-10"), ("2016-10-01", "2016-01-10")),
        ("1-10-2016", ("2016-10-01", "2016-01-10"), ("2016-10-01", "2016-01-10")),
        ("30.10.2016", ("2016-10-30",), ("2016-10-30",)),
        ("10/30/2016", ("2016-10-30",), ("2016-10-30",)),
        ("10.10.2016", ("2016-10-10",), ("2016-10-10",)),
    ],
)
def test_a_date_in_digits_is_open_and_with_points_the_day_is_usually_first(text, readings, usual):
    (found,) = printed_dates(f"from {text}.")
    assert (found.text, found.readings, found.usual) == (text, readings, usual)
    (number,) = printed_numbers(f"from {text}.")
    assert (number.kind, number.text, number.dates) == (Kind.DATE, text, usual)
