"""The page of a question in a browser: ask, sort, look at the plot, without scripts, by keys."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest

SHARE = "/questions/share-reaching-transplant"


def column(page, label):
    """The cells of a column, from above."""
    heads = page.locator("table.answer thead th").all_inner_texts()
    (place,) = (place for place, head in enumerate(heads, 1) if head.startswith(label))
    return page.locator(
        f"table.answer tbody tr:first-child td:nth-child({place})"
    ).all_inner_texts()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_plot_comes_in_the_colours_of_the_page(open_context, scheme):
    page = open_context(color_scheme=scheme).new_page()
    page.goto(SHARE)
    page.wait_for_function("document.querySelector('div.plot img').naturalWidth > 0")
    shown = page.evaluate("document.querySelector('div.plot img').currentSrc")
    assert ("colours=dark" in shown) is (scheme == "dark")


def test_a_head_sorts_by_number_both_ways_and_says_so(page):
    page.goto(SHARE)
    given = column(page, "Transplanted")
    numbers = sorted(int(each) for each in given if each)
    assert len(numbers) > 3
    assert given != [*map(str, numbers), *([""] * given.count(""))]
    button = page.get_by_role("button", name="Transplanted")
    head = page.locator("th", has=button)
    button.click()
    assert column(page, "Transplanted")[: len(numbers)] == [*map(str, numbers)]
    assert head.get_attribute("aria-sort") == "ascending"
    place = column(page, "Transplanted").index("101")
    below = page.locator("table.answer tbody").nth(place).locator("tr.behind")
    assert "101 of 236" in below.inner_text()
    button.press("Enter")
    assert column(page, "Transplanted")[: len(numbers)] == [*map(str, reversed(numbers))]
    assert head.get_attribute("aria-sort") == "descending"


def test_what_is_empty_is_sorted_last_either_way(page):
    page.goto("/questions/efficacy-against-comparator")
    button = page.get_by_role("button", name="Figure of the group")
    for _ in range(2):
        button.click()
        values = column(page, "Figure of the group")
        filled = sum(map(bool, values))
        assert 6 <= filled < len(values)
        assert all(values[:filled]), values


def test_without_scripts_a_question_is_asked_by_ticking_boxes(page_without_scripts):
    page = page_without_scripts
    page.goto(SHARE)
    page.locator("h1 a.slot").click()
    page.get_by_role("checkbox", name="inotuzumab ozogamicin").uncheck()
    page.get_by_role("checkbox", name="blinatumomab").check()
    page.get_by_role("button", name="Ask").click()
    assert "after blinatumomab" in page.locator("h1").inner_text().replace("\n", " ")
    assert parse_qsl(urlsplit(page.url).query) == [("drug", "blinatumomab")]


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
    link = page.locator("a[*|href$='#hsct-receipt']").first
    assert link.evaluate("node => node.href.baseVal").startswith(server)
