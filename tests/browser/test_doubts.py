"""The ledger of doubt in a browser: on a telephone, and with the keyboard."""

from playwright.sync_api import expect
from tools import needs

pytestmark = needs("chromium")


def test_on_a_telephone_the_ledger_is_read_from_above_to_below(narrow_page):
    narrow_page.goto("/quality")
    tables = narrow_page.get_by_role("region")
    assert tables.count() > 10
    for table in tables.all():
        assert table.evaluate("node => node.scrollWidth <= node.clientWidth")
    response = narrow_page.get_by_role("row", name="Response").filter(has_text="17 people")
    response.scroll_into_view_if_needed()
    for text in ("75%", "No whole number of 17 people gives 75%", "impossible share"):
        expect(response.get_by_text(text).first).to_be_visible()


def test_the_ledger_leads_by_keys_to_a_record_whose_flags_explain_themselves(page):
    page.goto("/quality")
    records = page.get_by_role("navigation", name="Records in doubt")
    records.get_by_role("link", name="Inotuzumab ozogamicin in 17 children").press("Enter")
    doubts = page.get_by_role("region", name="Doubts about Inotuzumab ozogamicin in 17 children")
    expect(doubts).to_be_in_viewport()
    flag = doubts.get_by_role("link", name="denominator not stated").first
    flag.focus()
    explanation = page.get_by_role("tooltip").filter(visible=True)
    expect(explanation).to_have_text(
        "A share is given without the number of people it is a share of."
    )


def test_a_link_to_a_finding_leads_to_its_sentence(page):
    page.goto("/questions/rule-findings?rule=granularity")
    said = "No whole number of 17 people gives 75%"
    row = page.get_by_role("row").filter(has_text=said)
    row.locator('a[href^="/quality#"]').click()
    sentence = page.get_by_role("listitem").filter(has_text=said)
    expect(sentence).to_be_in_viewport()
    assert sentence.evaluate("node => node.matches(':target')")
