"""What is proposed of certainty: by pure code, with a reason for each step, and never signed."""

from dataclasses import replace

import pytest
from judging import judged_graph, made_up, ratios, row, shares, with_bias

from allograph import __version__
from allograph.evidence.judgements import HIGH, LOW, proposed_certainty
from allograph.evidence.judgements.certainty import LOWERING, Step, level_after
from allograph.evidence.judgements.direct import indirectness
from allograph.evidence.judgements.numbers import imprecision, inconsistency
from allograph.evidence.judgements.proposed import risk_of_bias, start_of
from allograph.evidence.judgements.reporting import publication_bias
from allograph.evidence.pooling.answers import MEDIAN, Pool
from allograph.synthesis.information import optimal_information_size
from allograph.synthesis.pooled import Synthesis


def test_a_proposal_has_five_reasons_and_the_name_of_the_program():
    found = proposed_certainty(ratios("one", "two", lower=0.5, upper=0.7, i2=0.0), made_up())
    assert [step.domain for step in found.steps] == [*LOWERING]
    assert all(step.reason.endswith(".") for step in found.steps)
    assert (found.is_proposed, found.who, found.when) == (True, f"allograph {__version__}", None)
    assert found.level == level_after(found.start, found.steps)


def test_a_proposal_tells_which_domains_nobody_judged():
    found = proposed_certainty(ratios("one", "two", lower=0.5, upper=0.7, i2=0.0), made_up())
    assert found.unjudged == ("risk-of-bias",)


def test_comparisons_of_groups_by_chance_start_high_and_all_else_starts_low():
    found = ratios("one", "two")
    assert start_of(found) == HIGH
    assert start_of(replace(found, words="madeupumab; not randomised")) == LOW
    assert start_of(shares("one", "two")) == LOW  # arms that are compared with nobody


@pytest.mark.parametrize(
    ("start", "steps", "level"),
    [
        ("high", (), "high"),
        ("high", (-1, -1), "low"),
        ("low", (-1, -2), "very-low"),
        ("low", (1, 2), "high"),
    ],
)
def test_steps_lead_from_a_level_to_another_and_end_at_both_ends(start, steps, level):
    assert level_after(start, (Step("imprecision", by, "So.") for by in steps)) == level


@pytest.mark.parametrize(
    ("lower", "upper", "by"),
    [(0.30, 0.50, 0), (0.30, 0.51, -1), (0.20, 0.61, -2)],
)
def test_a_share_is_imprecise_by_the_width_of_its_interval(lower, upper, by):
    assert imprecision(shares("one", "two", lower=lower, upper=upper), made_up()).by == by


@pytest.mark.parametrize(
    ("lower", "upper", "people", "by"),
    [
        (0.50, 0.70, 708, 0),  # as many people as one trial would need
        (0.50, 0.70, 707, -1),
        (0.70, 1.10, 2000, -1),  # no effect, and appreciably less
        (0.80, 1.20, 2000, 0),  # no effect, and nothing appreciable
        (0.70, 1.30, 2000, -2),
    ],
)
def test_a_ratio_is_imprecise_by_what_its_interval_holds_and_by_its_people(
    lower, upper, people, by
):
    pool = ratios("one", "two", lower=lower, upper=upper, people=people)
    assert imprecision(pool, made_up()).by == by


def test_a_ratio_without_events_says_that_nobody_knows_them():
    pool = ratios("one", rows={"comparator_events": None}, lower=0.5, upper=0.7)
    step = imprecision(pool, made_up())
    assert (step.by, "is not known" in step.reason) == (0, True)


def test_a_difference_that_may_be_none_is_imprecise():
    pool = Pool("comparison", "x", "rd", (row("one"),), measure="rd", synthesis=_of(-0.1, 0.1))
    assert imprecision(pool, made_up()).by == -1


@pytest.mark.parametrize(("upper", "by"), [(8.0, 0), (9.0, -1), (15.0, -2)])
def test_a_median_is_imprecise_by_the_ratio_of_its_limits(upper, by):
    pool = Pool(MEDIAN, "x", "median-time-to-event", (row("one"),), synthesis=_of(5.0, upper))
    assert imprecision(pool, made_up()).by == by


def test_one_row_has_its_own_interval_and_what_has_none_is_left_open():
    alone = Pool("comparison", "x", "hr", (row("one", lower=0.5, upper=2.0),), measure="hr")
    assert imprecision(alone, made_up()).by == -2
    step = imprecision(Pool("comparison", "x", "hr", (row("one"),), measure="hr"), made_up())
    assert (step.by, step.is_judged) == (0, False)


