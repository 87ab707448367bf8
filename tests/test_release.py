"""Releases: built once, whole or not at all, the same bytes on every build."""

import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib
from approve import SNAPSHOT

from allograph import __version__
from allograph.curated.snapshot import read_snapshot
from allograph.curated.sources import Part
from allograph.errors import InvalidGraph, ReleaseError
from allograph.rdf.formats import formats_for
from allograph.rdf.store import open_store
from allograph.release import Home, Release, build, current, ensure_release, home_of
from allograph.release.building import release_id
from allograph.settings import Settings

pytestmark = pytest.mark.slow

DRUG = "graph/drug/blinatumomab.ttl"


@pytest.fixture
def settings(tmp_path):
    return Settings(home=str(tmp_path / "home"), root=str(tmp_path / "checkout"))


@pytest.fixture
def place(settings):
    """The home of the releases of a test."""
    return Home(Path(settings.home))


def edit(sources, new, name=DRUG, old='"BLIN"@en'):
    path = sources.root / name
    path.write_text(path.read_text().replace(old, new))


def files_of(release):
    return {
        path.relative_to(release.directory): path.read_bytes()
        for path in sorted(release.directory.rglob("*"))
        if path.is_file() and release.store not in path.parents
    }


def built(tiny_checkout, settings, count):
    """So many releases, each of another content, the oldest first."""
    made = []
    for number in range(count):
        edit(tiny_checkout, f'"BLIN{number}"@en', old='"BLIN"@en' if not number else made[-1][0])
        made.append((f'"BLIN{number}"@en', build(tiny_checkout, settings)))
        os.utime(made[-1][1].directory, (number, number))
    return [release for _text, release in made]


def test_the_id_is_the_version_and_the_fingerprint(release):
    version, _, fingerprint = release.id.rpartition("-")
    assert version == __version__
    assert release.manifest["fingerprint"].startswith(fingerprint)
    assert len(fingerprint) == 12


