"""Let the JSON answer of a question say what it is: its release, its rows, that it is whole.

It says as well that it is not medical advice.

SPARQL results in JSON are an object, whose readers pass over members that they do not know; some
readers do so only before the results. So the rows are counted before the first byte is sent, and
an answer that breaks off is an error instead: until then a large one waits in a file.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator
from contextlib import closing
from tempfile import SpooledTemporaryFile

from allograph.rdf.answers import Boolean
from allograph.rdf.formats import FORMAT_BY_NAME, read_answer
from allograph.reading.citation import NOTICE

Pieces = Generator[bytes, None, None]

# Bytes; a larger answer waits in a file.
HELD_IN_MEMORY = 1 << 20
PIECE = 1 << 16


def with_completeness(
    pieces: Pieces,
    release: str | None,
    count: Callable[[int], None],
    remark: Callable[[], str] = str,
) -> Pieces:
    """Wait for the end of an answer in JSON, then pass it on with what it is in front.

    ``release`` is ``None`` for the answer of a store that is no release; ``count`` is told the
    number of rows before the first piece. An answer without rows has a ``remark``, unless that is
    empty.
    """
    with SpooledTemporaryFile(HELD_IN_MEMORY) as body:
        with closing(pieces):
            body.writelines(pieces)
        body.seek(0)
        answer = read_answer(body, FORMAT_BY_NAME["json"])
        rows = 1 if isinstance(answer, Boolean) else sum(1 for _ in answer)
        count(rows)
        body.seek(len(b"{"))
        whole: dict[str, object] = {"rows": rows, "complete": True, "notice": NOTICE}
        if not rows and (said := remark()):
            whole["remark"] = said
        members = whole if release is None else {"release": release, **whole}
        yield json.dumps(members)[:-1].encode() + b", "
        while piece := body.read(PIECE):
            yield piece
