"""Draw judgements of bias as lights: a row for what was judged, a column for each domain.

Each answer has a shape, a sign in it, a colour and its word, so that it is read without the colour
as well: a circle with a plus is good, a square with a minus middling, a diamond with a cross grave;
a dashed circle without a sign is no judgement. Each tool has a panel of its own, for its domains
are no others'. In the narrow shape the domains stand below what was judged, one in each line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from allograph.drawings.charts.drawing import Caption, Undrawn, undrawn
from allograph.drawings.charts.layout import (
    GAP,
    HEAD,
    LEADING,
    SIZE,
    SMALL,
    Shaped,
    add_lines,
    add_notes,
    add_title,
    broken,
)
from allograph.drawings.charts.svg import Canvas, Form, Line, Link, Part, Shape, Text
from allograph.questions.plot import PlotHeader, Row

LABELS, WIDEST_CELL, WORD = 290, 130, 10.0
"""The right end of labels, the greatest width of a cell, the letters of words and heads."""
RADIUS, REACH = 9.0, 4.0
"""Of a light, and of the sign in it, from its centre."""
LIGHT, LINE = 26, 24
"""The height of a light, and of a line of the narrow shape, which a finger can meet."""
STALE = "stale"
STALE_WORDS = "stale: what was judged has changed since"
NOBODY = "nobody has judged it"
NO_LIGHTS = "No judgement: nobody has judged any of these studies."


@dataclass(frozen=True)
class Look:
    """How an answer looks: its form, the role of its colour, and the sign in it."""

    form: Form
    role: str
    sign: str = ""


LOOKS: Mapping[str, Look] = {
    "low": Look("circle", "good", "+"),
    "yes": Look("circle", "good", "+"),
    "some-concerns": Look("square", "middling", "-"),
    "moderate": Look("square", "middling", "-"),
    "unclear": Look("square", "middling", "?"),
    "high": Look("diamond", "grave", "x"),
    "serious": Look("diamond", "grave", "x"),
    "no": Look("diamond", "grave", "x"),
    "critical": Look("diamond", "grave", "!"),
    "no-information": Look("square", "quiet", "?"),
    "not-applicable": Look("circle", "quiet", "-"),
}
"""By the key of the answer; any other is no judgement."""
NO_JUDGEMENT = Look("circle", "quiet")

STROKES: Mapping[str, tuple[tuple[float, float, float, float], ...]] = {
    "+": ((-1, 0, 1, 0), (0, -1, 0, 1)),
    "-": ((-1, 0, 1, 0),),
    "x": ((-0.8, -0.8, 0.8, 0.8), (-0.8, 0.8, 0.8, -0.8)),
}
"""The lines of a sign, in shares of its reach; the other signs are letters."""


@dataclass(frozen=True)
class Light:
    """One answer: of which domain, its key and its word."""

    domain: str
    risk: str
    word: str


@dataclass(frozen=True)
class Judged:
    """What was judged, with its lights, and the IRI of the judgement."""

    label: str
    link: str
    is_stale: bool
    lights: tuple[Light, ...]

    @property
    def name(self) -> str:
        """The label, and that it is stale."""
        return f"{self.label} ({STALE_WORDS})" if self.is_stale else self.label


@dataclass(frozen=True)
class Tool:
    """The judgements by one tool, and its domains in their order."""

    name: str
    domains: tuple[str, ...]
    judged: tuple[Judged, ...]


@dataclass(frozen=True)
class Lights:
    """All judgements, by tool."""

    tools: tuple[Tool, ...]


def lights_of(rows: Sequence[Row], header: PlotHeader) -> tuple[Lights | None, list[Undrawn]]:
    """Read the rows of an answer: one for each domain, in order, and one for each judged by nobody.

    Where nothing was judged the picture says so; without rows there is none.
    """
    missing = [undrawn(row, header, NOBODY) for row in rows if not header.text(row, "column")]
    by_tool: dict[str, dict[tuple[str, str, bool], list[Light]]] = {}
    for row in rows:
        if domain := header.text(row, "column"):
            is_stale = header.value(row, "state") == STALE
            judged = header.text(row, "row"), header.value(row, "link"), is_stale
            light = Light(domain, header.value(row, "value"), header.value(row, "words"))
            of_tool = by_tool.setdefault(header.text(row, "panel"), {})
            of_tool.setdefault(judged, []).append(light)
    tools = tuple(
        Tool(
            name,
            tuple(dict.fromkeys(light.domain for lights in found.values() for light in lights)),
            tuple(Judged(*judged, tuple(lights)) for judged, lights in found.items()),
        )
        for name, found in by_tool.items()
    )
    return (Lights(tools) if rows else None), missing


def traffic_of(lights: Lights, caption: Caption, shape: Shaped) -> Canvas:
    """Lay the lights out."""
    canvas = Canvas(shape.width, shape.pad)
    add_title(canvas, shape, caption)
    if not lights.tools:
        canvas.y += 8
        add_lines(canvas, shape, NO_LIGHTS, SIZE)
    for tool in lights.tools:
        canvas.y += 18
        add_lines(canvas, shape, tool.name, HEAD, is_bold=True)
        (_add_narrow if shape.is_narrow else _add_wide)(canvas, shape, tool)
    canvas.y += 8
    add_notes(canvas, shape, caption)
    canvas.y += shape.pad / 2
    return canvas


def _add_wide(canvas: Canvas, shape: Shaped, tool: Tool) -> None:
    """Heads above columns of lights, what was judged at the left."""
    width = min(WIDEST_CELL, (shape.right - LABELS) / len(tool.domains))
    middles = {name: LABELS + width * (n + 0.5) for n, name in enumerate(tool.domains)}
    heads = {name: broken(name, width - 8, WORD, is_bold=True, most=5) for name in tool.domains}
    step, deepest = WORD * LEADING, max(map(len, heads.values()))
    for name, lines in heads.items():
        for number, line in enumerate(lines):
            y = canvas.y + step * (deepest - len(lines) + number + 1)
            head = Text(middles[name], y, line, WORD, "quiet", is_bold=True, anchor="middle")
            canvas.parts.append(head)
    canvas.y += step * deepest + 6
    for judged in tool.judged:
        canvas.parts.append(Line(shape.pad, canvas.y, shape.right, canvas.y))
        lines = broken(judged.name, LABELS - shape.pad - 12, SMALL, most=4)
        words = {light: broken(light.word, width - 6, WORD, most=2) for light in judged.lights}
        below = step * max(map(len, words.values()))
        height = max(LIGHT + below + GAP, len(lines) * SMALL * LEADING + GAP)
        canvas.parts.append(_named(judged, lines, shape.pad, canvas.y + GAP / 2))
        for light in judged.lights:
            x, y = middles[light.domain], canvas.y + GAP / 2 + LIGHT / 2
            parts = list(light_parts(light.risk, x, y))
            for number, line in enumerate(words[light]):
                at = y + LIGHT / 2 + step * (number + 0.7)
                parts.append(Text(x, at, line, WORD, anchor="middle"))
            canvas.parts.append(Link(parts, judged.link, _described(judged, light)))
        canvas.y += height
    canvas.parts.append(Line(shape.pad, canvas.y, shape.right, canvas.y))


def _add_narrow(canvas: Canvas, shape: Shaped, tool: Tool) -> None:
    """What was judged, and below it a line for each domain: the light, its word, the domain."""
    for judged in tool.judged:
        canvas.y += GAP
        lines = broken(judged.name, shape.inner, SMALL, is_bold=True, most=4)
        canvas.parts.append(_named(judged, lines, shape.pad, canvas.y, is_bold=True))
        canvas.y += len(lines) * SMALL * LEADING + 4
        for light in judged.lights:
            x = shape.pad + RADIUS * 1.25 + 2
            said = broken(f"{light.word}: {light.domain}", shape.right - x - 18, SMALL, most=2)
            height = max(LINE, len(said) * SMALL * LEADING + 4)
            middle = canvas.y + height / 2
            parts = list(light_parts(light.risk, x, middle))
            first = middle + 4 - SMALL * LEADING * (len(said) - 1) / 2
            for number, line in enumerate(said):
                parts.append(Text(x + 18, first + SMALL * LEADING * number, line, SMALL))
            canvas.parts.append(Link(parts, judged.link, _described(judged, light)))
            canvas.y += height


def light_parts(risk: str, x: float, y: float) -> Iterator[Part]:
    """The light of an answer around its centre."""
    look = LOOKS.get(risk, NO_JUDGEMENT)
    is_judged = risk in LOOKS
    # A diamond reaches a quarter further than its radius.
    radius = RADIUS * (0.95 if look.form == "diamond" else 0.88 if look.form == "square" else 1)
    yield Shape(look.form, x, y, look.role, is_judged, not is_judged, radius)
    for x1, y1, x2, y2 in STROKES.get(look.sign, ()):
        ends = (x + x1 * REACH, y + y1 * REACH, x + x2 * REACH, y + y2 * REACH)
        yield Line(*ends, "paper", 2.2)
    if look.sign and look.sign not in STROKES:
        yield Text(x, y + 0.36 * SIZE, look.sign, SIZE, "paper", is_bold=True, anchor="middle")


def _named(
    judged: Judged, lines: Sequence[str], x: float, y: float, *, is_bold: bool = False
) -> Link:
    step = SMALL * LEADING
    texts = [
        Text(x, y + step * (n + 0.8), line, SMALL, "ink", is_bold) for n, line in enumerate(lines)
    ]
    return Link(texts, judged.link, judged.name)


def _described(judged: Judged, light: Light) -> str:
    return f"{judged.name}, {light.domain}: {light.word}"
