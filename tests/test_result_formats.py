"""How results are written: for people, for programs, and for the pages of GitHub."""

import json

import pytest

from allograph.checks.formats import FORMATS, Told
from allograph.curated.results import Severity, ValidationResult
from allograph.errors import Location

NAMES = {
    *("file", "line", "column", "severity", "rule"),
    *("focus", "path", "value", "message", "cure"),
}


def result(path="graph/study/x.ttl", line=23, severity=Severity.VIOLATION, value=None, **others):
    message = others.pop("message", "A size is whole.")
    at, focus = Location(path, line), "https://w3id.org/allograph/study/x"
    return ValidationResult(at, severity, focus, None, value, message, "rule:size", **others)


def written(name, *results, counts=()):
    (format,) = (format for format in FORMATS if format.name == name)
    return list(format.answer(Told(results, ["violations: 0"], dict(counts))))


def test_a_document_of_json_has_the_same_names_for_each_finding():
    results = [result(cure="Write 5."), result(line=None, severity=Severity.WARNING)]
    (text,) = written("json", *results, counts={"locators": 2})
    document = json.loads(text)
    assert (document["violations"], document["warnings"], document["infos"]) == (1, 1, 0)
    assert document["locators"] == 2
    first, second = document["findings"]
    assert set(first) == set(second) == NAMES
    assert (first["file"], first["line"], first["cure"]) == ("graph/study/x.ttl", 23, "Write 5.")
    assert (second["line"], second["severity"]) == (None, "warning")


def test_where_nothing_is_found_a_document_says_so_and_no_command_is_written():
    (text,) = written("json")
    assert json.loads(text) == {"violations": 0, "warnings": 0, "infos": 0, "findings": []}
    assert written("github") == []


@pytest.mark.parametrize(
    ("given", "command"),
    [
        (
            result(),
            "::error file=graph/study/x.ttl,line=23,title=rule%3Asize::A size is whole.",
        ),
        (
            result(line=None, severity=Severity.WARNING),
            "::warning file=graph/study/x.ttl,title=rule%3Asize::A size is whole.",
        ),
        (
            result(severity=Severity.INFO, message="50%, or: a\r\nb"),
            "::notice file=graph/study/x.ttl,line=23,title=rule%3Asize::50%25, or: a%0D%0Ab",
        ),
        (
            result(path="graph/study/a,b:c%.ttl", value="5"),
            "::error file=graph/study/a%2Cb%3Ac%25.ttl,line=23,title=rule%3Asize"
            "::A size is whole. Found: 5.",
        ),
        (
            result(path="https://w3id.org/allograph/study/x", line=None),
            "::error title=rule%3Asize::https://w3id.org/allograph/study/x: A size is whole.",
        ),
    ],
    ids=["violation", "no line", "signs in a message", "signs in a path", "no file"],
)
def test_a_result_is_a_command_that_marks_its_line(given, command):
    assert written("github", given) == [command]


@pytest.mark.slow
@pytest.mark.usefixtures("without_shapes", "without_questions")
@pytest.mark.parametrize("format", FORMATS, ids=lambda format: format.name)
def test_the_status_is_the_same_in_each_format(format, small_checkout, allograph):
    run = ("check", "--root", small_checkout.root, "--no-cache", "--format", format.name)
    assert allograph(*run).returncode == 0
    path = small_checkout.graph / "study" / "ino-vate.ttl"
    path.write_text(path.read_text().replace("a ag:Study ;", "a ag:Studi ;", 1))
    done = allograph(*run)
    assert done.returncode == 1
    assert "graph/study/ino-vate.ttl" in done.stdout
    wrong = allograph("check", "--root", small_checkout.root / "none", "--format", format.name)
    assert (wrong.returncode, wrong.stdout) == (2, "")


@pytest.mark.slow
def test_verify_counts_places_in_its_document(small_checkout, tmp_path, allograph):
    done = allograph(
        "verify",
        "--root",
        small_checkout.root,
        "--sources",
        tmp_path,
        "--numbers",
        "--format",
        "json",
    )
    document = json.loads(done.stdout)
    assert done.returncode == 1
    assert document["locators"] >= document["proved"] + document["cited"]
    assert set(document["numbers"]) == {"total", "entered", "passed_over", "open"}
    assert len(document["findings"]) >= document["violations"] > 0


def test_watch_writes_for_people_only(allograph):
    done = allograph("check", "--watch", "--format", "json")
    assert done.returncode == 2
    assert "--watch" in done.stderr
