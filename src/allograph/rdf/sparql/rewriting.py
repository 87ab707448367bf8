r"""Write a query anew where Oxigraph would misread it; what is asked stays the same.

- A byte order mark is left out, and ``\u0041`` is A (SPARQL 1.1 Query, section 19.2).
- ``GROUP_CONCAT`` joins the texts of its values, as Fuseki and rdflib do: of numbers and IRIs
  Oxigraph makes no list but an empty cell, and it keeps a language tag where the answer is an
  ``xsd:string``. So each argument is put into ``STR()``.
- A new name that is used again in its SELECT (16.1.2), as in ``(COUNT(*) AS ?n) (?n+1 AS ?m)``, is
  replaced by what it stands for: Oxigraph refuses such a name where there are groups.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from allograph.rdf.sparql.parser import Phrase, Unexpected, parse
from allograph.rdf.sparql.scope import GROUP, is_grouped
from allograph.rdf.sparql.tokens import Token, expanded, tokens_of, without_mark

LONGEST = 1 << 16
"""Code points of a query that is written anew; a chain of names could double with each."""

_GROUP_CONCAT = re.compile("GROUP_CONCAT", re.IGNORECASE)
_RANDOM = {"RAND", "UUID", "STRUUID", "BNODE"}
_AS = re.compile(r"\bAS\b", re.IGNORECASE)

Change = tuple[int, int, str]
"""Where in the text, from and to, stands what instead."""


def prepared(text: str) -> str:
    """The query as a store is asked, mostly the text itself."""
    text = expanded(without_mark(text))
    if not _GROUP_CONCAT.search(text) or (tree := _tree(text)) is None:
        return text
    return _changed(text, list(_texts_joined(tree)))


def with_names_replaced(text: str) -> str | None:
    """A prepared query whose new names are not used again; nothing if that cannot be written.

    It cannot where a name stands for another value each time (``RAND()``), where only a variable
    may stand (``BOUND(?n)``, a pattern of EXISTS), or where the query would become too long.
    """
    if not _AS.search(text) or (tree := _tree(text)) is None:
        return None
    changes: list[Change] = []
    for query in tree.phrases("SelectQuery", "SubSelect"):
        clause = query.child("SelectClause")
        if clause is None or not is_grouped(query):
            continue
        found = _names_replaced(text, clause)
        if found is None:
            return None
        changes += found
    return _changed(text, changes) if changes else None


def _tree(text: str) -> Phrase | None:
    try:
        return parse(tokens_of(text))
    except Unexpected:
        return None


def _texts_joined(tree: Phrase) -> Iterator[Change]:
    """The changes that put the argument of each GROUP_CONCAT into STR()."""
    for aggregate in tree.phrases("Aggregate"):
        argument = aggregate.child("Expression")
        if argument and next(aggregate.tokens()).key == "GROUP_CONCAT":
            start, end = _span(argument)
            yield start, start, "STR("
            yield end, end, ")"


def _names_replaced(text: str, clause: Phrase) -> list[Change] | None:
    """The changes to one SELECT clause, or nothing if one of its names cannot be replaced."""
    known: dict[str, str | None] = {}
    changes: list[Change] = []
    for item in clause.children("SelectItem"):
        expression, variable = item.child("Expression"), item.variable()
        if expression is None or variable is None:
            continue
        here: list[Change] = []
        for token in _free_variables(expression):
            if token.text[1:] not in known:
                continue
            stands_for = known[token.text[1:]]
            if stands_for is None:
                return None
            here.append((token.start, token.end, f"({stands_for})"))
        if here and not _may_be_replaced(expression, known):
            return None
        start, end = _span(expression)
        shifted = [(first - start, last - start, new) for first, last, new in here]
        written = _changed(text[start:end], shifted)
        if len(written) > LONGEST:
            return None
        is_random = any(token.key in _RANDOM for token in expression.tokens())
        known[variable.text[1:]] = None if is_random else written
        changes += here
    return changes


def _free_variables(expression: Phrase) -> list[Token]:
    """The variables of an expression outside aggregates, which see the pattern alone."""
    return [token for token in expression.tokens(within=("Aggregate",)) if token.kind == "variable"]


def _may_be_replaced(expression: Phrase, known: Mapping[str, str | None]) -> bool:
    """Tell whether each use of a name is one where an expression may stand."""
    places = [
        *expression.phrases(GROUP, within=(GROUP, "Aggregate")),
        *(
            call
            for call in expression.phrases("BuiltInCall", within=("Aggregate",))
            if next(call.tokens()).key == "BOUND"
        ),
    ]
    used = {each.text[1:] for place in places for each in place.tokens() if each.kind == "variable"}
    return not used & set(known)


def _span(phrase: Phrase) -> tuple[int, int]:
    tokens = list(phrase.tokens())
    return tokens[0].start, tokens[-1].end


def _changed(text: str, changes: list[Change]) -> str:
    """The text with its changes, none of which overlap but for insertions at one place."""
    pieces: list[str] = []
    last = 0
    for start, end, new in sorted(changes, key=lambda change: change[:2]):
        pieces += (text[last:start], new)
        last = end
    return "".join((*pieces, text[last:]))
