"""List the words that queries are written with, for the editor.

Prefixes; classes and properties with what they mean, and which go with which; and the records and
concepts that a query can name.
"""

from __future__ import annotations

from flask import Blueprint, Response, request

from allograph.namespaces import BASE
from allograph.reading.schema_in_use import named_things, schema_in_use
from allograph.reading.terms_in_use import terms_in_use
from allograph.web.http.negotiate import JSON, choose, offers, respond_json
from allograph.web.service import current_reader

blueprint = Blueprint("editor", __name__)


@blueprint.get("/vocabulary.json")
@offers((JSON,))
def vocabulary() -> Response:
    """List what queries are written with, the most used first.

    ``uses`` is how many members of a class have a property; ``leads_to`` are the classes of its
    values, and ``kinds`` the kinds or lists that they belong to.
    """
    choose((JSON,))
    reader = current_reader()
    known, schema = terms_in_use(reader), schema_in_use(reader)
    return respond_json(
        {
            "base": BASE,
            "root": request.script_root,
            "prefixes": dict(reader.namespaces.items()),
            "classes": [
                vars(term) | {"uses": schema.uses.get(term.iri, {})} for term in known.classes
            ],
            "properties": [
                vars(term)
                | {
                    "leads_to": schema.leads_to.get(term.iri, ()),
                    "kinds": schema.kinds.get(term.iri, ()),
                }
                for term in known.properties
            ],
            "things": [vars(thing) for thing in named_things(reader)],
        }
    )
