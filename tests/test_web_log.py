"""The log: one line of JSON for each query, however it ended, and nothing private unasked."""

import json
import logging
import re
from hashlib import sha256

import pytest
from flask import Response
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder

from allograph import errors
from allograph.settings import Settings
from allograph.web import create_app
from allograph.web.http.clients import EXTENSION as CLIENTS
from allograph.web.http.log import LOGGER, start_log
from allograph.web.service import EXTENSION
from allograph.workers.pool import Pool

QUERY = "SELECT ?s WHERE { ?s ?p ?o } LIMIT 3"
LARGE = "SELECT ?s ?p ?o ?x WHERE { ?s ?p ?o . { SELECT ?x WHERE { ?x a ?c } LIMIT 5 } }"


@pytest.fixture
def lines(caplog):
    caplog.set_level(logging.INFO, LOGGER.name)

    def read():
        return [
            json.loads(record.getMessage())
            for record in caplog.records
            if record.name == LOGGER.name
        ]

    return read


@pytest.fixture
def app_with(app, namespaces):
    """The application with other settings, over the same workers."""

    def make(**settings):
        service = app.extensions[EXTENSION]
        release = service.reader.release
        return create_app(
            Settings(**settings), release, service.pool, release.questions, namespaces
        )

    return make


def leaving(app):
    """A client that need not read an answer to its end."""
    return FlaskClient(app, Response)


def ask(client, query, **headers):
    return client.get("/sparql", query_string={"query": query}, headers=headers)


