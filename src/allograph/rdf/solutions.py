"""Make solutions of rows: an answer of which some rows were chosen is written as any other is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from pyoxigraph import QueryResultsFormat, parse_query_results

from allograph.rdf.answers import Solutions
from allograph.rdf.terms import BlankNode, Literal, NamedNode, Term


def solutions_of(names: Sequence[str], rows: Iterable[Mapping[str, Term | None]]) -> Solutions:
    """Solutions with these variables, by way of their JSON (SPARQL 1.1 Results JSON, section 3).

    Raises:
        TypeError: for a term that stands for a triple.

    """
    bindings = [
        {name: binding(term) for name in names if (term := row.get(name)) is not None}
        for row in rows
    ]
    document = {"head": {"vars": list(names)}, "results": {"bindings": bindings}}
    answer = parse_query_results(json.dumps(document).encode(), QueryResultsFormat.JSON)
    if not isinstance(answer, Solutions):
        raise TypeError(answer)
    return answer


def binding(term: Term) -> dict[str, str]:
    """A term as JSON has it."""
    match term:
        case NamedNode():
            return {"type": "uri", "value": term.value}
        case BlankNode():
            return {"type": "bnode", "value": term.value}
        case Literal(language=str(language)):
            return {"type": "literal", "value": term.value, "xml:lang": language}
        case Literal():
            return {"type": "literal", "value": term.value, "datatype": term.datatype.value}
        case _:
            raise TypeError(term)
