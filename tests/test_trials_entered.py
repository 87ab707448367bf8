"""INO-VATE and TOWER as the questions show them: each figure at its level, date and definition.

Their texts may not be held, so each figure of theirs is cited; what is said here is what was seen.
"""

import csv
from io import StringIO

import pytest
from approve import QUESTIONS, answer_as_csv

from allograph.questions.question import bind
from allograph.rdf.store import OxigraphStore

INO = "https://w3id.org/allograph/study/ino-vate#"
TOWER = "https://w3id.org/allograph/study/tower#"


@pytest.fixture(scope="module")
def ask(whole):
    """Ask a question with some values; the answer is rows of texts."""
    store = OxigraphStore.in_memory(whole)

    def asked(name, **given):
        text = bind(QUESTIONS[name], {key: [value] for key, value in given.items()}, store)
        return [*csv.DictReader(StringIO(answer_as_csv(store, text).decode()))]

    return asked


@pytest.fixture(scope="module")
def effects(ask):
    """The rows of ``effects`` of the two trials, by the node of the comparison."""
    rows = [*ask("effects", study="ino-vate"), *ask("effects", study="tower")]
    return {row["comparison"]: row for row in rows}


def remissions(ask):
    return {
        row["result"]: row
        for row in ask("figures", study="ino-vate", outcome="complete-remission")
        if row["group"] in {f"{INO}ino", f"{INO}ino-first-218"}
    }


def test_three_figures_of_one_arm_that_are_called_remission_stand_side_by_side(ask):
    told = {
        name: [remissions(ask)[f"{INO}{name}"][column] for column in ("value", "definition")]
        + [remissions(ask)[f"{INO}{name}"]["group_size"]]
        for name in ("cr-ino-2016", "cr-ino-2019", "cr-alone-ino-fda")
    }
    assert told == {
        "cr-ino-2016": ["80.7", "cr-cri", "109"],
        "cr-ino-2019": ["73.8", "cr-cri", "164"],
        "cr-alone-ino-fda": ["35.8", "cr", "109"],
    }


def test_no_remission_of_the_trial_is_said_to_contradict_another(ask):
    assert len(remissions(ask)) >= 6
    for row in remissions(ask).values():
        assert "contradiction" not in row["findings"].split("|"), row["result"]
        assert "reports-differ" not in row["flags"].split("|"), row["result"]


def test_the_two_medians_of_one_control_arm_are_a_contradiction_in_the_ledger(ask):
    rows = ask("figures", study="ino-vate", outcome="overall-survival")
    medians = [
        row
        for row in rows
        if row["group"] == f"{INO}standard-therapy" and row["statistic"] == "median-time-to-event"
    ]
    assert {row["value"] for row in medians} == {"6.2", "6.7"}
    assert {row["report_tier"] for row in medians} == {"primary", "abstract", "retelling"}
    for row in medians:
        assert "contradiction" in row["findings"].split("|")
        assert "reports-differ" in row["flags"].split("|")
    arm = [row for row in rows if row["group"] == f"{INO}ino" and row["unit"] == "mo"]
    assert {row["value"] for row in arm} == {"7.7"}
    assert not any("contradiction" in row["findings"] for row in arm)


@pytest.mark.parametrize(
    ("comparison", "estimate", "limits", "level", "p", "bound", "sides"),
    [
        (f"{INO}os-2019", "0.75", ("0.57", "0.99"), "97.5", "0.0105", "", "1"),
        (f"{INO}os-5188", "0.77", ("0.58", "1.03"), "97.5", "0.0203", "", "1"),
        (f"{INO}pfs-2016", "0.45", ("0.34", "0.61"), "97.5", "0.001", "less-than", ""),
        (f"{INO}dor-2016", "0.55", ("0.31", "0.96"), "95", "0.03", "", ""),
        (f"{INO}os-by-mrd-2020", "0.512", ("0.313", "0.835"), "97.5", "0.0009", "", "1"),
        (f"{INO}pfs-by-mrd-2020", "0.423", ("0.256", "0.699"), "97.5", "0.0001", "less-than", "1"),
        (f"{INO}os-ph-positive", "1.17", ("0.64", "2.14"), "95", "", "", ""),
        (f"{INO}os-high-burden", "0.60", ("", ""), "", "0.0335", "", ""),
        (f"{TOWER}os", "0.71", ("0.55", "0.93"), "95", "0.01", "", ""),
        (f"{TOWER}efs-eviq", "0.55", ("", ""), "", "0.001", "less-than", ""),
    ],
)
def test_a_hazard_ratio_keeps_the_level_and_the_p_value_that_are_printed(
    effects, comparison, estimate, limits, level, p, bound, sides
):
    row = effects[comparison]
    assert (row["measure"], row["estimate"]) == ("hazard-ratio", estimate)
    assert (row["lower"], row["upper"]) == limits
    assert (row["level"], row["p"], row["p_bound"], row["p_sides"]) == (level, p, bound, sides)
    assert row["place"] == "cited"


