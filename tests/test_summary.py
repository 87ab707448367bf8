"""A Summary of Findings: what 1,000 people gain or lose, and nothing that must not be pooled."""

import csv
import io
import json
from datetime import date

import docx
import openpyxl
import pytest

from allograph.drawings.charts.summary_of import svg_of
from allograph.errors import ParameterError
from allograph.evidence import read_evidence
from allograph.rdf.turtle import read_turtle
from allograph.reading.citation import NOTICE
from allograph.reading.summary import as_book, as_paper, revman
from allograph.reading.summary.absolute import Limits, middle_of, with_ratio
from allograph.reading.summary.as_csv import TABLES, as_csv
from allograph.reading.summary.as_json import as_json
from allograph.reading.summary.as_markdown import as_markdown
from allograph.reading.summary.notes import Doubted
from allograph.reading.summary.said import citation_of
from allograph.reading.summary.subject import offers_of, subject_named
from allograph.reading.summary.summary import summary_of
from allograph.reading.summary.words import (
    certainty_text,
    difference_text,
    more_or_fewer,
    per_thousand,
    relative_text,
)

BASE = "https://w3id.org/allograph/"
KINDS = (
    *("adjustment", "condition", "definition", "design", "drug", "flag", "grouping", "origin"),
    *("outcome", "regimen", "report", "setting", "statistic", "study", "tier"),
)
PREFIXES = "".join(f"PREFIX {kind}: <{BASE}{kind}/>\n" for kind in KINDS)
WORLD = """
PREFIX ag:   <https://w3id.org/allograph/ontology#>
PREFIX owl:  <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

tier:primary ag:rank 1 .
tier:retelling ag:rank 7 .
report:one a ag:Report ; rdfs:label "First report" ; ag:tier tier:primary ; ag:reports study:one .
report:two a ag:Report ; rdfs:label "Second report" ; ag:tier tier:primary ; ag:reports study:two .
setting:relapsed rdfs:label "relapsed" .
condition:relapsed a ag:Condition ; rdfs:label "relapsed ALL" ; ag:setting setting:relapsed .
drug:ino a ag:Drug ; rdfs:label "InO" .
drug:old a ag:Drug ; rdfs:label "old drug" ; owl:deprecated true .
regimen:ino a ag:Regimen ; rdfs:label "InO" ; ag:drug drug:ino .
regimen:salvage a ag:Regimen ; rdfs:label "salvage" ; skos:altLabel "standard of care" .
regimen:chemo a ag:Regimen ; rdfs:label "chemo" ; skos:hiddenLabel "standard of care" .
outcome:baseline a ag:Outcome ; rdfs:label "baseline" .
outcome:survival a ag:Outcome ; rdfs:label "survival" ; ag:desirable true .
outcome:overall-survival a ag:Outcome ; rdfs:label "overall survival" ;
  skos:broader outcome:survival .
outcome:complete-remission a ag:Outcome ; rdfs:label "complete remission" ; ag:desirable true .
outcome:vod-sos a ag:Outcome ; rdfs:label "VOD/SOS" ; ag:desirable false .
outcome:early-death a ag:Outcome ; rdfs:label "early death" ; ag:desirable false .
"""


def trial(key, size=100, control=100, regimen="salvage"):
    """A randomised trial of InO against a regimen: its two arms."""
    return f"""
study:{key} a ag:Study ; rdfs:label "{key.title()}: a trial" ; ag:design design:randomised-trial ;
  ag:condition condition:relapsed .
<{BASE}study/{key}#ino> a ag:StudyGroup ; rdfs:label "InO arm" ; ag:study study:{key} ;
  ag:grouping grouping:arm ; ag:size {size} ; ag:regimen regimen:ino ; ag:report report:{key} .
<{BASE}study/{key}#control> a ag:StudyGroup ; rdfs:label "control arm" ; ag:study study:{key} ;
  ag:grouping grouping:arm ; ag:size {control} ; ag:regimen regimen:{regimen} ;
  ag:report report:{key} .
"""


