"""``allograph pool --sheet``: a reviewer's own sheet, pooled without entering it."""

import csv
import io
import json
import math
import re
import subprocess
import sys

import pytest
from approve import SOURCES
from sheets import workbook

from allograph.intake.sheets.pooling import read_studies
from allograph.intake.sheets.profile_files import read_profile
from allograph.reading.pooled.of_sheet import models_of
from allograph.synthesis.effects import (
    Estimate,
    TwoArms,
    effect_of,
    estimate_from_interval,
    pool_effects,
)
from allograph.synthesis.shares import Counted, pool_shares
from allograph.tables.table import read_table

SHARES = "authors,xi,ni,remark\nAda,12,40,ok\nBo,9,31,\nCy,10,33,checked twice\nDee,20,41,\n"
ARMS = "author,year,ai,n1i,ci,n2i\nAda,2001,4,50,9,48\nBo,2002,6,60,11,61\nCy,2003,3,30,7,31\n"
RATIOS = "study,estimate,lower,upper\nAda,0.75,0.57,0.99\nBo,0.71,0.55,0.92\nCy,1.10,0.80,1.51\n"
PROMISED = {
    *("model", "estimate", "lower", "upper", "prediction_lower", "prediction_upper", "tau2", "i2"),
    *("q", "studies", "people", "rows", "refused", "release"),
}