@pytest.mark.parametrize(
    ("i2", "prediction", "by"),
    [
        (49.0, (0.6, 0.9), 0),
        (50.0, (0.6, 0.9), -1),
        (10.0, (0.6, 1.1), -1),  # the next study may find no effect, though all together exclude it
        (75.0, (0.7, 1.3), -2),
    ],
)
def test_ratios_are_inconsistent_by_i2_and_by_what_a_further_study_may_find(i2, prediction, by):
    found = {"prediction_lower": prediction[0], "prediction_upper": prediction[1]}
    pool = ratios("one", "two", lower=0.6, upper=0.9, i2=i2, **found)
    assert inconsistency(pool, made_up()).by == by


@pytest.mark.parametrize(
    ("i2", "prediction", "by"),
    [
        (90.0, (0.35, 0.45), 0),  # many people make a high I² of next to nothing
        (60.0, (0.30, 0.51), -1),
        (90.0, (0.10, 0.70), -2),
        (40.0, (0.10, 0.70), 0),
    ],
)
def test_shares_are_inconsistent_by_where_a_further_study_is_expected(i2, prediction, by):
    found = {"prediction_lower": prediction[0], "prediction_upper": prediction[1]}
    pool = shares("one", "two", lower=0.3, upper=0.5, i2=i2, **found)
    assert inconsistency(pool, made_up()).by == by


def test_two_studies_that_nobody_pooled_leave_inconsistency_open():
    assert not inconsistency(shares("one", "two"), made_up()).is_judged
    assert inconsistency(shares("one"), made_up()).is_judged


@pytest.mark.parametrize(
    ("pool", "by", "said"),
    [
        (shares("one", "two"), 0, "one setting"),
        (shares("one", "children"), -1, "children, relapsed"),
        (ratios("one", "across"), -1, "Across trials"),
        (shares("one", "retold"), -1, "second hand: Retold"),
        (ratios("retold", "across", "children"), -2, "unlike settings"),
    ],
)
def test_evidence_is_indirect_by_people_comparison_and_tier(pool, by, said):
    step = indirectness(pool, made_up())
    assert step.by == by
    assert said in step.reason


def test_studies_that_do_not_report_the_outcome_are_named():
    step = publication_bias(shares("one", "two", "retold", "across"), made_up())
    assert step.by == 0
    assert step.reason.startswith("4 of 5 studies of this treatment in this setting")
    assert "not Silent." in step.reason


def test_more_silent_studies_than_others_lower_the_level():
    others = ("two", "retold", "across")  # who compares across trials is not silent
    edits = ((f"{at(study)}outcome:remission", f"{at(study)}outcome:survival") for study in others)
    step = publication_bias(shares("one"), with_bias(*edits))
    assert step.by == -1
    assert step.reason.startswith("1 of 4 studies")
    assert step.reason.endswith("not Retold, Silent, Trial two.")


def at(study):
    """The text before the outcome of a study."""
    return f"study:{study}\\#arm ;\n    ag:outcome "


def test_bias_lowers_where_most_weight_was_judged_to_be_at_grave_risk():
    evidence = judged_graph()
    assert risk_of_bias(shares("one"), evidence).by == -1
    step = risk_of_bias(shares("one", "two"), evidence)
    assert (step.by, step.is_judged) == (0, True)
    assert step.reason.startswith("1 of 2 figures")


def test_a_comparison_has_the_judgement_of_one_of_its_sides():
    ratio = row("one", figure="https://w3id.org/allograph/study/one#ratio")
    assert risk_of_bias(Pool("comparison", "x", "rr", (ratio,)), judged_graph()).by == -1


def test_bias_that_was_judged_of_other_numbers_is_not_judged():
    evidence = with_bias(("ag:numerator 40", "ag:numerator 41"))
    step = risk_of_bias(shares("one", "two"), evidence)
    assert (step.by, step.is_judged) == (0, False)
    assert "Trial one, Trial two" in step.reason


def test_the_optimal_information_size_is_that_of_a_trial_of_two_arms():
    assert optimal_information_size(0.4) == 708
    assert optimal_information_size(0.0) is None
    with pytest.raises(ValueError, match="from 0 to 1"):
        optimal_information_size(1.2)


def _of(lower: float, upper: float) -> Synthesis:
    return Synthesis("reml", 95.0, 2, None, lower=lower, upper=upper)
