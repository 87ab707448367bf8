"""Pooled figures over HTTP: the page, the data, the forest plot, ticked rows, what is refused."""

import csv
import io
import json
import re
from html import unescape
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest

from allograph.evidence.pooling.answers import Wish
from allograph.evidence.pooling.pool import pool
from allograph.namespaces import BASE
from allograph.reading.answers.known import read_known
from allograph.synthesis.pooled import MODELS
from allograph.web.service import EXTENSION

VOD = "/pool/vod-sos"
NUMBERS = "estimate lower upper prediction_lower prediction_upper tau2 i2 q studies people"
PROMISED = ["model", *NUMBERS.split(), "rows", "refused", "release"]
DATA = {
    "json": "application/json",
    "csv": "text/csv",
    "svg": "image/svg+xml",
    "png": "image/png",
}


def page(client, address):
    response = client.get(address, headers={"Accept": "text/html"})
    assert response.status_code == 200, response.text
    return response.text


def words(html):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def evidence_of(app):
    with app.test_request_context():
        return app.extensions[EXTENSION].reader.once(read_known)


def figures(rows):
    return [("figure", row["figure"].removeprefix(f"{BASE}study/")) for row in rows]


# Doors


@pytest.mark.parametrize("suffix", DATA)
def test_a_pool_answers_by_suffix_and_by_accept_header_alike(client, suffix):
    by_suffix = client.get(f"{VOD}.{suffix}")
    by_header = client.get(VOD, headers={"Accept": DATA[suffix]})
    assert by_suffix.status_code == 200
    assert by_suffix.mimetype == by_header.mimetype == DATA[suffix]
    assert by_suffix.data == by_header.data


@pytest.mark.parametrize("suffix", ["", *(f".{suffix}" for suffix in DATA)])
def test_who_has_an_answer_gets_304(client, suffix):
    first = client.get(f"{VOD}{suffix}")
    again = client.get(f"{VOD}{suffix}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_pool_is_made_once_for_the_same_question_in_other_words(app, client):
    cache = app.extensions["allograph.cache"]
    client.get(f"{VOD}?drug=inotuzumab-ozogamicin&at_time=12")
    hits, misses = cache.hits, cache.misses
    client.get(f"{VOD}?at_time=1+a&drug=drug:inotuzumab-ozogamicin&level=95&study=")
    assert (cache.hits, cache.misses) == (hits + 1, misses)


def test_the_json_has_what_is_promised_and_a_reason_for_what_is_null(client):
    for address in (VOD, "/pool/age", "/pool/relapse"):
        answer = client.get(f"{address}.json").json
        assert set(PROMISED) <= answer.keys()
        for name in PROMISED:
            assert answer[name] is not None or answer["reasons"], name
        assert answer["release"] == client.get("/pool").headers["Dataset-Release"]


def test_the_json_is_what_the_pooling_gives(app, client):
    evidence = evidence_of(app)
    first = pool(evidence, Wish(f"{BASE}outcome/vod-sos")).pools[0]
    answer = client.get(f"{VOD}.json").json
    assert answer["estimate"] == first.synthesis.estimate
    assert [row["figure"] for row in answer["rows"]] == [row.figure for row in first.rows]


def test_the_csv_has_a_row_for_each_figure_and_the_pooled_number(client):
    rows = list(csv.DictReader(io.StringIO(client.get(f"{VOD}.csv").text)))
    answer = client.get(f"{VOD}.json").json
    pooled = [row for row in rows if row["kind"] == "pooled"]
    assert float(pooled[0]["value"]) == pytest.approx(answer["estimate"])
    told = {row["figure"] for row in rows if row["kind"] in ("study", "not-pooled", "left-out")}
    assert {row["figure"] for row in (*answer["rows"], *answer["refused"])} <= told


# Mistakes


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/pool/vodsos", 404, "did you mean 'vod-sos'?"),
        (f"{VOD}?drg=x", 400, "did you mean 'drug'?"),
        (f"{VOD}?drug=inotuzumab-ozogamycin", 400, "did you mean 'inotuzumab-ozogamicin'?"),
        (f"{VOD}?across=definitions", 400, "did you mean 'definition'?"),
        (f"{VOD}?model=glm", 400, "did you mean 'glmm'?"),
        (f"{VOD}?level=195", 400, "confidence level"),
        (f"{VOD}?level=95&level=90", 400, "one at a time"),
        (f"{VOD}?at_time=12+parsecs", 400, "unit"),
        (f"{VOD}?retracted=perhaps", 400, "neither yes nor no"),
        (f"{VOD}?figure=ino-vate%23vod-inn", 400, "did you mean 'ino-vate#vod"),
        (f"{VOD}.xlsx", 404, ".xlsx is not offered here"),
        (f"{VOD}.svg?colours=red", 400, "colours are light or dark"),
        (f"{VOD}.json?release=0.0.1-other", 404, "release 0.0.1-other is not served here"),
    ],
)
def test_a_mistake_is_a_problem_with_the_nearest_name(client, address, status, said):
    response = client.get(address, headers={"Accept": "application/problem+json, */*;q=0.1"})
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    assert said in response.json["detail"]


