"""The table of an answer: few columns that say much, narrowed, sorted and paged by plain links."""

import csv
import html
import io
import re

import pytest
from approve import QUESTIONS

from allograph.reading.answers.composed import COMPOSED
from allograph.reading.answers.wish import ROWS_ON_A_PAGE
from allograph.text.numerals import between

FIGURES = "/questions/figures"
HTML = {"Accept": "text/html"}


def page(client, address):
    response = client.get(address, headers=HTML)
    assert response.status_code == 200, response.text
    return response.text


def lines(text):
    """The rows of the table, each as the words of its cells."""
    bodies = re.findall(r"<tbody>(.*?)</tbody>", text, re.DOTALL)
    return [
        [
            " ".join(html.unescape(re.sub(r"<[^>]+>", " ", cell)).split())
            for cell in re.findall(r"<td[^>]*>(.*?)</td>", body.partition("</tr>")[0], re.DOTALL)
        ]
        for body in bodies
    ]


def heads(text):
    return re.findall(r'<th scope="col" data-columns="([^"]+)"', text)


def rows(client, address):
    return list(csv.DictReader(io.StringIO(client.get(address).text)))


def links(text, words):
    """The addresses of the links with these words."""
    found = re.findall(r'<a [^>]*href="([^"]+)"[^>]*>([^<]+)</a>', text)
    return [html.unescape(address) for address, label in found if label == words]


# What is read first


def test_outcome_figure_people_and_study_come_first(client):
    firsts = [names.split()[0] for names in heads(page(client, FIGURES))]
    assert firsts[:4] == ["outcome_label", "value", "group_label", "study_label"]


def test_a_share_stands_with_its_people_and_its_interval_in_one_cell(client):
    text = page(client, f"{FIGURES}?study=tower&outcome=complete-remission")
    figures = [line[1] for line in lines(text)]
    assert any(re.search(r"^[0-9.]+% · [0-9]+/[0-9]+", figure) for figure in figures), figures


def test_an_effect_names_its_measure_its_interval_and_its_p_value(client):
    text = page(client, "/questions/effects?study=ino-vate&outcome=overall-survival")
    at = [names.split()[0] for names in heads(text)].index("estimate")
    effects = [line[at] for line in lines(text)]
    assert f"hazard ratio 0.75 97.5% CI {between('0.57', '0.99')}; one-sided P = 0.0105" in effects


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_column_is_empty_in_all_rows_and_none_is_shown_twice(client, name):
    text = page(client, f"/questions/{name}")
    shown = [key for names in heads(text) for key in names.split()]
    found = rows(client, f"/questions/{name}.csv")
    for names in heads(text):
        assert any(row[key] for row in found for key in names.split()), names
    assert len({names.split()[0] for names in heads(text)}) == len(heads(text))
    assert set(shown) <= set(found[0])


def test_what_is_no_column_is_in_the_details_of_the_row(client):
    text = page(client, f"{FIGURES}?study=tower")
    details = re.findall(r'<details class="more">(.*?)</details>', text, re.DOTALL)
    assert any("As printed" in detail for detail in details)


# What a reader wants


def test_rows_are_narrowed_by_key_and_by_label(client):
    by_key = lines(page(client, f"{FIGURES}?f.study=tower&f.outcome=vod-sos"))
    by_label = lines(page(client, f"{FIGURES}?f.study=tower&f.outcome=VOD/SOS"))
    assert by_key == by_label
    found = rows(client, f"{FIGURES}.csv?study=tower")
    assert len(by_key) == sum(row["outcome"] == "vod-sos" for row in found)


def test_a_value_of_a_facet_leads_to_as_many_rows_as_it_says(client):
    text = page(client, f"{FIGURES}?f.study=ino-vate")
    found = re.findall(
        r'<li><a href="([^"]*f\.doubt=[^"]*)"[^>]*>[^<]*</a> <span class="quiet small">(\d+)', text
    )
    assert len(found) >= 2
    for address, count in found:
        narrowed = page(client, html.unescape(address).partition("#")[0])
        said = re.search(r'<p class="quiet small">(?:Rows \d+ to \d+ of )?(\d+) ?', narrowed)
        assert said[1] == count


def test_rows_are_sorted_by_number_and_what_is_empty_is_last(client):
    for sort, turned in (("value", False), ("-value", True)):
        text = page(client, f"{FIGURES}?study=ino-salvage-100&sort={sort}&columns=value")
        values = [float(value) for (value,) in lines(text) if value]
        assert values == sorted(values, reverse=turned)
        empties = [not value for (value,) in lines(text)]
        assert empties == sorted(empties)


def test_a_head_sorts_and_then_turns_round(client):
    text = page(client, f"{FIGURES}?study=ino-salvage-100")
    (address,) = links(text, "Figure")
    text = page(client, address.partition("#")[0])
    assert 'aria-sort="ascending"' in text
    (address,) = links(text, "Figure")
    assert "sort=-figure" in address


def test_a_page_has_a_hundred_rows_and_leads_to_the_next(client):
    total = len(rows(client, f"{FIGURES}.csv"))
    text = page(client, FIGURES)
    assert len(lines(text)) == ROWS_ON_A_PAGE < total
    seen = lines(text)
    while found := links(text, "Next"):
        text = page(client, found[0].partition("#")[0])
        seen += lines(text)
    assert len(seen) == total


def test_columns_are_chosen_in_their_order(client):
    text = page(client, f"{FIGURES}?study=tower&columns=study,figure&columns=cutoff")
    assert [names.split()[0] for names in heads(text)] == ["study_label", "value", "cutoff"]


def test_retellings_are_left_out_where_that_is_wanted(client):
    text = page(client, f"{FIGURES}?f.study=ino-hsct-pooled")
    assert lines(text)
    (address,) = re.findall(r'<a href="([^"]*retellings=no[^"]*)"', text)
    address = html.unescape(address)
    text = page(client, address.partition("#")[0])
    assert lines(text) == []
    assert "None of the" in text and links(text, "Show all rows")


@pytest.mark.parametrize(
    ("argument", "said"),
    [
        ("f.studdy=tower", "there is no column 'studdy'"),
        ("sort=valu", "did you mean"),
        ("columns=figure,nothing", "there is no column 'nothing'"),
        ("page=0", "page is a number from 1"),
        ("retellings=maybe", "retellings are yes or no"),
    ],
)
def test_what_an_answer_does_not_have_is_refused_by_name(client, argument, said):
    response = client.get(f"{FIGURES}?{argument}", headers=HTML)
    assert response.status_code == 400
    assert said.casefold() in html.unescape(response.text).casefold()


def test_a_cell_of_several_columns_takes_each_column_in_once():
    keys = [cell.key for cell in COMPOSED]
    assert len(keys) == len(set(keys))
