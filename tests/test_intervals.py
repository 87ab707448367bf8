"""The intervals for a share of people, against published values and against each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allograph.synthesis.intervals import clopper_pearson, wilson

# R. G. Newcombe, Stat. Med. 17 (1998) 857-872, table I: numerator, denominator, method 3
# (score, without continuity correction), method 5 (exact), as proportions of four decimals.
NEWCOMBE = [
    (81, 263, (0.2553, 0.3662), (0.2527, 0.3676)),
    (15, 148, (0.0624, 0.1605), (0.0578, 0.1617)),
    (0, 20, (0.0000, 0.1611), (0.0000, 0.1684)),
    (1, 29, (0.0061, 0.1718), (0.0009, 0.1776)),
]

SHARES = st.integers(1, 5000).flatmap(
    lambda people: st.tuples(st.integers(0, people), st.just(people))
)


def as_proportions(interval):
    return tuple(round(limit / 100, 4) for limit in interval)


@pytest.mark.parametrize(("numerator", "denominator", "score", "exact"), NEWCOMBE)
def test_the_intervals_are_those_that_newcombe_printed(numerator, denominator, score, exact):
    assert as_proportions(wilson(numerator, denominator)) == score
    assert as_proportions(clopper_pearson(numerator, denominator)) == exact


@pytest.mark.parametrize("level", [80, 95, 99])
@pytest.mark.parametrize(
    "share", [(0, 1), (1, 1), (0, 20), (20, 20), (1, 29), (12, 17), (15, 148), (4999, 5000)]
)
def test_the_intervals_are_those_of_scipy(share, level):
    from scipy.stats import binomtest  # here, since it takes seconds that other tests need not

    test = binomtest(*share)
    for interval, method in ((wilson, "wilson"), (clopper_pearson, "exact")):
        expected = test.proportion_ci(level / 100, method)
        limits = [limit / 100 for limit in interval(*share, level=level)]
        assert limits == pytest.approx([expected.low, expected.high], abs=1e-9)


@given(SHARES)
def test_an_interval_holds_its_share_and_stays_between_nothing_and_all(share):
    numerator, denominator = share
    value = 100 * numerator / denominator
    for interval in (wilson, clopper_pearson):
        lower, upper = interval(numerator, denominator)
        assert 0 <= lower <= value <= upper <= 100


@given(SHARES)
def test_the_share_of_the_others_has_the_mirrored_interval(share):
    numerator, denominator = share
    for interval in (wilson, clopper_pearson):
        lower, upper = interval(numerator, denominator)
        of_the_others = interval(denominator - numerator, denominator)
        assert of_the_others == pytest.approx((100 - upper, 100 - lower), abs=1e-6)


@given(SHARES, st.floats(50, 99))
def test_more_confidence_takes_a_wider_interval(share, level):
    for interval in (wilson, clopper_pearson):
        lower, upper = interval(*share, level=level)
        wider_lower, wider_upper = interval(*share, level=level + 0.9)
        assert wider_lower <= lower
        assert wider_upper >= upper


@pytest.mark.parametrize(("numerator", "denominator"), [(5, 4), (-1, 4), (0, 0)])
def test_what_is_no_share_of_people_has_no_interval(numerator, denominator):
    for interval in (wilson, clopper_pearson):
        with pytest.raises(ValueError, match="no share of people"):
            interval(numerator, denominator)


@pytest.mark.parametrize("level", [0, 100, -5])
def test_a_level_is_a_percentage_between_none_and_all(level):
    with pytest.raises(ValueError, match="confidence level"):
        wilson(1, 2, level)
