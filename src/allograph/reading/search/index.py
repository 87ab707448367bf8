"""Find things by words: by name, synonym or identifier, with typing errors forgiven.

Each word that was asked for is looked up among the words of the index: spelt as asked, as the
beginning of a longer word, as an abbreviation (``OS`` leads to whatever speaks of overall
survival), or nearly so. A word of English is never taken for an error. What holds all the words is
found, the best first; where nothing does, what holds the most of them. Nearness counts insertions,
deletions, replacements and swaps (optimal string alignment, by RapidFuzz).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import inf

from rapidfuzz import process
from rapidfuzz.distance import OSA

from allograph.reading.search.limits import LONGEST_REQUEST, LONGEST_WORD, MOST_WORDS
from allograph.reading.search.notes import Note
from allograph.release.searchable import Item
from allograph.text.english import is_english
from allograph.text.words import (
    compact,
    plain,
    spellings_in,
    spelt_words,
    telling,
    variants,
    words_in,
)

# How far each way to match a word is from what was asked; the mean over the words is the distance.
SPELT, BEGINNING, MENTIONED, ABBREVIATED, NEARLY = 0.0, 1.0, 2.0, 2.5, 4.0
# How much nearer an item is when a name of it is all that was asked, begins with it, or holds it.
WHOLE, FIRST_WORDS, HELD = 3.0, 0.5, 0.4
# The errors that are forgiven in a word, by its length; a shorter word is spelt as it is.
ERRORS_BY_LENGTH = ((9, 3), (6, 2), (4, 1))
LONG_ENOUGH_TO_BEGIN = 5
LONG_ENOUGH_TO_MATCH = 4
"""Letters from which a word may be the beginning of a longer one."""
MOST_COMPARED = 1024
"""Words whose near ones are kept."""


@dataclass(frozen=True)
class Hit:
    """An item that was found, and the other name it was found by, if any.

    ``query`` are the arguments of its address: the parameters of a question. ``is_apart`` tells
    that it is a rule, a flag, a term or a word of a closed list, and was not asked for by name.
    """

    item: Item
    name: str
    distance: float
    query: str = ""
    is_apart: bool = False


@dataclass(frozen=True)
class Findings:
    """What was found, the best first.

    ``meant`` is the request with its typing errors mended, empty if it had none; ``is_partial``
    tells that nothing holds all the words, and ``notes`` say what nobody reports.
    """

    hits: tuple[Hit, ...]
    meant: str = ""
    is_partial: bool = False
    notes: tuple[Note, ...] = ()


Matches = Mapping[int, float]


class Index:
    """The words of some items, made once."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.items = tuple(items)
        self._named: dict[str, set[int]] = defaultdict(set)
        self._mentioned: dict[str, set[int]] = defaultdict(set)
        self._spellings: dict[str, str] = {}
        # A word is compared with all others once, however often it is asked for.
        self._near = lru_cache(MOST_COMPARED)(self._compared)
        self._long_forms: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        for number, item in enumerate(self.items):
            self._add(number, item)

    def __len__(self) -> int:
        return len(self.items)

    def find(self, request: str) -> Findings:
        """Find items; a request without a word finds nothing.

        Of a long request only the beginning is read: ``LONGEST_REQUEST`` letters of it, before and
        after letters with marks are taken apart, and ``MOST_WORDS`` words.
        """
        request = plain(request[:LONGEST_REQUEST])[:LONGEST_REQUEST]
        asked = [word[:LONGEST_WORD] for word in telling(words_in(request))[:MOST_WORDS]]
        if not asked:
            return Findings(())
        asked = [self._as_spelt(word) for word in asked]
        mended = [self.mend(word) for word in asked]
        matches = [self._matches(word) for word in mended]
        whole = set.intersection(*(set(found) for found in matches))
        joined = self._whole_names.get(compact(request), set())
        if not whole and not joined:
            # Each word is a word of ours, but not of one item: one of them may be a near miss.
            matches = [
                self._with_near(word, found) for word, found in zip(mended, matches, strict=True)
            ]
            whole = set.intersection(*(set(found) for found in matches))
        if whole or joined:
            hits = self._ranked(whole | joined, matches, mended)
        else:
            hits = self._ranked(self._fullest(matches), matches, mended)
        is_mended = mended != asked and not joined
        meant = " ".join(self._spellings.get(word, word) for word in mended)
        return Findings(hits, meant * is_mended, not whole and not joined)

    def _add(self, number: int, item: Item) -> None:
        spelt_names = " ".join((*item.searched_names, item.context))
        for plain_word, spelt in spelt_words(spelt_names):
            self._spellings.setdefault(plain_word, spelt)
        for name in item.searched_names:
            for word in spellings_in(name):
                self._named[word].add(number)
        for word in words_in(f"{item.context} {item.further}"):
            self._mentioned[word].add(number)
        label = tuple(telling(words_in(item.label)))
        for name in (*item.names, *item.hidden):
            if len(words := words_in(name)) == 1 and words[0] not in label:
                self._long_forms[words[0]].add(label)

    @cached_property
    def _words(self) -> list[str]:
        """Every word, sorted, so that those with a beginning stand together."""
        return sorted(self._named.keys() | self._mentioned.keys())

    @cached_property
    def _all_words(self) -> frozenset[str]:
        return frozenset(self._words)

    @cached_property
    def _beginnings(self) -> dict[int, list[str]]:
        """The beginnings of words, by their length: what someone may be typing."""
        lengths = range(LONG_ENOUGH_TO_BEGIN, max(map(len, self._words), default=0))
        return {
            length: sorted({word[:length] for word in self._words if len(word) > length})
            for length in lengths
        }

    @cached_property
    def _whole_names(self) -> dict[str, set[int]]:
        """The items by each of their names, written together: ``ino vate`` is ``inovate``."""
        by_name: dict[str, set[int]] = defaultdict(set)
        for number, item in enumerate(self.items):
            for name in item.searched_names:
                by_name[compact(name)].add(number)
        by_name.pop("", None)
        return by_name

    def is_known(self, word: str) -> bool:
        """Tell whether anything here holds a word, in one of its spellings."""
        return any(spelt in self._all_words for spelt in (plain(word), *variants(plain(word))))

    def called(self, request: str) -> frozenset[str]:
        """The IRIs of the items of which a request is a name, all of it."""
        numbers = self._whole_names.get(compact(request), ())
        return frozenset(self.items[number].iri for number in numbers)

    def _as_spelt(self, word: str) -> str:
        """A word, or the plural, singular or other spelling of it that is ours."""
        if next(self._starting_with(word), None):
            return word
        return next((spelt for spelt in variants(word) if spelt in self._all_words), word)

    def _starting_with(self, beginning: str) -> Iterator[str]:
        """The words that are one, or begin with it if it is long enough to tell."""
        if len(beginning) < LONG_ENOUGH_TO_MATCH:
            yield from (beginning,) if beginning in self._all_words else ()
            return
        at = bisect_left(self._words, beginning)
        while at < len(self._words) and self._words[at].startswith(beginning):
            yield self._words[at]
            at += 1

    def mend(self, word: str) -> str:
        """The word, or the one of ours that is nearest to it where it is none of ours."""
        word = word[:LONGEST_WORD]
        if next(self._starting_with(word), None) or not (near := self._near(word)):
            return word
        return min(near, key=lambda known: (near[known], -self._uses(known), known))

    def _uses(self, word: str) -> int:
        return len(self._named.get(word, ())) + len(self._mentioned.get(word, ()))

    def _compared(self, word: str) -> dict[str, float]:
        """Words of ours that differ by a few errors from a word, or begin nearly as it does."""
        errors = next((few for length, few in ERRORS_BY_LENGTH if len(word) >= length), 0)
        if not errors or is_english(word):
            return {}
        near = distances(word, self._words, errors)
        for beginning, distance in distances(
            word, self._beginnings.get(len(word), ()), errors - 1
        ).items():
            for known in self._starting_with(beginning):
                near[known] = min(distance + 0.5, near.get(known, inf))
        return near

    def _matches(self, word: str) -> Matches:
        """The items with a word, and how far what they say is from it."""
        matches: dict[int, float] = {}
        for known in self._starting_with(word):
            is_whole = known == word
            for number in self._named.get(known, ()):
                keep_least(matches, number, SPELT if is_whole else BEGINNING)
            for number in self._mentioned.get(known, ()):
                keep_least(matches, number, MENTIONED + (0 if is_whole else BEGINNING))
        for long_form in self._long_forms.get(word, ()):
            for number in self._speaking_of(long_form):
                keep_least(matches, number, ABBREVIATED)
        return matches

    def _speaking_of(self, words: Sequence[str]) -> set[int]:
        """The items with each of some words."""
        holders = [
            self._named.get(word, set()) | self._mentioned.get(word, set()) for word in words
        ]
        return set.intersection(*holders) if holders else set()

    def _with_near(self, word: str, found: Matches) -> Matches:
        matches = dict(found)
        for known, errors in self._near(word).items():
            for number, distance in self._matches(known).items():
                keep_least(matches, number, NEARLY + errors + distance)
        return matches

    def _fullest(self, matches: Sequence[Matches]) -> set[int]:
        """The items that hold the most of the words."""
        counts = Counter(number for found in matches for number in found)
        most = max(counts.values(), default=0)
        return {number for number, count in counts.items() if count == most}

    def _ranked(
        self, numbers: set[int], matches: Sequence[Matches], asked: Sequence[str]
    ) -> tuple[Hit, ...]:
        hits = [self._hit(self.items[number], number, matches, asked) for number in numbers]
        return tuple(
            sorted(hits, key=lambda hit: (hit.distance, hit.item.rank, hit.item.label.casefold()))
        )

    def _hit(
        self, item: Item, number: int, matches: Sequence[Matches], asked: Sequence[str]
    ) -> Hit:
        found = [matched[number] for matched in matches if number in matched]
        distance = sum(found) / len(found) if found else SPELT
        name = max(item.all_names, key=lambda name: nearness(name, asked))
        is_other = name in item.names and name != item.label
        return Hit(item, name if is_other else "", distance - nearness(name, asked))


