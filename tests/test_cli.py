"""The command line: answers, remarks, and the status of each kind of mistake.

Most commands run in this process, which is sooner; those with ``as_process`` prove that a person's
shell sees the same: streams, statuses, signals.
"""

import csv
import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest
from approve import SOURCES

from allograph import __version__
from allograph.cli import COMMANDS
from allograph.curated.sources import Part
from allograph.namespaces import KINDS
from allograph.rdf.turtle import read_turtle
from allograph.settings import SETTINGS

HELD_TEXTS = SOURCES.root.parent / "shared" / "sources"


def broken(checkout, path, old, new):
    """Break a copy of the curated files in one place."""
    text = (checkout.root / path).read_text()
    assert old in text
    (checkout.root / path).write_text(text.replace(old, new, 1))


def assert_one_message(done, status, message):
    assert done.returncode == status, done.stderr
    assert re.search(message, done.stderr), done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_the_version(as_process):
    assert as_process("--version").stdout == f"allograph {__version__}\n"


def test_the_help_names_every_command(allograph):
    text = allograph("--help").stdout
    assert all(f"  {command} " in text for command in COMMANDS)


@pytest.mark.parametrize("command", [*COMMANDS, "export table", "import table"])
def test_every_command_explains_itself(allograph, command):
    done = allograph(*command.split(), "--help")
    assert done.returncode == 0
    assert done.stdout.startswith(f"Usage: python -m allograph {command} ")


def test_an_option_that_would_be_lost_is_refused(allograph):
    done = allograph("export", "--format", "nt", "table")
    assert done.returncode == 2
    assert "Options stand after 'table'." in done.stderr


def test_an_answer_goes_to_one_stream_and_a_remark_to_the_other(as_process, checkout):
    done = as_process("new", "drug", "brand-new", "--root", checkout.root)
    assert (done.returncode, done.stdout) == (0, "graph/drug/brand-new.ttl\n")
    assert done.stderr.startswith("fill it in, then: ")


def test_a_finding_and_a_mistake_have_a_status_each(as_process, checkout):
    broken(checkout, "graph/drug/blinatumomab.ttl", "a ag:Drug ;", "a ag:Drug")
    done = as_process("check", "--root", checkout.root)
    assert done.returncode == 1
    assert done.stdout.startswith("graph/drug/blinatumomab.ttl:")
    assert_one_message(as_process("ask", "figurs"), 2, "did you mean 'figures'")


def test_what_is_no_ascii_is_written_as_utf_8_wherever_the_service_runs(as_process):
    construct = "CONSTRUCT { <a:a> <a:b> 'µg ≤ 5' } {}"
    assert "µg ≤ 5" in as_process("query", stdin=construct, LC_ALL="C.UTF-8").stdout


@pytest.mark.slow
def test_a_curated_graph_without_fault_is_checked_with_status_0(allograph):
    done = allograph("check")
    assert done.returncode == 0, done.stdout
    assert re.fullmatch(r"violations: 0, warnings: \d+", done.stdout.splitlines()[-1])


