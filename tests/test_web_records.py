"""Records at their own addresses: pages whose anchors are their fragments, and RDF."""

import json
import re

import pyoxigraph
import pytest
from approve import SNAPSHOT, SOURCES
from markupsafe import escape
from records import RECORDS, each

from allograph.curated.derived import NAMED_GRAPH
from allograph.namespaces import BASE, KINDS
from allograph.rdf.formats import formats_for
from allograph.rdf.terms import NamedNode
from allograph.rdf.turtle import read_turtle
from allograph.web.links import href

LABEL = "http://www.w3.org/2000/01/rdf-schema#label"


@pytest.fixture(scope="module")
def derived(whole):
    """What follows from the curated files."""
    return {quad.triple for quad in whole if quad.graph_name.value == NAMED_GRAPH}


def page_of(client, address):
    response = client.get(address, headers={"Accept": "text/html"})
    assert response.status_code == 200, response.text
    return response.text


def triples_in(response, format):
    syntax = pyoxigraph.RdfFormat.from_media_type(format.media_type)
    return {quad.triple for quad in pyoxigraph.parse(response.data, syntax)}


def anchors_of(page):
    return re.findall(r'\bid="([^"]+)"', page)


@each(RECORDS)
def test_each_record_has_a_page_with_its_label_and_an_anchor_for_each_part(client, record):
    page = page_of(client, f"/{record}")
    triples = read_turtle(SOURCES.graph / f"{record}.ttl", record).triples
    parts = {
        triple.subject.value.partition("#")[2]
        for triple in triples
        if triple.subject.value.startswith(f"{BASE}{record}#")
    }
    anchors = anchors_of(page)
    assert parts <= set(anchors)
    assert len(anchors) == len(set(anchors))


@pytest.mark.parametrize("format", formats_for("graph"), ids=lambda format: format.name)
def test_a_record_comes_as_rdf_by_suffix_and_by_accept_header(client, format):
    by_suffix = client.get(f"/study/ino-vate.{format.name}", headers={"Accept": "text/html"})
    by_header = client.get("/study/ino-vate", headers={"Accept": format.media_type})
    assert by_suffix.mimetype == by_header.mimetype == format.media_type
    assert by_suffix.data == by_header.data


@each(RECORDS)
def test_the_rdf_of_a_record_is_its_named_graph_what_follows_and_labels(client, record, derived):
    format = formats_for("graph")[0]
    served = triples_in(client.get(f"/{record}.ttl"), format)
    stored = triples_in(
        client.get("/store", query_string={"graph": f"{BASE}graph/{record}"}), format
    )
    assert stored <= served
    assert {triple.predicate.value for triple in served - stored - derived} <= {LABEL}


def test_the_rdf_of_a_study_can_be_read_alone_by_its_labels(client):
    served = triples_in(client.get("/study/ino-vate.ttl"), formats_for("graph")[0])
    labelled = {triple.subject.value for triple in served if triple.predicate.value == LABEL}
    assert f"{BASE}outcome/complete-remission" in labelled
    assert f"{BASE}ontology#value" in labelled


@each(record for record in RECORDS if record.startswith("study/"))
def test_a_study_page_shows_every_printed_form_and_every_flag(client, record):
    page = page_of(client, f"/{record}")
    triples = read_turtle(SOURCES.graph / f"{record}.ttl", record).triples
    for triple in triples:
        if triple.predicate.value == f"{BASE}ontology#reportedAs":
            assert escape(triple.object.value) in page
        if triple.predicate.value == f"{BASE}ontology#flag":
            assert f'href="{triple.object.value.replace(BASE, "/")}"' in page


def test_a_group_stands_inside_the_group_from_which_it_was_drawn(client):
    page = page_of(client, "/study/mini-hcvd-ino")
    tree = page[page.index('<ul class="tree">') : page.index("Results by outcome")]
    whole, responders = tree.index('id="all"'), tree.index('id="responders"')
    between = tree[whole:responders]
    assert between.count("<ul") == between.count("</ul>") + 1


def test_a_result_shows_its_value_with_unit_its_share_and_its_place(client):
    page = page_of(client, "/study/mini-hcvd-ino")
    row = page[page.index('<tr id="orr"') :].partition("</tr>")[0]
    for shown in ("92%", "44/48", "44 patients (92%)", "Results, sentence 2", 'id="orr-at"'):
        assert shown in row


