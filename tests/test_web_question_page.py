"""The page of a question: what it asks, what stands behind each figure, how to cite and reuse."""

import contextlib
import csv
import html
import io
import json
import re
import shlex
import subprocess
from decimal import Decimal
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree

import pytest
import yaml
from approve import QUESTIONS, SOURCES
from over_http import get
from tools import peer

from allograph.reading import citation
from allograph.reading.graph import Graph

PLOTTED = [name for name, question in QUESTIONS.items() if question.plot]
SHARE = "/questions/share-reaching-transplant"
SURVIVAL = "/questions/survival-at-a-time"
HTML = {"Accept": "text/html"}


def page(client, address):
    response = client.get(address, headers=HTML)
    assert response.status_code == 200, response.text
    return response.text


def words(markup):
    """The words of a piece of a page."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def heading(text):
    return re.sub(r" (?=[,?)])", "", words(re.search(r"<h1>(.*?)</h1>", text, re.DOTALL)[1]))


def copied(text, language):
    blocks = re.findall(rf'data-language="{language}"><code>(.*?)</code></pre>', text, re.DOTALL)
    return [html.unescape(block) for block in blocks]


# The sentence and its controls


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            "",
            "What share does each source give for any outcome at any time, and counted from when?",
        ),
        ("?at_time=12", "for any outcome at 12 months, and"),
        ("?at_time=1+a&outcome=overall-survival", "for overall survival at 1 a, and"),
        ("?outcome=overall-survival&outcome=relapse", "for overall survival or relapse at any"),
        ("?drug=InO", "at any time, after inotuzumab ozogamicin, and counted from when?"),
    ],
)
def test_the_question_is_a_sentence_with_its_values(client, arguments, sentence):
    assert sentence in heading(page(client, f"{SURVIVAL}{arguments}"))


def test_the_search_box_of_the_page_holds_nothing_of_the_question(client):
    assert "Word(" not in page(client, SHARE)


def test_of_many_values_the_sentence_says_how_many(client):
    assert "any of 10 outcomes" in heading(page(client, "/questions/evidence-gaps"))


def test_a_value_in_the_sentence_leads_to_its_control(client):
    text = page(client, SHARE)
    targets = re.findall(r'<a class="slot" href="#([^"]+)"', text)
    assert targets == ["parameter-drug"]
    text = page(client, f"{SHARE}?condition=b-all")
    targets = re.findall(r'<a class="slot" href="#([^"]+)"', text)
    assert targets == ["parameter-drug", "parameter-condition"]
    assert all(f'id="{target}"' in text for target in targets)


def test_boxes_that_are_not_ticked_leave_the_parameter_open(client):
    sent = client.get(f"{SHARE}.csv?drug=")
    ticked = client.get(f"{SHARE}.csv?drug=&drug=inotuzumab-ozogamicin")
    assert ticked.data == client.get(f"{SHARE}.csv").data
    assert sent.status_code == 200
    assert "after any drug" in heading(page(client, f"{SHARE}?drug="))
    assert '<input type="hidden" name="drug" value="">' in page(client, SHARE)


@pytest.mark.parametrize("time", ["12", "12.0", "12 mo", "1 a", "1 year", "365.25 d"])
def test_a_number_may_have_any_unit_that_converts(client, time):
    found = client.get(f"{SURVIVAL}.csv", query_string={"at_time": time})
    rows = list(csv.DictReader(io.StringIO(found.text)))
    assert {row["at_time"] for row in rows} == {"12"}


def test_a_unit_that_does_not_convert_is_refused_with_those_that_do(client):
    response = client.get(f"{SURVIVAL}.csv?at_time=5+kg")
    problem = json.loads(response.data)
    assert (response.status_code, problem["parameter"]) == (400, "at_time")
    assert "'kg' is not a unit that converts to mo" in problem["detail"]
    assert "years" in problem["detail"]


def test_a_long_list_of_choices_is_also_typed_into_without_a_script(client):
    text = page(client, "/questions/figures")
    (known,) = re.findall(
        r'<datalist id="parameter-outcome-known">(.*?)</datalist>', text, re.DOTALL
    )
    assert '<option value="overall-survival">overall survival</option>' in known
    assert 'name="outcome" list="parameter-outcome-known"' in text
    assert "parameter-tier-known" not in text
    sent = client.get("/questions/figures.csv?outcome=&outcome=overall-survival&drug=&drug=")
    assert sent.data == client.get("/questions/figures.csv?outcome=overall-survival").data


def test_a_value_that_is_not_known_leads_to_those_that_are(client):
    response = client.get(f"{SURVIVAL}?drug=xyzzy&at_time=12", headers={"Accept": "text/html"})
    assert response.status_code == 400
    right = f'<a href="{SURVIVAL}?at_time=12&amp;drug=blinatumomab" rel="nofollow">blinatumomab</a>'
    assert right in response.text
    near = client.get(f"{SURVIVAL}?drug=blinatumomap", headers={"Accept": "text/html"}).text
    assert f'<a href="{SURVIVAL}?drug=blinatumomab" rel="nofollow">blinatumomab</a>' in near
    unknown = client.get("/questions/xyzzy", headers={"Accept": "text/html"}).text
    assert '<a href="/questions/figures" rel="nofollow">figures</a>' in unknown


# What stands behind a figure


def test_a_row_leads_to_its_result_and_says_its_people_back_to_all(client):
    text = page(client, SHARE)
    assert (
        '<a href="/study/ino-salvage-100/figure/hsct-receipt-cycle-2" data-place>39 (58.2%)</a>'
        in text
    )
    below = [words(row) for row in re.findall(r'<tr class="behind">(.*?)</tr>', text, re.DOTALL)]
    asked = SHARE.replace("/share-reaching-transplant", "/share-reaching-transplant.csv")
    assert len(below) == len(list(csv.DictReader(io.StringIO(client.get(asked).text)))) > 0
    assert any(
        row.startswith("39 of 67 , in Best response at the end of cycle 2 (n = 67), drawn from")
        for row in (row.replace("\u00a0", " ").replace(" (n", " (n") for row in below)
    )


def test_a_row_without_columns_for_them_says_its_source_and_its_doubts_below(client):
    text = page(client, "/questions/median-survival?f.study=ino-hsct-pooled")
    (row,) = (
        row
        for row in re.findall(r"<tbody>(.*?)</tbody>", text, re.DOTALL)
        if "ino-hsct-pooled/figure/os-first-hsct" in row
    )
    assert "Medivizor summary, 5 June 2019" in words(row)
    assert "sentence 6" in words(row)
    assert '<a class="flag" href="/flag/statistic-imprecise" aria-describedby="' in row


def test_keys_are_shown_as_labels_that_lead_to_their_records(client):
    text = page(client, "/questions/figures?study=ino-hsct-pooled&outcome=hsct-receipt")
    assert re.search(r'<a href="/report/medivizor-2019"[^>]*>Medi', text)
    assert re.search(r'<ul class="flags"><li>.*?href="/flag/secondary-source"', text)


# The plot


@pytest.mark.parametrize("name", PLOTTED)
def test_a_plot_is_a_picture_with_a_text_and_an_address_of_its_own(client, name):
    text = page(client, f"/questions/{name}")
    address = f"/questions/{name}.svg"
    alternative = re.search(rf'<img src="{address}" alt="([^"]+)"', text)[1]
    assert "rows are drawn; the table below holds all of them." in alternative
    for asked in (address, f"{address}?width=narrow&colours=dark"):
        response = client.get(asked)
        assert response.mimetype == "image/svg+xml"
        svg = ElementTree.fromstring(response.data)  # noqa: S314  # ours
        assert svg.find("{*}title").text in words(text)


def test_the_plot_by_itself_leads_to_the_places_of_its_figures_on_this_server(client):
    svg = client.get(f"{SHARE}.svg").text
    assert 'href="http://localhost/study/ino-hsct-pooled/figure/hsct-receipt"' in svg
    assert "w3id.org" not in svg


def test_the_plot_shows_what_was_asked(client):
    svg = client.get(f"{SURVIVAL}.svg?at_time=12&outcome=overall-survival").text
    assert "at 12 months" in svg
    assert "at 24 months" not in svg


def test_the_page_chooses_the_picture_by_its_width_and_its_colours(client):
    text = html.unescape(page(client, f"{SHARE}?drug=blinatumomab&f.tier=abstract&retellings=no"))
    sources = re.findall(r'<source media="([^"]+)" srcset="([^"]+)">', text)
    looks = [dict(parse_qsl(urlsplit(address).query)) for _, address in sources]
    assert [(look.get("width"), look.get("colours")) for look in looks] == [
        ("narrow", "dark"),
        ("narrow", None),
        (None, "dark"),
    ]
    for look in looks:
        assert look["drug"] == "blinatumomab"
        assert (look["f.tier"], look["retellings"]) == ("abstract", "no")
    assert all(media.startswith("screen and ") for media, _ in sources), "paper is light and wide"
    assert client.get(sources[0][1]).mimetype == "image/svg+xml"


def test_the_plot_leaves_out_the_rows_that_the_table_leaves_out(client):
    whole = client.get(f"{SHARE}.svg").text
    without = client.get(f"{SHARE}.svg?retellings=no").text
    assert "ino-hsct-pooled/figure/hsct-receipt" in whole
    assert "ino-hsct-pooled/figure/hsct-receipt" not in without
    assert client.get(f"{SHARE}.svg?sort=-value&columns=value").text == whole


def test_the_plot_says_where_it_comes_from_and_what_it_is_not(client, release):
    said = " ".join(ElementTree.fromstring(client.get(f"{SHARE}.svg").data).itertext())  # noqa: S314
    assert f"release {release.id}" in said
    assert f"http://localhost{SHARE}" in said
    assert "Not medical advice." in said
    assert re.search(r"\d studies, (at most )?\d+ people", said)


def test_the_plot_is_a_png_for_who_asks_for_one(client):
    response = client.get(f"{SHARE}.png")
    assert (response.status_code, response.mimetype) == (200, "image/png")
    assert response.data.startswith(b"\x89PNG\r\n")
    assert client.get(SHARE, headers={"Accept": "image/png"}).data == response.data


def test_a_share_of_those_who_died_has_an_axis_of_its_own(client):
    address = "/questions/vod-sos-by-population-and-dose.svg?drug=inotuzumab-ozogamicin"
    svg = ElementTree.fromstring(client.get(f"{address}&f.study=ino-salvage-100").data)  # noqa: S314
    said = [node.text for node in svg.iter() if node.tag.endswith("text")]
    panels = [text for text in said if text and text.startswith(("VOD/SOS", "Death from VOD"))]
    assert any("of those who died" in panel for panel in panels)


def test_rows_that_are_not_drawn_are_listed_with_the_reason(client):
    text = page(client, "/questions/efficacy-against-comparator")
    listed = re.search(r"Not drawn: (\d+) rows</summary>\n<ul>(.*?)</ul>", text, re.DOTALL)
    assert listed[2].count("<li>") == int(listed[1]) >= 4
    assert "/study/mini-hcvd-ino#os-or-chemotherapy" in listed[2]
    assert "/study/mini-hcvd-ino#os-by-hsct" not in listed[2], "a comparison within one treatment"


@pytest.mark.parametrize(
    ("address", "status", "words_of_it"),
    [
        ("/questions/figures.svg", 404, ".svg is not offered here"),
        (f"{SURVIVAL}.svg?at_time=5", 404, "no row of this answer can be drawn"),
        (f"{SHARE}.svg?colours=pink", 400, "light or dark, not 'pink'"),
        (f"{SHARE}.png?width=huge", 400, "wide or narrow, not 'huge'"),
        ("/questions/figures.png", 404, ".png is not offered here"),
    ],
)
def test_a_plot_that_there_is_not_is_refused(client, address, status, words_of_it):
    response = client.get(address)
    assert response.status_code == status
    assert words_of_it in json.loads(response.data)["detail"]


# Permanent addresses


def test_the_permanent_address_holds_every_value_and_the_release(client, release):
    text = page(client, SHARE)
    link = html.unescape(re.search(r'rel="bookmark" href="([^"]+)"', text)[1])
    assert parse_qsl(urlsplit(link).query) == [
        ("drug", "inotuzumab-ozogamicin"),
        ("release", release.id),
    ]
    again = page(client, link.removeprefix("http://localhost"))
    assert heading(again) == heading(text)
    assert "This address is of release" not in again


def test_a_page_of_another_release_says_so_first(client, release):
    text = page(client, f"{SHARE}?drug=blinatumomab&release=0.0.1-other")
    notice = words(re.search(r'role="alert">(.*?)</div>', text, re.DOTALL)[1])
    assert "This address is of release 0.0.1-other." in notice
    assert f"serves release {release.id}" in notice
    assert 'href="http://localhost/questions/share-reaching-transplant?drug=blinatumomab"' in text


@pytest.mark.parametrize("suffix", ["csv", "json", "svg"])
def test_data_of_another_release_are_refused_with_the_address_of_todays(client, release, suffix):
    response = client.get(f"{SHARE}.{suffix}?drug=&release=0.0.1-other")
    problem = json.loads(response.data)
    assert response.status_code == 404
    assert problem["served"] == release.id
    today = client.get(problem["href"].removeprefix("http://localhost"))
    assert today.data == client.get(f"{SHARE}.{suffix}?drug=").data
    assert client.get(f"{SHARE}.{suffix}?drug=&release={release.id}").data == today.data


# Citation


def test_the_citation_is_that_of_the_citation_file():
    cff = yaml.safe_load((SOURCES.root / "CITATION.cff").read_text(encoding="utf-8"))
    assert [author["name"] for author in cff["authors"]] == [citation.AUTHOR]
    assert (cff["title"], cff["license"]) == (citation.TITLE, citation.LICENSE)


def test_an_answer_is_cited_with_question_release_date_and_address(client, release):
    text = html.unescape(page(client, SHARE))
    cited = re.search(r"<pre data-copy><code>(The ALLograph .*?)</code>", text)[1]
    for part in (
        citation.TITLE,
        "after inotuzumab ozogamicin, a share of whom",
        f"release {release.id} of {release.manifest['issued']}",
        f"release={release.id}",
    ):
        assert part in cited
    assert re.search(r"Asked on \d{4}-\d\d-\d\d at http://localhost/questions/share", cited)


def test_the_bibtex_entry_is_balanced_and_holds_the_same(client, release):
    text = html.unescape(page(client, SHARE))
    entry = re.search(r"@misc\{.*?\n\}", text, re.DOTALL)[0]
    assert entry.count("{") == entry.count("}")
    fields = dict(re.findall(r"^  (\w+) = \{(.*)\},?$", entry, re.MULTILINE))
    assert fields["author"] == "{The ALLograph curators}"
    assert "after inotuzumab ozogamicin" in fields["title"]
    assert fields["url"].endswith(f"release={release.id}")
    assert release.id in fields["note"]


# Lines to copy


def lines_of(server, address):
    return get(server, address, accept="text/html").text


@pytest.mark.slow
@pytest.mark.parametrize("address", [SHARE, f"{SURVIVAL}?at_time=1+a", "/questions/figures"])
def test_the_python_lines_run_and_give_the_rows(server, address):
    name, _, arguments = address.partition("?")
    rows = list(csv.DictReader(io.StringIO(get(server, f"{name}.csv?{arguments}").text)))
    pandas, sparqlwrapper = copied(lines_of(server, address), "python")
    names: dict[str, object] = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(pandas, names)  # noqa: S102  # the lines are ours
    assert len(names["answer"]) == len(rows)
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(sparqlwrapper, {})  # noqa: S102  # the lines are ours
    assert len(printed.getvalue().splitlines()) == len(rows)


@peer("curl")
def test_the_curl_line_gives_the_answer(server):
    line, *_others = copied(lines_of(server, f"{SHARE}?drug="), "sh")
    done = subprocess.run([*shlex.split(line), "--silent"], capture_output=True, check=True)
    assert done.stdout == get(server, f"{SHARE}.csv?drug=").body


@peer("Rscript")
def test_the_r_lines_give_the_rows(server):
    (lines,) = copied(lines_of(server, SHARE), "r")
    asked = f"{lines}\ncat(nrow(answer))"
    done = subprocess.run(["Rscript", "-e", asked], capture_output=True, check=True, text=True)
    rows = len(get(server, f"{SHARE}.csv").body.splitlines()) - 1
    assert done.stdout.endswith(str(rows))


def test_a_query_cannot_leave_its_string_in_the_lines():
    from allograph.reading.snippets import sparqlwrapper

    query = 'SELECT ("""a\\"b""" AS ?x) ("\\\\" AS ?y) { }'
    program = sparqlwrapper('http://example.org/"', query)
    found = {}

    class Endpoint:
        def __init__(self, url, **_options):
            found["url"] = url

        def setQuery(self, text):  # noqa: N802  # SPARQLWrapper's name
            found["query"] = text

        def queryAndConvert(self):  # noqa: N802  # SPARQLWrapper's name
            return {"results": {"bindings": []}}

    program = program.replace("from SPARQLWrapper import JSON, SPARQLWrapper", "JSON = 'json'")
    exec(program, {"SPARQLWrapper": Endpoint})  # noqa: S102  # the lines are ours
    assert found == {"url": 'http://example.org/"', "query": f"\n{query}\n"}