@pytest.mark.parametrize(
    ("outcome", "estimate", "lower", "upper"),
    [
        ("physical-functioning", "6.9", "1.4", "12.3"),
        ("role-functioning", "11.4", "3.2", "19.5"),
        ("social-functioning", "8.4", "0.7", "16.1"),
        ("appetite-loss", "-8.7", "-16.0", "-1.4"),
    ],
)
def test_what_patients_reported_is_a_difference_of_means_in_points(
    effects, outcome, estimate, lower, upper
):
    row = effects[f"{INO}{outcome}"]
    assert (row["measure"], row["estimate_unit"]) == ("difference-of-means", "{score}")
    assert (row["estimate"], row["lower"], row["upper"]) == (estimate, lower, upper)
    assert (row["p"], row["p_bound"]) == ("0.05", "less-than")


def test_harms_are_shares_of_those_who_were_treated_up_to_the_printed_day(ask):
    rows = {row["result"]: row for row in ask("figures", study="ino-vate", outcome="vod-sos")}
    for arm, n, size in (("ino", "23", "164"), ("standard-therapy", "3", "143")):
        assert rows[f"{INO}vod-{arm}-2019"]["numerator"] == n
        assert rows[f"{INO}vod-{arm}-2019"]["group_size"] == size
        assert rows[f"{INO}serious-vod-any-{arm}"]["cutoff"] == "2017-01-04"
    assert rows[f"{INO}death-from-vod-grade-5-ino"]["numerator"] == "5"
    (serious,) = [
        row
        for row in ask("figures", study="ino-vate", outcome="serious-adverse-event")
        if row["result"] == f"{INO}sae-any-ino"
    ]
    assert (serious["numerator"], serious["value"]) == ("85", "51.8")


def test_a_transplant_directly_after_remission_is_told_from_any_transplant(ask):
    rows = ask("figures", study="ino-vate", outcome="transplant")
    told = {row["result"]: (row["outcome"], row["value"], row["lower"]) for row in rows}
    assert told[f"{INO}direct-transplant-ino-2019"] == ("direct-transplant", "39.6", "32.1")
    assert told[f"{INO}direct-transplant-standard-therapy-2019"][1:] == ("10.5", "6.2")
    assert told[f"{INO}transplant-ino-7007"][:2] == ("transplant", "41")


def test_survival_at_two_years_is_told_with_its_time(ask):
    rows = {row["result"]: row for row in ask("figures", study="ino-vate")}
    for arm, value in (("ino", "22.8"), ("standard-therapy", "10.0")):
        row = rows[f"{INO}os-2-years-{arm}-2019"]
        assert (row["value"], row["at_time"], row["time_origin"]) == (value, "24", "not-stated")


def test_the_arms_of_tower_are_those_who_were_randomised_and_its_harms_those_treated(ask):
    rows = ask("figures", study="tower")
    sizes = {row["group"].removeprefix(TOWER): row["group_size"] for row in rows}
    assert sizes["blinatumomab"] == "271" and sizes["chemotherapy"] == "134"
    assert sizes["blinatumomab-treated"] == "267" and sizes["chemotherapy-treated"] == "109"
    rates = {row["result"]: row for row in rows if row["statistic"] == "incidence-rate"}
    first = rates[f"{TOWER}adverse-event-rate-blinatumomab"]
    assert (first["value"], first["unit"]) == ("10.73", "/a")
