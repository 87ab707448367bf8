"""The list of doubts: what says the same is one, the gravest come first, links narrow and sort."""

import csv
import html
import json
import re
from io import StringIO

import pytest
from doubt_pages import HTML, all_pages, client_of, doubts_page, rows_in, words_of

from allograph.namespaces import BASE
from allograph.rdf.terms import Literal, NamedNode
from allograph.rdf.vocabularies import FLAG, RULE
from allograph.reading.answers.wish import ROWS_ON_A_PAGE
from allograph.reading.weighed.together import put_together

COLUMNS = (
    "record,record_label,part,label,reported_as,rule,rule_label,severity,message,flag,flag_label,"
    "flag_definition,found_by,finding"
)


def row(part, rule="", flag="", finding=""):
    """A row of the ledger, as the query answers it."""
    found = {"part": part, "finding": finding}
    found |= {"rule": RULE[rule]} if rule else {}
    found |= {"flag": FLAG[flag]} if flag else {}
    return {name: NamedNode(value) if ":" in value else Literal(value)
            for name, value in found.items() if value}  # fmt: skip


def parts_of(together):
    return [[row["part"].value for row in rows] for rows in together]


# What is one doubt


def test_what_a_rule_finds_and_a_flag_says_of_one_figure_is_one_doubt():
    rows = [
        row("x:a", "granularity", "impossible-share", "q:1"),
        row("x:a", flag="secondary-source"),
        row("x:b", flag="impossible-share"),
    ]
    assert parts_of(put_together(rows, {})) == [["x:a"], ["x:a"], ["x:b"]]


def test_several_rules_that_bear_out_one_flag_are_one_doubt():
    rows = [
        row("x:a", "share-and-count", "figures-disagree", "q:1"),
        row("x:a", "subset-outcome", "figures-disagree", "q:2"),
    ]
    assert parts_of(put_together(rows, {"q:2": ["x:b"]})) == [["x:a", "x:a"]]


def test_a_finding_that_wants_two_flags_is_one_doubt():
    rows = [row("x:a", "retelling", flag, "q:1") for flag in ("secondary-source", "inferred")]
    assert parts_of(put_together(rows, {})) == [["x:a", "x:a"]]


def test_a_contradiction_is_one_doubt_with_all_its_sides():
    rows = [row(f"x:{side}", "contradiction", "reports-differ", f"q:{side}") for side in "abc"]
    involved = {"q:a": ["x:b", "x:c"], "q:b": ["x:a", "x:c"], "q:c": ["x:a", "x:b"]}
    assert parts_of(put_together(rows, involved)) == [["x:a", "x:b", "x:c"]]


def test_two_contradictions_that_share_a_side_stay_two():
    rows = [
        row("x:a", "contradiction", "reports-differ", "q:ab"),
        row("x:a", "contradiction", "reports-differ", "q:ac"),
        row("x:b", "contradiction", "reports-differ", "q:ba"),
        row("x:c", "contradiction", "reports-differ", "q:ca"),
    ]
    involved = {"q:ab": ["x:b"], "q:ac": ["x:c"], "q:ba": ["x:a"], "q:ca": ["x:a"]}
    assert parts_of(put_together(rows, involved)) == [["x:a", "x:b"], ["x:a", "x:c"]]


def test_the_doubt_about_a_group_is_that_about_its_figures_whichever_comes_first():
    figure = row("x:figure", "population-ambiguous", "population-ambiguous", "q:1")
    group = row("x:group", flag="population-ambiguous")
    for rows in ([figure, group], [group, figure]):
        (parts,) = parts_of(put_together(rows, {"q:1": ["x:group"]}))
        assert sorted(parts) == ["x:figure", "x:group"]


# The page


@pytest.fixture(scope="module")
def pages(app):
    return all_pages(client_of(app))


def test_the_list_has_at_most_a_hundred_rows_a_page_and_holds_each_doubt_once(pages):
    rows = [rows_in(page) for page in pages]
    assert [len(of_page) for of_page in rows[:-1]] == [ROWS_ON_A_PAGE] * (len(rows) - 1)
    (total,) = set(re.findall(r"Doubts \d+ to \d+ of (\d+)\.", "".join(pages)))
    assert sum(map(len, rows)) == int(total)
    assert len({row for of_page in rows for row in of_page}) == int(total)


