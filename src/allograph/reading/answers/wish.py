"""Which rows of an answer a reader wants, in which order and with which columns.

The arguments are ``f.<column>=`` (several values are alternatives), ``sort=`` (``-`` in front turns
it round), ``columns=a,b``, ``retellings=no`` and ``page=``. A column is one of the answer, or a
cell of several of them, as ``outcome`` or ``figure``. They are links, so no script is needed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from operator import itemgetter

from allograph.errors import ParameterError, nearest, nearest_first
from allograph.reading.answers.composed import COMPOSED
from allograph.reading.answers.rows import LABEL, AnswerRow, AnswerRows, parts_of, text_of
from allograph.text.numerals import whole_number

FILTER = "f."
SORT, COLUMNS, RETELLINGS, PAGE = "sort", "columns", "retellings", "page"
NAMES = (SORT, COLUMNS, RETELLINGS, PAGE)
ROWS_ON_A_PAGE = 100
MOST_PAGES = 10_000

DOUBT = "doubt"
"""What a row can be filtered by beside its columns: the weight of its gravest doubt."""
NO_DOUBT = "none"
POPULATION = "population"
"""And by whom its study was about: its conditions, narrow and broad."""
STUDY = "study"
BESIDE = (DOUBT, POPULATION)
NOTHING = ""
"""The value by which rows are found that have nothing in a column."""

SECOND_HAND = "secondary-source"
"""The key of the flag by which a row says that its report retells others."""

Arguments = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Wish:
    """What a reader wants of an answer; as it is, the first page of everything."""

    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""
    is_descending: bool = False
    columns: tuple[str, ...] = ()
    with_retellings: bool = True
    page: int = 1

    @property
    def meaning(self) -> tuple[str, ...]:
        """What tells a page by this wish from others."""
        return (repr(sorted(self.pairs)), ",".join(self.columns), str(self.page))

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The arguments that say which rows are wanted, and in which order."""
        filters = [
            (f"{FILTER}{name}", value) for name, each in self.filters.items() for value in each
        ]
        sort = [(SORT, f"{'-' if self.is_descending else ''}{self.sort}")] if self.sort else []
        return [*filters, *sort, *([] if self.with_retellings else [(RETELLINGS, "no")])]

    @property
    def is_narrow(self) -> bool:
        """Tell whether it leaves rows out."""
        return bool(self.filters) or not self.with_retellings


def is_wish(name: str) -> bool:
    """Tell whether an argument says what is wanted of the answer, and is no parameter."""
    return name in NAMES or name.startswith(FILTER)


def wish_of(arguments: Arguments, names: Collection[str]) -> Wish:
    """Read a wish; ``names`` are the columns of the answer.

    Raises:
        ParameterError: for a column that the answer does not have, or a value that is none.

    """
    known = [*names, *(cell.key for cell in COMPOSED if cell.lead(names))]
    filters = {
        _known(name.removeprefix(FILTER), [*known, *BESIDE], name): tuple(dict.fromkeys(values))
        for name, values in arguments.items()
        if name.startswith(FILTER)
    }
    sort = _last(arguments, SORT)
    column = sort.removeprefix("-")
    listed = ",".join(arguments.get(COLUMNS, ())).split(",")
    chosen = [name.strip() for name in listed if name.strip()]
    page = whole_number(_last(arguments, PAGE) or "1", 1, MOST_PAGES)
    if page is None:
        raise ParameterError(PAGE, f"{PAGE} is a number from 1, not '{_last(arguments, PAGE)}'")
    return Wish(
        filters,
        _known(column, known, SORT) if column else "",
        sort.startswith("-"),
        tuple(_known(name, known, COLUMNS) for name in dict.fromkeys(chosen)),
        wants_retellings(arguments),
        page,
    )


def wants_retellings(arguments: Arguments) -> bool:
    """Read whether what retellings print is wanted; raises a ``ParameterError`` but for yes, no."""
    retellings = _last(arguments, RETELLINGS) or "yes"
    if retellings not in ("yes", "no"):
        raise ParameterError(RETELLINGS, f"{RETELLINGS} are yes or no, not '{retellings}'")
    return retellings == "yes"


def _last(arguments: Arguments, name: str) -> str:
    return (arguments.get(name) or [""])[-1]


def _known(name: str, known: Collection[str], parameter: str) -> str:
    if name in known:
        return name
    message = f"{parameter}: there is no column '{name}'{nearest(name, known)}"
    raise ParameterError(parameter, message, nearest_first(name, known))


def sifted(answer: AnswerRows, wish: Wish, leaving: str = "") -> list[AnswerRow]:
    """The rows that are wanted, in the order that is wanted; the filter ``leaving`` is passed over.

    The order of the answer stays among equals, and what has no value comes last either way.
    """
    names = answer.names
    filters = {name: values for name, values in wish.filters.items() if name != leaving}
    rows = [
        row
        for row in answer.rows
        if (wish.with_retellings or not is_retelling(row))
        and all(_has(row, column, values, answer) for column, values in filters.items())
    ]
    if not wish.sort:
        return rows
    column = lead_of(wish.sort, names)
    keyed = [(_sort_key(row.texts[column]), row) for row in rows]
    bound = [pair for pair in keyed if pair[0][0] < 2]
    bound.sort(key=itemgetter(0), reverse=wish.is_descending)
    return [row for _key, row in bound] + [row for key, row in keyed if key[0] == 2]


def lead_of(name: str, names: Collection[str]) -> str:
    """The column of an answer that a name means: its labels, itself, or that which leads a cell."""
    if f"{name}{LABEL}" in names:
        return f"{name}{LABEL}"
    leads = (cell.lead(names) for cell in COMPOSED if cell.key == name)
    return name if name in names else next(lead for lead in leads if lead)


def is_retelling(row: AnswerRow) -> bool:
    """Tell whether the report of a row tells what others found."""
    flags = row.terms.get("flags")
    return SECOND_HAND in parts_of(text_of(flags))


def values_in(row: AnswerRow, name: str, names: Collection[str]) -> list[str]:
    """The values that a row has in a column: each label, or the weight of its gravest doubt."""
    if name == DOUBT:
        return [row.weight or NO_DOUBT]
    if name == STUDY and row.study:
        return [row.study.label]
    if name == POPULATION:
        return list(row.study.populations) if row.study else [NOTHING]
    return parts_of(row.texts[lead_of(name, names)]) or [NOTHING]


def in_full(answer: AnswerRows, name: str, value: str) -> str:
    """The label of a value that may be given by its key."""
    known = {} if name in BESIDE else answer.concepts.get(lead_of(name, answer.names), {})
    return known[value].label if value in known else value


def _has(row: AnswerRow, name: str, wanted: Sequence[str], answer: AnswerRows) -> bool:
    """Tell whether a row has one of the values: its text, its label or its key."""
    found = set(values_in(row, name, answer.names))
    if name not in BESIDE:
        column = lead_of(name, answer.names)
        keys = {name, column, column.removesuffix(LABEL)} & set(answer.names)
        for text in filter(None, (text_of(row.terms[each]) for each in keys)):
            found.update((text, *parts_of(text), text.rpartition("/")[2]))
        found.add(row.texts[column])
    folded = {value.casefold() for value in found}
    return any(in_full(answer, name, value).casefold() in folded for value in wanted)


def _sort_key(text: str) -> tuple[int, Decimal, str]:
    """Numbers by their value before words by their letters; what is empty is last."""
    if not text:
        return 2, Decimal(0), ""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return 1, Decimal(0), text.casefold()
    return (0, number, "") if number.is_finite() else (1, Decimal(0), text.casefold())
