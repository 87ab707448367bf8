"""Summaries of Findings over HTTP: the table at its address, in each format, and what is none."""

import csv
import io
import json

import docx
import openpyxl
import pytest
from approve import SOURCES

from allograph.reading.citation import NOTICE
from allograph.web.pages.summary import ANSWERS

COMPARED = "/summary/inotuzumab-ozogamicin..standard-intensive-chemotherapy"
ALONE = "/summary/inotuzumab-ozogamicin"
PAGE = {"Accept": "text/html"}
FORMATS = [format for format in ANSWERS if format.name != "html"]


def finding(response, key, **wanted):
    assert response.status_code == 200, response.text
    return next(
        each
        for each in response.json["findings"]
        if each["outcome"] == key and all(each[name] == value for name, value in wanted.items())
    )


@pytest.mark.parametrize("format", FORMATS, ids=lambda format: format.name)
def test_a_summary_comes_by_suffix_and_by_accept_header(client, format):
    by_suffix = client.get(f"{COMPARED}.{format.name}")
    by_header = client.get(COMPARED, headers={"Accept": format.media_type})
    assert by_suffix.status_code == by_header.status_code == 200
    assert by_suffix.mimetype == by_header.mimetype == format.media_type
    name = "summary-inotuzumab-ozogamicin-or-standard-intensive-chemotherapy"
    assert f'filename="{name}.{format.name}"' in by_suffix.headers["Content-Disposition"]
    again = client.get(
        f"{COMPARED}.{format.name}", headers={"If-None-Match": by_suffix.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")


def test_the_page_has_a_link_to_each_figure_and_to_each_note(client):
    page = client.get(COMPARED, headers=PAGE).text
    assert "HR 0.75 (97.5% CI 0.57 to 0.99)" in page
    assert 'href="/study/ino-vate/figure/os-2019"' in page
    assert 'href="#note-1"' in page and 'id="note-1"' in page
    assert "not judged" in page and "proposed: at most" in page
    assert 'href="/pool/overall-survival?drug=inotuzumab-ozogamicin' in page
    assert "Not medical advice." in page


def test_the_questions_of_a_haematologist_are_answered(client):
    compared, alone = client.get(f"{COMPARED}.json"), client.get(f"{ALONE}.json")
    remission = finding(compared, "complete-remission", in_table=True)
    assert [remission["relative"]["measure"], remission["studies"][0]["study"]] == [
        "rr",
        "ino-vate",
    ]
    survival = finding(compared, "overall-survival", in_table=True)
    assert survival["relative"]["level"] == 97.5
    assert survival["absolute"]["without"]["at_time"] == 24
    vod = finding(compared, "vod-sos", in_table=True)
    assert vod["absolute"]["difference"]["value"] > 0
    assert vod["notes"], "its doubts"
    mrd = finding(compared, "mrd-negativity", in_table=True)
    assert (mrd["state"], mrd["figures"][0]["derived"]) == ("one", True)
    notes = {note["number"]: note["text"] for note in compared.json["notes"]}
    assert any(notes[number].startswith("Derived, INO-VATE: ") for number in mrd["notes"])
    states = {each["state"] for each in alone.json["findings"] if each["outcome"] == "vod-sos"}
    assert {"pooled", "one"} <= states
    assert compared.json["note"] == NOTICE
    assert compared.json["release"] == compared.headers["Dataset-Release"]


def test_nothing_that_is_refused_has_a_number_of_a_model(client):
    for address in (COMPARED, ALONE, "/summary/blinatumomab..standard-of-care"):
        for each in client.get(f"{address}.json").json["findings"]:
            if each["state"] in ("refused", "nothing"):
                assert (each["absolute"], each["relative"]) == (None, None)
                assert each["why"]
            elif each["state"] == "pooled":
                assert each["model"]["model"]
            else:
                assert each["model"] is None


def test_tables_for_revman_come_as_csv_and_no_other_does(client):
    response = client.get(f"{COMPARED}.csv?table=study-arms")
    rows = list(csv.DictReader(io.StringIO(response.text, newline="")))
    assert list(rows[0]) == ["Study", "Arm", "Description", "Intervention"]
    assert 'study-arms.csv"' in response.headers["Content-Disposition"]
    wrong = client.get(f"{COMPARED}.csv?table=study-arm")
    assert (wrong.status_code, wrong.json["parameter"]) == (400, "table")
    assert "study-arms" in wrong.json["known"]


def test_documents_open_in_their_programs(client):
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{ALONE}.xlsx").data))
    heads = [cell.value for cell in next(book["summary"].iter_rows())]
    assert heads[:3] == ["People", "Outcome", "Of 1,000 people"]
    paper = docx.Document(io.BytesIO(client.get(f"{ALONE}.docx").data))
    assert paper.paragraphs[0].text == "Summary of findings: inotuzumab ozogamicin"
    assert client.get(f"{COMPARED}.png").data.startswith(b"\x89PNG\r\n")


@pytest.mark.parametrize(
    ("address", "near"),
    [
        ("/summary/blinatumomb", "/summary/blinatumomab"),
        ("/summary/blinatumomab..hyper-cvda", "/summary/blinatumomab..hyper-cvad"),
    ],
)
def test_what_is_no_drug_and_no_comparator_is_not_found_and_told_what_was_meant(
    client, address, near
):
    refused = client.get(f"{address}.json")
    assert refused.status_code == 404
    assert near in refused.json["near"]


def test_a_suffix_that_is_none_is_told_with_those_that_are(client):
    refused = client.get(f"{COMPARED}.rm5")
    assert refused.status_code == 404
    assert {"xlsx", "csv", "docx"} <= set(refused.json["offered"])


def test_the_list_leads_to_each_summary(client):
    listed = client.get("/summary.json").json["summaries"]
    first = listed[0]
    assert first["drug"] == "inotuzumab-ozogamicin"
    hrefs = [first["href"], *(one["href"] for one in first["against"])]
    page = client.get("/summary", headers=PAGE).text
    assert all(href.removeprefix("http://localhost") in page for href in hrefs)
    assert client.get("/drug/blinatumomab", headers=PAGE).text.count("/summary/blinatumomab") == 1


def test_the_command_and_the_address_say_the_same(client, allograph, home):
    by_address = client.get(f"{COMPARED}.json").json
    done = allograph(
        *("summary", "inotuzumab-ozogamicin", "--against", "standard-intensive-chemotherapy"),
        *("--format", "json", "--home", str(home), "--root", str(SOURCES.root)),
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["findings"] == by_address["findings"]
    wrong = allograph("summary", "inotuzumb", "--home", str(home), "--root", str(SOURCES.root))
    assert (wrong.returncode, "did you mean" in wrong.stderr) == (2, True)