def test_the_manifest_gives_size_and_digest_of_each_export(release):
    assert set(release.manifest["exports"]) == {
        f"allograph.{format.name}{gz}"
        for format in formats_for("graph", "dataset")
        for gz in ("", ".gz")
    }
    for name, file in release.manifest["exports"].items():
        content = (release.exports / name).read_bytes()
        assert file == {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def test_the_manifest_gives_size_and_digest_of_every_file_beside_the_store(release):
    files = {path.as_posix(): content for path, content in files_of(release).items()}
    for name in ("manifest.json", "lock"):
        files.pop(name)
    assert release.manifest["contents"] == {
        name: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in files.items()
    }


def test_the_packed_exports_hold_the_plain_ones(release):
    for packed in release.exports.glob("*.gz"):
        assert gzip.decompress(packed.read_bytes()) == packed.with_suffix("").read_bytes()


@pytest.mark.usefixtures("unchecked")
def test_every_build_gives_the_same_bytes(tiny_checkout, tmp_path):
    one, again = (build(tiny_checkout, Settings(home=str(tmp_path / name))) for name in "ab")
    assert files_of(again) == files_of(one)


def test_the_curated_files_are_there_with_their_comments(release, small_checkout):
    text = release.shapes.read_text()
    rdflib.Graph().parse(data=text, format="turtle")
    rdflib.Graph().parse(release.ontology, format="turtle")
    for path in small_checkout.files(Part.SHAPES):
        assert path.read_text() in text


@pytest.mark.usefixtures("unchecked")
def test_an_unchanged_graph_is_not_built_again(tiny_checkout, settings):
    first = ensure_release(tiny_checkout, settings)
    steps = []
    assert ensure_release(tiny_checkout, settings, steps.append) == first == current(settings)
    assert not steps


@pytest.mark.usefixtures("unchecked")
def test_a_changed_graph_is_built_beside_the_old_one(tiny_checkout, settings):
    first = ensure_release(tiny_checkout, settings)
    edit(tiny_checkout, '"BLINA"@en')
    second = ensure_release(tiny_checkout, settings)
    assert current(settings) == second != first
    assert first.is_whole
    assert "BLINA" in (second.exports / "allograph.ttl").read_text()


@pytest.mark.usefixtures("unchecked")
def test_a_file_saved_at_any_step_of_a_build_changes_the_next_release_only(tiny_checkout, settings):
    """The release is of the state that was read, under the id of that state."""
    steps = []
    build(tiny_checkout, settings, steps.append)
    assert len(steps) >= 5
    text = '"BLIN"@en'
    for number, wanted in enumerate(steps[1:]):
        old, text = text, f'"SAVED{number}"@en'
        expected = release_id(read_snapshot(tiny_checkout))

        def save(step, wanted=wanted, old=old, new=text):
            if step == wanted:
                edit(tiny_checkout, new, old=old)

        release = build(tiny_checkout, settings, save)
        assert release.id == expected
        content = (release.exports / "allograph.ttl").read_text()
        assert old in content and text not in content
        assert old in release.ontology.read_text() + content
        following = ensure_release(tiny_checkout, settings)
        assert following.id == release_id(read_snapshot(tiny_checkout)) != release.id
        assert text in (following.exports / "allograph.ttl").read_text()


@pytest.mark.slow
@pytest.mark.usefixtures("without_shapes", "without_questions")
def test_a_graph_that_is_made_invalid_during_a_build_is_not_in_the_release(
    small_checkout, settings
):
    expected = release_id(read_snapshot(small_checkout))

    def save(step):
        if step.startswith("checking"):
            (small_checkout.root / DRUG).write_text("this is no Turtle")

    assert build(small_checkout, settings, save).id == expected
    with pytest.raises(InvalidGraph):
        ensure_release(small_checkout, settings)


@pytest.mark.slow
def test_a_graph_that_breaks_a_shape_is_not_built(small_checkout, settings):
    path = small_checkout.graph / "study" / "ino-vate.ttl"
    path.write_text(path.read_text().replace("ag:value 80.7 ;", "ag:value 180.7 ;", 1))
    with pytest.raises(InvalidGraph) as error:
        build(small_checkout, settings)
    assert error.value.results[0].startswith("graph/study/ino-vate.ttl:")
    with pytest.raises(ReleaseError, match="allograph build"):
        current(settings)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "content", "rule"),
    [
        ("queries/mistaken.rq", "#+ title: What?\nSELECT * {", "syntax"),
        ("queries/unread.rq", "#+ titel: What?\nSELECT * {}", "syntax"),
    ],
)
@pytest.mark.usefixtures("without_shapes")
def test_a_question_that_cannot_be_asked_is_not_built(
    small_checkout, settings, name, content, rule
):
    (small_checkout.root / name).write_text(content)
    with pytest.raises(InvalidGraph) as error:
        build(small_checkout, settings)
    (finding,) = error.value.results
    assert finding.startswith(name) and finding.endswith(f"[{rule}]")


@pytest.mark.usefixtures("without_shapes", "without_questions")
@pytest.mark.parametrize("name", ["graph/stray.ttl", "graph/drug/sub/x.ttl", "graph/drug/y.TTL"])
def test_beside_a_stray_file_nothing_is_built(small_checkout, settings, name):
    path = small_checkout.root / name
    path.parent.mkdir(exist_ok=True)
    path.touch()
    with pytest.raises(InvalidGraph) as error:
        build(small_checkout, settings)
    (finding,) = error.value.results
    assert finding.startswith(name) and finding.endswith("[integrity:stray]")


@pytest.mark.usefixtures("without_shapes", "without_questions")
def test_a_predicate_of_no_declared_prefix_is_a_finding_and_no_traceback(small_checkout, settings):
    path = small_checkout.root / DRUG
    text = path.read_text().replace(
        "ag:modality", "<http://example.org/x#y> true ;\n    ag:modality"
    )
    path.write_text(text)
    with pytest.raises(InvalidGraph) as error:
        build(small_checkout, settings)
    assert any("http://example.org/x#y" in found for found in error.value.results)


@pytest.mark.usefixtures("without_shapes", "without_questions")
def test_a_graph_with_something_still_to_fill_in_is_not_built(small_checkout, settings):
    edit(small_checkout, '"TODO: a synonym"@en')
    with pytest.raises(InvalidGraph) as error:
        build(small_checkout, settings)
    assert any("blinatumomab.ttl" in found for found in error.value.results)


