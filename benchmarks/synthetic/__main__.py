"""Make evidence up, for measuring.

python -m benchmarks.synthetic curated --size 50 --output FOLDER
allograph build --root FOLDER --home HOME

python -m benchmarks.synthetic bulk --size 1000000 --output quads.nq.gz
python -m benchmarks.synthetic bulk --size 1000000 --output FOLDER --format store
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.synthetic.bulk import GRAPHS, lines
from benchmarks.synthetic.curated import write_root
from benchmarks.synthetic.measured import followed
from benchmarks.synthetic.output import sst_files, write_file, write_store

from allograph.curated.sources import find_sources
from allograph.errors import AllographError

WRONG_USE = 2


def parser() -> argparse.ArgumentParser:
    """The options of both commands."""
    whole = argparse.ArgumentParser(
        "python -m benchmarks.synthetic",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = whole.add_subparsers(dest="command", required=True)
    curated = commands.add_parser("curated", help="a root with made-up studies, for --root")
    curated.add_argument("--size", type=at_least(0), default=5, help="studies (default: 5)")
    curated.add_argument("--root", help="where ontology/, queries/ and graph/ are copied from")
    bulk = commands.add_parser("bulk", help="quads as a registry import gives them")
    bulk.add_argument("--size", type=at_least(0), default=10_000, help="quads (default: 10000)")
    bulk.add_argument(
        "--format",
        choices=("nq", "store"),
        default="nq",
        help="N-Quads (default), or an Oxigraph store in a new folder",
    )
    bulk.add_argument(
        "--graph",
        choices=GRAPHS,
        default="named",
        help="each study in a graph of its own (default), in the default graph, or in both",
    )
    for command, place in (
        (curated, "the folder of the root; it is new or empty"),
        (bulk, "a file (.gz: compressed), - for standard output, or the folder of the store"),
    ):
        command.add_argument("--seed", type=int, default=1, help="another seed, other figures")
        command.add_argument("--output", required=True, help=place)
    return whole


def at_least(lowest: int) -> type[int]:
    """A whole number from the lowest, with or without _ between its digits."""

    class Number(int):
        def __new__(cls, text: str) -> Number:
            number = super().__new__(cls, text)
            if number < lowest:
                raise ValueError(text)
            return number

    Number.__name__ = f"whole number from {lowest}"
    return Number


def main(arguments: Sequence[str] | None = None) -> int:
    """Write what was asked for; the status is 2 for a place that cannot be written."""
    options = parser().parse_args(arguments)
    try:
        done, unit = work(options)
        followed(done, options.size, unit)
    except (AllographError, OSError) as error:
        sys.stderr.write(f"benchmarks.synthetic: {error}\n")
        return WRONG_USE
    if unit == "quads" and options.format == "store":
        sys.stderr.write(f"{sst_files(Path(options.output))} SST files\n")
    return 0


def work(options: argparse.Namespace) -> tuple[Iterator[int], str]:
    """What is to be done, and what it counts."""
    folder = Path(options.output)
    is_folder = options.command == "curated" or options.format == "store"
    if is_folder and folder.is_dir() and any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty; name a new folder: --output FOLDER")
    if options.command == "curated":
        numbers = write_root(find_sources(options.root), folder, options.seed, options.size)
        return (1 for _ in numbers), "studies"
    made = lines(options.seed, options.size, options.graph)
    if options.format == "store":
        return write_store(made, folder), "quads"
    return write_file(made, options.output), "quads"


if __name__ == "__main__":
    sys.exit(main())
