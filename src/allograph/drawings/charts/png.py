"""Render an SVG picture as PNG, for slides and documents that hold no SVG."""

from __future__ import annotations

import vl_convert

SCALE = 2
"""Pixels for each of the picture's: sharp on a slide."""


def png_of(svg: str) -> bytes:
    """The picture as PNG; nothing is loaded from elsewhere."""
    png: bytes = vl_convert.svg_to_png(svg, scale=SCALE)
    return png
