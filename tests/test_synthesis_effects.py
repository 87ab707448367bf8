"""Effects, rare events and medians: each edge is defined, and nothing is added unasked."""

import math
from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allograph.synthesis.effects import (
    INVERSE_VARIANCE,
    Estimate,
    NotEstimable,
    TwoArms,
    effect_of,
    estimate_from_interval,
    pool_effects,
    pool_rare,
)
from allograph.synthesis.inverse import Effects, q_profile, reml
from allograph.synthesis.medians import Median, estimate_of_median, pool_medians
from allograph.synthesis.pooled import (
    FIXED,
    GLMM,
    MANTEL_HAENSZEL,
    PETO,
    REML,
    REML_HKSJ,
)

RARE = [
    *((MANTEL_HAENSZEL, measure) for measure in ("rr", "or", "rd")),
    (PETO, "or"),
]


def arms(*tables):
    return [TwoArms(f"Study {place}", *table) for place, table in enumerate(tables, 1)]


def estimates(*pairs):
    return [Estimate(f"Study {place}", *pair) for place, pair in enumerate(pairs, 1)]


# The effect of one study


@pytest.mark.parametrize(
    ("measure", "value", "variance"),
    [
        ("rr", math.log(0.2 / 0.4), 1 / 10 - 1 / 50 + 1 / 20 - 1 / 50),
        ("or", math.log(10 * 30 / (40 * 20)), 1 / 10 + 1 / 40 + 1 / 20 + 1 / 30),
        ("rd", 0.2 - 0.4, 0.2 * 0.8 / 50 + 0.4 * 0.6 / 50),
    ],
)
def test_the_effect_of_two_arms_is_that_of_the_text_books(measure, value, variance):
    effect = effect_of(TwoArms("Study", 10, 50, 20, 50), measure)
    assert effect.value == pytest.approx(value)
    assert effect.standard_error == pytest.approx(math.sqrt(variance))
    assert effect.people == 100


@pytest.mark.parametrize(
    ("table", "measures", "reason"),
    [
        ((0, 50, 3, 50), ("rr", "or"), "A cell of Study is zero"),
        ((50, 50, 30, 50), ("or",), "A cell of Study is zero"),
        ((0, 50, 0, 50), ("rr", "or"), "Nobody in either arm of Study"),
        ((50, 50, 40, 40), ("rr", "or"), "Everybody in either arm of Study"),
        ((0, 50, 0, 50), ("rd",), "Each arm of Study is at 0 % or 100 %"),
        ((0, 50, 40, 40), ("rd",), "Each arm of Study is at 0 % or 100 %"),
        ((0, 0, 3, 50), ("rr", "or", "rd"), "Study counted nobody in one of its arms"),
    ],
)
def test_a_cell_of_zero_leaves_no_effect_and_the_reason_is_said(table, measures, reason):
    for measure in measures:
        with pytest.raises(NotEstimable, match=reason):
            effect_of(TwoArms("Study", *table), measure)


def test_continuity_is_added_to_studies_with_a_zero_alone_and_only_if_asked_for():
    halved = effect_of(TwoArms("Study", 0, 50, 3, 50), "or", continuity=0.5)
    assert halved.value == pytest.approx(math.log(0.5 / 50.5) - math.log(3.5 / 47.5))
    whole = TwoArms("Study", 1, 50, 3, 50)
    assert effect_of(whole, "or", continuity=0.5) == effect_of(whole, "or")
    assert effect_of(TwoArms("Study", 0, 50, 3, 50), "rd").value == -0.06


@pytest.mark.parametrize(("level", "z"), [(90, 1.644854), (95, 1.959964), (97.5, 2.241403)])
def test_the_standard_error_is_that_of_the_interval_at_the_level_at_which_it_is_printed(level, z):
    ratio = estimate_from_interval("Study", 0.77, 0.58, 1.03, level, "hr", 326)
    assert ratio.value == math.log(0.77)
    assert ratio.standard_error == pytest.approx(math.log(1.03 / 0.58) / (2 * z), rel=1e-6)
    assert ratio.people == 326
    difference = estimate_from_interval("Study", -2, -5, 1, level, "md")
    assert difference.standard_error == pytest.approx(3 / z, rel=1e-6)


