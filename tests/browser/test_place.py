"""The place of a figure beside the page: opened and closed by keys, a page without scripts."""

import re

import pytest
from playwright.sync_api import expect

STUDY = "/study/ino-salvage-100"
PANEL = "dialog.place-panel[open]"


def opened(page, address=STUDY):
    page.goto(address)
    link = page.locator("a[data-place]").first
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(PANEL)
    return link


def focus(page):
    return page.evaluate("document.activeElement.outerHTML")


def test_a_figure_opens_its_place_and_escape_leads_back_to_it(page):
    opened(page)
    assert page.url.endswith(STUDY)
    assert "Close" in focus(page)
    assert page.locator(PANEL).get_by_role("heading", name="Where it is printed").is_visible()
    page.keyboard.press("Escape")
    page.wait_for_selector(PANEL, state="detached")
    assert "data-place" in focus(page)


def test_the_panel_is_named_by_its_figure_and_repeats_no_id(page):
    opened(page)
    assert page.get_by_role("dialog", name="MRD response among responders").is_visible()
    ids = page.locator("[id]").evaluate_all("nodes => nodes.map(node => node.id)")
    assert len(ids) == len(set(ids))


def test_a_link_to_another_place_stays_in_the_panel(page):
    page.goto("/study/ino-vate")
    page.locator('a[data-place][href$="/figure/cr-ino-2016"]').first.click()
    panel = page.locator(PANEL)
    other = panel.locator('a[data-place][href$="/figure/cr-ino"]')
    other.click()
    expect(panel.get_by_role("link", name="This page")).to_have_attribute(
        "href", re.compile("/study/ino-vate/figure/cr-ino$")
    )
    assert page.url.endswith("/study/ino-vate")
    panel.get_by_role("button", name="Close").click()
    expect(panel).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_panel_keeps_to_the_standard_and_fits_a_telephone(open_context, scheme, axe, fits):
    page = open_context(
        viewport={"width": 375, "height": 740}, color_scheme=scheme, reduced_motion="reduce"
    ).new_page()
    opened(page)
    axe(page)
    width = page.locator(PANEL).evaluate("node => [node.scrollWidth, node.clientWidth]")
    assert width[0] <= width[1]
    fits(page)


def test_a_row_of_an_answer_opens_the_place_of_its_figure(page):
    opened(page, "/questions/share-reaching-transplant")
    assert page.locator(PANEL).get_by_text("As printed").is_visible()


def test_without_scripts_a_figure_leads_to_a_page_of_its_own(page_without_scripts):
    page = page_without_scripts
    page.goto(STUDY)
    page.locator("a[data-place]").first.click()
    assert "/figure/" in page.url
    assert page.locator("h1").inner_text() == "MRD response among responders"
