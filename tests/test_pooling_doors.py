"""The doors of pooling: the command, JSON, CSV, and lines of R and Python that give the number."""

import csv
import io
import json
import re
import shutil
import subprocess

import pytest
from pools import BASE, curated
from test_pooling_comparisons import THREE, asked, counts

from allograph.errors import ParameterError
from allograph.evidence.pooling.answers import Wish
from allograph.evidence.pooling.differences import DIFFERENCES
from allograph.evidence.pooling.guards import TOO_FEW
from allograph.evidence.pooling.pool import pool
from allograph.reading.pooled.as_json import as_json
from allograph.reading.pooled.as_rows import HEADER, as_rows
from allograph.reading.pooled.asked import Asked, wish_of
from allograph.reading.pooled.in_words import lines_of
from allograph.reading.pooled.lines import python_lines, r_lines

NUMBERS = ("model", "estimate", "lower", "upper", "prediction_lower", "prediction_upper")
NUMBERS += ("tau2", "i2", "q", "studies", "people")
KEYS = (*NUMBERS, "rows", "refused", "release")
"""The keys of DESIGN that are always there."""


def answer_of(outcome, **asked_for):
    evidence = curated()
    return pool(evidence, wish_of(evidence, Asked(outcome, **asked_for)))


@pytest.mark.parametrize(
    "answer",
    [
        lambda: answer_of("hsct-receipt", drug="inotuzumab-ozogamicin"),
        lambda: answer_of("hsct-receipt", studies=("tower",)),
        lambda: answer_of("overall-survival", statistic="survival-probability"),
        lambda: asked(THREE),
    ],
    ids=["pooled", "refused", "nothing", "comparison"],
)
def test_json_always_has_the_same_keys_and_a_reason_for_each_number_that_it_lacks(answer):
    found = json.loads(json.dumps(as_json(answer(), "0.0.0-x")))
    assert set(KEYS) <= set(found) and found["release"] == "0.0.0-x"
    assert all(found[name] is not None or found["reasons"][name] for name in NUMBERS)
    assert all(row["reason"] for row in found["refused"])
    assert {"figure", "study", "events", "people", "report", "tier"} <= set(
        [*found["rows"], *found["refused"]][0]
    )


def test_the_first_pool_is_at_the_top_and_what_differs_from_it_says_how_to_ask():
    found = as_json(answer_of("complete-remission", drug="inotuzumab-ozogamicin"), "x")
    first, *others = found["pools"]
    assert (found["words"], found["rows"]) == (first["words"], first["rows"])
    named = {name for row in found["refused"] for name in (row["across"] or "").split(",")}
    assert {"definition", "population"} <= named <= {*DIFFERENCES, ""}
    reasons = [row["reason"] for row in found["refused"]]
    assert any("another definition: CR instead of CR or CRi" in reason for reason in reasons)
    assert others


def test_a_source_that_leaves_an_end_open_has_two_numbers():
    found = as_json(answer_of("hsct-receipt", drug="inotuzumab-ozogamicin"), "x")
    (row,) = [row for row in found["rows"] if row["study"] == "ino-salvage-100"]
    assert (row["events"], row["events_at_most"], row["people"]) == (39, 46, 100)
    assert found["with_most"]["estimate"] > found["estimate"]
    assert any("39 or 46 of 100" in remark for remark in found["remarks"])


def test_csv_has_a_row_for_each_study_each_number_and_each_figure_that_is_left_out():
    answer = answer_of("hsct-receipt", drug="inotuzumab-ozogamicin")
    rows = list(as_rows(answer, "0.0.0-x"))
    assert all(len(row) == len(HEADER) for row in rows)
    kinds = [row[HEADER.index("kind")] for row in rows]
    assert {"study", "pooled", "pooled-with-most", "beside", "all-people"} <= set(kinds)
    assert kinds.count("left-out") == len(answer.left_out)
    assert {row[-1] for row in rows} == {"0.0.0-x"}


def test_the_words_of_a_pool_have_all_that_belongs_beside_its_number():
    (found,) = asked(THREE).pools
    text = "\n".join(lines_of(found))
    assert "pooled: 0.71 (" in text and "95% interval, 3 studies, 600 people" in text
    for part in ("model: inverse variance", "prediction interval:", "heterogeneity: tau²"):
        assert part in text


POOLS = {
    "shares": lambda: answer_of("vod-sos", drug="inotuzumab-ozogamicin").pools[0],
    "common-share": lambda: answer_of(
        "vod-sos", drug="inotuzumab-ozogamicin", model="logit-fixed"
    ).pools[0],
    "logits": lambda: answer_of(
        "vod-sos", drug="inotuzumab-ozogamicin", model="logit-reml", level="90"
    ).pools[0],
    "arcsines": lambda: answer_of(
        "vod-sos", drug="inotuzumab-ozogamicin", model="freeman-tukey"
    ).pools[0],
    "hazards": lambda: asked(THREE).pools[0],
    "risks": lambda: asked(
        counts("p", 30, 40) + counts("q", 20, 35) + counts("r", 25, 30), measure="rd"
    ).pools[0],
    "rare": lambda: asked(
        counts("p", 0, 4) + counts("q", 2, 5) + counts("r", 1, 3), measure="or"
    ).pools[0],
}