@pytest.mark.parametrize(
    ("numbers", "reason"),
    [
        ((0.77, 0.80, 1.03), "0.77 is not within 0.8 to 1.03"),
        ((0.77, 1.03, 0.58), "0.77 is not within 1.03 to 0.58"),
        ((0.77, 0.77, 0.77), "0.77 is not within 0.77 to 0.77"),
        ((0.77, 0.0, 1.03), "A ratio is above zero, and Study prints 0"),
        ((0.77, 0.58, math.inf), "A limit of Study is not a number"),
    ],
)
def test_limits_that_hold_no_interval_give_no_standard_error(numbers, reason):
    with pytest.raises(NotEstimable, match=reason):
        estimate_from_interval("Study", *numbers)


# Inverse variance


@pytest.mark.parametrize("model", INVERSE_VARIANCE)
@pytest.mark.parametrize("pairs", [(), ((-0.3, 0.2),)])
def test_fewer_than_two_effects_are_not_pooled(model, pairs):
    synthesis = pool_effects(estimates(*pairs), "hr", model)
    assert synthesis.estimate is None
    assert synthesis.reasons["estimate"].endswith(".")


def test_two_effects_are_pooled_with_a_warning():
    synthesis = pool_effects(estimates((-0.5, 0.2), (0.1, 0.3)), "rr")
    assert synthesis.lower < synthesis.estimate < synthesis.upper
    assert any("one degree of freedom" in remark for remark in synthesis.remarks)


def test_limits_beyond_any_number_end_where_numbers_do():
    synthesis = pool_effects(estimates((-2.0, 0.2), (3.0, 0.3)), "rr", level=99.9)
    assert 0 < synthesis.lower < 1e-300 and 1e300 < synthesis.upper < math.inf


def test_effects_that_agree_by_luck_have_walds_interval_beside_the_narrower_one():
    alike = estimates((-0.50, 0.2), (-0.51, 0.2), (-0.49, 0.25), (-0.50, 0.3))
    synthesis, wald = (pool_effects(alike, "rr", model) for model in (REML_HKSJ, REML))
    assert synthesis.lower > wald.lower
    assert any(f"{wald.lower:.3g} to {wald.upper:.3g}" in said for said in synthesis.remarks)
    assert synthesis.tau2 == 0
    assert synthesis.reasons["tau2_lower"].startswith("The studies differ less than chance")


def test_effects_that_are_the_same_have_no_interval_of_their_own_spread():
    synthesis = pool_effects(estimates((0.1, 0.2), (0.1, 0.3), (0.1, 0.25)), "md")
    assert synthesis.estimate == pytest.approx(0.1)
    assert synthesis.lower is synthesis.upper is synthesis.prediction_lower is None
    assert "Wald's of the same model is" in synthesis.reasons["lower"]


def test_a_common_effect_has_no_spread_and_no_prediction_and_says_so():
    synthesis = pool_effects(estimates((0.1, 0.2), (0.9, 0.3)), "md", FIXED)
    undefined = {
        field.name for field in fields(synthesis) if getattr(synthesis, field.name) is None
    }
    assert undefined - {"people"} == set(synthesis.reasons)
    assert undefined >= {"tau2", "prediction_lower", "prediction_upper"}


def test_people_are_added_up_if_all_are_known():
    known = [Estimate("One", 0.1, 0.2, 40), Estimate("Two", 0.3, 0.2, 60)]
    assert pool_effects(known, "rr").people == 100
    assert pool_effects([known[0], replace(known[1], people=None)], "rr").people is None


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(-3, 3), st.floats(0.05, 2)).filter(lambda pair: pair[0] != 0),
        min_size=2,
        max_size=8,
    )
)
def test_no_other_spread_is_likelier_and_q_meets_its_quantiles_at_the_limits(pairs):
    values, errors = np.array(pairs).T
    effects = Effects(values, errors**2)

    def likelihood(tau2):
        weights = effects.weights(tau2)
        return (np.log(weights).sum() - np.log(weights.sum()) - effects.q(tau2)[0]) / 2

    best = likelihood(reml(effects))
    assert all(likelihood(tau2) <= best + 1e-9 for tau2 in np.linspace(0, 40, 200))
    interval = q_profile(effects, 95)
    if interval is not None:
        surprise = [effects.q(limit)[0] for limit in interval if limit > 0]
        assert len(set(np.round(surprise, 6))) == len(surprise)
        assert interval[0] <= interval[1]


def test_other_models_measures_and_errors_are_refused():
    with pytest.raises(ValueError, match="'glmm' does not pool effects"):
        pool_effects(estimates((0.1, 0.2), (0.2, 0.3)), "rr", GLMM)
    with pytest.raises(ValueError, match="'irr' is no measure"):
        pool_effects(estimates((0.1, 0.2), (0.2, 0.3)), "irr")
    with pytest.raises(ValueError, match="people of two arms give rr, or, rd, not 'hr'"):
        effect_of(TwoArms("Study", 1, 5, 2, 5), "hr")
    with pytest.raises(ValueError, match="no share of people"):
        TwoArms("Study", 1, 5, 7, 5)
    for value, error in ((math.nan, 0.2), (0.1, 0.0), (0.1, math.inf)):
        with pytest.raises(ValueError, match="Study"):
            Estimate("Study", value, error)


