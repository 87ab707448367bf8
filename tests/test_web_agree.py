"""The page, the CSV and the JSON of a question hold the same rows, cell by cell."""

import csv
import re
from collections import Counter
from html.parser import HTMLParser
from io import StringIO
from urllib.parse import unquote

import pytest
from approve import QUESTIONS

from allograph.namespaces import BASE, key_of
from allograph.reading.answers.wish import ROWS_ON_A_PAGE
from allograph.reading.figures import unit_text

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
    """The rows of an answer: each as its cells, in columns and details, and where it leads."""

    def __init__(self, page):
        super().__init__()
        self.heads, self.rows = [], []
        self._inside = False
        self._cell = None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "table" and "answer" in given.get("class", ""):
            self._inside = True
        if not self._inside:
            return
        if tag == "th" and "data-columns" in given:
            self.heads.append(given["data-columns"].split())
        elif tag == "tbody":
            self.rows.append({"cells": [], "leads": set()})
        elif tag == "td" or "data-columns" in given:
            cells = self.rows[-1]["cells"]
            at_head = self.heads[len(cells)] if len(cells) < len(self.heads) else []
            names = given.get("data-columns", "").split() or at_head
            self._cell = {"names": names, "text": "", "leads": set()}
            cells.append(self._cell)
        elif tag == "a" and self.rows and self._cell is not None:
            self._cell["leads"].add(iri_of(given["href"]))
            self.rows[-1]["leads"].add(iri_of(given["href"]))

    def handle_endtag(self, tag):
        if tag == "table":
            self._inside = False

    def handle_data(self, data):
        if self._cell is not None:
            self._cell["text"] += data


def iri_of(href):
    """What a link is about: a figure is shown at its place, a finding on its page of doubts."""
    address = re.sub(r"^/study/([^/]+)/figure/", r"/study/\1#", href)
    address = re.sub(r"^/quality\?finding=[^#]+", "/quality", address)
    return f"{BASE}{unquote(address[1:])}" if address.startswith("/") else address


SAID_BY_THE_FIGURE = {"percentage", "count", "incidence"}
SIGNS = {"more-than": ">", "less-than": "<", "at-most": "≤", "at-least": "≥", "about": "≈"}


class Labels:
    """What keys are called, by the kind that a column names."""

    def __init__(self, question, entries):
        self._kinds = {column.name: column.of for column in question.columns}
        self._labels = {entry.iri: entry.label for entry in entries}

    def of(self, name, value):
        """The words for a value: the labels of its keys, or itself."""
        kind = self._kinds.get(name)
        return [
            self._labels.get(f"{BASE}{kind}/{part}", part) for part in re.split(r"\||; ", value)
        ]


def says(row, name, expected, labels):
    """Tell whether a row of the page says a value: as it stands, in words, or by a link.

    The unit of a figure that is no number, as "not reached", need not be said.
    """
    value = expected[name]
    text = squeezed(" ".join(cell["text"] for cell in row["cells"] if name in cell["names"]))
    if name.endswith("unit"):  # what two figures share is said with one of them
        text = squeezed(" ".join(cell["text"] for cell in row["cells"]))
        measured = "estimate" if name == "estimate_unit" else "value"
        numbers = [each for key, each in expected.items() if key.endswith(measured)]
        return unit_text(value) in text or (bool(numbers) and not any(numbers))
    if name.endswith("bound"):
        return any(
            word in text for word in (*labels.of(name, value), SIGNS[value.replace(" ", "-")])
        )
    if name == "p_sides":
        return {"1": "one-sided", "2": "two-sided"}.get(value, value) in text
    if name == "statistic" and value in SAID_BY_THE_FIGURE:
        return True
    if name == "time_origin" and value in ("not-stated", "not stated"):
        return True
    if name in ("flags", "findings"):
        return bool(text) and (
            name == "findings" or all(word in text for word in labels.of(name, value))
        )
    if re.fullmatch(r"-?[0-9.]+", value):
        return re.search(rf"(?<![\d.]){re.escape(value)}(?!\d|\.\d)", text) is not None
    value = {"true": "yes", "false": "no"}.get(value, value)
    leads = {lead for cell in row["cells"] for lead in cell["leads"]}
    return (
        squeezed(value) in text
        or value in leads
        or value in {key_of(lead) for lead in leads}
        or all(word in text for word in labels.of(name, value))
    )


def squeezed(text):
    return " ".join(text.split())


def as_texts(answer):
    names = answer["head"]["vars"]
    for binding in answer["results"]["bindings"]:
        yield {name: binding[name]["value"] if name in binding else "" for name in names}


@pytest.mark.parametrize("asked", ASKED)
def test_page_csv_and_json_agree(client, release, asked):
    name, _, arguments = asked.partition("?")
    address = f"/questions/{name}"
    in_csv = list(csv.DictReader(StringIO(client.get(f"{address}.csv?{arguments}").text)))
    answer = client.get(f"{address}.json?{arguments}").get_json()
    assert list(as_texts(answer)) == in_csv
    in_order = "&".join(filter(None, [arguments, f"sort={QUESTIONS[name].columns[0].name}"]))
    first = client.get(f"{address}.html?{in_order}")
    if not in_csv:
        assert arguments
        assert "No study of this release gives this" in first.text or "No row of" in first.text
        return
    table = AnswerTable(first.text)
    ordered = list(csv.DictReader(StringIO(client.get(f"{address}.csv?{in_order}").text)))
    assert Counter(map(str, ordered)) == Counter(map(str, in_csv))
    shown = ordered[:ROWS_ON_A_PAGE]
    assert len(table.rows) == len(shown)
    labels = Labels(QUESTIONS[name], release.entries)
    for row, expected in zip(table.rows, shown, strict=True):
        unsaid = {
            column: value
            for column, value in expected.items()
            if value and not says(row, column, expected, labels)
        }
        assert not unsaid, row
