"""Put what was found in one order: the question that answers first, what stands apart last."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from allograph.questions.question import Question
from allograph.reading.search.asking import Asked, Ways, about_of
from allograph.reading.search.coverage import Coverage
from allograph.reading.search.index import Findings, Hit, Index
from allograph.reading.search.lexicon import Lexicon
from allograph.reading.search.limits import LONGEST_REQUEST
from allograph.reading.search.meaning import Meaning, understood
from allograph.reading.search.notes import Note, notes_on
from allograph.release.searchable import FIGURE, QUESTION, RANKED, TOPIC, Item, rank_of
from allograph.release.statements import Statement
from allograph.text.english import is_english
from allograph.text.words import plain, words_in

PAGES = frozenset(
    ("study", "lead", "report", "drug", "regimen", "target", "organization", "family", "reading")
)
"""Kinds whose page is what is wanted by whoever names one and nothing else."""

MOST_QUESTIONS, FIRST_QUESTIONS = 6, 2
"""Questions that a request leads to, and those of them that stand before the named things."""
MANY = 2
"""Things from which a request is no name of one of them: ``ponatinib blinatumomab``."""
WIDENED = ("time", "condition", "statistic", "drug")
"""What is left out, one after the other, until somebody reports what is left."""
SUBSTITUTES = ("drug", "regimen")
"""Kinds that are wanted first beside what nobody reports."""
JOURNAL = "journal"
LISTS = frozenset((JOURNAL, "reading", "lookup"))
"""Kinds that are kept for the sake of others: the reports of a journal, the study of a reading."""
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
        reports = " ".join(item.further for item in self.index.items if item.kind == "report")
        self._journals = {
            item.label
            for item in self.index.items
            if item.kind == JOURNAL and any(name in reports for name in item.all_names[:-1])
        }
        self._lexicon = Lexicon(self.index.items)
        self._coverage = Coverage(statements, broader)
        labels = {path: item.label for path, item in self._by_path.items()}
        self._ways = Ways(questions, self._coverage, labels)

    def find(self, request: str) -> Findings:
        """Find what is meant; a request without a word finds nothing.

        Of a long request only the beginning is read, as ``Index.find`` says.
        """
        request = request[:LONGEST_REQUEST]
        named = self._named(request)
        meaning = understood(request, self._lexicon, self.index.mend)
        notes = tuple(self._notes(meaning))
        led = [self._question(each) for each in self._asked(meaning, notes)]
        figures = self._figures(meaning)
        called = self.index.called(request)
        rest = self._without_topics(named.hits)
        exact = [hit for hit in rest if hit.item.iri in called]
        is_number = bool(meaning.numbers) and not meaning.notions and not meaning.unknown
        if named.is_partial and (led or figures or is_number):
            rest = exact
        is_name = bool(meaning.unknown) and not named.is_partial
        hits = _each_once(
            *self._pages(meaning, notes),
            *(hit for hit in exact if hit.item.kind in PAGES and len(meaning.things) < MANY),
            *(figures if meaning.numbers and not meaning.asked else ()),
            *(rest if is_name and named.hits[0].item.kind in PAGES else ()),
            *led[:FIRST_QUESTIONS],
            *exact,
            *self._studies(meaning),
            *self._things(meaning, notes),
            *led[FIRST_QUESTIONS:],
            *figures,
            *rest,
        )
        is_partial = named.is_partial and not led and not figures
        return Findings(tuple(_in_order(hits, named, called)), named.meant, is_partial, notes)

    def _named(self, request: str) -> Findings:
        """What is named, if need be without the words of English that nothing here has."""
        named = self.index.find(request)
        if not named.is_partial:
            return named
        words = words_in(request)
        known = [word for word in words if self.index.is_known(word) or not is_english(word)]
        fewer = self.index.find(" ".join(known)) if 0 < len(known) < len(words) else named
        return named if fewer.is_partial else fewer

    def label(self, iri: str) -> str:
        """What a record is called; its IRI where it has no name."""
        return self._items[iri].label if iri in self._items else iri

    def _asked(self, meaning: Meaning, notes: Sequence[Note]) -> list[Asked]:
        """The questions that answer what is meant, or as much of it as anybody reports."""
        meaning = self._nearest(meaning, notes)
        for left_out in (*WIDENED, None):
            if (found := self._ways.lead(meaning)) and meaning.things + meaning.of("question"):
                return found[:MOST_QUESTIONS]
            if left_out:
                meaning = meaning.without(left_out)
        return []

    def _pages(self, meaning: Meaning, notes: Sequence[Note]) -> list[Hit]:
        """The page of the one thing that is meant, or of what is nearest to it."""
        things = meaning.things
        if meaning.of("topic"):
            near = (self._lexicon.notions.get(iri) for note in notes for iri in note.near)
            things = [notion for notion in near if notion and notion.kind in SUBSTITUTES]
        is_one = len({notion.kind for notion in things}) == 1 and len(meaning.things) < MANY
        is_more = meaning.unknown or meaning.at_time or meaning.asked or meaning.numbers
        if not is_one or is_more or things[0].kind not in PAGES:
            return []
        return [Hit(self._items[notion.iri], "", 0.0) for notion in things]

    def _without_topics(self, hits: Sequence[Hit]) -> Sequence[Hit]:
        """Hits without what nobody reports: it is named only to whoever asks for it."""
        return [hit for hit in hits if hit.item.kind != TOPIC]

    def _notes(self, meaning: Meaning) -> Iterator[Note]:
        yield from notes_on(
            meaning,
            self._coverage,
            lambda notion: self._items[notion.iri].near,
            lambda word: self.index.is_known(self.index.mend(plain(word))),
            lambda journal: journal.label in self._journals,
        )

    def _nearest(self, meaning: Meaning, notes: Iterable[Note]) -> Meaning:
        """What is meant, with what is nearest to a topic in its place."""
        if not meaning.of("topic"):
            return meaning
        known = self._lexicon.notions
        meant = [notion for notion in meaning.notions if notion.kind != "topic"]
        near = [known[iri] for note in notes for iri in note.near if iri in known]
        kinds = {notion.kind for notion in meant}
        return replace(meaning, notions=[*meant, *(it for it in near[:1] if it.kind not in kinds)])

    def _question(self, asked: Asked) -> Hit:
        """A question with its parameters, as a hit."""
        name = asked.question.name
        item = self._by_path[f"{QUESTION}/{name}"]
        said = [_counted(asked), item.context]
        shown = replace(item, label=asked.sentence, context=" · ".join(filter(None, said)))
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
        items = [self._items.get(iri) for iri in (*named, *near)]
        return [Hit(item, "", 0.0) for item in items if item]


def _counted(asked: Asked) -> str:
    """What a question is answered from: ``5 figures of 4 studies``."""
    if asked.counts == "nothing" or not asked.found:
        return ""
    studies = _many(len({statement.study for statement in asked.found}), "study")
    if asked.counts == "study":
        return studies
    return f"{_many(len(asked.found), asked.counts)} of {studies}"


def _figure(statement: Statement) -> Hit:
    """A figure or a comparison, as a hit."""
    item = Item(statement.iri, FIGURE, rank_of(FIGURE), statement.label, context=statement.context)
    return Hit(item, "", 0.0)


def _each_once(*hits: Hit) -> list[Hit]:
    """Hits without those that lead to the same address, or to a question that is there."""
    by_iri: dict[str, Hit] = {}
    for hit in hits:
        by_iri.setdefault(hit.item.iri, hit)
    return list(by_iri.values())


def _in_order(hits: Iterable[Hit], named: Findings, called: Collection[str]) -> list[Hit]:
    """Hits with the names they were found by, and behind them those that stand apart.

    What the whole request is a name of does not, unless it is a list of something else.
    """
    by_iri = {hit.item.iri: hit for hit in named.hits if hit.item.kind != QUESTION}
    found = []
    for hit in hits:
        is_list = hit.item.kind in LISTS
        is_apart = is_list or (hit.item.kind not in RANKED and hit.item.iri not in called)
        found.append(replace(by_iri.get(hit.item.iri, hit), is_apart=is_apart))
    return sorted(found, key=lambda hit: hit.is_apart)


def _many(number: int, word: str) -> str:
    plural = f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
    return f"{number} {word if number == 1 else plural}"