def figure(key, part, group, outcome, more, kind="Proportion"):
    """A figure of one arm."""
    return f"""
<{BASE}study/{key}#{part}> a ag:Result , ag:{kind} ; rdfs:label "{part}" ; ag:study study:{key} ;
  ag:group <{BASE}study/{key}#{group}> ; ag:outcome outcome:{outcome} ; ag:report report:{key} ;
  {more} .
"""


def counted(key, outcome, events, of, control, of_control):
    """People of two arms with an outcome, and their comparison without an estimate."""

    def share(group, numerator, denominator):
        value = round(100 * numerator / denominator, 1)
        more = (
            f"ag:statistic statistic:percentage ; ag:value {value} ; ag:unit '%' ;"
            f" ag:tolerance 0.05 ; ag:numerator {numerator} ; ag:denominator {denominator}"
        )
        return figure(key, f"{outcome}-{group}", group, outcome, more)

    return (
        share("ino", events, of)
        + share("control", control, of_control)
        + compared(
            key,
            outcome,
            f"ag:index <{BASE}study/{key}#{outcome}-ino> ;"
            f" ag:reference <{BASE}study/{key}#{outcome}-control>",
        )
    )


def compared(key, outcome, more):
    """A comparison of the two arms."""
    return f"""
<{BASE}study/{key}#{outcome}> a ag:Comparison ; rdfs:label "{outcome}" ; ag:study study:{key} ;
  ag:group <{BASE}study/{key}#ino> ; ag:comparator <{BASE}study/{key}#control> ;
  ag:outcome outcome:{outcome} ; ag:adjustment adjustment:randomisation ; ag:report report:{key} ;
  {more} .
"""


HAZARD = """ag:statistic statistic:hazard-ratio ; ag:value 0.75 ; ag:unit "1" ; ag:lowerLimit 0.57 ;
  ag:upperLimit 0.99 ; ag:confidenceLevel 97.5 ; ag:reportedAs "0.75 (97.5% CI, 0.57 to 0.99)" """
ALIVE = """ag:statistic statistic:survival-probability ; ag:value {} ; ag:unit "%" ;
  ag:atTime 24 ; ag:timeOrigin origin:randomisation"""
ONE = trial("one") + counted("one", "complete-remission", 80, 100, 30, 100)
TWO = trial("two", regimen="chemo") + counted("two", "complete-remission", 70, 100, 35, 100)
SURVIVAL = (
    compared("one", "overall-survival", HAZARD)
    + figure("one", "alive-ino", "ino", "overall-survival", ALIVE.format(22), "ProbabilityAtTime")
    + figure(
        "one", "alive-control", "control", "overall-survival", ALIVE.format(10), "ProbabilityAtTime"
    )
)


@pytest.fixture
def evidence_of(tmp_path):
    def read(*texts):
        path = tmp_path / "case.ttl"
        path.write_text(PREFIXES + WORLD + "".join(texts), encoding="utf-8")
        return read_evidence(read_turtle(path, "case.ttl").triples)

    return read


@pytest.fixture
def summed(evidence_of):
    def make(name, *texts, doubts=None):
        evidence = evidence_of(*texts)
        return summary_of(evidence, subject_named(evidence, name), doubts or {}, "1", "2026-11-28")

    return make


def row(summary, key):
    """The one row of the table of an outcome."""
    (found,) = (finding for finding in summary.main if finding.key == key)
    return found


# The arithmetic


@pytest.mark.parametrize(
    ("measure", "without", "ratio", "is_event", "expected"),
    [
        ("rr", 0.2, 0.75, True, 0.15),
        ("rr", 0.8, 0.75, True, 0.6),
        ("or", 0.2, 0.5, True, 0.1 / 0.9),
        ("rd", 0.3, -0.1, True, 0.2),
        ("hr", 0.2, 0.5, True, 1 - 0.8**0.5),
        ("hr", 0.1, 0.75, False, 0.1**0.75),
        ("rr", 0.8, 2.0, True, 1.0),
    ],
)
def test_a_share_with_the_treatment_follows_from_the_share_without_it(
    measure, without, ratio, is_event, expected
):
    assert with_ratio(measure, without, ratio, is_event=is_event) == pytest.approx(expected)


def test_what_is_no_effect_on_a_share_gives_none():
    with pytest.raises(ValueError, match="'md' gives no share"):
        with_ratio("md", 0.2, 1.0, is_event=True)


