"""Check the questions: each header is right, its query runs, and its columns are those it names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from allograph.answers import Solutions
from allograph.errors import FileError, Location, QueryRefused, QuerySyntaxError
from allograph.findings import Severity, ValidationResult, syntax_result
from allograph.namespaces import Namespaces
from allograph.questions import Question, read_question
from allograph.sources import Sources, read_text
from allograph.sparql import check_query
from allograph.store import OxigraphStore
from allograph.terms import Quad


def check_questions(
    sources: Sources, namespaces: Namespaces, quads: Iterable[Quad], only: Collection[str] = ()
) -> Iterator[ValidationResult]:
    """The results for all questions, or for those in some files; each query runs on ``quads``."""
    files = {sources.relative(path): path for path in sources.question_files()}
    chosen = {name: path for name, path in files.items() if not only or name in only}
    if not chosen:
        return
    store = OxigraphStore.in_memory(quads)
    for shown_as, path in chosen.items():
        try:
            text = read_text(path, shown_as)
            question = read_question(path.stem, text, shown_as, namespaces)
            check_query(question.text)
            answer = store.query(question.text)
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
