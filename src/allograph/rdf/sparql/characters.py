"""Name characters that nobody sees, or that look like others, in the words of Unicode."""

from __future__ import annotations

import unicodedata

_CONTROLS = {
    "\x00": "null character",
    "\x08": "backspace",
    "\x0b": "vertical tab",
    "\x0c": "form feed",
    "\x1b": "escape character",
    "\x7f": "delete character",
    "\x85": "next line character",
    "\ufeff": "byte order mark",
}
_HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"
_LOOK_ALIKES = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\uff07", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02", '"'),
    **dict.fromkeys(_HYPHENS, "-"),
    **{chr(0xFF01 + offset): chr(0x21 + offset) for offset in range(94)},
    "\u00d7": "*",
    "\u2215": "/",
    "\u00f7": "/",
    "\u2260": "!=",
    "\u2264": "<=",
    "\u2265": ">=",
}
"""What is typed, or set by a word processor, for a mark of SPARQL."""


def name_of(character: str) -> str:
    """The name of a character with its code point: ``no-break space (U+00A0)``."""
    known = _CONTROLS.get(character) or unicodedata.name(character, "character").lower()
    return f"{known} (U+{ord(character):04X})"


def is_plain(character: str) -> bool:
    """Tell whether a character is one that a keyboard has, and that everybody sees."""
    return "!" <= character <= "~"


def cure_of(character: str) -> str:
    """What to write in place of a character, as the end of a message; nothing if unknown."""
    if is_blank(character):
        return "; delete it, or write a space"
    if character in _LOOK_ALIKES:
        return f"; write {_LOOK_ALIKES[character]}"
    return ""


def is_blank(character: str) -> bool:
    """Tell whether nothing is seen of a character: a space, a control or a format character."""
    return unicodedata.category(character) in ("Cc", "Cf", "Zs", "Zl", "Zp")


def shown(text: str) -> str:
    """The text with its invisible characters as code points: ``?x[U+200D]``."""
    return "".join(f"[U+{ord(each):04X}]" if is_blank(each) else each for each in text)


def article(noun: str) -> str:
    """The noun behind its article."""
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
