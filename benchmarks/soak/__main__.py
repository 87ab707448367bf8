"""Soak the service: a mixed load with faults, every answer compared with the truth.

    python -m benchmarks.soak --minutes 10 --output FOLDER
    python -m benchmarks.soak --minutes 2 --faults worker-busy,nursery-stopped --output FOLDER
    python -m benchmarks.soak --gentle --minutes 10 --output FOLDER
    python -m benchmarks.soak --list

The status is 1 if an answer was wrong, unexpected or late, a place was lost, or the service did not
come back or did not end; else 0.
"""

from __future__ import annotations

import argparse
import shutil
import signal
import sys
import tempfile
from collections.abc import Collection, Sequence
from pathlib import Path
from random import Random
from time import sleep

from benchmarks.soak.asking import Answer, Asked
from benchmarks.soak.faults import FAULT_BY_NAME, FAULTS, Fault
from benchmarks.soak.load import KINDS, Kind, Load, quick
from benchmarks.soak.plan import Plan
from benchmarks.soak.plot import draw
from benchmarks.soak.record import Records
from benchmarks.soak.report import Result, write
from benchmarks.soak.scene import Releases, Scene, edit
from benchmarks.soak.service import Folders, Service, build, set_up
from benchmarks.soak.truth import Truth, learn
from benchmarks.soak.watch import Watch, places_of

from allograph.curated.sources import find_sources
from allograph.errors import nearest

SETTINGS = {
    "workers": "4",
    "long_queries": "2",
    "timeout": "6",
    "memory": "256",
    "drain": "2",
    "unsent": "64",
}
"""Small, so that limits are reached within seconds; what is not set has its default."""
WARM, COOL = 0.1, 0.1
"""The shares of the time that are quiet: before the first fault, and after the last."""
GAP = 2.0
"""Seconds of quiet between two faults."""
FAILED, TERMINATED = 1, 143


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one soak, and say what came of it."""
    options = parser().parse_args(arguments)
    if options.list:
        sys.stdout.writelines(f"{fault.name:18} {fault.says}\n" for fault in FAULTS)
        return 0
    # As Ctrl-C does, so that the service ends with us.
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(TERMINATED))
    options.output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        folders = set_up(find_sources(options.root), Path(folder), options.home)
        try:
            result = soak(options, folders)
        finally:
            if folders.log.is_file():
                shutil.copy(folders.log, options.output / "service.log")
    draw(result.samples, result.runs, options.output)
    sys.stdout.write(write(result, options.output))
    return FAILED if result.failures else 0


def parser() -> argparse.ArgumentParser:
    """The options."""
    options = argparse.ArgumentParser(
        "python -m benchmarks.soak",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = options.add_argument
    add("--minutes", type=float, default=10, help="how long (default: 10)")
    add("--seed", type=int, default=1, help="draws the requests and the order of the faults")
    add("--clients", type=int, default=4, help="clients that ask at once (default: 4)")
    add("--faults", type=_faults, default=list(FAULTS), help="names with commas (default: all)")
    add("--gentle", dest="faults", action="store_const", const=[], help="no faults")
    add("--kinds", type=_kinds, default=list(KINDS), help="kinds of requests (default: all)")
    add("--list", action="store_true", help="list the faults, and do nothing else")
    add("--output", type=Path, default=Path("soak"), help="folder of the report (default: soak)")
    add("--root", help="the curated files to copy (default: those of the program)")
    add("--home", type=Path, help="releases to copy, where they are built already")
    add("--patience", type=float, default=30, help="seconds to be whole in again (default: 30)")
    add(
        "--set",
        type=_setting,
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help=f"a setting of the service (default: {SETTINGS})",
    )
    return options


def soak(options: argparse.Namespace, folders: Folders) -> Result:
    """Learn the truth, break what is to be broken under load, and end the service."""
    settings = SETTINGS | dict(options.set)
    releases, truth = learnt(folders, settings, options)
    records = Records(options.output / "wrong")
    with Service(folders, settings) as service:
        random = Random(options.seed)  # noqa: S311  # not for secrets
        scene = Scene(service, truth, releases, random, options.patience)
        plan = Plan(scene, records.now, GAP)
        load = Load(lambda: service.netloc, truth, records, options.kinds)
        watch = Watch(
            service,
            options.output / "watch.csv",
            records.now,
            lambda: (len(records.rows), plan.at_work),
        )
        seconds = 60 * options.minutes
        load.start(options.clients, options.seed)
        sleep(WARM * seconds)
        plan.run(options.faults, (1 - WARM - COOL) * seconds)
        sleep(max(COOL * seconds, (1 - WARM) * seconds * (not options.faults)))
        load.stop()
        matter = scene.until(scene.matter)
        watch.stop()
        places = places_of(service.netloc)
        ran = {run.name for run in plan.runs}
        return Result(
            seed=options.seed,
            clients=options.clients,
            settings=settings,
            releases=tuple(sorted(truth.releases)),
            rows=records.rows,
            runs=plan.runs,
            not_run=[fault.name for fault in options.faults if fault.name not in ran],
            samples=watch.samples,
            wrong=records.samples,
            places_at_end=places.total if places else None,
            matter_at_end=matter,
            ended=service.stop(),
        )


def learnt(
    folders: Folders, settings: dict[str, str], options: argparse.Namespace
) -> tuple[Releases, Truth]:
    """Build each release that is needed, and ask an undisturbed service of it everything."""
    requests = {quick(), *(asked for kind in options.kinds for asked in kind.requests)}
    needs_second = any(fault.swaps for fault in options.faults)
    ids: list[str] = []
    answers: dict[tuple[str, Asked], Answer] = {}
    for is_other in (True, False) if needs_second else (False,):
        edit(folders.root, is_other=is_other)
        ids.insert(0, build(folders))
        sys.stderr.write(f"learning the answers of {ids[0]}\n")
        with Service(folders, settings | {"cache": "0"}) as service:
            answers |= learn(service.netloc, sorted(requests, key=repr))
            service.stop()
    return Releases(*ids), Truth(answers, frozenset(ids))


def _faults(names: str) -> list[Fault]:
    return [FAULT_BY_NAME[_known(name, FAULT_BY_NAME)] for name in names.split(",")]


def _kinds(names: str) -> list[Kind]:
    kinds = {kind.name: kind for kind in KINDS}
    return [kinds[_known(name, kinds)] for name in names.split(",")]


def _known(name: str, known: Collection[str]) -> str:
    if name not in known:
        raise argparse.ArgumentTypeError(f"none is called {name}{nearest(name, known)}")
    return name


def _setting(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError("a setting is NAME=VALUE, as in workers=8")
    return name, value


if __name__ == "__main__":
    sys.exit(main())
