"""The second wall around a worker: it opens the files of its store, and no socket.

Oxigraph follows SERVICE to any address. The check of the query is the first wall. The second is the
kernel's: on Linux a seccomp filter (seccomp(2), SECCOMP_SET_MODE_FILTER) refuses the calls that
lead out of the process, in all its threads and for good. Where there is none, a worker is left
without descriptors, but for the files of a large store that are not open yet.
"""

from __future__ import annotations

import ctypes
import errno
import os
import resource
import struct
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PR_SET_NO_NEW_PRIVS = 38
SECCOMP_SET_MODE_FILTER = 1
SECCOMP_FILTER_FLAG_TSYNC = 1

OPENED_AT_ONCE = 16
"""Files of a store that RocksDB opens with it; it opens the others when they are first read."""


@dataclass(frozen=True)
class Machine:
    """How a kind of processor numbers the calls that are refused (its ``unistd.h``).

    ``audit`` is its AUDIT_ARCH, ``seccomp`` the call that sets the filter, ``foreign`` the first
    number of a second table of calls, if it has one.
    """

    audit: int
    seccomp: int
    refused: Mapping[str, int]
    foreign: int | None = None


# The same on every processor. io_uring opens sockets without a call of its own for it.
_COMMON = {
    "io_uring_setup": 425,
    "io_uring_enter": 426,
    "io_uring_register": 427,
    "pidfd_getfd": 438,
}
MACHINES: Mapping[str, Machine] = {
    "x86_64": Machine(
        audit=0xC000003E,
        seccomp=317,
        refused={
            "socket": 41,
            "connect": 42,
            "accept": 43,
            "bind": 49,
            "listen": 50,
            "socketpair": 53,
            "execve": 59,
            "ptrace": 101,
            "accept4": 288,
            "process_vm_writev": 311,
            "execveat": 322,
            **_COMMON,
        },
        foreign=0x40000000,
    ),
    "aarch64": Machine(
        audit=0xC00000B7,
        seccomp=277,
        refused={
            "ptrace": 117,
            "socket": 198,
            "socketpair": 199,
            "bind": 200,
            "listen": 201,
            "accept": 202,
            "connect": 203,
            "execve": 221,
            "accept4": 242,
            "process_vm_writev": 271,
            "execveat": 281,
            **_COMMON,
        },
    ),
}

_LOAD, _IF_EQUAL, _IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM
_NUMBER, _ARCHITECTURE = 0, 4
"""Where the fields lie in ``struct seccomp_data``."""


def close_network(place: str, refuse: Callable[[], bool] | None = None) -> None:
    """Let no thread of this process open a socket any more; ``place`` is that of its open store.

    ``refuse`` closes the network by the kernel, and tells whether it could.
    """
    if not (refuse or refuse_sockets)():
        unopened = len(list(Path(place).glob("*.sst"))) - OPENED_AT_ONCE
        leave_descriptors(max(unopened, 0))


def refuse_sockets() -> bool:
    """Let the kernel refuse all calls that lead out of this process; tell whether it does."""
    machine = MACHINES.get(os.uname().machine) if sys.platform == "linux" else None
    if machine is None:
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    program = filter_program(machine)
    kept = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("@HP", len(program) // 8, ctypes.addressof(kept))
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    numbers = (machine.seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC)
    return bool(libc.syscall(*map(ctypes.c_long, numbers), header) == 0)


def filter_program(machine: Machine) -> bytes:
    """The filter as ``struct sock_filter``: what is refused gives EPERM, all else is allowed."""
    refused = sorted(machine.refused.values())
    tests = [] if machine.foreign is None else [(_IF_AT_LEAST, machine.foreign)]
    tests += [(_IF_EQUAL, number) for number in refused]
    steps = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_IF_EQUAL, 0, len(tests) + 2, machine.audit),  # else refuse, the last step
        (_LOAD, 0, 0, _NUMBER),
        *((test, len(tests) - place, 0, number) for place, (test, number) in enumerate(tests)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    return b"".join(struct.pack("=HBBI", *step) for step in steps)


def leave_descriptors(number: int) -> None:
    """Leave so many file descriptors that can be opened, and no more."""
    highest = max(int(path.name) for path in Path("/dev/fd").iterdir())
    most = highest + 1 + number
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    filled = []
    with suppress(OSError):
        while True:
            filled.append(os.dup(0))
    for descriptor in filled[len(filled) - number :]:
        os.close(descriptor)
