"""The steps that every request passes through: down to its view, and up again."""

import pytest
from flask import Flask, Response, request
from test_layers import OWN

from allograph.settings import Settings
from allograph.web import steps_of
from allograph.web.http.exchange import current_exchange
from allograph.web.http.problems import register_problems
from allograph.web.http.steps import Step, take_steps


@pytest.fixture
def passed():
    """An application of two steps, and what a request to it passed."""
    app, seen = Flask(__name__), []

    def step(name):
        def after(response):
            seen.append(f"after {name}")
            return response

        return Step(name, lambda: seen.append(f"before {name}"), after)

    def only_after(response):
        seen.append("after inner only")
        return response

    take_steps(app, [step("outer"), step("inner"), Step("answers", after=only_after)])
    register_problems(app)

    @app.get("/")
    def view():
        seen.append("view")
        return "answer"

    def ask(address):
        seen.clear()
        app.test_client().get(address)
        return list(seen)

    return ask


def test_a_request_goes_down_the_steps_and_its_answer_up_again(passed):
    assert passed("/") == [
        "before outer",
        "before inner",
        "view",
        "after inner only",
        "after inner",
        "after outer",
    ]


def test_an_error_goes_up_the_same_steps(passed):
    assert passed("/nowhere")[-3:] == ["after inner only", "after inner", "after outer"]


def test_the_steps_stand_in_one_list_in_the_order_of_its_invariants():
    steps = [step.name for step in steps_of(Settings())]
    assert len(set(steps)) == len(steps)
    assert steps[0] == "runs"
    assert steps.index("limits") < steps.index("compression") < steps.index("headers")


def test_no_step_stands_outside_of_the_list(app):
    steps = steps_of(Settings())
    before, after = app.before_request_funcs, app.after_request_funcs
    assert sum(map(len, before.values())) == sum(step.before is not None for step in steps)
    assert sum(map(len, after.values())) == sum(step.after is not None for step in steps)


def test_http_knows_no_page():
    assert not {
        (name, used)
        for name, modules in OWN.items()
        for used in modules
        if name.startswith("web.http.") and used.startswith(("web.pages", "web.templating"))
    }


def test_what_is_known_of_a_request_ends_with_it():
    app, known = Flask(__name__), []

    @app.get("/")
    def view():
        exchange = current_exchange()
        assert exchange is current_exchange()
        known.append(exchange)
        exchange.held = request.args["held"]
        return Response()

    client = app.test_client()
    client.get("/?held=a")
    client.get("/?held=b")
    first, second = known
    assert first is not second
    assert (first.held, second.held) == ("a", "b")