def test_another_type_than_those_offered_is_refused(client):
    response = client.get(VOD, headers={"Accept": "application/pdf"})
    assert response.status_code == 406
    assert {"text/html", *DATA.values()} == set(response.json["offered"])


# The page


def test_the_page_says_the_answer_first_with_its_model_people_studies_and_release(client):
    answer = client.get(f"{VOD}.json").json
    said = words(re.search(r'<div class="answer-line".*?</div>', page(client, VOD), re.DOTALL)[0])
    assert said.startswith(f"{100 * answer['estimate']:.1f}% (95% interval")
    assert f"of {answer['people']} people in {answer['studies']} studies" in said
    assert MODELS[answer["model"]] in said
    assert answer["release"] in said


def test_every_figure_stands_on_the_page_with_its_weight_its_place_and_its_doubts(client):
    answer = client.get(f"{VOD}.json").json
    text = page(client, VOD)
    for row in answer["rows"]:
        key, _, part = row["figure"].removeprefix(f"{BASE}study/").partition("#")
        assert f'href="/study/{key}/figure/{part}" data-place' in text
        assert f"{100 * row['weight']:.1f}%" in text
    doubted = next(row for row in answer["rows"] if row["remarks"])
    assert f'value="{doubted["figure"].rpartition("/")[2]}"' in text
    assert 'class="flag"' in re.search(r'<section class="pool".*?</table>', text, re.DOTALL)[0]


def test_beside_a_number_stand_prediction_heterogeneity_other_models_and_lines_that_give_it(client):
    section = re.search(r'<section class="pool".*?</section>', page(client, VOD), re.DOTALL)[0]
    said = words(section)
    for part in ("Prediction interval", "Heterogeneity", "tau²", "I²", "other models"):
        assert part in said
    assert said.count("logistic model") > 1
    assert "library(metafor)" in said
    assert "rma.glmm" in said
    assert "from allograph.synthesis" in said


def test_what_is_not_pooled_is_shown_with_its_reason_and_never_with_a_number(client):
    answer = client.get(f"{VOD}.json").json
    text = page(client, VOD)
    refused = [each for each in answer["pools"] if each["refusals"]]
    assert refused
    for each in refused:
        assert each["estimate"] is None
        for reason in each["refusals"]:
            assert reason in unescape(text)
    below = text[text.index('id="refused"') :]
    assert "% interval" not in words(below)


def test_a_pool_that_differs_in_one_thing_leads_to_a_pool_across_it(client):
    text = page(client, "/pool/complete-remission")
    address = unescape(re.search(r'href="([^"]*across=[^"]*)"', text)[1])
    (name,) = re.findall(r"across=([a-z-]+)", address)
    across = client.get(address, headers={"Accept": "application/json"}).json
    assert across["across"] == [name]
    assert any(name in remark for each in across["pools"] for remark in each["remarks"])


def test_two_studies_are_told_together_and_not_pooled_by_a_model(client):
    answer = client.get("/pool/complete-remission.json").json
    pair = next(
        each for each in answer["pools"] if not each["refusals"] and each["estimate"] is None
    )
    text = words(page(client, "/pool/complete-remission"))
    assert f"{pair['crude']['events']} of {pair['crude']['people']} people" in text
    assert pair["reasons"]["estimate"] in text


def test_the_form_shows_what_was_asked_and_works_without_a_script(client):
    text = page(client, f"{VOD}?drug=inotuzumab-ozogamicin&across=definition&level=90&model=glmm")
    form = re.search(r'<form class="ask".*?</form>', text, re.DOTALL)[0]
    assert f'action="{VOD}"' in form
    assert '<option value="inotuzumab-ozogamicin" selected>' in form
    assert '<option value="glmm" selected>' in form
    assert 'name="across" value="definition" checked' in form
    assert 'name="level" value="90"' in form
    assert "<script>" not in text
    assert "style=" not in text


def test_a_page_of_another_release_says_so(client):
    text = page(client, f"{VOD}?release=0.0.1-other")
    assert "0.0.1-other" in text
    assert 'class="notice' in text


