"""The SPARQL editor as people use it: with mouse and keys, on wide and narrow screens."""

import re
import time
from urllib.parse import urlencode

import pytest
from approve import SOURCES
from over_http import get
from playwright.sync_api import expect
from tools import needs

pytestmark = needs("chromium")

STUDY = "<https://w3id.org/allograph/study/ino-vate>"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
LABELS = f"SELECT ?label ?study WHERE {{ ?study {LABEL} ?label VALUES ?study {{ {STUDY} }} }}"
TRIPLES = f"CONSTRUCT WHERE {{ {STUDY} ?property ?value }}"
STUDIES = (
    "Which studies are in the graph, how were they set up, and how many patients do they count?"
)
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?a = ?k) }"


def sparql(query):
    return f"/sparql?{urlencode({'query': query})}"


def opened(page, address="/sparql"):
    page.goto(address)
    expect(page.locator("#editor .CodeMirror")).to_be_visible()
    return page


def write(page, query):
    """Type over what the editor holds."""
    page.locator("#editor .CodeMirror").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(query)


def run(page, query):
    write(page, query)
    page.get_by_role("button", name="Run").click()


def queries(server, outcome):
    figures = get(server, "/metrics").text
    found = re.search(rf'^allograph_queries_total{{outcome="{outcome}"}} (\S+)', figures, re.M)
    return float(found[1]) if found else 0


def test_a_query_is_answered_below_the_editor_and_its_iris_lead_to_pages_of_this_server(page):
    run(opened(page), LABELS)
    row = page.locator("table tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("INO-VATE")
    row.get_by_role("link", name="study:ino-vate").click()
    expect(page).to_have_url(re.compile(r"^http://127\.0\.0\.1:\d+/study/ino-vate$"))


def test_an_answer_can_be_filtered_sorted_and_looked_at_as_it_was_sent(page):
    run(opened(page), "SELECT ?n { VALUES ?n { 10 9 100 } }")
    column = page.locator("tbody td")
    expect(column).to_have_text(["10", "9", "100"])
    page.get_by_role("button", name="n", exact=True).click()
    expect(column).to_have_text(["9", "10", "100"])
    page.get_by_role("button", name="n", exact=True).click()
    expect(column).to_have_text(["100", "10", "9"])
    page.get_by_label("Filter the rows").fill("10")
    expect(column).to_have_text(["100", "10"])
    expect(page.get_by_text("2 of 3 rows.")).to_be_visible()
    page.get_by_role("button", name="Raw").click()
    expect(page.locator(".yasr_results pre")).to_contain_text('"bindings"')
    expect(page.locator(".select_graph")).to_be_disabled()


def test_an_answer_of_many_rows_is_shown_in_steps_and_downloaded_whole(page):
    run(opened(page), "SELECT ?s ?p ?o WHERE { ?s ?p ?o } LIMIT 1200")
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(500)
    page.get_by_role("button", name="Show 500 more").click()
    page.get_by_role("button", name="Show 200 more").click()
    expect(rows).to_have_count(1200)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download Results").click()
    assert download.value.suggested_filename == "answer.csv"
    assert download.value.path().read_text().count("\n") >= 1200


def test_ask_is_answered_by_a_word(page):
    run(opened(page), f"ASK {{ {STUDY} ?property ?value }}")
    expect(page.locator(".booleanResult")).to_have_text("True")


def test_triples_are_drawn_as_a_graph_whose_code_is_loaded_only_then(page):
    loaded = []
    page.on("request", lambda request: loaded.append(request.url))
    run(opened(page), TRIPLES)
    expect(page.locator("tbody tr").first).to_be_visible()
    assert not [url for url in loaded if "drawing-" in url]
    page.locator(".select_graph").click()
    drawing = page.get_by_role("img", name=re.compile(r"Graph of \d+ nodes and \d+ links"))
    expect(drawing).to_be_visible()
    expect(drawing.locator("canvas").first).to_be_visible()
    assert [url for url in loaded if "drawing-" in url]


def test_a_link_opens_the_editor_with_the_query_and_shows_its_answer(page, open_context):
    context = open_context(permissions=["clipboard-read", "clipboard-write"])
    sender = opened(context.new_page())
    write(sender, LABELS)
    sender.get_by_role("button", name="Copy a link").click()
    expect(sender.get_by_text("Copied")).to_be_visible()
    link = sender.evaluate("navigator.clipboard.readText()")
    opened(page, link)
    expect(page.locator("#editor")).to_contain_text("SELECT ?label ?study")
    expect(page.locator("#answer table")).to_contain_text("INO-VATE")
    page.get_by_role("button", name="Run").click()
    expect(page.locator(".yasr_results table")).to_contain_text("INO-VATE")
    expect(page.locator("#answer")).to_have_count(0)


def test_triples_behind_a_link_are_shown_in_all_views_without_asking_again(page):
    asked = []
    page.on("request", lambda request: request.method == "POST" and asked.append(request.url))
    opened(page, sparql(TRIPLES))
    expect(page.locator(".yasr_results tbody tr").first).to_be_visible()
    page.locator(".select_graph").click()
    expect(page.get_by_role("img", name=re.compile("Graph of"))).to_be_visible()
    assert not asked


def test_the_prefixes_can_be_copied(open_context):
    page = open_context(permissions=["clipboard-read", "clipboard-write"]).new_page()
    opened(page).get_by_text("Prefixes to begin a query with").click()
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_text("Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "PREFIX ag: <https://w3id.org/allograph/ontology#>" in copied


def test_the_questions_are_examples_that_fill_the_editor(page):
    opened(page)
    page.get_by_label("Example").select_option(label=STUDIES)
    expect(page.locator("#editor")).to_contain_text(f"#+ title: {STUDIES}")
    page.get_by_role("button", name="Run").click()
    expect(page.locator("tbody tr")).to_have_count(len(list(SOURCES.graph.glob("study/*.ttl"))))


def test_cancelling_ends_the_query_on_the_server(page, server):
    gone = queries(server, "gone")
    run(opened(page), ENDLESS)
    expect(page.get_by_text("Running…")).to_be_visible()
    until = time.monotonic() + 60
    while 'state="long"} 1' not in get(server, "/metrics").text and time.monotonic() < until:
        time.sleep(0.1)
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("Cancelled")).to_be_visible()
    expect(page.get_by_role("button", name="Cancel")).to_be_hidden()
    until = time.monotonic() + 60
    while queries(server, "gone") == gone and time.monotonic() < until:
        time.sleep(0.1)
    assert queries(server, "gone") == gone + 1
    assert 'state="long"} 0' in get(server, "/metrics").text


def test_a_mistake_is_explained_while_it_is_typed_and_by_the_server(page, complaints):
    run(opened(page), "SELECT ?label\nWHERE { ?study }")
    expect(page.get_by_text("Line 2 cannot be read")).to_be_visible()
    problem = page.get_by_role("alert")
    expect(problem).to_contain_text("Bad Request")
    expect(problem).to_contain_text("line 2, column")
    # The browser reports the status 400 as an error.
    assert len(complaints.errors) == 1
    assert "400" in complaints.errors.pop()


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("SELECT * { ?study a ag:Stud", "ag:Study"),
        ("SELECT * { ?study ag:regis", "ag:registration"),
    ],
)
def test_classes_and_properties_are_completed_from_the_vocabulary(page, typed, completed):
    prefix = "PREFIX ag: <https://w3id.org/allograph/ontology#>\n"
    write(opened(page), prefix + typed)
    page.keyboard.press("Control+Space")
    hints = page.locator(".CodeMirror-hints")
    expect(hints).to_contain_text(completed)
    hints.get_by_text(completed, exact=True).click()
    expect(page.locator("#editor")).to_contain_text(completed)


