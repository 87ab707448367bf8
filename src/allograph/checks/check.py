"""Check everything that people wrote: the one list of what must hold, for ``check`` and ``build``.

A file that cannot be read hides what it describes, so its mistake is reported alone, before the
shapes can complain about what is missing. In the same way a node that has something still to fill
in is reported for that alone. What follows is a sequence: each of ``CHECKS`` gives results.

Who asks about some files gets what a check of everything says of them, sooner: what costs most
looks at them only.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from allograph.checks.integrity import check_integrity
from allograph.checks.lines import at_exact_lines
from allograph.checks.placeholders import TO_FILL_IN
from allograph.checks.questions import check_questions
from allograph.checks.shapes import validate
from allograph.curated.printed import with_printed_digits
from allograph.curated.results import Severity, ValidationResult, syntax_result
from allograph.curated.snapshot import Snapshot
from allograph.curated.sources import Part
from allograph.doubts.ledger import Finding, check_doubts, find_doubts, with_ledger
from allograph.errors import FileError
from allograph.evidence import Evidence, read_evidence
from allograph.rdf.store import OxigraphStore, Store
from allograph.rdf.terms import Quad


@dataclass(frozen=True)
class Checked:
    """What a check looks at, each part of it made once.

    ``only`` are the files that are asked about, or none for all.
    """

    snapshot: Snapshot
    only: frozenset[str] = frozenset()

    @cached_property
    def evidence(self) -> Evidence:
        """The curated graph as plain values."""
        return read_evidence(quad.triple for quad in self.snapshot.loaded.quads)

    @cached_property
    def doubts(self) -> list[Finding]:
        """What the rules find."""
        return find_doubts(self.evidence)

    @cached_property
    def quads(self) -> tuple[Quad, ...]:
        """The curated quads, their printed digits and the ledger: what a release holds."""
        return with_ledger(with_printed_digits(self.snapshot.loaded.quads), self.doubts)

    @cached_property
    def store(self) -> Store:
        """The same in memory, to be asked."""
        return OxigraphStore.in_memory(self.quads)

    @cached_property
    def results(self) -> list[ValidationResult]:
        """Every result, or those in the files that are asked about; sorted."""
        if mistakes := self.snapshot.mistakes:
            unreadable = [*map(syntax_result, mistakes), *strays(self)]
            return sorted(self._asked_about(unreadable))
        results = [result for check in CHECKS for result in check(self)]
        unfinished = {result.focus_node for result in results if result.rule == TO_FILL_IN}
        told = [
            result
            for result in results
            if result.rule == TO_FILL_IN or result.focus_node not in unfinished
        ]
        return sorted(at_exact_lines(self._asked_about(told), self.snapshot))

    def _asked_about(self, results: Iterable[ValidationResult]) -> list[ValidationResult]:
        return [result for result in results if not self.only or result.at.path in self.only]


def strays(checked: Checked) -> Iterable[ValidationResult]:
    """Every file is one that is read, so that none is missing unseen."""
    return map(_stray_result, checked.snapshot.strays)


def integrity(checked: Checked) -> Iterable[ValidationResult]:
    """Files, names and terms fit together."""
    return check_integrity(checked.snapshot.loaded, checked.snapshot.namespaces)


def doubts(checked: Checked) -> Iterable[ValidationResult]:
    """Arithmetic and flags agree."""
    return check_doubts(checked.snapshot.loaded, checked.evidence, checked.doubts)


def shapes(checked: Checked) -> Iterable[ValidationResult]:
    """The graph keeps to its shapes."""
    return validate(checked.snapshot.loaded, checked.snapshot.shapes, checked.only)


def questions(checked: Checked) -> Iterable[ValidationResult]:
    """The questions can be asked."""
    is_asked = not checked.only.isdisjoint(checked.snapshot.paths(Part.QUESTIONS))
    if checked.only and not is_asked:
        return ()
    return check_questions(checked.snapshot, checked.store, checked.only)


CHECKS: tuple[Callable[[Checked], Iterable[ValidationResult]], ...] = (
    strays,
    integrity,
    doubts,
    shapes,
    questions,
)


def check(snapshot: Snapshot, only: Collection[str] = ()) -> list[ValidationResult]:
    """Every result, or those in some files, named as they are shown; sorted."""
    return Checked(snapshot, frozenset(only)).results


def _stray_result(error: FileError) -> ValidationResult:
    message = f"{error.message[0].upper()}{error.message[1:]}."
    path = error.location.path
    return ValidationResult(
        error.location, Severity.VIOLATION, path, None, None, message, "integrity:stray"
    )
