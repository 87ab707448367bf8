"""Write the skeleton of a new record: a commented file that the parser takes as it is.

The skeletons are Turtle files in ``skeletons/``, one for each kind. KEY and DATE are filled in
here, and what is known of the report and of the text that was read; TODO is left to the curator,
and ``check`` names each.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from allograph.curated.sources import PACKAGE, Sources
from allograph.errors import FileError, Location, ParameterError
from allograph.namespaces import KEY
from allograph.text.files import read_bytes, reason

SKELETONS = PACKAGE / "curated" / "skeletons"
UNKNOWN = {
    "REPORT": "TODO",
    "FILE_NAME": "TODO: the name of the file that was read",
    "SHA256": "TODO: the SHA-256 of that file, which allograph new report KEY --text FILE fills in",
}


def write_skeleton(
    kind: str, key: str, sources: Sources, known: Mapping[str, str] | None = None
) -> Path:
    """Write ``graph/<kind>/<key>.ttl``; a file that is there is never overwritten.

    ``known`` are values for the words of ``UNKNOWN``.
    """
    _check_key("key", key)
    path = sources.graph / kind / f"{key}.ttl"
    shown_as = sources.relative(path)
    text = (SKELETONS / f"{kind}.ttl").read_text()
    words = {"KEY": key, "DATE": date.today().isoformat()} | UNKNOWN | dict(known or {})
    for word in ("KEY", "DATE", *UNKNOWN):
        text = text.replace(word, words[word])
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise FileError(
            Location(shown_as), "exists already; edit it, or choose another key"
        ) from None
    except OSError as error:
        raise FileError(Location(shown_as), f"cannot be written: {reason(error)}") from None
    return path


def known_of(report: str | None, text: str | None) -> dict[str, str]:
    """What is known of a new record: the key of its report, the file that was read."""
    known = {}
    if report:
        _check_key("report", report.removeprefix("report:"))
        known["REPORT"] = report.removeprefix("report:")
    if text:
        known["FILE_NAME"] = Path(text).name
        known["SHA256"] = hashlib.sha256(read_bytes(Path(text), text)).hexdigest()
    return known


def _check_key(parameter: str, key: str) -> None:
    if not KEY.fullmatch(key):
        raise ParameterError(
            parameter, f"a key is written in lower case with hyphens, as in ino-vate, not '{key}'"
        )
