"""Five people come with a question, and leave with its answer: each test is one visit.

The steps are those that a person sees, by role and name. The figures are those of the sources.
"""

import csv
import re
from hashlib import sha256
from io import StringIO

import pytest
from over_http import get
from playwright.sync_api import expect
from tools import needs

from allograph.namespaces import BASE

pytestmark = needs("chromium")

SHARE = "What share reaches allogeneic transplant after"
EXAMPLE = f"{SHARE} a drug, a share of whom, and says who?"
FAR = 400  # presses of a key


@pytest.fixture
def reader(open_context):
    """A page of somebody who may copy and paste."""
    return open_context(permissions=["clipboard-read", "clipboard-write"]).new_page()


def tab_to(page, wanted):
    """Press the Tab key until what is wanted has the focus; it is then in sight."""
    for _ in range(FAR):
        page.keyboard.press("Tab")
        if wanted.evaluate("node => node === document.activeElement"):
            break
    expect(wanted).to_be_focused()
    expect(wanted).to_be_in_viewport()
    return wanted


def follow_by_keys(page, wanted):
    tab_to(page, wanted)
    page.keyboard.press("Enter")


def row_of(page, printed):
    """The row of a printed figure, and the line of small print below it."""
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name=printed, exact=True))
    return row, row.locator("xpath=following-sibling::tr")


def row_of_term(page, curie):
    """The row of the ontology's page that explains a property."""
    return page.get_by_role("row").filter(
        has=page.get_by_role("rowheader").get_by_text(curie, exact=True)
    )


def choose_drug(page, taken, given):
    """Tick and untick the drugs of the question, and ask it."""
    page.get_by_role("heading", level=1).get_by_role("link").click()
    page.get_by_role("checkbox", name=taken, exact=True).uncheck()
    page.get_by_role("checkbox", name=given, exact=True).check()
    page.get_by_role("button", name="Ask").click()


def test_a_haematologist_asks_what_share_reaches_transplant_and_cites_the_answer(reader):
    page = reader
    page.goto("/")
    box = page.get_by_label("Search studies, drugs, outcomes, questions")
    box.press_sequentially("share reaching transplant")
    page.get_by_role("option", name=re.compile(f"^{SHARE}")).first.click()

    choose_drug(page, "inotuzumab ozogamicin", "blinatumomab")
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{SHARE} blinatumomab")
    row, below = row_of(page, "50% \u00b7 24/48")
    expect(row).to_contain_text("All treated")
    expect(below.get_by_text("Twenty-four patients (50%)")).to_have_count(1)
    expect(page.get_by_text("43% (101)")).to_have_count(0)
    choose_drug(page, "blinatumomab", "inotuzumab ozogamicin")
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{SHARE} inotuzumab ozogamicin")

    row, below = row_of(page, "43% \u00b7 101/236")
    for said in (
        "All treated with inotuzumab ozogamicin",
        "Medivizor summary, 5 June 2019",
        "retelling",
    ):
        expect(row.get_by_role("cell").filter(has_text=said).first).to_be_visible()
    below.locator("summary").click()
    expect(below.get_by_text("43% (101)")).to_be_visible()
    doubt = row.locator("a.flag", has_text="secondary source")
    doubt.hover()
    expect(page.get_by_role("tooltip").filter(visible=True)).to_contain_text(
        "Only a retelling prints it"
    )

    plot = page.get_by_role("img", name=re.compile("^Forest plot.* rows are drawn"))
    assert plot.evaluate("image => image.decode().then(() => image.naturalWidth)") > 300
    page.get_by_role("link", name="The plot by itself").click()
    line = "inotuzumab ozogamicin (retelling): 43% (36.6\u201349.2), people: 101/236"
    expect(page.get_by_label(line)).to_be_visible()
    expect(page.get_by_text("95% Wilson interval, computed here from n/N")).to_be_visible()
    page.go_back()

    page.get_by_role("button", name="Copy").first.click()
    expect(page.get_by_text("Copied")).to_be_visible()
    citation = page.evaluate("navigator.clipboard.readText()")
    assert f"“{SHARE} inotuzumab ozogamicin" in citation
    release = page.get_by_role("contentinfo").locator("code").inner_text()
    assert f"release {release} of" in citation
    page.goto(re.search(r"at (http://\S+)$", citation)[1])
    row, _below = row_of(page, "43% \u00b7 101/236")
    expect(row).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_reviewer_finds_a_doubt_its_reason_and_its_table_with_the_keyboard_alone(page):
    page.goto("/")
    follow_by_keys(page, page.get_by_role("link", name="Doubts", exact=True))
    follow_by_keys(page, page.get_by_role("link", name="Rules", exact=True).first)
    follow_by_keys(page, page.get_by_role("link", name="GRIM inconsistency").first)
    expect(page.get_by_role("heading", name="GRIM inconsistency")).to_be_in_viewport()
    expect(page.get_by_text("12 of 17 is 70.6% and 13 of 17 is 76.5%")).to_be_in_viewport()
    # The next stop after an anchor is what stands in it.
    page.keyboard.press("Tab")
    findings = page.get_by_role("link", name="list them (GRIM inconsistency)")
    expect(findings).to_be_focused()
    page.keyboard.press("Enter")
    follow_by_keys(page, page.get_by_role("link", name="Response", exact=True))

    panel = page.get_by_role("dialog")
    expect(panel).to_be_visible()
    for said in ("75%", "All treated, under 18", "No whole number of 17 people gives 75%"):
        expect(panel).to_contain_text(said)
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(page.get_by_role("link", name="Response", exact=True)).to_be_focused()
    with page.expect_download() as download:
        follow_by_keys(page, page.get_by_role("link", name="CSV", exact=True))
    rows = list(csv.DictReader(StringIO(download.value.path().read_text("utf-8"))))
    found = {row["reported_as"]: row["message"] for row in rows}
    assert set(found) >= {"75%", "63.1%"}
    assert found["75%"].startswith("No whole number of 17 people gives 75%")


