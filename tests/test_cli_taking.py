"""Answers that the command line writes: which format, which rows, where to."""

import io
import os
import pty
import subprocess
import sys

import docx
import duckdb
import openpyxl
import pytest

from allograph.reading.citation import NOTICE

pytestmark = pytest.mark.slow

SHARE = "share-reaching-transplant"


@pytest.fixture
def ask(allograph_bytes):
    return lambda *arguments: allograph_bytes("ask", SHARE, *arguments)


@pytest.fixture
def allograph_bytes(home, release):
    """The command in a process of its own, with its output as bytes."""
    assert release.directory.is_relative_to(home)

    def run(*arguments, stdout=subprocess.PIPE):
        return subprocess.run(
            [sys.executable, "-m", "allograph", *map(str, arguments)],
            stdout=stdout,
            stderr=subprocess.PIPE,
            env={**os.environ, "ALLOGRAPH_HOME": str(home)},
            check=False,
        )

    return run


def test_a_document_goes_to_standard_output_byte_for_byte(ask, release):
    done = ask("--format", "xlsx")
    assert (done.returncode, done.stderr) == (0, b"")
    workbook = openpyxl.load_workbook(io.BytesIO(done.stdout))
    about = dict(workbook["about"].iter_rows(values_only=True))
    assert about["Release"] == release.id and about["Please note"] == NOTICE
    assert about["Address"].startswith("https://w3id.org/allograph/questions/share-reaching")
    assert f"release={release.id}" in about["Address"]


def test_a_file_is_written_in_the_format_of_its_name(ask, tmp_path):
    for name in ("a.docx", "a.parquet", "a.png", "a.csv"):
        done = ask("--output", tmp_path / name, "--limit", 3)
        assert (done.returncode, done.stdout) == (0, b""), done.stderr
        assert b"note: there are more rows; --offset 3 goes on" in done.stderr
    assert len(docx.Document(tmp_path / "a.docx").tables[0].rows) == 4
    assert duckdb.sql(f"SELECT count(*) FROM '{tmp_path / 'a.parquet'}'").fetchall() == [(3,)]
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    assert sorted(it.name for it in tmp_path.iterdir()) == ["a.csv", "a.docx", "a.parquet", "a.png"]


def test_rows_are_filtered_sorted_and_parted_as_on_the_page(ask):
    lines = ask("retellings=no", "sort=-denominator", "--limit", 2).stdout.decode().splitlines()
    assert len(lines) == 3 and ",36,90," in lines[1]
    following = ask("retellings=no", "sort=-denominator", "--limit", 1, "--offset", 1)
    assert following.stdout.decode().splitlines()[1] == lines[2]
    refused = ask("f.nonsense=1")
    assert refused.returncode == 2 and b"there is no column 'nonsense'" in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--limit", "0"], b"limit: '0' is no whole number"),
        (["--offset", "x"], b"offset: 'x' is no whole number"),
        (["--output", "a.ods"], b"this answer is written as csv, docx"),
        (["--output", "nosuch/a.csv"], b"nosuch/a.csv: cannot be written: no such file"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(ask, arguments, message):
    done = ask(*arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert message in done.stderr


def test_a_file_that_cannot_be_finished_is_not_there(allograph_bytes, tmp_path):
    old = tmp_path / "a.docx"
    old.write_bytes(b"old")
    done = allograph_bytes("ask", "denominator-chain", "--output", old)
    assert done.returncode == 2 and b"at most 2,000 rows" in done.stderr
    assert [it.name for it in tmp_path.iterdir()] == ["a.docx"] and old.read_bytes() == b"old"


def test_a_document_is_not_thrown_at_a_terminal(allograph_bytes):
    ours, theirs = pty.openpty()
    done = allograph_bytes("ask", SHARE, "--format", "xlsx", stdout=theirs)
    os.close(theirs)
    os.close(ours)
    assert done.returncode == 2
    assert b"xlsx is no text for a terminal; name a file: --output FILE" in done.stderr
