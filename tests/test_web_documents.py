"""What is to be read of the service: about, methods, contact, changes, and the documents."""

import csv
import re
import tomllib
from dataclasses import replace
from io import StringIO

import pytest
from approve import SOURCES

from allograph.reading.documents import CHANGES, changes, documents, render
from allograph.settings import Settings
from allograph.web.service import EXTENSION

DOCUMENTS = documents()
MAIL, TRACKER = "curators@data.example", "https://git.example/allograph/-/issues"


def page(client, address):
    response = client.get(address, headers={"Accept": "text/html"})
    assert response.status_code == 200, address
    return response.text


def rows(client, question):
    return list(csv.DictReader(StringIO(client.get(f"/questions/{question}.csv").text)))


def written(
    tmp_path, text, name="guide", known=("guide", "other", "decisions/0001-first", CHANGES)
):
    """A document with this text, as it is served."""
    path = tmp_path / "docs" / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"# Title\n\n{text}", encoding="utf-8")
    return render(documents(tmp_path)[name], known, lambda name: f"/served/{name}")


@pytest.fixture
def contacted(app):
    """The client of the service, with a contact set."""
    service = app.extensions[EXTENSION]
    app.extensions[EXTENSION] = replace(service, settings=Settings(contact=f"{MAIL} {TRACKER}"))
    yield app.test_client()
    app.extensions[EXTENSION] = service


# ---- About, methods, contact, changes ----


def test_about_says_who_curates_as_the_citation_does_and_what_is_not_known(client):
    text = page(client, "/about")
    assert "ALLograph curators" in text
    assert "name: The ALLograph curators" in (SOURCES.root / "CITATION.cff").read_text("utf-8")
    assert re.search(r"Interests of the curators</dt><dd>Not declared", text)
    assert re.search(r"Funding</dt><dd>Not known", text)
    assert "not medical advice" in text


def test_methods_tells_the_numbers_that_the_questions_of_coverage_give(client):
    by_study = {row["study"]: row for row in rows(client, "coverage-by-study")}
    total = {
        name: sum(int(row[name]) for row in by_study.values())
        for name in ("figures", "comparisons", "read_twice", "derived")
    }
    text = page(client, "/methods")
    assert f"<p>{len(by_study)} studies with" in text
    printed = total["figures"] + total["comparisons"] - total["derived"]
    assert f"{total['read_twice']} of {printed} printed figures" in text


def test_methods_names_each_search_with_its_day(client):
    text = page(client, "/methods")
    for row in rows(client, "searches"):
        assert f'<time datetime="{row["searched_on"]}">' in text
        assert row["sought_for"] in text.replace("&#39;", "'")


def test_methods_counts_the_doubts_as_the_home_page_does(client):
    (doubts,) = re.findall(r"(\d+) doubts", page(client, "/"))
    assert f"The {doubts} <a" in page(client, "/methods")


def test_without_the_setting_no_contact_is_named_and_its_keeper_is_told_how(client):
    text = page(client, "/contact")
    assert "This service names no contact." in text
    assert "ALLOGRAPH_CONTACT" in text
    assert "mailto:" not in text


def test_with_the_setting_a_mail_and_an_issue_are_prepared_and_name_the_release(contacted, release):
    text = contacted.get("/contact", headers={"Accept": "text/html"}).text
    assert f'href="mailto:{MAIL}"' in text
    assert f'href="{TRACKER}"' in text
    assert f'href="mailto:{MAIL}?subject=Error' in text
    assert f'href="{TRACKER}/new?issue%5Btitle%5D=Error' in text
    assert text.count(f"Release%3A%20{release.id}") == 2


def test_the_changes_of_each_version_have_an_anchor(client):
    text = page(client, "/changes")
    versions = re.findall(r"^## (\S+) - ", changes().path.read_text("utf-8"), re.MULTILINE)
    assert versions
    for version in versions:
        assert re.search(rf'<h2 id="[^"]+">{re.escape(version)} - ', text)


@pytest.mark.parametrize("address", ["/", "/study/ino-vate", "/nothing/here"])
def test_the_foot_of_each_page_leads_to_who_and_how(client, address):
    text = client.get(address, headers={"Accept": "text/html"}).text
    foot = text[text.index("<footer>") :]
    for leads_to in ("/methods", "/contact", "/changes", "/docs", "/ontology", "/licences"):
        assert f'href="{leads_to}"' in foot
    assert '<a href="/about"' in text


