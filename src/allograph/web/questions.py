"""Ask the questions: a list, a page with a form and its answer, and the answer as data.

The arguments of the URL are the question's parameters, by key or by IRI, repeated for several
values; an argument without a value leaves its parameter open.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime

from flask import Blueprint, Response, g, render_template, request, url_for

from allograph.namespaces import key_of
from allograph.questions import RESERVED, Parameter, Question, bind, choices, question_named
from allograph.web.cache import remembered
from allograph.web.citation import Citation
from allograph.web.completeness import with_completeness
from allograph.web.controls import Arguments, arguments_of, controls_of, sentence_of, words_of
from allograph.web.evaluate import answer, answer_whole, expect_solutions
from allograph.web.evidence import look_behind
from allograph.web.negotiate import (
    JSON,
    PAGE,
    SOLUTIONS,
    SVG,
    Offer,
    choose,
    entity_tag,
    offers,
    respond,
    respond_json,
    respond_page,
    respond_pieces,
)
from allograph.web.permalinks import RELEASE, other_release, refuse_other_release, without_release
from allograph.web.pictures import drawing_of, picture
from allograph.web.runs import Pieces, begin_run
from allograph.web.service import current_service
from allograph.web.snippets import snippets
from allograph.web.tables import Table, table_of
from allograph.workers.jobs import Job

blueprint = Blueprint("questions", __name__)

LIST: Offer = (PAGE, JSON)
ANSWERS: Offer = (PAGE, *SOLUTIONS, SVG)


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
    chosen = choose(offer_of(question), suffix)
    given = {name: values for name, values in request.args.lists() if name not in RESERVED}
    query = bind(question, given, service.store)
    begin_run(query)
    if chosen.is_page:
        html = kept(query, lambda: question_page(question, query, given).encode())
        return respond_page(html.decode())
    refuse_other_release()
    if chosen.representation is SVG:
        svg = kept(query, lambda: plot_of(question, query, given))
        return respond(chosen, (svg.decode(),), lambda body: body.write(svg))
    return respond_pieces(chosen, (name, query), lambda: answer_as_data(query, chosen.format.name))


def kept(query: str, make: Callable[[], bytes]) -> bytes:
    """Keep a page or a plot for who asks the same today; the address is part of what it says."""
    return remembered(entity_tag("made", request.url, query, today().isoformat()), make)


def today() -> date:
    """Return the date that a citation gives."""
    return datetime.now(UTC).date()


def offer_of(question: Question) -> Offer:
    """Return what a question is answered with: as a picture only where it has a plot."""
    return ANSWERS if question.plot else ANSWERS[:-1]


def whole_answer(question: Question, query: str) -> Table:
    """Evaluate a query for its page, or for its plot."""
    return table_of(expect_solutions(answer_whole(query)), question.columns)


def answer_as_data(query: str, format_name: str) -> Pieces:
    """Answer in pieces; JSON says that it is whole, and how many rows it has."""
    pieces = answer(Job(query, (format_name,)))
    if format_name != "json":
        return pieces
    return with_completeness(pieces, g.run, current_service().release.id)


def plot_of(question: Question, query: str, given: Arguments) -> bytes:
    """Draw the answer as SVG."""
    title = sentence_of(words_of(question, controls_of(question, given)))
    return picture(question, title, whole_answer(question, query).rows)


def question_page(question: Question, query: str, given: Arguments) -> str:
    """Write the page of a question: sentence, form, answer, plot, citation, and ways to ask."""
    release = current_service().release
    controls = controls_of(question, given)
    words = words_of(question, controls)
    sentence = sentence_of(words)
    table = whole_answer(question, query)
    arguments = arguments_of(control for control in controls if not control.is_default)
    asked = f"?{arguments}" if arguments else ""
    address = url_for("questions.answer_question", name=question.name, _external=True)
    permalink = f"{address}?{arguments_of(controls, **{RELEASE: release.id})}"
    behind = look_behind(line.about for line in table.lines)
    return render_template(
        "question.html",
        question=question,
        controls=controls,
        pieces=words,
        sentence=sentence,
        table=table,
        evidence=behind.by_iri,
        names=behind.names,
        drawing=drawing_of(question, table.rows),
        query=query,
        asked=asked,
        formats=dict.fromkeys(SOLUTIONS),
        permalink=permalink,
        other_release=other_release(),
        without_release=without_release(),
        citation=Citation(
            question.name,
            sentence,
            release.id,
            release.manifest.get("issued", ""),
            today(),
            permalink,
        ),
        snippets=snippets(
            f"{address}.csv{asked}",
            url_for("sparql.query_by_get", _external=True),
            query,
        ),
    )


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
