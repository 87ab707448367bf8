"""New records: a skeleton that reads, in the style, and tells what is still to fill in."""

import hashlib

import pytest
from approve import SNAPSHOT, SOURCES

from allograph.checks.check import check
from allograph.curated.formatter.fmt import format_file
from allograph.curated.new import known_of, write_skeleton
from allograph.curated.snapshot import read_snapshot
from allograph.errors import FileError, ParameterError
from allograph.namespaces import BASE, KINDS
from allograph.rdf.turtle import read_turtle

pytestmark = pytest.mark.slow


@pytest.fixture
def skeleton(small_checkout):
    def skeleton(kind, **known):
        path = write_skeleton(kind, "brand-new", small_checkout, known_of(small_checkout, **known))
        return path, small_checkout.relative(path)

    return skeleton


@pytest.mark.parametrize("kind", KINDS)
def test_a_skeleton_reads_and_is_in_the_style(skeleton, kind):
    path, shown_as = skeleton(kind)
    assert f"https://w3id.org/allograph/{kind}/brand-new" in read_turtle(path, shown_as).lines
    assert not format_file(path, shown_as, write=False)


def test_check_tells_of_a_skeleton_what_is_to_fill_in_and_nothing_else(skeleton, small_checkout):
    files = [skeleton(kind) for kind in KINDS]
    results = check(read_snapshot(small_checkout), [shown_as for _path, shown_as in files])
    assert {result.rule for result in results} == {"integrity:to-fill-in"}
    for path, shown_as in files:
        lines = path.read_text().splitlines()
        todo = [number for number, line in enumerate(lines, start=1) if "TODO" in line and line[0] != "#"]  # fmt: skip  # noqa: E501
        assert [result.at.line for result in results if result.at.path == shown_as] == todo


def test_a_name_from_a_list_is_told_with_the_list(skeleton, small_checkout):
    _path, shown_as = skeleton("report")
    (tier,) = [
        one for one in check(read_snapshot(small_checkout), [shown_as]) if one.path == "ag:tier"
    ]
    assert (
        "ag:tier is still to fill in. Choose one of tier:abstract, tier:guideline, tier:label"
        in str(tier)
    )


@pytest.mark.slow
def test_what_is_filled_in_is_checked_again(skeleton, small_checkout):
    path, shown_as = skeleton("target")
    before = check(read_snapshot(small_checkout), [shown_as])
    path.write_text(path.read_text().replace('"TODO: the name, as in CD22"@en', '"CD99"'))
    after = check(read_snapshot(small_checkout), [shown_as])
    assert [one.rule for one in before] == ["integrity:to-fill-in"]
    assert [one.rule for one in after] == ["shape:Target-label"]


def test_the_text_that_was_read_fills_in_its_name_and_digest(skeleton, tmp_path):
    text = tmp_path / "read.txt"
    text.write_text("44 patients (92%)")
    path, _shown_as = skeleton("report", text=str(text))
    written = path.read_text()
    assert 'ag:fileName "read.txt"' in written
    assert f'ag:sha256 "{hashlib.sha256(text.read_bytes()).hexdigest()}"' in written


def test_the_report_of_a_study_fills_in_its_name(skeleton):
    path, _shown_as = skeleton("study", report="report:made-up")
    assert path.read_text().count("ag:report report:made-up ;") == 2


@pytest.mark.parametrize(
    ("known", "error"),
    [
        ({"report": "No Key"}, ParameterError),
        ({"text": "/nowhere/x.txt"}, FileError),
        ({"seen_at": "example.org/articles/12"}, ParameterError),
        ({"seen_at": "https://example.org/a b"}, ParameterError),
        ({"design": "single-arm"}, ParameterError),
    ],
)
def test_what_is_not_known_is_refused(known, error):
    with pytest.raises(error):
        known_of(SOURCES, **known)


def designs():
    begin = f"{BASE}design/"
    return [iri.removeprefix(begin) for iri in SNAPSHOT.loaded.nodes if iri.startswith(begin)]


@pytest.mark.parametrize("design", designs())
def test_every_design_has_a_skeleton_with_its_groups(skeleton, small_checkout, design):
    path, shown_as = skeleton("study", design=design)
    written = path.read_text()
    assert f"ag:design design:{design} ;" in written
    is_of_arms = design in ("randomised-trial", "controlled-trial")
    assert written.count("a ag:Comparison ;") == is_of_arms
    assert written.count("ag:grouping grouping:arm ;") == 2 * is_of_arms
    assert written.count("ag:grouping grouping:whole-study ;") == 1
    assert not format_file(path, shown_as, write=False)
    results = check(read_snapshot(small_checkout), [shown_as])
    assert {result.rule for result in results} == {"integrity:to-fill-in"}


def test_a_wrong_design_is_told_with_the_list(allograph, small_checkout):
    done = allograph("new", "study", "x", "--design", "cross-over", "--root", small_checkout.root)
    assert done.returncode == 2
    assert "there is no design 'cross-over'; there are controlled-trial, " in done.stderr
    done = allograph(
        "new", "study", "x", "--design", "randomized-trial", "--root", small_checkout.root
    )
    assert "did you mean 'randomised-trial'?" in done.stderr
    assert not (small_checkout.graph / "study" / "x.ttl").exists()


def test_the_places_of_a_report_that_is_not_held_are_cited(skeleton):
    address = "https://example.org/articles/12"
    path, _shown_as = skeleton("report", seen_at=address)
    written = path.read_text()
    assert f"    dcterms:source <{address}> ;" in written
    assert "heldAs" not in written
    assert "HeldText" not in written
    path, _shown_as = skeleton("study", report="brand-new", design="randomised-trial")
    written = path.read_text()
    assert written.count(f"    ag:seenAt <{address}> ;") == written.count("a ag:CitedPlace ;") == 6
    assert "oa:TextPositionSelector" not in written


def test_a_file_is_never_overwritten(skeleton):
    skeleton("drug")
    with pytest.raises(FileError, match="exists already"):
        skeleton("drug")


def test_an_option_of_another_kind_is_refused(allograph, small_checkout):
    done = allograph("new", "drug", "x", "--text", "y", "--root", small_checkout.root)
    assert (done.returncode, done.stderr) == (2, "allograph: --text is for a new report\n")
