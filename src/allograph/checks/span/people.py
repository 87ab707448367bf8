"""Authors and how to reach them, against the lines of the text that print them.

The parts of a name are printed: ``Jabbour E`` is ``Elias Jabbour``, ``Evstratov D.A.`` is
``D. A. Evstratov``. Authors stand in the order of ``ag:position``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from allograph.checks.span.reading import Place, Reading, Told, folded_letters
from allograph.evidence.values import whole
from allograph.rdf.nodes import Node

WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
INITIALS = 2
"""Up to so many letters a part of a name is read as initials."""
CORRESPONDS = re.compile(r"\bcorrespond\w*", re.IGNORECASE)
LINES: tuple[tuple[str, str], ...] = (
    ("email", "e-mail address"),
    ("post", "post"),
    ("postalAddress", "address"),
)
"""Properties of an author whose words stand beside the name, and what they are called."""


def authors(reading: Reading) -> Iterator[Told]:
    """An author with another name, address or place in the list than the text prints."""
    of_report: defaultdict[str, list[tuple[int, Place]]] = defaultdict(list)
    for place in reading.places:
        position = whole(place.node, "position")
        if position is None:
            continue
        of_report[place.node.iri.partition("#")[0]].append((position, place))
        if wrong := _unprinted(place.node.label, place.printed, place.span):
            message = f'"{wrong}" of the label is not printed of this author: correct it.'
            yield Told(place.node.iri, "author", message, place.printed)
        yield from _lines(reading, place)
    for listed in of_report.values():
        yield from _order(sorted(listed, key=lambda item: item[0]))


def _unprinted(label: str, printed: str, around: str) -> str:
    """The part of a name that is not printed; initials stand for words, in their order."""
    named, given, longer = (_parts(text) for text in (label, printed, around))
    firsts = {letter for word in given for letter in (word if _is_short(word) else word[0])}
    for word in named:
        if word not in given and not (set(word) <= firsts if _is_short(word) else word in longer):
            return word
    ours, theirs = ("".join(filter(_is_short, words)) for words in (named, given))
    return ours if ours != theirs and sorted(ours) == sorted(theirs) else ""


def _parts(text: str) -> list[str]:
    return [match[0] for match in WORD.finditer(folded_letters(text))]


def _is_short(word: str) -> bool:
    return len(word) <= INITIALS


def _lines(reading: Reading, place: Place) -> Iterator[Told]:
    node, span = place.node, folded_letters(place.span)
    for name, called in LINES:
        for value in node.texts(name):
            if wrong := _missing(folded_letters(value.removeprefix("mailto:")), span):
                message = f'"{wrong}" of the {called} is not printed there: correct ag:{name}.'
                yield Told(node.iri, "author", message, value)
    if _is_corresponding(node) and not CORRESPONDS.search(span):
        message = "The text does not call this author the corresponding one: correct it."
        yield Told(node.iri, "author", message, place.printed)
    elif CORRESPONDS.search(span) and not _is_corresponding(node):
        message = "The text calls this author the corresponding one: enter ag:isCorresponding."
        yield Told(node.iri, "author", message, place.printed)
    named = reading.names.named(place.span, "organization")
    centres = set(node.iris("affiliation"))
    if named and (missing := reading.names.unnamed(centres, place.span)):
        message = f"The text does not name {reading.names.labels(missing)} beside this author."
        yield Told(node.iri, "author", message, place.printed)


def _missing(value: str, span: str) -> str:
    """A word or number of a value that the span does not have."""
    printed = re.findall(r"[^\s,;()]+", span)
    bare = {word.rstrip(".") for word in printed}
    words = (word.rstrip(".") for word in re.findall(r"[^\s,;()]+", value))
    return next((word for word in words if not _is_in(word, bare)), "")


def _is_in(word: str, printed: set[str]) -> bool:
    """Whether a word is printed, in full or cut as ``St`` for ``Street``."""
    return word in printed or any(
        one.isalpha() and len(one) < len(word) and word[:2] == one[:2] and set(one) <= set(word)
        for one in printed
    )


def _is_corresponding(node: Node) -> bool:
    return node.is_true("isCorresponding")


def _order(listed: list[tuple[int, Place]]) -> Iterator[Told]:
    """An author who is printed before one of a lower position of the same text."""
    last: dict[str, tuple[int, int]] = {}
    for position, place in listed:
        at = place.start + max(place.span.find(place.printed), 0)
        before, where = last.get(place.locator.held_text, (0, -1))
        if at < where:
            message = f"The text prints position {position} before {before}: correct ag:position."
            yield Told(place.node.iri, "author", message, place.printed)
        last[place.locator.held_text] = (position, max(at, where))