@pytest.mark.slow
@pytest.mark.usefixtures("without_shapes")
@pytest.mark.parametrize(
    ("path", "old", "new", "finding"),
    [
        ("graph/drug/blinatumomab.ttl", "a ag:Drug ;", "a ag:Drug", r":\d+:\d+: violation: .*\[sy"),
        ("graph/drug/blinatumomab.ttl", "drug:blin", "drgu:blin", "prefix drgu: has not been decl"),
        (
            "graph/drug/blinatumomab.ttl",
            "ag:modality",
            "ag:modalty",
            r"Found: ag:modalty\..*descri",
        ),
        ("graph/drug/blinatumomab.ttl", "target:cd19", "target:cd91", r"Found: target:cd91\."),
        (
            "graph/drug/blinatumomab.ttl",
            "drug:blin",
            "drug:clin",
            r"here drug:blinatumomab.*file-n",
        ),
        ("graph/drug/blinatumomab.ttl", "target/>", "targets/>", r"prefix target: is declared"),
        ("graph/drug/blinatumomab.ttl", '"2026-11-20"', '"2026-20-11"', r"Found: 2026-20-11"),
        (
            "queries/figures.rq",
            "#+ tags:",
            "#+ tag:",
            r"figures.rq:\d+: violation: .*did you mean 'tags'",
        ),
        ("queries/figures.rq", "WHERE {", "WHERE {{", r"figures.rq:\d+:\d+: violation: "),
        ("queries/figures.rq", "PREFIX ag:", "PREFIX ga:", r"figures.rq:\d+:\d+: .*'?ag:"),
        (
            "queries/figures.rq",
            "WHERE {",
            "WHERE { SERVICE SILENT <https://example.org/> { ?a ?b ?c }",
            r"figures.rq: violation: .*SERVICE is refused",
        ),
        ("queries/figures.rq", "{name: unit,", "{name: units,", r"question:columns"),
    ],
)
def test_a_fault_is_a_finding_with_file_and_line_and_status_1(
    allograph, small_checkout, path, old, new, finding
):
    broken(small_checkout, path, old, new)
    done = allograph("check", path, "--root", small_checkout.root, cwd=small_checkout.root)
    assert done.returncode == 1
    *findings, last = done.stdout.splitlines()
    assert any(line.startswith(path) and re.search(finding, line) for line in findings), findings
    assert re.fullmatch(r"violations: [1-9]\d*, warnings: \d+", last)


@pytest.mark.slow
def test_what_breaks_a_shape_is_such_a_finding(allograph, small_checkout):
    study = "graph/study/ino-vate.ttl"
    broken(small_checkout, study, "ag:value 80.7", "ag:value 180.7")
    done = allograph("check", study, "--root", small_checkout.root, cwd=small_checkout.root)
    assert done.returncode == 1
    assert re.search(rf"^{study}:\d+: violation: .*shape:", done.stdout, re.MULTILINE)


@pytest.mark.usefixtures("without_shapes")
def test_only_the_named_files_are_reported(allograph, small_checkout):
    broken(small_checkout, "graph/drug/blinatumomab.ttl", "target:cd19", "target:cd91")
    other = small_checkout.graph / "drug" / "calicheamicin.ttl"
    done = allograph("check", other, "--root", small_checkout.root)
    assert (done.returncode, done.stdout) == (0, "violations: 0, warnings: 0\n")


def test_a_file_that_is_missing_or_not_ours_is_wrong_use(allograph, tmp_path):
    assert_one_message(allograph("check", "nosuch.ttl"), 2, "nosuch.ttl: no such file")
    (tmp_path / "x.ttl").touch()
    assert_one_message(allograph("check", tmp_path / "x.ttl"), 2, "no curated file")


def test_a_build_prints_the_id_of_its_release(allograph, release):
    done = allograph("build")
    assert (done.returncode, done.stdout) == (0, f"{release.id}\n")


def test_a_graph_with_a_violation_is_not_built(allograph, checkout, tmp_path):
    broken(checkout, "graph/drug/blinatumomab.ttl", "a ag:Drug ;", "a ag:Drug")
    done = allograph("build", "--root", checkout.root, "--home", tmp_path / "home")
    assert (done.returncode, done.stdout) == (1, "")
    *_steps, finding, cure = done.stderr.splitlines()
    assert finding.startswith("graph/drug/blinatumomab.ttl:")
    assert "allograph check" in cure


def test_every_question_is_listed_with_its_title(allograph):
    lines = allograph("questions").stdout.splitlines()
    assert len(lines) == len(SOURCES.files(Part.QUESTIONS))
    assert any(
        line.startswith("figures ") and "(study, outcome, drug, tier, regimen, condition)" in line
        for line in lines
    )


