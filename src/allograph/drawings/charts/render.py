"""Render a Vega-Lite specification as SVG, in this process, from what it holds itself.

vl-convert runs Vega in an embedded JavaScript engine: one render at a time, 0.1 s or more each, and
0.4 s more for the first, which starts the engine. To load data from elsewhere is refused.
"""

from __future__ import annotations

from html import escape
from typing import Any

import vl_convert

Spec = dict[str, Any]
VEGA_LITE = "6.4"
"""The version of Vega-Lite, of those that are bundled, so that another release draws alike."""


def svg_of(spec: Spec, title: str, description: str) -> str:
    """The plot as SVG that names and describes itself."""
    svg = vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE, allowed_base_urls=[])
    start, _, rest = svg.partition(">")
    named = 'role="graphics-document document" aria-labelledby="plot-title plot-description"'
    return (
        f'{start} {named}><title id="plot-title">{escape(title)}</title>'
        f'<desc id="plot-description">{escape(description)}</desc>{rest}'
    )