def test_a_drug_page_shows_the_results_of_the_groups_that_were_given_it(client):
    page = page_of(client, "/drug/inotuzumab-ozogamicin")
    assert "Results by outcome" in page
    assert 'href="/study/ino-vate#' in page
    assert "does not hold everything" in page, "so many are the results of this drug"
    assert re.search(r"\d+ of \d+ findings of <a href=\"/study/ino-vate\"", page)


def test_a_drug_page_names_the_regimens_in_which_only_some_were_given_it(client):
    page = page_of(client, "/drug/blinatumomab")
    named = page[page.index("Given to some in") :].partition("</dd>")[0]
    assert 'href="/regimen/mini-hyper-cvd-ino-blinatumomab"' in named


def test_a_report_page_shows_where_its_authors_work_and_whom_to_write_to(client):
    page = page_of(client, "/report/evstratov-2023")
    assert 'href="/organization/rogachev-center"' in page
    assert "To write to" in page
    assert "Evstratov.D.A@yandex.ru" in page


def test_a_report_page_tells_what_a_curator_added_from_what_is_printed(client):
    page = page_of(client, "/report/jabbour-2018")
    added = page[page.index("Found by a curator") :].partition("</dd>")[0]
    assert "pmid:30307611" in added
    assert "10.1002" not in added


def test_an_outcome_page_shows_its_results_in_every_study(client):
    page = page_of(client, "/outcome/overall-survival")
    for study in ("ino-vate", "mini-hcvd-ino"):
        assert f'href="/study/{study}"' in page


def test_a_target_page_links_to_the_drugs_that_bind_it(client):
    assert 'href="/drug/inotuzumab-ozogamicin"' in page_of(client, "/target/cd22")


@pytest.mark.slow
def test_every_concept_of_the_closed_lists_has_a_page_and_rdf(client):
    concepts = {
        quad.subject.value
        for quad in SNAPSHOT.loaded.quads
        if quad.predicate.value.endswith("core#inScheme") and isinstance(quad.subject, NamedNode)
    }
    assert f"{BASE}flag/secondary-source" in concepts
    for iri in concepts:
        address = iri.replace(BASE, "/")
        page_of(client, address)
        assert client.get(f"{address}.ttl").status_code == 200


def test_a_flag_page_says_what_the_flag_means_and_lists_the_figures_that_carry_it(client):
    page = page_of(client, "/flag/impossible-share")
    assert "No whole number of the stated people gives this share." in page
    assert "Results by outcome" in page


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_a_list_of_its_records(client, kind):
    page = page_of(client, f"/{kind}")
    for record in RECORDS:
        if record.startswith(f"{kind}/"):
            assert f'href="/{record}"' in page


def test_the_iri_of_a_named_graph_leads_to_its_triples(client):
    response = client.get("/graph/study/ino-vate", follow_redirects=True)
    assert response.mimetype == "text/turtle"
    assert b"study:ino-vate" in response.data


def test_an_unknown_record_is_not_found_and_near_ones_are_named(client):
    response = client.get("/study/ino-vat", headers={"Accept": "application/json"})
    assert response.status_code == 404
    assert "/study/ino-vate" in json.loads(response.data)["near"]
    page = client.get("/study/ino-vat", headers={"Accept": "text/html"})
    assert page.status_code == 404
    assert 'href="/study/ino-vate"' in page.text


def test_an_unknown_kind_is_not_found_and_near_ones_are_named(client):
    response = client.get("/studies")
    assert response.status_code == 404
    assert "/study" in json.loads(response.data)["near"]


def test_a_type_that_a_record_does_not_come_in_is_refused(client):
    response = client.get("/study/ino-vate", headers={"Accept": "text/csv"})
    assert response.status_code == 406
    assert "text/turtle" in json.loads(response.data)["offered"]


def test_links_lead_only_to_the_web(app):
    with app.test_request_context():
        assert href(f"{BASE}study/x#y") == "/study/x#y"
        assert href("https://doi.org/10.1000/1") == "https://doi.org/10.1000/1"
        assert href("javascript:alert(1)") is None


