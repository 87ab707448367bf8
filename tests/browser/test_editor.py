"""The SPARQL editor as people use it: with mouse and keys, on wide and narrow screens."""

import re
import time
from urllib.parse import urlencode

import pytest
from approve import SOURCES
from over_http import get
from playwright.sync_api import expect
from tools import needs

from allograph.reading.starters import STARTERS

pytestmark = needs("chromium")

STUDY = "<https://w3id.org/allograph/study/ino-vate>"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
LABELS = f"SELECT ?label ?study WHERE {{ ?study {LABEL} ?label VALUES ?study {{ {STUDY} }} }}"
TRIPLES = f"CONSTRUCT WHERE {{ {STUDY} ?property ?value }}"
STUDIES = "Which studies are in, how were they set up, and how many patients do they count?"
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
    page.on("request", lambda request: asked.append(request.post_data or ""))
    opened(page, sparql(TRIPLES))
    expect(page.locator(".yasr_results tbody tr").first).to_be_visible()
    page.locator(".select_graph").click()
    expect(page.get_by_role("img", name=re.compile("Graph of"))).to_be_visible()
    assert not [sent for sent in asked if "CONSTRUCT" in sent]


def test_the_prefixes_can_be_copied(open_context):
    page = open_context(permissions=["clipboard-read", "clipboard-write"]).new_page()
    opened(page).get_by_text("Prefixes to begin a query with").click()
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_text("Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "PREFIX ag: <https://w3id.org/allograph/ontology#>" in copied


def test_a_question_fills_the_editor_and_is_answered(page):
    opened(page)
    page.locator("details", has_text=STUDIES).locator("summary").click()
    page.get_by_role("link", name=STUDIES).click()
    expect(page.locator("#editor")).to_contain_text(f"#+ title: {STUDIES}")
    expect(page.locator("tbody tr")).to_have_count(len(list(SOURCES.graph.glob("study/*.ttl"))))


@pytest.mark.parametrize("starter", STARTERS, ids=lambda starter: starter.title)
def test_a_starter_fills_the_editor_and_shows_what_it_finds(page, starter):
    opened(page).get_by_role("link", name=starter.title).click()
    expect(page.locator("#editor .CodeMirror")).to_contain_text(
        starter.body.split("WHERE")[0][-20:]
    )
    expect(page.locator(".yasr_results tbody tr").first).to_be_visible()
    assert page.url.endswith("/sparql")


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


RESULT = "SELECT * WHERE {\n  ?r a ag:Result ; "


def hints(page):
    return page.locator(".CodeMirror-hint")


def type_behind(page, begun, typed):
    write(opened(page), begun)
    page.keyboard.type(typed)
    return hints(page)


@pytest.mark.parametrize(
    ("begun", "typed", "name", "called"),
    [
        (
            f"{RESULT} ag:outcome ",
            "outcome:comp",
            "outcome:complete-remission",
            "complete remission",
        ),
        (
            f"{RESULT} ag:outcome ",
            "complete rem",
            "outcome:complete-remission",
            "complete remission",
        ),
        ("SELECT * { ?g ag:regimen/ag:drug ", "drug:ino", "drug:inotuzumab-ozogamicin", "match"),
        ("SELECT * { ?study a ", "stud", "ag:Study", "study"),
        (RESULT, "numer", "ag:numerator", "numerator"),
        ("SELECT * { ", "?s a ", "ag:Result", "1,0"),
    ],
)
def test_names_are_offered_while_they_are_typed(page, begun, typed, name, called):
    offers = type_behind(page, begun, typed)
    offer = offers.filter(has=page.get_by_text(name, exact=True))
    expect(offer).to_contain_text(called)
    offer.click()
    expect(page.locator("#editor .CodeMirror-code")).to_contain_text(name)
    prefix = name.partition(":")[0]
    expect(page.locator("#editor .CodeMirror-code")).to_contain_text(f"PREFIX {prefix}: <")


def test_properties_are_ranked_by_the_class_of_their_subject_and_say_what_they_mean(page):
    offers = type_behind(page, RESULT, "ag:")
    expect(offers.nth(5)).to_be_visible()
    first = " ".join(offers.all_inner_texts()[:7])
    assert {"ag:outcome", "ag:group", "ag:study"} <= set(first.split())
    expect(offers.first).to_contain_text("all have it")
    expect(offers.first.locator(".means")).not_to_be_empty()
    page.keyboard.type("sha")
    expect(offers.first).to_contain_text("0 of")


def test_a_value_that_the_query_would_never_find_is_marked(page):
    """A median of survival is a median time to event; a plain median, as of ages, is none of it."""
    begun = f"{RESULT} ag:outcome outcome:overall-survival ; "
    offers = type_behind(page, begun, "ag:statistic med")
    expect(offers.first).to_contain_text("statistic:median-time-to-event")
    expect(offers.first).to_contain_text(re.compile(r"\d+ match"))
    plain = offers.filter(has=page.get_by_text("statistic:median", exact=True))
    expect(plain).to_contain_text("none match")


def test_a_property_that_is_chosen_is_followed_by_its_values(page):
    expect(type_behind(page, RESULT, "outc").first).to_contain_text("ag:outcome")
    page.keyboard.press("Enter")
    expect(hints(page).first).to_contain_text("outcome:overall-survival")
    page.keyboard.press("Enter")
    expect(hints(page)).to_have_count(0)
    expect(page.locator("#editor .CodeMirror-line")).to_have_count(4)
    page.keyboard.type("overall")
    page.keyboard.press("Escape")
    expect(hints(page)).to_have_count(0)
    expect(page.locator("#editor textarea")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#editor textarea")).to_be_focused()


def test_nothing_is_offered_within_comments_and_texts(page):
    expect(type_behind(page, f"{RESULT} # ", "outcome:comp")).to_have_count(0)
    write(page, f'{RESULT} rdfs:label "')
    page.keyboard.type("complete rem")
    page.wait_for_timeout(300)
    expect(hints(page)).to_have_count(0)


def test_a_prefix_is_declared_when_it_is_first_used(page):
    write(opened(page), "")
    page.keyboard.type("SELECT * { ?study drug:")
    expect(page.locator("#editor")).to_contain_text(
        "PREFIX drug: <https://w3id.org/allograph/drug/>"
    )


def test_a_newcomer_writes_median_survival_after_a_drug_with_its_people(page):
    """From home, by words alone, and without another page."""
    page.goto("/")
    page.get_by_role("link", name="SPARQL").first.click()
    expect(page.locator("#editor .CodeMirror")).to_be_visible()
    write(page, "")
    for words in (
        "SELECT * WHERE {|?r a |result|",
        "; |outcome|",
        "overall survival|",
        "; |statistic|",
        "median|",
        "; |group|",
        "?g ; |printed value|",
        "?median .|?g |regimen|",
    ):
        for word in words.split("|")[:-1]:
            page.keyboard.type(f"{word} " if word.endswith((";", ".")) else word)
        choose_first(page)
    page.keyboard.press("Escape")
    page.keyboard.press("Backspace")
    page.keyboard.type("/drug")
    choose_first(page)
    page.keyboard.type("inotuz")
    choose_first(page)
    page.keyboard.type(" ; size")
    choose_first(page)
    page.keyboard.type("?n }")
    page.keyboard.press("Control+Enter")
    expect(page.locator("tbody tr", has_text="7.7").first).to_contain_text("164")


def choose_first(page):
    expect(hints(page).first).to_be_visible()
    page.keyboard.press("Enter")


def test_a_name_that_stands_nowhere_is_told_with_the_nearest_and_mended_by_a_button(page):
    opened(page)
    run(page, "SELECT * { ?r ag:numertor ?n ; ag:outcome outcome:os }")
    told = page.get_by_role("alert")
    expect(told).to_contain_text(
        "ag:numertor is no term of the ontology; did you mean ag:numerator?"
    )
    expect(told).to_contain_text("did you mean outcome:overall-survival?")
    page.get_by_role("button", name="Write ag:numerator").click()
    page.get_by_role("button", name="Write outcome:overall-survival").click()
    page.get_by_role("button", name="Run").click()
    expect(page.locator("tbody tr").first).to_be_visible()
    expect(told).to_be_hidden()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (
            "SELECT ?x WHERE {\n ?r rdfs:label }",
            "Line 3 cannot be read from “}” on. Wanted there: a",
        ),
        ("SELECT ?x WHER { }", "WHERE or {"),
        ("SELECT ?x { ?r foo:bar ?x }", "the prefix foo: is not declared, and is none of ours"),
        ("SELECT ?x { ?r ; }", "Wanted there: a property (ag:value) or a variable (?x)"),
    ],
)
def test_what_cannot_be_read_is_said_in_plain_words(page, query, said):
    write(opened(page), query)
    expect(page.locator(".syntax")).to_contain_text(said)
    assert not re.search("VAR1|PNAME|IRI_REF", page.locator(".syntax").inner_text())


