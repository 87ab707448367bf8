"""The formats: one table that suffixes, ``Accept``, ``--format``, downloads and exports all read.

Solutions are SELECT and ASK answers, graphs are triples, datasets are quads. The writers are
Oxigraph's, but for CSV and for the Markdown table, which is for people.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO, Any, Literal, TypeAlias, cast

from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import (
    NamedNode,
    Quad,
    QueryResultsFormat,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
    serialize,
)

from allograph.errors import Unwritable
from allograph.namespaces import Namespaces
from allograph.rdf.answers import Answer, Boolean, Solutions
from allograph.rdf.well_formed import XmlOutput, well_formed
from allograph.text.guarded import guarded as harmless

REMEMBERED = 100_000

_PIPE = re.compile(r"(\\*)\|")
"""A pipe and the backslashes before it, each of which is escaped in a Markdown table."""

Kind: TypeAlias = Literal["solutions", "graph", "dataset"]
Statements: TypeAlias = Iterable[Triple] | Iterable[Quad]
Writer: TypeAlias = Callable[[Any, IO[bytes], Namespaces], None]
"""Writes what fits the kind of its format: solutions, triples or quads."""


class _Utf8:
    """What ``csv`` writes to: text in, bytes out."""

    def __init__(self, output: IO[bytes]) -> None:
        self._output = output

    def write(self, text: str) -> int:
        return self._output.write(text.encode())


def _csv(answer: Solutions | Boolean, output: IO[bytes], _namespaces: Namespaces) -> None:
    """SPARQL 1.1 Query Results CSV, section 3; Oxigraph does not quote an IRI that has a comma."""
    if isinstance(answer, Boolean):
        answer.serialize(output, QueryResultsFormat.CSV)
        return
    writer = csv.writer(_Utf8(output), lineterminator="\r\n")
    writer.writerow(variable.value for variable in answer.variables)
    writer.writerows(map(_text, solution) for solution in answer)


def _csv_for_sheets(answer: Solutions | Boolean, output: IO[bytes], namespaces: Namespaces) -> None:
    """The same, but a text that a spreadsheet program would run has an apostrophe in front."""
    if isinstance(answer, Boolean):
        _csv(answer, output, namespaces)
        return
    writer = csv.writer(_Utf8(output), lineterminator="\r\n")
    writer.writerow(variable.value for variable in answer.variables)
    writer.writerows([harmless(_text(term)) for term in solution] for solution in answer)


def _text(term: object) -> str:
    match term:
        case None:
            return ""
        case NamedNode() | RdfLiteral():
            return term.value
        case _:
            return str(term)


def _markdown(answer: Solutions | Boolean, output: IO[bytes], namespaces: Namespaces) -> None:
    """A table whose columns are aligned; IRIs are shortened to CURIEs."""
    if isinstance(answer, Boolean):
        output.write(b"true\n" if answer else b"false\n")
        return
    names = [variable.value for variable in answer.variables]
    rows = [[_cell(solution[name], namespaces) for name in names] for solution in answer]
    widths = [max(map(len, column)) for column in zip(names, *rows, strict=True)]
    for row in (names, ["-" * width for width in widths], *rows):
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        output.write(f"| {' | '.join(cells)} |\n".encode())


def _cell(term: object, namespaces: Namespaces) -> str:
    match term:
        case NamedNode():
            text = namespaces.compact(term.value)
        case _:
            text = _text(term)
    return _PIPE.sub(r"\1\1\\|", " ".join(text.split()))


@dataclass(frozen=True)
class Format:
    """One row: its name is its suffix, its IRI that of https://www.w3.org/ns/formats/."""

    name: str
    media_type: str
    kind: Kind
    label: str
    iri: str | None
    write: Writer = field(repr=False)
    also: tuple[str, ...] = ()


def _iri(iri: str) -> str:
    """The IRI that the W3C gives a format; Oxigraph's for JSON-LD is another."""
    return f"http://www.w3.org/ns/formats/{iri.rpartition('/')[2]}"


def _results(
    name: str,
    media_type: str,
    label: str,
    results: QueryResultsFormat,
    *also: str,
    write: Writer | None = None,
) -> Format:
    def write_plain(answer: Solutions | Boolean, output: IO[bytes], _: Namespaces) -> None:
        answer.serialize(output, results)

    return Format(name, media_type, "solutions", label, results.iri, write or write_plain, also)


def _results_xml(answer: Solutions | Boolean, output: IO[bytes], _: Namespaces) -> None:
    guarded = XmlOutput(output, "XML", _others("xml"))
    answer.serialize(cast(IO[bytes], guarded), QueryResultsFormat.XML)


def _rdf(
    name: str,
    media_type: str,
    label: str,
    rdf: RdfFormat,
    *also: str,
    write: Writer | None = None,
) -> Format:
    def write_plain(statements: Statements, output: IO[bytes], namespaces: Namespaces) -> None:
        serialize(statements, output, rdf, prefixes=dict(namespaces.items()))

    kind: Kind = "dataset" if rdf.supports_datasets and name != "jsonld" else "graph"
    return Format(name, media_type, kind, label, _iri(rdf.iri), write or write_plain, also)


