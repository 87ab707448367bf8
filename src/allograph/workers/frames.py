"""What the front and a worker say to each other, in frames: a job one way, its answer back.

A frame is the length of its content, a tag, the number of the job that it belongs to, and the
content. An answer is BEGIN with the name of its format, any number of DATA, and END. FAILED, in
place of all that, says what is wrong; BROKEN, at any place, also says that the worker ends, as it
does when its answer fails after BEGIN. A line that ends without any of them is a worker that is
gone, and its answer is not whole. A frame of another job is part of no answer: who reads compares
the numbers.
"""

from __future__ import annotations

import select
import socket
import struct
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from time import monotonic

HEAD = struct.Struct("!IcQ")
MOST = 1 << 26
"""Bytes that the content of a frame may have; a job is as long as the body of a request."""

AT_ONCE = 1 << 18


class Tag(bytes, Enum):
    """What a frame is."""

    READY = b"R"
    JOB = b"J"
    BEGIN = b"B"
    DATA = b"D"
    END = b"E"
    FAILED = b"F"
    BROKEN = b"X"


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame; the number of its job is 0 for what belongs to none."""

    tag: Tag
    job: int
    content: bytes


class HungUp(Exception):
    """The other end is gone, or says what is no frame.

    It is no ``OSError``, so that nobody takes it for one of the store.
    """


class Line:
    """One end of a connection. It has one user at a time, who may give up waiting at any byte."""

    def __init__(self, end: socket.socket) -> None:
        self._socket = end
        self._received = bytearray()
        self._poll = select.poll()  # unlike select, it takes descriptors above 1,023
        self._poll.register(end, select.POLLIN)

    def send(self, tag: Tag, job: int, content: bytes = b"", seconds: float | None = None) -> None:
        """Send a frame. Raises ``HungUp``, also when it is not taken within the seconds."""
        try:
            self._socket.settimeout(seconds)
            self._socket.sendall(HEAD.pack(len(content), tag.value, job) + content)
        except OSError:
            raise HungUp from None

    def receive(self, seconds: float | None = None) -> Frame | None:
        """The next frame, or nothing if it is not whole within the seconds. Raises ``HungUp``.

        Half a frame is kept until its rest comes, so that an end that stops in the middle of one
        holds nobody up.
        """
        until = None if seconds is None else monotonic() + seconds
        while (frame := self._whole()) is None:
            left = None if until is None else max(until - monotonic(), 0) * 1000
            if not self._poll.poll(left):
                return None
            try:
                received = self._socket.recv(AT_ONCE)
            except OSError:
                raise HungUp from None
            if not received:
                raise HungUp
            self._received += received
        return frame

    def close(self) -> None:
        """Hang up; it may be done twice."""
        with suppress(OSError):
            self._socket.close()

    def _whole(self) -> Frame | None:
        received = self._received
        if len(received) < HEAD.size:
            return None
        length, tag, job = HEAD.unpack_from(received)
        if length > MOST or tag not in _TAGS:
            raise HungUp
        end = HEAD.size + length
        if len(received) < end:
            return None
        frame = Frame(_TAGS[tag], job, bytes(received[HEAD.size : end]))
        del received[:end]
        return frame


_TAGS = {tag.value: tag for tag in Tag}
