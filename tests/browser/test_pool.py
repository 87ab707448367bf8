"""Pool figures as people do: tick rows, change the form, read the answer on a telephone."""

import pytest
from playwright.sync_api import expect
from tools import needs

pytestmark = needs("chromium")

FIGURES = "/questions/figures?outcome=vod-sos&drug=inotuzumab-ozogamicin"
VOD = "/pool/vod-sos"
TICKED = ("ino-cd22#vod", "ino-extramedullary#sos", "ino-vate#vod-ino-2019")


def tick(page, keys):
    for key in keys:
        page.locator(f'input[name="figure"][value="{key}"]').check()


@pytest.mark.parametrize("address", ["/pool", VOD, "/pool/overall-survival", f"{FIGURES}"])
def test_a_page_of_pools_keeps_to_wcag_in_light_and_dark_and_fits_a_telephone(
    page, axe, fits, address
):
    assert page.goto(address).ok
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    for width in (320, 375, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        fits(page)
    axe(page)
    page.emulate_media(color_scheme="dark")
    axe(page, ["color-contrast"])


def test_ticked_rows_say_at_once_what_they_give_and_the_button_leads_there(page):
    page.goto(FIGURES)
    bar = page.locator("form#pool-ticked")
    tick(page, TICKED[:1])
    expect(bar.get_by_role("status")).to_contain_text("Fewer than two studies")
    tick(page, TICKED[1:])
    expect(bar.get_by_role("status")).to_contain_text("people in 3 studies")
    said = bar.get_by_role("status").locator("p").first.inner_text()
    bar.get_by_role("button").click()
    expect(page.locator(".answer-line p").first).to_have_text(said)
    assert page.url.count("figure=") == len(TICKED)


def test_ticked_rows_are_pooled_without_a_script(page_without_scripts):
    page = page_without_scripts
    page.goto(FIGURES)
    tick(page, TICKED)
    page.get_by_role("button", name="Pool the ticked rows").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("VOD/SOS, pooled: 3 ticked figures")
    expect(page.locator(".answer-line")).to_contain_text("people in 3 studies")


def test_the_answer_follows_the_form_and_its_address(page, complaints):
    page.goto(VOD)
    page.get_by_text("Choose what is pooled").click()
    page.get_by_label("Level").fill("99")
    page.get_by_label("Level").press("Tab")
    expect(page.locator(".answer-line")).to_contain_text("99% interval")
    page.wait_for_url("**/pool/vod-sos?level=99")
    expect(page.locator("figure.plot img")).to_have_attribute("src", f"{VOD}.svg?level=99")
    page.get_by_label("Level").fill("many")
    page.get_by_label("Level").press("Tab")
    expect(page.locator(".answer-line")).to_contain_text("not a confidence level")
    # The browser reports the status 400 as an error.
    assert "400" in complaints.errors.pop()


def test_a_pool_is_printed_with_its_figures_and_without_its_forms(open_context):
    page = open_context(viewport={"width": 794, "height": 980}).new_page()
    page.emulate_media(media="print")
    page.goto(VOD)
    assert page.evaluate("document.documentElement.scrollWidth") <= 794
    expect(page.locator("form.ask")).to_be_hidden()
    expect(page.locator("form.ticked").first).to_be_hidden()
    expect(page.locator("label.tick").first).to_be_hidden()
    expect(page.locator("table.pooled").first).to_be_visible()