def test_links_stay_below_the_prefix_of_a_proxy(client):
    page = client.get("/drug/blinatumomab", base_url="http://localhost/evidence").text
    assert 'href="/evidence/target/cd19"' in page
    assert 'href="/target/cd19"' not in page


def test_a_record_names_its_other_representations(client):
    links = ", ".join(client.get("/study/ino-vate").headers.getlist("Link"))
    assert '</study/ino-vate.ttl>; rel="alternate"; type="text/turtle"' in links


def test_a_report_page_says_what_each_thing_is_that_a_curator_found(client):
    page = page_of(client, "/report/evstratov-2023")
    added = page[page.index("Found by a curator") :].partition("</dd>")[0]
    for words in ("submitted 2022-12-27", "accepted 2023-02-27", "volume 22(1)", "pages 46-52"):
        assert words in added


def test_a_report_page_has_the_passages_that_were_passed_over_folded_and_without_digests(client):
    page = page_of(client, "/report/evstratov-2023-abstract")
    folded = page[page.index("Numbers that are no facts") :].partition("</details>")[0]
    assert "<details" in folded
    assert 'id="licence-version"' in folded
    assert "dfbfd97331f0b604605eb09cf3f72d3fdf2982d67251b81b7694af" not in page


def test_a_page_tells_a_doubt_about_its_record_once(client):
    page, _, _ = page_of(client, "/report/evstratov-2023").partition('id="_data"')
    assert page.count('href="/flag/bibliography-curated"') == 1


def test_a_comparison_says_which_of_its_sides_is_not_stated(client):
    page = page_of(client, "/study/mini-hcvd-ino")
    assert "direction not stated" in page
    assert "significance not stated" in page


def test_a_treatment_whose_drugs_nobody_names_says_so(client):
    assert "Which drugs is not printed" in page_of(client, "/study/mini-hcvd-ino")


def test_each_figure_of_a_study_has_the_tier_of_its_report_beside_it(client):
    page = client.get("/study/ino-vate").text
    row = page.partition('id="cr-ino"')[2].partition("</tr>")[0]
    figure = row.partition('data-label="Figure"')[2].partition("</td>")[0]
    assert 'href="/tier/retelling"' in figure


def test_a_page_on_which_tiers_meet_says_which_comes_first(client):
    page = client.get("/outcome/complete-remission").text
    named = re.search(r"the nearest report comes first: ([a-z ]+)\.", page)[1].split(" before ")
    nodes = SNAPSHOT.loaded.nodes
    ranks = [int(nodes[f"{BASE}tier/{tier}"].value("rank")) for tier in named]
    assert {"primary", "abstract", "retelling"} <= set(named)
    assert ranks == sorted(set(ranks))
    assert "comes first" not in client.get("/study/ino-children").text


def test_the_page_of_a_report_says_its_tier_once_and_not_beside_each_figure(client):
    page = client.get("/report/jabbour-2018-abstract").text
    assert page.count('href="/tier/abstract"') == 2  # at its head, and as data


def test_a_row_of_an_answer_has_the_tier_of_its_report_below_it(client):
    page = client.get("/questions/median-survival?columns=outcome&columns=figure").text
    below = page.partition('class="behind"')[2].partition("</tr>")[0]
    assert 'href="/tier/' in below


def order_of(text, *words):
    """Whether words stand in a page in this order."""
    places = [text.index(word) for word in words]
    return places == sorted(places)


def test_a_study_tells_its_primary_outcomes_first_then_topic_by_topic(client):
    page = page_of(client, "/study/ino-vate")
    told = page.partition('id="_results"')[2]
    heads = re.findall(r"<h3>(.*?)</h3>", told.partition('id="_comparisons"')[0])
    assert heads[0] == "Primary outcomes"
    assert order_of(heads, "Response", "Survival", "Transplant", "Adverse event", "Death")
    assert heads[-2:] == ["Conduct of the study", "Baseline characteristic"]
    first = told.partition("<h3>Primary outcomes</h3>")[2]
    assert order_of(first, 'id="_outcome-complete-remission"', 'id="_outcome-overall-survival"')