def test_a_question_is_answered_in_csv_when_nobody_looks(as_process):
    done = as_process("ask", "figures", "study=ino-vate", "study=ino-children", "drug=Besponsa")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert {row["study"] for row in rows} <= {"ino-vate", "ino-children"}
    assert done.stderr == ""


def test_a_question_can_be_answered_as_a_table(allograph):
    assert allograph("ask", "figures", "--format", "md").stdout.startswith("| study ")


def test_a_query_comes_from_a_file_or_from_standard_input(allograph, as_process, tmp_path):
    (tmp_path / "q.rq").write_text("SELECT (1 AS ?one) {}")
    assert allograph("query", tmp_path / "q.rq").stdout == "one\r\n1\r\n".replace("\r", "")
    assert as_process("query", stdin="ASK {}").stdout.strip() == "true"
    construct = "CONSTRUCT { <a:a> <a:b> 1 } {}"
    assert "<a:a> <a:b> 1 ." in allograph("query", "-", stdin=construct).stdout


def test_an_export_goes_to_standard_output_or_to_a_file(allograph, as_process, release, tmp_path):
    expected = (release.exports / "allograph.nt").read_text()
    assert as_process("export", "--format", "nt").stdout == expected
    assert allograph("export", "--format", "nt", "--output", tmp_path / "x").stdout == ""
    assert (tmp_path / "x").read_text() == expected


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_record_passes_the_parser_and_is_never_overwritten(allograph, checkout, kind):
    done = allograph("new", kind, "brand-new", "--root", checkout.root)
    assert done.stdout == f"graph/{kind}/brand-new.ttl\n"
    path = checkout.root / done.stdout.strip()
    assert f"https://w3id.org/allograph/{kind}/brand-new" in read_turtle(path, "x").lines
    again = allograph("new", kind, "brand-new", "--root", checkout.root)
    assert_one_message(again, 2, "exists already")


@pytest.mark.slow
@pytest.mark.skipif(
    not HELD_TEXTS.is_dir(), reason="the held texts do not lie beside this checkout"
)
def test_every_locator_is_proved(allograph):
    done = allograph("verify", "--sources", HELD_TEXTS)
    count = re.fullmatch(r"locators: (\d+), proved: (\d+), cited: (\d+)\n", done.stdout)
    assert done.returncode == 0
    assert int(count[1]) == int(count[2]) + int(count[3])
    assert count[2] != "0"


def test_locators_that_cannot_be_proved_are_findings(allograph, tmp_path):
    done = allograph("verify", "--sources", tmp_path)
    assert done.returncode == 1
    assert re.fullmatch(r"locators: \d+, proved: 0, cited: \d+", done.stdout.splitlines()[-1])


def test_the_settings_are_listed_with_their_values(allograph):
    text = allograph("settings", ALLOGRAPH_PORT="9000").stdout
    assert all(setting.variable in text for setting in SETTINGS)
    assert re.search(r"ALLOGRAPH_PORT +9000 ", text)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["ask", "figurs"], "no question is called 'figurs'; did you mean 'figures'"),
        (["ask", "figures", "dose=5"], "'figures' takes no 'dose'; it takes study"),
        (["ask", "figures", "drug=blinatumomap"], "did you mean 'blinatumomab'"),
        (["ask", "figures", "drug"], "a value is given as name=value, not 'drug'"),
        (["ask", "figures", "--format", "ttl"], "this answer is written as csv"),
        (["query", "nosuch.rq"], "nosuch.rq: no such file"),
        (["query", "--endpoint", "http://127.0.0.1:1/"], "does not answer"),
        (["export", "--output", "/nosuch/x"], "/nosuch/x: cannot be written: no such file"),
        (["new", "study", "Bad_Key"], "lower case with hyphens"),
        (["verify", "--sources", "/nosuch"], "/nosuch: no such folder"),
        (["check", "--root", "/nosuch"], r"/nosuch: ontology/prefixes.ttl is not here"),
        (["ask", "figures", "--store", "/nosuch"], "/nosuch holds no store"),
        (["serve", "--port", "x"], "ALLOGRAPH_PORT is a whole number"),
        (["serve", "--host", "256.0.0.1"], "cannot listen on 256.0.0.1"),
    ],
)
def test_wrong_use_is_one_message_and_status_2(allograph, arguments, message):
    assert_one_message(allograph(*arguments, stdin="SELECT * {}"), 2, message)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT * {\n ?s ?p", "line 2, column"),
        (
            "SELECT * { ?s a ag:Study }",
            "the prefix ag: is not declared; begin the query with PREFIX ag:",
        ),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { } }", "SERVICE is refused"),
        ("DROP ALL", "DROP is refused"),
        ("", "the query is empty"),
    ],
)
def test_a_query_that_is_not_run_is_named_with_status_2(allograph, query, message):
    assert_one_message(allograph("query", stdin=query), 2, message)