def test_limits_stand_in_order_however_the_scale_turns():
    turned = Limits(0.5, 0.4, 0.7).through(lambda number: 1 - number)
    assert (turned.lower, turned.upper) == pytest.approx((0.3, 0.6))


def test_several_shares_are_told_by_their_median():
    assert middle_of([0.1, 0.4, 0.2]) == 0.2


def test_people_of_a_thousand_are_whole_unless_they_are_few():
    assert [per_thousand(share) for share in (0.3086, 0.0015, 0.0)] == ["309", "1.5", "0"]
    assert [more_or_fewer(share) for share in (0.02, -0.02, 0.0)] == [
        "20 more",
        "20 fewer",
        "none more",
    ]


# What a table says


def test_one_study_stands_with_its_own_counts_and_is_said_to_be_one(summed):
    found = row(summed("ino..salvage", ONE), "complete-remission")
    assert found.state == "one"
    assert found.relative.limits.value == pytest.approx(80 / 30)
    assert found.relative.model == ""
    assert "one study, from the people" in found.relative.origin
    assert found.absolute.without.share == 0.3
    assert found.absolute.without.source == "One: a trial, 30 of 100"
    assert found.absolute.given.value == pytest.approx(0.8)
    assert difference_text(found.absolute).startswith("500 more (")
    assert (found.randomised, found.people) == (1, 200)


def test_studies_of_one_kind_are_pooled_and_the_model_is_named(summed):
    trials = ONE + trial("two") + counted("two", "complete-remission", 70, 100, 35, 100)
    found = row(summed("ino..salvage", trials), "complete-remission")
    assert found.state == "pooled"
    assert found.relative.model == "reml-hksj"
    assert found.absolute.without.share == pytest.approx(0.325)
    assert "the median of 2 comparators, from 30 of 100" in found.absolute.without.source
    assert [study.label for study in found.studies] == ["One: a trial", "Two: a trial"]
    assert sum(figure.row.weight for figure in found.figures) == pytest.approx(1)


def test_a_hazard_ratio_keeps_its_level_and_says_what_it_takes_for_granted(summed):
    summary = summed("ino..salvage", ONE, SURVIVAL)
    found = row(summary, "overall-survival")
    assert relative_text(found.relative) == "HR 0.75 (97.5% CI 0.57 to 0.99)"
    assert found.relative.origin == "one study, as the study prints it"
    assert (found.absolute.without.share, found.absolute.without.at_time) == (0.1, 24)
    assert found.absolute.given.value == pytest.approx(0.1**0.75)
    assert found.absolute.given.upper == pytest.approx(0.1**0.57)
    assert found.absolute.level == 97.5
    notes = {note.number: note.text for note in summary.notes}
    assert "as if hazards stayed proportional. One prints 22%." in notes[found.notes[0]]


def test_a_ratio_without_the_share_of_the_comparator_says_nothing_of_1000(summed):
    found = row(
        summed("ino..salvage", ONE, compared("one", "overall-survival", HAZARD)),
        "overall-survival",
    )
    assert found.absolute is None
    assert "not printed" in found.absolute_why


def test_a_critical_outcome_has_its_row_though_nothing_is_known_of_it(summed):
    found = row(summed("ino..salvage", ONE), "early-death")
    assert (found.state, found.why) == ("nothing", ("No figure of it is in this release.",))


def test_what_cannot_be_pooled_stands_as_printed_with_the_reason(summed):
    share = "ag:statistic statistic:percentage ; ag:value {} ; ag:unit '%' ; ag:tolerance 0.5"
    printed = (
        figure("one", "vod-ino", "ino", "vod-sos", share.format(34) + " ; ag:bound <x:about>")
        + figure("one", "vod-control", "control", "vod-sos", share.format(16))
        + compared(
            "one",
            "vod-sos",
            f"ag:index <{BASE}study/one#vod-ino> ; ag:reference <{BASE}study/one#vod-control>",
        )
    )
    found = row(summed("ino..salvage", ONE, printed), "vod-sos")
    assert (found.state, found.absolute, found.relative) == ("refused", None, None)
    assert found.why[0].startswith("34% against 16% are printed. ")
    assert found.certainty is None


