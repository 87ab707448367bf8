"""Questions: one ``.rq`` file each, a whole query below a header in YAML behind ``#+``.

A parameter is a ``VALUES ?drug { drug:blinatumomab }`` block, where the author puts it; binding
replaces the terms in its braces, and writes ``UNDEF`` when the parameter is left open. So a file
runs unchanged in any engine, and sub-selects and aggregates work.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import PurePosixPath
from types import MappingProxyType

from allograph.curated.snapshot import Snapshot
from allograph.curated.sources import Part
from allograph.errors import Location, ParameterError, QuestionError, UnknownQuestion, nearest
from allograph.evidence.units import UNITS
from allograph.namespaces import Namespaces
from allograph.questions.code_book import CodeBook, Meaning, code_book_of
from allograph.questions.counted import CountedHeader, read_counted
from allograph.questions.header import ColumnHeader, Header, ParameterHeader, one_line, read_header
from allograph.questions.moved import MOVED, Moved
from allograph.questions.parameters import (
    TYPES,
    Choice,
    Choices,
    Parameter,
    Value,
    choices,
    default_values,
    read_values,
)
from allograph.questions.plot import PlotHeader, read_plot
from allograph.questions.sentence import read_sentence, without_open
from allograph.rdf.opaque import OPAQUE
from allograph.rdf.store import Store
from allograph.tables.fields import FIELD_TYPES, NUMBER
from allograph.text.lines import line_ends

__all__ = [
    "Argument",
    "Bound",
    "Choice",
    "Choices",
    "Column",
    "Moved",
    "Parameter",
    "Question",
    "bind",
    "bound",
    "choices",
    "question_named",
    "read_questions",
]

_VALUES = re.compile(
    rf"{OPAQUE}|\b(?P<head>VALUES\s+\?(?P<variable>\w+)\s*\{{)(?P<terms>[^{{}}]*)\}}",
    re.DOTALL | re.IGNORECASE,
)

RESERVED = ("colours", "limit", "offset", "release", "timeout", "width")
"""Arguments of a question's address that are no parameters of it."""

_SPELLINGS = {"iri": "{}", "integer": "{}", "decimal": "{}", "date": '"{}"^^xsd:date'}


@dataclass(frozen=True)
class Column:
    """A column of the answer, for people.

    ``link`` names the column whose IRI its values lead to; without it, ``x_label`` leads to the
    column ``x``. ``of`` is the closed list or the kind of records whose keys or labels it holds.
    ``type`` is one of ``FIELD_TYPES``, and ``number`` where the answer has the printed digits as
    text: they are sorted, drawn and computed with as numbers. ``meaning`` is that of the header,
    else of the code book.
    """

    name: str
    label: str
    unit: str
    link: str = ""
    of: str = ""
    type: str = ""
    meaning: str = ""


@dataclass(frozen=True)
class Question:
    """One question: ``text`` is its whole file, which runs as it is.

    ``sentence`` is the title with ``{drug}`` where the value of that parameter belongs; what is in
    brackets, ``[ after {drug}]``, is said only where it has a value. ``also`` are words that people
    ask it by. ``answer`` counts its rows in one sentence; ``finding`` says what people did of whom
    its figures are shares, as ``reached transplant``; ``leading`` is the column by which findings
    are told apart, and the first value of which is said first.
    """

    name: str
    title: str
    sentence: str
    description: str
    tags: tuple[str, ...]
    also: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    plot: PlotHeader | None
    text: str
    answer: CountedHeader | None = None
    finding: str = ""
    leading: str = ""

    def sentence_without(self, left_open: Collection[str]) -> str:
        """The sentence, else the title, without the brackets of which all parameters are open."""
        return without_open(self.sentence, left_open) or self.title


@dataclass(frozen=True)
class Argument:
    """A parameter of a question that is asked, and what was given for it: ``None`` is nothing.

    Its choices are asked for where they are needed, and then once.
    """

    parameter: Parameter
    given: Sequence[str] | None
    ask: Callable[[Parameter], Choices]

    @cached_property
    def known(self) -> Choices:
        """What can be chosen for it; nothing, unless it is an ``iri``."""
        return self.ask(self.parameter) if self.parameter.class_iri else Choices()

    @cached_property
    def values(self) -> tuple[Value, ...]:
        """The values that were given, else those that the question has of itself."""
        if self.given is None:
            return default_values(self.parameter, self.known)
        return read_values(self.parameter, self.given, self.known)


