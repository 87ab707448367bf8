"""The ledger of doubt in a browser: on a telephone, and with the keyboard."""

from playwright.sync_api import expect
from tools import needs

pytestmark = needs("chromium")


def test_on_a_telephone_the_ledger_is_read_from_above_to_below(narrow_page):
    narrow_page.goto("/quality")
    table = narrow_page.get_by_role("region", name="Doubts")
    assert table.evaluate("node => node.scrollWidth <= node.clientWidth")
    narrow_page.goto("/quality?f.doubt=granularity")
    response = narrow_page.get_by_role("row", name="Response").filter(has_text="17 people")
    response.scroll_into_view_if_needed()
    for text in ("75%", "No whole number of 17 people gives 75%", "GRIM inconsistency"):
        expect(response.get_by_text(text).first).to_be_visible()


def test_the_ledger_is_narrowed_by_keys_to_a_study_whose_weights_explain_themselves(page):
    page.goto("/quality")
    facets = page.get_by_role("group", name="Narrow the answer")
    facets.get_by_text("Study", exact=True).press("Enter")
    facets.locator("details[open] details.more > summary").press("Enter")
    facets.get_by_role("link", name="Inotuzumab ozogamicin in 17 children").press("Enter")
    doubts = page.get_by_role("region", name="Doubts")
    expect(doubts).to_be_in_viewport()
    expect(doubts.get_by_role("row").filter(has_not_text="17 children")).to_have_count(1)
    doubts.get_by_text("could change a decision", exact=True).first.focus()
    explanation = page.get_by_role("tooltip").filter(visible=True)
    expect(explanation).to_contain_text("The share or its denominator is wrong")


def test_what_is_chosen_stands_in_the_head_of_its_facet_and_covers_no_doubt(page):
    page.goto("/quality?f.weight=decisive&f.study=ino-vate")
    facets = page.get_by_role("group", name="Narrow the answer")
    expect(facets.get_by_text("Study: INO-VATE")).to_be_visible()
    expect(facets.get_by_role("list")).to_have_count(0)


def test_a_link_to_a_finding_leads_to_its_sentence(page):
    page.goto("/questions/rule-findings?rule=granularity")
    row = page.get_by_role("row").filter(has_text="17 people gives 75%")
    row.locator('a[href^="/quality?finding="]').click()
    doubt = page.get_by_role("row").filter(has_text="No whole number of 17 people gives 75%")
    expect(doubt).to_be_in_viewport()
    assert doubt.evaluate("node => node.matches(':has(.anchor:target)')")


def test_the_iri_of_a_finding_leads_to_its_sentence_whichever_page_it_is_on(page):
    """The fragment of an IRI never reaches a server."""
    page.goto("/questions/rule-findings?rule=size-not-stated")
    address = page.locator('a[href^="/quality?finding="]').first.get_attribute("href")
    anchor = address.partition("#")[2]
    page.goto(f"/quality#{anchor}")
    page.wait_for_url(f"**/quality?finding={anchor}#{anchor}")
    expect(page.locator(f"[id='{anchor}']")).to_have_count(1)
