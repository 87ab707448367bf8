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


def changed(folder, text):
    (folder / FILE_NAME).write_text(text)


@pytest.mark.parametrize(
    "text",
    [
        f"A new line.\n\n{TEXT}",
        TEXT.replace(" \u2014 all treated \u2014 ", ",\n"),
        TEXT.replace("44 patients (92%) ", "44\u00a0patients\n  (92%)  "),
    ],
    ids=["lines above", "words gone", "white space"],
)
def test_a_span_that_has_moved_is_told_its_place_and_updated_on_demand(
    findings, folder, checkout, allograph, text
):
    changed(folder, text)
    verification, found = findings()
    (place,) = verification.moved.values()
    assert " ".join(text[slice(*place)].split()) == "44 patients (92%)"
    assert any(f"it stands at {place[0]} to {place[1]} now" in line for line in found)
    path = checkout.graph / "report" / "a.ttl"
    before = path.read_text()
    verify = ("verify", "--sources", folder, "--root", checkout.root)
    assert allograph(*verify).returncode == 1
    assert path.read_text() == before
    done = allograph(*verify, "--update")
    assert (done.returncode, done.stderr) == (0, "graph/report/a.ttl: updated\n")
    assert done.stdout == "locators: 1, proved: 1\n"
    numbers = {str(START), str(END), *map(str, place)}
    kept = [word for word in before.split() if word not in numbers and len(word) != 66]
    after = path.read_text().split()
    assert [word for word in after if word not in numbers and len(word) != 66] == kept


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Of 48 patients nobody responded.", "it stands nowhere else"),
        (f"{TEXT} Again, 44 patients (92%) responded.", None),
        (f"First, 44 patients (92%) fell ill. {TEXT}", "it stands more than once: "),
    ],
    ids=["gone", "repeated below", "repeated above"],
)
def test_a_span_that_is_gone_or_repeated_is_not_guessed(
    findings, folder, checkout, allograph, text, message
):
    changed(folder, text)
    verification, found = findings()
    if message is None:
        assert list(verification.moved.values()) == [(START, END)]
        return
    assert verification.moved == {}
    assert any(message in line for line in found)
    before = (checkout.graph / "report" / "a.ttl").read_text()
    done = allograph("verify", "--sources", folder, "--root", checkout.root, "--update")
    assert done.returncode == 1
    assert (checkout.graph / "report" / "a.ttl").read_text() == before


def test_a_locator_without_a_place_is_named_and_not_stumbled_over(findings):
    _, (found,) = findings(f"oa:start {START}", 'oa:start "TODO"')
    assert "says no place yet: allograph locate finds it" in found


@pytest.mark.parametrize(
    ("section", "sentence", "told"),
    [("Results", 1, None), ("Results", 2, "Results, sentence 1"), ("Methods", 1, "Results")],
)
def test_a_section_and_a_sentence_are_checked_as_far_as_the_text_tells_them(
    findings, folder, checkout, section, sentence, told
):
    text = f"Methods: None.\nResults: {TEXT}"
    changed(folder, text)
    start = text.index("44")
    path = checkout.graph / "report" / "a.ttl"
    path.write_text(
        path.read_text()
        .replace(f"oa:start {START} ; oa:end {END}", f"oa:start {start} ; oa:end {start + 18}")
        .replace(sha256(TEXT), sha256(text))
        .replace(":orr-at oa:", f':orr-at ag:section "{section}" ; ag:sentence {sentence} ; oa:')
    )
    verification, found = findings()
    assert verification.proved == 1
    assert [line for line in found if "warning: By the text, this is" in line] == found
    assert bool(found) is bool(told)
    assert all(told in line for line in found)
