"""Paper: what is folded is open, nothing is cut off, and each sheet says where it is from."""

import re

import pytest
from tools import needs

pytestmark = needs("chromium")

# The width of A4, which media queries see, and that of its text between the margins, in CSS pixels.
SHEET_WIDTH, TEXT_WIDTH = 794, 688
PAGES = [
    "/",
    "/study/ino-salvage-100",
    "/questions/figures?study=tower",
    "/questions/efficacy-against-comparator",
    "/questions/share-reaching-transplant",
    "/quality",
    "/coverage",
    "/methods",
    "/docs/model",
    "/ontology",
]

TOO_WIDE = """
width => [...document.querySelectorAll("main *")]
  .filter(element => {
    const box = element.getBoundingClientRect();
    const shown = box.width > 0 && !element.closest(".visually-hidden, datalist");
    return shown && box.right > width + 1;
  })
  .map(element => `${element.tagName}.${element.className}: ${element.textContent.slice(0, 40)}`)
"""
SHEETS = """
() => [...document.styleSheets].flatMap(sheet => [...sheet.cssRules])
  .filter(rule => rule instanceof CSSPageRule).map(rule => rule.cssText)
"""


@pytest.fixture
def paper(open_context):
    """A page as wide as a sheet, in the style of paper."""
    page = open_context(viewport={"width": SHEET_WIDTH, "height": 980}).new_page()
    page.emulate_media(media="print")
    return page


@pytest.mark.parametrize("address", PAGES)
def test_nothing_reaches_beyond_the_sheet(paper, address):
    paper.goto(address)
    paper.evaluate("width => { document.documentElement.style.width = `${width}px` }", TEXT_WIDTH)
    assert paper.evaluate(TOO_WIDE, TEXT_WIDTH) == []


@pytest.mark.parametrize("address", ["/study/ino-salvage-100", "/ontology", "/coverage"])
def test_what_is_folded_is_open_and_what_leads_or_asks_is_left_out(paper, address):
    paper.goto(address)
    for folded in paper.locator("main details:not(nav *, [open]) > summary + *").all()[:10]:
        assert folded.bounding_box()["height"] > 0
    for hidden in ("body > header nav", "body > footer nav", "form", "button:not(.sort)", ".skip"):
        assert not any(each.is_visible() for each in paper.locator(hidden).all())


def test_a_sheet_has_margins_and_its_foot_says_address_release_and_number(paper, release):
    paper.goto("/questions/share-reaching-transplant")
    sheets = " ".join(paper.evaluate(SHEETS))
    assert "margin:" in sheets
    assert re.search(r"@bottom-left \{[^}]*var\(--printed\)", sheets)
    assert "counter(page)" in sheets
    value = "name => getComputedStyle(document.documentElement).getPropertyValue(name)"
    permalink = paper.locator('a[rel="bookmark"]').get_attribute("href")
    assert paper.evaluate(value, "--printed") == f'"{permalink}"'
    assert paper.evaluate(value, "--release") == f'"Release {release.id}"'


def test_other_browsers_print_the_address_at_the_end(paper, server):
    paper.goto("/study/ino-vate")
    assert paper.locator("footer .on-paper").inner_text() == f"{server}/study/ino-vate"


def test_a_page_is_printed_in_few_sheets_and_very_wide_tables_on_their_side(page):
    page.goto("/questions/share-reaching-transplant")
    sheets = re.findall(rb"/MediaBox\s*\[([^\]]*)\]", page.pdf(format="A4"))
    assert 2 <= len(sheets) <= 6
    columns = "&".join(f"columns={name}" for name in COLUMNS)
    page.goto(f"/questions/figures?study=ino-children&{columns}")
    heads = page.locator("table.answer thead th").count()
    assert heads >= 10
    sizes = re.findall(
        rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)",
        page.pdf(format="A4", prefer_css_page_size=True),
    )
    assert any(float(width) > float(height) for width, height in sizes)


COLUMNS = (
    "outcome_label",
    "value",
    "group_label",
    "study_label",
    "report",
    "basis",
    "reported_as",
    "section",
    "flags",
    "statistic",
    "place",
    "readings",
)
