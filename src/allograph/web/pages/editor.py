"""List the words that queries are written with, for the editor: prefixes, classes, properties."""

from __future__ import annotations

from flask import Blueprint, Response, request

from allograph.namespaces import BASE
from allograph.reading.terms_in_use import terms_in_use
from allograph.web.http.negotiate import JSON, choose, offers, respond_json
from allograph.web.service import current_reader

blueprint = Blueprint("editor", __name__)


@blueprint.get("/vocabulary.json")
@offers((JSON,))
def vocabulary() -> Response:
    """List the prefixes, classes and properties to write queries with, the most used first."""
    choose((JSON,))
    reader = current_reader()
    known = terms_in_use(reader)
    return respond_json(
        {
            "base": BASE,
            "root": request.script_root,
            "prefixes": dict(reader.namespaces.items()),
            "classes": [vars(term) for term in known.classes],
            "properties": [vars(term) for term in known.properties],
        }
    )
