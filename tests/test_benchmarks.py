"""The benchmarks: what is made up is always the same, and valid; a soak sees what is wrong."""

import gzip
import json
import subprocess
import sys
from dataclasses import replace

import pyoxigraph
import pytest
from approve import SOURCES

sys.path.append(str(SOURCES.root))  # the benchmarks are no part of the package

from benchmarks.soak.asking import TOKEN, Answer, Asked, Asker
from benchmarks.soak.faults import FAULTS
from benchmarks.soak.load import all_requests, endless, quick
from benchmarks.soak.plan import FaultRun
from benchmarks.soak.record import Records
from benchmarks.soak.report import Result, write
from benchmarks.soak.service import Ended
from benchmarks.soak.truth import Outcome, Truth, learn
from benchmarks.synthetic.__main__ import main as make_up
from benchmarks.synthetic.bulk import lines
from benchmarks.synthetic.copies import write_copies
from benchmarks.synthetic.curated import write_root
from benchmarks.synthetic.output import sst_files

pytestmark = pytest.mark.slow

RELEASE = "0.0.0-000000000000"
TABLE = Asked("sparql", "/sparql?query=SELECT", "text/csv")
RIGHT = Answer(200, RELEASE, "text/csv", b"drug,value\r\ninotuzumab,80.7\r\n", is_whole=True)


@pytest.fixture
def truth():
    unique = replace(RIGHT, content=f"t\r\n{TOKEN}\r\n".encode())
    return Truth({(RELEASE, TABLE): RIGHT, (RELEASE, quick()): unique}, frozenset({RELEASE}))


def judged(truth, answer, asked=TABLE):
    return truth.judge(asked, answer, "127.0.0.1:8650").outcome


# What is made up


@pytest.mark.slow
def test_a_made_up_root_is_valid_and_every_locator_is_proved(tmp_path, allograph):
    assert list(write_root(SOURCES, tmp_path, seed=1, studies=2)) == [1, 2]
    assert "violations: 0, warnings: 0" in allograph("check", "--root", tmp_path).stdout
    proved = allograph("verify", "--root", tmp_path, "--sources", tmp_path / "texts")
    assert "locators: 32, proved: 32" in proved.stdout
    assert allograph("fmt", "--check", "--root", tmp_path).returncode == 0


@pytest.mark.usefixtures("without_shapes", "without_questions")
def test_copies_of_the_studies_are_as_valid_as_these(small_checkout, tmp_path, allograph):
    copies = tmp_path / "copies"
    assert list(write_copies(small_checkout, copies, 4)) == [1, 2, 3, 4]
    studies = [path.stem for path in (copies / "graph" / "study").iterdir()]
    assert len(set(studies)) == 4 * len(list((small_checkout.graph / "study").iterdir()))
    done = allograph("check", "--root", copies, "--no-cache")
    assert "violations: 0, warnings: 0" in done.stdout


def test_the_same_seed_makes_up_the_same_studies_and_more_of_them_begin_alike(tmp_path):
    for name, seed, studies in (("few", 7, 2), ("more", 7, 3), ("other", 8, 2)):
        list(write_root(SOURCES, tmp_path / name, seed, studies))
    file = "graph/study/made-up-000002.ttl"
    few, more, other = ((tmp_path / name / file).read_bytes() for name in ("few", "more", "other"))
    assert few == more != other


def test_the_same_seed_and_size_give_the_same_quads_and_so_many(tmp_path):
    plain, packed, again = (tmp_path / name for name in ("a.nq", "a.nq.gz", "again.nq.gz"))
    for path in (plain, packed, again):
        assert make_up(["bulk", "--size", "1234", "--seed", "3", "--output", str(path)]) == 0
    assert packed.read_bytes() == again.read_bytes()
    assert gzip.decompress(packed.read_bytes()) == plain.read_bytes()
    quads = list(pyoxigraph.parse(plain.read_bytes(), pyoxigraph.RdfFormat.N_QUADS))
    assert len(set(quads)) == 1234
    assert list(lines(4, 20)) != list(lines(3, 20))


