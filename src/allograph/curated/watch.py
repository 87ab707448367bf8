"""Wait for changes of curated files: the one door to watchfiles.

An editor that writes a file in several steps gives one change, half a second after the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from allograph.curated.sources import Sources

SUFFIXES = (".ttl", ".rq")


def changes_of(sources: Sources) -> Iterator[list[str]]:
    """Tell which files changed, as people see them, until Ctrl-C (``KeyboardInterrupt``).

    The first answer is empty: from then on no change is missed, also not one during a check.
    """
    from watchfiles import watch  # loaded only by those who wait

    folders = [folder for folder in sources.folders if folder.is_dir()]
    changed = watch(
        *folders,
        watch_filter=lambda _change, path: path.endswith(SUFFIXES),
        debounce=500,
        rust_timeout=200,
        yield_on_timeout=True,
    )
    for number, files in enumerate(changed):
        if files or number == 0:
            yield sorted({sources.relative(Path(path)) for _change, path in files})
