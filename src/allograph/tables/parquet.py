"""Write a table as Parquet, with typed columns, in constant memory.

https://parquet.apache.org/docs/file-format/: columns that may be empty, one page of plain values
for each column of a group of rows, compressed by gzip. DuckDB, pandas, polars and R read it. The
writer is our own, since the libraries that write it weigh ten times what this package does.
"""

from __future__ import annotations

import gzip
import struct
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import IO, Any

from allograph.tables.fields import (
    BOOLEAN,
    DATE,
    DECIMAL,
    INTEGER,
    IRI,
    NUMBER,
    TEXT,
    Field,
    Value,
)
from allograph.tables.thrift import I64, Struct, encoded, varint

ROWS_IN_A_GROUP = 10_000
MAGIC = b"PAR1"
CREATED_BY = "ALLograph"
_EPOCH = date(1970, 1, 1).toordinal()
_OPTIONAL, _GZIP, _PLAIN, _RLE, _DATA_PAGE, _VERSION = 1, 2, 0, 3, 0, 1


@dataclass(frozen=True)
class Physical:
    """How values of a type are stored: ``code`` is Parquet's, the others say what they mean."""

    code: int
    write: Callable[[Sequence[Any]], bytes]
    converted: int | None = None
    logical: int | None = None


def _texts(values: Sequence[str]) -> bytes:
    return b"".join(
        struct.pack("<i", len(content)) + content for content in (text.encode() for text in values)
    )


def _bits(values: Sequence[bool]) -> bytes:
    """One bit for each value, the lowest first, the last byte filled up."""
    digits = "".join("1" if value else "0" for value in reversed(values))
    number = int(digits or "0", base=2)
    return number.to_bytes((len(values) + 7) // 8, "little")


def _days(values: Sequence[date]) -> bytes:
    return struct.pack(f"<{len(values)}i", *(day.toordinal() - _EPOCH for day in values))


def _integers(values: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(values)}q", *values)


def _doubles(values: Sequence[Any]) -> bytes:
    return struct.pack(f"<{len(values)}d", *map(float, values))


_STRING = Physical(6, _texts, converted=0, logical=1)
_DOUBLE = Physical(5, _doubles)
PHYSICAL: Mapping[str, Physical] = {
    TEXT: _STRING,
    IRI: _STRING,
    NUMBER: _DOUBLE,
    DECIMAL: _DOUBLE,
    INTEGER: Physical(2, _integers),
    DATE: Physical(1, _days, converted=6, logical=6),
    BOOLEAN: Physical(0, _bits),
}


def write_parquet(
    fields: Sequence[Field],
    rows: Iterable[Sequence[Value]],
    output: IO[bytes],
    about: Mapping[str, str],
) -> None:
    """Write rows of values that fit their fields; ``about`` says what the file is."""
    place = output.write(MAGIC)
    groups: list[Struct] = []
    total = 0
    remaining = iter(rows)
    while group := tuple(islice(remaining, ROWS_IN_A_GROUP)):
        chunks: list[Struct] = []
        begin = place
        for field, values in zip(fields, zip(*group, strict=True), strict=True):
            content, chunk = _column(field, values, place)
            place += output.write(content)
            chunks.append(chunk)
        groups.append({1: chunks, 2: I64(place - begin), 3: I64(len(group))})
        total += len(group)
    described: Struct = {
        1: _VERSION,
        2: [{4: "schema", 5: len(fields)}, *map(_schema, fields)],
        3: I64(total),
        4: groups,
        5: [{1: key, 2: value} for key, value in about.items()],
        6: CREATED_BY,
    }
    footer = encoded(described)
    output.write(footer + struct.pack("<i", len(footer)) + MAGIC)


def _schema(field: Field) -> Struct:
    physical = PHYSICAL[field.type]
    logical: Struct | None = None if physical.logical is None else {physical.logical: {}}
    return {
        1: physical.code,
        3: _OPTIONAL,
        4: field.name,
        6: physical.converted,
        10: logical,
    }


def _column(field: Field, values: Sequence[Value], place: int) -> tuple[bytes, Struct]:
    """One column of a group of rows, which begins at a place of the file: a page, and its chunk."""
    physical = PHYSICAL[field.type]
    levels = _levels([value is not None for value in values])
    plain = levels + physical.write([value for value in values if value is not None])
    packed = gzip.compress(plain, mtime=0)
    head = encoded(
        {
            1: _DATA_PAGE,
            2: len(plain),
            3: len(packed),
            5: {1: len(values), 2: _PLAIN, 3: _RLE, 4: _RLE},
        }
    )
    chunk: Struct = {
        1: physical.code,
        2: [_PLAIN, _RLE],
        3: [field.name],
        4: _GZIP,
        5: I64(len(values)),
        6: I64(len(head) + len(plain)),
        7: I64(len(head) + len(packed)),
        9: I64(place),
    }
    return head + packed, {2: I64(place), 3: chunk}


def _levels(are_given: Sequence[bool]) -> bytes:
    """Which rows have a value: one run of bits, packed by eight, behind its length in bytes."""
    groups = (len(are_given) + 7) // 8
    run = varint(groups << 1 | 1) + _bits(are_given)
    return struct.pack("<i", len(run)) + run