def test_what_nobody_in_the_study_was_counted_for_is_folded_away(client):
    page = page_of(client, "/study/ino-vate")
    folded = re.search(r'<details class="background">(.*?)</details>', page, re.DOTALL)[1]
    assert "of people in general, or of cells" in folded
    assert "/outcome/antigen-expression" in folded
    assert (
        "/outcome/antigen-expression"
        not in page.partition('id="_results"')[2].partition('<details class="background">')[0]
    )


def test_a_comparison_is_a_sentence_with_both_figures_and_the_estimate(client):
    page = page_of(client, "/study/ino-vate")
    row = re.search(r'<tr id="os-2019">(.*?)</tr>', page, re.DOTALL)[1]
    told = " ".join(re.sub("<[^>]*>", "", row).split())
    assert "with inotuzumab ozogamicin against" in told
    assert "favours inotuzumab ozogamicin; significance not stated; randomised." in told
    assert "Hazard ratio 0.75 (97.5% CI" in told


def test_a_study_whose_primary_report_was_not_read_says_so_at_its_head(client):
    head = page_of(client, "/study/ino-hsct-pooled").partition("<dl")[0]
    assert "primary report not read" in head
    assert "They come from: retelling" in head


def test_a_drug_tells_what_was_found_before_its_codes(client):
    page = page_of(client, "/drug/inotuzumab-ozogamicin")
    assert order_of(page, "What studies of it found, in brief", 'id="_results"', 'id="_codes"')
    brief = page.partition('class="stacked brief"')[2].partition("</table>")[0]
    row = brief.partition('href="/study/ino-vate"')[2].partition("</tr>")[0]
    assert 'data-label="Complete remission"' in row
    assert "/study/ino-vate/figure/" in row
    assert "78.4%" in row


def test_the_topics_of_a_drug_are_folded_but_for_the_first(client):
    page = page_of(client, "/drug/inotuzumab-ozogamicin")
    topics = re.findall(r'<details class="topic"( open)?>\s*<summary><h3>(.*?)</h3>', page)
    assert topics[0] == (" open", "Response")
    assert not any(is_open for is_open, _ in topics[1:])
    assert len(topics) > 4


def test_an_outcome_leads_to_its_questions_and_shows_what_is_said_of_its_figures(client):
    page = page_of(client, "/outcome/vod-sos")
    asked = page.partition('id="_questions"')[2].partition("</ul>")[0]
    assert order_of(asked, "/questions/vod-sos-by-population-and-dose", "outcome=vod-sos")
    assert "well tolerated" in page.partition('id="_claims"')[2]


def test_a_target_does_not_repeat_what_its_drugs_did(client):
    page = page_of(client, "/target/cd22")
    assert "/outcome/complete-remission" not in page.partition('id="_results"')[2]
    assert "/drug/inotuzumab-ozogamicin" in page


def test_reports_of_a_study_lead_outward_or_say_that_no_address_is_known(client):
    listed = page_of(client, "/study/ino-vate").partition('id="_reports"')[2].partition("<h2")[0]
    for report in re.findall(r"<li>(.*?)</li>", listed, re.DOTALL):
        assert 'href="http' in report or "no public address is known" in report
    assert "https://doi.org/10.1056/NEJMoa1509277" in listed


def test_a_report_that_nobody_can_look_up_says_so(client):
    assert "No public address of it is known." in page_of(client, "/report/research-in-review")
    assert "No public address of it" not in page_of(client, "/report/kantarjian-2019")


def test_lists_of_records_are_headed_in_the_plural(client):
    for kind in KINDS:
        heading = re.search("<h1>(.*?)</h1>", page_of(client, f"/{kind}"))[1]
        assert heading != kind.capitalize()
        assert heading[0].isupper()


def test_the_reports_of_a_study_come_by_their_tier_and_many_are_folded(client):
    page = page_of(client, "/study/ino-vate")
    reports = page[page.index('id="_reports"') : page.index("Who was counted")]
    tiers = re.findall(r'href="/tier/([a-z-]+)"', reports)
    ranks = {node.iri: int(node.value("rank")) for node in SNAPSHOT.loaded.nodes.instances("Tier")}
    numbers = [ranks[f"{BASE}tier/{tier}"] for tier in tiers]
    assert numbers == sorted(numbers)
    assert len(set(numbers)) > 2
    assert reports.index("<details>") < reports.index("more reports") < reports.rindex("<li>")
