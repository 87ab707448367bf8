"""Check everything that people wrote: syntax, integrity, doubts, shapes and questions.

A file that cannot be read hides what it describes, so its mistake is reported alone, before the
shapes can complain about what is missing. In the same way a node that has something still to fill
in is reported for that alone. What follows is a sequence: each of ``RESULTS`` gives results.

Who asks about some files gets what a check of everything says of them, sooner: what costs most
looks at them only.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from allograph.errors import FileError
from allograph.evidence import read_evidence
from allograph.findings import ValidationResult, syntax_result
from allograph.integrity import check_integrity
from allograph.ledger import check_doubts, whole_graph
from allograph.load import Loaded, load_what_reads
from allograph.namespaces import Namespaces
from allograph.placeholders import TO_FILL_IN
from allograph.places import at_exact_lines
from allograph.question_checks import check_questions
from allograph.sources import Sources
from allograph.turtle import read_namespaces, read_turtle
from allograph.validate import validate


@dataclass(frozen=True)
class Checked:
    """What a check looks at; ``only`` are the files that are asked about, or none for all."""

    sources: Sources
    loaded: Loaded
    namespaces: Namespaces
    only: frozenset[str]


def integrity(checked: Checked) -> Iterable[ValidationResult]:
    """Files, names and terms fit together."""
    return check_integrity(checked.loaded, checked.namespaces)


def doubts(checked: Checked) -> Iterable[ValidationResult]:
    """Arithmetic and flags agree."""
    evidence = read_evidence(quad.triple for quad in checked.loaded.quads)
    return check_doubts(checked.loaded, evidence)


def shapes(checked: Checked) -> Iterable[ValidationResult]:
    """The graph keeps to its shapes."""
    return validate(checked.loaded, checked.sources, checked.only)


def questions(checked: Checked) -> Iterable[ValidationResult]:
    """The questions can be asked."""
    files = map(checked.sources.relative, checked.sources.question_files())
    quads = () if checked.only.isdisjoint(files) and checked.only else whole_graph(checked.loaded)
    return check_questions(checked.sources, checked.namespaces, quads, checked.only)


RESULTS: tuple[Callable[[Checked], Iterable[ValidationResult]], ...] = (
    integrity,
    doubts,
    shapes,
    questions,
)


def check(sources: Sources, only: Collection[str] = ()) -> list[ValidationResult]:
    """Every finding, or those in some files, named as they are shown; sorted."""
    loaded, mistakes = load_what_reads(sources)
    mistakes += _mistakes_in_shapes(sources)
    if mistakes:
        return _in_files(map(syntax_result, mistakes), only)
    namespaces = read_namespaces(sources.prefixes, sources.relative(sources.prefixes))
    checked = Checked(sources, loaded, namespaces, frozenset(only))
    results = [result for source in RESULTS for result in source(checked)]
    unfinished = {result.focus_node for result in results if result.rule == TO_FILL_IN}
    told = [
        result
        for result in results
        if result.rule == TO_FILL_IN or result.focus_node not in unfinished
    ]
    return sorted(at_exact_lines(_in_files(told, only), sources, namespaces))


def _mistakes_in_shapes(sources: Sources) -> Iterator[FileError]:
    for path in sources.shape_files():
        try:
            read_turtle(path, sources.relative(path), blank_nodes=True)
        except FileError as error:
            yield error


def _in_files(results: Iterable[ValidationResult], only: Collection[str]) -> list[ValidationResult]:
    return sorted(result for result in results if not only or result.at.path in only)
