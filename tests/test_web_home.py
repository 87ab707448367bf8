"""The home page, the list of questions and the download page: what a newcomer sees."""

import json
import re
from hashlib import sha256

import pytest
from approve import QUESTIONS, SNAPSHOT, SOURCES

from allograph.namespaces import BASE
from allograph.reading.dataset import KEYWORDS
from allograph.reading.listing import OTHERS, by_topic, clinical
from allograph.reading.taking.formats import ANSWER_FORMATS, is_picture
from allograph.web.http.negotiate import DATASETS
from allograph.web.pages.downloads import PURPOSES
from allograph.web.pages.home import SHOWN

AG = f"{BASE}ontology#"
STUDIES = sorted(path.stem for path in (SOURCES.root / "graph" / "study").glob("*.ttl"))


def page(client, address):
    response = client.get(address, headers={"Accept": "text/html"})
    assert response.status_code == 200
    return response.text


def card(text, key):
    """The card of a study, as home and the list of studies show it."""
    return next(
        found
        for found in re.findall(r'<li class="card study">.*?</li>', text, re.DOTALL)
        if f'href="/study/{key}"' in found
    )


def members(class_name):
    """The subjects of a class in the curated graph."""
    return {
        quad.subject
        for quad in SNAPSHOT.loaded.quads
        if quad.predicate.value.endswith("#type") and quad.object.value == f"{AG}{class_name}"
    }


def dataset_in(text):
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
    return json.loads(block)


def test_the_home_page_offers_the_three_things_a_newcomer_wants(client):
    text = page(client, "/")
    for address, words in (
        ("/questions", "Ask a question"),
        ("/study", "Browse the studies"),
        ("/quality", "See the doubts"),
    ):
        assert f'<a href="{address}">{words}</a>' in text


def test_the_home_page_says_in_two_sentences_what_this_is(client):
    (lead,) = re.findall(r'<p class="lead">(.*?)</p>', page(client, "/"))
    assert len(re.findall(r"[.?!](?= [A-Z]|$)", lead)) == 2


def test_the_home_page_leads_to_every_study_and_every_question(client, release):
    text, studies = page(client, "/"), page(client, "/study")
    assert len(set(re.findall('href="/study/([a-z0-9-]+)"', text))) >= min(SHOWN, len(STUDIES))
    assert 'href="/study"' in text
    for key in STUDIES:
        assert f'href="/study/{key}"' in studies
    for name, question in QUESTIONS.items():
        assert f'href="/questions/{name}"' in text
        assert question.title in text.replace("&#39;", "'")
    assert release.id in text
    assert release.manifest["issued"] in text


def test_the_home_page_counts_what_there_is(client):
    (doubts,) = re.findall(r"Doubts 1 to 100 of (\d+)\.", page(client, "/quality"))
    grave = re.search(r"of (\d+), of", page(client, "/quality?f.weight=decisive"))[1]
    results = members("Result")
    text = page(client, "/")
    told = re.search(r"(\d+) questions that clinicians ask.*?; (\d+) more for curators", text)
    assert sum(map(int, told.groups())) == len(QUESTIONS)
    assert f"{len(STUDIES)} studies with {len(results)} printed figures" in text
    assert f"{doubts} doubts" in text
    assert f"{grave} of them could change a decision" in text


def test_a_study_shows_its_people_its_drugs_and_the_shares_of_its_arms_side_by_side(client):
    text = card(page(client, "/study"), "ino-vate")
    assert "randomised trial" in text
    assert "326 people" in text
    assert 'href="/drug/inotuzumab-ozogamicin"' in text
    assert re.findall(r"<strong>(.*?)</strong>", text) == ["22.8%", "10%"]
    assert 'href="/study/ino-vate/figure/' in text


def test_the_shares_of_two_arms_are_counted_by_one_definition(client):
    text = card(page(client, "/study"), "tower")
    assert re.findall(r"<strong>(.*?)</strong>", text) == ["34%", "16%"]


def test_a_card_names_what_is_not_stated(client):
    assert '<span class="tag">design not stated</span>' in card(
        page(client, "/study"), "ino-hsct-pooled"
    )


def test_no_subgroup_stands_for_the_whole_study(client):
    text = card(page(client, "/study"), "ino-salvage-100")
    assert re.findall(r"<strong>(.*?)</strong>", text) == ["67%", "60%"]
    assert "67 of 100" in text
    assert "61.7" not in text


def test_what_a_comparator_from_outside_was_given_is_no_drug_of_the_study(client):
    text = card(page(client, "/study"), "mini-hcvd-ino")
    assert 'href="/drug/mini-hyper-cvd"' in text
    assert 'href="/drug/intensive-salvage-chemotherapy"' not in text