@pytest.mark.parametrize("name", POOLS)
def test_the_lines_of_python_give_the_number(name, capsys):
    found = POOLS[name]()
    exec(compile("\n".join(python_lines(found)), name, "exec"), {})  # noqa: S102  # our own lines
    assert f"estimate={found.synthesis.estimate!r}" in capsys.readouterr().out


HAS_R = shutil.which("Rscript") is not None


@pytest.mark.skipif(not HAS_R, reason="R is not installed")
def test_the_lines_of_r_give_the_numbers():
    found = {name: make() for name, make in POOLS.items()}
    lines = ["suppressMessages(library(metafor))"]
    for one in found.values():
        *own, predict, _fit = r_lines(one)
        lines += [*own[1:], f"p <- {predict}", "cat(p$pred, p$ci.lb, p$ci.ub, sep = '\\n')"]
    run = subprocess.run(
        ["Rscript", "-e", "\n".join(lines)], capture_output=True, text=True, check=False
    )
    if "there is no package" in run.stderr:
        pytest.skip("metafor is not installed")
    numbers = [float(line) for line in run.stdout.split()]
    for at, (name, one) in enumerate(found.items()):
        expected = (one.synthesis.estimate, one.synthesis.lower, one.synthesis.upper)
        assert numbers[3 * at : 3 * at + 3] == pytest.approx(expected, rel=2e-5), name


def test_nothing_that_is_refused_has_lines_that_pool_it():
    (refused,) = asked(counts("p", 30, 40), measure="rr").pools
    assert refused.refusals == (TOO_FEW,)
    assert r_lines(refused) == python_lines(refused) == ()


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ({"outcome": "complete-remision"}, "did you mean 'complete-remission'"),
        ({"drug": "inotuzumab-ozogamycin"}, "did you mean 'inotuzumab-ozogamicin'"),
        ({"studies": ("ino-vat",)}, "did you mean 'ino-vate'"),
        ({"across": ("definitions",)}, "did you mean 'definition'"),
        ({"model": "gllm"}, "did you mean 'glmm'"),
        ({"measure": "smd"}, "there are hr, or, rd, rr, shr"),
        ({"statistic": "percent"}, "did you mean 'percentage'"),
        ({"time_origin": "randomization"}, "did you mean 'randomisation'"),
        ({"at_time": "two years"}, "is not a number of months"),
        ({"measure": "hr", "model": "mantel-haenszel"}, "reml-hksj, reml, fixed do"),
        ({"measure": "rr", "model": "peto"}, "mantel-haenszel do"),
        ({"statistic": "percentage", "model": "reml"}, "glmm, logit-fixed"),
        ({"level": "0.95"}, "confidence level in percent"),
    ],
)
def test_a_value_that_is_not_known_is_answered_with_the_nearest(wrong, meant):
    with pytest.raises(ParameterError, match=re.escape(meant)):
        wish_of(curated(), Asked(**{"outcome": "hsct-receipt", **wrong}))


def test_a_record_is_named_by_key_curie_iri_or_label():
    names = ("vod-sos", "outcome:vod-sos", f"{BASE}outcome/vod-sos", "VOD/SOS")
    wishes = {wish_of(curated(), Asked(name)) for name in names}
    assert wishes == {Wish(f"{BASE}outcome/vod-sos")}


@pytest.fixture(scope="module")
def said(allograph):
    return allograph("pool", "hsct-receipt", "--drug", "inotuzumab-ozogamicin")


def test_the_command_says_what_is_pooled_by_which_model_and_what_was_left_out(said):
    assert said.returncode == 0, said.stderr
    assert "inotuzumab ozogamicin alone; relapsed or refractory:\n" in said.stdout
    assert re.search(r"ino-hsct-pooled#hsct-receipt +101 of 236 +42\.8%", said.stdout)
    assert "39 or 46 of 100" in said.stdout
    assert "model: random-intercept logistic model" in said.stdout
    assert re.search(r"^release: \d", said.stdout, re.MULTILINE)
    assert "not pooled: mini-hcvd-ino#hsct-receipt  24 of 48" in said.stderr
    assert "left out: " in said.stderr


def test_the_command_refuses_with_the_reason_and_status_1(allograph):
    done = allograph("pool", "outcome:hsct-receipt", "--study", "mini-hcvd-ino")
    assert done.returncode == 1 and done.stdout == ""
    assert f": {TOO_FEW}" in done.stderr and "24 of 48" in done.stderr
    none = allograph("pool", "early-death", "--drug", "blinatumomab")
    assert none.returncode == 1
    assert "not pooled: No figure of early-death can be pooled." in none.stderr


def test_the_command_answers_as_json_and_as_csv(allograph):
    choice = ("pool", "vod-sos", "--drug", "inotuzumab-ozogamicin", "--across", "definition,time")
    found = json.loads(allograph(*choice, "--format", "json").stdout)
    assert set(KEYS) <= set(found) and found["across"] == ["definition", "time"]
    table = allograph(*choice, "--format", "csv").stdout
    (pooled,) = [
        row
        for row in csv.DictReader(io.StringIO(table))
        if row["kind"] == "pooled" and row["pool"] == found["words"]
    ]
    assert float(pooled["value"]) == pytest.approx(found["estimate"])


def test_the_help_names_each_difference(allograph):
    said = allograph("pool", "--help").stdout
    assert all(re.search(rf"^ +{name} ", said, re.MULTILINE) for name in DIFFERENCES)