def test_an_old_answer_is_gone_while_the_next_is_asked(page):
    run(opened(page), LABELS)
    expect(page.locator(".yasr_results table")).to_contain_text("INO-VATE")
    run(page, ENDLESS)
    expect(page.get_by_text("Running…")).to_be_visible()
    expect(page.locator(".yasr_results")).to_be_hidden()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("Cancelled")).to_be_visible()
    expect(page.locator(".yasr_results")).to_be_hidden()


def test_the_panel_of_classes_writes_names_at_the_cursor(page):
    write(opened(page), "SELECT * { ?r ")
    panel = page.get_by_role("complementary", name="Classes and their properties")
    panel.locator("details.class", has_text="ag:Result").first.locator("summary").click()
    panel.get_by_role("button", name="Write ag:outcome at the cursor").first.click()
    expect(page.locator("#editor .CodeMirror-code")).to_contain_text("?r ag:outcome")
    expect(page.locator("#editor textarea")).to_be_focused()


def test_the_graph_names_its_nodes_and_its_legend_hides_a_class(page):
    run(opened(page), TRIPLES)
    page.locator(".select_graph").click()
    legend = page.get_by_role("list", name="Classes; a button hides or shows its nodes")
    study = legend.get_by_role("button", name=re.compile("^study "))
    expect(study).to_have_attribute("aria-pressed", "true")
    expect(legend.get_by_role("button", name=re.compile("^outcome "))).to_be_visible()
    study.click()
    expect(study).to_have_attribute("aria-pressed", "false")


