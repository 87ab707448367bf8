"""What theory says of any pooled number: order, names and units do not matter, people do."""

import math
import subprocess
import sys
from dataclasses import fields, replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from allograph.synthesis.effects import (
    INVERSE_VARIANCE,
    Estimate,
    NotEstimable,
    TwoArms,
    effect_of,
    pool_effects,
    pool_rare,
)
from allograph.synthesis.pooled import (
    FIXED,
    FREEMAN_TUKEY,
    GLMM,
    LOGIT_FIXED,
    MANTEL_HAENSZEL,
    PETO,
)
from allograph.synthesis.shares import SENSITIVITY, Counted, pool_shares

few = settings(max_examples=10, deadline=None)
MODELS = (*SENSITIVITY, FREEMAN_TUKEY)
RARE = ((MANTEL_HAENSZEL, "rr"), (MANTEL_HAENSZEL, "or"), (MANTEL_HAENSZEL, "rd"), (PETO, "or"))
MOVED = ("estimate", "lower", "upper", "prediction_lower", "prediction_upper")
UNMOVED = ("standard_error", "tau2", "tau2_lower", "tau2_upper", "i2", "q", "q_p")

arm = st.integers(1, 80).flatmap(lambda people: st.tuples(st.integers(0, people), st.just(people)))
shares = st.lists(arm, min_size=3, max_size=7).map(
    lambda arms: [Counted(f"Study {place}", *one) for place, one in enumerate(arms)]
)
tables = st.lists(st.tuples(arm, arm), min_size=2, max_size=6).map(
    lambda pairs: [
        TwoArms(f"Study {place}", *one, *other) for place, (one, other) in enumerate(pairs)
    ]
)
effects = st.lists(
    st.tuples(st.integers(-300, 300), st.integers(5, 200)), min_size=2, max_size=7
).map(
    lambda pairs: [
        Estimate(f"Study {place}", value / 100, error / 100)
        for place, (value, error) in enumerate(pairs)
    ]
)


def numbers(synthesis, names=MOVED + UNMOVED):
    return [getattr(synthesis, name) for name in names]


def close(expected):
    return pytest.approx(expected, rel=1e-5, abs=1e-7)


def same(one, other):
    assert [value is None for value in numbers(one)] == [value is None for value in numbers(other)]
    known = [pair for pair in zip(numbers(one), numbers(other), strict=True) if pair[0] is not None]
    assert [first for first, _ in known] == close([second for _, second in known])


def ways():
    """Each way to pool: what it takes, and how."""
    for model in MODELS:
        yield pytest.param(shares, lambda given, model=model: pool_shares(given, model), id=model)
    for model in INVERSE_VARIANCE:
        yield pytest.param(
            effects, lambda given, model=model: pool_effects(given, "rr", model), id=model
        )
    for model, measure in RARE:
        yield pytest.param(
            tables,
            lambda given, model=model, measure=measure: pool_rare(given, measure, model),
            id=f"{model}-{measure}",
        )


each_way = pytest.mark.parametrize(("values", "pool"), list(ways()))


@each_way
def test_the_order_of_the_studies_does_not_matter(values, pool):
    @few
    @given(values, st.randoms(use_true_random=False))
    def permute(studies, random):
        order = list(range(len(studies)))
        random.shuffle(order)
        one, other = pool(studies), pool([studies[place] for place in order])
        same(one, other)
        if one.weights:
            assert other.weights == close([one.weights[place] for place in order])

    permute()


@each_way
def test_names_do_not_matter_and_two_studies_of_one_name_are_two(values, pool):
    @few
    @given(values)
    def rename(studies):
        one, other = pool(studies), pool([replace(study, label="Study") for study in studies])
        assert numbers(one) == numbers(other)
        assert (one.studies, one.people, one.weights) == (
            other.studies,
            other.people,
            other.weights,
        )

    rename()


@each_way
def test_each_number_is_finite_within_its_limits_or_has_a_reason(values, pool):
    @few
    @given(values)
    def look(studies):
        synthesis = pool(studies)
        if synthesis.estimate is None:
            assert synthesis.reasons.keys() == {"estimate"}
            return
        undefined = {
            field.name for field in fields(synthesis) if getattr(synthesis, field.name) is None
        }
        assert undefined - {"people"} == set(synthesis.reasons)
        assert all(math.isfinite(number) for number in numbers(synthesis) if number is not None)
        assert sum(synthesis.weights) == pytest.approx(1)
        assert all(weight >= 0 for weight in synthesis.weights)
        assert len(synthesis.weights) == len(studies)
        if synthesis.lower is not None:
            assert synthesis.lower <= synthesis.estimate <= synthesis.upper
        if synthesis.prediction_lower is not None:
            assert synthesis.prediction_lower <= synthesis.lower
            assert synthesis.prediction_upper >= synthesis.upper
        if synthesis.tau2_lower is not None and synthesis.tau2_upper is not None:
            assert synthesis.tau2_lower <= synthesis.tau2_upper

    look()


@pytest.mark.parametrize("model", MODELS)
@few
@given(studies=shares, place=st.integers(0, 3))
def test_a_study_of_nobody_changes_nothing(model, studies, place):
    with_it = [*studies[:place], Counted("Empty", 0, 0), *studies[place:]]
    one, other = pool_shares(studies, model), pool_shares(with_it, model)
    assert numbers(one) == numbers(other)
    assert (one.studies, one.people) == (other.studies, other.people)


@pytest.mark.parametrize(("model", "measure"), RARE)
@few
@given(studies=tables)
def test_a_trial_without_anybody_in_an_arm_changes_nothing(model, measure, studies):
    with_it = [TwoArms("Empty", 0, 0, 3, 9), *studies]
    assert numbers(pool_rare(studies, measure, model)) == numbers(
        pool_rare(with_it, measure, model)
    )


