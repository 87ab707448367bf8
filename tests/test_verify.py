"""Verification: every locator is proved against the text that was read, or named."""

import hashlib

import pytest

from allograph.load import load
from allograph.verify import verify

TEXT = "Of 48 patients \u2014 all treated \u2014 44 patients (92%) responded."
START, END = TEXT.index("44"), TEXT.index("responded")
FILE_NAME = "003_5a4f299921dac2b4.txt"


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture
def folder(checkout, tmp_path):
    """A graph of one figure in one held text."""
    for path in checkout.graph_files():
        path.unlink()
    (checkout.graph / "report" / "a.ttl").write_text(
        "PREFIX : <https://w3id.org/allograph/report/a#>\n"
        "PREFIX ag: <https://w3id.org/allograph/ontology#>\n"
        "PREFIX oa: <http://www.w3.org/ns/oa#>\n"
        "<https://w3id.org/allograph/report/a> ag:heldAs :text .\n"
        f':text ag:fileName "{FILE_NAME}" ; ag:sha256 "{sha256(TEXT)}" .\n'
        ":orr ag:report <https://w3id.org/allograph/report/a> ; ag:locator :orr-at ;\n"
        '    ag:reportedAs "44 patients (92%)" .\n'
        f':orr-at oa:start {START} ; oa:end {END} ; ag:sha256 "{sha256(TEXT[START:END])}" .\n'
    )
    folder = tmp_path / "held"
    folder.mkdir()
    (folder / FILE_NAME).write_text(TEXT)
    return folder


@pytest.fixture
def findings(checkout, folder):
    def findings(old="", new=""):
        path = checkout.graph / "report" / "a.ttl"
        path.write_text(path.read_text().replace(old, new, 1) if old else path.read_text())
        verification = verify(load(checkout), folder)
        return verification, [str(result) for result in verification.results]

    return findings


def test_a_figure_that_stands_where_it_is_said_to_stand_is_proved(findings):
    verification, found = findings()
    assert (verification.locators, verification.proved, found) == (1, 1, [])


def test_a_span_that_has_moved_is_named_with_file_and_line(findings):
    verification, (found,) = findings(f"oa:start {START}", f"oa:start {START - 1}")
    assert verification.proved == 0
    assert found.startswith("graph/report/a.ttl:8: violation: Characters ")
    assert "are not the span that was read" in found


def test_a_figure_that_is_not_in_its_span_is_named(findings):
    _, (found,) = findings("44 patients (92%)", "45 patients (92%)")
    assert found.startswith('graph/report/a.ttl:6: violation: "45 patients (92%)" is not printed')


def test_a_text_that_is_not_the_one_that_was_read_is_named(findings, folder):
    (folder / FILE_NAME).write_text(TEXT + " More.")
    verification, found = findings()
    assert verification.proved == 0
    assert any("a.ttl:5: violation" in line and "its SHA-256 differs" in line for line in found)


def test_a_text_that_is_missing_is_named(findings, folder):
    (folder / FILE_NAME).unlink()
    _, found = findings()
    assert any("cannot be read: no such file" in line for line in found)


def test_offsets_count_code_points_and_not_bytes(findings):
    assert len(TEXT[:START].encode()) > START
    verification, _ = findings()
    assert verification.proved == 1
