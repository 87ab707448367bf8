"""Behind a proxy: links carry its prefix if it is trusted; nobody else can pretend to be one."""

import json
import re

import pytest
from werkzeug.test import Client

from allograph.errors import SettingError
from allograph.settings import Settings
from allograph.web.http.proxies import behind_proxies, reached_as

FORWARDED = {
    "X-Forwarded-For": "192.0.2.7",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "data.example",
    "X-Forwarded-Prefix": "/allograph",
}
ADDRESS = "https://data.example/allograph"
HTML = {"Accept": "text/html"}


@pytest.fixture
def ask(app):
    def ask(address, proxies=1, **headers):
        client = Client(behind_proxies(app, proxies))
        return client.get(address, headers={**FORWARDED, **headers}, buffered=True)

    return ask


@pytest.mark.parametrize(
    "address", ["/", "/questions", "/questions/figures", "/study/ino-vate", "/sparql", "/download"]
)
def test_every_link_and_form_of_a_page_carries_the_prefix(ask, address):
    page = ask(address, **HTML).text
    assert 'href="/allograph/questions"' in page
    assert 'href="/allograph/static/allograph.css' in page
    local = [part.split('"')[0] for part in page.split('="/')[1:]]
    assert local
    assert all(target.startswith("allograph") for target in local), local


@pytest.mark.parametrize("address", ["/sparql", "/questions/figures", "/search?q=InO"])
def test_a_form_is_sent_to_the_prefix(ask, address):
    actions = re.findall(r'<form[^>]* action="([^"]*)"', ask(address, **HTML).text)
    assert actions
    assert all(action.startswith("/allograph/") for action in actions)


def test_the_description_of_the_interface_names_the_address_outside(ask):
    assert json.loads(ask("/openapi.json").text)["servers"] == [{"url": ADDRESS}]


def test_the_service_description_names_the_endpoint_outside(ask):
    assert f"<{ADDRESS}/sparql>" in ask("/sparql", Accept="application/n-triples").text


def test_the_links_of_an_answer_carry_the_prefix(ask):
    links = ask("/health").headers.getlist("Link")
    assert '</allograph/openapi.json>; rel="service-desc"' in links


def test_the_headers_are_ignored_unless_a_proxy_is_trusted(ask):
    assert json.loads(ask("/openapi.json", proxies=0).text)["servers"] == [
        {"url": "http://localhost"}
    ]
    page = ask("/", proxies=0, **HTML).text
    assert "allograph/questions" not in page
    assert "data.example" not in page


def test_only_the_last_proxies_are_believed(ask):
    headers = {"X-Forwarded-Host": "evil.example, data.example"}
    assert "evil.example" not in ask("/openapi.json", **headers).text


DOCUMENTS = ("/openapi.json", "/questions.json", "/questions/figures", "/sparql", "/download")


def asked(app, path, sent, accept="text/html,*/*;q=0.1", **settings):
    client = Client(reached_as(app, Settings(**settings)))
    return client.get(path, headers={"Host": sent, "Accept": accept}, buffered=True).text


@pytest.mark.parametrize("path", DOCUMENTS)
@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "localhost.evil.example", "a b"]
)
def test_a_host_that_nobody_told_us_of_is_not_believed(app, path, host):
    assert "evil" not in asked(app, path, host)


@pytest.mark.parametrize(
    "host", ["localhost:8650", "127.0.0.1:9", "[::1]:8650", "192.0.2.7", "graph.lab.example:8650"]
)
def test_this_machine_an_address_and_the_host_that_is_listened_on_are_believed(app, host):
    page = asked(app, "/openapi.json", host, host="graph.lab.example")
    assert json.loads(page)["servers"] == [{"url": f"http://{host}"}]


@pytest.mark.parametrize("path", DOCUMENTS)
def test_the_address_that_is_set_is_the_address_whatever_a_request_says(app, path):
    page = asked(app, path, "evil.example", url=f"{ADDRESS}/")
    assert "evil" not in page
    assert ADDRESS in page
    proxied = Client(reached_as(app, Settings(url=ADDRESS, proxy=1)))
    headers = {**FORWARDED, "X-Forwarded-Host": "evil.example", "Accept": "text/html,*/*;q=0.1"}
    assert "evil" not in proxied.get(path, headers=headers, buffered=True).text


@pytest.mark.parametrize("sent", ["Host", "X-Forwarded-Host"])
def test_the_host_that_a_trusted_proxy_passes_on_is_believed(app, sent):
    client = Client(reached_as(app, Settings(proxy=1)))
    answer = client.get("/openapi.json", headers={sent: "data.example"}, buffered=True)
    assert json.loads(answer.text)["servers"] == [{"url": "http://data.example"}]


@pytest.mark.parametrize(
    "url",
    ["data.example", "ftp://data.example", "https://", "https://a b/", "https://[", "https://a/?b"],
)
def test_an_address_that_is_none_is_refused_at_the_start(app, url):
    with pytest.raises(SettingError, match="ALLOGRAPH_URL"):
        reached_as(app, Settings(url=url))


def test_pages_are_kept_apart_by_the_address_that_they_name(app):
    path = "/questions/share-reaching-transplant"
    for host in ("127.0.0.1:1", "127.0.0.1:2"):
        assert f"http://{host}/" in asked(app, path, host)
