"""The colours of the plots: by what they are for, in the light and in the dark.

A plot is rendered once, in the colours of paper. No two roles share a colour there, so that the
dark ones can take their place in the finished SVG.
"""

from __future__ import annotations

import re

LIGHT = {
    "ink": "#18232a",
    "quiet": "#4d5b64",
    "rule": "#d6dee2",
    "accent": "#0a6570",
    "other": "#8a9aa2",
    "doubt": "#b4541a",
    "beside": "#3b5fa8",
    "few": "#d3e9eb",
    "some": "#a5d2d6",
    "many": "#74b8be",
    "good": "#2a7443",
    "middling": "#8a6200",
    "grave": "#b3261e",
    "paper": "#ffffff",
}
DARK = {
    "ink": "#e3eaed",
    "quiet": "#a3b1b8",
    "rule": "#313e45",
    "accent": "#6fcad3",
    "other": "#7c8c94",
    "doubt": "#f0a070",
    "beside": "#9bb8f2",
    "few": "#173b40",
    "some": "#1d5157",
    "many": "#266a72",
    "good": "#7fd199",
    "middling": "#e5c15a",
    "grave": "#ff9d92",
    "paper": "#11181c",
}

_ROLE_BY_COLOUR = {colour: role for role, colour in LIGHT.items()}
_COLOUR = re.compile('"(' + "|".join(LIGHT.values()) + ')"')


def in_the_dark(svg: str) -> str:
    """A plot in the colours of the dark."""
    return _COLOUR.sub(lambda match: f'"{DARK[_ROLE_BY_COLOUR[match[1]]]}"', svg)
