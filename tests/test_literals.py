"""Literals: each is what its datatype says by the standard, not by what Python can read."""

import logging
from decimal import Decimal

import pytest
import rdflib
from approve import SNAPSHOT

from allograph.checks.check import check
from allograph.curated.results import Severity, ValidationResult
from allograph.curated.snapshot import read_snapshot
from allograph.errors import Location
from allograph.evidence.values import day, number, whole, wholes
from allograph.rdf.lexical import fits, number_of
from allograph.rdf.nodes import Node
from allograph.rdf.terms import Literal, NamedNode, quiet_about_literals, to_rdflib
from allograph.rdf.vocabularies import AG, XSD

FIT = {
    "integer": ["0", "-5", "+12", "007", "9" * 5000],
    "nonNegativeInteger": ["0", "-0", "1"],
    "positiveInteger": ["1", "9" * 400],
    "negativeInteger": ["-1"],
    "byte": ["-128", "127", "0000127"],
    "unsignedByte": ["255"],
    "long": ["-9223372036854775808"],
    "decimal": ["0.60", ".5", "5.", "-1", "+1.0"],
    "double": ["1E400", "1e-5", ".5", "5.", "INF", "-INF", "+INF", "NaN"],
    "float": ["9.2E1", "NaN"],
    "boolean": ["true", "false", "1", "0"],
    "date": ["2024-02-29", "2000-02-29Z", "-0004-02-29", "12016-12-31+14:00", "0000-01-01"],
    "dateTime": ["2024-02-29T24:00:00", "2016-10-01T23:59:59.999-13:59"],
    "dateTimeStamp": ["2016-10-01T00:00:00Z"],
    "time": ["23:59:59", "24:00:00.0Z"],
    "gYear": ["2016", "-0044", "12016", "2016Z"],
    "gYearMonth": ["2016-12", "2016-01+01:00"],
    "gMonthDay": ["--02-29", "--12-31"],
    "gMonth": ["--12"],
    "gDay": ["---31"],
    "duration": ["P1Y2M3DT4H5M6.7S", "-P1D", "PT0S", "P1M", "PT1M"],
    "yearMonthDuration": ["P1Y", "P14M"],
    "dayTimeDuration": ["P1D", "PT36H"],
    "hexBinary": ["", "0aFF"],
    "base64Binary": ["", "YWJj", "YWI=", "YQ==", "Y Q = ="],
    "anyURI": ["https://example.org/a?b#c", "a/b", ""],
    "language": ["en", "de-CH-1996"],
    "token": ["a b", ""],
    "normalizedString": [" a  b "],
    "string": ["", "a\nb"],
    "NCName": ["a-b", "e\u0301"],
}
NO_FIT = {
    "integer": ["1_2", "\u0662", "", " 12 ", "12\n", "1.0", "1e3", "0x1F", "--1", "+", "\uff11"],
    "nonNegativeInteger": ["-1", "-" + "9" * 400],
    "positiveInteger": ["0", "-0"],
    "nonPositiveInteger": ["1"],
    "negativeInteger": ["0"],
    "byte": ["128", "-129", "9" * 5000],
    "unsignedByte": ["256", "-1"],
    "unsignedLong": ["18446744073709551616"],
    "decimal": ["NaN", "INF", "1e5", ".", "1_0.5", "1,5", "\u0661.5", " 1", ""],
    "double": ["nan", "inf", "Infinity", "-NaN", "1e", "1_0", ""],
    "boolean": ["True", "TRUE", "yes", "2", ""],
    "date": ["2024-02-30", "2023-02-29", "1900-02-29", "2016-13-01", "2016-1-1", "20160612",
             "16-01-01",             "2016-06-12T00:00:00", "2016-06-12+14:01", "2016-W23-7",
             "\u0662\u0660\u0661\u0666-06-12"],
    "dateTime": ["2023-02-29T00:00:00", "2016-06-12T24:00:01", "2016-06-12", "2016-06-12 10:00:00"],
    "dateTimeStamp": ["2016-10-01T00:00:00"],
    "time": ["24:00:01", "23:60:00", "9:00:00"],
    "gYear": ["16", "02016", "2016-", "+2016"],
    "gYearMonth": ["2016-13", "2016-00", "2016"],
    "gMonthDay": ["--02-30", "--04-31"],
    "gMonth": ["--13"],
    "gDay": ["---32"],
    "duration": ["P", "PT", "P1DT", "1Y", "P1S", "P-1Y"],
    "yearMonthDuration": ["P1D"],
    "dayTimeDuration": ["P1Y"],
    "hexBinary": ["0", "0g"],
    "base64Binary": ["YWJ", "YQ="],
    "anyURI": ["a b", "<a>", "a\u2028b"],
    "language": ["e n", "englishlanguage", ""],
    "token": [" a", "a  b", "a\tb"],
    "NCName": ["1a", "a:b", ""],
    "decimals": ["1"],
}  # fmt: skip


def each(texts):
    return [(datatype, text) for datatype in texts for text in texts[datatype]]


@pytest.mark.parametrize(("datatype", "text"), each(FIT), ids=lambda text: ascii(text)[:30])
def test_a_text_of_the_lexical_space_fits(datatype, text):
    assert fits(text, XSD[datatype])


