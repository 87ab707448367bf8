r"""Read SPARQL as tokens: SPARQL 1.1 Query, section 19 (escapes 19.2, comments 19.4, grammar 19.8).

What a query is (its form, its prefixes, its graphs) is read from tokens, never from a pattern over
its text, so that comments, strings and IRIs cannot be mistaken for something else. A token knows
its place in the text as it was sent, byte order mark and ``\u0041`` included.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from allograph.rdf.opaque import COMMENT, STRINGS

BYTE_ORDER_MARK = "\ufeff"

_UNCLOSED = (
    r'"""(?:"{0,2}(?:[^"\\]|\\.))*+"{0,2}\Z'
    r"|'''(?:'{0,2}(?:[^'\\]|\\.))*+'{0,2}\Z"
    r'|"(?:\\.|[^"\\\r\n])*+(?=[\r\n]|\Z)'
    r"|'(?:\\.|[^'\\\r\n])*+(?=[\r\n]|\Z)"
)
"""Strings without their end: to the end of the line, long ones to the end of the text.

Taken whole, so that the time to read a text is proportional to its length.
"""
_CODEPOINT = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_START = f"[{_BASE}_0-9]"
_CHAR = f"[{_BASE}_0-9\u00b7\u0300-\u036f\u203f-\u2040-]"
_ESCAPED = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_PREFIX = rf"(?:[{_BASE}](?:\.*+{_CHAR})*+)?"
_LOCAL = rf"(?:{_START}|:|{_ESCAPED})(?:\.*+(?:{_CHAR}|:|{_ESCAPED}))*+"
_KINDS = {
    "space": rf"[ \t\r\n]+|{COMMENT}",
    "string": STRINGS,
    "unclosed": _UNCLOSED,
    "iri": rf'<(?:[^<>"{{}}|^`\\\x00-\x20]|{_CODEPOINT})*>',
    "variable": rf"[?$]{_START}(?:{_CHAR.replace('-]', ']')})*+",
    "blank": rf"_:{_START}(?:\.*+{_CHAR})*+",
    "name": f"{_PREFIX}:{_LOCAL}",
    "prefix": f"{_PREFIX}:",
    "tag": r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[A-Za-z]+)?",
    "number": r"(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+",
    "word": r"[A-Za-z_][A-Za-z0-9_]*",
    "mark": r"\^\^|\|\||&&|!=|<=|>=|<<\(|\)>>|<<|>>|\{\||\|\}|[{}()\[\].;,*/|^!?+<>=~-]",
    "stray": ".",
}
_TOKEN = re.compile("|".join(f"(?P<{kind}>{rule})" for kind, rule in _KINDS.items()), re.DOTALL)
_ESCAPE = re.compile(
    rf"(?P<opaque>{STRINGS}|{_UNCLOSED}|{_KINDS['iri']}|{COMMENT})|{_CODEPOINT}", re.DOTALL
)
_LINE = re.compile(r"\r\n|\r|\n")

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")

PROLOGUE = {"BASE": 1, "PREFIX": 2, "VERSION": 1}
"""The declarations before a query, and how many tokens follow the word."""


@dataclass(frozen=True)
class Token:
    """A piece of a query: ``start`` and ``end`` are code points of the text as it was sent.

    The kinds are those of the grammar: iri, name (``ag:Drug``), prefix (``ag:``), variable, blank,
    string, number, tag (``@en``), word (keywords), mark (punctuation); unclosed is a string without
    its end, stray a character that fits nowhere.
    """

    kind: str
    text: str
    start: int
    end: int

    @property
    def key(self) -> str:
        """What the grammar calls it: a keyword in capitals, a mark, else its kind; ``a`` stays."""
        if self.kind == "word":
            return self.text if self.text == "a" else self.text.upper()
        return self.text if self.kind == "mark" else self.kind


