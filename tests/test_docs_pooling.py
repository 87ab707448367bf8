"""docs/pooling.md: what its commands say is what the commands say."""

import re
import shlex

import pytest
from approve import SOURCES

PAGE = (SOURCES.root / "docs" / "pooling.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```console\n\$ (.*?)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(("command", "shown"), EXAMPLES, ids=lambda text: text.splitlines()[0][:60])
def test_a_command_of_the_page_says_what_the_page_shows(allograph, command, shown):
    done = allograph(*shlex.split(command)[1:])
    said = [line.strip() for line in (done.stdout + done.stderr).splitlines()]
    assert [line for line in shown.splitlines() if line.strip() not in said] == []


def test_the_page_has_an_example_of_each_kind():
    assert len(EXAMPLES) >= 5
