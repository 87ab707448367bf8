"""Look at the pages as people do: Chromium, a real server, the real graph.

A page fails its test when it asks another host for anything, writes an error to the console, or
breaks its content security policy (which browsers report there).
"""

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from approve import SOURCES
from playwright.sync_api import expect, sync_playwright

from allograph.web.bundle import entries

AXE = SOURCES.root / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
HERE = "127.0.0.1"


def pytest_collection_modifyitems(items):
    """All of them are ``browser``; those of one file keep to one browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group(f"browser {item.path.stem}"))


@dataclass
class Complaints:
    """What a page did that no page may do."""

    foreign: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def watch(self, context):
        """Keep a context from leaving this machine, and remember what it tries."""
        context.route(lambda url: not is_here(url), self._refuse)
        context.on("console", self._hear)
        context.on("weberror", lambda failure: self.errors.append(str(failure.error)))

    def _refuse(self, route):
        self.foreign.append(route.request.url)
        route.abort()

    def _hear(self, message):
        if message.type == "error":
            self.errors.append(message.text)


def is_here(url):
    parts = urlsplit(url)
    return parts.hostname == HERE or parts.scheme in ("data", "blob")


@pytest.fixture(scope="session")
def chromium():
    """The browser; ``page`` and ``open_context`` are what tests use of it."""
    expect.set_options(timeout=60_000)  # a busy machine is slow, and what never comes still fails
    assert entries(), "the scripts were not built: pip install --editable ."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        yield browser
        browser.close()


@pytest.fixture
def complaints():
    """What the pages of this test did wrong; a test that expects an error takes it out."""
    return Complaints()


@pytest.fixture
def open_context(chromium, server, complaints):
    """Open a context by Playwright's own names, such as ``viewport`` or ``color_scheme``."""
    contexts = []

    def open(**options):
        context = chromium.new_context(**{"base_url": server, "locale": "en-GB"} | options)
        contexts.append(context)
        complaints.watch(context)
        return context

    yield open
    for context in contexts:
        context.close()
    assert complaints == Complaints()


@pytest.fixture
def page(open_context):
    """A page of ordinary size; ``page.goto("/sparql")`` opens an address of the server."""
    return open_context(viewport={"width": 1280, "height": 900}).new_page()


@pytest.fixture
def narrow_page(open_context):
    """A page on a small telephone."""
    return open_context(viewport={"width": 360, "height": 740}, has_touch=True).new_page()


@pytest.fixture
def page_without_scripts(open_context):
    """A page on which nothing runs."""
    return open_context(java_script_enabled=False).new_page()


@pytest.fixture(scope="session")
def axe():
    """Assert that a page keeps to WCAG 2.2 AA, or to some rules, as far as a program can tell."""
    source = Path(AXE).read_text("utf-8")

    def check(page, only=STANDARDS):
        page.evaluate(source)
        found = page.evaluate(
            "only => axe.run(document, {runOnly: only, resultTypes: ['violations']})",
            only,
        )
        assert [
            f"{broken['id']}: {node['html']} {node['failureSummary']}"
            for broken in found["violations"]
            for node in broken["nodes"]
        ] == []

    return check


@pytest.fixture
def fits():
    """Assert that a page does not scroll sideways."""

    def check(page):
        widths = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert widths[0] <= widths[1]

    return check
