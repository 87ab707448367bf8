"""Write rows of terms as solutions: SPARQL 1.1 Query Results JSON, section 3.

Rows that were chosen or sorted outside of a query become an answer again, which every writer takes.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import IO

from pyoxigraph import BlankNode, Literal, NamedNode

from allograph.rdf.answers import Solutions
from allograph.rdf.formats import FORMAT_BY_NAME, read_answer
from allograph.rdf.terms import XSD_STRING, Term

Row = Mapping[str, Term | None]


def write_rows(names: Sequence[str], rows: Iterable[Row], output: IO[bytes]) -> int:
    """Write rows as they come; returns how many there were."""
    output.write(
        b'{"head": {"vars": ' + json.dumps(list(names)).encode() + b'}, "results": {"bindings": ['
    )
    number = 0
    for row in rows:
        bindings = {name: binding(term) for name in names if (term := row[name]) is not None}
        output.write((b"," if number else b"") + json.dumps(bindings, ensure_ascii=False).encode())
        number += 1
    output.write(b"]}}")
    return number


def as_solutions(names: Sequence[str], rows: Iterable[Row]) -> Solutions:
    """Rows as the answer of a query, held in memory."""
    held = io.BytesIO()
    write_rows(names, rows, held)
    answer = read_answer(held.getvalue(), FORMAT_BY_NAME["json"])
    if not isinstance(answer, Solutions):
        raise TypeError("rows are solutions")
    return answer


def binding(term: Term) -> dict[str, object]:
    """One term, as section 3.2.2 encodes it; triple terms as SPARQL 1.2 does."""
    match term:
        case NamedNode():
            return {"type": "uri", "value": term.value}
        case BlankNode():
            return {"type": "bnode", "value": term.value}
        case Literal():
            found: dict[str, object] = {"type": "literal", "value": term.value}
            if term.language:
                found["xml:lang"] = term.language
            elif term.datatype != XSD_STRING:
                found["datatype"] = term.datatype.value
            return found
        case _:
            parts = (term.subject, term.predicate, term.object)
            names = ("subject", "predicate", "object")
            value = {name: binding(part) for name, part in zip(names, parts, strict=True)}
            return {"type": "triple", "value": value}