@dataclass(frozen=True)
class Bound:
    """A question with its arguments: its query, form, sentence and addresses are all made of this.

    So they cannot differ in what a name stands for.
    """

    question: Question
    arguments: tuple[Argument, ...]

    @property
    def given(self) -> list[Argument]:
        """The arguments that were given; the others are as the file has them."""
        return [argument for argument in self.arguments if argument.given is not None]

    @cached_property
    def query(self) -> str:
        """The query with the values that were given in place; raises ``ParameterError``."""
        terms = {
            argument.parameter.variable: " ".join(value.term for value in argument.values)
            for argument in self.given
        }

        def replace(match: re.Match[str]) -> str:
            if match["variable"] not in terms:
                return match[0]
            return f"{match['head']} {terms[match['variable']] or 'UNDEF'} }}"

        return _VALUES.sub(replace, self.question.text)

    @property
    def meaning(self) -> tuple[str, ...]:
        """What tells it from other questions and values: the query, and numbers as they are spelt.

        A page shows ``1 a`` where the query has 12 months; keys, labels and synonyms are one.
        """
        spelt = (value for argument in self.given for value in argument.values if not value.choice)
        return (self.question.name, self.query, *(value.text for value in spelt))


def read_questions(snapshot: Snapshot) -> dict[str, Question]:
    """Read all question files, by name."""
    questions = (question_in(snapshot, path) for path in snapshot.paths(Part.QUESTIONS))
    return {question.name: question for question in questions}


def question_in(snapshot: Snapshot, shown_as: str) -> Question:
    """Read the question in one file, which is named for it."""
    name = PurePosixPath(shown_as).stem
    text, book = snapshot.text(shown_as), code_book_of(snapshot)
    return read_question(name, text, shown_as, snapshot.namespaces, book)


def read_question(
    name: str,
    text: str,
    shown_as: str,
    namespaces: Namespaces,
    code_book: CodeBook = MappingProxyType({}),
) -> Question:
    """Read one question; messages call its file ``shown_as``."""
    header = read_header(text, shown_as)
    said = header.said
    parameters = tuple(
        _parameter(header, place, given, namespaces) for place, given in enumerate(said.params)
    )
    for place, parameter in enumerate(parameters):
        _check_values_block(parameter, text, header, place, namespaces)
    columns = _columns(header, code_book)
    return Question(
        name,
        one_line(said.title),
        read_sentence(header, parameters),
        one_line(said.description),
        said.tags,
        said.also,
        parameters,
        columns,
        read_plot(header, {column.name: column.unit for column in columns}),
        text,
        read_counted(header, [column.name for column in columns]),
        one_line(said.finding),
        _leading(header, columns),
    )


def _leading(header: Header, columns: Sequence[Column]) -> str:
    """Read the column that leads the answer line, if the header names one."""
    name, names = header.said.leading, [column.name for column in columns]
    if name and name not in names:
        raise header.error(f"no column '{name}' leads{nearest(name, names)}", "leading")
    return name


def _columns(header: Header, code_book: CodeBook) -> tuple[Column, ...]:
    """Read the columns; one that links names another, and the code book says what is not said."""
    given = header.said.columns
    names = [column.name for column in given]
    for place, column in enumerate(given):
        if column.link and column.link not in names:
            message = f"'{column.name}' links to no column '{column.link}'"
            raise header.error(message + nearest(column.link, names), "columns", place, "link")
        if column.type not in ("", *FIELD_TYPES):
            message = f"'{column.name}' has a type: one of {', '.join(FIELD_TYPES)}, or none"
            raise header.error(message, "columns", place, "type")
    return tuple(_column(column, code_book.get(column.name, Meaning("", ""))) for column in given)


def _column(given: ColumnHeader, known: Meaning) -> Column:
    return Column(
        given.name,
        given.label or given.name,
        given.unit,
        given.link,
        given.of,
        given.type or known.type,
        one_line(given.meaning or known.meaning),
    )


def numbers_among(columns: Iterable[Column]) -> frozenset[str]:
    """The columns whose texts are numbers, by name."""
    return frozenset(column.name for column in columns if column.type == NUMBER)


