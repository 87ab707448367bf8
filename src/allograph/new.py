"""Write the skeleton of a new record: a commented file that the parser takes as it is.

The skeletons are Turtle files in ``skeletons/``, one for each kind, with KEY and DATE to fill in.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from allograph.errors import FileError, Location, ParameterError
from allograph.namespaces import KEY
from allograph.sources import PACKAGE, Sources, reason

SKELETONS = PACKAGE / "skeletons"


def write_skeleton(kind: str, key: str, sources: Sources) -> Path:
    """Write ``graph/<kind>/<key>.ttl``; a file that is there is never overwritten."""
    if not KEY.fullmatch(key):
        raise ParameterError(
            "key", f"a key is written in lower case with hyphens, as in ino-vate, not '{key}'"
        )
    path = sources.graph / kind / f"{key}.ttl"
    shown_as = sources.relative(path)
    skeleton = (SKELETONS / f"{kind}.ttl").read_text()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x") as file:
            file.write(skeleton.replace("KEY", key).replace("DATE", date.today().isoformat()))
    except FileExistsError:
        raise FileError(
            Location(shown_as), "exists already; edit it, or choose another key"
        ) from None
    except OSError as error:
        raise FileError(Location(shown_as), f"cannot be written: {reason(error)}") from None
    return path
