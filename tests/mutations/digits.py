"""Slips of numbers, units, groups and places: one thing taken for another of its kind.

Two digits that change places, a point that is lost, and a zero too many or too few are slips, too.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator

from allograph.curated.loaded import Loaded
from allograph.rdf.terms import Literal, NamedNode, Term, Triple, value_of
from allograph.rdf.vocabularies import AG, OA
from mutations.slip import Holds, Slip, swapped

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


def slips(loaded: Loaded, seed: int) -> Iterator[Slip]:
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
                by = Holds.TEXT if kind == "place" else Holds.GRAPH
                if kind == "whole" and _may_be_part(loaded, triple, wrong):
                    by = Holds.READER
                yield swapped(kind, path, triple, wrong, by)


def _may_be_part(loaded: Loaded, triple: Triple, whole: Term) -> bool:
    """Whether a group could be part of another: nothing is known that would not fit."""
    group, other = loaded.nodes[value_of(triple.subject)], loaded.nodes[value_of(whole)]
    is_other = ("without" in group.iri) != ("without" in other.iri)
    is_whole = triple.subject in other.all("subgroupOf")
    fits = group.all("regimen") == other.all("regimen") and not (is_other or is_whole)
    return fits and not group.all("size")


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
        if others:  # a comparator may be the only group that a file draws
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
