"""The search page and its JSON: what is found in the real graph, for readers and for scripts."""

import re

import pytest

from allograph.errors import StoreError
from allograph.namespaces import BASE
from allograph.web.pages import search as search_module


def search(client, words, **arguments):
    return client.get("/search.json", query_string={"q": words} | arguments).get_json()


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("InO", "/drug/inotuzumab-ozogamicin"),
        ("besponsa", "/drug/inotuzumab-ozogamicin"),
        ("BLIN", "/drug/blinatumomab"),
        ("blinatumomap", "/drug/blinatumomab"),
        ("allo-SCT", "/procedure/allogeneic-hsct"),
        ("HSCT", "/procedure/hsct"),
        ("CR", "/outcome/complete-remission"),
        ("VOD", "/outcome/vod-sos"),
        ("SOS", "/outcome/vod-sos"),
        ("veno-occlusive disease", "/outcome/vod-sos"),
        ("MRD", "/outcome/mrd-negativity"),
        ("OS", "/outcome/overall-survival"),
        ("PFS", "/outcome/progression-free-survival"),
        ("ino vate", "/study/ino-vate"),
        ("NCT01564784", "/study/ino-vate"),
        ("children", "/questions/children-event-free-survival"),
        ("inotuzumab in children", "/study/ino-children"),
        ("CD22", "/target/cd22"),
        ("leukemia", "/condition/acute-lymphoblastic-leukaemia"),
        ("complete remission", "/outcome/complete-remission"),
        ("Jabbour 2018", "/report/jabbour-2018"),
        ("died in remission without transplant", "/study/ino-salvage-100#died-in-remission"),
        ("denominator not stated", "/flag/denominator-not-stated"),
        ("denominator", "/ontology#denominator"),
        ("doubt", "/questions/doubts"),
        ("median survival", "/questions/median-survival"),
    ],
)
def test_search_finds_things_of_every_kind_among_the_first(client, words, address):
    page = client.get("/search", query_string={"q": words}).text
    assert f'href="{address}"' in page
    first = [hit["href"] for hit in search(client, words)["hits"][:4]]
    assert address in first


def test_search_puts_the_whole_name_first(client):
    hits = [hit["href"] for hit in search(client, "survival")["hits"]]
    assert hits.index("/outcome/survival") < hits.index("/outcome/overall-survival")


def test_every_hit_leads_to_a_page_that_holds_it(client):
    for words in ("transplant", "remission", "denominator", "blinatumomab"):
        for hit in search(client, words)["hits"]:
            address, _, anchor = hit["href"].partition("#")
            page = client.get(address, headers={"Accept": "text/html"})
            assert page.status_code == 200, hit
            assert not anchor or f'id="{anchor}"' in page.text, hit


def test_a_hit_comes_with_its_kind_and_a_line_about_it(client):
    (first, *_others) = search(client, "Besponsa")["hits"]
    assert first == {
        "iri": f"{BASE}drug/inotuzumab-ozogamicin",
        "href": "/drug/inotuzumab-ozogamicin",
        "kind": "drug",
        "label": "inotuzumab ozogamicin",
        "name": "Besponsa",
        "context": "antibody-drug conjugate · binds CD22",
    }
    page = client.get("/search?q=Besponsa").text
    assert "also called Besponsa" in page
    assert '<span class="tag">drug</span>' in page


def test_a_typing_error_is_mended_and_said(client):
    assert search(client, "blinatumomap")["did_you_mean"] == "blinatumomab"
    page = client.get("/search?q=blinatumomap").text
    assert "Did you mean" in page
    assert 'href="/search?q=blinatumomab"' in page
    assert "Did you mean" not in client.get("/search?q=blinatumomab").text


def test_where_nothing_is_found_the_page_says_so_and_leads_on(client):
    page = client.get("/search?q=xyzzy")
    assert page.status_code == 200
    assert "Nothing here is called" in page.text
    for address in ("/questions", "/study", "/drug", "/outcome", "/sparql"):
        assert f'href="{address}"' in page.text
    assert search(client, "xyzzy")["hits"] == []


def test_without_words_the_page_says_what_can_be_looked_for(client):
    assert "synonym" in client.get("/search").text
    assert search(client, "  ")["hits"] == []


def test_a_kind_narrows_the_hits_and_each_kind_is_counted(client):
    found = search(client, "transplant", limit=200)
    assert sum(found["kinds"].values()) == found["total"] == len(found["hits"])
    for kind, count in found["kinds"].items():
        hits = search(client, "transplant", kind=kind, limit=200)["hits"]
        assert [hit["kind"] for hit in hits] == [kind] * count


def test_as_many_hits_are_sent_as_were_asked_for(client):
    assert len(search(client, "transplant", limit=3)["hits"]) == 3
    page = client.get("/search?q=transplant&limit=3").text
    assert len(re.findall(r'<a class="name"', page)) == 3
    assert "limit=200" in page


@pytest.mark.parametrize("limit", ["0", "201", "-1", "three", "", "1e2", "³"])
def test_a_limit_that_is_none_is_refused(client, limit):
    response = client.get("/search.json", query_string={"q": "CR", "limit": limit})
    assert response.status_code == 400
    assert "limit" in response.get_json(force=True)["detail"]


def test_search_is_chosen_by_accept_header_too(client):
    by_header = client.get("/search?q=CR", headers={"Accept": "application/json"})
    assert by_header.mimetype == "application/json"
    assert by_header.get_json() == search(client, "CR")


def test_search_is_not_sent_to_those_who_can_take_neither_page_nor_json(client):
    response = client.get("/search?q=CR", headers={"Accept": "text/turtle"})
    assert response.status_code == 406
    assert response.get_json(force=True)["offered"] == ["text/html", "application/json"]


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", '" onfocus="alert(1)', "a" * 5000])
def test_what_was_asked_is_shown_as_text_and_no_longer_than_is_read(client, words):
    page = client.get("/search", query_string={"q": words}).text
    assert "alert(1)</script" not in page
    assert '" onfocus="' not in page
    assert "a" * 201 not in page


def test_the_document_of_the_interface_names_the_arguments_of_the_search(client):
    paths = client.get("/openapi.json").get_json()["paths"]
    for path in ("/search", "/search.{suffix}"):
        names = {item["name"] for item in paths[path]["get"]["parameters"] if item["in"] == "query"}
        assert names == {"q", "kind", "limit"}


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("/study/inovate", "/study/ino-vate"),
        ("/drug/besponsa", "/drug/inotuzumab-ozogamicin"),
        ("/blinatumomab", "/drug/blinatumomab"),
        ("/questions/median-survivals", "/questions/median-survival"),
    ],
)
def test_a_page_about_a_wrong_address_names_what_may_have_been_meant(client, address, meant):
    page = client.get(address, headers={"Accept": "text/html"})
    assert page.status_code == 404
    assert f'href="{meant}"' in page.text


def test_a_page_about_a_wrong_address_is_sent_while_the_store_is_silent(app, monkeypatch):
    def fail(_reader):
        raise StoreError("the store does not answer")

    monkeypatch.setattr(search_module, "index", fail)
    page = app.test_client().get("/nothing/here/at/all", headers={"Accept": "text/html"})
    assert page.status_code == 404
    assert "Go on from here" in page.text