# Rare events


@pytest.mark.parametrize(("model", "measure"), RARE)
@pytest.mark.parametrize(
    "tables",
    [
        (),
        ((1, 20, 3, 20),),
        ((0, 20, 0, 20), (0, 30, 0, 25)),
        ((0, 0, 3, 20), (1, 20, 0, 0)),
    ],
)
def test_rare_events_that_tell_nothing_are_refused_with_a_sentence(model, measure, tables):
    synthesis = pool_rare(arms(*tables), measure, model)
    assert synthesis.estimate is None
    assert synthesis.reasons["estimate"].endswith(".")


@pytest.mark.parametrize("measure", ["rr", "or"])
def test_a_ratio_of_arms_of_which_one_has_no_events_at_all_is_refused(measure):
    synthesis = pool_rare(arms((0, 20, 3, 20), (0, 30, 1, 25)), measure)
    assert synthesis.reasons["estimate"].startswith("One side of all studies together")
    assert pool_rare(arms((0, 20, 3, 20), (0, 30, 1, 25)), "rd").estimate < 0
    assert pool_rare(arms((0, 20, 3, 20), (0, 30, 1, 25)), "or", PETO).estimate < 1


@pytest.mark.parametrize(("model", "measure"), RARE)
def test_a_study_without_events_says_nothing_of_a_ratio_and_is_named(model, measure):
    telling = arms((1, 50, 4, 50), (2, 80, 3, 75))
    silent = TwoArms("Silent", 0, 60, 0, 60)
    without = pool_rare(telling, measure, model)
    beside = pool_rare([silent, *telling], measure, model)
    is_ratio = measure != "rd"
    assert (beside.estimate == without.estimate) == is_ratio
    assert (beside.weights[0] == 0) == is_ratio
    assert any("Silent" in remark for remark in beside.remarks) == is_ratio
    assert beside.studies == (2 if is_ratio else 3)


def test_without_two_effects_there_is_no_test_that_studies_differ():
    synthesis = pool_rare(arms((0, 50, 4, 50), (2, 80, 3, 75)), "or")
    assert synthesis.estimate is not None
    assert synthesis.q is synthesis.q_p is synthesis.i2 is None
    assert synthesis.reasons["q"].startswith("Fewer than two studies")


def test_peto_says_what_it_is_for_and_gives_odds_ratios_alone():
    synthesis = pool_rare(arms((1, 50, 4, 50), (2, 80, 3, 75)), "or", PETO)
    assert any("biased" in remark for remark in synthesis.remarks)
    for model, measure in ((PETO, "rr"), (MANTEL_HAENSZEL, "hr"), (REML, "or")):
        with pytest.raises(ValueError, match="of rare events"):
            pool_rare(arms((1, 50, 4, 50)), measure, model)


# Medians


def test_medians_are_pooled_in_months_with_the_errors_of_their_intervals():
    first = Median("One", 7.7, 6.0, 9.2, people=109)
    second = Median("Two", 5.0, 3.5, 7.1, level=90, people=40)
    assert estimate_of_median(first).standard_error == pytest.approx(3.2 / (2 * 1.959964), rel=1e-6)
    assert estimate_of_median(second).standard_error == pytest.approx(
        3.6 / (2 * 1.644854), rel=1e-6
    )
    synthesis = pool_medians([first, second], REML)
    assert 5.0 < synthesis.estimate < 7.7
    assert synthesis.people == 149
    assert any(said.endswith("fewer than 50 people, as in Two.") for said in synthesis.remarks)


@pytest.mark.parametrize(
    ("median", "missing"),
    [
        (Median("Two", None, 3.5, None), "median"),
        (Median("Two", 14.0, 3.5, None), "upper limit"),
        (Median("Two", 14.0, None, 20.0), "lower limit"),
    ],
)
def test_medians_are_not_pooled_beside_one_that_is_not_reached(median, missing):
    synthesis = pool_medians([Median("One", 7.7, 6.0, 9.2), median])
    assert synthesis.estimate is None
    assert synthesis.reasons["estimate"].startswith(f"The {missing} of Two is not reached")


def test_one_median_stands_alone():
    assert pool_medians([Median("One", 7.7, 6.0, 9.2)]).estimate is None
