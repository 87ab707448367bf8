"""Checking anew: what is kept of an earlier check changes how long it takes, and nothing else."""

import os
import re
import threading
from contextlib import suppress
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, requires, version

import pytest
from mutations import Ground, all_slips
from mutations.bench import sample
from small import SMALL
from test_layers import DOORS, ORDER

from allograph.checks import anew, code, kept
from allograph.checks.anew import validated
from allograph.checks.check import check
from allograph.checks.kept import Kept
from allograph.checks.query_sights import sight_of_query
from allograph.checks.shapes import shapes_graph_of, validate
from allograph.checks.sight import Sight, Unknown
from allograph.checks.sights import sights_of

pytestmark = pytest.mark.slow

SEED = 3
STUDY, REPORT = "graph/study/ino-vate.ttl", "graph/report/jabbour-2018-abstract.ttl"
EDITS = {
    "a figure": (STUDY, "ag:value 80.7", "ag:value 180.7"),
    "a size that others count in": (
        "graph/study/ino-salvage-100.ttl",
        "ag:size 100 ;",
        "ag:size 50 ;",
    ),
    "a comment": (STUDY, "# ", "#\n# "),
    "the class of what is referred to": ("graph/target/cd22.ttl", "a ag:Target", "a ag:Drug"),
    "the name of what is referred to": (
        "graph/target/cd22.ttl",
        "\ntarget:cd22\n",
        "\ntarget:cd23\n",
    ),
    "a link to another study": (REPORT, "study:mini-hcvd-ino", "study:ino-vate"),
    "a regimen": ("graph/regimen/ino-weekly.ttl", "ag:doseHigh 0.8", "ag:doseHigh 0.08"),
    "a domain": (
        "ontology/allograph.ttl",
        "schema:domainIncludes ag:Drug",
        "schema:domainIncludes ag:Target",
    ),
    "a class": ("ontology/allograph.ttl", "rdfs:subClassOf ag:Result", "rdfs:subClassOf ag:Study"),
    "a concept": ("ontology/schemes/basis.ttl", "basis:reported\n", "basis:printed\n"),
    "a numeral": ("ontology/schemes/numeral.ttl", "ag:number 1 ;", "ag:number 11 ;"),
    "a shape": ("ontology/shapes/study.ttl", "sh:minCount 1", "sh:minCount 2"),
    "a prefix": (
        "ontology/prefixes.ttl",
        "https://w3id.org/allograph/regimen/",
        "https://w3id.org/allograph/regime/",
    ),
    "a file that is no Turtle": (STUDY, "a ag:Study ;", "a ag:Study"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """What is kept of a check of everything."""
    folder = tmp_path_factory.mktemp("kept")
    validated(Kept(folder, pytest.fail), SMALL)
    return folder


def edited(path, old, new):
    text = SMALL.contents[path].decode()
    assert old in text, path
    return with_files({path: text.replace(old, new, 1).encode()})


def with_files(files):
    """The curated files with others in their place; one that is ``None`` is taken away."""
    contents = {**SMALL.contents, **files}
    return replace(SMALL, contents={p: it for p, it in contents.items() if it is not None})


def said(results):
    return [str(result) for result in results]


def assert_the_same(folder, snapshot):
    """Twice: when it is made anew, and when it is said again."""
    fresh = check(snapshot)
    for _ in range(2):
        assert said(check(snapshot, kept=Kept(folder, pytest.fail))) == said(fresh)


@pytest.mark.usefixtures("without_questions")
@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_after_an_edit_a_check_says_what_a_fresh_one_says(folder, edit):
    assert_the_same(folder, edited(*edit))


@pytest.mark.usefixtures("without_questions")
@pytest.mark.parametrize(
    "files",
    [
        {STUDY: None},
        {"graph/target/cd22.ttl": None},
        {"ontology/schemes/tier.ttl": None},
        {
            "graph/target/cd99.ttl": SMALL.contents["graph/target/cd22.ttl"],
            "graph/target/cd22.ttl": None,
        },
        {"graph/drug/x.ttl": SMALL.contents["graph/drug/blinatumomab.ttl"]},
    ],
    ids=["a study goes", "a target goes", "a scheme goes", "a file is renamed", "a file comes"],
)
def test_when_files_come_and_go_a_check_says_what_a_fresh_one_says(folder, files):
    assert_the_same(folder, with_files(files))


def test_of_slips_of_many_kinds_the_shapes_say_what_they_say_when_asked_about_everything(folder):
    slips = sample(all_slips(Ground(SMALL.loaded, {}, {}), SEED), 1, SEED)[::4]
    assert len({slip.kind for slip in slips}) > 10
    told = set()
    for slip in slips:
        made = slip.made_in(SMALL.loaded)
        files = {
            path: "".join(f"{triple} .\n" for triple in made.files[path].triples).encode()
            for path in slip.paths
        }
        snapshot = with_files(files)
        fresh = validate(snapshot.loaded, snapshot.shapes)
        assert validated(Kept(folder, pytest.fail), snapshot) == fresh, slip
        told.update(result.rule for result in fresh)
    assert told


def test_after_an_edit_shapes_look_at_few_nodes_or_at_none(folder, monkeypatch):
    looked_at = []

    def look(loaded, shapes, **given):
        looked_at.append(given.get("nodes"))
        return validate(loaded, shapes, **given)

    validated(Kept(folder, pytest.fail), SMALL)
    monkeypatch.setattr(anew, "validate", look)
    validated(Kept(folder, pytest.fail), edited(STUDY, "# ", "#\n# "))
    assert looked_at == [], "a comment changes no triple"
    validated(Kept(folder, pytest.fail), edited(STUDY, "ag:value 80.7", "ag:value 80.8"))
    (nodes,) = looked_at
    assert 1 <= len(nodes) < 20


# What is kept


@pytest.fixture
def told():
    return []


@pytest.fixture
def entries(tmp_path, told):
    entries = Kept(tmp_path / "checks", told.append)
    entries.put("x", {"a": ["ä", None, 1]})
    return entries


def path_of(entries, name="x"):
    return entries.folder / f"{name}{kept.SUFFIX}"


def test_what_is_kept_is_found_again(entries, told):
    assert entries.get("x") == {"a": ["ä", None, 1]}
    assert entries.get("y") is None
    assert told == []


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(path.read_bytes()[:-1]),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[:80] + b"!" + path.read_bytes()[81:]),
        lambda path: path.write_text('["x", {"a": []}]'),
        lambda path: (path.unlink(), path.mkdir()),
        lambda path: (path.unlink(), os.mkfifo(path)),
    ],
    ids=["cut", "empty", "another byte", "foreign", "a folder", "a pipe"],
)
def test_what_is_damaged_is_told_once_and_made_anew(entries, told, damage):
    damage(path_of(entries))
    assert entries.get("x") is None
    assert entries.get("x") is None
    assert len(told) == 1
    assert "made anew" in told[0]
    if not path_of(entries).is_dir():
        entries.put("x", 1)
        assert entries.get("x") == 1


