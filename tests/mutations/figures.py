"""Slips of what a figure is: its outcome, statistic, clock, group, direction, and what is left out.

Each kind says who could know better. The label of a figure names its outcome, its arm and its time,
and the other arm stands beside it: the graph. Words of the span, as "median" or "significant", are
in the held text. What neither says is for a reader.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from allograph.curated.loaded import Loaded
from allograph.rdf.nodes import Node
from allograph.rdf.terms import Literal, NamedNode, Term, Triple, value_of
from allograph.rdf.vocabularies import AG
from mutations.slip import Holds, Slip, concept, prints, swapped

OUTCOMES = {
    "overall-survival": ("progression-free-survival", "duration-of-response"),
    "progression-free-survival": ("overall-survival",),
    "complete-remission": ("overall-response", "mrd-negativity"),
    "overall-response": ("complete-remission",),
    "mrd-negativity": ("complete-remission", "overall-response"),
    "early-death": ("death-in-remission",),
    "death-in-remission": ("early-death",),
    "relapse": ("complete-remission",),
    "vod-sos": ("early-death",),
    "hsct-receipt": ("complete-remission",),
    "age": ("cycles", "follow-up"),
}
STATISTICS = {
    "median-time-to-event": "unspecified-average",
    "unspecified-average": "median-time-to-event",
    "survival-probability": "cumulative-incidence",
    "cumulative-incidence": "survival-probability",
    "median": "unspecified-average",
}
ORIGINS = ("transplant", "randomisation", "response")
LEFT_OUT = ("numerator", "bound", "denominator")


def slips(loaded: Loaded) -> Iterator[Slip]:
    """Every slip of these kinds that the studies can have."""
    for path in loaded.files:
        if path.startswith("graph/study/"):
            yield from _of_file(loaded, path)


def _of_file(loaded: Loaded, path: str) -> Iterator[Slip]:
    figures = {
        value_of(triple.subject): loaded.nodes[value_of(triple.subject)]
        for triple in loaded.files[path].triples
        if value_of(triple.object) in (AG.Result, AG.Comparison)
    }
    for figure in figures.values():
        for make in (
            _percent_for_count,
            _months_for_years,
            _both,
            _outcome,
            _statistic,
            _origin,
            _direction,
            _interval,
            _cycle,
        ):
            yield from make(path, figure)
        yield from _left_out(loaded, path, figure)
    yield from _denominators(loaded, path, figures)
    yield from _arms(loaded, path, figures)
    yield from _copies(loaded, path, figures)


def of(figure: Node, name: str, right: Term | None = None) -> Triple:
    """A triple of a figure."""
    term = figure.one(name) if right is None else right
    assert term is not None
    return Triple(NamedNode(figure.iri), NamedNode(f"{AG}{name}"), term)


def key(figure: Node, name: str) -> str:
    """The key of a value that is a record or a concept."""
    return figure.value(name).rpartition("/")[2]


def _percent_for_count(path: str, figure: Node) -> Iterator[Slip]:
    value, numerator = figure.one("value"), figure.one("numerator")
    if value and numerator and float(value_of(value)) != float(value_of(numerator)):
        instead = ((of(figure, "value"), numerator), (of(figure, "numerator"), value))
        yield Slip("percent for count", path, instead, Holds.GRAPH)


def _months_for_years(path: str, figure: Node) -> Iterator[Slip]:
    if (unit := figure.value("unit")) in ("mo", "a"):
        other = Literal("a" if unit == "mo" else "mo")
        yield swapped("months for years", path, of(figure, "unit"), other, Holds.GRAPH)
    if (time := figure.text("atTime")) and float(time) % 12 == 0:
        at, right = of(figure, "atTime"), figure.one("atTime")
        years = Literal(f"{float(time) / 12:g}", datatype=right.datatype)
        yield swapped("months for years", path, at, years, Holds.GRAPH)


def _both(path: str, figure: Node) -> Iterator[Slip]:
    """The held text prints neither."""
    value, printed = figure.text("value"), figure.text("reportedAs")
    if value and printed and printed.count(value) == 1:
        first = value.index(value.lstrip("-"))
        wrong = f"{value[:first]}{int(value[first]) % 9 + 1}{value[first + 1 :]}"
        instead = (
            (of(figure, "value"), Literal(wrong, datatype=figure.one("value").datatype)),
            (of(figure, "reportedAs"), Literal(printed.replace(value, wrong))),
        )
        yield Slip("value and printed form together", path, instead, Holds.TEXT)


def _outcome(path: str, figure: Node) -> Iterator[Slip]:
    for other in OUTCOMES.get(key(figure, "outcome"), ()):
        wrong = concept("outcome", other)
        yield swapped("another outcome", path, of(figure, "outcome"), wrong, Holds.GRAPH)


def _statistic(path: str, figure: Node) -> Iterator[Slip]:
    """A survival is no incidence by the outcome; median or average is a word of the span."""
    right = key(figure, "statistic")
    if other := STATISTICS.get(right):
        by = Holds.GRAPH if "probability" in right + other else Holds.TEXT
        wrong = concept("statistic", other)
        yield swapped("another statistic", path, of(figure, "statistic"), wrong, by)


def _origin(path: str, figure: Node) -> Iterator[Slip]:
    """An origin that is entered is printed; so one that is not printed is none."""
    right = key(figure, "timeOrigin")
    for other in ORIGINS if right else ():
        if other != right:
            wrong = concept("origin", other)
            yield swapped("another origin", path, of(figure, "timeOrigin"), wrong, Holds.TEXT)


def _left_out(loaded: Loaded, path: str, figure: Node) -> Iterator[Slip]:
    """The printed form has the number, or the word of the bound.

    A denominator that is the size of the group is still said.
    """
    printed = figure.text("reportedAs") or ""
    size = loaded.nodes.of(figure.iri_of("group") or "").text("size")
    for name in LEFT_OUT:
        if not figure.one(name):
            continue
        text = figure.text(name)
        is_printed = name == "bound" or prints(printed, text or "")
        is_said = name == "denominator" and text == size
        by = Holds.GRAPH if is_printed and not is_said else Holds.READER
        yield swapped(f"left out: {name}", path, of(figure, name), None, by)
    limits = [name for name in ("lowerLimit", "upperLimit", "confidenceLevel") if figure.one(name)]
    if limits:
        instead = tuple((of(figure, name), None) for name in limits)
        yield Slip("left out: interval", path, instead, Holds.GRAPH)


def _direction(path: str, figure: Node) -> Iterator[Slip]:
    """The arms say which is better, where both are entered; else a claim may, or a reader."""
    right = key(figure, "direction")
    if right.startswith("favours"):
        other = "favours-comparator" if right == "favours-group" else "favours-group"
        has_arms = figure.one("index") and figure.one("reference")
        by = Holds.GRAPH if has_arms else Holds.READER
        wrong = concept("direction", other)
        yield swapped("direction", path, of(figure, "direction"), wrong, by)
    said = key(figure, "significance")
    for other in {"claimed": ("claimed-not",), "not-stated": ("claimed",)}.get(said, ()):
        wrong = concept("significance", other)
        yield swapped("significance", path, of(figure, "significance"), wrong, Holds.TEXT)


def _interval(path: str, figure: Node) -> Iterator[Slip]:
    lower, upper = figure.one("lowerLimit"), figure.one("upperLimit")
    if lower and upper:
        instead = ((of(figure, "lowerLimit"), upper), (of(figure, "upperLimit"), lower))
        yield Slip("interval", path, instead, Holds.GRAPH)
        level = of(figure, "confidenceLevel")
        for wrong in ("97.5", "80"):
            if wrong != value_of(level.object):
                other = Literal(wrong, datatype=DECIMAL)
                yield swapped("interval", path, level, other, Holds.GRAPH)
    low, high = figure.one("rangeLow"), figure.one("rangeHigh")
    if low and high:
        iri = NamedNode(figure.iri)
        added = (
            Triple(iri, NamedNode(AG.lowerLimit), low),
            Triple(iri, NamedNode(AG.upperLimit), high),
            Triple(iri, NamedNode(AG.confidenceLevel), Literal("95", datatype=DECIMAL)),
        )
        instead = ((of(figure, "rangeLow"), None), (of(figure, "rangeHigh"), None))
        yield Slip("interval", path, instead, Holds.GRAPH, added)


def _cycle(path: str, figure: Node) -> Iterator[Slip]:
    if text := figure.text("afterCycle"):
        wrong = Literal(str(int(text) + 1), datatype=figure.one("afterCycle").datatype)
        yield swapped("cycle", path, of(figure, "afterCycle"), wrong, Holds.GRAPH)


def _denominators(loaded: Loaded, path: str, figures: dict[str, Node]) -> Iterator[Slip]:
    """A figure with all three numbers knows better, unless the wrong one fits by chance."""
    sizes = {
        loaded.nodes[value_of(triple.subject)].value("size")
        for triple in loaded.files[path].triples
        if triple.predicate.value == AG.size
    }
    for figure in figures.values():
        right = figure.text("denominator")
        for wrong in sorted(sizes - {right})[:2] if right else ():
            by = Holds.GRAPH if _misfits(figure, wrong) else Holds.READER
            other = Literal(wrong, datatype=figure.one("denominator").datatype)
            yield swapped("another denominator", path, of(figure, "denominator"), other, by)


def _misfits(figure: Node, denominator: str) -> bool:
    """Whether the printed form has another denominator, or the share is another."""
    printed, right = figure.value("reportedAs"), figure.value("denominator")
    if prints(printed, right):
        return True
    numerator, value = figure.text("numerator"), figure.text("value")
    if not (numerator and value) or figure.key("unit") == "1":
        return False
    share = 100 * float(numerator) / float(denominator)
    return figure.value("unit") == "%" and abs(share - float(value)) > 1


def _arms(loaded: Loaded, path: str, figures: dict[str, Node]) -> Iterator[Slip]:
    """The labels name the arm, and the comparison its sides."""
    for comparison in figures.values():
        index, reference = comparison.one("index"), comparison.one("reference")
        if not (index and reference):
            continue
        instead = ((of(comparison, "index"), reference), (of(comparison, "reference"), index))
        yield Slip("arms exchanged", path, instead, Holds.GRAPH)
        sides = [loaded.nodes[value_of(side)] for side in (index, reference)]
        groups = [side.one("group") for side in sides]
        instead = tuple(
            (of(side, "group"), other) for side, other in zip(sides, reversed(groups), strict=True)
        )
        yield Slip("arms exchanged", path, instead, Holds.GRAPH)
        values = [side.one("value") for side in sides]
        if all(values) and values[0] != values[1]:
            instead = tuple(
                (of(side, "value"), other)
                for side, other in zip(sides, reversed(values), strict=True)
            )
            yield Slip("arms exchanged", path, instead, Holds.GRAPH)


def _copies(loaded: Loaded, path: str, figures: dict[str, Node]) -> Iterator[Slip]:
    """The same figure, printed at the same place, of two groups: of any other of the study."""
    triples = defaultdict(list)
    for triple in loaded.files[path].triples:
        triples[value_of(triple.subject)].append(triple)
    groups = [
        triple.subject
        for triple in loaded.files[path].triples
        if value_of(triple.object) == AG.StudyGroup
    ]
    for iri, figure in figures.items():
        if not figure.one("value"):
            continue
        for group in groups:
            if group != figure.one("group"):
                copy = NamedNode(f"{iri}-again")
                added = tuple(
                    Triple(copy, name, group if name.value == AG.group else value)
                    for _iri, name, value in triples[iri]
                )
                yield Slip("copied to another group", path, (), Holds.GRAPH, added)


DECIMAL = NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
