"""Search as people use it: while they type, by keys, and without a script."""

import re

import pytest
from playwright.sync_api import expect
from tools import needs

pytestmark = needs("chromium")


@pytest.fixture
def box(page):
    """The search box of the home page."""
    page.goto("/")
    return page.get_by_label("Search studies, drugs, outcomes, questions")


def test_what_one_types_is_suggested_with_its_kind_although_it_is_misspelt(page, box, axe):
    box.press_sequentially("blinatumop")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("blinatumomab")
    expect(options.first).to_contain_text("drug")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".hero [role=status], header [role=status]").first).to_contain_text(
        "suggestions for blinatumomab"
    )
    axe(page)


def test_arrow_keys_choose_enter_follows(page, box):
    box.fill("besponsa")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", options.first.get_attribute("id"))
    box.press("ArrowUp")
    expect(options.first).to_have_attribute("aria-selected", "false")
    box.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    box.press("ArrowDown")
    box.press("ArrowDown")
    box.press("Enter")
    expect(page).to_have_url(re.compile("/drug/inotuzumab-ozogamicin$"))


def test_enter_without_a_choice_asks_for_the_page_of_results(page, box):
    box.press_sequentially("VOD")
    expect(page.get_by_role("option").first).to_be_visible()
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=VOD$"))
    expect(page.get_by_role("link", name="VOD/SOS", exact=True)).to_be_visible()


def test_escape_and_leaving_close_the_list(page, box):
    for leave in ("Escape", "Tab"):
        box.fill("")
        box.press_sequentially("transplant")
        expect(page.get_by_role("option").first).to_be_visible()
        box.press(leave)
        expect(page.get_by_role("listbox")).to_be_hidden()
        expect(box).to_have_attribute("aria-expanded", "false")
        box.focus()


def test_a_click_follows_a_suggestion(page, box):
    box.press_sequentially("MRD")
    page.get_by_role("option").first.click()
    asked = r"/questions/mrd-negativity-across-studies\?outcome=mrd-negativity$"
    expect(page).to_have_url(re.compile(asked))


def test_without_scripts_the_box_asks_the_server(page_without_scripts):
    page = page_without_scripts
    page.goto("/")
    page.get_by_label("Search studies, drugs, outcomes, questions").fill("blinatumomap")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("Did you mean")).to_be_visible()
    page.get_by_role("link", name="blinatumomab", exact=True).nth(1).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("blinatumomab")


def test_the_list_of_questions_shows_those_that_hold_every_word(page):
    page.goto("/questions")
    page.get_by_label("Find a question").fill("share transplant")
    shown = page.locator(".topics li:visible")
    expect(page.locator("[data-filtered]")).to_have_text(re.compile(r"^\d+ of \d+ questions$"))
    assert 0 < shown.count() < 10
    assert all("transplant" in text.lower() for text in shown.all_inner_texts())
    page.get_by_label("Find a question").fill("")
    expect(page.locator("[data-filtered]")).to_be_empty()
