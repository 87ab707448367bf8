"""Break text into lines that fit into a box, without knowing which font will draw it.

``width_of`` is that of the widest of the usual system fonts (Verdana and DejaVu Sans, in shares of
the font's size), so text that fits by it fits in every other font, too. ``set_width_of`` is that of
Helvetica, and so of Arial and Liberation Sans: who sets a text to that width (``textLength`` of
SVG) gets it in any font, at most a little narrowed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

NARROW = set("iljtfrI.,:;'|!()[] -")
WIDE = set("mwMW%@")
SHARE_OF_SIZE = {"narrow": 0.46, "wide": 0.98, "capital": 0.78, "other": 0.65}
ELLIPSIS = "\u2026"


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a text in pixels, at most; ``size`` is that of the font in pixels."""
    shares = sum(SHARE_OF_SIZE[_sort_of(letter)] for letter in text)
    return shares * size * (1.12 if bold else 1)


Measure = Callable[[str, float], float]
"""The width of a text by the size of its letters, both in pixels."""

# Helvetica and Helvetica Bold by Adobe's font metrics, in thousandths of the font's size.
_PLAIN = {
    "'": 191,
    "ijl": 222,
    " \u00a0!,./:;fIt[\\]|": 278,
    "r()-`{}“”·²": 333,
    '"': 355,
    "*": 389,
    "^": 469,
    "Jcksvxyz": 500,
    "#$0123456789?Labdeghnopqu_\u2013≤≥≈\u00b5": 556,
    "+<=>~\u2212": 584,
    "FTZ": 611,
    "ABEKPSVXY&": 667,
    "CDHNRUw": 722,
    "GOQ": 778,
    "Mm": 833,
    "%": 889,
    "W": 944,
    "@…←→": 1015,
}
_BOLD = {
    "'": 238,
    " \u00a0,./Iijl\\|": 278,
    "!()-:;ft[]`·²": 333,
    "*r{}": 389,
    '"': 474,
    "#$0123456789Jaceksvxy_\u2013≤≥≈": 556,
    "z“”": 500,
    "+<=>~\u2212^": 584,
    "?FLTZbdghnopqu": 611,
    "EPSVXY": 667,
    "ABCDHKNRU&": 722,
    "GOQw": 778,
    "M": 833,
    "m%": 889,
    "W": 944,
    "@…←→": 1015,
}
_WIDTHS = tuple(
    {letter: width for letters, width in table.items() for letter in letters}
    for table in (_PLAIN, _BOLD)
)
_USUAL = 600
"""The width of a letter that is in neither table, of which there are few."""


def is_usual(letter: str) -> bool:
    """Tell whether the width of a letter is known, so that usual fonts have it."""
    return letter in _WIDTHS[0]


def set_width_of(text: str, size: float, *, bold: bool = False) -> float:
    """The width in pixels to which a text is set; ``size`` is that of the font in pixels."""
    return sum(_WIDTHS[bold].get(letter, _USUAL) for letter in text) * size / 1000


def set_bold(text: str, size: float) -> float:
    """The width of a bold text that is set."""
    return set_width_of(text, size, bold=True)


def lines_of(
    text: str, width: float, size: float, *, most: int = 4, measure: Measure = width_of
) -> tuple[str, ...]:
    """Break a text into lines of at most ``width`` pixels; what is left after ``most`` is cut."""

    def of(part: str) -> float:
        return measure(part, size)

    lines = list(_broken(text.split(), width, of))
    if len(lines) <= most:
        return tuple(lines)
    return (*lines[: most - 1], _cut(" ".join(lines[most - 1 :]), width, of))


def _sort_of(letter: str) -> str:
    if letter in NARROW:
        return "narrow"
    if letter in WIDE:
        return "wide"
    return "capital" if letter.isupper() else "other"


def _broken(words: list[str], width: float, of: Callable[[str], float]) -> Iterator[str]:
    line = ""
    for word in words:
        longer = f"{line} {word}".strip()
        if of(longer) <= width:
            line = longer
            continue
        if line:
            yield line
        *full, line = _pieces(word, width, of)
        yield from full
    if line:
        yield line


def _pieces(word: str, width: float, of: Callable[[str], float]) -> list[str]:
    """Cut a word that is longer than a line, after a hyphen where it has one."""
    pieces = [""]
    for part in word.replace("-", "-\0").split("\0"):
        for letter in [part] if of(part) <= width else list(part):
            if pieces[-1] and of(pieces[-1] + letter) > width:
                pieces.append("")
            pieces[-1] += letter
    return pieces


def _cut(text: str, width: float, of: Callable[[str], float]) -> str:
    while text and of(text + ELLIPSIS) > width:
        text = text[:-1]
    return text.rstrip() + ELLIPSIS