def test_a_drug_alone_has_the_share_of_its_people(summed):
    found = row(summed("ino", ONE, trial("two")), "complete-remission")
    assert (found.state, found.section) == ("one", "InO alone; relapsed")
    assert found.absolute.given.value == pytest.approx(0.8)
    assert found.randomised == 0


def test_two_studies_of_a_drug_alone_have_a_range_and_no_model(summed):
    found = row(summed("ino", ONE, TWO), "complete-remission")
    assert (found.state, found.relative) == ("range", None)
    assert found.extremes == pytest.approx((0.7, 0.8))
    assert found.absolute.given.value == pytest.approx(0.75)
    assert "nothing is pooled" in found.why[0]


def test_what_is_proposed_is_told_from_what_was_judged(summed):
    found = row(summed("ino..salvage", ONE), "complete-remission")
    assert found.certainty.is_proposed
    assert certainty_text(found).startswith("not judged; proposed: at most ")


def test_a_doubt_about_a_figure_or_its_side_is_a_note_once(summed):
    doubted = Doubted("granularity", "no whole number", "weakens", 2, f"{BASE}rule/granularity")
    sides = [f"{BASE}study/one#complete-remission-{side}" for side in ("ino", "control")]
    summary = summed("ino..salvage", ONE, doubts={side: [doubted] for side in sides})
    notes = {note.number: note for note in summary.notes}
    told = [notes[number] for number in row(summary, "complete-remission").notes]
    doubts_told = [note for note in told if note.weight]
    assert [note.text for note in doubts_told] == ["granularity: no whole number"]
    assert doubts_told[0].weight == "weakens"


def test_a_part_of_the_people_stands_behind_the_table(summed):
    part = f"""
outcome:ph-positive a ag:Outcome ; rdfs:label "Ph-positive" ; skos:broader outcome:baseline .
<{BASE}study/two#ino> ag:selectedBy outcome:ph-positive .
<{BASE}study/two#control> ag:selectedBy outcome:ph-positive .
"""
    trials = ONE + trial("two") + counted("two", "complete-remission", 70, 100, 35, 100) + part
    summary = summed("ino..salvage", trials)
    assert row(summary, "complete-remission").studies[0].label == "One: a trial"
    assert [(one.key, one.is_part) for one in summary.others] == [("complete-remission", True)]


# What can be summarised


def test_a_name_of_several_regimens_is_all_of_them(evidence_of):
    evidence = evidence_of(ONE, TWO)
    subject = subject_named(evidence, "ino..standard-of-care")
    assert subject.against.iri is None
    assert subject.against.regimens == {f"{BASE}regimen/salvage", f"{BASE}regimen/chemo"}
    assert subject.key == "ino..standard-of-care"
    assert subject_named(evidence, "drug:ino..regimen:chemo").key == "ino..chemo"


def test_rows_against_several_regimens_say_which_they_are_of(summed):
    summary = summed("ino..standard-of-care", ONE, TWO)
    said = sorted(one.words for one in summary.findings if one.key == "complete-remission")
    assert [words.partition(";")[0] for words in said] == ["against chemo", "against salvage"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("inoo", "no drug is called 'inoo'; did you mean 'ino'?"),
        ("old", "no drug is called 'old'"),
        ("ino..salvge", "no comparator is called 'salvge'; did you mean 'salvage'?"),
    ],
)
def test_a_name_that_is_none_is_told_with_what_was_meant(evidence_of, name, message):
    with pytest.raises(ParameterError, match=message.replace("?", r"\?")):
        subject_named(evidence_of(ONE), name)


def test_drugs_are_offered_with_what_they_were_compared_with(evidence_of):
    (offer,) = offers_of(evidence_of(ONE, TWO))
    assert (offer.drug.key, offer.studies) == ("ino", 2)
    assert [(one.treatment.key, one.comparisons) for one in offer.against] == [
        ("standard-of-care", 2),
        ("chemo", 1),
        ("salvage", 1),
    ]


# As a file


