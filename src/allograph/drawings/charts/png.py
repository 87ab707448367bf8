"""A finished picture as PNG, twice as large as it is shown, so that it stays sharp on a slide.

resvg draws it, inside ``vl_convert``, with the fonts that come with it; nothing is loaded from
elsewhere.
"""

from __future__ import annotations

import struct
import zlib

import vl_convert

SCALE = 2.0
CHUNK = 12
"""Bytes of a chunk of PNG around its data: length, name and check sum."""
LEVEL = 6
"""Of compression: more takes five times as long, and saves a hundredth."""


def png_of(svg: str) -> bytes:
    """The PNG of a picture of ours; a picture of 1080 pixels is 2160 wide."""
    return packed(vl_convert.svg_to_png(svg, scale=SCALE))


def packed(png: bytes) -> bytes:
    """The same PNG in about a third of the bytes: resvg packs for speed (PNG, section 10)."""
    before, after = [png[:8]], list[bytes]()
    pixels, place = b"", 8
    while place < len(png):
        end = place + CHUNK + int.from_bytes(png[place : place + 4], "big")
        if png[place + 4 : place + 8] == b"IDAT":
            pixels += png[place + 8 : end - 4]
        else:
            (after if pixels else before).append(png[place:end])
        place = end
    packed = b"IDAT" + zlib.compress(zlib.decompress(pixels), LEVEL)
    length, check = struct.pack(">I", len(packed) - 4), struct.pack(">I", zlib.crc32(packed))
    return b"".join((*before, length, packed, check, *after))
