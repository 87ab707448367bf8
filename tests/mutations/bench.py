"""The unmutated graph, what is said of it, and who says something new of a slip."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from approve import SNAPSHOT
from small import SMALL

from allograph.checks.integrity import check_integrity
from allograph.checks.shapes import data_graph_of, validate
from allograph.checks.verify import verify
from allograph.curated.loaded import Loaded
from allograph.curated.results import Severity, ValidationResult
from allograph.doubts.ledger import check_doubts, find_doubts
from allograph.evidence import evidence_of
from allograph.rdf.terms import NamedNode, value_of
from mutations.slip import Slip, shown


@dataclass(frozen=True)
class Caught:
    """A slip, and the rules that say something new of it: violations, and milder results."""

    slip: Slip
    violations: frozenset[str]
    remarks: frozenset[str]

    @property
    def rules(self) -> frozenset[str]:
        """All that say something."""
        return self.violations | self.remarks

    @property
    def is_caught(self) -> bool:
        """Whether a curator is told anything at all."""
        return bool(self.violations or self.remarks)


PROCESSES = 2
"""More would each have to load the graph, and share the same processors."""

GRAPHS = {"curated": SNAPSHOT, "small": SMALL}
"""All curated files, and those of a graph that does not grow."""

Before = frozenset[tuple[Severity, str, str, str]]
"""What is said of a graph: how grave it is, the rule, the node, and the words."""


class Bench:
    """The unmutated graph, what is said of it, and how its nodes hang together.

    Shapes take the longest. They look at the nodes beside a slip, in a graph that is kept and
    changed for each slip, and only where nothing else of ``check`` has told of it.
    """

    def __init__(
        self, folder: Path | None = None, before: Before | None = None, graph: str = "curated"
    ) -> None:
        """``graph`` is a name in ``GRAPHS``."""
        self.graph = graph
        self._snapshot = GRAPHS[graph]
        self.loaded = self._snapshot.loaded
        self.folder = folder
        self._data_graph = data_graph_of(self.loaded)
        self._links: dict[str, set[str]] = defaultdict(set)
        for path, file in self.loaded.files.items():
            for subject, _predicate, object_ in file.triples if path.startswith("graph/") else ():
                is_near = "#" in shown(object_) or shown(object_).startswith("report/")
                if isinstance(object_, NamedNode) and is_near:
                    self._links[value_of(subject)].add(object_.value)
                    self._links[object_.value].add(value_of(subject))
        self.before = self._everything() if before is None else before

    def _everything(self) -> Before:
        """What is said of the graph without slips."""
        told = self._rules(self.loaded) | self._texts(self.loaded)
        return told | _whats(
            validate(self.loaded, self._snapshot.shapes, data_graph=self._data_graph)
        )

    def _rules(self, loaded: Loaded, only: Collection[str] = ()) -> Before:
        evidence = evidence_of(loaded.nodes)
        doubts = check_doubts(loaded, evidence, find_doubts(evidence))
        return _whats([*doubts, *check_integrity(loaded, self._snapshot.namespaces, only)])

    def _texts(self, loaded: Loaded, only: Collection[str] = ()) -> Before:
        return _whats(verify(loaded, self.folder, only).results) if self.folder else frozenset()

    def _shapes(self, slip: Slip, loaded: Loaded, nodes: frozenset[str]) -> Before:
        was = {triple for path in slip.paths for triple in self.loaded.files[path].triples}
        now = {triple for path in slip.paths for triple in loaded.files[path].triples}
        self._data_graph.exchange(was - now, now - was)
        told = validate(loaded, self._snapshot.shapes, nodes=nodes, data_graph=self._data_graph)
        self._data_graph.exchange(now - was, was - now)
        return _whats(told)

    def catch(self, slip: Slip, *, everywhere: bool = False, first: bool = False) -> Caught:
        """The rules that see a slip, or the first who do.

        Shapes look at the nodes beside the slip, or ``everywhere``.
        """
        loaded = slip.made_in(self.loaded)
        told = self._rules(loaded, slip.paths) - self.before
        is_checked = bool(told)
        if not (first and told):
            told |= self._texts(loaded, slip.paths) - self.before
        if everywhere or not (is_checked or (first and told)):
            nodes = frozenset() if everywhere else self.beside(slip)
            told |= self._shapes(slip, loaded, nodes) - self.before
        violations = {rule for severity, rule, *_ in told if severity is Severity.VIOLATION}
        remarks = {rule for _severity, rule, *_ in told} - violations
        return Caught(slip, frozenset(violations), frozenset(remarks))

    def beside(self, slip: Slip) -> frozenset[str]:
        """The nodes whose shapes can see a slip: its subjects, its objects, who speaks of it."""
        triples = slip.triples
        subjects = {value_of(triple.subject) for triple in triples}
        objects = {
            triple.object.value for triple in triples if isinstance(triple.object, NamedNode)
        }
        speakers = {other for subject in subjects for other in self._links[subject]}
        return frozenset(subjects | objects | speakers)


def _whats(results: Iterable[ValidationResult]) -> Before:
    return frozenset(map(_what, results))


def _what(result: ValidationResult) -> tuple[Severity, str, str, str]:
    rule = result.rule if not result.rule.startswith("verify:") else "verify"
    return result.severity, rule, result.focus_node, f"{result.message} {result.value}"


_bench = cache(Bench)
"""The bench of a process, from what is said of the graph without slips, which is known."""


def _catch(arguments: tuple[Slip, Path | None, Before, str, bool]) -> Caught:
    slip, folder, before, graph, first = arguments
    return _bench(folder, before, graph).catch(slip, first=first)


def catch_all(made: Iterable[Slip], bench: Bench, *, first: bool = False) -> list[Caught]:
    """Who catches each slip, or who does first, in two processes."""
    jobs = [(slip, bench.folder, bench.before, bench.graph, first) for slip in made]
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as workers:
        return list(workers.map(_catch, jobs, chunksize=4))


def shares(caught: Iterable[Caught]) -> dict[str, float]:
    """The share of the slips that is told, by kind."""
    kinds: dict[str, Counter[bool]] = defaultdict(Counter)
    for each in caught:
        kinds[each.slip.kind][each.is_caught] += 1
    return {kind: count[True] / count.total() for kind, count in kinds.items()}


def sample(made: Iterable[Slip], each: int, seed: int) -> list[Slip]:
    """So many slips of each kind, or all where there are fewer; a seed gives the same."""
    kinds: dict[str, list[Slip]] = defaultdict(list)
    for slip in made:
        kinds[slip.kind].append(slip)
    chance = random.Random(seed)  # noqa: S311
    return [
        slip
        for of_kind in kinds.values()
        for slip in chance.sample(of_kind, min(each, len(of_kind)))
    ]