def test_the_keyboard_alone_writes_runs_and_leaves(page):
    opened(page)
    page.get_by_role("link", name=STARTERS[-1].title).focus()
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


def test_without_scripts_the_form_answers_and_the_panel_reads(page_without_scripts):
    page = page_without_scripts
    page.goto("/sparql")
    page.get_by_label("Query").fill(LABELS)
    page.get_by_role("button", name="Run").click()
    expect(page.locator("#answer table")).to_contain_text("INO-VATE")
    page.locator(".schema details.class summary").first.click()
    expect(page.locator(".schema")).to_contain_text("ag:outcome")
    page.goto(sparql("PREFIX ag: <https://w3id.org/allograph/ontology#> ASK { ?r ag:numertor ?n }"))
    expect(page.locator("#answer .notice")).to_contain_text("did you mean ag:numerator?")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("query", [None, LABELS, TRIPLES], ids=["empty", "rows", "triples"])
def test_the_editor_keeps_to_wcag_in_light_and_in_dark(open_context, axe, scheme, query):
    page = opened(open_context(color_scheme=scheme).new_page())
    if query:
        run(page, query)
        expect(page.locator("tbody tr").first).to_be_visible()
    axe(page)
    if query == TRIPLES:
        page.locator(".select_graph").click()
        expect(page.get_by_role("img", name=re.compile("Graph of"))).to_be_visible()
    else:
        write(page, "SELECT * { ?study a ag:Stud ; ag:lable ?x . ?r ag:outcome ")
        page.keyboard.type("remission")
        expect(hints(page).first).to_be_visible()
    page.locator(".schema details.class summary").first.click()
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
