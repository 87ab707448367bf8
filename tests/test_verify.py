"""Verification: every locator is proved against the text that was read, or named."""

import hashlib

import pytest
from approve import SNAPSHOT, SOURCES

from allograph.checks.verify import verify
from allograph.curated.held.locators import Held
from allograph.curated.snapshot import load
from allograph.curated.sources import Part

pytestmark = pytest.mark.slow

TEXT = "Of 48 patients \u2014 all treated \u2014 44 patients (92%) responded."
HELD_TEXTS = SOURCES.root.parent / "shared" / "sources"
START, END = TEXT.index("44"), TEXT.index("responded")
FILE_NAME = "003_5a4f299921dac2b4.txt"


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture
def folder(small_checkout, tmp_path):
    """A graph of one figure in one held text."""
    for path in small_checkout.files(Part.GRAPH):
        path.unlink()
    (small_checkout.graph / "report" / "a.ttl").write_text(
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
def findings(small_checkout, folder):
    def findings(old="", new=""):
        path = small_checkout.graph / "report" / "a.ttl"
        path.write_text(path.read_text().replace(old, new, 1) if old else path.read_text())
        verification = verify(load(small_checkout), folder)
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
    findings, folder, small_checkout, allograph, text
):
    changed(folder, text)
    verification, found = findings()
    (place,) = verification.moved.values()
    assert " ".join(text[slice(*place)].split()) == "44 patients (92%)"
    assert any(f"it stands at {place[0]} to {place[1]} now" in line for line in found)
    path = small_checkout.graph / "report" / "a.ttl"
    before = path.read_text()
    verify = ("verify", "--sources", folder, "--root", small_checkout.root)
    assert allograph(*verify).returncode == 1
    assert path.read_text() == before
    done = allograph(*verify, "--update")
    assert (done.returncode, done.stderr) == (0, "graph/report/a.ttl: updated\n")
    assert done.stdout == "locators: 1, proved: 1, cited: 0\n"
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
    findings, folder, small_checkout, allograph, text, message
):
    changed(folder, text)
    verification, found = findings()
    if message is None:
        assert list(verification.moved.values()) == [(START, END)]
        return
    assert verification.moved == {}
    assert any(message in line for line in found)
    before = (small_checkout.graph / "report" / "a.ttl").read_text()
    done = allograph("verify", "--sources", folder, "--root", small_checkout.root, "--update")
    assert done.returncode == 1
    assert (small_checkout.graph / "report" / "a.ttl").read_text() == before


def test_a_locator_without_a_place_is_named_and_not_stumbled_over(findings):
    _, (found,) = findings(f"oa:start {START}", 'oa:start "TODO"')
    assert "says no place yet: allograph locate finds it" in found


@pytest.mark.parametrize(
    ("section", "sentence", "told"),
    [("Results", 1, None), ("Results", 2, "Results, sentence 1"), ("Methods", 1, "Results")],
)
def test_a_section_and_a_sentence_are_checked_as_far_as_the_text_tells_them(
    findings, folder, small_checkout, section, sentence, told
):
    text = f"Methods: None.\nResults: {TEXT}"
    changed(folder, text)
    start = text.index("44")
    path = small_checkout.graph / "report" / "a.ttl"
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


def with_lines(text):
    """A line above, and a line between paragraphs; where each character has gone."""
    middle = text.index("\n", len(text) // 2) + 1
    above, between = "A banner.\n\n", "\nAn advertisement.\n\n"
    changed = above + text[:middle] + between + text[middle:]
    return changed, lambda place: place + len(above) + (len(between) if place >= middle else 0)


def with_spaces(text):
    """Every fifth space is doubled, every seventh a line break."""
    places, changed, spaces = [], "", 0
    for character in text:
        places.append(len(changed))
        if character == " ":
            spaces += 1
            changed += "  " if spaces % 5 == 0 else "\n" if spaces % 7 == 0 else " "
        else:
            changed += character
    return changed, lambda place: places[place]


@pytest.mark.skipif(
    not HELD_TEXTS.is_dir(), reason="the held texts do not lie beside this checkout"
)
@pytest.mark.parametrize(("change", "least"), [(with_lines, 200), (with_spaces, 190)])
def test_a_curated_place_is_followed_rightly_or_not_at_all(tmp_path, change, least):
    loaded = SNAPSHOT.loaded
    moves = {}
    for path in HELD_TEXTS.glob("*.txt"):
        text, moves[path.name] = change(path.read_text(encoding="utf-8"))
        (tmp_path / path.name).write_bytes(text.encode())
    verification = verify(loaded, tmp_path)
    names = {text.iri: text.file_name for text in Held(loaded).texts.values()}
    followed = {locator.iri: (locator, place) for locator, place in verification.moved.items()}
    assert len(followed) >= least
    for locator, (start, end) in followed.values():
        move = moves[names[locator.held_text]]
        assert (start, end) == (move(locator.start), move(locator.end - 1) + 1)
    told = {
        result.focus_node
        for result in verification.results
        if "nowhere else" in result.message or "more than once" in result.message
    }
    assert told | followed.keys() == {one.iri for one in Held(loaded).locators if not one.cells}


@pytest.mark.skipif(
    not HELD_TEXTS.is_dir(), reason="the held texts do not lie beside this checkout"
)
def test_a_sentence_that_was_taken_out_is_found_nowhere(tmp_path):
    name = "003_5a4f299921dac2b4.txt"
    text = (HELD_TEXTS / name).read_text(encoding="utf-8")
    start = text.index("Veno-occlusive disease of any grade")
    end = text.index("With a median follow-up")
    (tmp_path / name).write_text(text[:start] + text[end:], encoding="utf-8")
    verification = verify(SNAPSHOT.loaded, tmp_path, ["graph/study/mini-hcvd-ino.ttl"])
    gone = [result for result in verification.results if "nowhere else" in result.message]
    held = {locator.iri: locator for locator in Held(SNAPSHOT.loaded).locators}
    assert gone
    assert all(start <= held[one.focus_node].start < end for one in gone)
    assert all(
        place[0] == locator.start - (end - start if locator.start >= end else 0)
        for locator, place in verification.moved.items()
    )
