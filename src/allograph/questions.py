"""Questions: one ``.rq`` file each, a whole query below a header in YAML behind ``#+``.

A parameter is a ``VALUES ?drug { drug:blinatumomab }`` block, where the author puts it; binding
replaces the terms in its braces, and writes ``UNDEF`` when the parameter is left open. So a file
runs unchanged in any engine, and sub-selects and aggregates work.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from allograph.errors import Location, ParameterError, QuestionError, UnknownQuestion
from allograph.headers import Header, read_header
from allograph.namespaces import Namespaces
from allograph.parameters import TYPES, Choice, Parameter, choices, term_of
from allograph.sources import Sources, read_text
from allograph.sparql import OPAQUE
from allograph.store import Store
from allograph.turtle import read_namespaces

__all__ = [
    "Choice",
    "Column",
    "Parameter",
    "Question",
    "bind",
    "choices",
    "question_named",
    "read_questions",
]

_VALUES = re.compile(
    rf"{OPAQUE}|\b(?P<head>VALUES\s+\?(?P<variable>\w+)\s*\{{)(?P<terms>[^{{}}]*)\}}",
    re.DOTALL | re.IGNORECASE,
)

_SPELLINGS = {"iri": "{}", "integer": "{}", "decimal": "{}", "date": '"{}"^^xsd:date'}


@dataclass(frozen=True)
class Column:
    """A column of the answer, for people."""

    name: str
    label: str
    unit: str


@dataclass(frozen=True)
class Question:
    """One question: ``text`` is its whole file, which runs as it is."""

    name: str
    title: str
    description: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    plot: Mapping[str, Any] | None
    text: str


def read_questions(sources: Sources) -> dict[str, Question]:
    """Read all question files, by name."""
    namespaces = read_namespaces(sources.prefixes, sources.relative(sources.prefixes))
    questions = {}
    for path in sources.question_files():
        shown_as = sources.relative(path)
        text = read_text(path, shown_as)
        questions[path.stem] = read_question(path.stem, text, shown_as, namespaces)
    return questions


def read_question(name: str, text: str, shown_as: str, namespaces: Namespaces) -> Question:
    """Read one question; messages call its file ``shown_as``."""
    header = read_header(text, shown_as)
    parameters = tuple(
        _parameter(header, item, namespaces)
        for item in header.mappings(
            "params", ("name", "variable", "type", "class", "default", "description", "values")
        )
    )
    for parameter in parameters:
        _check_values_block(parameter, text, header, namespaces)
    columns = (
        Column(item["name"], item.get("label", item["name"]), item.get("unit", ""))
        for item in header.mappings("columns", ("name", "label", "unit"))
    )
    plot = header.values.get("plot")
    if plot is not None and not isinstance(plot, dict):
        raise header.error("plot", "'plot' is a mapping, as in {kind: forest}")
    return Question(
        name,
        header.text("title"),
        header.text("description"),
        header.texts("tags"),
        parameters,
        tuple(columns),
        plot,
        text,
    )


def question_named(questions: Mapping[str, Question], name: str) -> Question:
    """The question of this name, or an ``UnknownQuestion`` that names the nearest."""
    try:
        return questions[name]
    except KeyError:
        raise UnknownQuestion(name, questions) from None


def bind(question: Question, values: Mapping[str, Sequence[str]], store: Store) -> str:
    """The query with values in place; a parameter that is given as nothing is left open."""
    by_name = {parameter.name: parameter for parameter in question.parameters}
    terms: dict[str, str] = {}
    for name, texts in values.items():
        if name not in by_name:
            takes = f"it takes {', '.join(by_name)}" if by_name else "it takes nothing"
            raise ParameterError(name, f"'{question.name}' takes no '{name}'; {takes}")
        bound = dict.fromkeys(term_of(by_name[name], text, store) for text in texts if text.strip())
        terms[by_name[name].variable] = " ".join(bound) or "UNDEF"

    def replace(match: re.Match[str]) -> str:
        if match["variable"] not in terms:
            return match[0]
        return f"{match['head']} {terms[match['variable']]} }}"

    return _VALUES.sub(replace, question.text)


def _parameter(header: Header, item: Mapping[str, Any], namespaces: Namespaces) -> Parameter:
    name, type_ = item["name"], item.get("type", "")
    if type_ not in TYPES:
        raise header.error("params", f"'{name}' has a type: one of {', '.join(TYPES)}")
    class_iri = namespaces.expand(item.get("class", ""))
    if type_ == "iri" and class_iri is None:
        raise header.error("params", f"'{name}' is an iri, so it has a class, as in ag:Drug")
    values = item.get("values", [])
    if (type_ == "enum") is not bool(values) or not isinstance(values, list):
        raise header.error("params", f"'{name}' has 'values: [...]' if, and only if, it is an enum")
    return Parameter(
        name,
        item.get("variable", name),
        type_,
        class_iri,
        tuple(_defaults(item, namespaces)),
        item.get("description", ""),
        tuple(values),
    )


def _defaults(item: Mapping[str, Any], namespaces: Namespaces) -> list[str]:
    """The default values, one or a list; a CURIE as the IRI that it stands for."""
    given = item.get("default", [])
    texts = [given] if isinstance(given, str) else given
    if item["type"] != "iri":
        return list(texts)
    return [namespaces.expand(text) or text for text in texts]


def _check_values_block(
    parameter: Parameter, text: str, header: Header, namespaces: Namespaces
) -> None:
    """The text in the braces of the file is the default, so that the file runs as it is."""
    blocks = [match for match in _VALUES.finditer(text) if match["variable"] == parameter.variable]
    if not blocks:
        message = f"'{parameter.name}' needs 'VALUES ?{parameter.variable} {{ … }}' in the query"
        raise header.error("params", message)
    expected = _spelt(parameter, namespaces)
    for block in blocks:
        if block["terms"].split() != expected.split():
            line = text.count("\n", 0, block.start()) + 1
            raise QuestionError(
                Location(header.shown_as, line),
                f"the braces of ?{parameter.variable} hold the default: {expected}",
            )


def _spelt(parameter: Parameter, namespaces: Namespaces) -> str:
    """The default as it is spelt in the query."""
    spelling = _SPELLINGS.get(parameter.type, '"{}"')
    is_iri = parameter.type == "iri"
    texts = [namespaces.compact(text) if is_iri else text for text in parameter.defaults]
    return " ".join(map(spelling.format, texts)) or "UNDEF"
