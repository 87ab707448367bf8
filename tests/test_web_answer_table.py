"""The table of an answer: few columns that say much, narrowed, sorted and paged by plain links."""

import csv
import html
import io
import re
from itertools import groupby

import pytest
from approve import QUESTIONS

from allograph.reading.answers.composed import COMPOSED
from allograph.reading.answers.facets import IN_SIGHT
from allograph.reading.answers.studies import blocks_of
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


def test_the_switch_says_how_many_rows_retellings_have(client):
    text = page(client, f"{FIGURES}?study=ino-vate")
    said = int(re.search(r"Without \((\d+) rows?\)", text)[1])
    found = rows(client, f"{FIGURES}.csv?study=ino-vate")
    retold = [row for row in found if "secondary-source" in row["flags"].split("|")]
    assert said == len(retold) > 0
    left = rows(client, f"{FIGURES}.csv?study=ino-vate&retellings=no")
    assert len(left) == len(found) - said


def test_rows_are_narrowed_by_a_population_that_no_column_names(client):
    condition = "childhood+B-cell+precursor+acute+lymphoblastic+leukaemia+in+first+relapse"
    text = page(client, f"{FIGURES}?f.population={condition}")
    assert "condition_label" not in " ".join(heads(text))
    shown = {line[3].split(" ")[0] for line in lines(text)}
    assert "AALL1331" in shown
    assert "TOWER" not in shown
    broad = page(client, f"{FIGURES}?f.population=acute+lymphoblastic+leukaemia&page=3")
    assert len(lines(broad)) == ROWS_ON_A_PAGE


def test_a_value_that_was_asked_for_by_its_key_can_be_taken_back(client):
    text = page(client, f"{FIGURES}?f.study=tower&f.outcome=relapse")
    chosen = re.findall(r'<a class="chosen" href="([^"]+)"[^>]*>(\w+): <b>([^<]+)</b>', text)
    assert {(label, value.partition(":")[0]) for _, label, value in chosen} == {
        ("Study", "TOWER"),
        ("Outcome", "relapse"),
    }
    for address, label, _ in chosen:
        assert (f"f.{label.casefold()}=" in address) is False


def test_of_a_long_facet_the_values_of_most_rows_are_in_sight_and_the_others_folded(client):
    text = page(client, FIGURES)
    (outcomes,) = re.findall(
        r"<summary>Outcome</summary>\n<div class=\"values\">(.*?)</div>", text, re.DOTALL
    )
    in_sight, folded = outcomes.split('<details class="more">')
    counts = [
        [int(count) for count in re.findall(r'<span class="quiet small">(\d+)', part)]
        for part in (in_sight, folded)
    ]
    assert len(counts[0]) == IN_SIGHT
    assert min(counts[0]) >= max(counts[1])
    assert f"<summary>{len(counts[1])} more</summary>" in folded


def test_the_gravest_doubts_are_in_sight_and_the_others_folded(client):
    text = page(client, "/questions/effects?study=aall1331")
    cells = re.findall(r'<td data-label="Doubts"[^>]*>(.*?)</td>', text, re.DOTALL)
    folded = [cell for cell in cells if "<details" in cell]
    assert folded
    for cell in folded:
        assert cell.partition("<details")[0].count("<li>") == 2


# In which order


def test_the_randomised_and_the_large_stand_first_and_the_rows_of_a_study_together(client):
    text = page(client, "/questions/share-reaching-transplant?drug=")
    assert "randomised and large studies first" in text
    designs = [" ".join(line).partition(" ")[0] for line in lines(text)]
    assert designs
    order = [names.split()[0] for names in heads(text)].index("study_label")
    studies = [line[order] for line in lines(text)]
    assert [name for name, _ in groupby(studies)] == list(dict.fromkeys(studies))
    randomised = [study.endswith("randomised trial") for study in studies]
    assert randomised == sorted(randomised, reverse=True)


def test_an_order_that_is_not_by_study_stays(client):
    text = page(client, "/questions/identifiers")
    assert "randomised and large studies first" not in text


@pytest.mark.parametrize(
    ("query", "names", "blocks"),
    [
        ("SELECT * {} ORDER BY ?study ?outcome", ["study", "outcome"], ()),
        ("SELECT * {} ORDER BY ?outcome_label ?study_label", ["outcome_label"], ("outcome_label",)),
        ("SELECT * {} ORDER BY DESC(?kind) ?study_label\n", ["kind"], ("kind",)),
        ("SELECT * {} ORDER BY ?hidden ?study_label", ["study_label"], None),
        ("SELECT * {} ORDER BY ?outcome_label", ["outcome_label"], None),
        ("SELECT * {}", [], None),
        ("", [], None),
    ],
)
def test_studies_change_places_within_what_is_sorted_by_before_them(query, names, blocks):
    assert blocks_of(query, names) == blocks


