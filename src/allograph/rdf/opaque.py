"""What no keyword of SPARQL is read from: strings, IRIs, escapes and comments.

Patterns for who only has to pass over them; ``sparql`` reads the whole language, and takes a moment
to be imported. SPARQL 1.1 Query, section 19.8.
"""

from __future__ import annotations

STRINGS = (
    r'"""(?:"{0,2}(?:[^"\\]|\\.))*"""'
    r"|'''(?:'{0,2}(?:[^'\\]|\\.))*'''"
    r'|""(?!")|"(?:\\.|[^"\\\r\n])+"'
    r"|''(?!')|'(?:\\.|[^'\\\r\n])+'"
)
COMMENT = r"#[^\r\n]*"
OPAQUE = rf'{STRINGS}|<[^<>"{{}}|^`\\\x00-\x20]*>|\\.|{COMMENT}'
