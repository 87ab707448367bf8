"""A claim that says more, or less, than the words it stands for.

How many (all, most, some, few, none), how sure (may, can, if), which numbers, dates and names. What
follows a semicolon in a label is our own remark, and so is what it says of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from allograph.checks.span.dates import days_printed
from allograph.checks.span.names import kind_of
from allograph.checks.span.origins import started
from allograph.checks.span.reading import (
    Place,
    Reading,
    Told,
    folded_letters,
    plain,
    shown,
    words,
)
from allograph.checks.span.treatments import AGAINST
from allograph.curated.results import Severity
from allograph.rdf.vocabularies import OUTCOME
from allograph.text.dates import MONTH
from allograph.text.number_words import times_in_figures

QUANTITIES = words(
    all=r"\b(?:(?-i:[Aa]ll)|every|each|everybody|everyone|whole|entire|always|both)\b",
    most=r"\b(?:most (?!(?:effective|common|frequent|likely)\b)(?!\w+(?:ful|ive|ant|ent|al)\b)"
    r"|majority|mostly|often|usually)",
    half=r"\bhalf\b",
    some=r"\b(?:some|several|a number of|certain|sometimes|occasionally)\b",
    few=r"\b(?:few|minority|rarely|seldom|hardly|scarcely)\b",
    none=r"\b(?:none|nobody|no (?:patients?|people|one|child|children|adults?)|never)\b",
)
"""How many, or how often."""
HEDGES = re.compile(
    r"\b(?:may|might|can|could|would|perhaps|possibl[ey]|probabl[ey]|likely|suggest\w*|if"
    r"|potential\w*|promis\w+|seem\w*|appear\w*|hop\w+|not yet|await\w*|still|un\w+ed)\b",
    re.IGNORECASE,
)
"""Words that leave open whether it is so, or say that it is not."""
_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?[A-Z]?(?![\w]|\.\d)")
KINDS = ("drug", "target", "organization", "outcome")
"""Names of a label that its sentence has, where it has any of the kind."""
_PROPER = re.compile(r"(?<=[a-z,] )[A-Z][A-Za-z]{2,}\b(?!-)")
"""A word with a capital inside of a sentence."""
LOOSE = frozenset(OUTCOME[key] for key in ("transplant", "hsct-receipt", "ongoing-remission"))
"""Outcomes with so many names that one of a label may be none of ours in the text."""
_MONTH = re.compile(rf"\b{MONTH}", re.IGNORECASE)


def wording(reading: Reading) -> Iterator[Told]:
    """A claim with a quantity, a certainty, a number or a name that its sentence does not have."""
    for place in reading.of("Claim"):
        label = own_words(place, reading)
        yield from (
            *_quantities(place, label),
            *_hedges(place, reading.evidence.claims[place.node.iri].label),
            *_numbers(place, label),
            *_names(reading, place, label),
            *_sides(reading, place, label),
            *_clocks(place, label),
            *_proper_names(reading, place, label),
        )


def own_words(place: Place, reading: Reading) -> str:
    """A label without the remark behind its semicolon."""
    return plain(reading.evidence.claims[place.node.iri].label).partition(";")[0]


def _quantities(place: Place, label: str) -> Iterator[Told]:
    own = _keys(label)
    said = _keys(place.span) or _keys(place.sentence)
    if own and said and own.isdisjoint(said):
        message = f'The label says "{shown(own)}", and the text "{shown(said)}": correct it.'
        yield Told(place.node.iri, "claim", message, place.span)


def _keys(text: str) -> frozenset[str]:
    return frozenset(key for key, pattern in QUANTITIES.items() if pattern.search(text))


def _hedges(place: Place, label: str) -> Iterator[Told]:
    if (said := HEDGES.search(place.span)) and not HEDGES.search(label):
        message = f'The text leaves it open ("{said[0]}"), and the label does not: correct it.'
        yield Told(place.node.iri, "claim", message, place.span, Severity.WARNING)


def _numbers(place: Place, label: str) -> Iterator[Told]:
    around = f"{place.earlier(2)} {place.sentence}"
    if dates := days_printed(label):
        if (printed := days_printed(around)) and (wrong := dates.keys() - printed.keys()):
            message = (
                f"The label says {min(wrong)}, and the text prints {min(printed)}: correct it."
            )
            yield Told(place.node.iri, "claim", message, place.span)
        return
    if _MONTH.search(label):
        return
    given = {_value(number) for number in _NUMBER.findall(times_in_figures(around))}
    for number in _NUMBER.findall(times_in_figures(label)):
        if _value(number) not in given:
            message = f"The label says {number}, which the text does not print here: correct it."
            yield Told(place.node.iri, "claim", message, place.span)


def _value(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number.lstrip("0") or "0"


def _names(reading: Reading, place: Place, label: str) -> Iterator[Told]:
    for kind in KINDS:
        own = set(reading.names.named(label, kind)) - LOOSE
        said = set(reading.names.named(place.sentence, kind))
        wrong = {iri for iri in own - said if not _goes_with(reading, iri, said)}
        if said and wrong:
            names, others = reading.names.labels(wrong), reading.names.labels(said)
            message = f"The label names {names}, and the text {others}: correct it."
            yield Told(place.node.iri, "claim", message, place.span)


def _goes_with(reading: Reading, iri: str, said: set[str]) -> bool:
    """Whether a name is wider or narrower than one that is said, or a part of it."""
    nodes, broader = reading.evidence.nodes, reading.evidence.broader
    parts = {part for one in said for part in nodes.of(one).iris("component")}
    return (
        iri in parts
        or any(iri in broader(one) or one in broader(iri) for one in said)
        or any(part in said for part in nodes.of(iri).iris("component"))
        or any(reading.names.is_part(one, reading.names.label(iri)) for one in said)
        or any(reading.names.is_part(iri, reading.names.label(one)) for one in said)
    )


def _sides(reading: Reading, place: Place, label: str) -> Iterator[Told]:
    """What a label sets a treatment against, the span does."""
    own, said = _against(reading, label), _against(reading, place.span)
    wrong = {iri for iri in own - said if not _goes_with(reading, iri, said)}
    if said and wrong:
        message = f"The label sets against it {reading.names.labels(wrong)}, and the text does not."
        yield Told(place.node.iri, "claim", message, place.span)


def _clocks(place: Place, label: str) -> Iterator[Told]:
    own, said = started(label), started(place.sentence)
    if own and said and own.isdisjoint(said):
        message = (
            f"The label counts from {shown(own)}, and the text from {shown(said)}: correct it."
        )
        yield Told(place.node.iri, "claim", message, place.span)


def _proper_names(reading: Reading, place: Place, label: str) -> Iterator[Told]:
    """A name with a capital that the text has nowhere, and that is none of a record."""
    text = folded_letters(place.prose.text)
    for match in _PROPER.finditer(label):
        word = folded_letters(match[0])
        is_ours = any(m.start <= match.start() < m.end for m in reading.names.mentions(label))
        if not (word in text or is_ours or _MONTH.fullmatch(match[0])):
            message = f'The label names "{match[0]}", which the text does not: correct it.'
            yield Told(place.node.iri, "claim", message, place.span, Severity.WARNING)


def _against(reading: Reading, text: str) -> set[str]:
    phrases: Sequence[str] = [match["phrase"] for match in AGAINST.finditer(text)]
    return {
        iri
        for phrase in phrases
        for mention in reading.names.mentions(phrase)
        for iri in mention.iris
        if kind_of(iri) == "drug"
    }
