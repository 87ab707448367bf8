"""The switch "with or without retellings": of the answer, its plot, and the pages of records."""

import html
import re

import pytest

HTML = {"Accept": "text/html"}
SHARES = "/questions/share-reaching-transplant"


def page(client, address):
    response = client.get(address, headers=HTML)
    assert response.status_code == 200, response.text
    return response.text


def pictures(text):
    """The addresses of the plot, in light and in dark."""
    found = re.findall(r'(?:src|srcset)="(/questions/[^"]+\.svg[^"]*)"', text)
    return [html.unescape(address) for address in found]


def test_the_plot_of_an_answer_shows_the_rows_that_are_wanted(client):
    with_all = page(client, SHARES)
    (switch,) = re.findall(r'href="([^"#]+)#answer"[^>]*>Without \(', with_all)
    without = page(client, html.unescape(switch))
    drawn = [re.search(r"(\d+) of \d+ rows of the table", text) for text in (with_all, without)]
    assert int(drawn[1][1]) < int(drawn[0][1])
    assert len(set(pictures(without))) == 4
    for address in pictures(without):
        assert "retellings=no" in address
        svg = client.get(address)
        assert svg.status_code == 200
        assert svg.text.count("<a ") < client.get(pictures(with_all)[0]).text.count("<a ")
    assert all("retellings" not in address for address in pictures(with_all))


def test_the_plot_of_a_narrowed_answer_is_narrowed_as_the_table(client):
    for address in pictures(page(client, f"{SHARES}?f.study=ino-salvage-100&sort=-value")):
        assert "f.study=ino-salvage-100" in address
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "address",
    ["/drug/inotuzumab-ozogamicin", "/outcome/hsct-receipt", "/study/ino-vate"],
)
def test_the_page_of_a_record_leaves_retellings_out_where_that_is_wanted(client, address):
    with_all = page(client, address)
    (switch,) = re.findall(r'href="([^"]+)"[^>]*>Leave out retellings', with_all)
    assert html.unescape(switch) == f"{address}?retellings=no"
    without = page(client, switch)
    assert "Show retellings, too" in without and f'href="{address}"' in without

    def flags(text):
        results = text.partition('id="_results"')[2].partition('id="_data"')[0]
        return results.count('href="/flag/secondary-source"')

    assert flags(with_all) > flags(without) == 0
    assert without.count('data-label="Figure"') < with_all.count('data-label="Figure"')


def test_a_page_without_retellings_has_no_switch(client):
    assert "retellings" not in page(client, "/outcome/alive")


def test_a_value_of_the_switch_that_is_none_is_refused(client):
    response = client.get("/drug/blinatumomab?retellings=maybe", headers=HTML)
    assert response.status_code == 400
    assert "etellings are yes or no, not &#39;maybe&#39;" in response.text
