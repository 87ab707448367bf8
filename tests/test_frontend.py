"""The scripts of the pages: what they are built from, what is built, how it reaches a browser."""

import gzip
import json
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile

import pytest
from approve import SOURCES
from over_http import get

from allograph.rdf.vocabularies import RDF
from allograph.web import bundle

FRONTEND = SOURCES.root / "frontend"
BUNDLE = bundle.STATIC / bundle.BUNDLE
LOCK = (FRONTEND / "package-lock.json").read_text("utf-8")
LARGEST = {"pages.js": 15_000, "editor.js": 350_000}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """A wheel of this checkout, unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=SOURCES.root, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        archive.extractall(folder / "installed")
    return folder / "installed"


def size_of(name):
    """Bytes of a file that is sent compressed, with what it imports at once."""
    text = (BUNDLE / name).read_text("utf-8")
    imported = re.findall(r'import(?:[^"();]*from)?"\./([\w.-]+\.js)"', text)
    return len(gzip.compress(text.encode(), 9)) + sum(map(size_of, imported))


def test_the_lock_file_names_digests_and_no_addresses():
    packages = json.loads(LOCK)["packages"]
    assert not any("resolved" in package for package in packages.values())
    assert "://" not in LOCK
    for name, package in packages.items():
        assert not name or package["integrity"].startswith("sha512-"), name


def test_dependencies_are_exact_and_no_package_runs_a_script_when_it_is_installed():
    package = json.loads((FRONTEND / "package.json").read_text("utf-8"))
    for version in (package["dependencies"] | package["devDependencies"]).values():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    assert '"--ignore-scripts"' in (FRONTEND / "hatch_build.py").read_text("utf-8")


@pytest.mark.parametrize("entry", LARGEST)
def test_what_a_page_loads_at_once_is_small(entry):
    assert 0 < size_of(bundle.entries()[entry]) < LARGEST[entry]


def test_nothing_of_the_bundle_is_committed():
    if not (SOURCES.root / ".git").exists() or not shutil.which("git"):
        pytest.skip("this is no clone")
    listed = subprocess.run(["git", "ls-files"], cwd=SOURCES.root, capture_output=True, check=True)
    files = listed.stdout.decode().splitlines()
    assert not [file for file in files if "static/bundle" in file or "node_modules" in file]


def test_each_part_of_the_bundle_is_listed_with_version_licence_and_its_text(client):
    page = client.get("/licences").text
    names = {part.name for part in bundle.parts()}
    assert {"@zazuko/yasgui", "cytoscape", "codemirror", "n3", "jquery"} <= names
    assert not {"esbuild", "axe-core"} & names
    for part in bundle.parts():
        assert part.name in page
        assert re.match(r"\d+\.\d+\.\d+", part.version)
        assert part.licence
    assert sum(bool(part.text) for part in bundle.parts()) > 0.8 * len(names)


@pytest.mark.parametrize("address", ["/", "/sparql", "/docs"])
def test_a_static_file_may_be_kept_for_good_for_its_url_changes_with_it(client, address):
    page = client.get(address, headers={"Accept": "text/html"}).text
    urls = re.findall(r'(?:src|href)="(/static/[^"]+)"', page)
    assert len(urls) >= 3
    for url in urls:
        response = client.get(url)
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert re.search(r"-[A-Z0-9]{8}\.(js|css)$|\?v=[0-9a-f]{12}$", url)


def test_a_static_file_without_its_digest_is_asked_for_anew(client):
    for url in ("/static/allograph.css", "/static/allograph.css?v=0123456789ab"):
        assert "immutable" not in client.get(url).headers["Cache-Control"]


def test_the_editor_is_loaded_on_its_own_page_only(client):
    assert "/bundle/editor-" in client.get("/sparql", headers={"Accept": "text/html"}).text
    assert "/bundle/editor-" not in client.get("/").text


def test_a_page_reads_without_scripts_that_were_never_built(client, monkeypatch):
    monkeypatch.setattr(bundle, "entries", dict)
    monkeypatch.setattr(bundle, "parts", tuple)
    for address in ("/", "/sparql", "/docs", "/licences"):
        response = client.get(address, headers={"Accept": "text/html"})
        assert response.status_code == 200
        assert '<script type="module"' not in response.text


def test_the_vocabulary_holds_what_is_used_and_what_the_ontology_names(client, loaded):
    vocabulary = client.get("/vocabulary.json").get_json()
    properties = {word["iri"]: word for word in vocabulary["properties"]}
    assert set(properties) >= {quad.predicate.value for quad in loaded.quads}
    classes = {word["iri"]: word for word in vocabulary["classes"]}
    study = classes["https://w3id.org/allograph/ontology#Study"]
    assert study["label"] == "study"
    typed = [quad.object.value for quad in loaded.quads if quad.predicate.value == RDF.type]
    assert study["used"] == typed.count(study["iri"])
    uses = [word["used"] for word in vocabulary["classes"]]
    assert uses == sorted(uses, reverse=True)
    assert vocabulary["prefixes"]["ag"] == "https://w3id.org/allograph/ontology#"


def test_the_vocabulary_says_what_goes_with_what(client):
    """So that an editor can offer the properties of a class, and the values of a property."""
    vocabulary = client.get("/vocabulary.json").get_json()
    base = vocabulary["base"]
    terms = {word["iri"]: word for word in (*vocabulary["classes"], *vocabulary["properties"])}
    study, outcome = terms[f"{base}ontology#Study"], terms[f"{base}ontology#outcome"]
    assert study["definition"]
    assert study["uses"][f"{base}ontology#design"] <= study["used"]
    assert f"{base}ontology#Outcome" in outcome["leads_to"]
    assert outcome["kinds"] == ["outcome"]
    assert outcome["asked"] > terms[f"{base}ontology#sha256"]["asked"]
    things = {thing["iri"]: thing for thing in vocabulary["things"]}
    survival = things[f"{base}outcome/overall-survival"]
    assert survival["label"] == "overall survival"
    assert "OS" in survival["names"]
    assert survival["definition"]
    assert survival["used"] > things[f"{base}outcome/relapse"]["used"]


def test_the_page_shows_what_is_asked_for_first_and_leads_to_the_ontology(client):
    page = client.get("/sparql", headers={"Accept": "text/html"}).text
    schema = page[page.index("<aside") : page.index("</aside>")]
    assert schema.index("<code>ag:Result</code>") < schema.index("<code>ag:CitedPlace</code>")
    assert 'href="/ontology#_diagram"' in schema
    assert re.search(r'ag:outcome</code> outcome → <a href="/ontology#Outcome">outcome</a>', schema)


def test_a_wheel_carries_the_bundle(wheel):
    packed = wheel / "allograph" / "web" / "static" / "bundle"
    names = json.loads((packed / "manifest.json").read_text("utf-8")).values()
    assert {"licences.json", *names} <= {path.name for path in packed.iterdir()}


@pytest.mark.slow
def test_an_installed_wheel_serves_the_bundle_and_needs_no_checkout(wheel, tmp_path):
    command = [sys.executable, "-m", "allograph", "serve", "--port", "0", "--home", "home"]
    log = tmp_path / "log"
    with (
        log.open("w") as written,
        subprocess.Popen(
            command, stderr=written, cwd=tmp_path, env={"PYTHONPATH": str(wheel)}
        ) as process,
    ):
        try:
            until = time.monotonic() + 60
            while "http://" not in log.read_text() and time.monotonic() < until:
                time.sleep(0.05)
            server = log.read_text().split()[-1]
            page = get(server, "/sparql", accept="text/html").text
            for url in re.findall(r'src="(/static/bundle/[^"]+)"', page):
                assert get(server, url).status == 200
            assert "editor-" in page
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=60) == 0