def test_the_gravest_doubts_come_first(pages):
    order = ["decisive", "weakens", "bookkeeping"]
    weights = [
        re.search(r'class="weight (\w+)"', row)[1] for page in pages for row in rows_in(page)
    ]
    assert weights == sorted(weights, key=order.index)
    assert set(weights) == set(order)


def test_a_doubt_has_its_standard_name_its_plain_words_and_the_reason_for_its_weight(client):
    rows = rows_in(doubts_page(client, "/quality?f.study=ino-children&f.doubt=impossible-share"))
    (row,) = (row for row in rows if "75%" in row)
    words = words_of(row)
    assert words.startswith("could change a decision The share or its denominator is wrong")
    assert "GRIM inconsistency share that no whole number gives" in words
    assert "No whole number of 17 people gives 75%" in words
    assert 'href="/quality/rules#granularity"' in row and 'href="/study/ino-children#orr"' in row


def test_the_summary_counts_by_weight_and_each_number_leads_to_as_many_doubts(client, pages):
    summary = pages[0].partition('id="_weights"')[2].partition('id="answer"')[0]
    counts = re.findall(
        r'<h3><a href="([^"#]+)#answer">[^<]+</a> <span class="[^"]+">(\d+)<', summary
    )
    assert len(counts) == 3
    named = re.findall(
        r'<li><a href="([^"#]+)#answer">[^<]+</a> <span class="quiet">(\d+)<', summary
    )
    assert sum(int(number) for _address, number in named) == sum(int(n) for _, n in counts)
    for address, number in [*counts, *named[:4], *named[-2:]]:
        text = doubts_page(client, html.unescape(address))
        assert re.search(rf"\bof {number}, of|\b{number} doubts?, of", text), address
    assert 'id="_weights"' not in pages[1]


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        ("f.weight=decisive", "could change a decision"),
        ("f.doubt=granularity", "GRIM inconsistency"),
        ("f.doubt=impossible-share", "GRIM inconsistency"),
        ("f.doubt=GRIM inconsistency", "GRIM inconsistency"),
        ("f.doubt=share that no whole number gives", "GRIM inconsistency"),
        ("f.study=tower", "TOWER"),
        ("f.kind=claim", "claim"),
        ("f.found_by=curator", "seen by a curator"),
        ("f.about=ino-children%23orr", "75%"),
    ],
)
def test_the_list_is_narrowed_by_weight_doubt_study_kind_and_finder(client, wanted, shown):
    rows = rows_in(doubts_page(client, f"/quality?{wanted}"))
    assert 0 < len(rows) <= ROWS_ON_A_PAGE
    assert [row for row in rows if shown not in words_of(row)] == []


def test_every_value_of_a_facet_is_a_link_that_leads_to_as_many_doubts_as_it_says(client):
    text = doubts_page(client, "/quality?f.study=ino-vate")
    facets = text.partition('class="facets"')[2].partition('class="table"')[0]
    values = re.findall(r'<a href="([^"#]+)#answer"[^>]*>([^<]+)</a> <span[^>]*>(\d+)<', facets)
    others = [value for value in values if html.unescape(value[0]).count("f.") == 2]
    others = [value for value in others if value[0].count("f.study") == 1]
    assert len(others) > 10
    for address, label, number in others[::4]:
        found = doubts_page(client, html.unescape(address))
        assert re.search(rf"\bof {number}, of|\b{number} doubts?, of", found), (label, number)


@pytest.mark.parametrize("column", ["weight", "doubt", "about", "study"])
def test_the_list_is_sorted_by_a_link_and_turned_round_by_the_next(client, column):
    first = doubts_page(client, f"/quality?f.study=tower&sort={column}")
    last = doubts_page(client, f"/quality?f.study=tower&sort=-{column}")
    assert first.count('aria-sort="ascending"') == last.count('aria-sort="descending"') == 1
    assert f"sort=-{column}" in first and f"sort={column}" in html.unescape(last)
    up, down = ([words_of(row) for row in rows_in(text)] for text in (first, last))
    assert sorted(up) == sorted(down)
    assert column == "study" or up != down