def test_a_data_scientist_queries_shares_and_downloads_what_can_be_verified(
    reader, open_context, server
):
    page = reader
    page.goto("/")
    main = page.get_by_role("navigation", name="Main")
    main.get_by_role("link", name="SPARQL").click()
    page.locator("details", has_text=EXAMPLE).locator("summary").click()
    page.get_by_role("link", name=EXAMPLE).click()
    answer = get(server, "/questions/share-reaching-transplant.csv").text
    expected = list(csv.DictReader(StringIO(answer)))
    rows = page.get_by_role("row").filter(has=page.get_by_role("cell"))
    expect(rows).to_have_count(len(expected))
    (pooled,) = (row for row in expected if row["reported_as"] == "43% (101)")
    assert (pooled["numerator"], pooled["denominator"]) == ("101", "236")
    row = rows.filter(has=page.get_by_role("cell", name="43% (101)"))
    for number in ("101", "236"):
        expect(row.get_by_role("cell", name=number, exact=True)).to_be_visible()

    page.get_by_role("button", name="Copy a link").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    colleague = open_context().new_page()
    colleague.goto(page.evaluate("navigator.clipboard.readText()"))
    expect(colleague.get_by_role("cell", name="43% (101)")).to_be_visible()

    main.get_by_role("link", name="Download").click()
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name="allograph.nt"))
    row = row.filter(has_not=page.get_by_role("link", name="allograph.nt.gz"))
    printed = row.get_by_role("cell").last.inner_text()
    with page.expect_download() as download:
        row.get_by_role("link").click()
    assert download.value.suggested_filename == "allograph.nt"
    content = download.value.path().read_bytes()
    assert sha256(content).hexdigest() == printed
    hsct = "<https://w3id.org/allograph/study/ino-hsct-pooled#hsct-receipt>"
    assert f'{hsct} <https://w3id.org/allograph/ontology#numerator> "101"' in content.decode()
    sums = page.get_by_role("link", name="SHA256SUMS").get_attribute("href")
    assert f"{printed}  allograph.nt" in get(server, sums).text.splitlines()


