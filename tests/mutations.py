"""Slips of a curator's hand, one at a time, in the curated graph: and who catches each.

``python tests/mutations.py`` makes the slips of one seed and prints the share that is caught, by
kind of slip and by rule. A slip is one triple whose object is another: a digit, a unit, a group, a
place. What the whole graph is told already does not count: caught is what a slip brings about.
``--sources DIR`` also holds the locators against the texts that were read.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from approve import SNAPSHOT

from allograph.checks.integrity import check_integrity
from allograph.checks.shapes import validate
from allograph.checks.verify import verify
from allograph.curated.loaded import Loaded
from allograph.curated.results import Severity, ValidationResult
from allograph.doubts.ledger import check_doubts, find_doubts
from allograph.evidence import read_evidence
from allograph.namespaces import BASE
from allograph.rdf.terms import Literal, NamedNode, Term, Triple, value_of
from allograph.rdf.vocabularies import AG, OA

NUMBERS = frozenset(
    [
        "value",
        "numerator",
        "denominator",
        "lowerLimit",
        "upperLimit",
        "confidenceLevel",
        "rangeLow",
        "rangeHigh",
        "atTime",
        "size",
        "doseLow",
        "doseHigh",
        "pValue",
        "tolerance",
        "afterCycle",
        "cycleFrom",
        "cycleTo",
        "week",
        "day",
        "maximumCycles",
        "fromPatient",
        "toPatient",
    ]
)
UNITS = {"unit": ("%", "mo", "a", "1", "mg/m2", "{cycle}"), "doseUnit": ("mg/m2", "mg", "ug/m2")}
GROUPS = {"group": "group", "comparator": "comparator", "subgroupOf": "whole"}
PLACES = {OA.start, OA.end, AG.sentence}
KINDS = (
    *("digit", "unit", "group", "comparator", "whole", "place"),
    *("transposed", "point", "zero"),
)
"""One thing taken for another of its kind; then two digits that change places, a point that is
lost, and a zero too many or too few."""


@dataclass(frozen=True)
class Slip:
    """One triple of one file, and the object that is written there by mistake."""

    kind: str
    path: str
    triple: Triple
    wrong: Term

    def made_in(self, loaded: Loaded) -> Loaded:
        """The graph with this slip in it."""
        file = loaded.files[self.path]
        subject, predicate, _object = self.triple
        triples = tuple(
            Triple(subject, predicate, self.wrong) if triple == self.triple else triple
            for triple in file.triples
        )
        files = {**loaded.files, self.path: replace(file, triples=triples)}
        return Loaded(files, loaded.named_graphs)

    def __str__(self) -> str:
        subject, predicate, right = self.triple
        name = predicate.value.rpartition("#")[2]
        return f"{shown(subject)} {name}: {shown(right)} -> {shown(self.wrong)}"


@dataclass(frozen=True)
class Caught:
    """A slip, and the rules that say something new of it: violations, and milder results."""

    slip: Slip
    violations: frozenset[str]
    remarks: frozenset[str]


def shown(term: Term) -> str:
    """A term for people."""
    return value_of(term).removeprefix(BASE)


def slips(loaded: Loaded, seed: int = 1) -> Iterator[Slip]:
    """One slip of each kind for each triple that can have it; the same seed gives the same."""
    chance = random.Random(seed)  # noqa: S311
    groups = defaultdict(list)
    for path, file in loaded.files.items():
        for triple in file.triples:
            if triple.object == NamedNode(AG.StudyGroup):
                groups[path].append(triple.subject)
    for path, file in loaded.files.items():
        for triple in file.triples if path.startswith("graph/") else ():
            for kind, wrong in _wrong(triple, groups[path], chance):
                yield Slip(kind, path, triple, wrong)


def _wrong(
    triple: Triple, groups: list[NamedNode], chance: random.Random
) -> Iterator[tuple[str, Term]]:
    right, name = triple.object, triple.predicate.value.removeprefix(AG)
    if name in NUMBERS:
        for kind, texts in _misspelt(right.value).items():
            if texts:
                yield kind, Literal(chance.choice(texts), datatype=right.datatype)
    elif name in UNITS:
        yield "unit", Literal(chance.choice([unit for unit in UNITS[name] if unit != right.value]))
    elif name in GROUPS:
        others = [group for group in groups if group not in (right, triple.subject)]
        yield GROUPS[name], chance.choice(others)
    elif triple.predicate.value in PLACES:
        yield "place", Literal(chance.choice(_other_digits(right.value)), datatype=right.datatype)


def _misspelt(text: str) -> dict[str, list[str]]:
    """Ways to misspell a number, by kind; those that change its value."""
    pairs = [text[:i] + text[i + 1] + text[i] + text[i + 2 :] for i in range(len(text) - 1)]
    whole, point, rest = text.partition(".")
    zeros = [
        f"{whole}0{point}{rest}",
        *([whole[:-1] + point + rest] if whole.endswith("0") else []),
    ]
    found = {
        "digit": _other_digits(text),
        "transposed": [pair for pair in pairs if pair.replace(".", "").isdigit()],
        "point": [whole.lstrip("0") + rest] if point else [],
        "zero": zeros,
    }
    return {
        kind: [each for each in texts if _is_number(each) and float(each) != float(text)]
        for kind, texts in found.items()
    }


def _is_number(text: str) -> bool:
    """Whether it can be read: neither a lone point nor nothing at all."""
    whole, point, rest = text.partition(".")
    return whole.isdigit() and (rest.isdigit() or not point)


def _other_digits(text: str) -> list[str]:
    """The same number with one digit changed to another; it keeps its length."""
    many = sum(letter.isdigit() for letter in text) > 1
    return [
        f"{text[:place]}{digit}{text[place + 1 :]}"
        for place, letter in enumerate(text)
        if letter.isdigit()
        for digit in "0123456789"[many and place == 0 :]
        if digit != letter
    ]


Before = frozenset[tuple[Severity, str, str, str]]
"""What is said of a graph: how grave it is, the rule, the node, and the words."""


class Bench:
    """The unmutated graph, what is said of it, and how its nodes hang together."""

    def __init__(self, folder: Path | None = None, before: Before | None = None) -> None:
        self.loaded = SNAPSHOT.loaded
        self.folder = folder
        self._namespaces = SNAPSHOT.namespaces
        self._links: dict[str, set[str]] = defaultdict(set)
        for path, file in self.loaded.files.items():
            for subject, _predicate, object_ in file.triples if path.startswith("graph/") else ():
                if isinstance(object_, NamedNode) and "#" in shown(object_):
                    self._links[value_of(subject)].add(object_.value)
                    self._links[object_.value].add(value_of(subject))
        self.before = self.results(self.loaded) if before is None else before

    def results(self, loaded: Loaded, nodes: frozenset[str] = frozenset()) -> Before:
        """What a check says of a graph; shapes look at some nodes only, if some are given."""
        evidence = read_evidence(quad.triple for quad in loaded.quads)
        results = [
            *check_doubts(loaded, evidence, find_doubts(evidence)),
            *check_integrity(loaded, self._namespaces),
        ]
        results += validate(loaded, SNAPSHOT.shapes, nodes=nodes)
        if self.folder:
            results += verify(loaded, self.folder).results
        return frozenset(map(_what, results))

    def catch(self, slip: Slip, *, everywhere: bool = False) -> Caught:
        """The rules that see a slip; shapes look at the nodes beside it, or at all of them."""
        nodes = frozenset() if everywhere else self.beside(slip)
        new = self.results(slip.made_in(self.loaded), nodes) - self.before
        violations = {rule for severity, rule, *_ in new if severity is Severity.VIOLATION}
        remarks = {rule for _severity, rule, *_ in new} - violations
        return Caught(slip, frozenset(violations), frozenset(remarks))

    def beside(self, slip: Slip) -> frozenset[str]:
        """The nodes whose shapes can see a slip: its subject, its objects, and who speaks of it."""
        subject = value_of(slip.triple.subject)
        objects = {
            term.value for term in (slip.triple.object, slip.wrong) if isinstance(term, NamedNode)
        }
        return frozenset({subject} | objects | self._links[subject])


def _what(result: ValidationResult) -> tuple[Severity, str, str, str]:
    rule = result.rule if not result.rule.startswith("verify:") else "verify"
    return result.severity, rule, result.focus_node, f"{result.message} {result.value}"


_bench = cache(Bench)
"""The bench of a process, from what is said of the graph without slips, which is known."""


def _catch(arguments: tuple[Slip, Path | None, Before]) -> Caught:
    slip, folder, before = arguments
    return _bench(folder, before).catch(slip)


def catch_all(made: Iterable[Slip], bench: Bench) -> list[Caught]:
    """Who catches each slip, in all processors."""
    jobs = [(slip, bench.folder, bench.before) for slip in made]
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as workers:
        return list(workers.map(_catch, jobs, chunksize=4))


def shares(caught: Iterable[Caught]) -> dict[str, float]:
    """The share of the slips that is a violation, by kind."""
    kinds: dict[str, Counter[bool]] = defaultdict(Counter)
    for each in caught:
        kinds[each.slip.kind][bool(each.violations)] += 1
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


def report(caught: list[Caught]) -> Iterator[str]:
    """What was missed, the share of each kind, and the rules, each with how many it caught."""
    for each in caught:
        if not each.violations:
            remarks = f" ({', '.join(sorted(each.remarks))})" if each.remarks else ""
            yield f"missed: {each.slip.kind}: {each.slip}{remarks}"
    for kind, share in shares(caught).items():
        of_kind = [each for each in caught if each.slip.kind == kind]
        remarked = sum(bool(each.remarks and not each.violations) for each in of_kind)
        yield f"{kind}: {share:.1%} of {len(of_kind)} are violations, {remarked} more are remarked"
    rules = Counter(rule for each in caught for rule in each.violations)
    yield from (f"{number:5} {rule}" for rule, number in rules.most_common())


def main() -> None:
    """Make the slips, and print who catches what."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sources", type=Path, help="a folder with the texts that were read")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS)
    parser.add_argument("--each", type=int, default=1000, help="at most so many of each kind")
    arguments = parser.parse_args()
    made = [each for each in slips(SNAPSHOT.loaded, arguments.seed) if each.kind in arguments.kinds]
    caught = catch_all(sample(made, arguments.each, arguments.seed), Bench(arguments.sources))
    print("\n".join(report(caught)))  # noqa: T201


if __name__ == "__main__":
    main()
