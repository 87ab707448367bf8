"""What judgements are bound to: an answer, by its numbers. When these change, they are stale."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from judging import judged_graph, made_up, shares, with_bias, with_certainty

from allograph.evidence.judgements import answer_key, judged
from allograph.evidence.judgements.biased import risk_of, risks_of_bias
from allograph.evidence.judgements.bound import address_of, digest_of, wish_of
from allograph.evidence.pooling.answers import Wish
from allograph.namespaces import BASE

REMISSION = f"{BASE}outcome/remission"
WISH = Wish(REMISSION, drug=f"{BASE}drug/madeupumab")
KEYS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,5})?", fullmatch=True)
WISHES = st.builds(
    Wish,
    outcome=KEYS.map(lambda key: f"{BASE}outcome/{key}"),
    drug=st.none() | KEYS.map(lambda key: f"{BASE}drug/{key}"),
    comparator=st.sampled_from((None, f"{BASE}drug/otherumab", f"{BASE}regimen/chemotherapy")),
    studies=st.frozensets(KEYS.map(lambda key: f"{BASE}study/{key}"), max_size=3),
    statistic=st.none() | KEYS,
    measure=st.none() | st.sampled_from(("rr", "or", "rd", "hr")),
    at_time=st.none() | st.sampled_from((Decimal("12"), Decimal("24.5"))),
    time_origin=st.none() | KEYS,
    across=st.frozensets(KEYS, max_size=3),
    model=st.none() | KEYS,
    level=st.sampled_from((95.0, 97.5)),
    with_retracted=st.booleans(),
)


@given(WISHES)
def test_the_address_of_an_answer_says_all_that_was_asked(wish):
    assert wish_of(address_of(wish), made_up()) == wish


def test_an_address_has_its_arguments_in_order_and_no_default():
    wish = Wish(REMISSION, drug=f"{BASE}drug/x", across=frozenset(("regimen", "definition")))
    assert address_of(wish) == "/pool/remission?across=definition&across=regimen&drug=x"
    assert address_of(Wish(REMISSION)) == "/pool/remission"


@pytest.mark.parametrize(
    "address",
    ["/summary/x", "/pool/", "/pool/A", "/pool/x?colour=red", "/pool/x?at_time=soon", "pool/x"],
)
def test_what_is_no_address_of_an_answer_asks_for_nothing(address):
    assert wish_of(address, made_up()) is None


def test_a_digest_is_of_the_numbers_and_not_of_their_order_or_names():
    pool = shares("one", "two", estimate=0.4, lower=0.3, upper=0.5)
    other = replace(pool, rows=pool.rows[::-1], words="something else", remarks=("A remark.",))
    assert digest_of(other) == digest_of(pool)


@pytest.mark.parametrize(
    "change",
    [
        lambda pool: replace(pool, rows=pool.rows[:1]),
        lambda pool: replace(pool, rows=(replace(pool.rows[0], events=41), pool.rows[1])),
        lambda pool: replace(pool, refusals=("They share people.",)),
        lambda pool: replace(pool, synthesis=replace(pool.synthesis, model="logit-reml")),
        lambda pool: replace(pool, synthesis=replace(pool.synthesis, upper=0.51)),
    ],
)
def test_another_figure_number_refusal_or_model_is_another_answer(change):
    pool = shares("one", "two", estimate=0.4, lower=0.3, upper=0.5)
    assert digest_of(change(pool)) != digest_of(pool)


def test_noise_of_another_machine_is_no_other_answer():
    pool = shares("one", "two", estimate=0.4, lower=0.3, upper=0.5)
    noisy = replace(pool, synthesis=replace(pool.synthesis, upper=0.5 + 1e-9))
    assert digest_of(noisy) == digest_of(pool)


def test_a_judgement_says_who_when_and_why_of_the_answer_that_was_judged():
    pool = shares("one", "two")
    found = judged(with_certainty(pool), answer_key(WISH, pool))
    assert (found.level, found.start, found.who) == ("very-low", "low", "A. Judge")
    assert (found.when, found.is_proposed, found.is_stale) == (date(2026, 11, 28), False, False)
    domains = [step.domain for step in found.steps]
    assert domains[0] == "risk-of-bias"  # as GRADE tells them, whatever the order of the file
    assert [(step.by, step.reason) for step in found.steps if step.by] == [
        (-1, "The interval was made up.")
    ]


def test_a_judgement_is_stale_when_the_answer_has_other_numbers():
    evidence = with_certainty(shares("one", "two"))
    found = judged(evidence, answer_key(WISH, shares("one", "two", "retold")))
    assert found.is_stale


def test_the_same_numbers_asked_for_in_another_way_are_judged():
    pool = shares("one", "two")
    found = judged(with_certainty(pool), answer_key(Wish(REMISSION), pool))
    assert not found.is_stale


def test_another_answer_has_no_judgement():
    pool, other = shares("one", "two"), shares("one")
    evidence = with_certainty(pool)
    assert judged(evidence, answer_key(Wish(f"{BASE}outcome/survival"), pool)) is None
    assert judged(evidence, answer_key(WISH, replace(other, words="otherumab"))) is None
    assert judged(judged_graph(), answer_key(WISH, pool)) is None


def test_a_judgement_of_bias_has_the_domains_of_its_tool_in_order():
    risk, _other = risks_of_bias(judged_graph())
    assert [domain.domain for domain in risk.domains] == [
        "rob-2-randomisation",
        "rob-2-deviations",
        "rob-2-missing-outcomes",
        "rob-2-measurement",
        "rob-2-selection-of-result",
    ]
    assert (risk.tool_label, risk.risk_label, risk.who) == ("RoB 2", "high risk", "A. Judge")
    assert risk.domains[4].risk_label == "no judgement"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ag:numerator 40", "ag:numerator 41"),
        ("ag:value 40", "ag:value 40.0"),
        ("ag:outcome outcome:remission", "ag:outcome outcome:survival"),
    ],
)
def test_a_judgement_of_bias_is_stale_when_its_figure_changes(old, new):
    assert not any(risk.is_stale for risk in risks_of_bias(judged_graph()))
    assert all(risk.is_stale for risk in risks_of_bias(with_bias((old, new))))


def test_a_figure_has_the_judgement_that_counts():
    risks = risks_of_bias(judged_graph())
    figure, study = f"{BASE}study/two#figure", f"{BASE}study/two"
    assert risk_of(risks, figure, study).risk == "low"
    assert risk_of(risks, f"{study}#other", study) is None
    older = replace(risks[1], judges=(study,), when=date(2020, 1, 1), risk="high")
    assert risk_of([older, *risks], figure, study).risk == "low"
    assert risk_of([older], figure, study).risk == "high"
    stale = replace(risks[1], is_stale=True)
    assert risk_of([older, stale], figure, study).risk == "high"
