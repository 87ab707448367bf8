"""Ask the questions: a list, a page with a form and its answer, and the answer as data.

The arguments of the URL are the question's parameters, by key or by IRI, repeated for several
values; an argument without a value leaves its parameter open.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, date, datetime
from http import HTTPStatus
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request, url_for

from allograph.errors import ParameterError, nearest
from allograph.namespaces import key_of
from allograph.questions.parameters import choices_query, instances_of
from allograph.questions.question import (
    RESERVED,
    Bound,
    Choices,
    Moved,
    Parameter,
    Question,
    bound,
    question_named,
)
from allograph.reading.answer_table import Table, table_of
from allograph.reading.behind import look_behind
from allograph.reading.citation import Citation
from allograph.reading.completeness import with_completeness
from allograph.reading.controls import controls_of, sentence_of, words_of
from allograph.reading.listing import by_topic
from allograph.reading.notices import banners, rows_of_reports
from allograph.reading.reader import expect_solutions
from allograph.reading.snippets import snippets
from allograph.reading.unread import (
    Unanswered,
    is_about_studies,
    read_known_trials,
    unanswered,
)
from allograph.web.http.evaluate import answer, answer_whole
from allograph.web.http.keeping import answer_key, remembered
from allograph.web.http.negotiate import (
    JSON,
    PAGE,
    SOLUTIONS,
    SVG,
    Chosen,
    Offer,
    choose,
    offers,
    respond,
    respond_json,
    respond_page,
    respond_pieces,
)
from allograph.web.http.permalinks import (
    RELEASE,
    other_release,
    refuse_other_release,
    without_release,
)
from allograph.web.http.query_run import QueryRun
from allograph.web.http.runs import Pieces, ask_beside, begin_run, charged_work
from allograph.web.links import arguments_of
from allograph.web.pages.pictures import drawing_of, picture, wanted_colours
from allograph.web.service import current_reader
from allograph.workers.jobs import Job

blueprint = Blueprint("questions", __name__)

LIST: Offer = (PAGE, JSON)
COLUMNS: Offer = (JSON,)
ANSWERS: Offer = (PAGE, *SOLUTIONS, SVG)

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
        return respond_page(render_template("questions.html", topics=by_topic(known)))
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
    given = {name: values for name, values in request.args.lists() if name not in RESERVED}
    asked = bound(question, given, known_choices)
    run = begin_run(asked.query)
    if chosen.is_page:
        html = kept(chosen, asked, run, lambda: question_page(asked, run).encode())
        return respond_page(html.decode().replace(NOTICE, notice(), 1))
    refuse_other_release()
    if chosen.representation is SVG:
        colours = wanted_colours()
        svg = kept(chosen, asked, run, lambda: plot_of(asked, run, colours), colours)
        return respond(chosen, (svg.decode(),), lambda body: body.write(svg))
    return respond_pieces(
        chosen, asked.meaning, lambda: answer_as_data(asked, run, chosen.format.name)
    )


def lead_to(moved: Moved, suffix: str | None) -> Response:
    """Redirect an old name for good, with its suffix and its arguments."""
    address = url_for("questions.answer_question", name=moved.name, suffix=suffix)
    arguments = urlencode(moved.asked_with(request.args.items(multi=True)))
    location = f"{address}?{arguments}" if arguments else address
    return Response(status=HTTPStatus.PERMANENT_REDIRECT, headers={"Location": location})


def kept(
    chosen: Chosen, asked: Bound, run: QueryRun, make: Callable[[], bytes], *colours: str
) -> bytes:
    """Keep a page or a plot for who asks the same today; what it shows follows from its key.

    It names the address of the service, and the day.
    """
    meaning = (request.root_url, today().isoformat(), *colours, *asked.meaning)
    return remembered(
        answer_key(chosen.media_type, "question", *meaning), lambda: charged(run, make)
    )


def charged(run: QueryRun, make: Callable[[], bytes]) -> bytes:
    """Make a page or a plot at the expense of its reader."""
    with charged_work(run):
        return make()


def known_choices(parameter: Parameter) -> Choices:
    """What can be chosen for a parameter of a class."""
    class_iri = parameter.class_iri
    if not class_iri:
        return Choices()
    return current_reader().shelf.once(("choices", class_iri), lambda: choices_in(class_iri))


def choices_in(class_iri: str) -> Choices:
    """Ask for the instances of a class."""
    return ask_beside(choices_query(class_iri), lambda store: instances_of(class_iri, store))


def notice() -> str:
    """Say above a page that its address is of another release; nothing, if it is not."""
    if not (wanted := other_release()):
        return ""
    shown = {"other_release": wanted, "without_release": without_release()}
    return render_template("_other_release.html", **shown) + "\n"


def today() -> date:
    """The date that a citation gives."""
    return datetime.now(UTC).date()


def offer_of(question: Question) -> Offer:
    """What a question is answered with: as a picture only where it has a plot."""
    return ANSWERS if question.plot else ANSWERS[:-1]


def whole_answer(question: Question, run: QueryRun) -> Table:
    """Evaluate the query of a question for its page, or for its plot."""
    return table_of(current_reader(), expect_solutions(answer_whole(run)), question.columns)


def answer_as_data(asked: Bound, run: QueryRun, format_name: str) -> Pieces:
    """Answer in pieces; JSON says that it is whole, how many rows it has, and why it has none."""
    pieces = answer(run, Job(run.sparql, (format_name,)))
    if format_name != "json":
        return pieces
    reader = current_reader()

    def count(rows: int) -> None:
        run.rows = rows

    release = reader.release.id if reader.is_release else None
    return with_completeness(pieces, release, count, lambda: str(instead_of_rows(asked) or ""))


def instead_of_rows(asked: Bound) -> Unanswered | None:
    """What to say where a question has an empty answer; nothing, if no study could answer it."""
    if not is_about_studies(asked.question):
        return None
    return unanswered(asked, current_reader().once(read_known_trials))


def plot_of(asked: Bound, run: QueryRun, colours: str) -> bytes:
    """Draw the answer as SVG."""
    question = asked.question
    title = sentence_of(words_of(question, controls_of(asked)))
    return picture(question, title, whole_answer(question, run).rows, colours)


def question_page(asked: Bound, run: QueryRun) -> str:
    """Write the page of a question: sentence, form, answer, plot, citation, and ways to ask."""
    reader = current_reader()
    question, query, release = asked.question, asked.query, reader.release
    controls = controls_of(asked)
    words = words_of(question, controls)
    sentence = sentence_of(words)
    table = whole_answer(question, run)
    arguments = arguments_of(control for control in controls if not control.is_default)
    suffixed = f"?{arguments}" if arguments else ""
    address = url_for("questions.answer_question", name=question.name, _external=True)
    of_release = {RELEASE: release.id} if reader.is_release else {}
    permalink = f"{address}?{arguments_of(controls, **of_release)}"
    behind = look_behind(reader, (line.about for line in table.lines))
    return render_template(
        "question.html",
        question=question,
        controls=controls,
        pieces=words,
        sentence=sentence,
        table=table,
        unanswered=None if table.lines else instead_of_rows(asked),
        evidence=behind.by_iri,
        names=behind.names,
        banners=banners(reader, rows_of_reports(table, behind)),
        drawing=drawing_of(question, table.rows),
        query=query,
        asked=suffixed,
        formats=dict.fromkeys(SOLUTIONS),
        permalink=permalink,
        citation=Citation(
            question.name,
            sentence,
            release.id if reader.is_release else "",
            release.manifest.get("issued", "") if reader.is_release else "",
            today(),
            permalink,
        ),
        snippets=snippets(
            f"{address}.csv{suffixed}",
            url_for("sparql.query_by_get", _external=True),
            query,
        ),
    )


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
