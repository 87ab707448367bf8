"""Releases: built once, whole or not at all, the same bytes on every build."""

import gzip
import hashlib
import json

import pytest
import rdflib

from allograph import __version__
from allograph import release as release_module
from allograph.errors import InvalidGraph, ReleaseError
from allograph.formats import formats_for
from allograph.release import build, current, ensure_release, release_id
from allograph.settings import Settings
from allograph.store import open_store


@pytest.fixture
def settings(tmp_path, checkout):
    return Settings(home=str(tmp_path / "home"), root=str(checkout.root))


@pytest.fixture
def unvalidated(monkeypatch):
    """Spare the tests that are not about shapes the time of checking them."""
    monkeypatch.setattr(release_module, "validate", lambda _loaded, _sources: [])
    monkeypatch.setattr(release_module, "violations", lambda _results: [])


def files_of(release):
    return {
        path.relative_to(release.directory): path.read_bytes()
        for path in sorted(release.directory.rglob("*"))
        if path.is_file() and release.store not in path.parents
    }


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


def test_the_packed_exports_hold_the_plain_ones(release):
    for packed in release.exports.glob("*.gz"):
        assert gzip.decompress(packed.read_bytes()) == packed.with_suffix("").read_bytes()


@pytest.mark.usefixtures("unvalidated")
def test_every_build_gives_the_same_bytes(checkout, release, tmp_path):
    again = build(checkout, Settings(home=str(tmp_path / "again")))
    assert files_of(again) == files_of(release)


def test_the_curated_files_are_there_with_their_comments(release, checkout):
    text = release.shapes.read_text()
    rdflib.Graph().parse(data=text, format="turtle")
    rdflib.Graph().parse(release.ontology, format="turtle")
    for path in checkout.shape_files():
        assert path.read_text() in text


@pytest.mark.usefixtures("unvalidated")
def test_an_unchanged_graph_is_not_built_again(checkout, settings, monkeypatch):
    first = ensure_release(checkout, settings)
    monkeypatch.setattr(release_module, "load", None)
    assert ensure_release(checkout, settings) == first == current(settings)


@pytest.mark.usefixtures("unvalidated")
def test_a_changed_graph_is_built_beside_the_old_one(checkout, settings):
    first = ensure_release(checkout, settings)
    path = checkout.graph / "drug" / "blinatumomab.ttl"
    path.write_text(path.read_text().replace('"BLIN"@en', '"BLINA"@en'))
    second = ensure_release(checkout, settings)
    assert current(settings) == second != first
    assert (first.directory / "manifest.json").is_file()
    assert "BLINA" in (second.exports / "allograph.ttl").read_text()


def test_a_graph_that_breaks_a_shape_is_not_built(checkout, settings):
    path = checkout.graph / "study" / "ino-vate.ttl"
    path.write_text(path.read_text().replace("ag:value 80.7 ;", "ag:value 180.7 ;", 1))
    with pytest.raises(InvalidGraph) as error:
        build(checkout, settings)
    assert error.value.findings[0].startswith("graph/study/ino-vate.ttl:")
    with pytest.raises(ReleaseError, match="allograph build"):
        current(settings)


def test_a_graph_with_something_still_to_fill_in_is_not_built(checkout, settings):
    path = checkout.graph / "drug" / "blinatumomab.ttl"
    path.write_text(path.read_text().replace('"BLIN"@en', '"TODO: a synonym"@en'))
    with pytest.raises(InvalidGraph) as error:
        build(checkout, settings)
    assert any("blinatumomab.ttl" in found for found in error.value.findings)


@pytest.mark.usefixtures("unvalidated")
def test_a_build_that_fails_half_way_leaves_the_current_release(checkout, settings, monkeypatch):
    first = ensure_release(checkout, settings)
    (checkout.graph / "drug" / "blinatumomab.ttl").unlink()

    def fail(*_arguments, **_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(release_module, "write_exports", fail)
    with pytest.raises(ReleaseError, match="no space left on device"):
        ensure_release(checkout, settings)
    assert current(settings) == first
    assert [path.name for path in first.directory.parent.iterdir()] == [first.id]


@pytest.mark.usefixtures("unvalidated")
def test_a_release_that_is_not_whole_is_built_anew(checkout, settings):
    first = ensure_release(checkout, settings)
    (first.directory / "manifest.json").unlink()
    with pytest.raises(ReleaseError, match="not whole"):
        current(settings)
    again = ensure_release(checkout, settings)
    assert json.loads((again.directory / "manifest.json").read_text())["release"] == first.id


@pytest.mark.usefixtures("unvalidated")
def test_a_folder_that_cannot_be_written_is_named(checkout, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(ReleaseError, match=r"file/.*ALLOGRAPH_HOME=FOLDER"):
        build(checkout, Settings(home=str(tmp_path / "file")))


def test_in_a_checkout_releases_go_to_build(checkout):
    (checkout.root / "pyproject.toml").touch()
    assert release_module.home_folder(Settings(), checkout) == checkout.root / "build"


def test_the_store_of_a_release_answers(release):
    store = open_store(release.store, 30)
    (solution,) = store.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    assert int(solution["n"].value) == release.manifest["triples"]
    assert release.id == release_id(release_module.find_sources())
