"""Summaries of Findings as people look at them: accessible, narrow, and on one sheet of paper."""

import re

import pytest
from tools import needs

pytestmark = needs("chromium")

COMPARED = "/summary/inotuzumab-ozogamicin..standard-intensive-chemotherapy"
SHEET = re.compile(rb"/Type\s*/Page(?![a-z])")


@pytest.mark.parametrize("address", [COMPARED, "/summary/inotuzumab-ozogamicin", "/summary"])
def test_a_summary_keeps_to_wcag_and_never_scrolls_sideways(page, axe, fits, address):
    page.goto(address)
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    for width in (375, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        fits(page)
    axe(page)
    page.emulate_media(color_scheme="dark")
    axe(page)


def test_a_comparison_prints_on_one_sheet_on_its_side(page):
    page.goto(COMPARED)
    paper = page.pdf(prefer_css_page_size=True)
    assert len(SHEET.findall(paper)) == 1
    width, height = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", paper).groups()
    assert float(width) > float(height)


def test_a_figure_of_a_row_opens_beside_it(page):
    page.goto(COMPARED)
    page.get_by_role("link", name="INO-VATE").first.click()
    assert page.get_by_role("dialog").get_by_role("heading", level=1).inner_text()
