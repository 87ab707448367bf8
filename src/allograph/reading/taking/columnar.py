"""An answer as a Parquet file: columns of one type each, with the code book beside them."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import IO

from allograph.reading.citation import NOTICE
from allograph.reading.taking.formats import PARQUET
from allograph.reading.taking.taken import Taken
from allograph.tables.parquet import write_parquet


def write_columnar(taken: Taken, output: IO[bytes]) -> None:
    """Write the file; raises ``Unwritable`` for a value that is not of its column's type."""
    fields = taken.fields
    about = {
        "title": taken.citation.sentence,
        "release": taken.citation.release,
        "notice": NOTICE,
        "rows": taken.part,
        "address": taken.citation.url,
        "citation": taken.citation.text,
        "columns": json.dumps([asdict(field) for field in fields], ensure_ascii=False),
    }
    write_parquet(fields, taken.values(PARQUET.name), output, about)
