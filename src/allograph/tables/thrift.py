"""Write values in Thrift's compact protocol, in which a Parquet file describes itself.

https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, Union


@dataclass(frozen=True)
class I64:
    """A whole number of 64 bits; a plain ``int`` is one of 32."""

    value: int


Thrift: TypeAlias = Union[int, I64, str, "Struct", "List"]
Struct: TypeAlias = Mapping[int, Thrift | None]
"""The fields of a struct by their identifiers, in rising order; ``None`` leaves a field out."""
List: TypeAlias = Sequence[Thrift]
"""Values of one type."""

_I32, _I64, _BINARY, _LIST, _STRUCT = 5, 6, 8, 9, 12
_SHORT = 15  # a list as long, and a step between fields, do not fit into half a byte


def encoded(struct: Struct) -> bytes:
    """A struct as bytes."""
    written = bytearray()
    last = 0
    for identifier, value in struct.items():
        if value is None:
            continue
        kind, step = _kind(value), identifier - last
        if 0 < step <= _SHORT:
            written.append(step << 4 | kind)
        else:
            raise ValueError(f"field {identifier} does not come after field {last}")
        written += _content(value)
        last = identifier
    written.append(0)
    return bytes(written)


def varint(number: int) -> bytes:
    """A number from 0 in groups of seven bits, the lowest first."""
    written = bytearray()
    while number > 0x7F:
        written.append(number & 0x7F | 0x80)
        number >>= 7
    written.append(number)
    return bytes(written)


def _kind(value: Thrift) -> int:
    match value:
        case int():
            return _I32
        case I64():
            return _I64
        case str():
            return _BINARY
        case Mapping():
            return _STRUCT
        case _:
            return _LIST


def _content(value: Thrift) -> bytes:
    match value:
        case int():
            return varint(_zigzag(value))
        case I64():
            return varint(_zigzag(value.value))
        case str():
            text = value.encode()
            return varint(len(text)) + text
        case Mapping():
            return encoded(value)
        case _:
            return _list(value)


def _list(values: List) -> bytes:
    kind = _kind(values[0]) if values else _STRUCT
    size = len(values)
    head = bytes([size << 4 | kind]) if size < _SHORT else bytes([0xF0 | kind]) + varint(size)
    return head + b"".join(map(_content, values))


def _zigzag(number: int) -> int:
    return number << 1 if number >= 0 else (-number << 1) - 1
