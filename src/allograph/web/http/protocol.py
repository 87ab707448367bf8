"""Read the query operation of a request: SPARQL 1.1 Protocol, sections 2.1.1 to 2.1.4."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from flask import request
from werkzeug.datastructures import MultiDict

from allograph.errors import QueryRefused
from allograph.rdf.sparql.tokens import form_of
from allograph.web.http.problems import Problem

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
MEDIA_TYPES = (FORM, QUERY)
ARGUMENTS = {"query", "update", "default-graph-uri", "named-graph-uri"}


@dataclass(frozen=True)
class Operation:
    """A query, and the dataset that the request names for it."""

    query: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]

    @property
    def form(self) -> str:
        """SELECT, ASK, CONSTRUCT or DESCRIBE; nothing for what is none of them."""
        return form_of(self.query)

    @property
    def key(self) -> tuple[str, ...]:
        """What tells this operation from others."""
        return (self.query, "default", *self.default_graphs, "named", *self.named_graphs)


def operation_in_url() -> Operation | None:
    """Read the operation in the URL (2.1.1); there may be none."""
    if not ARGUMENTS & set(request.args):
        return None
    return _operation(request.args)


def operation_in_body() -> Operation:
    """Read the operation in the body: a form (2.1.2) or the query itself (2.1.3)."""
    match request.mimetype:
        case "application/x-www-form-urlencoded":
            return _operation(request.values)
        case "application/sparql-query":
            arguments = MultiDict(request.args)
            arguments.add("query", _body())
            return _operation(arguments)
        case "application/sparql-update":
            raise _update_refused()
        case other:
            raise Problem(
                HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
                f"a query comes as {FORM} or as {QUERY}, not as {other or 'an unnamed type'}",
                offered=MEDIA_TYPES,
            )


def _operation(arguments: MultiDict[str, str]) -> Operation:
    """Read an operation whose parts may stand in the URL, in the body, or in both."""
    if "update" in arguments:
        raise _update_refused()
    match arguments.getlist("query"):
        case [query] if query.strip():
            return Operation(
                query,
                tuple(dict.fromkeys(arguments.getlist("default-graph-uri"))),
                tuple(dict.fromkeys(arguments.getlist("named-graph-uri"))),
            )
        case [] | [_]:
            raise Problem(HTTPStatus.BAD_REQUEST, "there is no query; send one as 'query'")
        case several:
            raise Problem(
                HTTPStatus.BAD_REQUEST, f"there are {len(several)} queries; send one at a time"
            )


def _body() -> str:
    try:
        return request.get_data().decode()
    except UnicodeDecodeError:
        raise Problem(HTTPStatus.BAD_REQUEST, "the query is not UTF-8; send it as UTF-8") from None


def _update_refused() -> QueryRefused:
    return QueryRefused(
        "updates are refused: the graph is read-only; to change it, change its files"
    )