# ---- Documents ----


@pytest.mark.parametrize("name", DOCUMENTS)
def test_each_document_is_served_under_its_name_and_listed(client, name):
    text = page(client, f"/docs/{name}")
    assert re.findall(r"<h1>(.*?)</h1>", text) == [DOCUMENTS[name].title.replace("'", "&#39;")]
    assert f'href="/docs/{name}"' in page(client, "/docs")


@pytest.mark.parametrize("address", ["/changes", *(f"/docs/{name}" for name in DOCUMENTS)])
def test_an_anchor_of_a_document_stands_once_and_its_links_lead_somewhere(client, address):
    text = page(client, address)
    anchors = re.findall(r'\sid="([^"]+)"', text)
    assert len(anchors) == len(set(anchors))
    main = text[text.index("<main") : text.index("</main>")]
    for target in re.findall(r'href="([^"]+)"', main):
        if target.startswith("#"):
            assert target[1:] in anchors
        elif target.startswith("/"):
            assert client.get(target.partition("#")[0]).status_code == 200, target
        else:
            assert target.startswith("https://")


def test_the_documents_are_those_of_the_folder_and_all_are_in_the_wheel():
    project = tomllib.loads((SOURCES.root / "pyproject.toml").read_text("utf-8"))
    forced = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    folder = SOURCES.root / "docs"
    guides = {path.stem for path in folder.glob("*.md")}
    assert {name for name in DOCUMENTS if "/" not in name} == guides
    for path in ("CHANGELOG.md", "docs/decisions", *(f"docs/{name}.md" for name in guides)):
        assert forced[path] == f"allograph/data/{path}"


def test_a_document_that_is_none_names_the_nearest(client):
    response = client.get("/docs/modle", headers={"Accept": "text/html"})
    assert response.status_code == 404
    assert 'href="/docs/model"' in response.text
    assert client.get("/docs/../pyproject.toml").status_code == 404
    assert client.get("/docs/%2e%2e/README").status_code == 404


def test_raw_html_is_text_and_an_address_that_runs_is_no_link(tmp_path):
    html = written(
        tmp_path,
        "<script>alert(1)</script> <b onclick=x>bold</b>\n\n[run](javascript:alert(1))"
        " ![picture](https://elsewhere.example/x.png)\n\n```\n<i>\n```\n",
    ).html
    assert "<script" not in html
    assert "<b " not in html
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert "<code>&lt;i&gt;\n</code>" in html


def test_links_between_documents_lead_to_where_they_are_served(tmp_path):
    text = (
        "[a](other.md) [b](other.md#part) [c](decisions/0001-first.md) [d](../CHANGELOG.md)"
        " [e](#below) [f](../graph/study) [g](../../etc/passwd) [h **bold**](missing.md)"
        " [i](https://www.w3.org/)\n\n## Below\n"
    )
    html = written(tmp_path, text).html
    assert re.findall(r'href="([^"]+)">(\w)', html) == [
        ("/served/other", "a"),
        ("/served/other#part", "b"),
        ("/served/decisions/0001-first", "c"),
        (f"/served/{CHANGES}", "d"),
        ("#below", "e"),
        ("https://www.w3.org/", "i"),
    ]
    assert " f g h <strong>bold</strong> " in html
    assert html.count("<a ") == html.count("</a>") == 6


def test_headings_have_the_anchors_that_github_gives_and_a_repeated_one_is_counted(tmp_path):
    rendered = written(tmp_path, "## What `x` is, & why\n\n## Twice\n\n### Twice\n")
    assert [(each.level, each.anchor) for each in rendered.headings] == [
        (2, "what-x-is--why"),
        (2, "twice"),
        (3, "twice-1"),
    ]
    assert rendered.title == "Title"
    assert "<h1" not in rendered.html


def test_a_table_scrolls_in_a_box_that_its_heading_names(tmp_path):
    html = written(tmp_path, '## "Limits"\n\n| a | b |\n|---|---|\n| 1 | <2> |\n').html
    assert 'role="region" aria-label="&quot;Limits&quot;" tabindex="0"' in html
    assert "<td>&lt;2&gt;</td>" in html


def test_a_program_that_came_without_documents_serves_none(tmp_path):
    assert documents(tmp_path) == {}
    assert changes(tmp_path) is None