def test_a_guideline_author_follows_nested_denominators_on_a_telephone(narrow_page, fits):
    page = narrow_page
    page.goto("/study")
    page.get_by_role("link", name="Inotuzumab ozogamicin as salvage in 100 adults").tap()
    page.get_by_role("navigation", name="On this page").get_by_role("link", name="Groups").tap()
    drawing = page.get_by_role("region", name="Flow of the groups")
    expect(drawing).to_be_in_viewport()
    # The drawing is wider than the screen, and scrolls by itself.
    assert drawing.evaluate("node => node.scrollWidth > node.clientWidth")
    fits(page)
    for box in ("100 cohort All treated", "67 of 100 subgroup Best response at the end of cycle 2"):
        expect(drawing.get_by_role("link", name=box)).to_be_visible()
    drawing.get_by_role(
        "link", name="39 of 67 subgroup Allogeneic transplant among best responders", exact=True
    ).tap()

    expect(page).to_have_url(re.compile("#hsct-after-cycle-2$"))
    groups = page.get_by_role("group").filter(has_text="The groups as a list")
    nested = groups.get_by_role("listitem").filter(
        has_text="Allogeneic transplant among best responders"
    )
    sizes = [
        "100 All treated",
        "67 Best response",
        "39 Allogeneic transplant among best responders",
    ]
    expect(nested).to_have_text([re.compile(rf"^\s*{words}") for words in sizes])
    expect(nested.last.get_by_text("39 (58.2%)")).to_be_in_viewport()
    fits(page)

    figure = page.get_by_role("row").filter(has_text="39 (58.2%)")
    figure.scroll_into_view_if_needed()
    expect(figure).to_contain_text("of 100 All treated")
    expect(figure).to_contain_text("39/67")
    fits(page)


def test_a_reader_without_scripts_comes_from_a_figure_to_the_meaning_of_its_words(
    page_without_scripts,
):
    page = page_without_scripts
    page.goto("/study")
    main = page.get_by_role("navigation", name="Main")
    page.get_by_role("link", name="Inotuzumab ozogamicin in 17 children").click()
    figure = page.get_by_role("row").filter(has=page.get_by_role("link", name="75%", exact=True))
    flag = figure.get_by_role("link", name="GRIM inconsistency")
    flag.hover()
    expect(page.get_by_role("tooltip").filter(visible=True)).to_contain_text(
        "No whole number of 17 people gives 75%"
    )
    flag.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("GRIM inconsistency")
    meaning = "No whole number of the stated people gives this share."
    expect(page.get_by_role("paragraph").filter(has_text=meaning)).to_be_visible()
    expect(page.get_by_role("definition").filter(has_text="75% of 17")).to_be_visible()

    page.get_by_role("contentinfo").get_by_role("link", name="Ontology").click()
    page.get_by_role("heading", name="Flags", exact=True).locator("+ p + details summary").click()
    expect(page.get_by_role("definition").filter(has_text=meaning)).to_contain_text("75% of 17")
    page.get_by_text("All terms", exact=True).click()
    page.get_by_role("link", name="denominator", exact=True).first.click()
    term = row_of_term(page, "ag:denominator")
    expect(term).to_be_in_viewport()
    expect(term).to_contain_text("The printed number of people that the figure is a share of")
    # The IRI of a term leads to where it is explained.
    page.goto(f"{BASE}ontology#numerator".replace(BASE, "/"))
    expect(row_of_term(page, "ag:numerator")).to_be_in_viewport()
    expect(term).not_to_be_in_viewport()

    main.get_by_role("link", name="Doubts").click()
    page.get_by_role("link", name="Rules", exact=True).click()
    page.get_by_role("link", name="GRIM inconsistency", exact=True).first.click()
    expect(page.get_by_role("heading", name="GRIM inconsistency")).to_be_in_viewport()
    expect(page.get_by_text("People come in whole numbers")).to_be_in_viewport()
