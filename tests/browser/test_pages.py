"""What only a browser shows of the look: targets, tips, the skip link, paper, motion."""

import pytest
from playwright.sync_api import expect
from tools import needs

pytestmark = needs("chromium")

PAGES = [
    "/",
    "/search?q=transplant",
    "/search?q=xyzzy",
    "/questions",
    "/download",
    "/study",
    "/study/ino-vate",
    "/quality",
    "/quality/rules",
    "/ontology",
    "/docs",
]
TARGET = 24  # CSS pixels: WCAG 2.2, 2.5.8

# A tip as templates write it, in a table that scrolls.
TIP = """
<div class="table" id="proof"><table><tr><td>
<span class="tip"><a class="flag" href="#proof" aria-describedby="t">a doubt</a
><span role="tooltip" id="t">what it means, in a sentence</span></span>
</td></tr></table></div>
"""
SIZES = """
() => [...document.querySelectorAll("button, input, select, .flag, .tag[href], nav a, summary")]
  .filter((element) => element.checkVisibility())
  .map((element) => [element.outerHTML.slice(0, 80), element.getBoundingClientRect()])
  .filter(([, box]) => box.width > 1 && (box.height < 24 || box.width < 24))
  .map(([html, box]) => `${html} ${box.width} x ${box.height}`)
"""


@pytest.mark.parametrize("address", PAGES)
def test_what_is_pressed_is_large_enough(narrow_page, address):
    narrow_page.goto(address)
    assert narrow_page.evaluate(SIZES) == []


def test_the_first_key_leads_past_the_navigation(page):
    page.goto("/questions")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_focus_is_seen(page):
    page.goto("/")
    for _ in range(4):
        page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outline")
    assert "solid" in outline
    assert "3px" in outline


@pytest.fixture
def tip(page):
    page.goto("/search")
    page.evaluate(
        "html => document.querySelector('main').insertAdjacentHTML('beforeend', html)", TIP
    )
    return page.locator("#proof [role=tooltip]")


def test_a_tip_opens_by_pointer_and_can_be_pointed_at(page, tip):
    expect(tip).to_be_hidden()
    page.locator("#proof .flag").hover()
    expect(tip).to_be_visible()
    tip.hover()
    expect(tip).to_be_visible()
    page.mouse.move(1, 1)
    expect(tip).to_be_hidden()


def test_a_tip_opens_by_focus_and_escape_closes_it_until_it_is_left(page, tip):
    flag = page.locator("#proof .flag")
    flag.focus()
    expect(tip).to_be_visible()
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    expect(flag).to_be_focused()
    flag.blur()
    flag.focus()
    expect(tip).to_be_visible()


def test_a_tip_is_not_cut_off_by_the_table_it_is_in(page, tip):
    page.locator("#proof .flag").focus()
    box, table = tip.bounding_box(), page.locator("#proof").bounding_box()
    assert box["y"] + box["height"] > table["y"] + table["height"]
    middle = [box["x"] + box["width"] / 2, box["y"] + box["height"] - 4]
    assert page.evaluate("([x, y]) => document.elementFromPoint(x, y).id", middle) == "t"


def test_on_paper_there_is_neither_navigation_nor_a_form(page):
    page.goto("/study/ino-vate")
    page.emulate_media(media="print")
    for part in (page.get_by_role("navigation", name="Main"), page.locator("form.search")):
        expect(part).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_nothing_moves_for_those_who_asked_for_less_motion(open_context):
    page = open_context(reduced_motion="reduce").new_page()
    page.goto("/")
    durations = page.evaluate(
        "[...document.querySelectorAll('*')].map(e => getComputedStyle(e).transitionDuration)"
    )
    assert set(durations) == {"0s"}