def nearness(name: str, asked: Sequence[str]) -> float:
    """How much of a name is what was asked: all of it, its first words, or some."""
    words = _words_of(name)
    if "".join(words) == "".join(asked):
        return WHOLE
    if words[: len(asked)] == tuple(asked):
        return FIRST_WORDS
    held = sum(any(word.startswith(part) for word in words) for part in asked)
    return HELD * held / len(asked)


@lru_cache(1 << 15)
def _words_of(name: str) -> tuple[str, ...]:
    """The words of a name that tell it from others: they are taken apart once."""
    return tuple(telling(words_in(name)))


def distances(word: str, known: Sequence[str], errors: int) -> dict[str, float]:
    """The known words within a number of errors of a word."""
    if errors < 1:
        return {}
    near = process.extract(word, known, scorer=OSA.distance, score_cutoff=errors, limit=None)
    return {found: float(distance) for found, distance, _at in near}


def keep_least(matches: dict[int, float], number: int, distance: float) -> None:
    """Keep the least distance of an item."""
    matches[number] = min(distance, matches.get(number, inf))


def by_kind(hits: Sequence[Hit]) -> dict[str, int]:
    """How many hits there are of each kind, in the order of kinds."""
    ranks = {hit.item.kind: hit.item.rank for hit in hits}
    counts = Counter(hit.item.kind for hit in hits)
    return {kind: counts[kind] for kind in sorted(ranks, key=lambda kind: (ranks[kind], kind))}
