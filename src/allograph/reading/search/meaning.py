"""What a request means: drugs, outcomes, people, a time, and the words that mean nothing here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from allograph.namespaces import BASE
from allograph.reading.search.lexicon import Lexicon, Notion, Word
from allograph.reading.search.limits import MOST_WORDS
from allograph.reading.search.spoken import COMPARING, FILLERS, take_apart
from allograph.text.english import is_english
from allograph.text.words import variants

EVERYBODY = "acute-lymphoblastic-leukaemia"
"""The condition that all people of this graph have: it narrows nothing."""

SETTINGS = frozenset(("hsct-receipt", "transplant", "prior-transplant"))
"""Outcomes that say, beside another one, of whom it is meant: ``survival after transplant``."""
BESIDE_SETTINGS = "outcomes-with-and-without-transplant"

NARROW = frozenset(("study", "outcome", "statistic"))
"""Kinds beside which ``trial`` or ``results`` ask for no list."""

LONG_ENOUGH_TO_BEGIN = 4
LONG_ENOUGH_AMONG_OTHERS = 6
"""Letters from which the last word, or one among others, may be the beginning of a longer one."""


@dataclass
class Meaning:
    """What a request speaks of; ``unknown`` are the words that no name has.

    ``asked`` are the questions that were named by words that name nothing else. Of a name that
    several have, each span holds them all: one of them is meant. ``said`` are the words that named
    a notion, and ``time_said`` those for the time.
    """

    notions: list[Notion] = field(default_factory=list)
    at_time: str = ""
    numbers: tuple[str, ...] = ()
    compares: bool = False
    unknown: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    time_said: str = ""
    spans: list[tuple[Notion, ...]] = field(default_factory=list)
    said: dict[Notion, str] = field(default_factory=dict)

    def of(self, kind: str) -> list[Notion]:
        """The notions of a kind, each once, in the order of the request."""
        return [notion for notion in self.notions if notion.kind == kind]

    def keys(self, kind: str) -> tuple[str, ...]:
        """Their keys."""
        return tuple(notion.key for notion in self.of(kind))

    def without(self, kind: str) -> Meaning:
        """The meaning without a kind of notions, or without its time."""
        notions = [notion for notion in self.notions if notion.kind != kind]
        return replace(self, notions=notions, at_time="" if kind == "time" else self.at_time)

    def choices(self, kind: str) -> list[tuple[str, ...]]:
        """The keys of a kind, those together of which one is meant."""
        spans = [
            tuple(notion.key for notion in span if notion.kind == kind and notion in self.notions)
            for span in self.spans
        ]
        return list(dict.fromkeys(filter(None, spans)))

    @property
    def things(self) -> list[Notion]:
        """The notions that are no questions."""
        return [notion for notion in self.notions if notion.kind != "question"]


def understood(request: str, lexicon: Lexicon, mend: Callable[[str], str]) -> Meaning:
    """What a request means; ``mend`` gives the known word that is nearest to a mistyped one."""
    spoken = take_apart(request)
    meaning = Meaning(
        at_time=next(iter(spoken.times), ""),
        time_said=next(iter(spoken.times.values()), ""),
        numbers=tuple(dict.fromkeys(spoken.numbers)),
        compares=spoken.compares,
    )
    words = _known_words(spoken.words, lexicon, mend)
    place, weak = 0, set[Notion]()
    while place < len(words):
        length, notions = lexicon.longest(words[place:])
        if all(notion.kind == "question" for notion in notions):
            meaning.asked.update(notion.key for notion in notions)
        meaning.spans.append(notions)
        if length == 1 and words[place].plain in FILLERS:
            weak.update(notions)
        typed = " ".join(word.typed for word in words[place : place + length])
        meaning.said.update(dict.fromkeys(notions, typed))
        for notion in notions:
            if notion not in meaning.notions:
                meaning.notions.append(notion)
        if not length and words[place].plain not in FILLERS:
            meaning.unknown.append(words[place].typed)
        place += length or 1
    meaning.compares |= len(meaning.of("drug")) > 1 and "or" in {word.plain for word in words}
    if meaning.at_time and not meaning.things:
        # A time of nothing is a printed one: ``median 14 months``.
        meaning.numbers, meaning.at_time = (*meaning.numbers, meaning.at_time), ""
    _without_everybody(meaning)
    if NARROW & {notion.kind for notion in meaning.things}:
        _leave_out(meaning, {notion for notion in weak if notion.kind == "question"})
    _without_settings(meaning, lexicon)
    return meaning


def _without_everybody(meaning: Meaning) -> None:
    """Leave out the condition of everybody beside anything else."""
    others = [notion for notion in meaning.notions if notion.key != EVERYBODY]
    if others or meaning.numbers or meaning.at_time:
        meaning.notions = others


def _leave_out(meaning: Meaning, notions: set[Notion]) -> None:
    meaning.notions = [notion for notion in meaning.notions if notion not in notions]
    meaning.asked -= {notion.key for notion in notions}


def _without_settings(meaning: Meaning, lexicon: Lexicon) -> None:
    """Take ``after transplant`` for what came before an outcome, beside another outcome."""
    outcomes = meaning.of("outcome")
    settings = {notion for notion in outcomes if notion.key in SETTINGS}
    if settings and len(settings) < len(outcomes):
        _leave_out(meaning, settings)
        beside = lexicon.notions.get(f"{BASE}questions/{BESIDE_SETTINGS}")
        if beside and beside not in meaning.notions:
            meaning.notions.append(beside)


def _known_words(words: Sequence[Word], lexicon: Lexicon, mend: Callable[[str], str]) -> list[Word]:
    """The words as names spell them: the last completed, a few mistyped ones mended."""
    mended: set[str] = set()

    def mend_few(word: str) -> str:
        mended.add(word)
        return mend(word) if len(mended) <= MOST_WORDS else word

    return [
        Word(word.typed, _known(word.plain, lexicon, mend_few, is_last=word is words[-1]))
        for word in words
    ]


def _known(word: str, lexicon: Lexicon, mend: Callable[[str], str], *, is_last: bool) -> str:
    if word in lexicon.vocabulary or word in FILLERS or word in COMPARING:
        return word
    for variant in variants(word):
        if variant in lexicon.vocabulary:
            return variant
    if is_english(word) or word.isdigit():
        return word
    if len(word) >= (LONG_ENOUGH_TO_BEGIN if is_last else LONG_ENOUGH_AMONG_OTHERS):
        longer = (known for known in lexicon.vocabulary if known.startswith(word))
        if found := min(longer, key=lambda known: (len(known), known), default=None):
            return found
    return mend(word)
