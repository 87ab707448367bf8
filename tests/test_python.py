"""The graph in Python: what docs/python.md promises, run as it stands there."""

import datetime
import re
from decimal import Decimal
from pathlib import Path

import pytest
from approve import SOURCES
from pools import BASE, curated

import allograph
from allograph.errors import ParameterError, QueryRefused, QuerySyntaxError, UnknownQuestion
from allograph.evidence.pooling.answers import Wish
from allograph.evidence.pooling.pool import pool
from allograph.rdf.vocabularies import AG

PAGE = Path(__file__).parents[1] / "docs" / "python.md"


@pytest.fixture(scope="module")
def graph(release, home):
    with allograph.open(str(SOURCES.root), str(home)) as graph:
        assert graph.release == release.id
        yield graph


@pytest.mark.slow
def test_the_examples_of_the_page_run(home, monkeypatch, capsys):
    opened = allograph.open
    monkeypatch.setattr(allograph, "open", lambda: opened(str(SOURCES.root), str(home)))
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) >= 7
    names = {}
    for block in blocks:
        exec(compile(block, PAGE.name, "exec"), names)  # noqa: S102  # the page is ours
    said = capsys.readouterr().out
    assert "39 of 67" in said
    assert "did you mean 'blinatumomab'?" in said


def test_rows_are_what_the_service_answers(graph, client):
    rows = graph.ask("figures", drug="inotuzumab-ozogamicin")
    bindings = client.get("/questions/figures.json?drug=inotuzumab-ozogamicin").get_json()[
        "results"
    ]
    assert len(rows) == len(bindings["bindings"]) > 0
    assert rows.release == graph.release
    for row, binding in zip(rows, bindings["bindings"], strict=True):
        assert tuple(row) == rows.columns
        assert {name for name, value in row.items() if value is not None} == set(binding)
        assert row["result"] == binding["result"]["value"]


def test_numbers_have_their_printed_digits(graph):
    rows = graph.ask("figures", study="ino-salvage-100")
    values = {row["result"].rpartition("#")[2]: row["value"] for row in rows}
    assert str(values["extramedullary-relapse-share"]) == "11.0"
    printed = [row for row in rows if re.search(r"\d\.0\b", row["reported_as"] or "")]
    assert printed and all(".0" in str(row["value"]) for row in printed if row["unit"] == "%")


def test_what_is_missing_is_none_and_numbers_are_decimals(graph):
    figures = graph.ask("figures", study="ino-vate")
    (row,) = [row for row in figures if row["result"].endswith("#cr-ino")]
    assert isinstance(row["value"], Decimal) and isinstance(row["numerator"], Decimal | None)
    assert None in row.values()


def test_a_parameter_takes_several_values_or_none(graph):
    both = graph.ask("figures", study=["ino-vate", "ino-children"])
    assert {row["study"] for row in both} == {"ino-vate", "ino-children"}
    assert len(graph.ask("figures", study=None)) == len(graph.ask("figures")) > len(both)


def test_a_question_that_has_moved_is_asked_by_its_old_name(graph):
    old = graph.ask("rule-granularity")
    assert old == graph.ask("rule-findings", rule="granularity")
    assert {row["rule"] for row in old} == {"granularity"}


def test_a_table_of_pandas_has_numbers_and_names_its_release(graph):
    rows = graph.ask("figures", study="ino-vate")
    table = rows.to_pandas()
    assert table.attrs["release"] == graph.release
    assert list(table.columns) == list(rows.columns)
    assert table["value"].dtype.kind == "f" and len(table) == len(rows)


def test_a_query_answers_rows_a_truth_value_or_triples(graph):
    assert graph.sparql("SELECT (1.50 AS ?x) (true AS ?y) {}") == [{"x": Decimal("1.5"), "y": True}]
    days = '("2026-02-28"^^<http://www.w3.org/2001/XMLSchema#date> AS ?day)'
    assert graph.sparql(f"SELECT {days} {{}}") == [{"day": datetime.date(2026, 2, 28)}]
    assert graph.sparql("ASK {}") is True
    drugs = graph.sparql(f"SELECT ?drug {{ ?drug a <{AG.Drug}> }}")
    assert len(graph.sparql(f"CONSTRUCT WHERE {{ ?drug a <{AG.Drug}> }}")) == len(drugs) > 0


def test_a_record_has_its_values_and_its_parts(graph):
    record = graph.record("study:ino-vate")
    assert record == graph.record(record.iri) == graph.record("study/ino-vate")
    assert record.values["rdfs:label"] == [record.label]
    assert {part.iri.partition("#")[0] for part in record.parts} == {record.iri}
    shares = graph.record("study/ino-salvage-100").parts
    (share,) = [part for part in shares if part.iri.endswith("#extramedullary-relapse-share")]
    assert list(map(str, share.values["ag:value"])) == ["11.0"]


def test_pooling_is_that_of_the_command(graph):
    answer = graph.pool("hsct-receipt", drug="inotuzumab-ozogamicin")
    wish = Wish(f"{BASE}outcome/hsct-receipt", f"{BASE}drug/inotuzumab-ozogamicin")
    assert answer == pool(curated(), wish)
    two = ["ino-cd22", "ino-single-and-weekly"]
    pooled = graph.pool("hsct-receipt", drug="inotuzumab-ozogamicin", studies=two)
    (both,) = pooled.pools
    assert (both.crude.events, both.crude.people, both.refusals) == (63, 163, ())
    (alone,) = graph.pool("outcome:hsct-receipt", studies=["mini-hcvd-ino"]).refused
    assert (alone.crude.people, alone.synthesis) == (48, None)
    across = graph.pool("vod-sos", drug="inotuzumab-ozogamicin", across=["definition", "time"])
    assert across.wish.across == {"definition", "time"}
    assert not graph.pool("early-death", studies=two).pooled


def test_what_is_not_there_is_named(graph):
    with pytest.raises(UnknownQuestion, match="figures"):
        graph.ask("figure")
    with pytest.raises(ParameterError, match="did you mean 'blinatumomab'"):
        graph.ask("figures", drug="blinatumumab")
    with pytest.raises(ParameterError, match="did you mean 'study/ino-vate'"):
        graph.record("study/ino-vat")
    with pytest.raises(ParameterError, match="no outcome is called 'x'"):
        graph.pool("x")
    with pytest.raises(QuerySyntaxError):
        graph.sparql("SELECT * {")
    with pytest.raises(QueryRefused):
        graph.sparql("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")
