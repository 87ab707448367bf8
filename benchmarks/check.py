"""The time that a check takes, of each file of the graph alone and of everything.

python benchmarks/check.py [FILE ...]

Processor time of the command in a process of its own, start and all: a busy machine changes it
little. The slowest are told first.
"""

import os
import resource
import subprocess
import sys

from allograph.curated.sources import Part, find_sources

SHOWN = 10


def seconds(*files: str) -> float:
    """The user and system time of ``allograph check FILES``."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-m", "allograph", "check", *files],
        check=False,
        stdout=subprocess.DEVNULL,
        env=os.environ,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)


def main() -> None:
    """Print a row for each of the slowest files, and one for everything."""
    sources = find_sources()
    files = sys.argv[1:] or [sources.relative(path) for path in sources.files(Part.GRAPH)]
    rows = sorted(((seconds(file), file) for file in files), reverse=True)
    sys.stdout.write("| check of | seconds of a processor |\n|---|---:|\n")
    for taken, file in [*rows[:SHOWN], (seconds(), "everything")]:
        sys.stdout.write(f"| {file} | {taken:.2f} |\n")


if __name__ == "__main__":
    main()