@pytest.mark.parametrize(("graph", "named"), [("named", 60), ("default", 0), ("both", 30)])
def test_quads_stand_in_the_graphs_that_were_asked_for(graph, named):
    quads = pyoxigraph.parse("".join(lines(1, 60, graph)), pyoxigraph.RdfFormat.N_QUADS)
    default = pyoxigraph.DefaultGraph()
    assert sum(quad.graph_name != default for quad in quads) == named


def test_quads_are_loaded_into_a_store_and_its_files_are_counted(tmp_path, capsys):
    folder = tmp_path / "store"
    command = ["bulk", "--size", "1000", "--format", "store", "--output", str(folder)]
    assert make_up(command) == 0
    assert f"{sst_files(folder)} SST files" in capsys.readouterr().err
    assert len(pyoxigraph.Store.read_only(str(folder))) == 1000
    assert make_up(command) == 2
    assert "name a new folder" in capsys.readouterr().err


# What a soak sees


def test_the_right_answer_is_right_whatever_the_address_of_the_service(truth):
    page = replace(RIGHT, content=b"see http://HOST/study")
    here = replace(RIGHT, content=b"see http://127.0.0.1:8650/study")
    known = Truth({(RELEASE, TABLE): page}, truth.releases)
    assert judged(truth, RIGHT) is Outcome.RIGHT
    assert judged(known, here) is Outcome.RIGHT


@pytest.mark.parametrize(
    "planted",
    [
        {"content": b"drug,value\r\ninotuzumab,80.6\r\n"},
        {"content": RIGHT.content[:-2]},
        {"content": b"x" + RIGHT.content, "is_whole": False},
        {"content": b""},
        {"release": "0.0.0-ffffffffffff"},
        {"media_type": "text/html"},
    ],
    ids=lambda planted: "-".join(planted),
)
def test_a_planted_wrong_answer_is_found(truth, planted):
    assert judged(truth, replace(RIGHT, **planted)) is Outcome.WRONG


def test_the_answer_of_another_query_is_wrong(truth):
    mine, other = quick().with_token(1), quick().with_token(2)
    answer = replace(RIGHT, content=f"t\r\n{other.token}\r\n".encode())
    assert judged(truth, answer, other) is Outcome.RIGHT
    assert judged(truth, answer, mine) is Outcome.WRONG


def test_a_part_of_the_right_answer_is_broken_or_left(truth):
    part = replace(RIGHT, content=RIGHT.content[:9], is_whole=False)
    assert judged(truth, replace(part, error="IncompleteRead")) is Outcome.BROKEN
    assert judged(truth, replace(part, left=True)) is Outcome.LEFT
    assert judged(truth, replace(part, error="TimeoutError: timed out")) is Outcome.LATE


def test_a_refusal_says_its_status_once_more_in_its_document(truth):
    document = Answer(503, RELEASE, "application/problem+json", b'{"status": 503}', is_whole=True)
    assert judged(truth, document) is Outcome.REFUSED
    assert judged(truth, replace(document, content=b'{"status": 200}')) is Outcome.UNEXPECTED
    assert judged(truth, replace(document, media_type="text/csv")) is Outcome.UNEXPECTED
    assert judged(truth, replace(document, status=500)) is Outcome.UNEXPECTED


def test_what_never_ends_must_be_stopped(truth):
    stopped = Answer(504, RELEASE, "application/problem+json", b'{"status": 504}', is_whole=True)
    assert judged(truth, stopped, endless(1)) is Outcome.RIGHT
    assert judged(truth, RIGHT, endless(1)) is Outcome.UNEXPECTED
    assert judged(truth, replace(RIGHT, is_whole=False), endless(1)) is Outcome.BROKEN


