"""Judgements from the command to the page: made by ``new``, told by ``check``, asked, and shown."""

import csv
import re
from io import StringIO

import pytest
from reading_client import ReadingClient
from small import SMALL

from allograph.checks.check import check
from allograph.cli.judging import known_of_judgement
from allograph.curated.new import skeleton, write_skeleton
from allograph.curated.snapshot import read_snapshot
from allograph.curated.sources import Sources
from allograph.errors import ParameterError
from allograph.release import ensure_release
from allograph.service.live import serve_release
from allograph.settings import Settings

pytestmark = pytest.mark.slow

FIGURE = "study:ino-vate#cr-ino"
ANSWER = "/pool/complete-remission?drug=inotuzumab-ozogamicin"
REMISSION, STALE, CERTAINTY = "remission", "stale-survival", "remission-after-ino"


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    """A small graph with three judgements: one of bias, one that is stale, one of certainty."""
    sources = Sources(tmp_path_factory.mktemp("judged"))
    for path, content in SMALL.contents.items():
        (sources.root / path).parent.mkdir(parents=True, exist_ok=True)
        (sources.root / path).write_bytes(content)
    risks = ["high", "low", "some-concerns", "high", "low", "not-judged"]
    known = known_of_judgement(sources, [FIGURE])
    write(sources, REMISSION, known, risks)
    os = known_of_judgement(sources, ["study:ino-vate#os-ino"])
    write(sources, STALE, os | {"DIGEST": "0" * 64}, ["some-concerns", *["some-concerns"] * 5])
    write(sources, CERTAINTY, known_of_judgement(sources, [ANSWER], number=1), [])
    return sources


def write(sources, key, known, risks):
    """Write a judgement as a person would, with an answer for each place that has one."""
    path = write_skeleton("judgement", key, sources, known)
    text = re.sub(r'"TODO: what was judged[^"]*"', f'"Made-up {key}"', path.read_text())
    text = re.sub(r'"TODO: why[^"]*"', '"It was made up."', text)
    text = text.replace("TODO: the name that who judged gave", "A. Judge")
    for risk in risks:
        text = text.replace("risk:TODO", f"risk:{risk}", 1)
    path.write_text(text.replace("certainty:TODO", "certainty:low"))


@pytest.fixture(scope="module")
def pages(judged, tmp_path_factory):
    settings = Settings(
        home=str(tmp_path_factory.mktemp("home")), workers=1, long_queries=1, root=str(judged.root)
    )
    served = serve_release(settings, ensure_release(judged, settings))
    served.app.test_client_class = ReadingClient
    yield served.app.test_client()
    served.pool.close()


def rows_of(pages, address):
    return list(csv.DictReader(StringIO(pages.get(address).text)))


def test_check_warns_of_what_is_stale_and_says_the_digest_of_now(judged):
    results = check(read_snapshot(judged))
    assert [(str(one.severity), one.focus_node.rpartition("/")[2]) for one in results] == [
        ("warning", STALE)
    ]
    assert results[0].value == known_of_judgement(judged, ["study:ino-vate#os-ino"])["DIGEST"]


def test_a_study_shows_its_lights_and_each_judgement_in_words(pages):
    page = pages.get("/study/ino-vate").text
    assert "/questions/risk-of-bias.svg?study=ino-vate" in page
    section = page[page.index('id="_bias"') :]
    assert "judged by A. Judge on" in section
    assert section.count("high risk") >= 2
    assert "no judgement" in section
    assert "What was judged has changed since" in section


def test_a_study_that_nobody_judged_says_so(pages):
    page = pages.get("/study/mini-hcvd-ino").text
    assert "No judgement: nobody has judged" in page
    assert "risk-of-bias.svg" not in page


def test_each_domain_is_a_row_and_so_is_each_study_without_a_judgement(pages):
    rows = rows_of(pages, "/questions/risk-of-bias.csv")
    of = {(row["judgement"].rpartition("/")[2], row["domain"]): row for row in rows}
    assert of[REMISSION, "rob-2-missing-outcomes"]["risk_key"] == "high"
    assert of[REMISSION, ""]["domain_label"] == "over all"
    assert of[REMISSION, ""]["state"] == "current"
    assert of[STALE, ""]["state"] == "stale"
    nobody = {row["study"] for row in rows if not row["judgement"]}
    assert "mini-hcvd-ino" in nobody
    assert "ino-vate" not in nobody


def test_the_lights_have_an_address_of_their_own(pages):
    for look in ("", "&width=narrow", "&colours=dark"):
        answer = pages.get(f"/questions/risk-of-bias.svg?study=ino-vate{look}")
        assert answer.status_code == 200
        assert answer.text.count("high risk") >= 2
    assert "No judgement" in pages.get("/questions/risk-of-bias.svg?study=mini-hcvd-ino").text


def test_a_level_is_proposed_for_each_pooled_answer_and_judged_for_one(pages):
    rows = rows_of(pages, "/questions/certainty.csv?outcome=complete-remission")
    judged = [row for row in rows if row["state"] == "judged"]
    proposed = [row for row in rows if row["state"] == "proposed"]
    assert [row["judged_by"] for row in judged] == ["A. Judge"]
    assert proposed
    assert all(row["judged_by"].startswith("allograph ") for row in proposed)
    assert all(row["judged_on"] == "" for row in proposed)
    assert "risk of bias" in proposed[0]["unjudged"]
    assert proposed[0]["risk_of_bias"] == ""


def test_a_judgement_and_a_proposal_have_a_page_that_tells_them_apart(pages):
    assert "Judged by A. Judge on" in pages.get(f"/judgement/{CERTAINTY}").text
    assert "It was made up." in pages.get(f"/judgement/{REMISSION}").text
    outcome = pages.get("/outcome/complete-remission").text
    section = outcome[outcome.index('id="_certainty"') :]
    assert "judged by nobody" in section
    assert re.search(r'id="certainty-[0-9a-f]{12}"', section)
    assert f"{REMISSION}" in pages.get("/judgement").text


def test_what_is_new_is_of_what_there_is(judged):
    for of, tool, number, said in (
        (["study:ino-vat#cr"], "", 0, "no figure, comparison or study"),
        ([FIGURE], "rob", 0, "did you mean 'rob-2'"),
        ([ANSWER], "", 0, "choose one by its number"),
        ([ANSWER], "rob-2", 0, "judged by no tool"),
        (["/pool/complete-remission?colour=red"], "", 0, "an answer has one address"),
    ):
        with pytest.raises(ParameterError, match=re.escape(said)):
            known_of_judgement(judged, of, tool, number)


def test_each_tool_has_a_block_for_each_of_its_domains(judged):
    for tool, number in (("rob-2", 5), ("robins-i", 7), ("jbi-case-series", 10)):
        text = skeleton("judgement", "x", known_of_judgement(judged, tool=tool))
        assert text.count("a ag:DomainJudgement") == number
        assert f"ag:tool tool:{tool} ;" in text
        assert text.count(f"ag:domain bias:{tool}-") == number
    assert skeleton("judgement", "x", {}) == skeleton("judgement", "x", known_of_judgement(judged))