@pytest.fixture
def pool(allograph, tmp_path):
    """Pool a sheet as a reviewer does; the answer as JSON, and what the command said."""

    def run(content, profile, measure, *arguments, name="sheet.csv", format="json"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        given = ("--sheet", path, "--profile", profile, "--measure", measure, "--format", format)
        done = allograph("pool", *given, *arguments, cwd=tmp_path)
        return (json.loads(done.stdout) if format == "json" and done.stdout else done.stdout), done

    return run


def read(content, profile, measure, *settings):
    """The studies of a sheet."""
    table = read_table(content.encode(), "sheet.csv", "sheet.csv")
    return read_studies(table, read_profile(profile, settings, is_pooled=True), measure)


def numbers(reading):
    return [study.numbers for pool in reading.pools.values() for study in pool.studies]


def said(remarks):
    return [(remark.row, remark.column, remark.what) for remark in remarks]


# Shares


def test_counted_shares_are_pooled_as_the_same_numbers_are(pool):
    answer, done = pool(SHARES, "single-arm", "share")
    counted = [Counted("Ada", 12, 40), Counted("Bo", 9, 31), Counted("Cy", 10, 33)]
    expected = pool_shares([*counted, Counted("Dee", 20, 41)])
    assert done.returncode == 0
    assert (answer["estimate"], answer["lower"]) == (expected.estimate, expected.lower)
    assert (answer["model"], answer["studies"], answer["people"]) == ("glmm", 4, 145)
    assert [one["model"] for one in answer["sensitivity"]] == ["glmm", "logit-fixed", "logit-reml"]


def test_the_answer_has_the_promised_keys_and_a_reason_for_each_that_is_null(pool):
    answer, _done = pool(SHARES, "single-arm", "share")
    assert set(answer) >= PROMISED
    missing = {key for key in PROMISED if answer[key] is None}
    assert missing == {"release"} <= set(answer["reasons"])
    few, done = pool("authors,xi,ni\nAda,12,40\nBo,9,31\n", "single-arm", "share")
    assert (few["estimate"], done.returncode) == (None, 1)
    assert all(few["reasons"][key] for key in PROMISED if few[key] is None)
    assert few["crude"]["events"] == 21


def test_each_row_says_where_it_stands_in_the_sheet_and_nothing_of_the_graph(pool):
    answer, _done = pool(SHARES, "single-arm", "share")
    assert [row["sheet_rows"] for row in answer["rows"]] == [[2], [3], [4], [5]]
    assert {row["figure"] for row in answer["rows"]} == {None}
    assert sum(row["weight"] for row in answer["rows"]) == pytest.approx(1)
    assert answer["sheet"]["columns_not_read"] == ["remark"]
    assert "nobody has looked for shared people" in " ".join(answer["remarks"])


def test_each_cell_that_cannot_be_used_is_said_with_file_row_and_column(pool):
    bad = "Em,41,40,\nFay,NR,30,\nGus,5 (10%),50,\nHal,7,,\nIda,4.5,20,\nJo,6,0,\n,3,10,\n"
    answer, done = pool(SHARES + bad, "single-arm", "share")
    assert (done.returncode, answer["studies"]) == (1, 4)
    assert [(one["row"], one["column"]) for one in answer["refused"]] == [
        (6, "xi"),
        (7, "xi"),
        (8, "xi"),
        (9, "ni"),
        (10, "xi"),
        (11, "ni"),
        (12, "authors"),
    ]
    assert "sheet.csv:6: xi: 41 events in 40 people" in done.stderr
    assert "sheet.csv:9: ni: 7 events, and nobody says of how many" in done.stderr


def test_a_percentage_counts_people_where_one_whole_number_gives_it():
    settings = (
        "study.label={study}",
        'figures.response.statistic="percentage"',
        'figures.response.events=""',
        "figures.response.value=pct",
        "figures.response.total=n",
    )
    sheet = "study,pct,n\nAda,61.1,72\nBo,61.5,72\nCy,50,1000\n"
    reading = read(sheet, "single-arm", "share", *settings)
    assert numbers(reading) == [Counted("Ada", 44, 72)]
    ((_row, _column, of_nobody), (_other, _pct, of_many)) = said(reading.faults)
    assert "the share of no whole number of 72 people" in of_nobody
    assert "any of 495 to 505 people" in of_many
    (study,) = next(iter(reading.pools.values())).studies
    assert study.derivation == "44 of 72 from 61.1%"


def test_a_share_that_its_own_counts_do_not_give_is_refused():
    settings = ('figures.response.statistic="percentage"', "figures.response.value=pct")
    sheet = "authors,xi,ni,pct\nAda,44,72,61.11111111\nBo,10,40,35\n"
    reading = read(sheet, "single-arm", "share", *settings)
    assert numbers(reading) == [Counted("Ada", 44, 72)]
    assert said(reading.faults)[0][:2] == (3, "pct")


def test_rates_with_standard_errors_are_pooled_as_they_are_printed(pool):
    sheet = (
        "study,trt,yi,sei\n1,new,0.46,0.118\n1,old,0.25,0.074\n2,new,0.5,0.1\n3,new,0.47,0.129\n"
    )
    arms = ("--set", "arms.treated.match=new", "--set", "arms.control.match=old")
    answer, _done = pool(sheet, "study-and-arm", "share", *arms)
    given = [Estimate("a", 0.46, 0.118), Estimate("b", 0.5, 0.1), Estimate("c", 0.47, 0.129)]
    assert answer["estimate"] == pytest.approx(pool_effects(given, "md").estimate)
    assert [pool["words"] for pool in answer["pools"]] == ["Treated", "Control"]


# Two arms, and estimates


@pytest.mark.parametrize("measure", ["rr", "or", "rd"])
def test_two_arms_are_pooled_by_the_measure_that_is_asked_for(pool, measure):
    answer, done = pool(ARMS, "two-arm-binary", measure)
    arms = [TwoArms("a", 4, 50, 9, 48), TwoArms("b", 6, 60, 11, 61), TwoArms("c", 3, 30, 7, 31)]
    expected = pool_effects([effect_of(one, measure) for one in arms], measure)
    assert done.returncode == 0
    assert answer["estimate"] == pytest.approx(expected.estimate)
    assert (answer["model"], answer["measure"]) == ("reml-hksj", measure)


def test_events_and_others_are_added_up_and_the_row_says_so():
    sheet = "author,year,tpos,tneg,cpos,cneg\nAda,1948,4,119,11,128\n"
    reading = read(sheet, "two-by-two", "rr")
    assert numbers(reading) == [TwoArms("Ada 1948", 4, 123, 11, 139)]
    (study,) = next(iter(reading.pools.values())).studies
    assert study.derivation == "people added up of events and others"


def test_nothing_is_added_to_a_cell_of_zero_unless_it_is_asked_for(pool):
    zero = f"{ARMS}Dee,2004,0,40,5,41\n"
    answer, _done = pool(zero, "two-arm-binary", "or")
    assert (answer["model"], answer["studies"]) == ("mantel-haenszel", 4)
    assert "nothing is added to it unasked" in " ".join(answer["remarks"])
    refused, _done = pool(zero, "two-arm-binary", "or", "--model", "reml")
    assert (refused["studies"], [one["row"] for one in refused["refused"]]) == (3, [5])
    added, _done = pool(zero, "two-arm-binary", "or", "--continuity", "0.5")
    assert (added["model"], added["studies"]) == ("reml-hksj", 4)
    assert "0.5 was added to each cell of Dee 2004, as asked." in added["remarks"]


def test_hazard_ratios_have_the_standard_error_of_their_printed_level(pool):
    answer, _done = pool(RATIOS, "effect-estimate", "hr", "--set", "effect.level=97.5")
    printed = [("a", 0.75, 0.57, 0.99), ("b", 0.71, 0.55, 0.92), ("c", 1.1, 0.8, 1.51)]
    given = [estimate_from_interval(*one, level=97.5) for one in printed]
    assert answer["estimate"] == pytest.approx(pool_effects(given, "hr").estimate)
    first = answer["rows"][0]
    assert (first["value"], first["lower"], first["upper"]) == (0.75, 0.57, 0.99)
    assert (first["level"], first["is_printed"]) == (97.5, True)


def test_logarithms_with_variances_are_the_same_ratios():
    sheet = "author,year,yi,vi\nAda,2001,-0.2877,0.0198\n"
    (estimate,) = numbers(read(sheet, "log-estimate", "hr"))
    assert estimate.value == pytest.approx(-0.2877)
    assert estimate.standard_error == pytest.approx(math.sqrt(0.0198))


def test_an_estimate_that_its_interval_does_not_hold_is_refused():
    sheet = f"{RATIOS}Dee,1.10,1.20,1.50\nEm,0.60,0.90,0.40\nFay,-0.2,-0.5,0.1\nGus,0.9,,1.3\n"
    reading = read(sheet, "effect-estimate", "hr")
    assert [fault[:2] for fault in said(reading.faults)] == [
        (5, "lower"),
        (6, "upper"),
        (7, "estimate"),
    ]
    assert said(reading.left_out) == [(8, "lower", "empty")]


def test_an_estimate_that_is_not_the_middle_of_its_interval_is_said_and_pooled():
    reading = read("study,estimate,lower,upper\nAda,0.80,0.30,0.90\n", "effect-estimate", "hr")
    (remark,) = reading.remarks
    assert "is not the middle of its interval, which is 0.5196" in remark.what
    assert len(numbers(reading)) == 1


def test_a_study_of_one_arm_is_left_out_of_a_comparison():
    sheet = "study,trt,yi,sei\n1,new,0.46,0.118\n1,old,0.25,0.074\n2,new,0.43,0.034\n"
    arms = ("arms.treated.match=new", "arms.control.match=old")
    reading = read(sheet, "study-and-arm", "rd", *arms)
    (estimate,) = numbers(reading)
    assert estimate.value == pytest.approx(0.21)
    assert estimate.standard_error == pytest.approx(math.hypot(0.118, 0.074))
    assert said(reading.left_out) == [(4, None, "'Study 2' has one arm, and a comparison has two")]


def test_what_keeps_a_study_of_two_arms_out_is_said_once():
    reading = read(f"{ARMS}Dee,2004,5,30,40,31\nEm,2005,NR,33,8,30\n", "two-arm-binary", "rr")
    assert [one.label for pool in reading.pools.values() for one in pool.studies] == [
        "Ada 2001",
        "Bo 2002",
        "Cy 2003",
    ]
    assert [fault[:2] for fault in said(reading.faults)] == [(5, "ci")]
    assert said(reading.left_out) == [(6, "ai", "'NR', no number")]


# Rows, copies, formats of sheets


def test_a_copy_of_a_row_is_left_out_and_a_name_that_stands_twice_is_said():
    reading = read(f"{SHARES}Ada,12,40,again\nBo,3,20,another cohort\n", "single-arm", "share")
    assert len(numbers(reading)) == 5
    assert said(reading.left_out) == [
        (6, None, "'Ada' with the same numbers as in row 2: a copy"),
    ]
    (remark,) = reading.remarks
    assert (remark.row, "stands in row 3, too" in remark.what) == (7, True)


def revman(*rows):
    """A CSV export of Review Manager, with the columns that count."""
    head = "Comparison Number,Outcome Number,Name,Data Type,Events 1,Total 1,Events 2,Total 2"
    head += ",Effect Estimate,CI Start,CI End,Year of study,User defined order"
    return "\n".join((head, *rows, ""))


def test_the_outcomes_of_a_revman_export_are_pooled_apart(pool):
    sheet = revman(
        "1,1,Deaths,DIC,9,90,9,90,1,0.9,1.1,,",
        "1,1,Ada,,4,50,9,48,0.4,0.1,1.6,2001,1",
        "1,1,Bo,,6,60,11,61,0.5,0.2,1.3,,2",
        "1,2,Ada,,2,50,3,48,0.6,0.1,3.6,2001,1",
        "1,3,Days,CON,,40,,40,-0.7,-1.2,-0.2,,",
        "1,3,Cy,,0,20,0,20,-0.7,-1.2,-0.2,2003,1",
    )
    answer, done = pool(sheet, "revman", "or")
    assert [pool["words"] for pool in answer["pools"]] == [
        "1.1: Experimental against Control",
        "1.2: Experimental against Control",
    ]
    assert [row["label"] for row in answer["rows"]] == ["Ada 2001", "Bo"]
    assert answer["refused"] == []
    assert "row skipped: means, or an estimate, of which nobody counted people" in done.stderr
    one, _done = pool(sheet, "revman", "or", "1.2")
    assert [pool["words"] for pool in one["pools"]] == ["1.2: Experimental against Control"]
    effects, _done = pool(sheet, "revman-effect", "or", "1.1")
    assert [row["value"] for row in effects["rows"]] == pytest.approx([0.4, 0.5])


def test_the_profile_may_name_the_outcomes_and_leave_out_others(pool):
    sheet = revman(
        "1,1,Ada,DIC,4,50,9,48,,,,2001,1",
        "1,1,Bo,,6,60,11,61,,,,2002,2",
        "1,2,Ada,,2,50,3,48,,,,2001,1",
    )
    named = ("--set", 'figure.outcome.values={"1.1"="death"}')
    answer, done = pool(sheet, "revman", "rr", *named)
    assert [pool["words"] for pool in answer["pools"]] == ["death: Experimental against Control"]
    assert "sheet.csv:4: no outcome of the profile for '1' and '2'" in done.stderr


def test_a_mistake_in_one_arm_keeps_the_whole_row_out():
    reading = read(f"{ARMS}Dee,2004,5,30,40,31\n", "two-arm-binary", "share")
    assert [len(pool.studies) for pool in reading.pools.values()] == [3, 3]


def test_an_outcome_that_the_sheet_has_not_is_named_with_those_that_it_has(pool):
    _nothing, done = pool(revman("1,1,Ada,DIC,4,50,9,48,,,,2001,1"), "revman", "or", "9.9")
    assert done.returncode == 2
    assert "no study of the outcome '9.9'; the outcomes of the sheet are 1.1" in done.stderr


def test_columns_that_only_records_need_may_be_missing():
    sheet = "trial,ai,n1i,ci,n2i\nAda,4,50,9,48\n"
    reading = read(sheet, "two-arm-binary", "rr", "study.label={trial}", "study.doi=DOI")
    assert numbers(reading) == [TwoArms("Ada", 4, 50, 9, 48)]


def test_a_workbook_is_pooled_as_its_csv_is(pool):
    rows = [line.split(",") for line in SHARES.splitlines()]
    typed = [[int(cell) if cell.isdigit() else cell for cell in row] for row in rows]
    from_csv, _done = pool(SHARES, "single-arm", "share")
    from_book, _done = pool(workbook(*typed), "single-arm", "share", name="sheet.xlsx")
    assert from_book["estimate"] == from_csv["estimate"]
    assert from_book["sheet"]["format"].endswith("spreadsheetml.sheet")


def test_a_stray_byte_of_windows_is_told_and_read(pool):
    content = SHARES.replace("ok", "ok\u00a0").encode("cp1252")
    answer, done = pool(content, "single-arm", "share")
    assert answer["studies"] == 4
    assert "read as Windows-1252, which makes spaces that do not break of it" in done.stderr


# Other answers, and what is wrong


def test_the_text_has_model_interval_prediction_heterogeneity_people_and_studies(pool):
    text, _done = pool(SHARES, "single-arm", "share", format="text")
    lines = text.splitlines()
    assert lines[0] == "All treated:"
    assert "12 of 40" in lines[1]
    assert lines[1].endswith("row 2")
    starts = [line.partition(":")[0] for line in lines[5:]]
    assert starts[:4] == ["pooled", "model", "prediction interval", "heterogeneity"]
    assert "4 studies, 145 people" in lines[5]


def test_the_csv_has_studies_numbers_and_what_is_left_out(pool):
    text, _done = pool(f"{SHARES}Em,50,40,\n", "single-arm", "share", format="csv")
    kinds = [row["kind"] for row in csv.DictReader(io.StringIO(text))]
    assert kinds.count("study") == 4
    assert kinds.count("pooled") == kinds.count("left-out") == 1


def test_the_lines_of_python_give_the_number_beside_them(pool):
    for sheet, profile, measure in (
        (SHARES, "single-arm", "share"),
        (RATIOS, "effect-estimate", "hr"),
    ):
        answer, _done = pool(sheet, profile, measure)
        printed = subprocess.run(
            [sys.executable, "-c", "\n".join(answer["python"])], capture_output=True, text=True
        ).stdout
        assert f"estimate={answer['estimate']}" in printed
        assert answer["r"][0] == "library(metafor)"


@pytest.mark.parametrize(
    ("profile", "measure", "arguments", "what"),
    [
        ("single-arm", "means", (), "--sheet needs --measure, one of share, rr, or, rd, hr"),
        ("single-arm", "share", ("--model", "peto"), "'peto' does not pool"),
        ("single-arm", "rr", (), "a risk ratio compares two arms, and the profile has 1"),
        ("single-arm", "hr", (), "a hazard ratio needs the columns of an estimate"),
        ("effect-estimate", "share", (), "a share needs the people of an arm"),
        ("single-arm", "share", ("--level", "5"), "'5' is not a confidence level in percent"),
        ("single-arm", "share", ("--set", "effect.lower=a"), "effect.value: the column"),
    ],
)
def test_what_cannot_be_asked_of_a_sheet_is_said(pool, profile, measure, arguments, what):
    content = RATIOS if profile == "effect-estimate" else SHARES
    _nothing, done = pool(content, profile, measure, *arguments)
    assert done.returncode == 2
    assert what in done.stderr


def test_the_example_of_the_document_gives_what_it_shows(allograph, tmp_path):
    text = (SOURCES.root / "docs" / "pooling-sheets.md").read_text(encoding="utf-8")
    blocks = dict(re.findall(r"^```(csv|toml|console|text)\n(.*?)^```", text, re.M | re.S))
    (tmp_path / "remission.csv").write_text(blocks["csv"], encoding="utf-8")
    (tmp_path / "profile.toml").write_text(blocks["toml"], encoding="utf-8")
    line, shown = blocks["console"].split("\n", 1)
    done = allograph(*line.removeprefix("$ allograph ").split(), cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, shown)
    assert set(blocks["text"].splitlines()) <= set(done.stderr.splitlines())


def test_effects_are_read_by_pool_alone(allograph, tmp_path):
    (tmp_path / "sheet.csv").write_text(RATIOS, encoding="utf-8")
    done = allograph("import", "table", tmp_path / "sheet.csv", "--profile", "effect-estimate")
    assert done.returncode == 2
    assert "an [effect] is read by allograph pool --sheet alone" in done.stderr


def test_each_measure_has_models_the_usual_one_first():
    first = {measure: models_of(measure)[0] for measure in ("share", "rr", "or", "rd", "hr")}
    assert first == {"share": "glmm"} | dict.fromkeys(("rr", "or", "rd", "hr"), "reml-hksj")
    assert "peto" in models_of("or")
    assert "mantel-haenszel" not in models_of("hr")