def test_a_prefix_is_declared_when_it_is_first_used(page):
    write(opened(page), "")
    page.keyboard.type("SELECT * { ?study drug:")
    expect(page.locator("#editor")).to_contain_text(
        "PREFIX drug: <https://w3id.org/allograph/drug/>"
    )


def test_the_keyboard_alone_writes_runs_and_leaves(page):
    opened(page)
    page.get_by_label("Example").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(LABELS)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Run")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Control+Enter")
    expect(page.locator("tbody tr")).to_contain_text("INO-VATE")


def test_what_is_typed_is_there_when_the_page_is_opened_again(page):
    write(opened(page), "ASK { ?kept ?for ?later }")
    page.keyboard.press("Tab")
    opened(page)
    expect(page.locator("#editor")).to_contain_text("ASK { ?kept ?for ?later }")


def test_without_scripts_the_form_answers(page_without_scripts):
    page = page_without_scripts
    page.goto("/sparql")
    page.get_by_label("Query").fill(LABELS)
    page.get_by_role("button", name="Run").click()
    expect(page.locator("#answer table")).to_contain_text("INO-VATE")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("query", [None, LABELS, TRIPLES], ids=["empty", "rows", "triples"])
def test_the_editor_keeps_to_wcag_in_light_and_in_dark(open_context, axe, scheme, query):
    page = opened(open_context(color_scheme=scheme).new_page())
    if query:
        run(page, query)
        expect(page.locator("tbody tr").first).to_be_visible()
    axe(page)


def test_the_editor_fits_a_small_telephone(narrow_page, axe, fits):
    run(opened(narrow_page), TRIPLES)
    expect(narrow_page.locator("tbody tr").first).to_be_visible()
    fits(narrow_page)
    narrow_page.locator(".select_graph").click()
    expect(narrow_page.get_by_role("img", name=re.compile("Graph of"))).to_be_visible()
    fits(narrow_page)
    axe(narrow_page)
    narrow_page.set_viewport_size({"width": 320, "height": 740})
    fits(narrow_page)
