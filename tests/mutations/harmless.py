"""What a curator may do to a file without being told anything: ``harmless.diff``.

Each edit stands below its name and its file: what is in the file (``-``) gives way to other words
(``+``). They may begin and end anywhere in a line.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple


class Edit(NamedTuple):
    """One replacement in one file, and what it is."""

    what: str
    path: str
    right: str
    other: str


def edits() -> Iterator[Edit]:
    """The harmless edits."""
    blocks = Path(__file__).with_name("harmless.diff").read_text(encoding="utf-8").split("\n\n")
    for block in blocks:
        what, path, *lines = block.splitlines()
        right, other = (
            "\n".join(line[1:] for line in lines if line.startswith(sign)) for sign in "-+"
        )
        yield Edit(what.removeprefix("# "), path, right, other)