# What is data


@pytest.mark.parametrize("suffix", ["csv", "tsv", "json", "xml", "md"])
def test_data_have_the_rows_of_the_page_with_all_their_columns(client, suffix):
    arguments = "f.study=tower&f.outcome=overall-survival&sort=-value&columns=figure"
    found = rows(client, f"{FIGURES}.csv?{arguments}")
    shown = lines(page(client, f"{FIGURES}?{arguments}"))
    assert len(found) == len(shown) > 1
    everything = rows(client, f"{FIGURES}.csv")
    assert all(row in everything for row in found)
    assert len(found) < len(everything)
    values = [float(row["value"]) for row in found if row["value"]]
    assert values == sorted(values, reverse=True)
    text = client.get(f"{FIGURES}.{suffix}?{arguments}").text
    for row in found:
        assert row["reported_as"].split("<")[0].split("|")[0] in html.unescape(text)
    assert "aall1331" not in text


def test_json_of_rows_that_a_filter_leaves_out_does_not_say_that_nobody_reports_it(client):
    answer = client.get(f"{FIGURES}.json?study=tower&f.outcome=nothing").get_json()
    assert answer["results"]["bindings"] == []
    assert answer["rows"] == 0
    assert "remark" not in answer


def test_the_downloads_and_the_permanent_address_of_a_page_have_its_filters(client):
    text = page(client, f"{FIGURES}?study=tower&f.outcome=relapse&retellings=no")
    assert (
        'href="/questions/figures.csv?study=tower&amp;f.outcome=relapse&amp;retellings=no"' in text
    )
    (bookmark,) = re.findall(r'rel="bookmark" href="([^"]+)"', text)
    assert "f.outcome=relapse" in bookmark


@pytest.mark.parametrize(
    ("name", "key"), [("claims-and-conclusions", "claim"), ("adverse-events", "source")]
)
def test_a_statement_is_one_row(client, name, key):
    found = rows(client, f"/questions/{name}.csv")
    assert len({row[key] for row in found}) == len(found)


def test_what_a_statement_speaks_of_stands_in_one_cell(client):
    found = rows(client, "/questions/adverse-events.csv?f.study=ino-salvage-100")
    (row,) = (row for row in found if row["source"].endswith("#high-mortality"))
    assert row["outcome_label"].split("; ") == [
        "hepatotoxicity",
        "infection",
        "mortality from the treatment",
        "thrombocytopenia",
    ]
    narrowed = rows(client, "/questions/adverse-events.csv?outcome=thrombocytopenia")
    assert row in narrowed
    by_facet = lines(page(client, "/questions/adverse-events?f.outcome=thrombocytopenia"))
    assert any("hepatotoxicity ; infection" in line[0] for line in by_facet)


def test_digits_are_shown_as_they_are_printed(client):
    text = page(client, "/questions/median-survival?f.study=tower")
    assert "4.0\N{NO-BREAK SPACE}months" in text
    assert ">4\N{NO-BREAK SPACE}months" not in text


# What is wrong


@pytest.mark.parametrize(
    ("address", "link"),
    [
        (f"{FIGURES}?study=towr&outcome=relapse", "outcome=relapse&amp;study=tower"),
        (f"{FIGURES}?f.studdy=tower", "f.study=tower"),
        (f"{FIGURES}?sort=valu", "sort=value"),
        ("/questions/figurs", "/questions/figures"),
    ],
)
def test_what_could_be_meant_is_a_link(client, address, link):
    response = client.get(address, headers=HTML)
    assert response.status_code in (400, 404)
    targets = re.findall(r'<li><a href="([^"]+)" rel="nofollow">', response.text)
    assert any(target.endswith(link) for target in targets[:3])
    for target in targets[:3]:
        assert page(client, html.unescape(target))


def test_a_value_that_is_known_stays_where_another_is_not(client):
    response = client.get(f"{FIGURES}?study=tower&study=nothing-at-all", headers=HTML)
    assert response.status_code == 400
    assert "study=tower&amp;study=ino-vate" in response.text


def test_what_is_known_is_a_member_of_the_problem(client):
    problem = client.get(f"{FIGURES}.csv?study=towr").get_json(force=True)
    assert problem["parameter"] == "study"
    assert problem["known"][0] == "tower"


@pytest.mark.parametrize("name", ["figures", "effects", "doubts", "claims-and-conclusions"])
def test_a_page_is_light(client, name):
    response = client.get(f"/questions/{name}", headers=HTML | {"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert len(response.data) < 150_000


@pytest.mark.parametrize(
    ("argument", "said"),
    [
        ("f.studdy=tower", "there is no column 'studdy'"),
        ("sort=valu", "did you mean 'value'"),
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
