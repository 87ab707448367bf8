"""Units that the span prints with a number, where the printed form itself has none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from allograph.checks.span.reading import Place, Reading, Told, decided, shown
from allograph.doubts.rules.words.printed_numbers import printed_numbers
from allograph.text.number_words import times_in_figures

DOSES = {
    "mg/m2": re.compile(r"\bmg\s?(?:/|per)\s?m(?:2|²|\^2|eter)|mg/sqm", re.I),
    "mg/BSA": re.compile(r"mg\s?/\s?BSA", re.I),
    "mg/kg": re.compile(r"mg\s?/\s?kg\b", re.I),
    "mg": re.compile(r"(?<![a-z])mg\b(?!\s?/)", re.I),
    "ug/m2": re.compile(r"(?:mcg|ug|µg|μg)\s?/\s?m(?:2|²)", re.I),
    "ug": re.compile(r"(?<![a-z])(?:mcg|ug|µg|μg)(?!\s?/\s?(?:m|kg))|\bmicrograms?\b", re.I),
    "g/m2": re.compile(r"(?<![a-zµμ])g\s?/\s?m(?:2|²)", re.I),
    "g": re.compile(r"\d\s?g\b(?!\s?/)"),
}
"""Units of doses, and how they are printed."""
AS = {"ug/d": "ug", "ug/kg": "ug", "ug/m2/d": "ug/m2", "mg/d": "mg"}
"""Units that are read as the first part of them."""


def units(reading: Reading) -> Iterator[Told]:
    """A value that the span prints with another unit."""
    for place in reading.by_class["Figure"]:
        figure = reading.figure(place)
        if figure.value is None or figure.unit is None:
            continue
        with_value = _units(place.span, figure.value)
        if with_value and None not in with_value and figure.unit not in with_value:
            yield _told(place, "unit", figure.unit, frozenset(filter(None, with_value)))
    for place in reading.of("DoseStep"):
        step = reading.evidence.steps[place.node.iri]
        if step.unit is None:
            continue
        given = decided(place.scopes, DOSES)
        is_assumed = step.unit == "mg/m2" and "mg/BSA" in given and "unit-assumed" in step.flags
        if given and not is_assumed and AS.get(step.unit, step.unit) not in given:
            yield _told(place, "doseUnit", step.unit, given)


def _units(text: str, value: Decimal) -> set[str | None]:
    numbers = printed_numbers(times_in_figures(text))
    return {found.unit for found in numbers if found.number == value}


def _told(place: Place, name: str, unit: str, given: frozenset[str]) -> Told:
    message = f'The unit is "{unit}" here, and the text prints {shown(given)}: correct ag:{name}.'
    return Told(place.node.iri, "unit", message, place.sentence)
