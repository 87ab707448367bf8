"""How marks and intervals look, and the words by which a legend tells them apart.

The shape says who made the figure: a circle or a diamond a source printed, a square the answer
computed. The colour says whom it is about, or that it is doubted; what is doubted or computed is
hollow.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from allograph.drawings.charts.doubting import LETTERS
from allograph.drawings.charts.drawing import Mark, Side
from allograph.drawings.charts.svg import Form, Line, Part, Shape

PRINTED = "as the source prints it"
DERIVED = "computed here from printed numbers"
DOUBTED = "doubted: the letter at the right says why"
MOST_TREATMENTS = 2
WHISKER = 4
"""Half the height of the end of an interval, in pixels."""


@dataclass(frozen=True)
class Key:
    """One entry of a legend: its words, and the mark before them; without a form, an interval."""

    words: str
    form: Form | None = None
    role: str = "accent"
    is_filled: bool = True
    is_dashed: bool = False


def shape_of(mark: Mark, x: float, y: float) -> Shape:
    """The shape of a mark around its place."""
    role = role_of(mark)
    is_filled = not (mark.is_derived or mark.doubts)
    return Shape(form_of(mark), x, y, role, is_filled, is_dashed=bool(mark.doubts))


def form_of(mark: Mark) -> Form:
    """A square for what is computed, else by the side."""
    if mark.is_derived:
        return "square"
    return "circle" if mark.side == "group" else "diamond"


def role_of(mark: Mark) -> str:
    """The role of the colour of a mark and its interval."""
    if mark.doubts:
        return "doubt"
    return "accent" if mark.side == "group" else "beside"


def interval_parts(
    mark: Mark, low: float, high: float, y: float, ends: tuple[bool, bool]
) -> list[Part]:
    """The line of an interval; an end beyond the axis is an arrow, else it has a whisker."""
    role = role_of(mark)
    is_derived = bool(mark.interval and mark.interval.is_derived)
    parts: list[Part] = [Line(low, y, high, y, role, 2, is_dashed=is_derived)]
    for x, is_inside, inward in ((low, ends[0], 1), (high, ends[1], -1)):
        if is_inside:
            parts.append(Line(x, y - WHISKER, x, y + WHISKER, role, 2))
        else:
            parts += [
                Line(x, y, x + inward * WHISKER, y + sign * WHISKER, role, 2) for sign in (-1, 1)
            ]
    return parts


def legend_of(marks: Sequence[Mark]) -> list[Key]:
    """The entries for what occurs among marks."""
    keys = []
    is_paired = any(mark.side == "comparator" for mark in marks)
    plain = [mark for mark in marks if not mark.is_derived]
    if is_paired:
        keys += [
            Key(f"{named(marks, 'group')}, {PRINTED}", "circle"),
            Key(f"{named(marks, 'comparator')}, {PRINTED}", "diamond", "beside"),
        ]
    elif plain:
        given = treatments(marks)
        keys.append(Key(f"{given}: figure {PRINTED}" if given else f"figure {PRINTED}", "circle"))
    if any(mark.is_derived for mark in marks):
        keys.append(Key(f"figure {DERIVED}", "square", is_filled=False))
    derived = {mark.interval.is_derived for mark in marks if mark.interval}
    if False in derived:
        keys.append(Key(f"interval {PRINTED}"))
    if True in derived:
        keys.append(Key("95% Wilson interval, computed here from n/N", is_dashed=True))
    if any(mark.doubts for mark in marks):
        keys.append(Key(DOUBTED, "circle", "doubt", is_filled=False, is_dashed=True))
    return keys


def named(marks: Sequence[Mark], side: Side) -> str:
    """What the people of a side were given, the most frequent first, else what the side is."""
    given = Counter(mark.treatment for mark in marks if mark.side == side and mark.treatment)
    most = [treatment for treatment, _ in given.most_common(MOST_TREATMENTS)]
    if not most:
        return "the group" if side == "group" else "its comparator"
    others = "" if len(given) <= MOST_TREATMENTS else ", or another treatment"
    return f"{'; or '.join(most)}{others}"


def treatments(marks: Sequence[Mark]) -> str:
    """What everybody in a picture was given, if that is one or two treatments; else nothing."""
    given = list(dict.fromkeys(mark.treatment for mark in marks))
    return " or ".join(given) if all(given) and len(given) <= MOST_TREATMENTS else ""


def letters_of(marks: Sequence[Mark]) -> list[tuple[str, str]]:
    """The letters that occur among marks, with their words."""
    return words_of_letters("".join(mark.doubts for mark in marks))


def words_of_letters(letters: str) -> list[tuple[str, str]]:
    """Each of the letters once, with its words, the gravest first."""
    return [(kind.letter, kind.words) for kind in LETTERS if kind.letter in letters]
