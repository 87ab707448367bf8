"""``allograph import table`` and ``allograph export table``, run as a reviewer runs them."""

import csv
import io
import re
import shlex

import pytest
from approve import SOURCES

from allograph.curated.sources import Part
from allograph.tables.table import read_table

DOCUMENT = (SOURCES.root / "docs" / "importing-tables.md").read_text(encoding="utf-8")
HEADER = "author,year,ai,n1i,ci,n2i\n"
SETTINGS = ["--set", "study.condition=b-all", "--set", "figure.outcome=response"]


@pytest.fixture
def run(allograph, checkout, tmp_path):
    """Run a command on a copy of the curated files, in a folder of one's own."""

    def run(*arguments):
        return allograph(*arguments, "--root", checkout.root, cwd=tmp_path)

    return run


def curated(checkout):
    return {path: path.read_bytes() for path in checkout.files(Part.GRAPH)}


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", DOCUMENT, re.MULTILINE | re.DOTALL)


@pytest.mark.slow
def test_the_commands_of_the_document_do_what_it_says(run, checkout, tmp_path):
    (sheet,), (profile,) = blocks("csv"), blocks("toml")
    (tmp_path / "sheet.csv").write_text(sheet, encoding="utf-8")
    (tmp_path / "profile.toml").write_text(profile, encoding="utf-8")
    lines = re.findall(r"^\$ allograph (.*)$", "".join(blocks("console")), re.MULTILINE)
    assert [line.split()[0] for line in lines] == ["import", "import", "check", "export"]
    for line in lines:
        done = run(*shlex.split(line))
        assert done.returncode == 0, done.stdout + done.stderr
    study = (checkout.graph / "study" / "sheet-doe-roe-2015.ttl").read_text(encoding="utf-8")
    assert "ag:design design:randomised-trial" in study
    assert "ag:numerator 40 ;\n    ag:denominator 50" in study
    written = list(csv.DictReader(io.StringIO((tmp_path / "again.csv").read_text())))
    assert [row["trial"] for row in written] == ["Doe & Roe", "Major"]
    assert [row["ino_cr"] for row in written] == ["40", ""]


def test_every_key_of_a_profile_is_in_the_document():
    from dataclasses import fields

    from allograph.intake.sheets import profile as keys

    figures = (keys.ArmRules, keys.FigureRules, keys.EffectRules)
    for kind in (keys.TableRules, keys.StudyRules, *figures, keys.SkipRules):
        for row in fields(kind):
            assert f"`{row.name}`" in DOCUMENT, row.name


def test_every_ready_profile_is_in_the_document():
    from allograph.intake.sheets.profile_files import ready_profiles

    assert all(f"| `{name}` |" in DOCUMENT for name in ready_profiles())


def test_a_preview_writes_nothing(run, checkout, tmp_path):
    (tmp_path / "s.csv").write_text(HEADER + "A,1990,1,10,3,10\n", encoding="utf-8")
    before = curated(checkout)
    command = ["import", "table", "s.csv", "--profile", "two-arm-binary", *SETTINGS]
    table = run(*command, "--preview")
    assert re.search(
        r"study:s-a-1990 +treated +response +count +1 +1/10 +10 +2,3;2,4", table.stdout
    )
    turtle = run(*command, "--preview", "turtle")
    assert "# graph/study/s-a-1990.ttl" in turtle.stdout
    assert "ag:numerator 1 ;" in turtle.stdout
    assert (table.returncode, turtle.returncode) == (0, 0)
    assert curated(checkout) == before


