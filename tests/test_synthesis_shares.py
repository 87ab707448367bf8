"""Shares as one: what is defined at each edge, what is refused, and what is said with it."""

import math
from dataclasses import fields
from statistics import NormalDist

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import binomtest

from allograph.synthesis.counts import Counts
from allograph.synthesis.glmm import fit
from allograph.synthesis.likelihood import Likelihood
from allograph.synthesis.logistic import pool_random
from allograph.synthesis.pooled import FREEMAN_TUKEY, GLMM, LOGIT_FIXED, LOGIT_REML, REML
from allograph.synthesis.profile import tau_limits
from allograph.synthesis.shares import (
    SENSITIVITY,
    Counted,
    crude,
    pool_shares,
    sensitivity,
    spread,
)

MODELS = (*SENSITIVITY, FREEMAN_TUKEY)
THREE = ((12, 40), (20, 55), (9, 61))


def studies(*shares):
    return [Counted(f"Study {place}", *share) for place, share in enumerate(shares, 1)]


def counts(*shares):
    return Counts.of(studies(*shares))


def undefined(synthesis):
    return [field.name for field in fields(synthesis) if getattr(synthesis, field.name) is None]


def wald(fitted):
    logits = (fitted.mu + side * 1.959963985 * fitted.error for side in (0, -1, 1))
    return [1 / (1 + math.exp(-logit)) for logit in logits]


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize(
    ("shares", "reason"),
    [
        ((), "No study counted anybody"),
        (((0, 0), (0, 0)), "No study counted anybody"),
        (((3, 10),), "One study does not tell the spread"),
        (((3, 10), (4, 11)), "Two studies do not tell the spread"),
        (((3, 10), (0, 0), (4, 11)), "Two studies do not tell the spread"),
        (((0, 10), (0, 5), (0, 7)), "Nobody in any study"),
        (((10, 10), (5, 5), (7, 7)), "Everybody in every study"),
    ],
)
def test_what_cannot_be_pooled_is_refused_by_each_model_with_a_sentence(model, shares, reason):
    synthesis = pool_shares(studies(*shares), model)
    assert synthesis.estimate is None
    assert synthesis.reasons["estimate"].startswith(reason)
    assert synthesis.reasons["estimate"].endswith(".")
    assert synthesis.weights == ()
    assert synthesis.people == sum(people for _, people in shares)


def test_beside_a_refusal_stand_the_range_and_the_exact_share_of_all_people():
    two = studies((39, 100), (0, 0), (116, 170))
    assert spread(two) == (0.39, 116 / 170)
    exact = binomtest(155, 270).proportion_ci(0.95, "exact")
    assert crude(two) == pytest.approx((155 / 270, exact.low, exact.high), abs=1e-9)
    for of_nobody in (crude, spread):
        with pytest.raises(ValueError, match=r"no share of people|counted anybody"):
            of_nobody(studies((0, 0)))


@pytest.mark.parametrize("model", MODELS)
def test_a_study_of_nobody_adds_nothing_and_is_named(model):
    without = pool_shares(studies(*THREE), model)
    beside = pool_shares([Counted("Empty", 0, 0), *studies(*THREE)], model)
    assert beside.estimate == without.estimate
    assert beside.studies == without.studies == 3
    assert beside.weights == (0.0, *without.weights)
    assert "Empty counted nobody, and adds nothing." in beside.remarks


@pytest.mark.parametrize(
    ("shares", "estimate", "lower", "upper"),
    [
        # By metafor 3.8: rma.glmm(measure = "PLO").
        (((5, 119), (116, 170)), 0.2355, 0.0191, 0.8297),
        (((0, 20), (0, 30), (1, 25)), 0.0133, 0.0019, 0.0886),
        (((101, 236), (24, 48)), 0.4401, 0.3835, 0.4984),
    ],
)
def test_the_logistic_model_takes_few_and_extreme_studies_as_metafor_does(
    shares, estimate, lower, upper
):
    columns = counts(*shares)
    fitted = fit(columns, Likelihood(columns))
    assert wald(fitted) == pytest.approx([estimate, lower, upper], abs=5e-5)


def test_without_spread_the_logistic_model_is_that_of_one_share_and_says_so():
    alike = studies((10, 40), (21, 80), (15, 60))
    random, fixed, _ = sensitivity(alike)
    assert random.tau2 == random.tau2_lower == random.i2 == 0
    assert (random.estimate, random.lower, random.upper) == pytest.approx(
        (fixed.estimate, fixed.lower, fixed.upper)
    )
    assert any("tau² = 0" in remark for remark in random.remarks)


