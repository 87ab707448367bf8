"""Where the clock starts, against the words of the sentence, of ``ag:definition`` and of the text.

A text that defines an outcome once, as "overall survival, time from transplant to death", says it
of all figures of this outcome.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from allograph.checks.span.reading import Place, Reading, Told, plain, shown
from allograph.curated.held.prose import Prose
from allograph.curated.results import Severity
from allograph.rdf.vocabularies import OUTCOME

_FROM = (
    r"(?:\b(?:from|since)\s+(?:the\s+)?(?:(?:date|day|time|point|start|beginning|onset)\s+of\s+)?"
    r"(?:the\s+)?(?:first\s+)?(?:allo(?:geneic)?[\s-]*)?"
)
_GRAFT = r"(?:stem[\s-]cell\s+)?(?:transplant\w*|H?SCT\b|HCT\b)"
ORIGINS: Mapping[str, re.Pattern[str]] = {
    "randomisation": re.compile(rf"{_FROM}randomi[sz]\w+)|\bafter randomi[sz]ation", re.I),
    "transplant": re.compile(
        rf"{_FROM}{_GRAFT})|\bpost-?\s?(?:allo[\s-]*)?{_GRAFT}"
        rf"|\b(?:surviv\w+|OS|PFS)\s+after\s+(?:allo(?:geneic)?[\s-]*)?{_GRAFT}",
        re.I,
    ),
    "treatment-start": re.compile(
        r"\b(?:from|since|after)\s+(?:the\s+)?(?:date of\s+)?(?:start|first|initiation|beginning"
        r"|commencement|day 1)\b(?:\s+\w+){0,3}?"
        r"\s+(?:treatment|therapy|dose|infusion|ino\w*|blin\w*|administration|protocol)",
        re.I,
    ),
    "response": re.compile(
        rf"{_FROM}(?:complete\s+)?(?:remission|response|CR\b|documented))"
        r"|\bdurations? of (?:response|remission)|\bresponse duration|(?-i:\bDO?R\b|\bDoR\b)",
        re.I,
    ),
    "diagnosis": re.compile(rf"{_FROM}(?:initial\s+)?diagnosis)", re.I),
    "relapse": re.compile(rf"{_FROM}relapse)", re.I),
}
"""The words that start each clock."""
DEFINES = re.compile(r"\b(?:time|interval|defined|measured|calculated|counted|estimated)\b", re.I)


def origins(reading: Reading) -> Iterator[Told]:
    """An origin without its words, or one that the text says and the figure does not."""
    defined: dict[tuple[str, str], frozenset[str]] = {}
    for place in reading.by_class["Figure"]:
        figure = reading.figure(place)
        if figure.time_origin is None:
            continue
        definition = plain(place.node.value("definition"))
        said = started(place.span) or started(f"{place.sentence} {definition}")
        key = (place.locator.held_text, figure.outcome or "")
        if key not in defined:
            defined[key] = _defined(reading, place.prose, key[1])
        said |= defined[key] if not said else frozenset()
        if figure.time_origin == "not-stated":
            if figure.outcome and said:
                message = f"The text starts the clock at {shown(said)}: enter ag:timeOrigin."
                yield Told(place.node.iri, "origin", message, place.sentence, _gravity(place, said))
        elif figure.time_origin in ORIGINS and figure.time_origin not in said:
            says = f"starts it at {shown(said)}" if said else "does not say where"
            message = f"The clock starts at {figure.time_origin} here, and the text {says}."
            yield Told(place.node.iri, "origin", f"{message[:-1]}: correct it.", place.sentence)


def started(text: str) -> frozenset[str]:
    """Where a text starts a clock."""
    return frozenset(key for key, words in ORIGINS.items() if words.search(text))


def _defined(reading: Reading, prose: Prose, outcome: str) -> frozenset[str]:
    """The origins that sentences give, which define this outcome by a time from there."""
    if outcome == OUTCOME["duration-of-response"]:
        return frozenset({"response"})
    return frozenset(
        origin
        for text in reading.sentences(prose)
        if DEFINES.search(text) and (found := started(text))
        for origin in found
        if outcome in reading.names.named(text, "outcome")
    )


def _gravity(place: Place, said: frozenset[str]) -> Severity:
    return Severity.VIOLATION if said & started(place.span) else Severity.WARNING
