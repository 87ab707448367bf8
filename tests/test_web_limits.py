"""Limits of requests: too large, too long, or no text, they are refused with a problem."""

import io
import json
from functools import partial

import pytest
from flask import Flask, request
from werkzeug.exceptions import HTTPException

from allograph.settings import Settings
from allograph.web.http.limits import FIELDS, check_request, read_at_most
from allograph.web.http.problems import answer_http_error
from allograph.web.http.steps import Step, take_steps

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
BODY_LIMIT = 2 * 1024


@pytest.fixture
def ask():
    app = Flask(__name__)
    settings = Settings(body_limit=2, url_limit=1024)
    app.config["MAX_CONTENT_LENGTH"] = read_at_most(settings)
    take_steps(app, [Step("limits", before=partial(check_request, settings))])
    app.register_error_handler(HTTPException, answer_http_error)

    @app.route("/", methods=["GET", "POST"])
    def answer():
        return "|".join([*request.values.getlist("query"), request.get_data(as_text=True)])

    def ask(**request):
        response = app.test_client().open("/", **request)
        if response.status_code != 200:
            problem = json.loads(response.data)
            assert response.mimetype == "application/problem+json"
            assert problem["status"] == response.status_code
            assert problem["detail"]
        return response

    return ask


@pytest.mark.parametrize("media_type", [FORM, QUERY, "text/turtle"])
def test_a_body_may_have_so_many_bytes(ask, media_type):
    assert ask(method="POST", data=b"x" * BODY_LIMIT, content_type=media_type).status_code == 200
    large = ask(method="POST", data=b"x" * (BODY_LIMIT + 1), content_type=media_type)
    assert large.status_code == 413


@pytest.mark.parametrize("media_type", [FORM, QUERY])
def test_a_body_that_does_not_say_its_length_has_the_same_limit(ask, media_type):
    def chunked(size):
        return ask(
            method="POST",
            input_stream=io.BytesIO(b"x" * size),
            content_type=media_type,
            environ_overrides={"wsgi.input_terminated": True},
            headers={"Transfer-Encoding": "chunked"},
        )

    assert chunked(BODY_LIMIT).text.endswith("x")
    for size in (BODY_LIMIT + 1, BODY_LIMIT + 2, 10 * BODY_LIMIT):
        assert chunked(size).status_code == 413


def test_a_url_may_have_so_many_bytes(ask):
    assert ask(query_string="query=" + "x" * 1000).status_code == 200
    response = ask(query_string="query=" + "x" * 1024)
    assert response.status_code == 414
    assert "POST" in json.loads(response.data)["detail"]
    assert len(response.data) < 1024


@pytest.mark.parametrize("encoded", ["%FF", "%C3%28", "%ED%A0%80", "a%00b", "%C0%80"])
def test_what_is_no_text_is_refused_in_a_url_and_in_a_form(ask, encoded):
    field = f"query={encoded}"
    assert ask(query_string=field).status_code == 400
    assert ask(query_string=f"{encoded}=1").status_code == 400
    assert ask(method="POST", data=field, content_type=FORM).status_code == 400


@pytest.mark.parametrize("body", [b"\xff", b"ASK {} # \xc3(", b"ASK {}\0"])
def test_a_query_that_is_no_text_is_refused(ask, body):
    assert ask(method="POST", data=body, content_type=QUERY).status_code == 400
    assert ask(method="POST", data=body, content_type=f"{QUERY}; charset=utf-8").status_code == 400


def test_text_passes_as_it_was_sent(ask):
    assert ask(query_string="query=%C3%A9+%26%25").text == "é &%|"
    assert ask(method="POST", data="query=%C3%A9", content_type=FORM).text.startswith("é|")
    body = "ASK { ?s ?p '%00 %FF é' }"
    assert ask(method="POST", data=body.encode(), content_type=QUERY).text == body


def test_too_many_fields_are_refused(ask):
    fields = "&" * (FIELDS - 1)
    assert ask(query_string=fields).status_code == 200
    assert ask(query_string=f"{fields}&").status_code == 400
    assert ask(method="POST", data=f"{fields}&", content_type=FORM).status_code == 400
