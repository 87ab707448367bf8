"""Characters that no cell may hold: XML cannot write them, not even as references.

XML 1.0, section 2.2 (``Char``), leaves out the control characters, the surrogates and U+FFFE and
U+FFFF, and asks authors to avoid the other control characters and noncharacters. Spreadsheets keep
them from pasted text, and one of them breaks every XML format of the graph.
"""

from __future__ import annotations

import re

STRANGE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


def strange_character(text: str) -> str:
    """What is wrong with a text and the cure, or nothing."""
    if not (match := STRANGE.search(text)):
        return ""
    kind = "a control character" if match[0] < "\ud800" else "no character"
    return f"character {match.start() + 1} is U+{ord(match[0]):04X}, {kind}; delete it"
