"""From home to an answer in at most four clicks, as people ask: each path is one question."""

import re
from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import expect
from tools import needs

pytestmark = needs("chromium")

ASKED = [
    ("share reaching transplant after InO", "What share reaches allogeneic transplant", "reached"),
    ("VOD risk with inotuzumab", "How often does VOD/SOS occur", "VOD/SOS in"),
    ("blina vs ino survival", "How does blinatumomab compare with inotuzumab", "comparison"),
    ("CD22 loss", "antigen expression", "antigen expression"),
    ("2-year OS after mini-hyper-CVD", "overall survival at 24 months", "54%"),
    ("children", "childhood acute lymphoblastic leukaemia", "15 studies"),
]


def ask_from_home(page, words):
    """Two clicks: search, and follow the first hit."""
    page.goto("/")
    page.get_by_label("Search studies, drugs, outcomes, questions").fill(words)
    page.get_by_role("button", name="Search").click()
    page.locator("ol.hits a.name").first.click()


@pytest.mark.parametrize(("words", "title", "answer"), ASKED, ids=[it[0] for it in ASKED])
def test_a_question_as_one_speaks_is_answered_in_one_sentence(
    page_without_scripts, words, title, answer
):
    page = page_without_scripts
    ask_from_home(page, words)
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile(title, re.IGNORECASE))
    line = page.locator("p.answer-line")
    expect(line).to_be_in_viewport()
    expect(line).to_contain_text(re.compile(re.escape(answer), re.IGNORECASE))


def test_what_nobody_reports_is_said_before_any_hit(page_without_scripts):
    page = page_without_scripts
    page.goto("/search?q=CD22+loss")
    expect(page.get_by_text("No study of this release reports loss of CD22")).to_be_in_viewport()


def taken(page, name):
    """The file that a link leads to."""
    with page.expect_download() as download:
        page.get_by_role("link", name=name, exact=True).click()
    return download.value.path().read_bytes()


def test_a_guideline_author_takes_a_comparison_along_as_document_and_picture(page):
    ask_from_home(page, "inotuzumab vs standard care")
    document = Document(BytesIO(taken(page, "Word (DOCX)")))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert "How does inotuzumab ozogamicin compare" in texts[0]
    assert any("0.75" in cell.text for row in document.tables[0].rows for cell in row.cells)
    assert taken(page, "Picture (PNG)").startswith(b"\x89PNG")


def test_a_reviewer_takes_shares_along_as_a_sheet_with_its_people(page):
    ask_from_home(page, "VOD proportions")
    book = load_workbook(BytesIO(taken(page, "Excel (XLSX)")))
    heads, *rows = book["answer"].iter_rows(values_only=True)
    numerator, denominator = heads.index("numerator"), heads.index("denominator")
    assert sum(bool(row[numerator] and row[denominator]) for row in rows) > 10
    assert {"sources and doubts", "columns", "about"} <= set(book.sheetnames)
