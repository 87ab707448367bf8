"""Write many curated files at once: all of them, or none.

They are written beside the graph first and then moved into their places; if one move fails, those
before it are taken back. A file that is there is never overwritten unless told so.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from allograph.curated.sources import Sources
from allograph.errors import FileError, Location
from allograph.text.files import reason

_VERSION = re.compile(r'owl:versionInfo "(\d+)"')
_CREATED = re.compile(r'dcterms:created "[^"]*"')


def write_files(
    sources: Sources,
    files: Mapping[Path, str],
    *,
    replace: bool,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> list[Path]:
    """Write the texts, and return the files that are new or changed; raise a ``FileError``."""
    try:
        changed = _changed(sources, files, replace=replace)
        with tempfile.TemporaryDirectory(prefix=".import-", dir=sources.root) as folder:
            _move_in(Path(folder), changed, progress)
    except OSError as error:
        place = Location(str(error.filename or sources.root))
        raise FileError(place, f"nothing was written: {reason(error)}") from None
    return list(changed)


def _changed(sources: Sources, files: Mapping[Path, str], *, replace: bool) -> dict[Path, str]:
    """The files that are new or say something else than those that are there."""
    changed = {}
    for path, text in files.items():
        shown_as = sources.relative(path)
        if not path.exists() and not path.is_symlink():
            changed[path] = text
        elif not replace:
            message = "exists already, and nothing was written; give --replace to write it anew"
            raise FileError(Location(shown_as), message)
        elif (newer := _next_version(_old_text(path, shown_as), text)) is not None:
            changed[path] = newer
    return changed


def _old_text(path: Path, shown_as: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        message = "this is not UTF-8, and nothing was written; mend or move it"
        raise FileError(Location(shown_as), message) from None


def _next_version(old: str, new: str) -> str | None:
    """The new text with the next version, or nothing if it says what the old one says."""
    if _facts(old) == _facts(new):
        return None
    version = _VERSION.search(old)
    number = int(version[1]) + 1 if version else 1
    return _VERSION.sub(f'owl:versionInfo "{number}"', new)


def _facts(text: str) -> str:
    return _CREATED.sub("", _VERSION.sub("", text))


def _move_in(folder: Path, files: Mapping[Path, str], progress: Callable[[int, int], None]) -> None:
    """Stage all texts, then move them; undo the moves if one of them fails."""
    staged = []
    for number, (path, text) in enumerate(files.items()):
        (folder / f"{number}.new").write_text(text, encoding="utf-8", newline="\n")
        staged.append((folder / f"{number}.new", path, folder / f"{number}.old"))
    moved: list[tuple[Path, Path]] = []
    try:
        for done, (new, path, old) in enumerate(staged, start=1):
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.exists():
                shutil.copy2(path, old)
            moved.append((path, old))
            new.replace(path)
            progress(done, len(staged))
    except BaseException:
        _undo(moved)
        raise


def _undo(moved: Sequence[tuple[Path, Path]]) -> None:
    for path, old in reversed(moved):
        if old.exists():
            old.replace(path)
        else:
            path.unlink(missing_ok=True)
