"""The look of all pages: contrast, weight, landmarks, headings; what a browser must show is in
``tests/browser/test_pages.py``.
"""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

import allograph.web

STYLESHEET = (Path(allograph.web.__file__).parent / "static" / "allograph.css").read_text("utf-8")
WEIGHT = 150_000
TEXT, LARGE = 4.5, 3.0  # contrast that WCAG 2.2 asks for: 1.4.3, and 1.4.11 for what is no text

PAGES = [
    "/",
    "/search",
    "/search?q=transplant",
    "/search?q=blinatumomap",
    "/search?q=xyzzy",
    "/questions",
    "/questions/figures",
    "/study",
    "/study/ino-vate",
    "/study/ino-salvage-100",
    "/drug/inotuzumab-ozogamicin",
    "/flag",
    "/quality",
    "/quality/rules",
    "/ontology",
    "/download",
    "/docs",
    "/docs/model",
    "/about",
    "/methods",
    "/contact",
    "/changes",
    "/coverage",
    "/questions/denominator-chain",
    "/nothing/here",
]
# Foreground, background, and the contrast that they need.
PAIRS = [
    ("ink", "paper", TEXT),
    ("ink", "panel", TEXT),
    ("ink", "accent-soft", TEXT),
    ("ink", "mark", TEXT),
    ("ink", "bad-soft", TEXT),
    ("quiet", "paper", TEXT),
    ("quiet", "panel", TEXT),
    ("quiet", "accent-soft", TEXT),
    ("accent", "paper", TEXT),
    ("accent", "panel", TEXT),
    ("accent", "accent-soft", TEXT),
    ("accent-strong", "paper", TEXT),
    ("accent-strong", "accent-soft", TEXT),
    ("on-accent", "accent", TEXT),
    ("on-accent", "accent-strong", TEXT),
    ("mark-ink", "mark", TEXT),
    ("bad", "paper", TEXT),
    ("bad", "bad-soft", TEXT),
    ("edge", "paper", LARGE),
    ("edge", "panel", LARGE),
    *((f"plot-{number}", "paper", LARGE) for number in range(1, 7)),
]


def variables(block):
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6}|#[0-9a-f]{3});", block))


def colours(scheme):
    light, dark = re.findall(r":root \{\n(.*?)\n\s*\}", STYLESHEET, re.DOTALL)[:2]
    return variables(light) if scheme == "light" else variables(light) | variables(dark)


def luminance(colour):
    """The relative luminance of WCAG 2.2, from #rrggbb or #rgb."""
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    shares = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_wcag_defines_it():
    assert contrast("#000", "#fff") == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_have_the_contrast_that_readers_need(scheme):
    known = colours(scheme)
    low = [pair for *pair, needed in PAIRS if contrast(*map(known.get, pair)) < needed]
    assert low == []


def test_the_dark_colours_are_not_the_light_ones():
    light, dark = colours("light"), colours("dark")
    assert set(light) == set(dark)
    assert not {name for name in light if light[name] == dark[name]}


def test_colours_are_named_once_and_used_by_name():
    rules = re.sub(r":root \{.*?\}", "", STYLESHEET, flags=re.DOTALL)
    outside_of_print = rules.partition("@media print")[0]
    assert re.findall(r"#[0-9a-f]{3,8}\b", outside_of_print) == []


def test_the_stylesheet_loads_nothing_and_uses_fonts_of_the_system():
    assert "url(" not in STYLESHEET
    assert "@import" not in STYLESHEET
    assert "@font-face" not in STYLESHEET
    assert "system-ui" in STYLESHEET


def html(client, address):
    return client.get(address, headers={"Accept": "text/html"}).text


@pytest.mark.parametrize("address", PAGES)
def test_a_page_weighs_little_with_all_that_it_loads(client, address):
    """In bytes as they are sent, compressed."""
    asked = {"Accept": "text/html", "Accept-Encoding": "gzip"}
    page = html(client, address)
    loaded = set(
        re.findall(
            r'<(?:link rel="(?:stylesheet|icon)" href|script[^>]* src|img src)="(/[^"]+)', page
        )
    )
    assert any(".css" in part for part in loaded)
    weight = sum(len(client.get(part, headers=asked).data) for part in {address, *loaded})
    assert weight < WEIGHT


class Outline(HTMLParser):
    """The headings, landmarks and images of a page."""

    def __init__(self, text):
        super().__init__()
        self.levels, self.landmarks, self.without_alt, self.ids = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if tag in ("header", "nav", "main", "footer"):
            self.landmarks.append(tag)
        if tag == "img" and "alt" not in given:
            self.without_alt.append(given)
        if "id" in given:
            self.ids.append(given["id"])


@pytest.mark.parametrize("address", PAGES)
def test_headings_step_down_one_level_at_a_time_and_ids_are_unique(client, address):
    outline = Outline(html(client, address))
    assert outline.levels[0] == 1
    assert outline.levels.count(1) == 1
    for upper, lower in zip(outline.levels, outline.levels[1:], strict=False):
        assert lower <= upper + 1
    assert {"header", "nav", "main", "footer"} <= set(outline.landmarks)
    assert outline.without_alt == []
    assert len(outline.ids) == len(set(outline.ids))


@pytest.mark.parametrize(
    ("address", "label", "current"),
    [
        ("/questions", "Questions", "page"),
        ("/questions/figures", "Questions", "true"),
        ("/study", "Studies", "page"),
        ("/study/", "Studies", "page"),
        ("/study/ino-vate", "Studies", "true"),
        ("/quality", "Doubts", "page"),
        ("/download", "Download", "page"),
        ("/about", "About", "page"),
    ],
)
def test_the_navigation_says_where_we_are_also_below_its_places(client, address, label, current):
    marked = re.findall(
        r'aria-current="(\w+)">([^<]+)</a></li>', html(client, address).partition("</header>")[0]
    )
    assert marked == [(current, label)]


@pytest.mark.parametrize("address", ["/", "/search", "/drug/blinatumomab", "/nothing/here"])
def test_elsewhere_no_place_of_the_navigation_is_current(client, address):
    assert "aria-current" not in html(client, address).partition("</header>")[0]


@pytest.mark.parametrize("address", PAGES)
def test_each_page_has_one_search_box_for_everything(client, address):
    forms = re.findall(r'<form class="search"[^>]*>', html(client, address))
    assert len(forms) == 1


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/questions/figures?dose=5", "takes no"),
        ("/sparql?query=SELECT", "line 1"),
        ("/nothing/here", "Start from the beginning"),
    ],
)
def test_a_page_about_an_error_says_what_is_wrong_in_a_sentence_and_leads_on(
    client, address, words
):
    response = client.get(address, headers={"Accept": "text/html"})
    assert response.status_code in (400, 404)
    (lead,) = re.findall(r'<p class="lead">(.*?)</p>', response.text, re.DOTALL)
    assert lead[-1] in ".?!"
    assert words in response.text
    assert 'href="/questions"' in response.text
