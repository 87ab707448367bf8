"""``docs/http.md`` says what the service does."""

import json
import re

import pytest
from approve import SOURCES

DOCS = (SOURCES.root / "docs" / "http.md").read_text()
HOST = "http://127.0.0.1:8650"
ADDRESSES = sorted(set(re.findall(rf"{HOST}(/[^\s'\"]+)", DOCS)))


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_address_of_an_example_answers(client, address):
    expected = 400 if "blinatumomap" in address else 200
    assert client.get(address).status_code == expected


def test_the_problem_that_is_shown_is_the_one_that_is_sent(client):
    shown = json.loads(re.search(r"```json\n(.+?)```", DOCS, re.DOTALL)[1])
    sent = client.get(shown["instance"]).get_json()
    assert sent | {"known": [*sent["known"][:1], "…"]} == shown


def test_every_address_of_the_interface_is_in_the_table(app):
    table = DOCS[DOCS.index("## All addresses") : DOCS.index("## Which format")]
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<\w+:", "<", rule.rule).partition(".<suffix>")[0]
        if rule.endpoint not in ("static", "records.show_graph", "downloads.download"):
            assert f"`{path}" in table, path
