"""Ask the questions: a list, a page with a form and its answer, and the answer as data.

The arguments of the URL are the question's parameters, by key or by IRI, repeated for several
values; an argument without a value leaves its parameter open.
"""

from __future__ import annotations

from dataclasses import asdict
from hashlib import sha256
from http import HTTPStatus
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request, url_for

from allograph.drawings.charts.png import png_of
from allograph.errors import ParameterError, nearest
from allograph.namespaces import key_of
from allograph.questions.question import (
    Moved,
    Parameter,
    Question,
    question_named,
)
from allograph.rdf.formats import CSV_FOR_SHEETS, FORMAT_BY_NAME
from allograph.reading.completeness import with_completeness
from allograph.reading.listing import by_topic, clinical
from allograph.reading.taking.formats import (
    ANSWER_FORMATS,
    PNG,
    AnswerFormat,
    is_document,
    is_picture,
)
from allograph.web.http.evaluate import answer
from allograph.web.http.negotiate import (
    JSON,
    PAGE,
    Offer,
    choose,
    offers,
    respond,
    respond_json,
    respond_page,
    respond_pieces,
)
from allograph.web.http.permalinks import (
    other_release,
    refuse_other_release,
    without_release,
)
from allograph.web.http.runs import Pieces
from allograph.web.pages.asking import Asking, asking, known_choices
from allograph.web.pages.pictures import Look, picture, rows_to_draw, wanted_look
from allograph.web.pages.question_page import question_page
from allograph.web.pages.taking import named, take_along
from allograph.web.service import current_reader
from allograph.workers.jobs import Job

blueprint = Blueprint("questions", __name__)

LIST: Offer = (PAGE, JSON)
COLUMNS: Offer = (JSON,)
ANSWERS: Offer = (PAGE, FORMAT_BY_NAME["json"], *ANSWER_FORMATS)

FIELDS = "fields"
"""The argument that names what of each question the list is to say."""

NOTICE = "<!-- notice -->\n"
"""Where ``question.html`` has its notice, which depends on the address; no text is spelt so."""


@blueprint.get("/questions")
@blueprint.get("/questions.<suffix>")
@offers(LIST)
def list_questions(suffix: str | None = None) -> Response:
    """List the questions by topic; as JSON with their parameters, or with the fields asked for."""
    known = current_reader().questions
    if choose(LIST, suffix).is_page:
        topics = by_topic(known)
        return respond_page(
            render_template(
                "questions.html", topics=topics, clinical=clinical(topics), total=len(known)
            )
        )
    described = [describe(question) for question in known.values()]
    return respond_json({"questions": with_fields(described, request.args.get(FIELDS, ""))})


@blueprint.get("/questions/<name>/columns.json")
@offers(COLUMNS)
def describe_columns(name: str) -> Response:
    """Say what each column of an answer means: its label, unit and type, and where it leads."""
    question = question_named(current_reader().questions, name)
    if isinstance(question, Moved):
        address = url_for("questions.describe_columns", name=question.name)
        return Response(status=HTTPStatus.PERMANENT_REDIRECT, headers={"Location": address})
    return respond_json({"columns": [asdict(column) for column in question.columns]})


@blueprint.get("/questions/<name>")
@blueprint.get("/questions/<name>.<suffix>")
@offers(ANSWERS)
def answer_question(name: str, suffix: str | None = None) -> Response:
    """Answer a question; its parameters are the arguments of the URL."""
    question = question_named(current_reader().questions, name)
    if isinstance(question, Moved):
        return lead_to(question, suffix)
    chosen = choose(offer_of(question), suffix)
    format = chosen.representation
    asked = asking(question, as_rows=not (chosen.is_page or is_picture(format)))
    if chosen.is_page:
        html = asked.kept(chosen.media_type, lambda: question_page(asked).encode())
        return respond_page(html.decode().replace(NOTICE, notice(), 1))
    refuse_other_release()
    if is_picture(format):
        look = wanted_look()
        drawn = asked.kept(chosen.media_type, lambda: plot_of(asked, look, format), *look.meaning)
        digest = sha256(drawn).hexdigest()
        response = respond(chosen, (digest,), lambda body: body.write(drawn))
        return named(response, asked, format)
    if is_document(format) or not asked.selection.is_all:
        return take_along(asked, chosen, format)
    meaning = asked.asked.meaning
    response = respond_pieces(chosen, meaning, lambda: answer_as_data(asked, format.name))
    return named(response, asked, format)


def lead_to(moved: Moved, suffix: str | None) -> Response:
    """Redirect an old name for good, with its suffix and its arguments."""
    address = url_for("questions.answer_question", name=moved.name, suffix=suffix)
    arguments = urlencode(moved.asked_with(request.args.items(multi=True)))
    location = f"{address}?{arguments}" if arguments else address
    return Response(status=HTTPStatus.PERMANENT_REDIRECT, headers={"Location": location})


def notice() -> str:
    """Say above a page that its address is of another release; nothing, if it is not."""
    if not (wanted := other_release()):
        return ""
    shown = {"other_release": wanted, "without_release": without_release()}
    return render_template("_other_release.html", **shown) + "\n"


def offer_of(question: Question) -> Offer:
    """What a question is answered with: as a picture only where it has a plot."""
    return ANSWERS if question.plot else tuple(it for it in ANSWERS if not is_picture(it))


def answer_as_data(asked: Asking, format_name: str) -> Pieces:
    """Answer in pieces; JSON says that it is whole, how many rows it has, and why it has none."""
    run = asked.run
    written_as = CSV_FOR_SHEETS.name if format_name == "csv" else format_name
    pieces = answer(run, Job(run.sparql, (written_as,)))
    if format_name != "json":
        return pieces
    reader = current_reader()

    def count(rows: int) -> None:
        run.rows = rows

    release = reader.release.id if reader.is_release else None
    return with_completeness(pieces, release, count, lambda: str(asked.instead_of_rows() or ""))


def plot_of(asked: Asking, look: Look, format: AnswerFormat) -> bytes:
    """Draw the answer."""
    svg = picture(asked.question, asked.sentence, rows_to_draw(asked.rows(), asked.wish), look)
    return png_of(svg) if format is PNG else svg.encode()


def with_fields(described: list[dict[str, object]], fields: str) -> list[dict[str, object]]:
    """What is asked for of each question, as in ``name,title``; everything, if nothing is.

    Raises:
        ParameterError: for a field that a question does not have.

    """
    wanted = [field.strip() for field in fields.split(",") if field.strip()]
    for field in wanted:
        if described and field not in described[0]:
            raise ParameterError(
                FIELDS, f"{FIELDS}: '{field}' is none{nearest(field, described[0])}"
            )
    return [{key: each[key] for key in wanted or each} for each in described]


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
            {
                "name": column.name,
                "label": column.label,
                "unit": column.unit,
                "type": column.type,
                "meaning": column.meaning,
            }
            for column in question.columns
        ],
    }


def describe_parameter(parameter: Parameter) -> dict[str, object]:
    """Describe a parameter for programs; its values as keys, as people type them."""
    known = [choice.key for choice in known_choices(parameter)]
    is_iri = parameter.type == "iri"
    return {
        "name": parameter.name,
        "type": parameter.type,
        "class": parameter.class_iri,
        "defaults": [key_of(value) if is_iri else value for value in parameter.defaults],
        "description": parameter.description,
        "values": known or list(parameter.choices),
    }
