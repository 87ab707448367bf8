"""Check everything that people wrote: syntax, shapes, integrity, and the questions.

A file that cannot be read hides what it describes, so its mistake is reported alone, before the
shapes can complain about what is missing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from allograph.answers import Solutions
from allograph.errors import FileError, Location, QueryRefused, QuerySyntaxError
from allograph.evidence import read_evidence
from allograph.findings import Severity, ValidationResult
from allograph.integrity import check_integrity
from allograph.ledger import check_doubts, whole_graph
from allograph.load import Loaded, load
from allograph.questions import Question, read_question
from allograph.sources import Sources, read_text
from allograph.sparql import check_query
from allograph.store import OxigraphStore
from allograph.turtle import read_namespaces, read_turtle
from allograph.validate import validate


def check(sources: Sources, only: Collection[str] = ()) -> list[ValidationResult]:
    """Every finding, or those in some files, named as they are shown; sorted."""
    if syntax := list(_check_syntax(sources)):
        return _in_files(syntax, only)
    loaded = load(sources)
    namespaces = read_namespaces(sources.prefixes, sources.relative(sources.prefixes))
    results = [
        *check_integrity(loaded, namespaces),
        *check_doubts(loaded, read_evidence(quad.triple for quad in loaded.quads)),
        *validate(loaded, sources),
        *_check_questions(sources, loaded),
    ]
    return _in_files(results, only)


def _check_syntax(sources: Sources) -> Iterator[ValidationResult]:
    for path in (*sources.turtle_files(), *sources.shape_files()):
        shown_as = sources.relative(path)
        try:
            read_turtle(path, shown_as, blank_nodes=path in sources.shape_files())
        except FileError as error:
            yield _syntax_result(error)


def _check_questions(sources: Sources, loaded: Loaded) -> Iterator[ValidationResult]:
    """A question's header is right, its query runs, and its columns are those of the header."""
    namespaces = read_namespaces(sources.prefixes, sources.relative(sources.prefixes))
    store = OxigraphStore.in_memory(whole_graph(loaded))
    for path in sources.question_files():
        shown_as = sources.relative(path)
        try:
            text = read_text(path, shown_as)
            question = read_question(path.stem, text, shown_as, namespaces)
            check_query(question.text)
            answer = store.query(question.text)
        except FileError as error:
            yield _syntax_result(error)
        except QuerySyntaxError as error:
            at = Location(shown_as, error.line, error.column)
            yield _syntax_result(FileError(at, error.message))
        except QueryRefused as error:
            yield _syntax_result(FileError(Location(shown_as), str(error)))
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


def _in_files(results: list[ValidationResult], only: Collection[str]) -> list[ValidationResult]:
    return sorted(result for result in results if not only or result.at.path in only)


def _syntax_result(error: FileError) -> ValidationResult:
    path = error.location.path
    message = f"{error.message}."
    return ValidationResult(error.location, Severity.VIOLATION, path, None, None, message, "syntax")
