"""The time that a check takes: of everything, fresh and with what is kept, and of single files.

python benchmarks/check.py [--copies N] [--peer] [--before CHECKOUT] [FILE ...]

The curated studies are copied N times (1; 10 is seventy studies) into a folder of their own. The
peer is pySHACL, run directly over all files and shapes, which is a part of a check. ``--before``
names a checkout of an earlier commit, whose ``allograph check`` is put beside this one. Processor
time is that of a process of its own, start and all: a busy machine changes it little.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from synthetic.copies import write_copies

from allograph.curated.sources import Part, Sources, find_sources

CHECK = [sys.executable, "-m", "allograph", "check", "--root"]
PEER = """
import sys, pathlib, rdflib, pyshacl
root = pathlib.Path(sys.argv[1])
data, shapes = rdflib.Graph(), rdflib.Graph()
for path in sorted(root.glob("ontology/shapes/*.ttl")):
    shapes.parse(path)
shapes.parse(root / "ontology/prefixes.ttl")
folders = ("ontology", "ontology/schemes", "ontology/rules", "graph/*")
for pattern in (f"{folder}/*.ttl" for folder in folders):
    for path in sorted(root.glob(pattern)):
        data.parse(path)
pyshacl.validate(data, shacl_graph=shapes)
"""


def seconds(command: list[str], **environ: str) -> tuple[float, float]:
    """Processor time (user and system) and time on the clock of a command."""
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    subprocess.run(
        command,
        check=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | environ,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)
    return spent, perf_counter() - begin


def change(path: Path, old: str, new: str) -> None:
    """Write something else in a file, where it stands first."""
    text = path.read_text(encoding="utf-8")
    if old not in text:
        raise ValueError(f"{path} has no {old}")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def main() -> None:
    """Print a row for each way to check."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--copies", type=int, default=1, help="times each study is there")
    parser.add_argument("--peer", action="store_true", help="run pySHACL alone, too")
    parser.add_argument("--before", type=Path, help="a checkout to compare with")
    parser.add_argument("files", nargs="*", help="files to check alone (default: one study)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root, home = Path(folder, "root"), Path(folder, "home")
        for _copy in write_copies(find_sources(), root, options.copies):
            pass
        studies = sorted(root.glob("graph/study/*.ttl"))
        files = [root / file for file in options.files] or studies[:1]
        sources = Sources(root)
        sys.stdout.write(f"{len(studies)} studies, {len(sources.files(Part.GRAPH))} files\n\n")
        sys.stdout.write("| check | s of a processor | s on the clock |\n|---|---:|---:|\n")
        check, kept = [*CHECK, str(root)], {"ALLOGRAPH_HOME": str(home)}
        if options.before:
            earlier = {"PYTHONPATH": str(options.before / "src")}
            _tell("everything, before", seconds(check, **earlier))
            _tell("one file, before", seconds([*check, str(files[0])], **earlier))
        if options.peer:
            _tell("pySHACL alone", seconds([sys.executable, "-c", PEER, str(root)]))
        _tell("everything, nothing kept", seconds(check, **kept))
        _tell("everything, nothing changed", seconds(check, **kept))
        change(studies[0], 'rdfs:label "', 'rdfs:label "The ')
        _tell("everything, one file changed", seconds(check, **kept))
        change(studies[0], "a ag:StudyGroup ;", "a ag:StudyGrp ;")
        _tell("everything, one file changed and wrong", seconds(check, **kept))
        change(studies[0], "a ag:StudyGrp ;", "a ag:StudyGroup ;")
        for file in files:
            shown = file.relative_to(root)
            _tell(f"{shown} alone", seconds([*check, str(file)], **kept))
            _tell(f"{shown} alone, again", seconds([*check, str(file)], **kept))


def _tell(what: str, spent: tuple[float, float]) -> None:
    sys.stdout.write(f"| {what} | {spent[0]:.1f} | {spent[1]:.1f} |\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
