"""SHACL: each result names the file and the line, the rule, and how grave it is."""

import pytest

from allograph.checks.shapes import validate
from allograph.curated.results import Severity, summary, violations
from allograph.curated.snapshot import load, read_snapshot
from allograph.curated.sources import Part
from allograph.errors import FileError
from allograph.namespaces import BASE

pytestmark = pytest.mark.slow

SHAPE = """
PREFIX ag:    <https://w3id.org/allograph/ontology#>
PREFIX sh:    <http://www.w3.org/ns/shacl#>
PREFIX shape: <https://w3id.org/allograph/shapes#>

shape:Test
    a sh:NodeShape ;
    sh:targetNode <https://w3id.org/allograph/drug/blinatumomab> ;
    {constraint} .
"""
SPARQL = """sh:sparql shape:Test-rule .

shape:Test-rule
    sh:prefixes <https://w3id.org/allograph/prefixes> ;
    sh:severity {severity} ;
    sh:message "It has a modality: {{?value}}."@en ;
    sh:select "SELECT $this ?value WHERE {{ $this ag:modality ?value }}" """


@pytest.fixture
def results_of(small_checkout):
    def results_of(constraint):
        for path in small_checkout.files(Part.SHAPES):
            path.unlink()
        shape = SHAPE.format(constraint=constraint)
        (small_checkout.ontology / "shapes" / "test.ttl").write_text(shape)
        return validate(load(small_checkout), read_snapshot(small_checkout).shapes)

    return results_of


def line_of_blinatumomab(small_checkout):
    path = small_checkout.graph / "drug" / "blinatumomab.ttl"
    return path.read_text().splitlines().index("drug:blinatumomab") + 1


def test_the_curated_graph_breaks_no_shape(shape_results):
    assert violations(shape_results) == []


def test_a_result_names_file_line_rule_path_and_value(results_of, small_checkout):
    (result,) = results_of(
        "sh:property shape:Test-modality .\n\nshape:Test-modality\n    sh:path ag:modality ;\n"
        '    sh:hasValue "x" ;\n    sh:message "It is x."@en'
    )
    assert result.at.path == "graph/drug/blinatumomab.ttl"
    assert result.at.line == line_of_blinatumomab(small_checkout)
    assert result.focus_node == f"{BASE}drug/blinatumomab"
    assert (result.rule, result.path) == ("shape:Test-modality", "ag:modality")
    assert str(result).endswith(": violation: It is x. [shape:Test-modality]")


@pytest.mark.parametrize("severity", ["Violation", "Warning", "Info"])
def test_severities_are_told_apart(results_of, severity):
    constraint = SPARQL.format(severity=f"sh:{severity}")
    results = results_of(f"sh:severity sh:{severity} ; {constraint}")
    assert [result.severity for result in results] == [Severity(severity.lower())]
    assert bool(violations(results)) is (severity == "Violation")


def test_a_sparql_constraint_fills_in_its_message(results_of):
    (result,) = results_of(SPARQL.format(severity="sh:Violation"))
    modality = "https://w3id.org/allograph/modality/bispecific-t-cell-engager"
    assert result.message == f"It has a modality: {modality}."
    assert result.rule == "shape:Test-rule"


def test_a_rule_sees_the_digits_as_printed(results_of, small_checkout):
    path = small_checkout.graph / "drug" / "blinatumomab.ttl"
    path.write_text(path.read_text().replace("a ag:Drug ;", "a ag:Drug ; ag:value 0.60 ;"))
    (result,) = results_of(
        SPARQL.format(severity="sh:Violation").replace("ag:modality ?value", "ag:value ?value")
    )
    assert result.value == "0.60"


def test_a_shape_that_is_wrong_is_named(results_of):
    with pytest.raises(FileError, match=r"^ontology/shapes: a shape"):
        results_of('sh:sparql [ sh:select "SELECT $this WHERE { $this ag:x ?y MINUS { } }" ]')


@pytest.mark.parametrize(
    ("right", "wrong", "why"),
    [
        ("$this ag:", "$this aq:", "Unknown namespace prefix : aq"),
        ("?value }}", "?value }} }}", "Expected end of text"),
    ],
)
def test_a_query_of_a_shape_that_cannot_be_read_is_named(results_of, right, wrong, why):
    with pytest.raises(FileError, match=rf"^ontology/shapes: a shape is wrong, .*{why}"):
        results_of(SPARQL.replace(right, wrong).format(severity="sh:Violation"))


def test_the_summary_counts_violations_and_warnings(results_of):
    assert summary(results_of(SPARQL.format(severity="sh:Violation"))) == (
        "violations: 1, warnings: 0"
    )