@pytest.mark.parametrize("model", MODELS)
@few
@given(studies=shares)
def test_the_others_have_the_mirrored_share(model, studies):
    one = pool_shares(studies, model)
    others = [replace(study, events=study.people - study.events) for study in studies]
    mirrored = pool_shares(others, model)
    if one.estimate is None:
        assert mirrored.estimate is None
        return
    assert [1 - number for number in numbers(mirrored, MOVED[:1])] == close([one.estimate])
    assert (1 - mirrored.upper, 1 - mirrored.lower) == close((one.lower, one.upper))
    assert mirrored.tau2 == (None if one.tau2 is None else close(one.tau2))


@pytest.mark.parametrize(("model", "measure"), RARE)
@few
@given(studies=tables)
def test_arms_that_change_places_turn_the_effect_round(model, measure, studies):
    turned = [
        TwoArms(
            study.label,
            study.comparator_events,
            study.comparator_people,
            study.events,
            study.people,
        )
        for study in studies
    ]
    one, other = pool_rare(studies, measure, model), pool_rare(turned, measure, model)
    if one.estimate is None:
        assert other.estimate is None
        return
    back = (lambda value: -value) if measure == "rd" else (lambda value: 1 / value)
    assert (back(other.upper), back(other.estimate), back(other.lower)) == close(
        (one.lower, one.estimate, one.upper)
    )


@pytest.mark.parametrize("model", INVERSE_VARIANCE)
@few
@given(studies=effects, factor=st.integers(2, 9), shift=st.integers(-5, 5))
def test_units_and_zero_of_a_scale_do_not_matter(model, studies, factor, shift):
    moved = [
        Estimate(study.label, factor * study.value + shift, factor * study.standard_error)
        for study in studies
    ]
    one, other = pool_effects(studies, "md", model), pool_effects(moved, "md", model)
    for name in MOVED:
        value = getattr(one, name)
        assert getattr(other, name) == (None if value is None else close(factor * value + shift))
    for name in ("i2", "q", "q_p"):
        assert getattr(other, name) == close(getattr(one, name))
    if one.tau2 is not None:
        assert other.tau2 == close(factor**2 * one.tau2)


@few
@given(studies=shares, factor=st.integers(2, 20))
def test_more_people_of_the_same_share_shrink_the_interval_by_the_root_of_their_number(
    studies, factor
):
    more = [Counted(one.label, factor * one.events, factor * one.people) for one in studies]
    one, other = pool_shares(studies, LOGIT_FIXED), pool_shares(more, LOGIT_FIXED)
    assume(one.estimate is not None)
    assert other.estimate == close(one.estimate)
    assert other.standard_error == close(one.standard_error / math.sqrt(factor))
    assert other.upper - other.lower < one.upper - one.lower


@pytest.mark.parametrize(("model", "measure"), RARE[:3])
@few
@given(studies=tables, factor=st.integers(2, 20))
def test_so_do_more_people_of_the_same_arms(model, measure, studies, factor):
    more = [
        TwoArms(study.label, *(factor * number for pair in study.arms for number in pair))
        for study in studies
    ]
    one, other = pool_rare(studies, measure, model), pool_rare(more, measure, model)
    assume(one.estimate is not None)
    assert other.estimate == close(one.estimate)
    assert other.standard_error == close(one.standard_error / math.sqrt(factor))


@few
@given(studies=shares)
def test_a_common_share_is_the_same_when_a_study_is_split_in_two(studies):
    first = studies[0]
    assume(first.people > 1)
    part = Counted("Part", first.events // 2, first.people // 2)
    rest = Counted("Rest", first.events - part.events, first.people - part.people)
    one = pool_shares(studies, LOGIT_FIXED)
    other = pool_shares([part, rest, *studies[1:]], LOGIT_FIXED)
    for name in ("estimate", "standard_error", "lower", "upper", "people"):
        value = getattr(one, name)
        assert getattr(other, name) == (None if value is None else close(value))


@few
@given(st.integers(1, 30), st.integers(31, 90), st.integers(3, 12))
def test_studies_that_are_alike_have_their_share_and_no_spread(events, people, number):
    studies = [Counted(f"Study {place}", events, people) for place in range(number)]
    synthesis = pool_shares(studies, GLMM)
    assert synthesis.estimate == close(events / people)
    assert (synthesis.tau2, synthesis.q) == close((0, 0))
    assert synthesis.weights == close([1 / number] * number)


@few
@given(shares, effects, tables)
def test_more_confidence_takes_a_wider_interval(studies, estimates, trials):
    for pool in (
        lambda level: pool_shares(studies, level=level),
        lambda level: pool_effects(estimates, "rr", FIXED, level),
        lambda level: pool_rare(trials, "rd", level=level),
    ):
        narrow, wide = pool(90), pool(99)
        assert wide.estimate == narrow.estimate
        if narrow.estimate is not None:
            assert wide.lower <= narrow.lower <= narrow.upper <= wide.upper


@few
@given(tables)
def test_an_effect_of_two_arms_goes_in_as_it_is_or_not_at_all(studies):
    for study in studies:
        for measure in ("rr", "or", "rd"):
            try:
                effect = effect_of(study, measure)
            except NotEstimable as reason:
                assert study.label in str(reason)
            else:
                assert math.isfinite(effect.value) and effect.standard_error > 0


def test_the_command_line_and_the_pages_start_without_numpy_and_scipy():
    asked = (
        "import sys, allograph.cli, allograph.web, allograph.synthesis.shares, "
        "allograph.synthesis.effects, allograph.synthesis.medians; "
        "print([name for name in ('numpy', 'scipy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