def test_a_query_is_a_line_with_what_it_took(client, lines):
    answer = ask(client, QUERY, Accept="text/csv")
    (line,) = lines()
    assert line["id"] == answer.headers["Query-Id"]
    assert line["sha256"] == sha256(QUERY.encode()).hexdigest()
    assert line["outcome"] in ("ok", "cached")
    assert line["bytes"] == len(answer.data)
    assert 0 <= line["evaluation"] <= line["seconds"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", line["time"])


def test_a_question_in_json_tells_its_rows(client, lines):
    rows = client.get("/questions/doubts.json?flag=impossible-share").get_json(force=True)["rows"]
    # The first who asks has the choices of its parameters asked for, a run of its own before.
    *_choices, line = lines()
    assert line["rows"] == rows > 1


def test_a_query_whose_answer_is_kept_or_held_by_the_client_was_not_evaluated(client, lines):
    query = f"{QUERY} # kept"
    first = ask(client, query)
    ask(client, query)
    ask(client, query, **{"If-None-Match": first.headers["ETag"]})
    evaluated, kept, held = lines()
    assert [line["outcome"] for line in (evaluated, kept, held)] == ["ok", "cached", "not-modified"]
    assert evaluated["evaluation"] > kept["evaluation"] == held["evaluation"] == 0
    assert evaluated["bytes"] == kept["bytes"] > held["bytes"] == 0


def test_the_bytes_are_those_that_were_sent(client, lines):
    answer = ask(client, LARGE, **{"Accept": "text/csv", "Accept-Encoding": "gzip"})
    (line,) = lines()
    assert line["bytes"] == len(answer.data)
    assert line["outcome"] == "ok"


@pytest.mark.parametrize(
    ("query", "outcome"),
    [
        ("SELECT ?s WHERE {", "syntax"),
        ("INSERT DATA { <a:a> <a:a> <a:a> }", "refused"),
        ("ASK { SERVICE <http://127.0.0.1:9/> {} }", "refused"),
    ],
)
def test_a_query_that_is_not_run_is_a_line_too(client, lines, query, outcome):
    answer = ask(client, query)
    (line,) = lines()
    assert line["outcome"] == outcome
    assert line["id"] == answer.headers["Query-Id"]


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (errors.Busy("all workers are busy", 5), "busy"),
        (errors.DeadlineExceeded(30), "deadline"),
        (errors.AnswerTooLarge(10), "too-large"),
        (errors.ClientGone(), "gone"),
        (errors.MemoryExceeded(), "memory"),
        (errors.WorkerLost(), "lost"),
        (errors.StoreError("the store does not answer"), "failed"),
        (ZeroDivisionError(), "internal-server-error"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else None,
)
def test_what_stopped_a_query_is_its_outcome(client, lines, monkeypatch, error, outcome):
    def fail(*_arguments):
        raise error

    monkeypatch.setattr(Pool, "evaluate", fail)
    ask(client, f"{QUERY} # {outcome}")
    (line,) = lines()
    assert line["outcome"] == outcome


def test_an_answer_that_breaks_off_is_cut(app, lines, monkeypatch):
    def evaluate(*_arguments):
        def pieces():
            yield b"x" * (1 << 21)
            raise errors.DeadlineExceeded(30)

        return "csv", pieces()

    monkeypatch.setattr(Pool, "evaluate", evaluate)
    answer = leaving(app).get("/sparql", query_string={"query": f"{QUERY} # cut"})
    with pytest.raises(errors.DeadlineExceeded):
        list(answer.response)
    answer.close()
    (line,) = lines()
    assert line["outcome"] == "cut"
    assert line["bytes"] == (1 << 21)


@pytest.mark.parametrize("pieces_read", [0, 1])
def test_a_client_that_leaves_in_the_middle_is_gone(app, lines, monkeypatch, pieces_read):
    closed = []

    def evaluate(*_arguments):
        def pieces():
            try:
                while True:
                    yield b"x" * (1 << 20)
            finally:
                closed.append(True)

        return "csv", pieces()

    monkeypatch.setattr(Pool, "evaluate", evaluate)
    request = EnvironBuilder("/sparql", query_string={"query": f"{QUERY} # gone"})
    body = app(request.get_environ(), lambda *_started: None)
    for _ in range(pieces_read):
        next(iter(body))
    body.close()
    (line,) = lines()
    assert line["outcome"] == "gone"
    assert closed


def test_text_and_client_are_written_only_if_asked_for(app_with, lines):
    ask(app_with().test_client(), QUERY)
    ask(app_with(log_queries=1, log_clients=1).test_client(), QUERY)
    private, open_line = lines()
    assert not {"query", "client"} & set(private)
    assert (open_line["query"], open_line["client"]) == (QUERY, "127.0.0.1")


def test_a_client_over_its_rate_gets_a_429_with_a_time_to_wait(app_with, lines):
    client = app_with(rate=1).test_client()

    def ask_from(address, query):
        return client.get(
            "/sparql",
            query_string={"query": query},
            environ_overrides={"REMOTE_ADDR": address},
        )

    assert ask_from("192.0.2.1", f"{QUERY} # first").status_code == 200
    client.application.extensions[CLIENTS].charge("192.0.2.1", 5)
    refused = ask_from("192.0.2.1", f"{QUERY} # second")
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 200
    assert lines()[-1]["outcome"] == "too-many-requests"
    assert ask_from("192.0.2.2", f"{QUERY} # second").status_code == 200
    assert ask_from("127.0.0.1", f"{QUERY} # third").status_code == 200


def test_evaluation_is_charged_to_the_client(app_with):
    app = app_with(rate=60)
    charged = []
    app.extensions[CLIENTS].charge = lambda client, seconds: charged.append((client, seconds))
    ask(app.test_client(), f"{QUERY} # charged")
    assert {client for client, _ in charged} == {"127.0.0.1"}
    assert sum(seconds for _, seconds in charged) > 0


def test_a_page_that_is_no_query_is_no_line(client, lines):
    client.get("/ontology")
    client.get("/study/ino-vate")
    assert lines() == []


def test_the_log_goes_to_standard_error_as_plain_lines(capsys):
    before = LOGGER.handlers, LOGGER.level, LOGGER.propagate
    try:
        start_log()
        LOGGER.info("%s", json.dumps({"query": "two\nlines"}))
    finally:
        LOGGER.handlers, LOGGER.level, LOGGER.propagate = before
    out, err = capsys.readouterr()
    assert (out, err) == ("", '{"query": "two\\nlines"}\n')


def test_the_settings_of_the_log_are_off_by_default():
    assert (Settings().log_queries, Settings().log_clients) == (0, 0)