def without_mark(text: str) -> str:
    """The text without a byte order mark at its beginning, which is no part of it."""
    return text.removeprefix(BYTE_ORDER_MARK)


def expanded(text: str) -> str:
    r"""The text with ``\u0041`` as ``A`` (section 19.2), but in strings, IRIs and comments.

    What stands there is left to the store, which reads it there and nowhere else.
    """
    return _expand(text)[0]


def character_of(digits: str) -> str:
    """The character of hexadecimal digits; nothing for surrogates and beyond U+10FFFF."""
    number = int(digits, 16)
    return "" if 0xD800 <= number < 0xE000 or number > 0x10FFFF else chr(number)


def _expand(text: str) -> tuple[str, list[int], list[int]]:
    """The expanded text; behind each escape, the offset there and the offset in the text."""
    if "\\u" not in text and "\\U" not in text:
        return text, [0], [0]
    pieces: list[str] = []
    there, here = [0], [0]
    length = last = 0
    for match in _ESCAPE.finditer(text):
        if match["opaque"] or not (character := character_of(match[0][2:])):
            continue
        pieces += (text[last : match.start()], character)
        length += match.start() - last + 1
        last = match.end()
        there.append(length)
        here.append(last)
    return "".join((*pieces, text[last:])), there, here


def tokens_of(text: str) -> list[Token]:
    """The tokens of a query, without white space and comments; nothing is refused."""
    return list(read_tokens(text))


def read_tokens(text: str) -> Iterator[Token]:
    """The same, one by one: who needs the beginning alone does not read the rest."""
    start = len(text) - len(without_mark(text))
    content, there, here = _expand(text)

    def original(offset: int) -> int:
        index = bisect_right(there, offset) - 1
        return here[index] + offset - there[index]

    for match in _TOKEN.finditer(content, start):
        if (kind := str(match.lastgroup)) != "space":
            yield Token(kind, match[0], original(match.start()), original(match.end()))


def behind_prologue(tokens: Sequence[Token]) -> int:
    """The index of the first token behind ``BASE``, ``PREFIX`` and ``VERSION``."""
    index = 0
    while index < len(tokens) and tokens[index].key in PROLOGUE:
        index += 1 + PROLOGUE[tokens[index].key]
    return index


def form_of(text: str) -> str:
    """``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``; nothing if the text is none of them."""
    tokens = read_tokens(text)
    for token in tokens:
        if token.key in PROLOGUE:
            deque(islice(tokens, PROLOGUE[token.key]), maxlen=0)
        else:
            return token.key if token.key in FORMS else ""
    return ""


def prefixes_of(tokens: Sequence[Token]) -> dict[str, str]:
    """The prefixes that a query declares, and their IRIs as they are written, without brackets."""
    return {
        tokens[index + 1].text[:-1]: tokens[index + 2].text[1:-1]
        for index in _declarations(tokens, "PREFIX")
        if tokens[index + 1].kind == "prefix"
    }


def base_of(tokens: Sequence[Token]) -> str:
    """The last ``BASE`` as it is written, without brackets; nothing if there is none."""
    bases = [tokens[index + 1].text[1:-1] for index in _declarations(tokens, "BASE")]
    return bases[-1] if bases else ""


def _declarations(tokens: Sequence[Token], word: str) -> Iterator[int]:
    index, end = 0, behind_prologue(tokens)
    while index + PROLOGUE[word] < min(end, len(tokens)):
        key = tokens[index].key
        if key == word:
            yield index
        index += 1 + PROLOGUE[key]


def position_of(text: str, offset: int) -> tuple[int, int]:
    r"""Line and column of an offset, from 1, in code points.

    Lines end with ``\n``, ``\r\n`` or ``\r``; a byte order mark at the beginning is not counted.
    """
    ends = [match.end() for match in _LINE.finditer(text) if match.end() <= offset]
    start = ends[-1] if ends else len(text) - len(without_mark(text))
    return len(ends) + 1, offset - start + 1