@pytest.mark.usefixtures("unchecked")
def test_a_build_that_fails_half_way_leaves_the_current_release(
    tiny_checkout, settings, monkeypatch
):
    first = ensure_release(tiny_checkout, settings)
    (tiny_checkout.root / DRUG).unlink()

    def fail(*_arguments, **_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("allograph.release.building.write_exports", fail)
    with pytest.raises(ReleaseError, match="no space left on device"):
        ensure_release(tiny_checkout, settings)
    assert current(settings) == first
    assert [path.name for path in first.directory.parent.iterdir()] == [first.id]


@pytest.mark.parametrize(
    "damage",
    [
        lambda release: release.manifest_file.unlink(),
        lambda release: release.manifest_file.write_text(""),
        lambda release: release.manifest_file.write_text("[]"),
        lambda release: release.manifest_file.write_text('{"release": "another"}'),
        lambda release: release.manifest_file.write_bytes(
            release.manifest_file.read_bytes()[:-100]
        ),
        lambda release: (release.exports / "allograph.nt.gz").unlink(),
        lambda release: release.void.write_text("cut"),
        lambda release: release.questions_file.unlink(),
        lambda release: (release.store / "CURRENT").unlink(),
    ],
    ids=["gone", "empty", "list", "another", "cut", "export", "void", "questions", "store"],
)
def test_a_damaged_release_is_no_release(release, place, damage):
    copy = place.release(release.id)
    shutil.copytree(release.directory, copy.directory)
    place.use(copy)
    assert place.current() == copy
    damage(copy)
    assert not copy.is_whole
    with pytest.raises(ReleaseError, match="not whole"):
        place.current()


@pytest.mark.usefixtures("unchecked")
def test_a_damaged_release_is_built_anew(tiny_checkout, settings):
    first = ensure_release(tiny_checkout, settings)
    first.manifest_file.write_text("{")
    again = ensure_release(tiny_checkout, settings)
    assert again == first and again.is_whole
    assert json.loads(again.manifest_file.read_text())["release"] == first.id
    assert [path.name for path in first.directory.parent.iterdir()] == [first.id]


@pytest.mark.parametrize("pointer", [b"", b"\xff\xfe", b"x" * 300, b"../../etc", b"a\nb"])
def test_a_pointer_that_names_no_release_is_said_and_mended_by_a_build(place, pointer):
    place.folder.mkdir()
    place.pointer.write_bytes(pointer)
    assert place.pointed_to() is None
    with pytest.raises(ReleaseError, match="names no release; build a release: allograph build"):
        place.current()


@pytest.mark.usefixtures("unchecked")
def test_only_so_many_unnamed_releases_are_kept(tiny_checkout, settings, place):
    releases = built(tiny_checkout, settings, 4)
    place.named.mkdir()
    (place.named / releases[0].id).touch()
    place.tidy(2)
    left = {path.name for path in place.releases.iterdir()}
    assert left == {releases[0].id, releases[2].id, releases[3].id}


@pytest.mark.usefixtures("unchecked")
def test_a_build_removes_what_is_beyond_the_setting(tiny_checkout, settings, place):
    few = Settings(home=settings.home, root=settings.root, keep=1)
    releases = built(tiny_checkout, few, 3)
    assert [path.name for path in place.releases.iterdir()] == [releases[-1].id]


@pytest.mark.usefixtures("unchecked")
def test_the_current_release_and_one_in_use_are_never_removed(tiny_checkout, settings, place):
    releases = built(tiny_checkout, settings, 3)
    place.use(releases[0])
    os.utime(releases[0].directory, (0, 0))
    with releases[1].held():
        place.tidy(1)
        assert releases[0].is_whole and releases[1].is_whole and releases[2].is_whole
    place.tidy(1)
    assert {path.name for path in place.releases.iterdir()} == {releases[0].id, releases[2].id}


def test_what_a_killed_build_leaves_is_cleared_and_a_running_one_is_left_alone(place):
    place.releases.mkdir(parents=True)
    with place.unfinished() as running:
        killed = subprocess.run(
            [sys.executable, "-c", KILLED, str(place.folder)], capture_output=True, text=True
        )
        left = place.releases / killed.stdout.strip()
        assert left.is_dir() and left != running
        place.tidy(20)
        assert running.is_dir() and not left.exists()
    assert list(place.releases.iterdir()) == []


KILLED = """
import os, sys
from pathlib import Path
from allograph.release import Home

with Home(Path(sys.argv[1])).unfinished() as folder:
    print(folder.name, flush=True)
    os.kill(os.getpid(), 9)
"""


@pytest.mark.usefixtures("unchecked")
def test_two_builds_of_one_release_at_once_give_one_whole_release(tiny_checkout, settings, place):
    """The second one puts nothing in the place of the first, which may be served by then."""
    inner = []

    def build_meanwhile(step):
        if step.startswith("putting"):
            inner.append(build(tiny_checkout, settings))
            inner.append((inner[0].directory / "store").stat().st_ino)

    outer = build(tiny_checkout, settings, build_meanwhile)
    assert outer == inner[0] and outer.is_whole
    assert (outer.directory / "store").stat().st_ino == inner[1]
    assert [path.name for path in place.releases.iterdir()] == [outer.id]


@pytest.mark.usefixtures("unchecked")
def test_everything_is_on_the_disk_before_a_release_has_its_name(
    tiny_checkout, settings, monkeypatch
):
    synced, renamed = set(), []
    fsync, rename = os.fsync, os.rename

    def remember(descriptor):
        synced.add(os.fstat(descriptor).st_ino)
        fsync(descriptor)

    def look(source, target, **options):
        if "releases" in str(target):
            renamed.append({p.stat().st_ino for p in Release(source).directory.rglob("*")})
        rename(source, target, **options)

    monkeypatch.setattr(os, "fsync", remember)
    monkeypatch.setattr(os, "rename", look)
    release = build(tiny_checkout, settings)
    assert renamed[0] <= synced
    assert home_of(settings, tiny_checkout).pointer.stat().st_ino in synced
    assert release.directory.parent.stat().st_ino in synced


@pytest.mark.usefixtures("unchecked")
def test_a_home_that_may_only_be_read_serves_its_release(tiny_checkout, settings, monkeypatch):
    release = ensure_release(tiny_checkout, settings)

    def refuse(*_arguments, **_options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Home, "_locked", refuse)
    assert ensure_release(tiny_checkout, settings) == release
    edit(tiny_checkout, '"BLINA"@en')
    with pytest.raises(ReleaseError, match="permission denied; choose another folder"):
        ensure_release(tiny_checkout, settings)


@pytest.mark.usefixtures("unchecked")
def test_a_folder_that_cannot_be_written_is_named(tiny_checkout, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(ReleaseError, match=r"file.*ALLOGRAPH_HOME=FOLDER"):
        build(tiny_checkout, Settings(home=str(tmp_path / "file")))


def test_in_a_checkout_releases_go_to_build(small_checkout):
    (small_checkout.root / "pyproject.toml").touch()
    assert home_of(Settings(), small_checkout).folder == small_checkout.root / "build"


def test_the_store_of_a_release_answers(release):
    store = open_store(release.store, 30)
    (solution,) = store.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    assert int(solution["n"].value) == release.manifest["triples"]
    assert release.id == release_id(SNAPSHOT)


@pytest.mark.usefixtures("unchecked")
def test_a_release_keeps_its_questions_and_prefixes(tiny_checkout, settings):
    first = ensure_release(tiny_checkout, settings)
    (tiny_checkout.queries / "figures.rq").unlink()
    second = ensure_release(tiny_checkout, settings)
    assert "figures" in first.questions and "figures" not in second.questions
    assert dict(first.namespaces.items()) == dict(read_snapshot(tiny_checkout).namespaces.items())


@pytest.mark.slow
def test_a_build_that_is_stopped_leaves_nothing(small_checkout, tmp_path):
    """As by Ctrl-C or SIGTERM."""
    place = Home(tmp_path / "home")
    command = [sys.executable, "-m", "allograph", "build"]
    environ = os.environ | {
        "ALLOGRAPH_HOME": str(place.folder),
        "ALLOGRAPH_ROOT": str(small_checkout.root),
    }
    with subprocess.Popen(command, env=environ, stderr=subprocess.PIPE) as process:
        for line in process.stderr:
            if b"writing the store" in line:
                process.send_signal(2)
                break
        process.wait(timeout=60)
    assert process.returncode
    assert not [path for path in place.releases.iterdir() if not path.name.startswith(".removed")]
