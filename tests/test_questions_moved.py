"""Old names of questions work: over HTTP by a redirect, on the command line with a remark."""

import csv
from io import StringIO
from urllib.parse import parse_qsl, urlsplit

import pytest
from approve import ANSWERS, QUESTIONS, SOURCES

from allograph.errors import ParameterError, UnknownQuestion
from allograph.questions.moved import MOVED, Moved
from allograph.questions.question import question_named

RULES = sorted(path.stem for path in SOURCES.root.glob("ontology/rules/*.ttl"))
OLD = "/questions/rule-granularity"


def place_of(response):
    """The path of a permanent redirect, and its arguments."""
    assert response.status_code == 308, response.text
    parts = urlsplit(response.headers["Location"])
    return parts.path, parse_qsl(parts.query, keep_blank_values=True)


def test_an_old_name_means_a_question_of_today_and_parameters_that_it_takes():
    for old, moved in MOVED.items():
        assert old not in QUESTIONS
        taken = {parameter.name for parameter in QUESTIONS[moved.name].parameters}
        assert set(moved.arguments) <= taken


def test_each_rule_had_a_question_of_its_own():
    assert len(RULES) >= 45
    assert {f"rule-{key}" for key in RULES} <= set(MOVED)


@pytest.mark.parametrize("key", RULES)
def test_the_old_address_of_a_rule_leads_to_its_findings(client, key):
    place = place_of(client.get(f"/questions/rule-{key}"))
    assert place == ("/questions/rule-findings", [("rule", key)])


@pytest.mark.parametrize("suffix", ["html", "csv", "tsv", "json", "xml", "md"])
def test_a_redirect_keeps_the_suffix_and_leads_to_an_answer(client, suffix):
    response = client.get(f"{OLD}.{suffix}")
    assert place_of(response) == (
        f"/questions/rule-findings.{suffix}",
        [("rule", "granularity")],
    )
    followed = client.get(f"{OLD}.{suffix}", follow_redirects=True)
    assert followed.status_code == 200
    assert followed.data == client.get(response.headers["Location"]).data


def test_a_redirect_keeps_the_arguments_in_their_order_even_those_without_a_value(client):
    given = [("study", "ino-vate"), ("study", "Ino & co. ü"), ("release", "0.0.1"), ("name", "")]
    path, arguments = place_of(client.get(f"{OLD}.csv", query_string=given))
    assert path == "/questions/rule-findings.csv"
    assert arguments == [("rule", "granularity"), *given]


def test_head_is_redirected_too(client):
    assert place_of(client.head(OLD))[1] == [("rule", "granularity")]


def test_a_redirect_stays_below_the_path_that_a_proxy_serves(client):
    response = client.get(OLD, base_url="https://example.org/evidence")
    assert place_of(response)[0] == "/evidence/questions/rule-findings"


def test_what_an_old_name_has_settled_is_not_given_again(client):
    response = client.get(f"{OLD}.csv?rule=retelling")
    assert response.status_code == 400
    assert "rule=granularity" in response.get_json(force=True)["detail"]
    with pytest.raises(ParameterError, match="ask 'new'"):
        Moved("new", {"drug": "a"}).asked_with([("drug", "b")])


def test_a_name_that_never_was_is_not_found(client):
    assert client.get("/questions/rule-of-thumb").status_code == 404


def test_a_question_of_today_goes_before_an_old_name():
    (old, moved), *_others = MOVED.items()
    today = QUESTIONS[moved.name]
    assert question_named({moved.name: today}, old) == moved
    assert question_named({moved.name: today, old: today}, old) is today
    with pytest.raises(UnknownQuestion):
        question_named({"figures": QUESTIONS["figures"]}, old)


def test_an_old_name_is_answered_on_the_command_line_with_one_remark(allograph):
    study = "study=ino-children"
    done = allograph("ask", "rule-granularity", study)
    assert done.returncode == 0
    assert done.stderr == (
        "note: 'rule-granularity' is now asked as: "
        "allograph ask rule-findings rule=granularity study=ino-children\n"
    )
    assert done.stdout == allograph("ask", "rule-findings", "rule=granularity", study).stdout
    with (ANSWERS / "rule-findings.csv").open(newline="", encoding="utf-8") as file:
        approved = [row for row in csv.DictReader(file) if row["rule"] == "granularity"]
    shown = list(csv.DictReader(StringIO(done.stdout)))
    assert shown == [row for row in approved if "17 children" in row["study_label"]] != []
