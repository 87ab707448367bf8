"""Send the INSPECT-SR worksheet of a study: ``/study/ino-vate/inspect.xlsx``, Markdown or CSV."""

from __future__ import annotations

from flask import Blueprint, Response

from allograph import __version__
from allograph.namespaces import BASE
from allograph.reading.inspect import inspect
from allograph.reading.inspect_written import FORMATS, WRITERS
from allograph.reading.listing import entries_of
from allograph.web.http.negotiate import choose, offers, respond
from allograph.web.pages.records import unknown_record
from allograph.web.service import current_reader

blueprint = Blueprint("inspect", __name__)

STUDY = "study"


@blueprint.get("/study/<key>/inspect.<suffix>")
@offers(FORMATS)
def worksheet(key: str, suffix: str) -> Response:
    """Send the INSPECT-SR worksheet of a study, with what rules found, to be filled in."""
    reader = current_reader()
    chosen = choose(FORMATS, suffix)
    iri = f"{BASE}{STUDY}/{key}"
    if not any(entry.iri == iri for entry in entries_of(reader, STUDY)):
        raise unknown_record(STUDY, key)
    write = WRITERS[suffix]
    response = respond(
        chosen, (iri, "inspect"), lambda body: body.write(write(inspect(reader, iri, __version__)))
    )
    name = f'attachment; filename="inspect-{key}.{suffix}"'
    response.headers["Content-Disposition"] = name
    return response
