"""The terminals of Turtle as regular expressions (https://www.w3.org/TR/turtle/, section 6.5).

One definition for all who look at the text of a file. A name is not what Python takes for a word,
which leaves out combining marks (Thai, a decomposed umlaut) and takes the digits of all scripts.
"""

from __future__ import annotations

LETTERS = (
    r"A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    r"\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
CHARS = rf"{LETTERS}_0-9\-\u00b7\u0300-\u036f\u203f\u2040"
"""PN_CHARS_BASE and PN_CHARS, to stand in square brackets; XML has the same, and the dot."""
_PERCENT = "%[0-9A-Fa-f]{2}"
_LOCAL_ESCAPE = r"\\[_~.\-!$&'()*+,;=/?#@%]"
_CODE_POINT = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"

PREFIX = rf"[{LETTERS}](?:[{CHARS}]|\.+(?=[{CHARS}]))*"
"""PN_PREFIX: a dot may stand within."""
LOCAL = (
    rf"(?:[{LETTERS}_:0-9]|{_PERCENT}|{_LOCAL_ESCAPE})"
    rf"(?:[{CHARS}:]|{_PERCENT}|{_LOCAL_ESCAPE}|\.+(?=[{CHARS}:%\\]))*"
)
"""PN_LOCAL: what follows the colon of a prefix."""
NAME = rf"(?:{PREFIX})?:(?:{LOCAL})?"
"""PNAME_NS and PNAME_LN: ``drug:``, ``drug:inotuzumab``, ``:cr-ino``."""
BLANK_NODE = rf"_:[{LETTERS}_0-9](?:[{CHARS}]|\.+(?=[{CHARS}]))*"
IRI = rf'<(?:[^<>"{{}}|^`\\\x00-\x20]|{_CODE_POINT})*+>'
# Without a way back (``*+``) a long string costs no memory, and an open one no second look.
STRING = (
    r'"""(?:[^"\\]++|\\.|"{1,2}(?!"))*+"""'
    r"|'''(?:[^'\\]++|\\.|'{1,2}(?!'))*+'''"
    r'|"(?:[^"\\\n\r]++|\\.)*+"'
    r"|'(?:[^'\\\n\r]++|\\.)*+'"
)
"""A string in any of the four quotes; a long one needs ``re.DOTALL``."""
COMMENT = r"#[^\n\r]*"
SPACE = r"[ \t\r\n]+"
LANGUAGE = r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*"
NUMBER = r"[+-]?(?:(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+)"