def test_nothing_is_written_if_a_row_is_wrong_unless_such_rows_are_skipped(run, checkout, tmp_path):
    rows = "A,1990,12,10,3,10\nB,1990,1,10,3,10\nC,1990,NA,10,3,10\n"
    (tmp_path / "s.csv").write_text(HEADER + rows, encoding="utf-8")
    before = curated(checkout)
    command = ["import", "table", "s.csv", "--profile", "two-arm-binary", *SETTINGS]
    refused = run(*command)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "s.csv:2: ai: 12 events in 10 people" in refused.stderr
    assert "nothing was written" in refused.stderr
    assert curated(checkout) == before
    skipped = run(*command, "--skip-bad-rows", "--remarks", "remarks.csv")
    assert skipped.returncode == 1
    assert "(row left out)" in skipped.stderr
    new = {path.stem for path in curated(checkout).keys() - before.keys()}
    assert new == {"s", "s-b-1990", "s-c-1990"}
    remarks = list(csv.DictReader(io.StringIO((tmp_path / "remarks.csv").read_text())))
    assert [(row["kind"], row["row"], row["column"]) for row in remarks] == [
        ("error", "2", "ai"),
        ("remark", "4", "ai"),
    ]
    again = run(*command, "--skip-bad-rows")
    assert again.returncode == 2
    assert "exists already, and nothing was written; give --replace" in again.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["import", "table", "none.csv", "--profile", "single-arm"], "none.csv: no such file"),
        (["import", "table", "x.csv", "--profile", "single"], "no profile is called so; did you"),
        (["export", "table", "--study", "ino-vat"], "no study is called 'ino-vat'; did you mean"),
        (["export", "table", "--output", "x.pdf"], "a sheet is written as .csv or .xlsx"),
        (["export", "table", "--study", "a" * 300], "no study is called 'aaa"),
        (["export", "table", "--report", "../study/ino-vate"], "no report is called '../study"),
        (["export", "table", "--set", "a=b"], "--set sets a key of a profile; name one"),
    ],
)
def test_a_wrong_command_is_one_message_and_status_2(run, arguments, message):
    done = run(*arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_sheet_without_one_good_row_lists_its_mistakes_and_writes_the_remarks(run, tmp_path):
    (tmp_path / "s.csv").write_text(HEADER + "A,1990,1/10,10,3,10\n", encoding="utf-8")
    command = ["import", "table", "s.csv", "--profile", "two-arm-binary", *SETTINGS]
    for more in ([], ["--preview"], ["--skip-bad-rows"]):
        (tmp_path / "remarks.csv").unlink(missing_ok=True)
        done = run(*command, *more, "--remarks", "remarks.csv")
        assert (done.returncode, done.stdout) == (1, "")
        assert "s.csv:2: ai: '1/10' is no whole number of people: two figures" in done.stderr
        assert "no row can be read; nothing was written; mend the rows" in done.stderr
        (remark,) = csv.DictReader(io.StringIO((tmp_path / "remarks.csv").read_text()))
        assert (remark["kind"], remark["row"], remark["column"]) == ("error", "2", "ai")


@pytest.mark.slow
def test_a_long_title_is_imported_and_passes_the_check(run, checkout, tmp_path):
    before = curated(checkout)
    title = "Weekly antibody for adults with leukaemia " * 7
    (tmp_path / "s.csv").write_text(f"title,xi,ni\n{title},1,10\n", encoding="utf-8")
    settings = [*SETTINGS, "--set", "study.label={title}"]
    done = run("import", "table", "s.csv", "--profile", "single-arm", *settings)
    assert done.returncode == 0, done.stderr
    assert "a long name; its key is cut to s-weekly-antibody" in done.stderr
    written = curated(checkout).keys() - before
    assert len(written) == 3
    assert run("check", *written).returncode == 0


def test_the_remarks_never_overwrite_the_sheet(run, tmp_path):
    (tmp_path / "s.csv").write_text(HEADER + "A,1990,1,10,3,10\n", encoding="utf-8")
    command = ["import", "table", "s.csv", "--profile", "two-arm-binary", *SETTINGS]
    done = run(*command, "--remarks", "./s.csv")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "is the sheet itself; name another file" in done.stderr
    assert (tmp_path / "s.csv").read_text(encoding="utf-8").startswith(HEADER)


@pytest.mark.slow
def test_a_long_sheet_is_read_with_its_progress_shown(run, tmp_path):
    rows = "".join(f"A{number},1990,1,10,3,10\n" for number in range(2500))
    (tmp_path / "s.csv").write_text(HEADER + rows, encoding="utf-8")
    command = ["import", "table", "s.csv", "--profile", "two-arm-binary", *SETTINGS, "--preview"]
    done = run(*command)
    assert [line for line in done.stderr.splitlines() if line.startswith("rows read")] == [
        f"rows read: {number} of 2500" for number in (1000, 2000, 2500)
    ]


def test_the_figures_of_a_study_are_exported_as_a_workbook_of_numbers(run, tmp_path):
    done = run("export", "table", "--study", "ino-vate", "--output", "figures.xlsx")
    assert done.returncode == 0, done.stderr
    table = read_table((tmp_path / "figures.xlsx").read_bytes(), "figures.xlsx", "figures.xlsx")
    column = table.rows[0].cells.index("complete-remission, percentage [%]")
    assert {row.cell(column + 1) for row in table.rows[1:]} >= {"", "80.7", "29.4", "73.8"}
