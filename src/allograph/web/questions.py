"""Ask the questions: a list, a page with a form and its answer, and the answer as data.

The arguments of the URL are the question's parameters, by key or by IRI, repeated for several
values; an argument without a value leaves its parameter open.
"""

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, Response, g, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from allograph.namespaces import key_of
from allograph.questions import Choice, Parameter, Question, bind, choices, question_named
from allograph.web.completeness import with_completeness
from allograph.web.evaluate import answer, answer_whole, expect_solutions
from allograph.web.negotiate import (
    JSON,
    PAGE,
    SOLUTIONS,
    Offer,
    choose,
    offers,
    respond_json,
    respond_page,
    respond_pieces,
)
from allograph.web.patience import SECONDS
from allograph.web.runs import Pieces, begin_run
from allograph.web.service import current_service
from allograph.web.tables import table_of
from allograph.workers.jobs import Job

blueprint = Blueprint("questions", __name__)

LIST: Offer = (PAGE, JSON)
ANSWERS: Offer = (PAGE, *SOLUTIONS)


@dataclass(frozen=True)
class Control:
    """A parameter as a control of the form: what can be chosen, and what is."""

    parameter: Parameter
    choices: Sequence[Choice]
    values: Sequence[str]

    def is_chosen(self, choice: Choice) -> bool:
        """Tell whether a choice is among the values, by whatever name it was given."""
        names = {name.casefold() for name in choice.names}
        return any(value.casefold() in names for value in self.values)


@blueprint.get("/questions")
@blueprint.get("/questions.<suffix>")
@offers(LIST)
def list_questions(suffix: str | None = None) -> Response:
    """List the questions by topic; as JSON with their parameters."""
    known = current_service().questions
    if choose(LIST, suffix).is_page:
        return respond_page(render_template("questions.html", topics=by_topic(known)))
    return respond_json({"questions": [describe(question) for question in known.values()]})


@blueprint.get("/questions/<name>")
@blueprint.get("/questions/<name>.<suffix>")
@offers(ANSWERS)
def answer_question(name: str, suffix: str | None = None) -> Response:
    """Answer a question; its parameters are the arguments of the URL."""
    service = current_service()
    question = question_named(service.questions, name)
    chosen = choose(ANSWERS, suffix)
    given = {name: values for name, values in request.args.lists() if name != SECONDS}
    query = bind(question, given, service.store)
    begin_run(query)
    if chosen.is_page:
        return respond_page(question_page(question, query))
    return respond_pieces(chosen, (name, query), lambda: answer_as_data(query, chosen.format.name))


def answer_as_data(query: str, format_name: str) -> Pieces:
    """Answer in pieces; JSON says that it is whole, and how many rows it has."""
    pieces = answer(Job(query, (format_name,)))
    if format_name != "json":
        return pieces
    return with_completeness(pieces, g.run, current_service().release.id)


def question_page(question: Question, query: str) -> str:
    """Write the page of a question: form, answer, downloads, query."""
    address = url_for("questions.answer_question", name=question.name, _external=True)
    arguments = urlencode(list(request.args.items(multi=True)))
    asked = f"?{arguments}" if arguments else ""
    return render_template(
        "question.html",
        question=question,
        controls=[control(parameter, request.args) for parameter in question.parameters],
        table=table_of(expect_solutions(answer_whole(query)), question.columns),
        query=query,
        asked=asked,
        formats=dict.fromkeys(SOLUTIONS),
        curl=f"curl {shlex.quote(f'{address}.csv{asked}')}",
    )


def control(parameter: Parameter, arguments: MultiDict[str, str]) -> Control:
    """Make the control of a parameter, showing what was asked or else the default."""
    known = choices(parameter, current_service().store)
    asked = arguments.getlist(parameter.name) or parameter.defaults
    return Control(parameter, known, [value for value in asked if value.strip()])


def by_topic(known: Mapping[str, Question]) -> dict[str, list[Question]]:
    """Put each question under its first tag."""
    topics: dict[str, list[Question]] = {}
    for question in known.values():
        topics.setdefault(next(iter(question.tags), "other"), []).append(question)
    return dict(sorted(topics.items()))


def describe(question: Question) -> dict[str, object]:
    """Describe a question for programs."""
    return {
        "name": question.name,
        "title": question.title,
        "description": question.description,
        "tags": question.tags,
        "href": url_for("questions.answer_question", name=question.name, _external=True),
        "parameters": [describe_parameter(parameter) for parameter in question.parameters],
        "columns": [
            {"name": column.name, "label": column.label, "unit": column.unit}
            for column in question.columns
        ],
    }


def describe_parameter(parameter: Parameter) -> dict[str, object]:
    """Describe a parameter for programs; its values as keys, as people type them."""
    known = [choice.key for choice in choices(parameter, current_service().store)]
    is_iri = parameter.type == "iri"
    return {
        "name": parameter.name,
        "type": parameter.type,
        "class": parameter.class_iri,
        "defaults": [key_of(value) if is_iri else value for value in parameter.defaults],
        "description": parameter.description,
        "values": known or list(parameter.choices),
    }
