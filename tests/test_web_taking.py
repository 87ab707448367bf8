"""Answers to be taken along over HTTP: Excel, Word, Parquet, pictures, parts and sifted rows."""

import csv
import io
import json
import re

import docx
import duckdb
import openpyxl
import pandas
import pytest
from approve import QUESTIONS

from allograph.rdf.formats import formats_for
from allograph.reading.citation import NOTICE
from allograph.reading.taking.formats import ANSWER_FORMATS, DOCX, PARQUET, PNG, XLSX, is_document

SHARE = "/questions/share-reaching-transplant"
FIGURES = "/questions/figures"
DOCUMENTS = [format for format in ANSWER_FORMATS if is_document(format)]
DATA = formats_for("solutions")


def rows(response):
    assert response.status_code == 200, response.text
    return list(csv.DictReader(io.StringIO(response.text, newline="")))


def book(response):
    assert response.status_code == 200, response.text
    return openpyxl.load_workbook(io.BytesIO(response.data))


def parquet(response, tmp_path):
    assert response.status_code == 200, response.text
    path = tmp_path / "answer.parquet"
    path.write_bytes(response.data)
    return duckdb.sql(f"SELECT * FROM '{path}'")


@pytest.mark.parametrize("format", [*DOCUMENTS, PNG], ids=lambda format: format.name)
def test_a_document_comes_by_suffix_and_by_accept_header_with_a_name(client, format):
    by_suffix = client.get(f"{SHARE}.{format.name}")
    by_header = client.get(SHARE, headers={"Accept": format.media_type})
    assert by_suffix.status_code == by_header.status_code == 200
    assert by_suffix.mimetype == by_header.mimetype == format.media_type
    name = f'filename="share-reaching-transplant.{format.name}"'
    assert name in by_suffix.headers["Content-Disposition"]
    again = client.get(
        f"{SHARE}.{format.name}", headers={"If-None-Match": by_suffix.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")
    head = client.head(f"{SHARE}.{format.name}")
    assert (head.status_code, head.mimetype) == (200, format.media_type)
    assert head.headers["ETag"] == by_suffix.headers["ETag"]


def test_a_question_without_a_plot_has_no_png(client):
    without = next(name for name, question in QUESTIONS.items() if not question.plot)
    refused = client.get(f"/questions/{without}.png")
    assert refused.status_code == 404
    assert {"xlsx", "docx", "parquet"} <= set(refused.json["offered"])
    assert client.get(f"{SHARE}.png").data.startswith(b"\x89PNG\r\n")


def test_a_workbook_holds_the_rows_of_the_csv_and_what_stands_behind_them(client):
    expected = rows(client.get(f"{SHARE}.csv"))
    workbook = book(client.get(f"{SHARE}.xlsx"))
    assert workbook.sheetnames == ["answer", "sources and doubts", "columns", "about"]
    heads, *found = workbook["answer"].iter_rows(values_only=True)
    assert list(heads) == list(expected[0])
    texts = [["" if cell is None else str(cell) for cell in row] for row in found]
    assert texts == [list(row.values()) for row in expected]
    assert all(isinstance(row[heads.index("denominator")], int | None) for row in found)
    behind = list(workbook["sources and doubts"].iter_rows(min_row=2, values_only=True))
    sources = {row[1]: row for row in behind if row[0] == "source"}
    assert {row["report_label"] for row in expected} == set(sources)
    assert all(row[4].startswith("http") and row[5] for row in sources.values())
    doubts = [row for row in behind if row[0].startswith("doubt")]
    assert doubts[0][2] == "could change a decision"
    retold = [
        number for number, row in enumerate(expected, 2) if row["flags"] == "secondary-source"
    ]
    named = [row for row in doubts if row[0].endswith("curator") and row[2] == "weakens"]
    assert named[0][5] == f"{retold[0]}-{retold[-1]}"
    book_of_columns = list(workbook["columns"].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in book_of_columns] == list(heads)
    assert all(row[2] and row[3] for row in book_of_columns)


@pytest.mark.parametrize("name", ["xlsx", "docx", "parquet"])
def test_a_document_says_what_was_asked_of_which_release_and_what_it_is_not(
    client, release, name, tmp_path
):
    response = client.get(f"{SHARE}.{name}?drug=blinatumomab")
    if name == "xlsx":
        pairs = book(response)["about"].iter_rows(values_only=True)
        said = "\n".join(": ".join(map(str, pair)) for pair in pairs)
    elif name == "docx":
        read = docx.Document(io.BytesIO(response.data))
        said = "\n".join(it.text for it in read.paragraphs)
        said += read.sections[0].footer.paragraphs[0].text
        assert "after blinatumomab" in read.paragraphs[0].text
    else:
        parquet(response, tmp_path)
        pairs = duckdb.sql(
            "SELECT decode(key), decode(value)"
            f" FROM parquet_kv_metadata('{tmp_path / 'answer.parquet'}')"
        )
        said = "\n".join(map(": ".join, pairs.fetchall()))
    assert "after blinatumomab" in said
    assert release.id in said and NOTICE in said and "CC-BY-4.0" in said
    address = re.search(r"http://\S+drug=blinatumomab\S*", said)[0]
    assert f"release={release.id}" in address


def test_a_paper_has_the_table_as_people_read_it(client):
    response = client.get(f"{SHARE}.docx")
    (table,) = docx.Document(io.BytesIO(response.data)).tables
    heads, *found = [[cell.text for cell in row.cells] for row in table.rows]
    assert heads[:4] == ["Row", "Figure", "Of whom", "Study"]
    assert len(found) == len(rows(client.get(f"{SHARE}.csv")))
    assert "50% · 24/48" in [row[1] for row in found]


def test_a_paper_of_too_many_rows_is_refused_with_the_cure_and_never_cut(client):
    address = "/questions/denominator-chain"
    assert len(rows(client.get(f"{address}.csv"))) > DOCX.most_rows
    refused = client.get(f"{address}.docx")
    assert refused.status_code == 406
    assert "at most 2,000 rows" in refused.json["detail"] and "limit=" in refused.json["detail"]
    assert PARQUET.media_type in refused.json["offered"]
    assert client.get(f"{address}.docx?limit=20").status_code == 200


def test_parquet_has_the_rows_of_the_csv_with_types(client, tmp_path):
    expected = rows(client.get(f"{FIGURES}.csv"))
    found = parquet(client.get(f"{FIGURES}.parquet"), tmp_path)
    types = dict(zip(found.columns, map(str, found.types), strict=True))
    assert list(types) == list(expected[0])
    assert (types["value"], types["numerator"], types["study"]) == ("DOUBLE", "BIGINT", "VARCHAR")
    texts = found.project("result, value, numerator").fetchall()
    assert [row[0] for row in texts] == [row["result"] for row in expected]
    assert [row[1] for row in texts] == [
        float(row["value"]) if row["value"] else None for row in expected
    ]
    empty = parquet(client.get(f"{FIGURES}.parquet?limit=1"), tmp_path)
    assert dict(zip(empty.columns, map(str, empty.types), strict=True)) == types


def test_pandas_reads_a_workbook(client):
    response = client.get(f"{SHARE}.xlsx")
    frame = pandas.read_excel(io.BytesIO(response.data))
    assert frame["denominator"].max() == 236


# Parts


@pytest.mark.parametrize("name", ["effects", "coverage", "searches"])
def test_the_parts_of_an_answer_are_the_whole_of_it(client, name):
    whole = rows(client.get(f"/questions/{name}.csv"))
    size = -(-len(whole) // 3)
    found, address = [], f"/questions/{name}.csv?limit={size}"
    while address:
        response = client.get(address)
        found += rows(response)
        links = ", ".join(response.headers.getlist("Link"))
        following = re.search('<([^>]+)>; rel="next"', links)
        address = following[1] if following else ""
    assert found == whole


@pytest.mark.parametrize("format", [*DATA, *DOCUMENTS], ids=lambda format: format.name)
def test_each_format_takes_a_part(client, format):
    response = client.get(f"{SHARE}.{format.name}?limit=2&offset=1")
    assert response.status_code == 200
    links = response.headers.getlist("Link")
    assert any("limit=2&offset=3" in link and 'rel="next"' in link for link in links)
    whole = client.get(f"{SHARE}.{format.name}")
    assert response.headers["ETag"] != whole.headers["ETag"]
    if format is XLSX:
        assert book(response)["answer"].max_row == 3
    if format.name == "json":
        assert (response.json["rows"], response.json["complete"]) == (2, True)
        assert response.json["results"]["bindings"] == whole.json["results"]["bindings"][1:3]


@pytest.mark.parametrize(
    "wrong", ["limit=0", "limit=x", "limit=-1", "offset=-1", "offset=1.5", "limit=9999999999"]
)
def test_a_part_that_is_none_is_refused(client, wrong):
    for suffix in (".csv", ".xlsx", ".svg", ""):
        response = client.get(f"{SHARE}{suffix}?{wrong}")
        assert response.status_code == 400
    problem = client.get(f"{SHARE}.csv?{wrong}").json
    assert problem["parameter"] == wrong.partition("=")[0] and "whole number" in problem["detail"]


def test_a_part_beyond_the_end_is_empty_and_not_taken_for_no_answer(client):
    response = client.get(f"{SHARE}.json?offset=100000")
    assert (response.json["rows"], "remark" in response.json) == (0, False)
    page = client.get(f"{SHARE}?offset=100000", headers={"Accept": "text/html"}).text
    assert "No study of this release gives this" not in page


def test_a_page_shows_a_part_and_leads_to_the_next(client):
    page = client.get(f"{SHARE}?limit=2", headers={"Accept": "text/html"}).text
    assert "A part of the answer, from row 1 on." in page
    assert re.search(r'rel="next" href="[^"]*limit=2&amp;offset=2"', page)
    assert "share-reaching-transplant.xlsx?limit=2" in page


# Filters, order, retellings


@pytest.mark.parametrize("format", [*DATA, *DOCUMENTS], ids=lambda format: format.name)
def test_each_format_takes_the_filters_of_the_page(client, format):
    assert client.get(f"{SHARE}.{format.name}?retellings=no").status_code == 200
    refused = client.get(f"{SHARE}.{format.name}?f.nonsense=1")
    assert (refused.status_code, refused.json["parameter"]) == (400, "f.nonsense")


def test_sifted_rows_are_those_of_the_answer_in_the_order_that_is_wanted(client):
    whole = rows(client.get(f"{FIGURES}.csv"))
    wanted = [row for row in whole if row["study"] == "ino-vate"]
    found = rows(client.get(f"{FIGURES}.csv?f.study=ino-vate"))
    assert found == wanted
    by_value = rows(client.get(f"{FIGURES}.csv?f.study=ino-vate&sort=-value"))
    values = [float(row["value"]) for row in by_value if row["value"]]
    assert values == sorted(values, reverse=True)
    assert sorted(map(str, by_value)) == sorted(map(str, wanted))
    part = rows(client.get(f"{FIGURES}.csv?f.study=ino-vate&sort=-value&limit=3&offset=2"))
    assert part == by_value[2:5]
    assert not any(
        "secondary-source" in row["flags"]
        for row in rows(client.get(f"{FIGURES}.csv?retellings=no"))
    )


def test_rows_that_a_filter_leaves_none_of_are_no_gap_of_the_release(client):
    answer = client.get(f"{FIGURES}.json?f.study=ino-vate&f.report_tier=nothing-such").json
    assert (answer["rows"], "remark" in answer) == (0, False)


# What is said of it


def test_json_says_what_it_is_not(client):
    for address in (f"{SHARE}.json", f"{SHARE}.json?limit=1", "/search.json?q=VOD"):
        assert client.get(address).json["notice"] == NOTICE
    record = json.loads(client.get("/study/ino-vate.jsonld").data)
    assert record[0]["notice"] == NOTICE and "@id" in record[0]


def test_the_page_leads_to_what_people_call_excel_word_and_picture(client):
    page = client.get(f"{SHARE}?retellings=no", headers={"Accept": "text/html"}).text
    for label, name in (("Excel", "xlsx"), ("Word", "docx"), ("Picture", "png"), ("CSV", "csv")):
        link = rf'href="{SHARE}\.{name}\?retellings=no"[^>]*>{label}'
        assert re.search(link, page), name


def test_the_interface_tells_formats_parts_and_what_columns_mean(client):
    described = client.get("/openapi.json").json
    operation = described["paths"][f"{SHARE}.{{suffix}}"]["get"]
    suffixes = next(it for it in operation["parameters"] if it["name"] == "suffix")
    assert {"xlsx", "docx", "png", "parquet"} <= set(suffixes["schema"]["enum"])
    named = {it["name"]: it["schema"]["type"] for it in operation["parameters"]}
    assert named["limit"] == named["offset"] == "integer"
    schema = described["components"]["schemas"]["answer-share-reaching-transplant"]
    columns = schema["properties"]["results"]["properties"]["bindings"]["items"]["properties"]
    of = {column.name: column for column in QUESTIONS["share-reaching-transplant"].columns}
    assert list(columns) == list(of)
    assert all(of[name].meaning in it["description"] for name, it in columns.items())


def test_an_answer_too_long_to_be_sifted_is_refused_and_never_cut(client, monkeypatch):
    monkeypatch.setattr("allograph.reading.answers.rows.MOST_ROWS", 5)
    refused = client.get(f"{SHARE}.csv?sort=value&limit=1")
    assert refused.status_code == 400
    assert "is not filtered or sorted here" in refused.json["detail"]
    assert len(rows(client.get(f"{SHARE}.csv?limit=8"))) == 8
