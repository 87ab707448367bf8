"""What is pooled equals metafor's: tables of published reviews, in all models that both have."""

import csv
import io
import os
import re
import subprocess
from collections import defaultdict
from functools import cache
from math import sqrt
from pathlib import Path

import pytest
from tools import peer

from allograph.synthesis.effects import (
    INVERSE_VARIANCE,
    Estimate,
    TwoArms,
    effect_of,
    pool_effects,
    pool_rare,
)
from allograph.synthesis.pooled import GLMM
from allograph.synthesis.shares import SENSITIVITY, Counted, pool_shares

FOLDER = Path(__file__).parent / "synthesis"
DOCUMENT = (FOLDER.parents[1] / "docs" / "synthesis.md").read_text()
SIX_DIGITS = 5e-7
FIVE_DIGITS = 5e-6
"""For the logistic model with a spread: lme4 takes its bends as differences of heights."""
FOUR_DIGITS = 5e-5
"""For the interval of tau² there, which lme4 interpolates."""


def table(text):
    return list(csv.DictReader(line for line in io.StringIO(text) if not line.startswith("#")))


@cache
def studies(name):
    return table((FOLDER / f"{name}.csv").read_text())


def by_case(text):
    cases = defaultdict(dict)
    for row in table(text):
        cases[row["case"]][row["attribute"]] = float(row["value"])
    return dict(cases)


METAFOR = by_case((FOLDER / "metafor.csv").read_text())


def arms_of(name):
    numbers = ("events", "people", "comparator_events", "comparator_people")
    return [
        TwoArms(study["study"], *(int(study[number]) for number in numbers))
        for study in studies(name)
    ]


def counted(name, events="events", people="people"):
    return [
        Counted(study["study"], int(study[events]), int(study[people])) for study in studies(name)
    ]


COUNTED = {
    "pritz1997": counted("pritz1997"),
    "hannum2020": counted("hannum2020"),
    "miller1978": counted("miller1978"),
    "nielweise2007-treated": counted("nielweise2007"),
    "nielweise2007-comparator": counted("nielweise2007", "comparator_events", "comparator_people"),
}


def raw_share(study):
    share, people = int(study["events"]) / int(study["people"]), int(study["people"])
    return Estimate(study["study"], share, sqrt(share * (1 - share) / people))


def difference_of_means(study):
    number = {name: float(value) for name, value in study.items() if name != "study"}
    variance = number["deviation"] ** 2 / number["people"]
    variance += number["comparator_deviation"] ** 2 / number["comparator_people"]
    return Estimate(study["study"], number["mean"] - number["comparator_mean"], sqrt(variance))


def rates(arm):
    return {
        study["study"]: Estimate(
            study["study"], float(study["rate"]), float(study["standard_error"])
        )
        for study in studies("begg1989")
        if study["arm"] == arm
    }


def differences_of_rates():
    transplanted, treated = rates("BMT"), rates("CMO")
    return [
        Estimate(
            study,
            one.value - treated[study].value,
            sqrt(one.standard_error**2 + treated[study].standard_error ** 2),
        )
        for study, one in transplanted.items()
        if study in treated
    ]


def estimates_of(name, measure):
    """The effects of a case, on the scale of its model."""
    data, _, part = name.partition("-")
    if data == "hannum2020":
        chosen = [study for study in studies(data) if part in ("", study["measured"])]
        return [raw_share(study) for study in chosen]
    if data == "begg1989":
        return list(rates(part.upper()).values()) if part else differences_of_rates()
    if name == "fleiss1993-therapy":
        return [difference_of_means(study) for study in studies(name)]
    if part == "halves":
        arms = [study for study in arms_of(data) if study.events or study.comparator_events]
        return [effect_of(study, measure, continuity=0.5) for study in arms]
    arms = [study for study in arms_of(name) if study.events and study.comparator_events]
    return [effect_of(study, measure) for study in arms]


def pooled(case):
    name, measure, model = case.split("/")
    if measure == "share":
        return pool_shares(COUNTED[name], model)
    if model in INVERSE_VARIANCE:
        return pool_effects(estimates_of(name, measure), measure, model)
    return pool_rare(arms_of(name), measure, model)


def margin(case, attribute):
    if not case.endswith(GLMM):
        return SIX_DIGITS
    return FOUR_DIGITS if attribute in ("tau2_lower", "tau2_upper") else FIVE_DIGITS


@pytest.mark.parametrize("case", METAFOR)
def test_a_pooled_number_is_metafors(case):
    synthesis = pooled(case)
    for attribute, expected in METAFOR[case].items():
        found = getattr(synthesis, attribute)
        close = pytest.approx(expected, rel=margin(case, attribute), abs=1e-9)
        assert found == close, attribute


@pytest.mark.parametrize(
    ("name", "measure", "model", "estimate", "lower", "upper", "q"),
    [
        ("aspirin", "or", "mantel-haenszel", 0.89686556, 0.8405144, 0.95699471, 9.94605598),
        ("therapy", "md", "fixed", -0.70938839, -1.25848502, -0.16029176, 5.66012379),
    ],
)
def test_a_pooled_number_is_that_of_review_manager(name, measure, model, estimate, lower, upper, q):
    # As Review Manager exports them for both examples of Fleiss (1993).
    synthesis = pooled(f"fleiss1993-{name}/{measure}/{model}")
    limits = (synthesis.estimate, synthesis.lower, synthesis.upper)
    assert limits == pytest.approx((estimate, lower, upper), abs=1e-7)
    assert synthesis.q == pytest.approx(q, abs=1e-6)
    weights = [float(study["weight"]) / 100 for study in studies(f"fleiss1993-{name}")]
    assert synthesis.weights == pytest.approx(weights, abs=1e-7)


def test_the_document_shows_code_that_runs_and_the_numbers_that_come_out(capsys):
    code, *_ = re.findall(r"^```python\n(.*?)^```", DOCUMENT, re.MULTILINE | re.DOTALL)
    exec(code)  # noqa: S102
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == [
        GLMM,
        *SENSITIVITY,
    ]
    told = re.findall(r"([\d.]+) % by `([\w-]+)`", " ".join(DOCUMENT.split()))
    assert len(told) == 4
    for share, model in told:
        pooled_share = pool_shares(COUNTED["pritz1997"], model).estimate
        assert f"{100 * pooled_share:.1f}" == share
    assert f"{len(METAFOR)} pools" in DOCUMENT


@peer("Rscript")
def test_metafor_still_says_so():
    script = FOLDER / "metafor.R"
    done = subprocess.run(["Rscript", script], capture_output=True, text=True)
    if "there is no package called" in done.stderr and not os.environ.get("CI"):
        pytest.skip("R has no metafor or no lme4")
    assert done.returncode == 0, done.stderr
    said = by_case(done.stdout)
    assert said.keys() == METAFOR.keys()
    for case, numbers in METAFOR.items():
        assert said[case] == pytest.approx(numbers, rel=1e-4, abs=1e-9), case
