"""Layers and doors: where an outside library comes in, and which way imports run."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import allograph

PACKAGE = Path(allograph.__file__).parent
DOORS = {
    "brotli": {"web"},
    "click": {"cli"},
    "flask": {"web"},
    "werkzeug": {"web"},
    "openpyxl": {"importers"},
    "platformdirs": {"release"},
    "prometheus_client": {"web"},
    "pyoxigraph": {"answers", "formats", "store", "terms", "turtle"},
    "pyparsing": {"sparql"},
    "pyshacl": {"validate"},
    "rapidfuzz": {"search"},
    "rdflib": {"load", "sparql", "terms", "validate"},
    "SPARQLWrapper": {"store"},
    "scipy": {"intervals"},
    "vl_convert": {"plots"},
    "waitress": {"connections", "framing", "serve"},
    "watchfiles": {"watch"},
    "yaml": {"headers"},
    "zstandard": {"web"},
}


def modules():
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        yield ".".join(part for part in parts if part != "__init__"), path


def imports_of(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "allograph":
            yield from (f"allograph.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module


MODULES = dict(modules())
IMPORTS = {name: set(imports_of(path)) for name, path in MODULES.items()}
OWN = {
    name: {
        module.removeprefix("allograph.")
        for module in imported
        if module.removeprefix("allograph.") in MODULES and module.startswith("allograph.")
    }
    for name, imported in IMPORTS.items()
}


@pytest.mark.parametrize("library", DOORS)
def test_a_library_comes_in_by_its_doors_and_by_each_of_them(library):
    users = {
        name.partition(".")[0]
        for name, imported in IMPORTS.items()
        if any(module.partition(".")[0] == library for module in imported)
    }
    assert users == DOORS[library]


def test_imports_run_one_way_without_a_circle():
    try:
        order = list(TopologicalSorter(OWN).static_order())
    except CycleError as error:
        pytest.fail(f"these import each other: {error.args[1]}")
    assert order.index("errors") < order.index("cli")


def test_the_errors_import_nothing_of_ours():
    assert not OWN["errors"]


def test_only_the_server_knows_the_web_and_only_the_command_line_knows_the_server():
    assert {name for name, own in OWN.items() if any(m.startswith("web") for m in own)} <= {
        "live",
        "serve",
        *(name for name in OWN if name.startswith("web")),
    }
    assert {name for name, own in OWN.items() if "live" in own} == {"serve"}
    assert {name for name, own in OWN.items() if "serve" in own} == {"cli.serving"}
    assert {name for name, own in OWN.items() if "cli" in own} == {"__main__"}


@pytest.mark.parametrize("name", [name for name in MODULES if name])
def test_a_module_says_what_it_does_and_is_short(name):
    source = MODULES[name].read_text()
    assert ast.get_docstring(ast.parse(source)).splitlines()[0].endswith((".", ":", "?"))
    assert source.count("\n") <= 400
