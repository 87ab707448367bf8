"""Locating: words are found as a reader sees them, and told to the code point."""

import hashlib

import pytest

from allograph.curated.held.folded import Folded

pytestmark = pytest.mark.slow

TEXT = (
    "A made-up report\n\nMethods: Sixty adults were treated for 2\u20133 cycles.\n\n"
    "Results: In all, 44\u00a0patients\n(92%) responded \u2014 44 patients (90%) in week 2. "
    "Twelve patients (25%) of the others, 12 \u00b1 3, were ill.\n\n"
    "A note follows here. It has no heading.\n"
)
FILE_NAME = "made-up.txt"
REPORT = """PREFIX : <https://w3id.org/allograph/report/made-up#>
PREFIX ag: <https://w3id.org/allograph/ontology#>
PREFIX report: <https://w3id.org/allograph/report/>

report:made-up
    a ag:Report ;
    ag:heldAs :text .

:text
    a ag:HeldText ;
    ag:fileName "made-up.txt" ;
    ag:sha256 "{digest}" .
"""


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture
def locate(allograph, small_checkout, tmp_path):
    folder = tmp_path / "held"
    folder.mkdir()
    (folder / FILE_NAME).write_bytes(TEXT.encode())
    report = small_checkout.graph / "report" / "made-up.ttl"
    report.write_text(REPORT.format(digest=sha256(TEXT)))

    def locate(*arguments, report="made-up"):
        return allograph(
            "locate", report, *arguments, "--sources", folder, "--root", small_checkout.root
        )

    return locate


def test_the_locator_is_ready_to_paste(locate):
    done = locate("Twelve patients (25%)", "--name", "ill")
    start = TEXT.index("Twelve")
    assert done.returncode == 0, done.stderr
    assert done.stdout == (
        f":ill-at\n    a oa:TextPositionSelector ;\n    oa:start {start} ;\n"
        f'    oa:end {start + 21} ;\n    ag:section "Results" ;\n    ag:sentence 2 ;\n'
        f'    ag:sha256 "{sha256("Twelve patients (25%)")}" .\n'
    )
    assert 'ag:reportedAs "Twelve patients (25%)" ; ag:locator :ill-at' in done.stderr


@pytest.mark.parametrize("report", ["report:made-up", "https://w3id.org/allograph/report/made-up"])
def test_a_report_is_named_by_key_curie_or_iri(locate, report):
    assert locate("Sixty adults", report=report).returncode == 0


def test_white_space_and_dashes_are_read_as_a_reader_does_and_offsets_are_exact(locate):
    span = TEXT[TEXT.index("44\u00a0") : TEXT.index(" responded")]
    cycles = TEXT[TEXT.index("2\u2013") : TEXT.index(".\n")]
    done = locate("44 patients (92%)")
    assert f'ag:sha256 "{sha256(span)}"' in done.stdout
    assert f'ag:sha256 "{sha256(cycles)}"' in locate("2-3 cycles").stdout


def test_words_that_stand_twice_need_more_words(locate):
    done = locate("44 patients")
    assert (done.returncode, done.stdout) == (2, "")
    first, second, message = done.stderr.splitlines()
    assert "made-up.txt:5: Results, sentence 1:" in first
    assert "made-up.txt:6: Results, sentence 1:" in second
    assert message.endswith("stands at 2 places; give more of the words around it")
    assert locate("44 patients (90%)").returncode == 0


def test_words_that_stand_nowhere_are_told_what_is_near(locate):
    done = locate("Twelve patients (26%)")
    assert done.returncode == 2
    assert "Twelve patients (25%)" in done.stderr.splitlines()[0]
    assert "does not stand in made-up.txt; above is what is near" in done.stderr
    assert "copy the words from the text" in locate("xyzzy").stderr


def test_a_part_without_a_heading_is_given_a_name(locate):
    assert (
        'ag:section "Note" ;\n    ag:sentence 2' in locate("no heading", "--section", "Note").stdout
    )


def test_a_text_that_is_another_one_is_named_with_its_digest(locate, small_checkout):
    path = small_checkout.graph / "report" / "made-up.ttl"
    path.write_text(REPORT.format(digest="TODO"))
    done = locate("Sixty adults")
    assert done.returncode == 2
    assert f'made-up.ttl:9: made-up.txt has another SHA-256; if it is the text that was read: ag:sha256 "{sha256(TEXT)}"' in done.stderr  # fmt: skip  # noqa: E501


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"report": "made-upp"}, "no text is held for report:made-upp; did you mean 'made-up'?"),
        ({"report": "x", "name": "Not A Key"}, "a name is written in lower case"),
    ],
)
def test_a_mistake_is_one_message(locate, arguments, message):
    name = ["--name", arguments["name"]] if "name" in arguments else []
    done = locate("words", *name, report=arguments["report"])
    assert done.returncode == 2
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("a \u2013 b", "a - b", ["a \u2013 b"]),
        ("it\u2019s", "it's", ["it\u2019s"]),
        ("e\ufb03cacy", "efficacy", ["e\ufb03cacy"]),
        ("pa\u00adtients", "patients", ["pa\u00adtients"]),
        ("1.8 mg/m\u00b2", "1.8 mg/m2", ["1.8 mg/m\u00b2"]),
        ("aXbXa", "X", ["X", "X"]),
        ("aaa", "aa", ["aa", "aa"]),
        ("a", " ", []),
    ],
)
def test_a_place_covers_what_the_reader_saw(text, words, found):
    assert [text[start:end] for start, end in Folded(text).find(words)] == found


def test_a_section_that_is_a_guess_is_told_with_the_way_to_state_it(locate):
    assert "guess" not in locate("Twelve patients (25%)").stderr
    assert "guess" not in locate("no heading", "--section", "Note").stderr


@pytest.mark.parametrize(
    ("text", "name", "why"),
    [
        ("Who came\n\nThree of 5 came.\n", "Who came", '"Who came" only reads like a heading'),
        ("Findings Three of 5 came.\n", "Findings", 'no colon stands behind "Findings"'),
        ("It was so. Three of 5 came.\n", "", "the text names none before it"),
    ],
)  # fmt: skip
def test_why_a_section_is_a_guess_is_told(allograph, small_checkout, tmp_path, text, name, why):
    (tmp_path / FILE_NAME).write_bytes(text.encode())
    report = small_checkout.graph / "report" / "made-up.ttl"
    report.write_text(REPORT.format(digest=sha256(text)))
    arguments = ("made-up", "Three of 5", "--sources", tmp_path, "--root", small_checkout.root)
    done = allograph("locate", *arguments)
    assert done.returncode == 0
    assert f'ag:section "{name}' in done.stdout
    assert f"{why}; state it: --section NAME" in done.stderr
    stated = allograph("locate", *arguments, "--section", "Part 1")
    assert 'ag:section "Part 1"' in stated.stdout
    assert "state it" not in stated.stderr
