"""Show what is known of a drug, alone or against another treatment: a Summary of Findings.

``/summary/inotuzumab-ozogamicin..standard-intensive-chemotherapy`` is the table as a page, and by
suffix as data, as a document, as a picture. ``/summary`` lists what can be summarised.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from http import HTTPStatus
from time import perf_counter

from flask import Blueprint, Response, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from werkzeug.routing import BaseConverter

from allograph import __version__
from allograph.drawings.charts.palette import in_the_dark
from allograph.drawings.charts.png import png_of
from allograph.drawings.charts.summary_of import svg_of
from allograph.errors import ParameterError
from allograph.rdf.formats import FORMAT_BY_NAME
from allograph.reading.citation import Citation
from allograph.reading.listing import near
from allograph.reading.summary import said, words
from allograph.reading.summary.as_csv import FINDINGS, TABLES, as_csv
from allograph.reading.summary.as_json import as_json
from allograph.reading.summary.as_markdown import as_markdown
from allograph.reading.summary.read import evidence_in, offers_in, subject_in, summary_in
from allograph.reading.summary.subject import AGAINST, COMPARATOR, Offer, Subject
from allograph.reading.summary.table import Summary, in_sections
from allograph.reading.taking.formats import DOCX, PNG, SVG, XLSX, Document, is_document
from allograph.web.http.clients import current_clients
from allograph.web.http.keeping import answer_key, remembered
from allograph.web.http.negotiate import (
    JSON,
    PAGE,
    choose,
    offers,
    respond,
    respond_json,
    respond_page,
)
from allograph.web.http.negotiate import Offer as Formats
from allograph.web.http.permalinks import refuse_other_release
from allograph.web.http.problems import Problem
from allograph.web.pages.asking import today
from allograph.web.pages.pictures import DARK, LINK, NARROW, link_here, wanted_look
from allograph.web.pages.questions import NOTICE, notice
from allograph.web.service import current_reader

blueprint = Blueprint("summary", __name__)

LIST: Formats = (PAGE, JSON)
CSV, MARKDOWN = FORMAT_BY_NAME["csv"], FORMAT_BY_NAME["md"]
ANSWERS: Formats = (PAGE, JSON, CSV, MARKDOWN, XLSX, DOCX, SVG, PNG)
TABLE = "table"
"""The argument that names a table behind the summary, as CSV."""


class SubjectConverter(BaseConverter):
    """A drug, or a drug and what it is against, as a part of an address."""

    regex = r"[^/.]+(?:\.\.[^/.]+)?"
    part_isolating = False


class SuffixConverter(BaseConverter):
    """What stands behind the last point of an address: no point of a comparison."""

    regex = r"[^/.]+"
    part_isolating = False


@blueprint.record_once
def add_converters(state: BlueprintSetupState) -> None:
    """Let the routes tell the two points of a comparison from that of a suffix."""
    state.app.url_map.converters.update(subject=SubjectConverter, ending=SuffixConverter)


@blueprint.get("/summary")
@blueprint.get("/summary.<suffix>")
@offers(LIST)
def list_summaries(suffix: str | None = None) -> Response:
    """List the drugs and comparisons that can be summarised."""
    chosen = choose(LIST, suffix)
    known = offers_in(current_reader())
    if chosen.is_page:
        return respond_page(render_template("summaries.html", known=known, against=AGAINST))
    return respond_json({"summaries": [described(offer) for offer in known]})


@blueprint.get("/summary/<subject:subject>")
@blueprint.get("/summary/<subject:subject>.<ending:suffix>")
@offers(ANSWERS)
def show_summary(subject: str, suffix: str | None = None) -> Response:
    """Sum up what is known of a drug, alone or against a comparator."""
    chosen = choose(ANSWERS, suffix)
    about = subject_of(subject)
    name = chosen.representation.name
    if chosen.is_page:
        html = kept(chosen.media_type, about, (today().isoformat(),), page_of)
        return respond_page(html.decode().replace(NOTICE, notice(), 1))
    refuse_other_release()
    arguments = arguments_of(name)
    body = kept(chosen.media_type, about, arguments, WRITERS[name])
    digest = sha256(body).hexdigest()
    response = respond(chosen, (digest,), lambda output: output.write(body))
    is_file = isinstance(chosen.representation, Document) and is_document(chosen.representation)
    kind = "attachment" if is_file else "inline"
    table = f"-{arguments[0]}" if name == CSV.name and arguments[0] != FINDINGS else ""
    file = f"{about.key.replace(AGAINST, '-or-')}{table}.{name}"
    response.headers["Content-Disposition"] = f'{kind}; filename="summary-{file}"'
    return response


def subject_of(name: str) -> Subject:
    """The subject of an address; raises a ``Problem`` for a drug or comparator that is none."""
    try:
        return subject_in(current_reader(), name)
    except ParameterError as error:
        drug, _dots, against = name.partition(AGAINST)
        is_comparator = error.parameter == COMPARATOR
        meant = near(against if is_comparator else drug, error.known)
        names = [f"{drug}{AGAINST}{key}" if is_comparator else key for key in meant]
        raise Problem(
            HTTPStatus.NOT_FOUND,
            str(error),
            near=[url_for("summary.show_summary", subject=each) for each in names],
        ) from None


def arguments_of(name: str) -> tuple[str, ...]:
    """The arguments on which an answer depends; raises for a value that is none."""
    if name == CSV.name:
        table = request.args.get(TABLE, FINDINGS)
        if table not in TABLES:
            listed = ", ".join(TABLES)
            raise ParameterError(TABLE, f"{TABLE} is one of {listed}, not '{table}'", TABLES)
        return (table,)
    if name in (SVG.name, PNG.name):
        return wanted_look().meaning
    return (today().isoformat(),)


Writer = Callable[[Summary, tuple[str, ...]], bytes]


def kept(media_type: str, about: Subject, arguments: tuple[str, ...], write: Writer) -> bytes:
    """What is kept of an answer, else made at the expense of its reader."""

    def make() -> bytes:
        with charged():
            return write(summary_in(current_reader(), about), arguments)

    return remembered(answer_key(media_type, request.root_url, about.key, *arguments), make)


@contextmanager
def charged() -> Iterator[None]:
    """Charge a client for what is made for it; one without seconds left has to wait."""
    clients, begun = current_clients(), perf_counter()
    clients.admit(request.remote_addr)
    try:
        yield
    finally:
        clients.charge(request.remote_addr, perf_counter() - begun)


def citation_of(summary: Summary) -> Citation:
    """How the table is cited: by its address here."""
    return said.citation_of(summary, address_of(summary), today())


def address_of(summary: Summary) -> str:
    """The address of the table."""
    return url_for("summary.show_summary", subject=summary.subject.key, _external=True)


def page_of(summary: Summary, _arguments: tuple[str, ...]) -> bytes:
    """Write the page."""
    against = summary.subject.against
    offer = next(
        (one for one in offers_in(current_reader()) if one.drug.key == summary.subject.drug.key),
        None,
    )
    regimens = sorted(against.regimens) if against else []
    nodes = evidence_in(current_reader()).nodes
    last = max(
        (
            number
            for finding in summary.main
            for number in (*finding.notes, *finding.certainty_notes)
        ),
        default=0,
    )
    return render_template(
        "summary.html",
        summary=summary,
        sections=in_sections(summary.main),
        others=in_sections(summary.others),
        offer=offer,
        against=AGAINST,
        comparator=against.key if against and against.iri else None,
        regimens=[(iri, nodes.of(iri).label) for iri in regimens],
        say=words,
        of_table=[note for note in summary.notes if note.number <= last],
        of_others=[note for note in summary.notes if note.number > last],
        told=said.TOLD,
        proposer=f"allograph {__version__}",
        tables=TABLES,
        citation=citation_of(summary),
    ).encode()


def json_of(summary: Summary, _arguments: tuple[str, ...]) -> bytes:
    """Write the table as JSON."""
    content = as_json(summary, address_of(summary))
    return json.dumps(content, ensure_ascii=False, allow_nan=False, default=str).encode()


def csv_of(summary: Summary, arguments: tuple[str, ...]) -> bytes:
    """Write the table, or one behind it, as CSV."""
    return as_csv(summary, evidence_in(current_reader()), arguments[0]).encode()


def markdown_of(summary: Summary, _arguments: tuple[str, ...]) -> bytes:
    """Write the table as Markdown."""
    return as_markdown(summary, citation_of(summary)).encode()


def book_of(summary: Summary, _arguments: tuple[str, ...]) -> bytes:
    """Write the table as a workbook."""
    from allograph.reading.summary.as_book import write_workbook  # a quarter of a second

    output = io.BytesIO()
    write_workbook(summary, evidence_in(current_reader()), citation_of(summary), output)
    return output.getvalue()


def paper_of(summary: Summary, _arguments: tuple[str, ...]) -> bytes:
    """Write the table as a paper."""
    from allograph.reading.summary.as_paper import write_document  # a quarter of a second

    output = io.BytesIO()
    write_document(summary, citation_of(summary), output)
    return output.getvalue()


def picture(summary: Summary, arguments: tuple[str, ...]) -> str:
    """Draw the table, in the colours and the shape that are asked for."""
    svg = svg_of(summary, address_of(summary), is_narrow=NARROW in arguments)
    svg = LINK.sub(link_here, svg)
    return in_the_dark(svg) if DARK in arguments else svg


def svg_bytes(summary: Summary, arguments: tuple[str, ...]) -> bytes:
    """The picture as SVG."""
    return picture(summary, arguments).encode()


def png_bytes(summary: Summary, arguments: tuple[str, ...]) -> bytes:
    """The picture as PNG."""
    return png_of(picture(summary, arguments))


WRITERS: Mapping[str, Writer] = {
    JSON.name: json_of,
    CSV.name: csv_of,
    MARKDOWN.name: markdown_of,
    XLSX.name: book_of,
    DOCX.name: paper_of,
    SVG.name: svg_bytes,
    PNG.name: png_bytes,
}


def described(offer: Offer) -> dict[str, object]:
    """What can be summarised of a drug, for programs."""
    return {
        "drug": offer.drug.key,
        "label": offer.drug.label,
        "studies": offer.studies,
        "href": url_for("summary.show_summary", subject=offer.drug.key, _external=True),
        "against": [
            {
                "comparator": one.treatment.key,
                "label": one.treatment.label,
                "comparisons": one.comparisons,
                "studies": one.studies,
                "href": url_for(
                    "summary.show_summary",
                    subject=f"{offer.drug.key}{AGAINST}{one.treatment.key}",
                    _external=True,
                ),
            }
            for one in offer.against
        ],
    }
