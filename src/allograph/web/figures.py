"""Write a figure in words: value with unit and bound, interval or range, time, place in the source.

A figure is a Result or a Comparison as a ``Node``; nothing here knows which one.
"""

from allograph.web.description import Names, Node

# UCUM codes of the graph, as people read them.
UNITS = {"mo": "months", "a": "years", "d": "days", "mg/m2": "mg/m²", "{cycle}": "cycles"}
EN_DASH = "\u2013"
NO_BREAK = "\u00a0"


def unit_text(code: str) -> str:
    """Return a UCUM unit as people read it; the unit of a plain number is nothing."""
    return "" if code == "1" else UNITS.get(code, code)


def with_unit(number: str, code: str) -> str:
    """Write a number and its unit so that they stay on one line."""
    gap = "" if code == "%" else NO_BREAK
    unit = unit_text(code)
    return f"{number}{gap}{unit}" if number and unit else number


def value_text(figure: Node, names: Names) -> str:
    """Write the value with its bound and unit, or why there is none."""
    value = with_unit(figure.text("ag:value"), figure.text("ag:unit"))
    words = [names.label(iri) for iri in figure.iris("ag:bound")]
    words += [value] if value else [names.label(iri) for iri in figure.iris("ag:valueStatus")]
    low, high = figure.text("ag:rangeLow"), figure.text("ag:rangeHigh")
    if not words and low:
        words = [with_unit(f"{low}{EN_DASH}{high}", figure.text("ag:unit"))]
    return " ".join(words)


def share_text(figure: Node) -> str:
    """Write how many of how many, as far as both are printed."""
    numerator, denominator = figure.text("ag:numerator"), figure.text("ag:denominator")
    return f"{numerator or '?'}/{denominator}" if denominator else numerator


def spread_text(figure: Node) -> str:
    """Write the confidence interval and the range around a value."""
    spreads = []
    if lower := figure.text("ag:lowerLimit"):
        level = figure.text("ag:confidenceLevel")
        title = f"{level}% CI" if level else "CI"
        spreads.append(f"{title} {lower}{EN_DASH}{figure.text('ag:upperLimit')}")
    if (low := figure.text("ag:rangeLow")) and figure.text("ag:value"):
        spreads.append(f"range {low}{EN_DASH}{figure.text('ag:rangeHigh')}")
    return "; ".join(spreads)


def time_text(figure: Node, names: Names) -> str:
    """Write when: the time point, the cycle, and when the clock starts."""
    parts = []
    if months := figure.text("ag:atTime"):
        parts.append(f"at {months} months")
    if cycle := figure.text("ag:afterCycle"):
        parts.append(f"after cycle {cycle}")
    parts += [f"clock starts: {names.label(iri)}" for iri in figure.iris("ag:timeOrigin")]
    return "; ".join(parts)


def people_text(group: Node, names: Names) -> str:
    """Write a group with its size, as a denominator is named."""
    size = group.text("ag:size")
    label = names.label(group.iri)
    return f"{size} {label}" if size else f"{label} (size not stated)"


def place_text(locator: Node) -> str:
    """Write where in the held text a figure is printed, or in which cells of a held sheet."""
    section, sentence = locator.text("ag:section"), locator.text("ag:sentence")
    if cells := locator.text("rdf:value"):
        rows = cells.removeprefix("cell=").replace(",", f",{NO_BREAK}").replace(";", "; ")
        return f"{section}, row and column {rows}"
    place = f"{section}, sentence {sentence}" if section and sentence else section
    return place or f"characters {locator.text('oa:start')}{EN_DASH}{locator.text('oa:end')}"


def span_text(locator: Node) -> str:
    """Write which characters or which cells of what was read a locator names."""
    if cells := locator.text("rdf:value"):
        return f"{cells} of the held sheet (RFC 7111)"
    return f"characters {locator.text('oa:start')} to {locator.text('oa:end')} of the held text"
