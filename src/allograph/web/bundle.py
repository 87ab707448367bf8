"""Find the scripts that were bundled when the package was built, and what went into them.

A bundled file carries the digest of its content in its name, every other static file in its URL:
so browsers keep them for good, and never mix those of two versions.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Response, request, url_for

STATIC = Path(__file__).parent / "static"
BUNDLE = "bundle"
FOR_GOOD = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Part:
    """A package of others in the bundles; ``within`` is the package that brought it along."""

    name: str
    version: str
    licence: str
    homepage: str
    text: str
    within: str


def add_version(endpoint: str, values: dict[str, str]) -> None:
    """Add the digest of a static file to its URL, unless its name holds it already."""
    if endpoint == "static" and not values["filename"].startswith(f"{BUNDLE}/"):
        values["v"] = version_of(values["filename"])


@cache
def version_of(filename: str) -> str:
    """A digest of a static file."""
    return sha256((STATIC / filename).read_bytes()).hexdigest()[:12]


def keep_for_good(response: Response) -> Response:
    """Let browsers keep a static file that was asked for by its digest."""
    if request.endpoint == "static" and response.status_code in (200, 304):
        filename = (request.view_args or {})["filename"]
        by_name = filename.startswith(f"{BUNDLE}/")
        if by_name or request.args.get("v") == version_of(filename):
            response.headers["Cache-Control"] = FOR_GOOD
    return response


def bundled(entry: str) -> str | None:
    """The URL of an entry such as ``pages.js``; none in a checkout that was never built."""
    filename = entries().get(entry)
    return url_for("static", filename=f"{BUNDLE}/{filename}") if filename else None


@cache
def entries() -> dict[str, str]:
    """The file of each entry."""
    table: dict[str, str] = json.loads(read_table("manifest.json") or "{}")
    return table


@cache
def parts() -> tuple[Part, ...]:
    """The packages of others that went into the bundles, by name."""
    return tuple(Part(**part) for part in json.loads(read_table("licences.json") or "[]"))


def read_table(name: str) -> str | None:
    """A table that the build wrote beside the bundled files."""
    path = STATIC / BUNDLE / name
    return path.read_text("utf-8") if path.exists() else None