@pytest.fixture
def told(evidence_of):
    evidence = evidence_of(ONE, SURVIVAL)
    summary = summary_of(evidence, subject_named(evidence, "ino..salvage"), {}, "1", "2026-11-28")
    return (
        evidence,
        summary,
        citation_of(summary, "https://example.org/summary", date(2026, 11, 28)),
    )


def test_json_has_each_number_or_why_there_is_none(told):
    _evidence, summary, _citation = told
    content = json.loads(json.dumps(as_json(summary, "https://example.org"), allow_nan=False))
    assert content["note"] == NOTICE
    by_key = {finding["outcome"]: finding for finding in content["findings"]}
    remission = by_key["complete-remission"]
    assert remission["absolute"]["with"]["value"] == pytest.approx(0.8)
    assert remission["certainty"]["proposed"] is True
    assert remission["figures"][0]["iri"] == f"{BASE}study/one#complete-remission"
    assert by_key["early-death"]["absolute"] is None
    assert by_key["early-death"]["why"]


def test_csv_has_a_row_a_finding_and_numbers_of_1000(told):
    evidence, summary, _citation = told
    rows = list(csv.DictReader(io.StringIO(as_csv(summary, evidence), newline="")))
    remission = next(each for each in rows if each["outcome"] == "complete-remission")
    assert (remission["without"], remission["with"], remission["measure"]) == (
        "300.0",
        "800.0",
        "rr",
    )
    assert len(rows) == len(summary.findings)


@pytest.mark.parametrize("name", [name for name in TABLES if name != "findings"])
def test_a_table_for_revman_has_the_columns_that_were_seen(told, name):
    evidence, summary, _citation = told
    heads, rows = revman.TABLES[name](summary, evidence)
    rows = list(rows)
    assert heads[0] == "Study"
    assert rows
    assert {len(each) for each in rows} == {len(heads)}


def test_results_for_revman_are_counts_of_arms_or_a_printed_ratio(told):
    evidence, summary, _citation = told
    text = as_csv(summary, evidence, "study-results")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    counts = [(each["Arm"], each["Cases"], each["Sample size"]) for each in rows if each["Cases"]]
    assert counts == [("InO arm", "80", "100"), ("control arm", "30", "100")]
    (ratio,) = (each for each in rows if each["Effect measure"])
    names = ("Effect measure", "Reference arm", "CI level", "Exp mean", "Exp CI start")
    assert [ratio[name] for name in names] == ["HR", "control arm", "97.5", "0.75", "0.57"]


def test_markdown_and_word_say_the_table_the_notes_and_how_to_cite_it(told):
    _evidence, summary, citation = told
    text = as_markdown(summary, citation)
    assert "RR 2.67 (95% CI " in text
    assert NOTICE in text
    output = io.BytesIO()
    as_paper.write_document(summary, citation, output)
    paper = docx.Document(io.BytesIO(output.getvalue()))
    (table,) = paper.tables
    cells = [[cell.text for cell in each.cells] for each in table.rows]
    assert cells[0][4] == "Relative effect"
    assert any("RR 2.67" in cell for cells_of_row in cells for cell in cells_of_row)
    assert [one.text for one in paper.paragraphs if one.style.name == "Heading 1"] == [
        "Notes",
        "Figures",
        "How to cite",
    ]


def test_a_workbook_has_the_table_its_numbers_and_what_stands_behind(told):
    evidence, summary, citation = told
    output = io.BytesIO()
    as_book.write_workbook(summary, evidence, citation, output)
    book = openpyxl.load_workbook(io.BytesIO(output.getvalue()))
    assert book.sheetnames[:5] == ["summary", "notes", "numbers", "figures", "left out"]
    assert {"study-arms", "columns", "about"} <= set(book.sheetnames)
    heads, *rows = book["numbers"].iter_rows(values_only=True)
    place = heads.index("with")
    assert 800 in [each[place] for each in rows]
    described = [each[0] for each in book["columns"].iter_rows(min_row=2, values_only=True)]
    assert described == list(heads)


def test_the_picture_names_its_rows_and_its_release(told):
    _evidence, summary, _citation = told
    for is_narrow in (False, True):
        svg = svg_of(summary, "https://example.org/summary", is_narrow=is_narrow)
        assert "500 more" in svg
        assert "Release 1." in svg
        assert "nothing known" in svg
