"""Check everything that people wrote: the one list of what must hold, for ``check`` and ``build``.

A file that cannot be read hides what it describes, so its mistake is reported alone, before the
shapes can complain about what is missing. In the same way a node that has something still to fill
in is reported for that alone. What follows is a sequence: each of ``CHECKS`` gives results.

Who asks about some files is told, sooner, what a check of everything says of what they touch, in
other files, too (``reach`` says what that is). A file of the ontology is what all others are read
by, so it touches everything. A question is asked when its file is asked about: what runs is its
text, and no file of the graph can stop it. What hinders a check is told wherever it lies.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from allograph.checks.anew import answered, validated
from allograph.checks.integrity import check_integrity
from allograph.checks.judgements import stale_judgements
from allograph.checks.kept import Kept
from allograph.checks.lines import at_exact_lines
from allograph.checks.placeholders import TO_FILL_IN
from allograph.checks.reach import Reach
from allograph.checks.shapes import validate
from allograph.curated.derived import NAMED_GRAPH as DERIVED_GRAPH
from allograph.curated.derived import with_derived
from allograph.curated.results import Severity, ValidationResult, syntax_result
from allograph.curated.snapshot import Snapshot
from allograph.curated.sources import Part
from allograph.doubts.ledger import Finding, check_doubts, find_doubts, with_ledger
from allograph.errors import FileError
from allograph.evidence import Evidence, evidence_of
from allograph.evidence.judgements.stated import stated_of_judgements
from allograph.rdf.terms import NamedNode, Quad

if TYPE_CHECKING:
    from allograph.rdf.store import Store


@dataclass(frozen=True)
class Checked:
    """What a check looks at, each part of it made once.

    ``only`` are the files that are asked about, or none for all. ``kept`` is what earlier checks
    found, where that is wanted: the results are the same with it and without.
    """

    snapshot: Snapshot
    only: frozenset[str] = frozenset()
    kept: Kept | None = None

    @cached_property
    def evidence(self) -> Evidence:
        """The curated graph as plain values."""
        return evidence_of(self.snapshot.loaded.nodes)

    @cached_property
    def doubts(self) -> list[Finding]:
        """What the rules find."""
        return find_doubts(self.evidence)

    @cached_property
    def quads(self) -> tuple[Quad, ...]:
        """The curated quads, the ledger, and what follows from both: what a release holds.

        What is proposed of certainty rests on pooled answers; the curated graph gives these all.
        """
        quads = with_derived(with_ledger(self.snapshot.loaded.quads, self.doubts))
        graph = NamedNode(DERIVED_GRAPH)
        judged = stated_of_judgements(self.evidence)
        return (*quads, *(Quad(it.subject, it.predicate, it.object, graph) for it in judged))

    @cached_property
    def store(self) -> Store:
        """The same in memory, to be asked."""
        from allograph.rdf.store import OxigraphStore  # reads SPARQL, which files do not need

        return OxigraphStore.in_memory(self.quads)

    @cached_property
    def reach(self) -> Reach | None:
        """What the files that are asked about touch; nothing stands for everything."""
        is_everything = not self.only or any(path.startswith("ontology/") for path in self.only)
        return None if is_everything else Reach(self.snapshot.loaded, self.only)

    @cached_property
    def results(self) -> list[ValidationResult]:
        """Every result, or those that the files which are asked about touch; sorted."""
        if self.kept is None:
            return self._found()
        names = (f"{type(check).__name__} {check.__name__}" for check in CHECKS)
        return answered(self.kept, self.snapshot, self.only, names, self._found)

    def _found(self) -> list[ValidationResult]:
        if mistakes := self.snapshot.mistakes:
            return sorted([*map(syntax_result, mistakes), *strays(self)])
        results = [result for check in CHECKS for result in check(self)]
        unfinished = {result.focus_node for result in results if result.rule == TO_FILL_IN}
        told = [result for result in results if self._is_told(result, unfinished)]
        return sorted(at_exact_lines(told, self.snapshot))

    def _is_told(self, result: ValidationResult, unfinished: Collection[str]) -> bool:
        """A node with something to fill in is told that alone, and only in its own file."""
        if result.rule == TO_FILL_IN:
            return self.reach is None or result.at.path in self.only
        return result.focus_node not in unfinished


def strays(checked: Checked) -> Iterable[ValidationResult]:
    """Every file is one that is read, so that none is missing unseen."""
    is_told = checked.reach is None
    return (
        _stray_result(stray)
        for stray in checked.snapshot.strays
        if is_told or stray.location.path in checked.only
    )


def integrity(checked: Checked) -> Iterable[ValidationResult]:
    """Files, names and terms fit together."""
    loaded, namespaces, reach = checked.snapshot.loaded, checked.snapshot.namespaces, checked.reach
    if reach is None:
        return check_integrity(loaded, namespaces)
    return (
        result
        for result in check_integrity(loaded, namespaces, checked.only)
        if result.at.path in checked.only
        or result.rule == TO_FILL_IN
        or reach.is_own(namespaces.expand(result.value or "") or "")
    )


def doubts(checked: Checked) -> Iterable[ValidationResult]:
    """Arithmetic and flags agree."""
    results = check_doubts(checked.snapshot.loaded, checked.evidence, checked.doubts)
    reach = checked.reach
    if reach is None:
        return results
    involved: dict[tuple[str, str], set[str]] = defaultdict(set)
    for finding in checked.doubts:
        key = (f"rule:{finding.rule.key}", finding.doubt.about)
        involved[key].update(finding.doubt.involves)
    return (
        result
        for result in results
        if reach.is_touched(result.focus_node)
        or any(map(reach.is_own, involved[result.rule, result.focus_node]))
    )


def judgements(checked: Checked) -> Iterable[ValidationResult]:
    """Judgements are of what there is now."""
    results = stale_judgements(checked.snapshot.loaded, checked.evidence)
    reach = checked.reach
    return (each for each in results if reach is None or reach.is_touched(each.focus_node))


def shapes(checked: Checked) -> Iterable[ValidationResult]:
    """The graph keeps to its shapes."""
    if checked.reach is None and checked.kept is not None:
        return validated(checked.kept, checked.snapshot)
    return validate(checked.snapshot.loaded, checked.snapshot.shapes, checked.reach)


def questions(checked: Checked) -> Iterable[ValidationResult]:
    """The questions can be asked."""
    asked = checked.only.intersection(checked.snapshot.paths(*QUESTIONS))
    if checked.reach is not None and not asked:
        return ()
    from allograph.checks.questions import check_questions  # a tenth of a second for one file

    # Nothing but these files is at hand, so nothing else can matter to what is kept of them.
    alone = checked.snapshot.of(*QUESTIONS)
    chosen = asked if checked.reach else frozenset[str]()
    if checked.kept is None:
        return check_questions(alone, chosen)
    ask = partial(check_questions, alone, chosen)
    return answered(checked.kept, alone, chosen, ["questions"], lambda: [*ask()])


QUESTIONS = (Part.QUESTIONS, Part.CODE_BOOK)
"""The files that say what is asked."""

CHECKS: tuple[Callable[[Checked], Iterable[ValidationResult]], ...] = (
    strays,
    integrity,
    doubts,
    judgements,
    shapes,
    questions,
)


def check(
    snapshot: Snapshot, only: Collection[str] = (), kept: Kept | None = None
) -> list[ValidationResult]:
    """Every result, or those that some files touch, named as they are shown; sorted."""
    return Checked(snapshot, frozenset(only), kept).results


def _stray_result(error: FileError) -> ValidationResult:
    message = f"{error.message[0].upper()}{error.message[1:]}."
    path = error.location.path
    return ValidationResult(
        error.location, Severity.VIOLATION, path, None, None, message, "integrity:stray"
    )
