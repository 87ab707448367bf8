"""Where what is made of the curated files lives: releases, and what checks keep."""

from __future__ import annotations

from pathlib import Path

from allograph.curated.sources import Sources
from allograph.settings import Settings


def home_folder(settings: Settings, sources: Sources) -> Path:
    """The home: as set, else ``build/`` in the checkout, else the user's data folder."""
    if settings.home:
        return Path(settings.home)
    if sources.is_checkout:
        return sources.root / "build"
    import platformdirs  # only who has no checkout needs it

    return Path(platformdirs.user_data_dir("allograph", appauthor=False))


def folder_of_checks(home: Path) -> Path:
    """Where checks keep what they found, in a home."""
    return home / "checks"
