"""Render a Vega-Lite specification as SVG, in this process, from what it holds itself.

vl-convert runs Vega in an embedded JavaScript engine: one render at a time, about 40 ms each, but
for the first, which starts the engine. Loading anything is switched off.
"""

from __future__ import annotations

from html import escape
from typing import Any

import vl_convert

Spec = dict[str, Any]


def svg_of(spec: Spec, title: str, description: str) -> str:
    """Return the plot as SVG that names and describes itself."""
    svg = vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE, allowed_base_urls=[])
    start, _, rest = svg.partition(">")
    named = 'role="graphics-document document" aria-labelledby="plot-title plot-description"'
    return (
        f'{start} {named}><title id="plot-title">{escape(title)}</title>'
        f'<desc id="plot-description">{escape(description)}</desc>{rest}'
    )


def png_of(spec: Spec, scale: float = 2.0) -> bytes:
    """Return the plot as PNG."""
    return bytes(
        vl_convert.vegalite_to_png(spec, vl_version=VEGA_LITE, scale=scale, allowed_base_urls=[])
    )


VEGA_LITE = "6.4"