def test_a_service_that_answers_in_other_bytes_is_found_over_http(server, tmp_path):
    netloc = server.removeprefix("http://").rstrip("/")
    requests = [asked for asked in all_requests() if asked.kind in ("quick", "record")]
    truth = Truth(learn(netloc, requests), frozenset())
    records = Records(tmp_path)
    asker = Asker(netloc)
    for asked in requests:
        answer = asker.ask(asked, coding="gzip")
        records.add(asked, answer, truth.judge(asked, answer, netloc))
        planted = replace(answer, content=answer.content.replace(b"e", b"o", 1))
        records.add(asked, planted, truth.judge(asked, planted, netloc))
    asker.close()
    assert {row.outcome for row in records.rows[::2]} == {Outcome.RIGHT}
    assert {row.outcome for row in records.rows[1::2]} == {Outcome.WRONG}
    told = json.loads(records.samples[0].read_text())
    assert told["outcome"] == "wrong"
    assert "other from byte" in told["reason"]
    assert records.samples[0].with_suffix(".got").read_bytes() != b""


def result_of(**changes):
    ended = Ended(seconds=0.5, status=0, processes=(), files=())
    values = {
        "seed": 1,
        "clients": 1,
        "settings": {"workers": "4"},
        "releases": (RELEASE,),
        "rows": [],
        "runs": [],
        "not_run": [],
        "samples": [],
        "wrong": [],
        "places_at_end": 4,
        "matter_at_end": "",
        "ended": ended,
    }
    return Result(**values | changes)


def test_a_soak_fails_for_each_thing_that_must_not_be(tmp_path):
    lost = FaultRun("worker-busy", 1.0, 2.0, None, "", "places: 3 of 4", 3)
    stuck = Ended(seconds=12.0, status=None, processes=(4711,), files=())
    assert result_of().failures == []
    assert "all well" in write(result_of(), tmp_path)
    for changes, told in (
        ({"runs": [lost]}, "after worker-busy: places: 3 of 4"),
        ({"matter_at_end": "the front has ended"}, "at the end: the front has ended"),
        ({"ended": stuck}, "did not end within 12 s"),
    ):
        text = write(result_of(**changes), tmp_path)
        assert "FAILED: " in text
        assert told in text
        assert json.loads((tmp_path / "report.json").read_text())["failures"]


@pytest.mark.slow
def test_a_soak_of_some_seconds_breaks_the_service_and_reports(release, home, tmp_path):
    command = "-m benchmarks.soak --minutes 0.08 --faults workers-all --kinds sparql-new,record"
    done = subprocess.run(
        [sys.executable, *command.split(), "--home", home, "--output", tmp_path],
        cwd=SOURCES.root,
        capture_output=True,
        text=True,
        timeout=240,
    )
    report = json.loads((tmp_path / "report.json").read_text())
    assert (done.returncode, report["failures"]) == (0, []), done.stdout + done.stderr
    assert report["outcomes"]["right"] > 0
    assert report["releases"] == [release.id]
    assert {run["name"] for run in report["faults"]} == {"workers-all"}
    assert report["places_at_end"] == 4
    assert report["ended"]["processes"] == []
    assert (tmp_path / "watch.csv").read_text().startswith("seconds,front,front_rss")
    assert "workers-all" in (tmp_path / "soak.svg").read_text()
    assert (tmp_path / "soak.png").read_bytes().startswith(b"\x89PNG")


def test_each_fault_is_listed_and_explained():
    command = [sys.executable, "-m", "benchmarks.soak"]
    listed = subprocess.run(
        [*command, "--list"], cwd=SOURCES.root, capture_output=True, text=True, check=True
    )
    readme = (SOURCES.root / "benchmarks" / "README.md").read_text()
    for fault in FAULTS:
        assert f"{fault.name} " in listed.stdout
        assert f"`{fault.name}`" in readme
    wrong = subprocess.run(
        [*command, "--faults", "worker-bussy"], cwd=SOURCES.root, capture_output=True, text=True
    )
    assert wrong.returncode == 2
    assert "did you mean 'worker-busy'?" in wrong.stderr
