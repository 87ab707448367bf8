"""Put what was found in one order: the question that answers first, what stands apart last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from allograph.questions.question import Question
from allograph.reading.search.coverage import Coverage
from allograph.reading.search.index import LONGEST_REQUEST, Findings, Hit, Index
from allograph.reading.search.lexicon import Lexicon
from allograph.reading.search.meaning import Meaning, understood
from allograph.reading.search.notes import Note, notes_on
from allograph.reading.search.ways import Asked, Ways, about_of
from allograph.release.searchable import FIGURE, QUESTION, Item, rank_of
from allograph.release.statements import Statement

PAGES = frozenset(
    ("study", "report", "drug", "regimen", "target", "organization", "family", "reading", "group")
)
"""Kinds whose page is what is wanted by whoever names one and nothing else."""

MOST_QUESTIONS, FIRST_QUESTIONS = 6, 2
"""Questions that a request leads to, and those of them that stand before the named things."""
MOST_FIGURES, MOST_STUDIES = 12, 8


class Search:
    """All that can be found in a release, made once."""

    def __init__(
        self,
        items: Iterable[Item],
        statements: Iterable[Statement],
        broader: Mapping[str, Sequence[str]],
        questions: Mapping[str, Question],
    ) -> None:
        self.index = Index(items)
        self._items = {item.iri: item for item in self.index.items}
        self._by_path = {f"{item.kind}/{item.key}": item for item in self.index.items}
        self._lexicon = Lexicon(self.index.items)
        self._coverage = Coverage(statements, broader)
        self._ways = Ways(questions, self._coverage)

    def find(self, request: str) -> Findings:
        """Find what is meant; a request without a word finds nothing.

        Of a long request only the beginning is read, as ``Index.find`` says.
        """
        request = request[:LONGEST_REQUEST]
        named = self.index.find(request)
        meaning = understood(request, self._lexicon, self.index.mend)
        notes = tuple(self._notes(meaning))
        asked = self._ways.lead(meaning) or self._ways.lead(self._nearest(notes))
        led = [self._question(each) for each in asked[:MOST_QUESTIONS]]
        figures = self._figures(meaning)
        is_named = bool(meaning.unknown) and not named.is_partial
        rest = () if named.is_partial and (led or figures) else named.hits
        exact = [hit for hit in named.hits if self.index.is_whole_name(hit.item, request)]
        hits = _each_once(
            *(hit for hit in exact if hit.item.kind in PAGES),
            *(figures if meaning.numbers else ()),
            *(rest if is_named else ()),
            *led[:FIRST_QUESTIONS],
            *exact,
            *self._studies(meaning),
            *self._things(meaning, notes),
            *led[FIRST_QUESTIONS:],
            *figures,
            *rest,
        )
        in_order = sorted(hits, key=lambda hit: hit.is_apart and hit not in exact)
        is_partial = named.is_partial and not led and not figures
        return Findings(tuple(in_order), named.meant, is_partial, notes)

    def _notes(self, meaning: Meaning) -> Iterator[Note]:
        yield from notes_on(
            meaning,
            self._coverage,
            lambda notion: self._items[notion.iri].near,
            self.index.is_known,
        )

    def _nearest(self, notes: Iterable[Note]) -> Meaning:
        """What is nearest to what nobody reports, as if that had been meant."""
        iris = (iri for note in notes for iri in note.near)
        known = self._lexicon.notions
        return Meaning([known[iri] for iri in iris if iri in known][:1])

    def _question(self, asked: Asked) -> Hit:
        """A question with its parameters, as a hit."""
        name = asked.question.name
        item = self._by_path[f"{QUESTION}/{name}"]
        studies = len({statement.study for statement in asked.found})
        counted = ""
        if studies:
            counted = f"{_many(len(asked.found), 'statement')} of {_many(studies, 'study')} · "
        shown = replace(item, label=asked.sentence, context=f"{counted}{item.context}")
        return Hit(shown, "", 0.0, asked.query)

    def _figures(self, meaning: Meaning) -> list[Hit]:
        """The figures with a printed number, else those of an outcome that is narrowed down."""
        about = about_of(meaning, self._coverage)
        if meaning.numbers:
            found = self._coverage.with_number(meaning.numbers[0])
            wanted = set(meaning.numbers)
            found = [it for it in found if wanted <= set(it.numbers)] or found
            narrowed = set(self._coverage.find(about)) if meaning.things else set(found)
            found = [it for it in found if it in narrowed] or found
        elif len(meaning.things) + bool(meaning.at_time) > 1 and about.outcomes:
            found = self._coverage.find(about)
        else:
            found = []
        return [_figure(statement) for statement in found[:MOST_FIGURES]]

    def _studies(self, meaning: Meaning) -> list[Hit]:
        """The studies of the people that are meant, where nothing else is."""
        kinds = {notion.kind for notion in meaning.things}
        if "condition" not in kinds or not kinds <= {"condition", "drug"}:
            return []
        found = self._coverage.find(about_of(meaning, self._coverage))
        keys = dict.fromkeys(statement.study for statement in found)
        return [Hit(self._by_path[f"study/{key}"], "", 0.0) for key in list(keys)[:MOST_STUDIES]]

    def _things(self, meaning: Meaning, notes: Iterable[Note]) -> list[Hit]:
        """The pages of what is meant, and of what is nearest to it."""
        named = [notion.iri for notion in meaning.things]
        near = [iri for note in notes for iri in note.near]
        items = [self._items.get(iri) or self._by_path.get(iri) for iri in (*named, *near)]
        return [Hit(item, "", 0.0) for item in items if item]


def _figure(statement: Statement) -> Hit:
    """A figure or a comparison, as a hit."""
    item = Item(
        statement.iri, FIGURE, rank_of(FIGURE), statement.label, context=statement.context
    )
    return Hit(item, "", 0.0)


def _each_once(*hits: Hit) -> list[Hit]:
    """Hits without those that lead to the same address, or to a question that is there."""
    by_iri: dict[str, Hit] = {}
    for hit in hits:
        by_iri.setdefault(hit.item.iri, hit)
    return list(by_iri.values())


def _many(number: int, word: str) -> str:
    plural = f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
    return f"{number} {word if number == 1 else plural}"