@pytest.mark.parametrize(
    "shares",
    [
        ((0, 10), (10, 10), (0, 10), (10, 10)),  # the likelihood grows with the spread for ever
        ((0, 1), (1, 1), (1, 1)),
        ((3, 3), (1, 5), (2, 2), (4, 4), (0, 4), (5, 5), (1, 1)),  # seven points miss the summit
    ],
)
def test_a_summit_that_is_not_sure_is_refused_and_other_models_still_answer(shares):
    random, fixed, logits = sensitivity(studies(*shares))
    assert random.estimate is None
    assert random.reasons["estimate"].startswith("The likelihood has no summit that is sure")
    assert fixed.estimate is not None and logits.estimate is not None


def test_a_fit_that_does_not_end_is_refused():
    assert pool_random(counts(*THREE), 95.0, most_steps=1).estimate is None


def test_a_spread_without_an_upper_limit_says_why():
    synthesis = pool_shares(studies((0, 20), (0, 30), (1, 25)))
    assert synthesis.tau2 == 0
    assert synthesis.tau2_upper is None
    assert synthesis.reasons["tau2_upper"].startswith("The studies are too few")


def test_a_half_is_added_to_extreme_studies_by_the_model_of_logits_alone_which_names_them():
    extreme = studies((0, 12), (3, 10), (9, 9), (5, 20))
    for synthesis in sensitivity(extreme):
        has_halves = any("A half was added" in remark for remark in synthesis.remarks)
        assert has_halves == (synthesis.model == LOGIT_REML)
    assert any("Study 1, Study 3" in remark for remark in synthesis.remarks)


def test_the_sensitivity_table_has_its_models_in_their_order():
    assert [row.model for row in sensitivity(studies(*THREE))] == [GLMM, LOGIT_FIXED, LOGIT_REML]


def test_the_double_arcsine_says_that_it_misleads():
    synthesis = pool_shares(studies(*THREE), FREEMAN_TUKEY)
    assert any("mislead" in remark for remark in synthesis.remarks)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("shares", [THREE, ((0, 20), (0, 30), (1, 25)), ((30, 30), (1, 9), (2, 2))])
def test_what_is_not_defined_says_why(model, shares):
    synthesis = pool_shares(studies(*shares), model)
    if synthesis.estimate is not None:
        assert set(undefined(synthesis)) == set(synthesis.reasons)
    else:
        assert synthesis.reasons.keys() == {"estimate"}


def test_numbers_that_are_no_share_another_model_and_no_level_are_refused():
    for events, people in ((5, 4), (-1, 4)):
        with pytest.raises(ValueError, match="no share of people"):
            Counted("Study", events, people)
    with pytest.raises(ValueError, match="does not pool shares; glmm, "):
        pool_shares(studies(*THREE), REML)
    for level in (0, 100):
        with pytest.raises(ValueError, match="confidence level"):
            pool_shares(studies(*THREE), level=level)


@pytest.mark.parametrize("place", [(-0.8, 0.3), (0.2, 1.5), (1.0, -0.7)])
def test_the_slopes_of_the_likelihood_are_those_of_its_height(place):
    likelihood = Likelihood(counts(*THREE, (0, 8), (7, 7)))
    mu, tau = place
    step = 1e-6
    up = [likelihood.at(mu + step, tau).value, likelihood.at(mu, tau + step).value]
    down = [likelihood.at(mu - step, tau).value, likelihood.at(mu, tau - step).value]
    slopes = (np.array(up) - np.array(down)) / (2 * step)
    assert likelihood.at(mu, tau).total == pytest.approx(slopes, abs=1e-6)


def test_the_quadrature_is_the_integral():
    def density(b):
        logit = -0.5 + 0.9 * b
        return math.exp(12 * logit - 40 * math.log1p(math.exp(logit))) * NormalDist().pdf(b)

    integral, _ = quad(density, -8, 8, epsabs=0)
    height = Likelihood(counts((12, 40))).at(-0.5, 0.9).value
    assert height == pytest.approx(math.log(integral), abs=1e-4)
    assert Likelihood(counts((12, 40))).finer().at(-0.5, 0.9).value == pytest.approx(
        math.log(integral), abs=1e-8
    )


def test_five_hundred_studies_are_fitted_in_some_dozen_walks_through_them():
    random = np.random.default_rng(15)
    people = random.integers(5, 500, 500)
    events = random.binomial(people, 1 / (1 + np.exp(-random.normal(-1, 1, 500))))
    many = Counts.of(studies(*zip(events.tolist(), people.tolist(), strict=True)))
    likelihood = Likelihood(many)
    fitted = fit(many, likelihood)
    assert fitted.mu == pytest.approx(-1, abs=3 * fitted.error)
    assert fitted.tau == pytest.approx(1, abs=0.15)
    assert likelihood.evaluations < 80
    lower, upper = tau_limits(likelihood, fitted, 95.0)
    assert lower < fitted.tau < upper
    assert likelihood.evaluations < 200