# The forest plot


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_the_plot_names_each_study_and_leads_to_the_place_of_its_figure(client, width):
    answer = client.get(f"{VOD}.json").json
    svg = client.get(f"{VOD}.svg?width={width}").text
    ElementTree.fromstring(svg)  # noqa: S314  # ours
    for row in answer["rows"]:
        key, _, part = row["figure"].removeprefix(f"{BASE}study/").partition("#")
        assert f'href="http://localhost/study/{key}/figure/{part}"' in svg
        assert f"weight {100 * row['weight']:.1f}%" in svg
    assert "Prediction interval" in svg
    assert answer["release"] in svg


def test_the_plot_has_the_colours_of_the_dark(client):
    light, dark = (client.get(f"{VOD}.svg?colours={look}").text for look in ("light", "dark"))
    assert light.count("<path") == dark.count("<path")
    assert "#ffffff" not in dark


# The list


def test_the_list_names_each_outcome_by_topic_with_what_comes_out(client):
    text = page(client, "/pool")
    listed = client.get("/pool.json").json["outcomes"]
    assert {"complete-remission", "vod-sos", "overall-survival"} <= {
        one["outcome"] for one in listed
    }
    for one in listed:
        assert f'href="/pool/{one["outcome"]}"' in text
        assert (one["pools"] == 0) == bool(one["why"])
    said = client.get(f"{VOD}.json").json
    assert f"{100 * said['estimate']:.1f}%" in text


@pytest.mark.parametrize("address", ["/", "/questions", "/outcome/vod-sos"])
def test_readers_are_led_to_what_can_be_pooled(client, address):
    assert re.search(r'href="/pool(/vod-sos)?"', page(client, address).partition("</header>")[2])


# Ticked rows


def test_the_rows_of_figures_can_be_ticked_and_sent_without_a_script(client):
    text = page(client, "/questions/figures?outcome=vod-sos&drug=inotuzumab-ozogamicin")
    rows = client.get(f"{VOD}.json").json["rows"]
    assert re.search(r'<form [^>]*id="pool-ticked" action="/pool"', text)
    for _, key in figures(rows):
        assert f'name="figure" value="{key}" form="pool-ticked"' in text
    answer = client.get("/pool", query_string=[("ticked", ""), *figures(rows)])
    assert answer.status_code == 303
    assert answer.location.startswith(f"{VOD}?figure=")


def test_ticked_rows_give_the_pool_of_these_alone(client):
    whole = client.get(f"{VOD}.json").json
    two = client.get(f"{VOD}.json", query_string=figures(whole["rows"][:2])).json
    assert [row["figure"] for row in two["rows"]] == [row["figure"] for row in whole["rows"][:2]]
    assert two["refused"] == []


def test_a_ticked_retelling_is_refused_as_ever(client):
    whole = client.get(f"{VOD}.json").json
    told_again = next(one for one in whole["refused"] if "nearer to the study" in one["reason"])
    chosen = [*figures(whole["rows"]), *figures([told_again])]
    answer = client.get(f"{VOD}.json", query_string=chosen).json
    assert answer["estimate"] == whole["estimate"]
    assert [one["figure"] for one in answer["refused"]] == [told_again["figure"]]
    assert answer["refused"][0]["reason"] == told_again["reason"]


def test_ticked_rows_of_several_outcomes_are_never_pooled_together(client):
    ticked = [("figure", "ino-vate#vod-ino-2019"), ("figure", "ino-cd22#vod")]
    others = figures(client.get("/pool/complete-remission.json").json["rows"][:1])
    response = client.get("/pool", query_string=[*ticked, *others], headers={"Accept": "text/html"})
    assert response.status_code == 200
    assert "2 outcomes" in response.text
    assert 'href="/pool/complete-remission?figure=' in response.text


def test_a_form_in_which_nothing_was_ticked_says_so(client):
    assert "No row was ticked" in page(client, "/pool?ticked=")
    assert "No row was ticked" not in page(client, "/pool")


def test_what_is_ticked_without_fellows_says_in_what_the_rows_differ(client):
    whole = client.get("/pool/complete-remission.json").json
    apart = [each for each in whole["pools"] if each["kind"] == "share"][:2]
    ticked = urlencode([figures(each["rows"][:1])[0] for each in apart])
    text = page(client, f"/pool/complete-remission?{ticked}")
    assert "Nothing is pooled." in text
    assert "they differ in" in text


def test_programs_read_what_the_answer_holds(client):
    interface = client.get("/openapi.json").json
    operation = interface["paths"]["/pool/{key}"]["get"]
    names = {parameter["name"] for parameter in operation["parameters"]}
    assert {
        "drug",
        "study",
        "statistic",
        "at_time",
        "time_origin",
        "across",
        "model",
        "level",
    } <= names
    schema = interface["components"]["schemas"]["Pooled"]
    assert set(PROMISED) <= set(schema["required"])
    answer = client.get(f"{VOD}.json").json
    assert set(schema["required"]) <= answer.keys()
    json.dumps(answer, allow_nan=False)
