"""Check the questions: each header is right, its query runs, and its columns have their meaning.

A query is put to a store that holds nothing. What stops a query (its syntax, a function that does
not exist) stops it there, too; what the graph holds changes the rows of an answer, and of these
nothing is asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from allograph.curated.results import Severity, ValidationResult, syntax_result
from allograph.curated.snapshot import Snapshot
from allograph.curated.sources import CODE_BOOK, Part
from allograph.errors import FileError, Location, QueryRefused, QuerySyntaxError
from allograph.questions.code_book import code_book_of
from allograph.questions.question import Question, question_in
from allograph.rdf.answers import Answer, Solutions
from allograph.rdf.sparql import check_query, explain, may_call_a_service
from allograph.rdf.store import OxigraphStore, Store


def check_questions(snapshot: Snapshot, only: Collection[str] = ()) -> Iterator[ValidationResult]:
    """The results for all questions, or for those in some files."""
    are_meanings_known = True
    try:
        code_book_of(snapshot)
    except FileError as error:
        # Said once, and the questions are checked without it.
        yield syntax_result(error)
        snapshot, are_meanings_known = snapshot.of(Part.QUESTIONS), False
    store = OxigraphStore.in_memory(())
    for shown_as in snapshot.paths(Part.QUESTIONS):
        if only and shown_as not in only and CODE_BOOK not in only:
            continue
        try:
            question = question_in(snapshot, shown_as)
            answer = _answer(question.text, store)
        except FileError as error:
            yield syntax_result(error)
        except QuerySyntaxError as error:
            at = Location(shown_as, error.line, error.column)
            yield syntax_result(FileError(at, error.message))
        except QueryRefused as error:
            yield syntax_result(FileError(Location(shown_as), str(error)))
        else:
            if isinstance(answer, Solutions):
                yield from _check_columns(question, answer, shown_as)
            if are_meanings_known:
                yield from _check_meanings(question, shown_as)


def _answer(text: str, store: Store) -> Answer:
    """The answer of a query; what is slow to parse is parsed where it matters, as by workers."""
    if may_call_a_service(text):
        check_query(text)
    try:
        return store.query(text)
    except QuerySyntaxError as mistake:
        raise explain(mistake, text) from None


def _check_columns(
    question: Question, answer: Solutions, shown_as: str
) -> Iterator[ValidationResult]:
    selected = [variable.value for variable in answer.variables]
    described = [column.name for column in question.columns]
    if selected != described:
        yield ValidationResult(
            Location(shown_as),
            Severity.VIOLATION,
            question.name,
            None,
            " ".join(described) or "none",
            f"The columns of the header are those of SELECT: {' '.join(selected)}.",
            "question:columns",
        )


def _check_meanings(question: Question, shown_as: str) -> Iterator[ValidationResult]:
    for column in question.columns:
        if not column.meaning:
            yield ValidationResult(
                Location(shown_as),
                Severity.VIOLATION,
                question.name,
                None,
                column.name,
                f"A column has a meaning: write it in {CODE_BOOK}, or, where it is this"
                " question's own, as 'meaning: …' in the header.",
                "question:meaning",
            )