@pytest.mark.parametrize("address", ["/", "/download"])
def test_search_engines_are_told_of_the_dataset_and_its_files(client, release, address):
    dataset = dataset_in(page(client, address))
    assert (dataset["@context"], dataset["@type"]) == ("https://schema.org", "Dataset")
    assert dataset["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert dataset["version"] == release.id
    assert 50 <= len(dataset["description"]) <= 5000  # what Google's dataset search asks for
    assert set(KEYWORDS) == set(dataset["keywords"])
    exports = release.manifest["exports"]
    assert {item["name"]: item["sha256"] for item in dataset["distribution"]} == {
        name: file["sha256"] for name, file in exports.items()
    }


def test_the_description_of_the_dataset_cannot_end_its_element(client):
    for address in ("/", "/download"):
        (block,) = re.findall(
            r'<script type="application/ld\+json">(.*?)</script>', page(client, address)
        )
        assert "<" not in block


def test_each_question_of_the_list_says_in_a_line_what_a_row_is(client):
    text = page(client, "/questions")
    for name in QUESTIONS:
        (line,) = re.findall(rf'href="/questions/{name}">[^<]*</a> <span[^>]*>(.*?)</span>', text)
        assert line.endswith(".")
        assert 10 < len(line) < 400


def test_the_list_of_questions_can_be_searched_without_a_script(client):
    text = page(client, "/questions")
    (form,) = re.findall(r"<form[^>]*data-filter.*?</form>", text, re.DOTALL)
    assert 'action="/search"' in form
    assert '<input type="hidden" name="kind" value="question">' in form
    found = page(client, "/search?kind=question&q=transplant")
    assert 'href="/questions/share-reaching-transplant' in found
    assert 'class="name" href="/outcome/' not in found


def test_the_download_page_says_what_each_file_is_for_and_how_to_check_it(client, release):
    text = page(client, "/download")
    assert set(PURPOSES) == {format.name for format in DATASETS}
    for purpose in PURPOSES.values():
        assert purpose in text
    for name, file in release.manifest["exports"].items():
        assert f'href="/download/{name}"' in text
        assert f'<code class="digest">{file["sha256"]}</code>' in text
    assert "sha256sum --check --ignore-missing SHA256SUMS" in text
    assert release.id in text
    assert "CC BY 4.0" in text


def test_the_checksums_are_those_of_the_files(client, release):
    response = client.get("/download/SHA256SUMS")
    assert response.mimetype == "text/plain"
    lines = dict(reversed(line.split("  ")) for line in response.text.splitlines())
    assert set(lines) == set(release.manifest["exports"])
    name = "allograph.ttl.gz"
    assert lines[name] == sha256(client.get(f"/download/{name}").data).hexdigest()


def test_the_download_page_says_what_void_counts(client, release):
    text = page(client, "/download")
    assert f"<dd>{release.manifest['triples']:,}</dd>" in text
    row = r'<code>ag:Drug</code></a></td><td class="number">(\d+)</td>'
    assert re.findall(row, text) == [str(len(members("Drug")))]
    for vocabulary in ("dcterms", "skos", "oa", "schema"):
        assert f">{vocabulary}</a>" in text


def test_the_download_page_counts_the_links_to_each_other_dataset(client):
    mesh = {
        quad.triple
        for quad in SNAPSHOT.loaded.quads
        if quad.predicate.value.endswith("Match")
        and quad.object.value.startswith("http://id.nlm.nih.gov/mesh/")
    }
    row = r'<th scope="row">MeSH</th>.*?<td class="number">(\d+)</td>'
    assert re.findall(row, page(client, "/download")) == [str(len(mesh))]


def test_the_list_of_studies_shows_what_the_home_page_shows_of_each(client):
    home, listed = page(client, "/"), page(client, "/study")
    cards = re.findall(r'<li class="card study">.*?</li>', home, re.DOTALL)
    assert len(cards) == min(SHOWN, len(STUDIES))
    for card in cards:
        assert card.replace("h3>", "h2>") in listed


def test_questions_stand_under_six_topics_in_clinical_order_and_those_of_curators_last():
    topics = by_topic(QUESTIONS)
    assert [topic.key for topic in topics] == [
        "response",
        "survival",
        "transplant",
        "harms",
        "comparisons",
        "studies",
        "curators",
    ]
    assert [topic.is_clinical for topic in topics] == [True] * 6 + [False]
    assert sorted(q.name for asked in topics.values() for q in asked) == sorted(QUESTIONS)
    assert clinical(topics) == len(QUESTIONS) - len(topics[OTHERS])
    assert {"doubts", "rule-findings", "searches", "identifiers"} <= {
        question.name for question in topics[OTHERS]
    }


def test_a_question_leads_to_its_topic_and_the_list_has_its_anchor(client):
    listed = page(client, "/questions")
    for address, key in (("survival-at-a-time", "survival"), ("adverse-events", "harms")):
        assert f'<p class="eyebrow"><a href="/questions#{key}">' in page(
            client, f"/questions/{address}"
        )
        assert f'id="{key}"' in listed


def test_the_download_page_offers_each_question_as_a_table_in_every_format(client):
    text = page(client, "/download")
    for name, question in QUESTIONS.items():
        for format in ANSWER_FORMATS:
            is_offered = bool(question.plot) or not is_picture(format)
            assert (f'href="/questions/{name}.{format.name}"' in text) == is_offered


@pytest.mark.parametrize("address", ["/study/nothing", "/questions/nothing", "/nothing/here"])
def test_an_address_that_is_none_suggests_no_rule_and_nothing_of_another_kind(client, address):
    response = client.get(address, headers={"Accept": "text/html"})
    assert response.status_code == 404
    hits = re.findall(r'<ol class="hits">(.*?)</ol>', response.text, re.DOTALL)
    assert "/rule/" not in "".join(hits)
    if address.startswith("/study"):
        assert all("/study/" in target for target in re.findall('href="([^"]+)"', "".join(hits)))
