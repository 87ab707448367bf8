"""The text of a file that a person saved: from bytes to characters, and its lines.

A line ends where editors, parsers and ``grep`` end it: at CR LF, LF or CR, as in section 2.11 of
XML 1.0 and in section 6.5 of Turtle (a comment goes on to the next CR or LF). ``str.splitlines``
also ends lines at U+2028, U+0085, the form feed and others, which is why nothing uses it here.
"""

from __future__ import annotations

import re

from allograph.errors import FileError, Location

BYTE_ORDER_MARK = "\ufeff"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
LINE_END = r"\r\n|\r(?!\n)|\n"
"""One end of a line as a pattern, which never takes a CR LF for two."""
_LINE_END = re.compile(LINE_END)
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What is not in ``Char`` of XML 1.0, section 2.2: not even a reference can stand for it."""
_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)


def text_of(content: bytes, shown_as: str) -> str:
    """The text of a file, without its byte order mark and with each line ended by LF.

    Raises ``FileError`` with line and column for what is no UTF-8, and for a NUL.
    """
    if content.startswith(_UTF_16):
        raise FileError(Location(shown_as, 1, 1), "this is UTF-16; save it as UTF-8")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The prefix is sound UTF-8, or the mistake would be in it.
        before = error.object[: error.start].decode()
        raise FileError(_place(before, shown_as), "this is not UTF-8; save it as UTF-8") from None
    if (nul := text.find("\0")) >= 0:
        message = "a NUL (U+0000), which no text holds; save the file as UTF-8 again"
        raise FileError(_place(text[:nul], shown_as), message)
    return with_line_feeds(text)


def with_line_feeds(text: str) -> str:
    """The same text without a byte order mark; CR LF and CR have become LF."""
    text = text.removeprefix(BYTE_ORDER_MARK)
    return _LINE_END.sub("\n", text) if "\r" in text else text


def lines_of(text: str) -> list[str]:
    """The lines of a text without their ends; what follows the last end is one if not empty."""
    lines = _LINE_END.split(text)
    return lines if lines[-1] else lines[:-1]


def line_ends(text: str) -> int:
    """How many lines end in a text: a place after it stands so many lines further down."""
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def line_around(text: str, offset: int) -> tuple[int, int]:
    """Start and end of the line in which an offset lies, without what ends it."""
    start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    end = _LINE_END.search(text, offset)
    return start, end.start() if end else len(text)


def visible(text: str) -> str:
    """The text with each character that nobody sees, or that steers a terminal, as ``U+0001``."""
    return _UNSEEN.sub(lambda match: code_point(match[0]), text)


def code_point(character: str) -> str:
    """How Unicode names a character by number: ``U+0001``."""
    return f"U+{ord(character):04X}"


def no_xml_character(text: str) -> str | None:
    """The first character that XML 1.0 cannot hold, if there is one."""
    match = _NO_XML.search(text)
    return match[0] if match else None


def _place(before: str, shown_as: str) -> Location:
    """The place after some text, counted in lines and characters from 1."""
    before = with_line_feeds(before)
    return Location(shown_as, line_ends(before) + 1, len(before) - before.rfind("\n"))