def test_a_figure_is_one_cell_with_the_printed_digits(client):
    text = page(client, "/questions/figures?study=ino-salvage-100&outcome=early-death")
    assert re.search(r'<th scope="col" data-columns="value unit [^"]*denominator', text)
    assert ">12.0% · 12/100</a>" in text


def test_an_answer_has_the_same_digits_in_every_format(client, release):
    address = "/questions/adverse-events"
    rows = [*csv.DictReader(io.StringIO(client.get(f"{address}.csv").text))]
    (row,) = [row for row in rows if row["source"].endswith("#early-death-share")]
    found = json.loads(client.get(f"{address}.json").text)["results"]["bindings"]
    (binding,) = [one for one in found if one["source"]["value"] == row["source"]]
    with Graph(release) as graph:
        (in_python,) = [
            one for one in graph.ask("adverse-events") if one["source"] == row["source"]
        ]
    in_markdown = client.get(f"{address}.md").text
    assert row["value"] == binding["value"]["value"] == str(in_python["value"]) == "12.0"
    assert isinstance(in_python["value"], Decimal)
    assert re.search(r"\| 12\.0 +\|", in_markdown)
    assert ">12.0%" in page(client, f"{address}?f.study=ino-salvage-100")
    columns = {
        column["name"]: column["type"]
        for question in client.get("/questions.json").json["questions"]
        if question["name"] == "adverse-events"
        for column in question["columns"]
    }
    assert columns["value"] == "number" and columns["group_label"] == "text"


def test_a_cell_breaks_by_what_it_shows_and_not_by_the_key_behind_it(client):
    text = page(client, "/questions/claims-and-conclusions?study=ino-vate")
    assert re.search(r'<td class="words" data-label="Statement, in our words">', text)
    assert re.search(r'<td class="nowrap" data-label="Kind">', text)


def test_a_page_answers_yes_or_no_and_no_truth_value(client):
    page = client.get("/questions/dosing-schedules", headers={"Accept": "text/html"}).text
    answer = page[page.index("<table") : page.index("</table>")]
    assert ">no</dd>" in answer
    assert ">false</dd>" not in answer
