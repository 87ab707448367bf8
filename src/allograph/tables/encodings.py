"""Find how the text of a CSV file is encoded: by its marks, else UTF-8, else as programs save it.

A byte order mark says it (Unicode, section 23.8), and so do the zero bytes of UTF-16 without one.
What is not UTF-8 is read as Windows-1252, as spreadsheet programs in the West write it, and then
the words that depend on it are shown: other encodings have other letters for the same bytes, and
nobody but the reviewer sees that a name is wrong.
"""

from __future__ import annotations

import codecs
import re

from allograph.errors import FileError, Location

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark its own begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHERS = ("mac-roman", "cp1250", "cp437")
"""What sheets that are neither UTF-8 nor Windows-1252 were met in."""

_BREAK = re.compile(rb"\r\n?|\n")
_WORD_BYTES = re.compile(rb"[A-Za-z\x80-\xff]+")
_WORD = re.compile(r"[^\s,;|\"]+")
_UNSEEN = "spaces that do not break"
_LONGEST = 30  # characters of a word in a message
_SAMPLE = 2_000  # bytes that tell UTF-16 without a mark


def decoded(content: bytes, encoding: str, shown_as: str) -> tuple[str, str, list[str]]:
    """The text, the encoding that it was read in, and what a person should know of it.

    ``encoding`` is the one that the profile names, if it does. Raise a ``FileError`` if the file is
    not in it, or in none that can be found.
    """
    if content.startswith(b"PK\x03\x04"):
        raise FileError(Location(shown_as), "this is no text but a workbook; name it .xlsx")
    charset = encoding or _charset(content, shown_as)
    try:
        text = content.decode(charset)
    except UnicodeDecodeError as error:
        at = Location(shown_as, _line(content, error.start))
        raise FileError(at, _what_it_may_be(content, error, charset, encoding)) from None
    except (LookupError, ValueError):  # ValueError: a NUL in the name, a codec of host names
        raise FileError(Location(shown_as), f"no encoding is called '{encoding}'") from None
    remarks = []
    if charset == "cp1252" and not encoding:
        words = (match[0][:_LONGEST] for match in _WORD.finditer(text))
        other = dict.fromkeys(word for word in words if not word.isascii())
        named = ", ".join(f"'{word}'" for word in list(other)[:3]) or _UNSEEN
        cure = 'if that is wrong, say table.encoding, as in "mac-roman", "cp1250" or "iso8859-15"'
        remarks.append(f"not UTF-8; read as Windows-1252, which makes {named} of it; {cure}")
    return text, charset, remarks


def _charset(content: bytes, shown_as: str) -> str:
    for mark, charset in _MARKS:
        if content.startswith(mark):
            return charset
    sample = content[:_SAMPLE]
    for charset, zeros, letters in (
        ("utf-16-le", sample[1::2], sample[0::2]),
        ("utf-16-be", sample[0::2], sample[1::2]),
    ):
        if len(sample) > 3 and zeros.count(0) * 2 > len(zeros) and not letters.count(0):
            return charset
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        _check_stray(content, error, shown_as)
        return "cp1252"
    return "utf-8"


def _check_stray(content: bytes, error: UnicodeDecodeError, shown_as: str) -> None:
    """A file of which most is UTF-8 is that, with a stray byte; nothing of it is guessed."""
    rest = content.decode("utf-8", "ignore")
    good = sum(letter > "\x7f" for letter in rest)
    stray = len(content) - len(rest.encode())
    if good > stray:
        byte = f"byte 0x{content[error.start]:02X} in '{_word(content, error.start, 'cp1252')}'"
        message = f"{byte} is not UTF-8, though the other letters are; write this cell anew"
        cure = "or name the encoding of the file in the profile: table.encoding"
        raise FileError(Location(shown_as, _line(content, error.start)), f"{message}, {cure}")


def _what_it_may_be(content: bytes, error: UnicodeDecodeError, charset: str, encoding: str) -> str:
    if charset.startswith(("utf-16", "utf-32")):
        return f"this is not {charset}: {error.reason}; save the sheet as UTF-8"
    is_not = f"this is not {charset}" if encoding else "this is neither UTF-8 nor Windows-1252"
    byte = f"byte 0x{content[error.start]:02X}"
    if encoding and _is_utf8(content):
        return f"{is_not} ({byte}) but UTF-8; leave table.encoding out"
    others = [name for name in _OTHERS if name != charset]
    named = ", ".join(
        f"'{word}' in {name}"
        for name in others
        if (word := _word(content, error.start, name)).isalpha()
    )
    says = f"; the word is {named}" if named else ""
    return f'{is_not} ({byte}){says}; name its encoding: table.encoding = "{others[0]}"'


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _word(content: bytes, place: int, charset: str) -> str:
    """The word in which a byte stands."""
    around = range(max(0, place - 40), min(len(content), place + 40))
    line = content[around.start : around.stop]
    for match in _WORD_BYTES.finditer(line):
        if match.start() <= place - around.start < match.end():
            return match[0].decode(charset, "replace")
    return ""


def _line(content: bytes, place: int) -> int:
    return sum(1 for _break in _BREAK.finditer(content, 0, place)) + 1
