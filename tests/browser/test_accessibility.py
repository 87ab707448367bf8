"""Every kind of page keeps to WCAG 2.2 AA in light and in dark, and never scrolls sideways.

The editor, and the interface while it is used, are looked at in tests of their own.
"""

import pytest
from approve import SOURCES
from playwright.sync_api import expect
from tools import needs

pytestmark = needs("chromium")

WIDTHS = [320, 360, 768, 1920]
COLOURS = ["color-contrast", "link-in-text-block"]  # all that dark differs in
# The first record of each kind that is curated, and the list of its kind.
RECORDS = [
    address
    for folder in sorted((SOURCES.root / "graph").iterdir())
    for address in (f"/{folder.name}", f"/{folder.name}/{min(folder.iterdir()).stem}")
]
PAGES = [
    "/",
    "/search?q=transplant",
    "/search?q=xyzzy",
    "/questions",
    "/questions/share-reaching-transplant",
    "/questions/figures?study=ino-vate",
    "/questions/survival-at-a-time?at_time=1+a&release=0.0.1-other",
    "/questions/efficacy-against-comparator",
    "/questions/evidence-gaps",
    "/questions/rule-findings?rule=granularity",
    *RECORDS,
    "/study/ino-vate",
    "/study/ino-salvage-100",
    "/flag",
    "/flag/impossible-share",
    "/rule/granularity",
    "/ontology",
    "/quality",
    "/quality/rules",
    "/download",
    "/licences",
    "/docs",
    "/docs/model",
    "/docs/curating",
    "/about",
    "/methods",
    "/contact",
    "/changes",
]


def unfold(page):
    """Open all that can be opened, so that it is looked at too."""
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")


def look_at(page, axe, fits):
    unfold(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        fits(page)
    axe(page)
    page.emulate_media(color_scheme="dark")
    axe(page, COLOURS)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_keeps_to_wcag_in_light_and_dark_and_fits_every_screen(page, axe, fits, address):
    assert page.goto(address).ok
    look_at(page, axe, fits)


def test_a_page_that_is_not_there_keeps_to_it_too(page, complaints, axe, fits):
    page.goto("/study/none")
    expect(page.get_by_role("heading", level=1)).to_have_text("There is nothing here")
    # The browser reports the status 404 as an error.
    assert "404" in complaints.errors.pop()
    look_at(page, axe, fits)
