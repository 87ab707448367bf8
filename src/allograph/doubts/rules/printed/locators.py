"""The places of one held text against each other: sections, sentences and spans follow its order.

The text itself is not needed, so a slip is found where nobody holds it; ``allograph verify`` proves
each place against the text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import median_low

from allograph.doubts.rules.rule import Doubt
from allograph.evidence import Evidence, grouped
from allograph.evidence.records import Place


@dataclass(frozen=True)
class PlacedSpan:
    """A span with its complete place in the text of one report, and what is printed there."""

    iri: str
    node: str
    report: str
    start: int
    end: int
    section: str
    sentence: int
    sha256: str | None
    printed: str

    @property
    def where(self) -> str:
        """As in ``Results 7``."""
        return f"{self.section} {self.sentence}"


def places_in_order(evidence: Evidence) -> Iterator[Doubt]:
    """Places that cannot be in one text, or whose span is too short for what is printed there."""
    spans = list(_spans(evidence))
    for span in spans:
        if span.end - span.start < len(span.printed):
            message = (
                f"The span of {span.end - span.start} characters is shorter than what it shows."
            )
            yield _doubt(span, message)
    for of_report in grouped(spans, lambda span: span.report).values():
        by_place = sorted(of_report, key=lambda span: (span.start, span.end, span.iri))
        yield from _overlaps(by_place)
        yield from _out_of_order(by_place)
        yield from _texts(of_report)


def _spans(evidence: Evidence) -> Iterator[PlacedSpan]:
    for node in evidence.nodes.values():
        for iri in node.iris("locator"):
            report = node.iri_of("report") or node.iri_of("disclosedIn")
            if report and (place := evidence.places.get(iri)) is not None:
                yield from _span(place, node.iri, report, node.text("reportedAs") or "")


def _span(place: Place, node: str, report: str, printed: str) -> Iterator[PlacedSpan]:
    if None not in (place.start, place.end, place.section, place.sentence):
        yield PlacedSpan(
            iri=place.iri,
            node=node,
            report=report,
            start=place.start or 0,
            end=place.end or 0,
            section=place.section or "",
            sentence=place.sentence or 0,
            sha256=place.sha256,
            printed=printed,
        )


def _overlaps(by_place: list[PlacedSpan]) -> Iterator[Doubt]:
    """Spans that share characters and are said to be in two sentences."""
    furthest: PlacedSpan | None = None
    for span in by_place:
        if furthest is not None and span.start < furthest.end and span.where != furthest.where:
            message = f"{span.where} begins inside a span of {furthest.where}."
            yield _doubt(span, message, furthest)
        if furthest is None or span.end > furthest.end:
            furthest = span


def _out_of_order(by_place: list[PlacedSpan]) -> Iterator[Doubt]:
    """The fewest spans without which section and sentence never go back while the text goes on."""
    starts = grouped(by_place, lambda span: span.section)
    middles = {
        section: median_low([span.start for span in spans]) for section, spans in starts.items()
    }
    order = [(middles[span.section], span.section, span.sentence) for span in by_place]
    kept = _longest_rising(order)
    for place, span in enumerate(by_place):
        if place not in kept:
            beside = [*by_place[max(place - 1, 0) : place], *by_place[place + 1 : place + 2]]
            named = " and ".join(other.where for other in beside)
            yield _doubt(span, f"{span.where} stands beside {named}.", beside[0])


def _longest_rising(values: list[tuple[int, str, int]]) -> set[int]:
    """The places of a longest run that never falls, by patience sorting."""
    last_values: list[tuple[int, str, int]] = []
    last_places: list[int] = []
    before: list[int] = []
    for place, value in enumerate(values):
        length = bisect_right(last_values, value)
        before.append(last_places[length - 1] if length else -1)
        last_values[length : length + 1] = [value]
        last_places[length : length + 1] = [place]
    kept = set()
    place = last_places[-1] if last_places else -1
    while place >= 0:
        kept.add(place)
        place = before[place]
    return kept


def _texts(spans: Iterable[PlacedSpan]) -> Iterator[Doubt]:
    """One span has one checksum, and one checksum has one length."""
    of_span: dict[object, set[object]] = defaultdict(set)
    known = [span for span in spans if span.sha256]
    for span in known:
        of_span[span.start, span.end].add(span.sha256)
        of_span[span.sha256].add(span.end - span.start)
    for span in known:
        if len(of_span[span.start, span.end]) > 1:
            yield _doubt(span, "The same span has another checksum at another place of the record.")
        if len(of_span[span.sha256]) > 1:
            yield _doubt(span, "The same checksum stands at a span of another length.")


def _doubt(span: PlacedSpan, message: str, other: PlacedSpan | None = None) -> Doubt:
    involved = (span.node,) if other is None else (span.node, other.iri)
    return Doubt(span.iri, message, f"{span.start} to {span.end}, {span.where}", involved)