def _rdf_xml(triples: Iterable[Triple], output: IO[bytes], namespaces: Namespaces) -> None:
    prefixes, others = dict(namespaces.items()), _others("rdf")

    def write_name(predicate: NamedNode) -> bytes:
        alone = Triple(NamedNode("x:s"), predicate, RdfLiteral(""))
        return serialize([alone], format=RdfFormat.RDF_XML, prefixes=prefixes) or b""

    guarded = cast(IO[bytes], XmlOutput(output, "RDF/XML", others))
    checked = well_formed(triples, write_name, others)
    serialize(checked, guarded, RdfFormat.RDF_XML, prefixes=prefixes)


def _json_ld(triples: Iterable[Triple], output: IO[bytes], namespaces: Namespaces) -> None:
    """JSON-LD 1.1 has no triple terms."""

    def without_triple_terms() -> Iterator[Triple]:
        for triple in triples:
            if isinstance(triple.object, Triple):
                message = f"JSON-LD cannot hold the triple that is an object of {triple.subject}"
                raise Unwritable(message, _others("jsonld"))
            yield triple

    prefixes = dict(namespaces.items())
    serialize(without_triple_terms(), output, RdfFormat.JSON_LD, prefixes=prefixes)


def _others(name: str) -> tuple[str, ...]:
    """The media types of the other formats of a kind, which may hold what one cannot."""
    kind = FORMAT_BY_NAME[name].kind
    return tuple(
        format.media_type for format in FORMATS if format.kind == kind and format.name != name
    )


FORMATS = (
    Format("csv", "text/csv", "solutions", "CSV", QueryResultsFormat.CSV.iri, _csv),
    _results("tsv", "text/tab-separated-values", "TSV", QueryResultsFormat.TSV),
    _results(
        "json",
        "application/sparql-results+json",
        "JSON",
        QueryResultsFormat.JSON,
        "application/json",
    ),
    _results(
        "xml",
        "application/sparql-results+xml",
        "XML",
        QueryResultsFormat.XML,
        "application/xml",
        "text/xml",
        write=_results_xml,
    ),
    Format("md", "text/markdown", "solutions", "Markdown", None, _markdown),
    _rdf("ttl", "text/turtle", "Turtle", RdfFormat.TURTLE, "application/x-turtle"),
    _rdf("nt", "application/n-triples", "N-Triples", RdfFormat.N_TRIPLES),
    _rdf(
        "jsonld",
        "application/ld+json",
        "JSON-LD",
        RdfFormat.JSON_LD,
        "application/json",
        write=_json_ld,
    ),
    _rdf(
        "rdf",
        "application/rdf+xml",
        "RDF/XML",
        RdfFormat.RDF_XML,
        "application/xml",
        write=_rdf_xml,
    ),
    _rdf("trig", "application/trig", "TriG", RdfFormat.TRIG),
    _rdf("nq", "application/n-quads", "N-Quads", RdfFormat.N_QUADS),
)

FORMAT_BY_NAME = {format.name: format for format in FORMATS}

CSV_FOR_SHEETS = Format(
    "csv-for-sheets", "text/csv", "solutions", "CSV", QueryResultsFormat.CSV.iri, _csv_for_sheets
)
"""How the CSV of a question is written: it is opened in spreadsheet programs, and it is harmless
there. At ``/sparql`` CSV is the standard's, which holds each text as it is."""

FORMAT_OF_JOB = FORMAT_BY_NAME | {CSV_FOR_SHEETS.name: CSV_FOR_SHEETS}
"""All that an answer can be written as; this one is no format of its own to those who ask."""

WITH_COMMENTS = frozenset({"ttl", "nt", "trig", "nq"})
"""Formats in which a line from ``#`` on is a comment (Turtle 1.1, section 6.2, and its likes)."""


def formats_for(*kinds: Kind) -> tuple[Format, ...]:
    """The rows of some kinds, in the order of the table; the first is the default."""
    return tuple(format for format in FORMATS if format.kind in kinds)


def formats_of(answer: Answer) -> tuple[Format, ...]:
    """The rows that can hold an answer."""
    return formats_for("solutions" if isinstance(answer, Solutions | Boolean) else "graph")


def write_answer(answer: Answer, format: Format, output: IO[bytes], namespaces: Namespaces) -> None:
    """Write an answer as it comes; triples that a query repeats are dropped."""
    if isinstance(answer, Solutions | Boolean):
        format.write(answer, output, namespaces)
    else:
        format.write(_mostly_once(answer), output, namespaces)


def _mostly_once(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Drop repeated triples as long as there are not too many to remember.

    Repeating a triple is allowed in every syntax; remembering them all would take memory.
    """
    seen: set[Triple] = set()
    for triple in triples:
        if triple in seen:
            continue
        if len(seen) < REMEMBERED:
            seen.add(triple)
        yield triple


def read_answer(content: bytes | IO[bytes], format: Format) -> Answer:
    """Read an answer that was written as JSON (solutions) or N-Triples (triples)."""
    if format.kind == "solutions":
        return parse_query_results(content, QueryResultsFormat.JSON)
    return (quad.triple for quad in parse(content, RdfFormat.N_TRIPLES))


def write_statements(
    statements: Statements,
    format: Format,
    output: IO[bytes],
    namespaces: Namespaces,
    remarks: Iterable[str] = (),
) -> None:
    """Write triples or quads as they come, and above them remarks where the syntax has comments."""
    if format.name in WITH_COMMENTS:
        for remark in remarks:
            output.write(f"# {' '.join(remark.split())}\n".encode())
    format.write(statements, output, namespaces)
