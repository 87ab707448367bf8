"""What operators read: every setting, outcome and figure stands there, and nothing else."""

import re

import pytest
from approve import SOURCES

from allograph.settings import SETTINGS
from allograph.web.http.problems import STATUS
from allograph.web.http.runs import OUTCOMES

TEXT = (SOURCES.root / "docs" / "operating.md").read_text(encoding="utf-8")
HTTP = (SOURCES.root / "docs" / "http.md").read_text(encoding="utf-8")


def test_a_setting_stands_there_with_its_default_and_its_help():
    for setting in SETTINGS:
        default = "" if setting.default == "" else f"`{setting.default}`"
        assert f"| `{setting.name}` | {default} | {setting.help} |" in TEXT


def test_no_other_setting_stands_there():
    table = TEXT.split("| setting | default |")[1].split("\n\n")[0]
    assert re.findall(r"^\| `(\w+)`", table, re.MULTILINE) == [row.name for row in SETTINGS]


@pytest.mark.parametrize("outcome", ["ok", "cached", "cut", *(word for _, word in OUTCOMES)])
def test_an_outcome_is_explained(outcome):
    table = TEXT.split("| outcome | meaning |")[1].split("\n\n")[0]
    assert f"`{outcome}`" in table


def test_the_figures_are_those_that_are_told(client):
    client.get("/sparql?query=ASK%20%7B%7D")
    told = set(re.findall(r"^# HELP (allograph_\w+)", client.get("/metrics").text, re.MULTILINE))
    told = {name for name in told if not name.endswith("_created")}
    assert set(re.findall(r"`(allograph_\w+)`", TEXT)) == told


@pytest.mark.parametrize("status", sorted({*STATUS.values(), 405, 406, 413, 414, 415, 429}))
def test_a_status_is_explained(status):
    table = HTTP.split("| status | when |")[1].split("\n\n")[0]
    assert re.search(rf"^\| (\d+, )*{int(status)}\b", table, re.MULTILINE)
