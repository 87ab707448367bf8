"""Reading once: a snapshot is every curated file at one moment, and says what it could not read."""

import os

import pytest

from allograph.checks.check import check
from allograph.curated.snapshot import load, read_curated, read_snapshot
from allograph.curated.sources import PATTERNS, Sources
from allograph.errors import FileError
from allograph.questions.question import read_questions
from allograph.rdf.vocabularies import RDFS

DRUG = "graph/drug/blinatumomab.ttl"


def found_in(sources):
    snapshot = read_snapshot(sources)
    return {each.location.path: str(each) for each in (*snapshot.mistakes, *snapshot.strays)}


def test_a_file_is_read_once(small_checkout):
    reads = []

    def read(path, shown_as):
        reads.append(shown_as)
        return read_curated(path, shown_as)

    snapshot = read_snapshot(small_checkout, read, pause=0)
    read_questions(snapshot)
    assert snapshot.loaded.quads and snapshot.shapes and snapshot.namespaces and snapshot.digest
    assert sorted(reads) == sorted(small_checkout.relative(path) for path in small_checkout.files())


def test_a_file_that_is_saved_while_others_are_read_is_read_again(small_checkout):
    """Two files that are saved together are never half of the old state and half of the new."""
    first, *_others, last = small_checkout.files()
    before = read_snapshot(small_checkout, pause=0)
    saved = []

    def read(path, shown_as):
        if path == last and not saved:
            for each in (first, last):
                each.write_bytes(each.read_bytes() + b"\n# saved\n")
            saved.append(True)
        return read_curated(path, shown_as)

    snapshot = read_snapshot(small_checkout, read, pause=0)
    changed = {path for path, content in snapshot.contents.items() if b"# saved" in content}
    assert changed == {small_checkout.relative(first), small_checkout.relative(last)}
    assert snapshot.digest != before.digest


@pytest.mark.slow
def test_files_that_never_rest_are_an_error(small_checkout):
    path = small_checkout.root / DRUG

    def read(other, shown_as):
        path.write_bytes(path.read_bytes() + b"\n")
        return read_curated(other, shown_as)

    with pytest.raises(FileError, match="files change while they are read"):
        read_snapshot(small_checkout, read, pause=0)


@pytest.mark.parametrize(
    "name",
    [
        "graph/stray.ttl",
        "graph/drug/sub/x.ttl",
        "graph/drug/y.TTL",
        "graph/drug/y.turtle",
        "graph/drug/y.ttl.txt",
        "graph/drug/y.rq",
        "queries/sub/x.rq",
        "queries/x.sparql",
        "ontology/shapes/sub/x.ttl",
        "ontology/lists/x.ttl",
        "ontology/rules/x.rq",
    ],
)
def test_a_file_that_is_not_read_is_a_finding(small_checkout, name):
    path = small_checkout.root / name
    path.parent.mkdir(exist_ok=True)
    path.touch()
    assert "is not read" in found_in(small_checkout)[name]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('    sh:prefix "adjustment" ;\n', ""),
        ("sh:namespace", "rdfs:seeAlso"),
        ('sh:prefix "adjustment"', 'sh:prefix "adjustment" , "adjusted"'),
    ],
)
def test_half_a_declaration_of_a_prefix_is_a_mistake_at_its_line(small_checkout, old, new):
    text = small_checkout.prefixes.read_text(encoding="utf-8")
    changed = text.replace(old, new, 1).replace("PREFIX sh:", f"PREFIX rdfs: <{RDFS}>\nPREFIX sh:")
    small_checkout.prefixes.write_text(changed, encoding="utf-8")
    line = changed[: changed.index("\n<https://w3id.org/allograph/prefixes#adjustment>")].count(
        "\n"
    )
    (result,) = check(read_snapshot(small_checkout))
    assert str(result).startswith(f"ontology/prefixes.ttl:{line + 2}: violation: a declaration has")
    with pytest.raises(FileError, match="one sh:prefix and one sh:namespace"):
        load(small_checkout)


@pytest.mark.parametrize("name", [".x.ttl.swp", "x.ttl~", "#x.ttl#", ".DS_Store", "README.md"])
def test_files_that_editors_and_systems_make_are_passed_over(small_checkout, name):
    (small_checkout.graph / "drug" / name).write_text("no Turtle")
    assert (
        read_snapshot(small_checkout).digest == read_snapshot(Sources(small_checkout.root)).digest
    )
    assert not read_snapshot(small_checkout).strays and not read_snapshot(small_checkout).mistakes


def test_what_is_no_file_is_named_and_never_waited_for(small_checkout, tmp_path):
    elsewhere = tmp_path / "elsewhere.ttl"
    elsewhere.write_text("")
    folder = small_checkout.graph / "drug"
    os.mkfifo(folder / "fifo.ttl")
    (folder / "folder.ttl").mkdir()
    (folder / "loop.ttl").symlink_to("loop.ttl")
    (folder / "broken.ttl").symlink_to("nowhere.ttl")
    (folder / "outside.ttl").symlink_to(elsewhere)
    (folder / "folder-outside").symlink_to(tmp_path)
    with (folder / "large.ttl").open("wb") as file:
        file.truncate(1 << 27)
    found = found_in(small_checkout)
    assert "a pipe" in found["graph/drug/fifo.ttl"]
    assert "a folder" in found["graph/drug/folder.ttl"]
    assert "circle" in found["graph/drug/loop.ttl"] or "levels" in found["graph/drug/loop.ttl"]
    assert "no such file" in found["graph/drug/broken.ttl"]
    assert "a link that leads elsewhere" in found["graph/drug/outside.ttl"]
    assert "is not read" in found["graph/drug/folder-outside"]
    assert "more than 67,108,864 bytes" in found["graph/drug/large.ttl"]


def test_a_link_within_the_folder_is_followed(small_checkout):
    """Kubernetes mounts files so."""
    hidden = small_checkout.root / ".data"
    hidden.mkdir()
    path = small_checkout.root / DRUG
    path.rename(hidden / "blinatumomab.ttl")
    path.symlink_to(hidden / "blinatumomab.ttl")
    assert DRUG in load(small_checkout).files


@pytest.mark.parametrize("name", ["a\nb.ttl", "\udcff.ttl", "a\u2028b.ttl", "\x1b[31m.ttl"])
def test_an_odd_name_is_shown_on_one_line_as_text(small_checkout, name):
    before = read_snapshot(small_checkout).contents.keys()
    (small_checkout.graph / "drug" / name).write_text("")
    (shown,) = read_snapshot(small_checkout).contents.keys() - before
    assert shown.isprintable() and shown.encode()


@pytest.mark.slow
def test_a_check_goes_on_beside_a_stray_file(small_checkout):
    (small_checkout.graph / "stray.ttl").touch()
    path = small_checkout.root / DRUG
    path.write_text(path.read_text().replace("ag:modality", "ag:modalty"))
    rules = {
        result.rule for result in check(read_snapshot(small_checkout), ["graph/stray.ttl", DRUG])
    }
    assert {"integrity:stray", "integrity:described"} <= rules


def test_a_pattern_takes_what_the_files_of_the_sources_are(small_checkout):
    assert len(PATTERNS) == len({pattern for _part, pattern in PATTERNS})
    contents = read_snapshot(small_checkout).contents
    assert list(contents) == [small_checkout.relative(path) for path in small_checkout.files()]