@pytest.mark.parametrize(("datatype", "text"), each(NO_FIT), ids=lambda text: ascii(text)[:30])
def test_any_other_text_does_not(datatype, text):
    assert not fits(text, XSD[datatype])


def test_a_datatype_of_somebody_else_takes_any_text():
    assert fits("anything", "https://w3id.org/cdt/ucum")


@pytest.mark.parametrize(
    "text",
    ["NaN", "sNaN", "INF", "Infinity", "1E400", "1E999999", "9" * 400, "1_2", "\u0662", "", "0E999",
     "0." + "3" * 40, "1E-400", " 1 ", "x", None],
)  # fmt: skip
def test_what_no_figure_can_be_is_no_number(text):
    assert number_of(text) is None


@pytest.mark.parametrize("text", ["0.60", "-1", "+1", ".5", "5.", "9.2E1", "999999999999", "1E-15"])
def test_a_figure_is_a_number_with_its_digits(text):
    assert str(number_of(text)) == str(Decimal(text))


def test_the_values_of_a_node_that_cannot_be_read_are_none():
    odd = {"value": "NaN", "size": "1E400", "accrualStart": "2024-02-30", "day": "\u00b2"}
    node = Node("urn:a", {AG[name]: [Literal(text)] for name, text in odd.items()})
    assert number(node, "value") is whole(node, "size") is day(node, "accrualStart") is None
    assert wholes(node, "day") == ()
    dated = Node("urn:a", {AG.on: [Literal("2016-10-01+02:00")]})
    assert day(dated, "on").isoformat() == "2016-10-01"


def test_a_finding_is_one_line_and_shows_what_nobody_sees():
    at = Location("a.ttl", 1)
    value = "\x1b[31m\u2028" + "x" * 10_000
    found = str(ValidationResult(at, Severity.VIOLATION, "urn:a", None, value, "No.", "a:b"))
    assert "Found: U+001B[31mU+2028xxx" in found
    assert "(10006 characters)" in found
    assert len(found) < 400


ODD = {
    '"NaN"^^xsd:decimal': "literal",
    '"NaN"^^xsd:double': "literal",
    '"-INF"^^xsd:double': "literal",
    '"1_2"^^xsd:integer': "literal",
    '"\u0662"^^xsd:integer': "literal",
    '""^^xsd:decimal': "literal",
    '" 92 "^^xsd:decimal': "literal",
    f'"{"9" * 5000}"^^xsd:integer': "literal",
    "1E400": "literal",
    '"2024-02-30"^^xsd:date': "literal",
    '"92\\u0001"': "character",
    '"92\\uFFFE"@en': "character",
}


@pytest.mark.slow
def test_no_literal_ends_a_check_and_each_has_a_finding_at_its_line(checkout, capfd):
    path = checkout.graph / "study" / "mini-hcvd-ino.ttl"
    text = path.read_text(encoding="utf-8")
    head, *parts = text.split("ag:value ")
    parts = [
        f"{odd} ;\n{part.partition(';')[2].lstrip()}" for odd, part in zip(ODD, parts, strict=False)
    ] + parts[len(ODD) :]
    xsd = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n"
    path.write_text(xsd + "ag:value ".join([head, *parts]).replace(f"{xsd}\n", ""), "utf-8")
    lines = path.read_text(encoding="utf-8").split("\n")
    found = {
        (result.at.line, result.rule.removeprefix("integrity:"))
        for result in check(read_snapshot(checkout), ["graph/study/mini-hcvd-ino.ttl"])
    }
    for odd, rule in ODD.items():
        (line,) = (n for n, line in enumerate(lines, start=1) if f"ag:value {odd} ;" in line)
        assert (line, rule) in found, odd
    assert capfd.readouterr() == ("", "")


@pytest.mark.slow
def test_a_check_of_a_day_that_does_not_exist_says_nothing_on_standard_error(allograph, checkout):
    path = checkout.graph / "report" / "kantarjian-2016.ttl"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"2026-11-20"^^xsd:date', '"2024-02-30"^^xsd:date', 1), "utf-8")
    done = allograph("check", path, "--root", checkout.root)
    assert done.returncode == 1
    assert "Found: 2024-02-30. [integrity:literal]" in done.stdout
    assert done.stderr == ""


def test_an_application_that_imports_us_still_hears_rdflib(caplog):
    with caplog.at_level(logging.WARNING, "rdflib.term"):
        with quiet_about_literals():
            rdflib.Literal("x", datatype=rdflib.XSD.integer)
        assert caplog.records == []
        rdflib.Literal("y", datatype=rdflib.XSD.integer)
        assert len(caplog.records) == 1


def test_what_rdflib_cannot_read_keeps_its_text_and_loses_its_datatype():
    term = to_rdflib(Literal("1_2", datatype=NamedNode(XSD.integer)))
    assert (str(term), term.value) == ("1_2", None)
    assert term.datatype not in (rdflib.XSD.integer, None)


@pytest.mark.slow
def test_no_literal_of_the_curated_graph_is_odd():
    assert not [
        result
        for result in check(SNAPSHOT, ["graph/study/ino-vate.ttl"])
        if result.rule in ("integrity:literal", "integrity:character")
    ]
