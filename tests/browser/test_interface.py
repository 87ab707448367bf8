"""The page of the interface: each address can be read of, and tried where it is described."""

import re

import pytest
from playwright.sync_api import expect
from tools import needs

pytestmark = needs("chromium")


def unfold(page, operation):
    """Open an operation by its link, and return it."""
    page.goto(f"/docs#{operation}")
    details = page.locator(f"#{operation}")
    expect(details.locator("form.try")).to_be_visible()
    return details


def test_a_question_is_tried_with_values_from_the_graph(page, server):
    details = unfold(page, "get-questions-figures")
    details.get_by_label("study").select_option("ino-vate")
    details.get_by_label("outcome").select_option("overall-survival")
    details.get_by_label("suffix").select_option("csv")
    details.get_by_role("button", name="Send").click()
    expect(details.get_by_text(re.compile(r"^200 OK, \d+ bytes"))).to_be_visible()
    url = f"{server}/questions/figures.csv?study=ino-vate&outcome=overall-survival"
    expect(details.locator("pre").first).to_have_text(f"curl '{url}'")
    facts = details.locator(".tried dl")
    for header in ("Content-Type", "Dataset-Release", "ETag", "Query-Id", "Server-Timing"):
        expect(facts).to_contain_text(header)
    expect(details.get_by_label("Body")).to_contain_text("INO-VATE")


def test_the_type_of_an_answer_is_chosen_by_accept_too(page):
    details = unfold(page, "get-store")
    details.get_by_label("graph").fill("https://w3id.org/allograph/graph/study/ino-vate")
    details.get_by_label("Accept").select_option("application/n-triples")
    details.get_by_role("button", name="Send").click()
    expect(details.locator(".tried dl")).to_contain_text("application/n-triples")
    expect(details.get_by_label("Body")).to_contain_text("<https://w3id.org/allograph/study/ino")


def test_a_query_is_sent_in_a_form(page):
    details = unfold(page, "post-sparql")
    details.get_by_label("query").fill("ASK {}")
    details.get_by_label("Accept").select_option("application/sparql-results+json")
    details.get_by_role("button", name="Send").click()
    expect(details.get_by_label("Body")).to_contain_text('"boolean":true')
    expect(details.locator("pre").first).to_contain_text("--data-urlencode 'query=ASK {}'")


def test_a_refusal_is_shown_as_it_is(page, complaints):
    details = unfold(page, "get-kind-key")
    details.get_by_label("kind").fill("study")
    details.get_by_label("key").fill("none")
    details.get_by_label("suffix").select_option("ttl")
    details.get_by_role("button", name="Send").click()
    expect(details.get_by_text(re.compile(r"^404 NOT FOUND", re.IGNORECASE))).to_be_visible()
    expect(details.get_by_label("Body")).to_contain_text("there is no study 'none'")
    # The browser reports the status 404 as an error.
    assert len(complaints.errors) == 1
    assert "404" in complaints.errors.pop()


def test_every_address_can_be_tried(page):
    page.goto("/docs")
    operations = page.locator("details.operation")
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    expect(page.locator("form.try")).to_have_count(operations.count())


def test_what_was_sent_can_be_copied_as_curl(open_context):
    context = open_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    details = unfold(page, "get-health")
    details.get_by_role("button", name="Send").click()
    details.get_by_role("button", name="Copy").click()
    expect(details.get_by_text("Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").endswith("/health'")


def test_without_scripts_the_addresses_are_a_list_to_read(page_without_scripts):
    page_without_scripts.goto("/docs")
    page_without_scripts.get_by_text("/questions/figures", exact=True).click()
    details = page_without_scripts.locator("#get-questions-figures")
    expect(details).to_contain_text("The study whose figures are wanted")
    expect(details).to_contain_text("text/csv")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_interface_keeps_to_wcag_in_light_and_in_dark(open_context, axe, scheme):
    page = open_context(color_scheme=scheme).new_page()
    unfold(page, "get-questions-figures").get_by_role("button", name="Send").click()
    expect(page.get_by_label("Body")).to_be_visible()
    axe(page)


def test_the_interface_fits_a_small_telephone(narrow_page, fits):
    details = unfold(narrow_page, "get-questions-figures")
    details.get_by_role("button", name="Send").click()
    expect(narrow_page.get_by_label("Body")).to_be_visible()
    fits(narrow_page)


def test_the_licences_of_what_was_bundled_can_be_read(page):
    page.goto("/")
    page.get_by_role("link", name="Licences").click()
    row = page.get_by_role("row").filter(has_text="codemirror")
    row.get_by_text("Text of the licence").click()
    expect(row).to_contain_text("Permission is hereby granted")