def test_an_unknown_setting_is_refused_by_every_command(allograph):
    for command in ("check", "questions", "settings"):
        assert_one_message(
            allograph(command, ALLOGRAPH_PRT="1"), 2, "did you mean 'ALLOGRAPH_PORT'"
        )


@pytest.mark.usefixtures("unchecked")
def test_a_folder_that_cannot_be_written_is_named(allograph, tmp_path):
    (tmp_path / "file").touch()
    done = allograph("build", ALLOGRAPH_HOME=str(tmp_path / "file"))
    assert done.returncode == 2
    assert "cannot be written" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "options", [["nosuch"], ["check", "--nosuch"], ["export", "--format", "x"]]
)
def test_what_the_command_line_does_not_know_is_wrong_use(allograph, options):
    done = allograph(*options)
    assert done.returncode == 2
    assert "Error: " in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [["export"], ["questions"], ["ask", "figures"]])
def test_a_reader_who_leaves_early_ends_the_command_in_silence(home, arguments):
    command = [sys.executable, "-c", "from allograph.cli import main; main()", *arguments]
    environ = os.environ | {"ALLOGRAPH_HOME": str(home)}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, env=environ) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 141


@pytest.fixture
def serving(release, home):
    """A server in a process of its own, and its address."""
    command = [sys.executable, "-c", "from allograph.cli import main; main()", "serve"]
    environ = os.environ | {"ALLOGRAPH_HOME": str(home), "ALLOGRAPH_PORT": "0"}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environ) as process:
        try:
            announced = process.stderr.readline()
            assert announced.startswith(f"ALLograph {release.id} on http://127.0.0.1:")
            yield process, announced.split()[-1]
        finally:
            process.kill()


@pytest.mark.slow
@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_a_server_answers_and_ends_cleanly(serving, stop):
    process, address = serving
    with urllib.request.urlopen(f"{address}/questions/figures.csv") as answer:
        assert answer.read().startswith(b"study,study_label,")
    process.send_signal(stop)
    assert process.wait(timeout=60) == 0
    logged = [json.loads(line) for line in process.stderr.read().splitlines()]
    assert [line["outcome"] for line in logged] == ["ok"]


def test_a_store_that_cannot_be_opened_is_named_before_anybody_asks(as_process, tmp_path):
    done = as_process("serve", "--port", "0", "--store", tmp_path)
    assert_one_message(done, 2, f"{tmp_path} holds no store")


def test_a_port_that_is_in_use_is_named(as_process):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = as_process("serve", "--port", port)
    assert_one_message(done, 2, f"port {port} on 127.0.0.1 is in use; choose another")


@pytest.mark.slow
@pytest.mark.usefixtures("release")
def test_serving_a_built_release_does_not_load_shacl(home):
    program = (
        "import sys, allograph.curated.loaded, allograph.service.serve as serve\n"
        "from allograph.settings import Settings\n"
        "serve.create_server = lambda *a, **k: sys.exit(int('pyshacl' in sys.modules))\n"
        f"serve.serve(Settings(home={str(home)!r}, port=0), print)\n"
    )
    assert subprocess.run([sys.executable, "-c", program]).returncode == 0
