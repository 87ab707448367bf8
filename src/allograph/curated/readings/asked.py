"""What a second reader is told of a figure: what it is and where it stands, never what it says.

Labels are masked: a number in them that the figure, or another figure of its group, states gives
way to an ellipsis, since "All treated, under 18" tells the limit of age.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from decimal import Decimal

from allograph.curated.readings.agreement import figures_in
from allograph.curated.readings.parts import INTERVAL, NUMBERS, RANGE, SHARE
from allograph.namespaces import key_of
from allograph.rdf.lexical import number_of
from allograph.rdf.nodes import Node, Nodes
from allograph.rdf.vocabularies import DCTERMS, OA, RDF
from allograph.text.printed import printed_numbers

HIDDEN = "…"

TOLD = (
    "figure", "label", "group", "outcome", "statistic", "at_time", "origin", "definition", "cutoff",
    "unit", "report", "address", "section", "place",
)  # fmt: skip
"""What is told of a figure, in the order of the columns of a blind sheet."""

PARTS: Mapping[str, tuple[str, ...]] = {
    "Proportion": (*SHARE, *INTERVAL),
    "Count": ("denominator",),
    "TimeToEvent": (*INTERVAL, *RANGE),
    "ProbabilityAtTime": INTERVAL,
    "Rate": INTERVAL,
    "Summary": (*INTERVAL, *RANGE),
    "Comparison": INTERVAL,
}
"""What is asked beside the value, by the class of a figure: whether it is printed or not."""


@dataclass(frozen=True)
class Asked:
    """A figure that is to be read: what is told of it, by ``TOLD``, and the parts asked for."""

    iri: str
    study: str
    report: str
    told: Mapping[str, str]
    parts: tuple[str, ...]


def asked_of(nodes: Nodes, studies: Iterable[str], report: str | None = None) -> list[Asked]:
    """The printed figures of some studies, or what one report says of them, in reading order."""
    of_group = _numbers_of_groups(nodes)
    found = [
        figure
        for study in studies
        for figure in figures_in(nodes, study)
        if report is None or report in figure.iris("report")
    ]
    return [_asked(figure, nodes, of_group) for figure in _in_order(found, nodes)]


def masked(text: str, numbers: Set[Decimal]) -> str:
    """A text in which an ellipsis stands for each of some numbers, in digits or in words."""
    for number in reversed(printed_numbers(text)):
        if not numbers.isdisjoint(number.readings):
            text = f"{text[: number.start]}{HIDDEN}{text[number.end :]}"
    return text


def numbers_of(figure: Node) -> frozenset[Decimal]:
    """The numbers that a figure states."""
    texts = (figure.text(part) for part in NUMBERS)
    return frozenset(number for text in texts if (number := number_of(text)) is not None)


def _asked(figure: Node, nodes: Nodes, of_group: Mapping[str, Set[Decimal]]) -> Asked:
    own = numbers_of(figure)
    groups = [*figure.iris("group"), *figure.iris("comparator")]
    shared = own.union(*(of_group.get(group, frozenset()) for group in groups))

    def label(name: str) -> str:
        return "; ".join(
            masked(nodes.of(iri).label or key_of(iri), own) for iri in figure.iris(name)
        )

    names = [masked(nodes.of(group).label or key_of(group), shared) for group in groups]
    report = nodes.of(figure.iri_of("report") or "")
    told = {
        "figure": figure.iri,
        "label": masked(figure.label, shared),
        "group": " or ".join(names),
        "outcome": label("outcome"),
        "statistic": label("statistic"),
        "at_time": figure.value("atTime"),
        "origin": label("timeOrigin"),
        "definition": "; ".join(filter(None, (label("outcomeDefinition"), label("assessedBy")))),
        "cutoff": figure.value("dataCutoff"),
        "unit": figure.value("unit"),
        "report": key_of(report.iri),
        **_place(figure, report, nodes),
    }
    return Asked(figure.iri, figure.value("study"), report.iri, told, _parts_asked(figure))


def _parts_asked(figure: Node) -> tuple[str, ...]:
    """The value, and the parts that fit the kind of the figure; a rarer one if it is stated."""
    wanted = {"value", *(part for part in NUMBERS if figure.all(part))}
    for iri in figure.iris(RDF.type):
        wanted.update(PARTS.get(key_of(iri), ()))
    if figure.key("statistic") == "range":
        wanted.update(RANGE)
    return tuple(part for part in NUMBERS if part in wanted)


def _place(figure: Node, report: Node, nodes: Nodes) -> dict[str, str]:
    """Where it is printed: address, section, and the sentence or the row of a table."""
    locators = [nodes.of(iri) for iri in figure.iris("locator")]
    sections = dict.fromkeys(place.value("section") for place in locators)
    places = dict.fromkeys(part for place in locators for part in _parts_of(place))
    seen_at = dict.fromkeys(address for place in locators for address in place.iris("seenAt"))
    return {
        "address": "; ".join(seen_at) or report.value(DCTERMS.source),
        "section": "; ".join(filter(None, sections)),
        "place": "; ".join(places),
    }


def _parts_of(place: Node) -> Iterator[str]:
    if table := place.text("table"):
        row = place.text("row")
        yield f"{table}, row {row}" if row else table
    if sentence := place.text("sentence"):
        yield f"sentence {sentence}"


def _numbers_of_groups(nodes: Nodes) -> Mapping[str, frozenset[Decimal]]:
    """The numbers that the figures of each group state."""
    found: dict[str, frozenset[Decimal]] = defaultdict(frozenset)
    for figure in figures_in(nodes):
        for group in figure.iris("group"):
            found[group] |= numbers_of(figure)
    return found


def _in_order(figures: Iterable[Node], nodes: Nodes) -> list[Node]:
    """The order of a reader: report after report, along its text, then as entered."""

    def place(figure: Node) -> tuple[str, str, Decimal]:
        starts = (number_of(nodes.of(iri).text(OA.start)) for iri in figure.iris("locator"))
        first = min((start for start in starts if start is not None), default=Decimal(0))
        return figure.value("study"), figure.value("report"), first

    return sorted(figures, key=place)
