"""Turn every error into one answer: a problem document (RFC 9457), or a page for browsers.

Handlers raise and never format: errors of the package carry their status in ``STATUS``, errors of
HTTP are a ``Problem``. A browser is whoever asks for ``text/html`` by name.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import urlencode

from flask import Flask, Response, render_template, request, url_for
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from allograph.errors import (
    AllographError,
    AnswerTooLarge,
    Busy,
    DeadlineExceeded,
    InternalError,
    MemoryExceeded,
    ParameterError,
    QueryFailed,
    QueryRefused,
    QuerySyntaxError,
    ServiceFailed,
    Stopped,
    StoreError,
    UnknownQuestion,
    Unwritable,
    nearest_first,
)
from allograph.reading.answers.wish import FILTER
from allograph.web.http.exchange import current_exchange

STATUS: Mapping[type[AllographError], HTTPStatus] = {
    QuerySyntaxError: HTTPStatus.BAD_REQUEST,
    ParameterError: HTTPStatus.BAD_REQUEST,
    QueryRefused: HTTPStatus.FORBIDDEN,
    QueryFailed: HTTPStatus.BAD_REQUEST,
    Unwritable: HTTPStatus.NOT_ACCEPTABLE,
    UnknownQuestion: HTTPStatus.NOT_FOUND,
    StoreError: HTTPStatus.SERVICE_UNAVAILABLE,
    ServiceFailed: HTTPStatus.BAD_GATEWAY,
    InternalError: HTTPStatus.INTERNAL_SERVER_ERROR,
    DeadlineExceeded: HTTPStatus.GATEWAY_TIMEOUT,
    AnswerTooLarge: HTTPStatus.INSUFFICIENT_STORAGE,
    MemoryExceeded: HTTPStatus.INSUFFICIENT_STORAGE,
    Stopped: HTTPStatus.SERVICE_UNAVAILABLE,
}
RETRY_AFTER_SECONDS = 5
LONGEST = 2000
"""Characters of a sentence, or of an address, in a problem document."""


class Problem(HTTPException):
    """An answer other than the one asked for, with a sentence for the sender."""

    def __init__(self, status: HTTPStatus, detail: str, **members: object) -> None:
        """Take the status, the sentence, and what else the document says."""
        super().__init__(description=detail)
        self.code = status.value
        self.members = members


def register_problems(app: Flask) -> None:
    """Let one handler answer for all errors."""
    app.register_error_handler(AllographError, answer_error)
    app.register_error_handler(HTTPException, answer_http_error)


def answer_error(error: AllographError) -> Response:
    """Answer with the status that belongs to an error of the package."""
    current_exchange().error = error
    known = [STATUS[kind] for kind in type(error).mro() if kind in STATUS]
    status = known[0] if known else HTTPStatus.INTERNAL_SERVER_ERROR
    return describe_problem(status, str(error), members_of(error))


def answer_http_error(error: HTTPException) -> Response:
    """Answer an error of HTTP, whether raised here or by the framework."""
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    members = error.members if isinstance(error, Problem) else {}
    response = describe_problem(status, error.description or "", members)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return response


def members_of(error: AllographError) -> dict[str, object]:
    """What an error knows beyond its sentence, as members of the document."""
    match error:
        case QuerySyntaxError():
            return {"line": error.line, "column": error.column}
        case ParameterError():
            known = {"known": list(error.known)} if error.known else {}
            return {"parameter": shortened(error.parameter), **known}
        case Unwritable():
            return {"offered": list(error.offered)}
        case Busy():
            return {"retry_after": error.retry_after}
        case UnknownQuestion():
            return {"known": nearest_first(error.name, error.known)}
        case _:
            return {}


def describe_problem(status: HTTPStatus, detail: str, members: Mapping[str, object]) -> Response:
    """Write one problem, for a person or for a program."""
    document = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": shortened(detail),
        "instance": shortened(instance(status)),
        **members,
    }
    if wants_page():
        response = Response(
            render_template("problem.html", problem=document, meant=meant(members)),
            content_type="text/html",
        )
    else:
        response = Response(
            json.dumps(document, ensure_ascii=False), content_type="application/problem+json"
        )
    response.status_code = status.value
    response.vary.add("Accept")
    response.headers["Cache-Control"] = "no-store"
    if status in (HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS):
        response.headers["Retry-After"] = str(members.get("retry_after", RETRY_AFTER_SECONDS))
    return response


def meant(members: Mapping[str, object]) -> list[tuple[str, str]]:
    """What can be asked instead, with its address: each known name in the place of the wrong one.

    Of a filter (``f.studdy=tower``) the column is wrong, of other parameters the value.
    """
    known, parameter = members.get("known"), members.get("parameter")
    if not isinstance(known, list):
        return []
    if not isinstance(parameter, str):
        return [(name, url_for("questions.answer_question", name=name)) for name in known]
    pairs = list(request.args.items(multi=True))
    wrong = [pair for pair in pairs if pair[0] == parameter and pair[1] not in known]
    kept = [pair for pair in pairs if pair not in wrong]
    is_filter = parameter.startswith(FILTER)
    address = f"{request.script_root}{request.path}"

    def right(name: str) -> list[tuple[str, str]]:
        values = [(f"{FILTER}{name}", value) for _column, value in wrong]
        return values if is_filter else [(parameter, name)]

    return [(name, f"{address}?{urlencode([*kept, *right(name)])}") for name in known]


def instance(status: HTTPStatus) -> str:
    """The address that was asked, but for one that was too long to be read."""
    is_too_long = status is HTTPStatus.REQUEST_URI_TOO_LONG
    return request.path if is_too_long else request.full_path.rstrip("?")


def shortened(text: str, longest: int = LONGEST) -> str:
    """A text with its middle left out, if it holds more of the request than is of use."""
    if len(text) <= longest:
        return text
    return f"{text[: longest // 2]} … {text[-longest // 2 :]}"


def wants_page() -> bool:
    """Tell whether the sender names HTML, as browsers do, and prefers it to JSON."""
    accepted = request.accept_mimetypes
    named = any(media_type == "text/html" for media_type, _ in accepted)
    return named and accepted.quality("text/html") >= accepted.quality("application/problem+json")
