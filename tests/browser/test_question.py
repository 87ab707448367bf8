"""The page of a question in a browser: ask, sort, look at the plot, without scripts, by keys."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest

SHARE = "/questions/share-reaching-transplant"
FIGURES = "/questions/figures"


def column(page, label):
    """The first lines of the cells of a column, from above."""
    page.wait_for_load_state()
    heads = page.locator("table.answer thead th").all_inner_texts()
    (place,) = (place for place, head in enumerate(heads, 1) if head.startswith(label))
    cells = page.locator(f"table.answer tbody tr:first-child td:nth-child({place})")
    return [text.partition("\n")[0] for text in cells.all_inner_texts()]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_plot_comes_in_the_colours_of_the_page(open_context, scheme):
    page = open_context(color_scheme=scheme).new_page()
    page.goto(SHARE)
    page.wait_for_function("document.querySelector('figure.plot img').naturalWidth > 0")
    shown = page.evaluate("document.querySelector('figure.plot img').currentSrc")
    assert ("colours=dark" in shown) is (scheme == "dark")


def test_a_head_sorts_by_number_both_ways_and_says_so(page_without_scripts):
    page = page_without_scripts
    page.goto(f"{SHARE}?f.population=acute+lymphoblastic+leukaemia")
    in_order = column(page, "Figure")
    link = page.get_by_role("link", name="Figure", exact=True)
    for direction, is_turned in (("ascending", False), ("descending", True)):
        link.click()
        assert page.locator("th", has=link).get_attribute("aria-sort") == direction
        numbers = [float(re.match(r"\D*([0-9.]+)", cell)[1]) for cell in column(page, "Figure")]
        assert numbers == sorted(numbers, reverse=is_turned)
        assert sorted(column(page, "Figure")) == sorted(in_order)


def test_without_scripts_an_answer_is_narrowed_by_a_facet_and_widened_again(page_without_scripts):
    page = page_without_scripts
    page.goto(FIGURES)
    page.locator(".facets summary", has_text="Outcome").click()
    bar = page.get_by_role("group", name="Narrow the answer")
    bar.get_by_role("link", name="overall survival", exact=True).click()
    assert set(column(page, "Outcome")) == {"overall survival"}
    page.get_by_role("group", name="Retellings").get_by_role("link", name="Without").click()
    assert "taken from a retelling" not in page.locator("table.answer").inner_text()
    assert set(column(page, "Outcome")) == {"overall survival"}
    page.get_by_role("link", name=re.compile("^Outcome: overall survival")).click()
    page.get_by_role("group", name="Retellings").get_by_role("link", name="With ret").click()
    assert page.url.partition("?")[2].partition("#")[0] == ""


def test_without_scripts_columns_are_chosen_by_ticking_boxes(page_without_scripts):
    page = page_without_scripts
    page.goto(f"{FIGURES}?study=tower")
    page.locator(".facets summary", has_text="Columns").click()
    page.get_by_role("checkbox", name="Treatment", exact=True).uncheck()
    page.get_by_role("checkbox", name="Place", exact=True).check()
    page.get_by_role("button", name="Show these").click()
    page.wait_for_load_state()
    heads = page.locator("table.answer thead th").all_inner_texts()
    assert "Place" in heads
    assert "Treatment" not in heads
    assert parse_qsl(urlsplit(page.url).query)[0] == ("study", "tower")


def test_heads_and_the_first_column_stay_in_sight_however_far_a_wide_table_is_scrolled(page, fits):
    many = "study,outcome,figure,people,regimen_label,definition,cutoff,readings,printed,section"
    page.goto(f"{FIGURES}?columns={many},basis,place,group_size,report,time,doubts")
    fits(page)
    box = page.locator(".table", has=page.locator("table.answer"))
    assert box.evaluate("box => box.scrollWidth > box.clientWidth + 100")
    box.evaluate("box => box.scrollTo(400, 1500)")
    frame = box.bounding_box()
    head = page.locator("table.answer thead th").first.bounding_box()
    assert abs(head["x"] - frame["x"]) <= 2 and abs(head["y"] - frame["y"]) <= 2
    cells = page.locator("table.answer tbody tr:first-child td:first-child")
    assert all(abs(cell.bounding_box()["x"] - frame["x"]) <= 2 for cell in cells.all()[:20])
    last = page.locator("table.answer thead th").last.bounding_box()
    assert abs(last["y"] + last["height"] - head["y"] - head["height"]) <= 1


@pytest.mark.parametrize("address", [FIGURES, "/questions/effects", "/questions/doubts"])
def test_on_a_telephone_each_row_is_a_card_that_says_what_each_line_is(narrow_page, fits, address):
    page = narrow_page
    page.goto(address)
    fits(page)
    card = page.locator("table.answer tbody").first
    assert card.bounding_box()["width"] <= 360
    for cell in card.locator("tr:first-child td:not(:empty)").all():
        label = cell.evaluate("cell => getComputedStyle(cell, '::before').content")
        assert label == f'"{cell.get_attribute("data-label")}"'
        assert cell.bounding_box()["x"] >= 0
        assert cell.evaluate("cell => cell.scrollWidth <= cell.clientWidth + 1")


def test_without_scripts_a_question_is_asked_by_ticking_boxes(page_without_scripts):
    page = page_without_scripts
    page.goto(SHARE)
    page.locator("h1 a.slot").first.click()
    page.get_by_role("checkbox", name="inotuzumab ozogamicin", exact=True).uncheck()
    page.get_by_role("checkbox", name="blinatumomab", exact=True).check()
    page.get_by_role("button", name="Ask").click()
    assert "after blinatumomab" in page.locator("h1").inner_text().replace("\n", " ")
    assert ("drug", "blinatumomab") in parse_qsl(urlsplit(page.url).query)
    assert "inotuzumab" not in page.url


def test_by_keyboard_alone_a_doubt_is_explained_where_it_stands(page):
    page.goto("/questions/median-survival")
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('table.answer a.flag')"):
            break
    described = page.evaluate("document.activeElement.getAttribute('aria-describedby')")
    tip = page.locator(f"#{described}")
    assert tip.is_visible()
    assert re.search(r"\w+ \w+", tip.inner_text())


def test_the_plot_by_itself_leads_to_a_record_of_this_server(page, server):
    page.goto(f"{SHARE}.svg")
    link = page.locator("a[*|href$='/figure/hsct-receipt']").first
    assert link.evaluate("node => node.href.baseVal").startswith(server)
