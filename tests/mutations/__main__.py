"""Plant slips in the curated graph, and print who tells each."""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from approve import SNAPSHOT

from mutations import Holds, all_slips, read_ground
from mutations.bench import Bench, Caught, catch_all, sample


def report(caught: list[Caught]) -> Iterator[str]:
    """A row for each kind and what contradicts it, and what was missed."""
    kinds: dict[tuple[str, Holds], list[Caught]] = defaultdict(list)
    for each in caught:
        kinds[each.slip.kind, each.slip.by].append(each)
    yield "| kind | contradicted by | planted | check | verify | either | share |"
    yield "|---|---|---:|---:|---:|---:|---:|"
    for (kind, by), group in sorted(kinds.items()):
        verify = sum("verify" in each.rules for each in group)
        check = sum(bool(each.rules - {"verify"}) for each in group)
        either = sum(each.is_caught for each in group)
        share = f"{either / len(group):.0%}"
        yield f"| {kind} | {by} | {len(group)} | {check} | {verify} | {either} | {share} |"
    told = [each for each in caught if each.slip.by is not Holds.READER]
    yield f"\n{sum(each.is_caught for each in told)} of {len(told)} that graph or text contradict\n"
    for each in caught:
        if not each.is_caught:
            yield f"missed ({each.slip.by}): {each.slip.kind}: {each.slip}"


def main() -> None:
    """Read the options, and print the report."""
    parser = argparse.ArgumentParser(prog="python -m mutations", description=__doc__)
    parser.add_argument("--sources", type=Path, help="a folder with the texts that were read")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kinds", nargs="+", help="only these kinds")
    parser.add_argument("--each", type=int, default=1000, help="at most so many of each kind")
    parser.add_argument("--held", action="store_true", help="only what graph or text contradict")
    arguments = parser.parse_args()
    made = [
        slip
        for slip in all_slips(read_ground(SNAPSHOT.loaded, arguments.sources), arguments.seed)
        if not arguments.kinds or slip.kind in arguments.kinds
        if not arguments.held or slip.by is not Holds.READER
    ]
    caught = catch_all(sample(made, arguments.each, arguments.seed), Bench(arguments.sources))
    sys.stdout.write("\n".join(report(caught)) + "\n")


if __name__ == "__main__":
    main()
