"""Break text into lines that fit into a box, without knowing which font will draw it.

Widths are those of the widest of the usual system fonts (Verdana and DejaVu Sans, in shares of the
font's size), so text that fits by this table fits in every other font, too.
"""

from __future__ import annotations

from collections.abc import Iterator

NARROW = set("iljtfrI.,:;'|!()[] -")
WIDE = set("mwMW%@")
SHARE_OF_SIZE = {"narrow": 0.46, "wide": 0.98, "capital": 0.78, "other": 0.65}
ELLIPSIS = "\u2026"


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a text in pixels, at most; ``size`` is that of the font in pixels."""
    shares = sum(SHARE_OF_SIZE[_sort_of(letter)] for letter in text)
    return shares * size * (1.12 if bold else 1)


def lines_of(text: str, width: float, size: float, *, most: int = 4) -> tuple[str, ...]:
    """Break a text into lines of at most ``width`` pixels; what is left after ``most`` is cut."""
    lines = list(_broken(text.split(), width, size))
    if len(lines) <= most:
        return tuple(lines)
    return (*lines[: most - 1], _cut(" ".join(lines[most - 1 :]), width, size))


def _sort_of(letter: str) -> str:
    if letter in NARROW:
        return "narrow"
    if letter in WIDE:
        return "wide"
    return "capital" if letter.isupper() else "other"


def _broken(words: list[str], width: float, size: float) -> Iterator[str]:
    line = ""
    for word in words:
        longer = f"{line} {word}".strip()
        if width_of(longer, size) <= width:
            line = longer
            continue
        if line:
            yield line
        *full, line = _pieces(word, width, size)
        yield from full
    if line:
        yield line


def _pieces(word: str, width: float, size: float) -> list[str]:
    """Cut a word that is longer than a line, after a hyphen where it has one."""
    pieces = [""]
    for part in word.replace("-", "-\0").split("\0"):
        for letter in _whole_or_letters(part, width, size):
            if pieces[-1] and width_of(pieces[-1] + letter, size) > width:
                pieces.append("")
            pieces[-1] += letter
    return pieces


def _whole_or_letters(part: str, width: float, size: float) -> list[str]:
    return [part] if width_of(part, size) <= width else list(part)


def _cut(text: str, width: float, size: float) -> str:
    while text and width_of(text + ELLIPSIS, size) > width:
        text = text[:-1]
    return text.rstrip() + ELLIPSIS
