"""The numbers of a held text, each with its section, sentence and line.

Words for numbers are those that English has (``text/number_words``) and those of the scheme of
numerals, where a curator adds what a source says otherwise: ``a month`` is 1.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from allograph.curated.held.locate import in_context, located
from allograph.curated.held.locators import Locator, ReadText
from allograph.rdf.nodes import Nodes
from allograph.text.numerals import DECIMAL, is_number
from allograph.text.printed import PrintedNumber, printed_numbers


@dataclass(frozen=True)
class NumberInText:
    """A number of a held text at its place, with some words around it."""

    number: PrintedNumber
    section: str
    sentence: int
    line: int
    context: str

    @property
    def where(self) -> str:
        """As in ``Results, sentence 2``."""
        return f"{self.section}, sentence {self.sentence}" if self.section else f"line {self.line}"


def numerals_of(nodes: Nodes) -> dict[str, Decimal]:
    """The words of the scheme of numerals, and what they say."""
    return {
        node.label.casefold(): Decimal(node.value("number"))
        for node in nodes.having("number")
        if node.label and is_number(node.value("number"), DECIMAL)
    }


def numbers_of(
    read: ReadText, known: Iterable[Locator], words: dict[str, Decimal]
) -> list[NumberInText]:
    """Every number of a text in its order; ``known`` are the locators that point into it."""
    placed = [one for one in known if not one.reason]
    return [_placed(number, read, placed) for number in printed_numbers(read.prose.text, words)]


def _placed(number: PrintedNumber, read: ReadText, known: list[Locator]) -> NumberInText:
    place = located((number.start, number.end), read, known)
    context = in_context(number.start, number.end, read.prose.text)
    return NumberInText(number, place.section, place.sentence, place.line, context)
