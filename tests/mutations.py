"""Slips of a curator's hand, one at a time, in the curated graph: and who catches each.

``python tests/mutations.py`` makes every slip that this module knows and prints the share that is
caught, by kind of slip and by rule. A slip is one triple whose object is another: a digit, a unit,
a group, a place. ``--sources DIR`` also holds the locators against the texts that were read.
"""

from __future__ import annotations

import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from approve import SOURCES

from allograph.evidence import read_evidence
from allograph.findings import Severity
from allograph.integrity import check_integrity
from allograph.ledger import check_doubts
from allograph.load import Loaded, load
from allograph.namespaces import BASE
from allograph.terms import Literal, NamedNode, Term, Triple
from allograph.turtle import read_namespaces
from allograph.validate import validate
from allograph.verify import verify

AG = f"{BASE}ontology#"
OA = "http://www.w3.org/ns/oa#"
DIGITS = {
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
}
UNITS = {"unit": ("%", "mo", "a", "1", "mg/m2", "{cycle}"), "doseUnit": ("mg/m2", "mg", "ug/m2")}
GROUPS = {"group", "comparator", "subgroupOf"}
PLACES = {f"{OA}start", f"{OA}end", f"{AG}sentence"}


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
        return f"{subject.value.removeprefix(BASE)} {name}: {shown(right)} -> {shown(self.wrong)}"


def shown(term: Term) -> str:
    """A term for people."""
    return term.value.removeprefix(BASE) if isinstance(term, NamedNode | Literal) else str(term)


def slips(loaded: Loaded, seed: int = 1) -> Iterator[Slip]:
    """One slip for each triple that can have one; the same seed gives the same slips."""
    chance = random.Random(seed)  # noqa: S311
    groups = defaultdict(list)
    for path, file in loaded.files.items():
        for triple in file.triples:
            if triple.object == NamedNode(f"{AG}StudyGroup"):
                groups[path].append(triple.subject)
    for path, file in loaded.files.items():
        if not path.startswith("graph/"):
            continue
        for triple in file.triples:
            name = triple.predicate.value.removeprefix(AG)
            if name in DIGITS:
                yield Slip("digit", path, triple, other_digit(triple.object, chance))
            elif name in UNITS:
                others = [unit for unit in UNITS[name] if unit != triple.object.value]
                yield Slip("unit", path, triple, Literal(chance.choice(others)))
            elif name in GROUPS:
                others = [it for it in groups[path] if it not in (triple.object, triple.subject)]
                yield Slip("group", path, triple, chance.choice(others))
            elif triple.predicate.value in PLACES:
                yield Slip("place", path, triple, other_digit(triple.object, chance))


def other_digit(literal: Literal, chance: random.Random) -> Literal:
    """The same number with one digit changed to another; it keeps its length."""
    digits = [place for place, letter in enumerate(literal.value) if letter.isdigit()]
    place = chance.choice(digits)
    lead = place == 0 and len(digits) > 1
    others = [digit for digit in "0123456789"[lead:] if digit != literal.value[place]]
    text = f"{literal.value[:place]}{chance.choice(others)}{literal.value[place + 1 :]}"
    return Literal(text, datatype=literal.datatype)


def caught_by(slip: Slip, loaded: Loaded, folder: Path | None) -> frozenset[str]:
    """The rules whose violations a slip brings about."""
    wrong = slip.made_in(loaded)
    namespaces = read_namespaces(SOURCES.prefixes, "prefixes.ttl")
    evidence = read_evidence(quad.triple for quad in wrong.quads)
    results = [*check_doubts(wrong, evidence), *check_integrity(wrong, namespaces)]
    results += validate(wrong, SOURCES)
    found = {result.rule for result in results if result.severity is Severity.VIOLATION}
    if folder and verify(wrong, folder).results:
        found.add("verify")
    return frozenset(found)


def _caught(arguments: tuple[Slip, Path | None]) -> tuple[Slip, frozenset[str]]:
    slip, folder = arguments
    return slip, caught_by(slip, load(SOURCES), folder)


def main() -> None:
    """Make every slip, and print who catches what."""
    folder = Path(sys.argv[2]) if sys.argv[1:2] == ["--sources"] else None
    made = list(slips(load(SOURCES)))
    rules: Counter[str] = Counter()
    kinds: dict[str, Counter[bool]] = defaultdict(Counter)
    with ProcessPoolExecutor() as workers:
        for done, (slip, found) in enumerate(
            workers.map(_caught, [(slip, folder) for slip in made], chunksize=4), start=1
        ):
            rules.update(found)
            kinds[slip.kind][bool(found)] += 1
            if not found:
                print(f"missed: {slip}")  # noqa: T201
            if done % 100 == 0:
                print(f"{done} of {len(made)}", file=sys.stderr)  # noqa: T201
    for kind, count in kinds.items():
        total = count.total()
        print(f"{kind}: {count[True]} of {total} caught, {100 * count[True] / total:.1f}%")  # noqa: T201
    for rule, number in rules.most_common():
        print(f"{number:5} {rule}")  # noqa: T201


if __name__ == "__main__":
    main()
