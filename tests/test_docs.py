"""The documents: what they show is what happens, and where they point there is something."""

import contextlib
import io
import re
import shlex
import subprocess

import pytest
from approve import SOURCES
from tools import peer

ROOT = SOURCES.root
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = sorted(
    path
    for path in ROOT.rglob("*.md")
    if not any(
        part in ("build", "node_modules") or part.startswith(".")
        for part in path.relative_to(ROOT).parts
    )
)
ADDRESS = "http://127.0.0.1:8650"


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def console_lines(command):
    return [
        line.removeprefix("$ ")
        for block in blocks("console")
        for line in block.splitlines()
        if line.removeprefix("$ ").startswith(f"{command} ")
    ]


def cells_of(table):
    """The cells of a Markdown table, row by row, without the line below its head."""
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in table.strip().split("\n")]
    return [row for row in rows if not row[0].startswith("---")]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_link_to_a_file_leads_somewhere(document):
    text = document.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)", text):
        if "://" not in target:
            assert (document.parent / target).exists(), f"{document}: {target}"


def test_the_readme_opens_with_a_question_and_its_real_answer(allograph):
    first = console_lines("allograph")[0]
    answer = allograph(*shlex.split(first)[1:])
    assert answer.returncode == 0
    shown = cells_of(README[README.index("\n| ") :].split("\n\n")[0])
    told = cells_of(answer.stdout)
    places = [told[0].index(name) for name in shown[0]]
    assert shown == [[row[place] for place in places] for row in told]
    assert len(places) <= 5, "a table that fits a telephone"


@pytest.mark.parametrize("line", console_lines("allograph"))
def test_a_command_of_the_readme_runs(line, allograph, tmp_path):
    if "my-query.rq" in line:
        (tmp_path / "my-query.rq").write_text("SELECT ?s { ?s ?p ?o } LIMIT 1", encoding="utf-8")
    answer = allograph(*shlex.split(line)[1:], cwd=tmp_path)
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout


@peer("curl")
@pytest.mark.parametrize("line", console_lines("curl"))
def test_a_curl_line_of_the_readme_answers(line, server, tmp_path):
    arguments = shlex.split(line.replace(ADDRESS, server))
    done = subprocess.run(
        [*arguments, "--fail", "--silent"], capture_output=True, check=True, cwd=tmp_path
    )
    written = list(tmp_path.iterdir())
    assert done.stdout or written[0].stat().st_size


def test_the_python_of_the_readme_runs(server):
    program, *_without_a_server = blocks("python")
    names: dict[str, object] = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(program.replace(ADDRESS, server), names)  # noqa: S102  # the README is ours
    assert len(names["survival"])
    assert len(names["studies"]) == len(list((ROOT / "graph" / "study").glob("*.ttl")))


@pytest.mark.parametrize("folder", re.findall(r"^\| \[`([^`]+)/`\]", README, re.MULTILINE))
def test_a_folder_on_the_map_exists(folder):
    assert (ROOT / folder).is_dir()


def test_the_readme_names_both_commands_and_the_makefile_has_them():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`?make (\w+)", README):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_the_changelog_speaks_of_this_version():
    from allograph import __version__

    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"## {__version__} - " in changelog
    assert f"version: {__version__}" in citation
