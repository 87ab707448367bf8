"""What a check is made of beside the curated files: the program, and the libraries that it asks."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from allograph import __version__
from allograph.curated.sources import PACKAGE

LIBRARIES = (
    *("cattrs", "numpy", "pyoxigraph", "pyparsing", "pyshacl", "pyyaml", "rdflib", "scipy"),
    *("attrs", "owlrl"),
)
"""The libraries behind the doors of the rooms up to this one, and those behind them; a test
compares both."""


def _code_digest() -> str:
    """The SHA-256 of every module of the package: a check may follow from any that it imports."""
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*.py")):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(PACKAGE)}\n{len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


# Read with the code itself: what is saved later does not run in this process.
_CODE = _code_digest()


@cache
def made_of() -> str:
    """The SHA-256 of the code of this process, and of the versions of what it asks."""
    versions = [f"{name} {_version(name)}" for name in LIBRARIES]
    return hashlib.sha256(
        "\n".join([__version__, sys.version, _CODE, *versions]).encode()
    ).hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "?"