def test_an_entry_under_the_name_of_another_is_none(entries, told):
    path_of(entries).rename(path_of(entries, "y"))
    assert entries.get("y") is None
    assert "damaged" in told[0]


def test_where_nothing_can_be_kept_a_check_says_so_once_and_goes_on(tmp_path, told):
    (tmp_path / "file").touch()
    entries = Kept(tmp_path / "file" / "checks", told.append)
    entries.put("x", 1)
    entries.put("y", 1)
    assert entries.get("x") is None
    assert len(told) == 1
    assert "--no-cache" in told[0]


def test_old_entries_are_removed_and_what_was_never_finished(entries):
    abandoned = entries.folder / f"{kept._UNFINISHED}x"
    abandoned.touch()
    os.utime(abandoned, (0, 0))
    os.utime(path_of(entries), (0, 0))
    for number in range(kept.MOST_ENTRIES + 3):
        entries.put(f"n{number}", number)
    assert len(list(entries.folder.iterdir())) == kept.MOST_ENTRIES
    assert entries.get("x") is None


def test_many_checks_keep_and_find_at_once(entries, told):
    def use():
        for number in range(40):
            entries.put(f"n{number % 4}", [number % 4] * 1000)
            assert entries.get(f"n{number % 4}") == [number % 4] * 1000
        done.append(True)

    done = []
    threads = [threading.Thread(target=use) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 6
    assert told == []


def test_a_check_is_made_of_the_libraries_behind_its_doors():
    rooms = set(ORDER[: ORDER.index("checks") + 1])
    names = {"yaml": "pyyaml"}
    behind = {names.get(name, name) for name, doors in DOORS.items() if doors & rooms}
    unimportant = {"SPARQLWrapper", "docx", "openpyxl", "platformdirs", "watchfiles"}
    judging = behind - unimportant
    assert set(code.LIBRARIES) == judging | (needed_by(judging) - OF_NO_VERDICT)


OF_NO_VERDICT = frozenset(
    [
        *("importlib-metadata", "lazy-importer", "packaging", "prettytable"),
        *("typing-extensions", "wcwidth", "zipp"),
    ]
)
"""What a library needs to be imported, or to write tables that nobody asks for here."""


def needed_by(names):
    """The distributions that others require, and those that these require."""
    needed, waiting = set(), list(names)
    while waiting:
        for required in requires(waiting.pop()) or ():
            name = re.match(r"[\w.-]+", required)[0].lower().replace("_", "-")
            if "extra ==" not in required and name not in needed:
                with suppress(PackageNotFoundError):  # it is for another Python
                    version(name)
                    needed.add(name)
                    waiting.append(name)
    return needed


# The commands


def test_a_check_keeps_and_with_no_cache_it_does_not(checkout, tmp_path, allograph):
    home = tmp_path / "home"
    plain = allograph("check", "--root", checkout.root, "--no-cache", ALLOGRAPH_HOME=str(home))
    assert not home.exists()
    kept_now = allograph("check", "--root", checkout.root, ALLOGRAPH_HOME=str(home))
    assert list((home / "checks").glob("answer-*"))
    again = allograph("check", "--root", checkout.root, ALLOGRAPH_HOME=str(home))
    assert plain == kept_now == again


def test_what_is_damaged_is_a_remark_and_the_answer_is_the_same(checkout, tmp_path, allograph):
    home = tmp_path / "home"
    first = allograph("check", "--root", checkout.root, "--home", home)
    for path in (home / "checks").iterdir():
        path.write_bytes(path.read_bytes()[:100])
    again = allograph("check", "--root", checkout.root, "--home", home)
    assert again.stdout == first.stdout
    assert "is damaged, and is made anew" in again.stderr


# What shapes read


def test_every_shape_is_one_of_which_it_is_known_what_it_reads():
    """Else each check would look at everything."""
    shapes_graph, namespaces = shapes_graph_of(SMALL.shapes)
    assert sights_of(shapes_graph, dict(namespaces.items()))


def sight(pattern):
    return sight_of_query(f"SELECT $this WHERE {{ {pattern} }}", {"": "urn:"})


def test_a_query_reads_from_what_is_known_to_what_is_not():
    assert sight("$this :a ?x . ?y :b ?x ; :c ?z") == Sight({"urn:a", "urn:c"}, {"urn:b"})
    assert sight("$this :a/^:b+ ?x OPTIONAL { ?x :c 1 }") == Sight({"urn:a", "urn:c"}, {"urn:b"})
    assert sight("$this :a ?x FILTER NOT EXISTS { ?y :b ?x }") == Sight({"urn:a"}, {"urn:b"})
    assert sight("?x :a :k") == Sight(set(), {"urn:a"}, {"urn:k"})
    assert sight("$this ?p ?o . ?p :a ?x") == Sight({"urn:a"}, all_properties=True)


@pytest.mark.parametrize(
    "pattern",
    [
        "?x :a ?y",
        "$this :a ?y OPTIONAL { $this :b ?x } OPTIONAL { ?x :c ?z }",
        "{ $this :a ?x } UNION { $this :b ?y } ?x :c ?z",
        "$this :a ?x { SELECT ?x { ?x :b ?y } }",
        "$this ?p ?o . ?o :a ?x",
        "$this !:a ?x",
        "GRAPH ?g { $this :a ?x }",
    ],
)
def test_a_query_that_begins_elsewhere_is_not_known(pattern):
    with pytest.raises(Unknown):
        sight(pattern)