def test_retellings_can_be_left_out(client):
    everything = all_pages(client, "/quality?f.study=ino-hsct-pooled")
    rest = all_pages(client, "/quality?f.study=ino-hsct-pooled&retellings=no")
    assert sum(len(rows_in(page)) for page in rest) < sum(len(rows_in(page)) for page in everything)
    assert "secondary source" not in words_of("".join(rows_in("".join(rest))))


@pytest.mark.parametrize(
    ("argument", "said"),
    [
        ("f.studdy=tower", "there is no column 'studdy'"),
        ("sort=colour", "there is no column 'colour'"),
        ("studdy=tower", "studdy: the list of doubts has no such argument"),
        ("columns=study", "columns: the list of doubts has no such argument"),
        ("page=0", "page is a number from 1"),
    ],
)
def test_what_the_list_does_not_have_is_refused_by_name(client, argument, said):
    response = client.get(f"/quality?{argument}", headers=HTML)
    assert response.status_code == 400
    assert said.casefold() in html.unescape(response.text).casefold()


def test_a_page_that_there_is_not_leads_to_the_first(client):
    text = doubts_page(client, "/quality?page=9000")
    assert "There is no page 9000" in text and rows_in(text) == []
    text = doubts_page(client, "/quality?f.study=tower&f.study=ino-vate&f.doubt=nothing")
    assert "is as wanted" in text and 'href="/quality?#answer"' in text


def test_a_discrepancy_gives_its_own_reason_and_not_what_is_noted_of_its_sides(client):
    """A side may have a comment beside another flag."""
    found = rows_in(doubts_page(client, "/quality?f.doubt=discrepancy&f.study=ino-cd22"))
    words = [words_of(row) for row in found]
    (told,) = (text for text in words if "Inotuzumab ozogamicin outside of trials" in text)
    assert "Remission lies between 64% and 74%" in told
    assert "51 of the 73 are 69.9%" not in told


# The address of a finding


def test_a_finding_has_an_address_of_its_own_with_all_doubts_of_the_same_figure(client):
    found = csv.DictReader(StringIO(client.get("/quality.csv").text))
    of_figure = [row for row in found if row["part"] == f"{BASE}study/ino-children#orr"]
    (iri,) = (row["finding"] for row in of_figure if row["rule"].endswith("/granularity"))
    anchor = iri.partition("#")[2]
    text = doubts_page(client, f"/quality?finding={anchor}")
    rows = rows_in(text)
    assert f'id="{anchor}"' in rows[0]
    assert 1 < len(rows) <= len(of_figure)
    assert all('href="/study/ino-children#orr"' in row for row in rows)
    assert client.get("/quality?finding=granularity-0", headers=HTML).status_code == 404


def test_links_to_a_finding_name_it_in_the_query_for_no_server_learns_of_a_fragment(client):
    page = client.get("/questions/rule-findings?rule=granularity", headers=HTML).text
    addresses = set(re.findall(r'href="(/quality[^"]+)"', page))
    assert addresses
    for address in addresses:
        assert re.fullmatch(r"/quality\?finding=(granularity-[0-9a-f]{12})#\1", address)
    (address, *_rest) = sorted(addresses)
    assert f'id="{address.partition("#")[2]}"' in doubts_page(client, address.partition("#")[0])


# What stays


def test_the_columns_of_the_ledger_stay_as_they_were(client):
    assert client.get("/quality.csv").text.splitlines()[0] == COLUMNS
    assert json.loads(client.get("/quality.json").text)["head"]["vars"] == COLUMNS.split(",")


def test_the_page_of_the_rules_gives_the_weights_with_their_reasons_the_gravest_first(client):
    text = client.get("/quality/rules", headers=HTML).text
    places = [text.index(f'id="_{key}"') for key in ("decisive", "weakens", "bookkeeping")]
    assert places == sorted(places)
    of_weight = text[places[0] : places[1]]
    assert 'href="#granularity"' in of_weight and 'href="#size-not-stated"' not in of_weight
    assert "The share or its denominator is wrong, and it is not known which." in of_weight
    assert 'href="/flag/denominator-ambiguous"' in of_weight  # no rule computes it
    of_rules = of_weight.partition('href="/flag/')[0]
    found = [int(number) for number in re.findall(r'data-label="Found">(\d+)<', of_rules)]
    assert found == sorted(found, reverse=True)
