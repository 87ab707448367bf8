"""Where releases live: the pointer to the current one, and how one is put in, named and removed.

Invariants: a release comes into ``releases/<id>`` by one rename, when it is whole and on the disk;
whoever renames, points or removes holds the lock of the home; a folder whose own lock is held by
somebody (a build that writes it, a service that serves it) is removed by nobody else.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from allograph.curated.home import home_folder
from allograph.curated.sources import Sources, find_sources
from allograph.errors import ReleaseError
from allograph.release.release import LOCK, Release, lock_alone
from allograph.settings import Settings

UNFINISHED = ".unfinished-"
REMOVED = ".removed-"
_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+-]{0,99}")


@dataclass(frozen=True)
class Home:
    """The folder of all releases."""

    folder: Path

    @property
    def releases(self) -> Path:
        return self.folder / "releases"

    @property
    def pointer(self) -> Path:
        return self.folder / "current"

    @property
    def named(self) -> Path:
        return self.folder / "named"

    def release(self, id: str) -> Release:
        """The release of an id, whether it is there or not."""
        return Release(self.releases / id)

    def pointed_to(self) -> Release | None:
        """The release that the pointer names; nothing if it is not there or holds no id."""
        try:
            id = self.pointer.read_bytes()[:200].decode("ascii", "replace").strip()
        except OSError:
            return None
        return self.release(id) if _ID.fullmatch(id) else None

    def current(self) -> Release:
        """The release that the pointer names, which is whole.

        Raises:
            ReleaseError: there is no pointer, or no whole release where it points.

        """
        if (release := self.pointed_to()) is None:
            why = "names no release" if self.pointer.exists() else "is not there"
            raise ReleaseError(f"{self.pointer} {why}; build a release: allograph build")
        if not release.is_whole:
            raise ReleaseError(f"{release.directory} is not whole; build it again: allograph build")
        return release

    def prepare(self) -> None:
        """Make sure that releases can be put in here; raises ``OSError`` where they cannot."""
        with self._locked():
            pass

    @contextmanager
    def unfinished(self) -> Iterator[Path]:
        """A new folder to build in, which is gone afterwards unless it was put in."""
        with self._locked():
            folder = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=self.releases))
            folder.chmod(0o755)
            lock = (folder / LOCK).open("wb")
            lock_alone(lock)
        try:
            with lock:
                yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def put(self, unfinished: Path, id: str) -> Release:
        """Put a finished folder in its place, if no whole release is there, and point to it."""
        release = self.release(id)
        sync(unfinished)
        with self._locked():
            if not release.is_whole:
                _remove(release.directory)
                unfinished.rename(release.directory)
                _sync_folder(self.releases)
            self._point_to(release)
        return release

    def use(self, release: Release) -> None:
        """Point to a release that is there; whoever reads the pointer sees the old or the new."""
        if self.pointer.is_file() and self.pointed_to() == release:
            return
        with self._locked():
            os.utime(release.directory)  # used now, so it is among the last to be removed
            self._point_to(release)

    def tidy(self, keep: int) -> None:
        """Remove what killed builds left, and the oldest releases beyond ``keep``.

        The current release, those that have a name, and those that are in use stay.
        """
        with self._locked():
            for folder in self.releases.iterdir():
                if folder.name.startswith(REMOVED) or (
                    folder.name.startswith(UNFINISHED) and _is_free(folder)
                ):
                    shutil.rmtree(folder, ignore_errors=True)
            pointer = self.pointed_to()
            unnamed = [
                folder
                for folder in self.releases.iterdir()
                if not folder.name.startswith(".") and not (self.named / folder.name).exists()
            ]
            unnamed.sort(key=lambda folder: folder.stat().st_mtime, reverse=True)
            for folder in unnamed[keep:]:
                if Release(folder) != pointer and _is_free(folder):
                    _remove(folder)

    def _point_to(self, release: Release) -> None:
        new = self.folder / f".current-{os.getpid()}"
        with new.open("w", encoding="ascii") as file:
            file.write(f"{release.id}\n")
            file.flush()
            os.fsync(file.fileno())
        new.replace(self.pointer)
        _sync_folder(self.folder)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Be the only one who changes what is in this home."""
        self.releases.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".lock").open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def home_of(settings: Settings, sources: Sources) -> Home:
    """Where releases live: as set, else in the checkout, else in the user's data folder."""
    return Home(home_folder(settings, sources))


def current(settings: Settings) -> Release:
    """The release that the pointer of the home of these settings names."""
    return home_of(settings, find_sources(settings.root)).current()


def sync(folder: Path) -> None:
    """Have a folder and all that is in it on the disk, so that a power cut leaves it whole."""
    for path in folder.rglob("*"):
        if path.is_dir():
            _sync_folder(path)
        else:
            with path.open("rb") as file:
                os.fsync(file.fileno())
    _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _is_free(folder: Path) -> bool:
    """Tell whether nobody builds or serves what is in a folder."""
    try:
        with (folder / LOCK).open("rb") as lock:
            return lock_alone(lock)
    except OSError:
        return True


def _remove(folder: Path) -> None:
    """Take a folder away by one rename, so that nobody sees a half of it."""
    if not folder.exists():
        return
    gone = Path(tempfile.mkdtemp(prefix=REMOVED, dir=folder.parent))
    folder.rename(gone / folder.name)
    shutil.rmtree(gone, ignore_errors=True)
