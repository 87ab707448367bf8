"""The names that a request may speak of, each with what it means.

A name is found however its words are written together or apart (``mini hyper CVD``,
``minihyperCVD``), in the singular or plural, in British or American spelling.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from allograph.release.searchable import Item
from allograph.text.words import WORD, plain, variants

KINDS = (
    "study",
    "lead",
    "drug",
    "target",
    "condition",
    "outcome",
    "statistic",
    "regimen",
    "topic",
    "journal",
    "question",
)
"""The kinds that a request is read for; where several have a name, the first of them is meant.

A question is meant besides: ``survival`` is an outcome, and there are questions about it.
"""

CASED = frozenset(("all", "or", "pros"))
"""Names that are common words unless they are written in capitals."""

_BEFORE_COLON = re.compile(r"([^:]*[A-Z\d]{2}[^:]*):")
"""The short name of a study, as in ``TOWER: blinatumomab or standard-of-care chemotherapy``."""

MOST_WORDS = 9
"""Words of the longest name that is looked for."""


@dataclass(frozen=True)
class Notion:
    """What a name stands for: a record, a concept or a question."""

    kind: str
    key: str
    label: str
    iri: str


@dataclass(frozen=True)
class Word:
    """A word of a request: as it was typed, and as it is looked up."""

    typed: str
    plain: str


class Lexicon:
    """The names of some items, made once."""

    def __init__(self, items: Iterable[Item]) -> None:
        names: dict[str, dict[Notion, None]] = defaultdict(dict)
        self.vocabulary: set[str] = set()
        self.notions: dict[str, Notion] = {}
        for item in items:
            if item.kind not in KINDS or not item.key:
                continue
            notion = Notion(item.kind, item.key, item.label, item.iri)
            self.notions[item.iri] = notion
            for name in names_of(item):
                words = WORD.findall(plain(name))
                self.vocabulary.update(words)
                names["".join(words)][notion] = None
        self._names = {name: tuple(notions) for name, notions in names.items() if name}

    def longest(self, words: Sequence[Word]) -> tuple[int, tuple[Notion, ...]]:
        """How many of the first words are a name, and what it means; 0 where none is."""
        for length in range(min(len(words), MOST_WORDS), 0, -1):
            for name in _written(words[:length]):
                if notions := self._names.get(name):
                    return length, meant(notions)
        return 0, ()


def names_of(item: Item) -> Iterator[str]:
    """What an item may be called in a request; identifiers are none of its names."""
    if item.kind == "question":
        yield from item.hidden
        return
    yield item.label
    yield from (name for name in item.names if ":" not in name)
    yield from item.hidden
    if item.kind in ("study", "lead"):
        if match := _BEFORE_COLON.match(item.label):
            yield match[1]
        if "-" not in item.key:
            yield item.key


def meant(notions: Iterable[Notion]) -> tuple[Notion, ...]:
    """Of what a name can stand for, the kind that comes first, and the questions."""
    of_kind: dict[str, list[Notion]] = defaultdict(list)
    for notion in notions:
        of_kind[notion.kind].append(notion)
    questions = of_kind.pop("question", [])
    first = min(of_kind, key=KINDS.index, default=None)
    return (*(of_kind[first] if first else ()), *questions)


def _written(words: Sequence[Word]) -> Iterator[str]:
    """The ways to write some words together."""
    if len(words) == 1:
        is_common = words[0].plain in CASED and not words[0].typed[:2].isupper()
        if is_common or len(words[0].typed) == 1:
            return
    *before, last = (word.plain for word in words)
    start = "".join(before)
    yield start + last
    yield from (start + variant for variant in variants(last))
