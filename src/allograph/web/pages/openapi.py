"""Describe the interface as an OpenAPI 3.1 document.

Nothing is written twice: paths come from the routes, their summaries from the views, the types
from the offers of the views, and an operation for each question from the question itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any, NamedTuple

from flask import Flask
from werkzeug.routing import Rule

from allograph.evidence.pooling.differences import DIFFERENCES
from allograph.evidence.pooling.effect import MEASURES
from allograph.questions.question import Parameter, Question
from allograph.reading.answers.wish import COLUMNS, RETELLINGS, ROWS_ON_A_PAGE, SORT
from allograph.reading.answers.wish import PAGE as PAGE_NUMBER
from allograph.reading.pooled.asked import MODELS
from allograph.reading.reader import Reader
from allograph.reading.taking.extent import LIMIT, OFFSET
from allograph.reading.taking.formats import is_picture
from allograph.web.http.headers import LICENSE
from allograph.web.http.negotiate import JSON, SOLUTIONS, Offer
from allograph.web.http.permalinks import RELEASE
from allograph.web.http.protocol import FORM, QUERY
from allograph.web.pages.answer_schema import TERM, reference_to, schemas_of
from allograph.web.pages.pictures import COLOURS, DARK, LIGHT, NARROW, WIDE, WIDTH
from allograph.web.pages.pool_schema import POOLED

Document = dict[str, Any]

QUESTION_VIEW = "questions.answer_question"
POOL_VIEW = "pool.show_pool"


class Argument(NamedTuple):
    """An argument of the URL that is no parameter of a question."""

    name: str
    description: str
    is_repeatable: bool = False
    type: str = "string"


POOLED_FIGURE = Argument(
    "figure", "Only this figure, by key or IRI, as in ino-vate#cr-ino.", is_repeatable=True
)
DATASET = (
    Argument("default-graph-uri", "A graph of the default graph; overrides FROM.", True),
    Argument("named-graph-uri", "A named graph; overrides FROM NAMED.", True),
)
ARGUMENTS: Mapping[str, Sequence[Argument]] = {
    "sparql.query_by_get": (
        Argument("query", "A SPARQL 1.1 query; without it, the service description."),
        *DATASET,
    ),
    "sparql.query_by_post": DATASET,
    "search.search": (
        Argument("q", "What is looked for, as one says it; typing errors are forgiven."),
        Argument(
            "kind",
            "The only kind that is wanted, as in study or question; rules-and-terms are one.",
        ),
        Argument("limit", "How many hits are wanted, from 1 to 200."),
    ),
    "questions.list_questions": (
        Argument("fields", "What JSON says of each question, as in name,title; else everything."),
    ),
    "questions.answer_question": (
        Argument(RELEASE, "The release that the answer is to be of; another is refused."),
        Argument(LIMIT, "How many rows are wanted; Link leads to the next ones.", type="integer"),
        Argument(OFFSET, "How many rows are passed over first.", type="integer"),
        Argument(SORT, "The column that rows are sorted by, as in value; -value is the other way."),
        Argument(RETELLINGS, "no leaves out what only a report that retells others prints."),
        Argument(COLOURS, f"The colours of a plot: {LIGHT} (the default) or {DARK}."),
        Argument(WIDTH, f"The shape of a plot: {WIDE} (the default), or {NARROW} for a phone."),
        Argument(COLUMNS, "The columns that a page shows, as in outcome,figure,study."),
        Argument(PAGE_NUMBER, f"Which {ROWS_ON_A_PAGE} rows a page shows, from 1."),
    ),
    "summary.show_summary": (
        Argument("table", "As CSV: which table, as in study-results; else the summary itself."),
        Argument(RELEASE, "The release that the answer is to be of; another is refused."),
        Argument(COLOURS, f"The colours of a picture: {LIGHT} (the default) or {DARK}."),
        Argument(WIDTH, f"The shape of a picture: {WIDE} (the default), or {NARROW} for a phone."),
    ),
    "pool.list_pools": (POOLED_FIGURE,),
    "pool.show_pool": (
        Argument("drug", "A drug or a regimen that the people were given."),
        Argument("comparator", "Of comparisons: a drug or a regimen of the other side."),
        Argument("study", "Only this study.", is_repeatable=True),
        Argument("statistic", "Only figures of this statistic, as in percentage."),
        Argument("measure", f"Only comparisons, by {', '.join(MEASURES)}."),
        Argument("at_time", "Only figures at this time: months, or as in 1 a."),
        Argument("time_origin", "Only times counted from this event, as in randomisation."),
        Argument("across", f"What may differ: {', '.join(DIFFERENCES)}.", is_repeatable=True),
        Argument("model", f"The statistical model: {', '.join(MODELS)}."),
        Argument("level", "The level of confidence in percent, 95 unless it is given."),
        Argument("retracted", "yes takes figures of retracted reports, too."),
        POOLED_FIGURE,
        Argument(RELEASE, "The release that the answer is to be of; another is refused."),
        Argument(COLOURS, f"The colours of a plot: {LIGHT} (the default) or {DARK}."),
        Argument(WIDTH, f"The shape of a plot: {WIDE} (the default), or {NARROW} for a phone."),
    ),
    "graph_store.read": (
        Argument("graph", "The IRI of a named graph."),
        Argument("default", "Ask for the default graph."),
    ),
}
PARTS_OF_PATHS = {
    "kind": "The kind of a record, as in study, or a closed list, as in flag.",
    "key": "The key of a record or concept, as in ino-vate.",
    "name": "A name that the list above this address gives.",
    "part": "The part of a study that is a figure: what follows the # of its IRI, as in cr-ino.",
    "version": "A version of the ontology, as in 0.3.0.",
    "subject": "A drug, as in blinatumomab, or drug..comparator; the list above has them.",
    "suffix": "The format.",
}
SCHEMA_BY_TYPE: Mapping[str, Document] = {
    "iri": {"type": "string"},
    "string": {"type": "string"},
    "enum": {"type": "string"},
    "integer": {"type": "integer"},
    "decimal": {"type": "number"},
    "date": {"type": "string", "format": "date"},
}
ERRORS = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.NOT_ACCEPTABLE,
    HTTPStatus.SERVICE_UNAVAILABLE,
)
ERRORS_OF_QUERIES = (HTTPStatus.FORBIDDEN, HTTPStatus.UNSUPPORTED_MEDIA_TYPE)


def describe_interface(app: Flask, reader: Reader, url: str) -> Document:
    """The document for an application that is reached at ``url``."""
    paths: dict[str, Document] = {}
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if rule.endpoint == "static":
            continue
        for path, question in _paths(rule, reader):
            operations = paths.setdefault(path, {})
            for method in sorted(set(rule.methods or ()) - {"HEAD", "OPTIONS"}):
                operation = _operation(app, rule, question)
                operation["operationId"] = _operation_id(method, path)
                operations[method.lower()] = operation
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "ALLograph",
            "version": reader.release.id,
            "description": "What clinical studies found, to whom it happened, where it is printed.",
            "license": {"name": "CC BY 4.0", "url": LICENSE},
        },
        "servers": [{"url": url.rstrip("/") or "/"}],
        "paths": paths,
        "components": {
            "schemas": {
                "Problem": PROBLEM,
                "Term": TERM,
                "Pooled": POOLED,
                **schemas_of(reader.questions.values()),
            }
        },
    }


def _paths(rule: Rule, reader: Reader) -> Iterator[tuple[str, Question | None]]:
    """The paths of a route; that of the questions has one path for each question."""
    path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
    if rule.endpoint == QUESTION_VIEW:
        for name, question in reader.questions.items():
            yield path.replace("{name}", name), question
    else:
        yield path, None


def _operation(app: Flask, rule: Rule, question: Question | None) -> Document:
    view = app.view_functions[rule.endpoint]
    summary = (view.__doc__ or rule.endpoint).strip().splitlines()[0]
    offer: Offer = view.__dict__.get("offer", ())
    if question and not question.plot:
        offer = tuple(item for item in offer if not is_picture(item))
    operation: Document = {
        "summary": question.title if question else summary,
        "tags": [rule.endpoint.partition(".")[0]],
        "parameters": [*_in_path(rule, offer, question), *_in_query(rule, question)],
        "responses": _responses(rule, offer),
    }
    if question:
        operation["description"] = (
            f"{question.description} An argument f.<column> leaves the rows that have its value."
        )
        content = operation["responses"]["200"]["content"]
        content[SOLUTIONS[0].media_type] = {"schema": reference_to(question)}
    if rule.endpoint == POOL_VIEW:
        content = operation["responses"]["200"]["content"]
        content[JSON.media_type] = {"schema": {"$ref": "#/components/schemas/Pooled"}}
    if "POST" in (rule.methods or ()):
        operation["requestBody"] = QUERY_BODY
    return operation


def _operation_id(method: str, path: str) -> str:
    words = re.findall(r"\w+", path) or ["home"]
    return "-".join((method.lower(), *words))


def _in_path(rule: Rule, offer: Offer, question: Question | None) -> Iterator[Document]:
    for name in sorted(rule.arguments - ({"name"} if question else set())):
        schema: Document = {"type": "string"}
        if name == "suffix":
            schema["enum"] = sorted({item.name for item in offer})
        yield {
            "name": name,
            "in": "path",
            "required": True,
            "description": PARTS_OF_PATHS[name],
            "schema": schema,
        }


def _in_query(rule: Rule, question: Question | None) -> Iterator[Document]:
    for parameter in question.parameters if question else ():
        argument = Argument(parameter.name, parameter.description, is_repeatable=True)
        yield _argument(argument, _schema_of(parameter))
    for argument in ARGUMENTS.get(rule.endpoint, ()):
        yield _argument(argument, {"type": argument.type})


def _schema_of(parameter: Parameter) -> Document:
    schema = dict(SCHEMA_BY_TYPE[parameter.type])
    if parameter.choices:
        schema["enum"] = list(parameter.choices)
    return schema


def _argument(argument: Argument, schema: Document) -> Document:
    return {
        "name": argument.name,
        "in": "query",
        "description": argument.description,
        "schema": {"type": "array", "items": schema} if argument.is_repeatable else schema,
    }


def _responses(rule: Rule, offer: Offer) -> Document:
    by_suffix = "suffix" in rule.arguments
    errors = ERRORS + ERRORS_OF_QUERIES if rule.endpoint.startswith("sparql.") else ERRORS
    content: Document = {
        media_type: {}
        for item in offer
        for media_type in ((item.media_type,) if by_suffix else (item.media_type, *item.also))
    }
    ok: Document = {"description": HTTPStatus.OK.phrase}
    if content:
        ok["content"] = content
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    redirects = {
        str(status.value): {"description": status.phrase}
        for status in REDIRECTS.get(rule.endpoint, ())
    }
    return {
        "200": ok,
        **redirects,
        "304": {"description": HTTPStatus.NOT_MODIFIED.phrase},
        **{str(error.value): {"description": error.phrase, "content": problem} for error in errors},
    }


REDIRECTS: Mapping[str, Sequence[HTTPStatus]] = {
    "pool.list_pools": (HTTPStatus.SEE_OTHER,),
    "figures.show_figure": (HTTPStatus.MOVED_PERMANENTLY,),
    "records.show_graph": (HTTPStatus.SEE_OTHER,),
    "records.show_record": (HTTPStatus.MOVED_PERMANENTLY,),
    "vocabulary.ontology_version": (HTTPStatus.SEE_OTHER,),
    "vocabulary.shapes": (HTTPStatus.SEE_OTHER,),
    "vocabulary.prefixes": (HTTPStatus.SEE_OTHER,),
    "vocabulary.borrowed": (HTTPStatus.SEE_OTHER,),
}
"""The views that may lead elsewhere, and how."""

QUERY_BODY: Document = {
    "required": True,
    "content": {
        FORM: {
            "schema": {
                "type": "object",
                "required": ["query"],
                "properties": {"query": {"type": "string"}},
            }
        },
        QUERY: {"schema": {"type": "string"}},
    },
}
PROBLEM: Document = {
    "description": "RFC 9457.",
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
    },
}
