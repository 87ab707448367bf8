"""The page, the CSV and the JSON of a question hold the same rows, cell by cell."""

import csv
from html.parser import HTMLParser
from io import StringIO
from urllib.parse import unquote

import pytest
from allograph.reading.answer_table import ROWS_ON_A_PAGE
from approve import QUESTIONS

from allograph.namespaces import BASE, key_of

LONG = {"denominator-chain", "doubts", "figures", "rule-findings"}
ASKED = [
    *(pytest.param(name, marks=pytest.mark.slow) if name in LONG else name for name in QUESTIONS),
    "figures?study=ino-vate&study=ino-children",
    "survival-at-a-time?at_time=2+a",
    "share-reaching-transplant?drug=",
    "rule-findings?rule=granularity",
    "rule-findings?rule=dose-unit",
]


class AnswerTable(HTMLParser):
    """The table of an answer: the columns that each head names, and the cells of each row."""

    def __init__(self, page):
        super().__init__()
        self.heads, self.rows = [], []
        self._inside = self._cell = None
        self._skipped = False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "table" and "answer" in given.get("class", ""):
            self._inside = True
        if not self._inside:
            return
        if tag == "th" and "data-columns" in given:
            self.heads.append(given["data-columns"].split())
        elif tag == "tr":
            self._skipped = given.get("class") == "behind"
            if not self._skipped:
                self.rows.append([])
        elif tag == "td" and not self._skipped:
            self._cell = {"text": "", "value": given.get("data-value"), "href": None}
            self.rows[-1].append(self._cell)
        elif tag == "a" and self._cell is not None:
            self._cell["href"] = self._cell["href"] or given["href"]

    def handle_endtag(self, tag):
        if tag == "td":
            self._cell = None
        elif tag == "table":
            self._inside = None

    def handle_data(self, data):
        if self._cell is not None:
            self._cell["text"] += data

    def records(self):
        """The rows as the data has them: shown values, and the IRIs that they lead to."""
        for row in self.rows:
            if row:
                yield dict(
                    pair
                    for names, cell in zip(self.heads, row, strict=True)
                    for pair in self.values(names, cell)
                )

    def values(self, names, cell):
        shown, *others = names
        text = cell["value"] if cell["value"] is not None else cell["text"].strip()
        iri = cell["href"] and iri_of(cell["href"])
        yield shown, ("" if text == "–" and others else text, iri)  # noqa: RUF001
        for other in others:
            yield other, (iri or "", iri)


def iri_of(href):
    return f"{BASE}{unquote(href[1:])}" if href.startswith("/") else href


def is_same(on_the_page, in_the_data):
    """Tell whether a cell says a value: as it stands, in words, or by a link to IRI or key."""
    text, iri = on_the_page
    in_the_data = {"true": "yes", "false": "no"}.get(in_the_data, in_the_data)
    squeezed = " ".join(in_the_data.split())
    return squeezed in (" ".join(text.split()), iri) or bool(iri and key_of(iri) == squeezed)


def as_texts(answer):
    names = answer["head"]["vars"]
    for binding in answer["results"]["bindings"]:
        yield {name: binding[name]["value"] if name in binding else "" for name in names}


@pytest.mark.parametrize("asked", ASKED)
def test_page_csv_and_json_agree(client, asked):
    name, _, arguments = asked.partition("?")
    address = f"/questions/{name}"
    page = client.get(f"{address}.html?{arguments}")
    assert page.status_code == 200
    in_csv = list(csv.DictReader(StringIO(client.get(f"{address}.csv?{arguments}").text)))
    answer = client.get(f"{address}.json?{arguments}").get_json()
    assert list(as_texts(answer)) == in_csv
    if not in_csv:
        assert arguments
        assert "No row of this release answers" in page.text
        return
    table = AnswerTable(page.text)
    on_the_page = list(table.records())
    assert {column for names in table.heads for column in names} == set(answer["head"]["vars"])
    first = in_csv[:ROWS_ON_A_PAGE]
    assert len(on_the_page) == len(first)
    for shown, expected in zip(on_the_page, first, strict=True):
        wrong = {
            column: (shown[column], value)
            for column, value in expected.items()
            if not is_same(shown[column], value)
        }
        assert not wrong
