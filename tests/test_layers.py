"""Layers and doors: which way imports run, and where an outside library comes in."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import allograph

PACKAGE = Path(allograph.__file__).parent
TESTS = Path(__file__).parent
ORDER = (
    "errors",
    "namespaces",
    "text",
    "settings",
    "rdf",
    "tables",
    "curated",
    "synthesis",
    "evidence",
    "doubts",
    "questions",
    "checks",
    "intake",
    "release",
    "workers",
    "reading",
    "drawings",
    "web",
    "service",
    "cli",
)
"""The rooms of the package, bottom up: each may use those before it, and no other."""

DOORS = {
    "brotli": {"web"},
    "cattrs": {"text"},
    "click": {"cli"},
    "docx": {"tables"},
    "flask": {"web"},
    "werkzeug": {"web"},
    "numpy": {"synthesis"},
    "openpyxl": {"tables"},
    "platformdirs": {"curated"},
    "prometheus_client": {"web"},
    "pyoxigraph": {"rdf"},
    "pyparsing": {"rdf"},
    "pyshacl": {"checks"},
    "rapidfuzz": {"reading"},
    "rdflib": {"checks", "curated", "rdf", "reading"},
    "regex": {"intake"},
    "scipy": {"synthesis"},
    "SPARQLWrapper": {"rdf"},
    "vl_convert": {"drawings"},
    "waitress": {"service"},
    "watchfiles": {"curated"},
    "yaml": {"questions"},
    "zstandard": {"web"},
}


def modules_in(folder):
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(folder).with_suffix("").parts
        yield ".".join(part for part in parts if part != "__init__"), path


def imports_of(source):
    """The modules that a source imports, in full."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


MODULES = {name: path for name, path in modules_in(PACKAGE) if name not in ("", "__main__")}
IMPORTS = {name: set(imports_of(path.read_text())) for name, path in MODULES.items()}
OWN = {
    name: {
        module.removeprefix("allograph.")
        for module in imported
        if module.startswith("allograph.") and module.removeprefix("allograph.") in MODULES
    }
    for name, imported in IMPORTS.items()
}


def room(module):
    return module.partition(".")[0]


def running_up(own):
    """The imports from a room to one that is above it."""
    return {
        (name, used)
        for name, modules in own.items()
        for used in modules
        if ORDER.index(room(used)) > ORDER.index(room(name))
    }


def test_each_room_has_its_place_in_the_order():
    assert {room(name) for name in MODULES} == set(ORDER)
    assert len(ORDER) <= 20


def test_no_import_runs_up():
    assert not running_up(OWN)


@pytest.mark.parametrize("place", range(1, len(ORDER)))
def test_an_import_that_is_turned_round_is_seen(place):
    below, above = ORDER[place - 1 : place + 1]
    assert running_up({below: {above}}) == {(below, above)}
    assert not running_up({above: {below}})


def test_modules_do_not_import_each_other_in_a_circle():
    try:
        list(TopologicalSorter(OWN).static_order())
    except CycleError as error:
        pytest.fail(f"these import each other: {error.args[1]}")


@pytest.mark.parametrize("library", DOORS)
def test_a_library_comes_in_by_its_doors_and_by_each_of_them(library):
    users = {
        room(name)
        for name, imported in IMPORTS.items()
        if any(room(module) == library for module in imported)
    }
    assert users == DOORS[library]


def test_every_module_says_what_it_does_and_is_short():
    for name, path in MODULES.items():
        source = path.read_text()
        first = (ast.get_docstring(ast.parse(source)) or "").splitlines()[:1]
        assert first and first[0].endswith((".", ":", "?", ",")), name
        assert source.count("\n") <= 400, name


def test_every_folder_says_who_may_touch_it():
    for folder in ORDER:
        path = PACKAGE / folder / "__init__.py"
        assert not path.parent.is_dir() or len(ast.get_docstring(ast.parse(path.read_text()))) > 80
