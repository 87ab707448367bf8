"""Behind a proxy: links carry its prefix if it is trusted; nobody else can pretend to be one."""

import json
import re

import pytest
from werkzeug.test import Client

from allograph.web.proxies import behind_proxies

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
