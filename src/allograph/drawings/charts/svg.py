"""The parts of a picture, and their SVG: every look is an attribute, so no style sheet is needed.

A part knows its place in pixels and the role of its colour (``palette``). Who lays out a picture
measures its texts by ``lettering``, so that they fit whichever font draws them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import groupby
from typing import Literal, TypeAlias

from allograph.drawings.charts.palette import LIGHT
from allograph.drawings.lettering import is_usual, set_width_of

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
Anchor: TypeAlias = Literal["start", "middle", "end"]
Form: TypeAlias = Literal["circle", "square", "diamond"]


@dataclass(frozen=True)
class Text:
    """A line of text; ``y`` is its base line. It is as wide as it is measured in every font."""

    x: float
    y: float
    text: str
    size: float
    role: str = "ink"
    is_bold: bool = False
    anchor: Anchor = "start"

    @property
    def width(self) -> float:
        """The width to which it is set."""
        return set_width_of(self.text, self.size, bold=self.is_bold)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of what it may cover."""
        width = self.width
        left = self.x - {"start": 0, "middle": width / 2, "end": width}[self.anchor]
        return left, self.y - 0.8 * self.size, left + width, self.y + 0.22 * self.size

    def svg(self) -> str:
        """As an element."""
        bold = ' font-weight="bold"' if self.is_bold else ""
        anchor = f' text-anchor="{self.anchor}"' if self.anchor != "start" else ""
        place = f'x="{short(self.x)}" y="{short(self.y)}" font-size="{short(self.size)}"'
        if all(map(is_usual, self.text)):
            place += f' textLength="{short(self.width)}" lengthAdjust="spacingAndGlyphs"'
        return f'<text {place}{bold}{anchor} fill="{LIGHT[self.role]}">{lettered(self.text)}</text>'


@dataclass(frozen=True)
class Line:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    role: str = "rule"
    width: float = 1
    is_dashed: bool = False

    def svg(self) -> str:
        """As an element."""
        dash = ' stroke-dasharray="3 3"' if self.is_dashed else ""
        return (
            f'<path d="M{short(self.x1)} {short(self.y1)}L{short(self.x2)} {short(self.y2)}" '
            f'stroke="{LIGHT[self.role]}" stroke-width="{short(self.width)}"{dash}/>'
        )


@dataclass(frozen=True)
class Shape:
    """A mark around its centre."""

    form: Form
    x: float
    y: float
    role: str
    is_filled: bool = True
    is_dashed: bool = False
    radius: float = 5

    def svg(self) -> str:
        """As an element."""
        fill = LIGHT[self.role if self.is_filled else "paper"]
        dash = ' stroke-dasharray="2.6 1.8"' if self.is_dashed else ""
        look = f'fill="{fill}" stroke="{LIGHT[self.role]}" stroke-width="2"{dash}'
        x, y, r = self.x, self.y, self.radius
        if self.form == "circle":
            return f'<circle cx="{short(x)}" cy="{short(y)}" r="{short(r)}" {look}/>'
        if self.form == "square":
            side = short(2 * r)
            corner = f'x="{short(x - r)}" y="{short(y - r)}"'
            return f'<rect {corner} width="{side}" height="{side}" {look}/>'
        reach = r * 1.25
        path = f"M{short(x)} {short(y - reach)}l{short(reach)} {short(reach)}"
        path += f"l{short(-reach)} {short(reach)}l{short(-reach)} {short(-reach)}z"
        return f'<path d="{path}" {look}/>'


@dataclass(frozen=True)
class Lozenge:
    """A pooled estimate: as wide as its interval, its corners above and below at the estimate."""

    low: float
    x: float
    high: float
    y: float
    role: str
    is_filled: bool = True
    half: float = 7

    def svg(self) -> str:
        """As an element."""
        fill = LIGHT[self.role if self.is_filled else "paper"]
        corners = (
            (self.low, self.y),
            (self.x, self.y - self.half),
            (self.high, self.y),
            (self.x, self.y + self.half),
        )
        path = "L".join(f"{short(x)} {short(y)}" for x, y in corners)
        return f'<path d="M{path}z" fill="{fill}" stroke="{LIGHT[self.role]}" stroke-width="1.5"/>'


@dataclass(frozen=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    stroke: str = ""
    is_dashed: bool = False
    radius: float = 0

    def svg(self) -> str:
        """As an element."""
        line = f' stroke="{LIGHT[self.stroke]}"' if self.stroke else ""
        dash = ' stroke-dasharray="3 3"' if self.is_dashed else ""
        corner = f' rx="{short(self.radius)}"' if self.radius else ""
        place = f'x="{short(self.x)}" y="{short(self.y)}"'
        size = f'width="{short(self.width)}" height="{short(self.height)}"'
        return f'<rect {place} {size} fill="{LIGHT[self.fill]}"{line}{dash}{corner}/>'


@dataclass(frozen=True)
class Link:
    """Parts that lead somewhere, and what they say to those who do not see them."""

    parts: Sequence[Part]
    address: str
    description: str

    def svg(self) -> str:
        """As an element; what has no address is a group."""
        inside = "".join(part.svg() for part in self.parts)
        said = f'role="img" aria-label="{escape(self.description)}"'
        if not self.address:
            return f"<g {said}>{inside}</g>"
        return f'<a href="{escape(self.address)}"><g {said}>{inside}</g></a>'


Part: TypeAlias = Text | Line | Shape | Lozenge | Box | Link


@dataclass
class Canvas:
    """A picture while it is laid out: its width, its parts, and how far down it reaches."""

    width: float
    y: float = 0
    parts: list[Part] = field(default_factory=list)

    def texts(self) -> Iterator[Text]:
        """All lines of text, those of links too."""
        waiting = list(self.parts)
        while waiting:
            part = waiting.pop(0)
            if isinstance(part, Text):
                yield part
            elif isinstance(part, Link):
                waiting[:0] = part.parts

    def svg(self, title: str, description: str) -> str:
        """The picture as SVG that names and describes itself."""
        size = f'width="{short(self.width)}" height="{short(self.y)}"'
        named = 'role="graphics-document document" aria-labelledby="plot-title plot-description"'
        paper = Box(0, 0, self.width, self.y, "paper").svg()
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} '
            f'viewBox="0 0 {short(self.width)} {short(self.y)}" font-family="{FONT}" {named}>'
            f'<title id="plot-title">{escape(title)}</title>'
            f'<desc id="plot-description">{escape(description)}</desc>'
            f"{paper}{''.join(part.svg() for part in self.parts)}</svg>\n"
        )


def lettered(text: str) -> str:
    """A text with its unusual letters apart: a font that lacks one is not replaced for the rest."""
    runs = ("".join(run) for _, run in groupby(text, is_usual))
    return "".join(
        escape(run) if is_usual(run[0]) else f"<tspan>{escape(run)}</tspan>" for run in runs
    )


def short(number: float) -> str:
    """A number without needless digits."""
    return f"{number:.1f}".removesuffix(".0")