def question_named(questions: Mapping[str, Question], name: str) -> Question | Moved:
    """The question of this name, or where that has moved; today's names go before old ones.

    Raises:
        UnknownQuestion: no question is or was called so; it names the nearest.

    """
    if name in questions:
        return questions[name]
    if name in MOVED and MOVED[name].name in questions:
        return MOVED[name]
    raise UnknownQuestion(name, questions)


def bind(question: Question, values: Mapping[str, Sequence[str]], store: Store) -> str:
    """The query with values in place; a parameter that is given as nothing is left open."""
    return bound(question, values, lambda parameter: choices(parameter, store)).query


def bound(
    question: Question,
    given: Mapping[str, Sequence[str]],
    choices_of: Callable[[Parameter], Choices],
) -> Bound:
    """Bind a question; the choices of each parameter are asked for once.

    Raises:
        ParameterError: for a name that the question does not take; its ``query`` raises it for a
            value.

    """
    choices_of = cache(choices_of)
    by_name = {parameter.name: parameter for parameter in question.parameters}
    for name in given:
        if name not in by_name:
            takes = f"it takes {', '.join(by_name)}" if by_name else "it takes nothing"
            raise ParameterError(name, f"'{question.name}' takes no '{name}'; {takes}")
    values = _led_on(question.parameters, given, choices_of)
    return Bound(
        question,
        tuple(
            Argument(parameter, values.get(parameter.name), choices_of)
            for parameter in question.parameters
        ),
    )


def _led_on(
    parameters: Iterable[Parameter],
    given: Mapping[str, Sequence[str]],
    choices_of: Callable[[Parameter], Choices],
) -> Mapping[str, Sequence[str]]:
    """The values of each parameter, where one of another kind today is given to that kind's.

    "Standard treatment" was a drug, and is a regimen: an old address with
    ``drug=standard-treatment`` asks ``drug=&comparator=standard-treatment``.
    """
    values = dict(given)
    of_class = [parameter for parameter in parameters if parameter.class_iri]
    for parameter in of_class:
        for text in given.get(parameter.name, ()):
            if not text.strip() or choices_of(parameter).called(text):
                continue
            taker = next((each for each in of_class if choices_of(each).formerly(text)), None)
            if taker:
                values[parameter.name] = [each for each in values[parameter.name] if each != text]
                values[taker.name] = [*values.get(taker.name, ()), text]
    return values


def _parameter(
    header: Header, place: int, given: ParameterHeader, namespaces: Namespaces
) -> Parameter:
    """Make a parameter of what the header says of it."""
    name, type_, at = given.name, given.type, ("params", place)
    if type_ not in TYPES:
        raise header.error(f"'{name}' has a type: one of {', '.join(TYPES)}", *at, "type")
    class_iri = namespaces.expand(given.class_)
    if type_ == "iri" and class_iri is None:
        message = f"'{name}' is an iri, so it has a class, as in ag:Drug"
        raise header.error(message, *at, "class")
    if given.unit and (given.unit not in UNITS or type_ not in ("integer", "decimal")):
        message = f"'{name}' is a number in a unit of the graph: {', '.join(UNITS)}"
        raise header.error(message, *at, "unit")
    if name in RESERVED:
        raise header.error(f"'{name}' is an argument of every question's address", *at, "name")
    if (type_ == "enum") is not bool(given.values):
        message = f"'{name}' has 'values: [...]' if, and only if, it is an enum"
        raise header.error(message, *at, "values")
    is_iri = type_ == "iri"
    return Parameter(
        name,
        given.variable or name,
        type_,
        class_iri,
        tuple((is_iri and namespaces.expand(text)) or text for text in given.default),
        given.description,
        given.values,
        given.unit,
        given.open or f"any {name.replace('_', ' ')}",
    )


def _check_values_block(
    parameter: Parameter, text: str, header: Header, place: int, namespaces: Namespaces
) -> None:
    """The text in the braces of the file is the default, so that the file runs as it is."""
    blocks = [match for match in _VALUES.finditer(text) if match["variable"] == parameter.variable]
    if not blocks:
        message = f"'{parameter.name}' needs 'VALUES ?{parameter.variable} {{ … }}' in the query"
        raise header.error(message, "params", place)
    expected = _spelt(parameter, namespaces)
    for block in blocks:
        if block["terms"].split() != expected.split():
            line = line_ends(text[: block.start()]) + 1
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
