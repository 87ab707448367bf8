"""The second wall: a worker reads its store, of any size, and reaches nobody."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from select import select

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from allograph.errors import QueryRefused
from allograph.rdf.store import with_default_graph
from allograph.workers.jobs import Job, Setup
from allograph.workers.network import MACHINES, OPENED_AT_ONCE, filter_program
from allograph.workers.patience import Patience
from allograph.workers.pool import Limits, Pool

pytestmark = pytest.mark.slow  # it starts pools of processes

MIB = 1 << 20
GRAPH = NamedNode("http://example.org/graph")
PREDICATES = [NamedNode(f"http://example.org/p{n}") for n in range(3)]
BATCHES, BATCH = 3, 50

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has seccomp, and /proc")

INSIDE = """
import json, sys, threading
import pyoxigraph
from allograph.workers.network import close_network

place, canary, way = sys.argv[1:]
store = pyoxigraph.Store.read_only(place)
begun, told = threading.Event(), []

def visit(said):
    query = f"SELECT * {{ SERVICE <{canary}> {{ ?s ?p ?o }} }}"
    try:
        said.append(len(list(store.query(query))))
    except OSError as error:
        said.append(str(error))

def early():
    begun.wait()
    visit(told)

thread = threading.Thread(target=early)
thread.start()
close_network(place, (lambda: False) if way == "descriptors" else None)
visit(told)
begun.set()
thread.join()
rows = sum(1 for _ in store.query("SELECT * { GRAPH ?g { ?s ?p ?o } }"))
print(json.dumps({"told": told, "rows": rows}))
"""
"""Opens the store, closes the network, and passes the parser's wall over: in a thread that was
there before, too. Then it reads all of the store."""

CALLS = """
import ctypes, json, sys
from allograph.workers.network import MACHINES, refuse_sockets
import os

assert refuse_sockets()
machine = MACHINES[os.uname().machine]
libc = ctypes.CDLL(None, use_errno=True)
errors = {}
for name, number in machine.refused.items():
    ctypes.set_errno(0)
    assert libc.syscall(number, -1, 0, 0, 0, 0, 0) == -1
    errors[name] = ctypes.get_errno()
if machine.foreign is not None:
    libc.syscall(machine.foreign + machine.refused["socket"], 2, 1, 0)
    errors["foreign socket"] = ctypes.get_errno()
print(json.dumps(errors))
"""


def write_store_of_many_files(folder):
    """A small store of more files than RocksDB opens at once: it merges the fourth of a kind."""
    for batch in range(BATCHES):
        store = pyoxigraph.Store(str(folder))
        store.bulk_extend(with_default_graph(quads_of(batch)))
        store.flush()
        del store
    assert len(list(folder.glob("*.sst"))) > OPENED_AT_ONCE + 4
    return folder


def quads_of(batch):
    for number in range(BATCH):
        subject = NamedNode(f"http://example.org/{batch}-{number}")
        value = Literal(f"value {number} of {batch}")
        yield Quad(subject, PREDICATES[number % 3], value, GRAPH)


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    return write_store_of_many_files(tmp_path_factory.mktemp("large") / "store")


@pytest.fixture
def canary():
    """An address on loopback; who connects would be seen waiting there."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
        visitors, _, _ = select([listener], [], [], 0)
        assert not visitors


def inside(program, *arguments):
    command = [sys.executable, "-c", program, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("way", [pytest.param("kernel", marks=on_linux), "descriptors"])
def test_no_socket_is_opened_even_where_the_parser_lets_a_service_pass(release, canary, way):
    result = inside(INSIDE, release.store, canary, way)
    assert len(result["told"]) == 2
    assert all(isinstance(refusal, str) for refusal in result["told"])
    assert result["rows"] > 1000


@on_linux
def test_the_wall_stands_around_a_store_of_any_size(large, canary):
    result = inside(INSIDE, large, canary, "kernel")
    assert result["told"] == ["Operation not permitted (os error 1)"] * 2
    assert result["rows"] == BATCHES * BATCH


def test_without_a_filter_the_files_of_a_large_store_can_still_be_opened(large):
    result = inside(INSIDE, large, "http://127.0.0.1:1/", "descriptors")
    assert result["rows"] == BATCHES * BATCH


@on_linux
@pytest.mark.skipif(os.uname().machine not in MACHINES, reason="no filter for this machine")
def test_every_call_that_leads_out_is_refused():
    errors = inside(CALLS)
    assert set(errors.values()) == {1}, errors


@pytest.mark.parametrize("name", MACHINES)
def test_a_filter_refuses_what_its_table_says_and_no_more(name):
    """The filter is run here, step by step, as the kernel would (``linux/filter.h``)."""
    machine = MACHINES[name]
    program = filter_program(machine)

    def answer(audit, number):
        at, held = 0, 0
        while True:
            step = program[8 * at : 8 * at + 8]
            code = int.from_bytes(step[:2], sys.byteorder)
            value = int.from_bytes(step[4:], sys.byteorder)
            at += 1
            if code == 0x20:
                held = {0: number, 4: audit}[value]
            elif code == 0x06:
                return value
            else:
                is_met = held == value if code == 0x15 else held >= value
                at += step[2] if is_met else step[3]

    refuse, allow = 0x00050001, 0x7FFF0000
    refused = set(machine.refused.values())
    for number in range(500):
        assert answer(machine.audit, number) == (refuse if number in refused else allow)
        assert answer(machine.audit ^ 1, number) == refuse
    if machine.foreign is not None:
        assert answer(machine.audit, machine.foreign) == refuse


QUERIES = {
    "ASK { GRAPH ?g { <http://example.org/2-3> ?p ?o } }": b"true",
    "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }": b"n\r\n%d\r\n" % (BATCHES * BATCH),
    "SELECT ?s { GRAPH ?g { ?s ?p 'value 3 of 1' } }": b"s\r\nhttp://example.org/1-3\r\n",
    "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s <http://example.org/p0> ?o } }": b"n\r\n%d\r\n"
    % (BATCHES * 17),
    "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s <http://example.org/p1>+ ?o } }": b"n\r\n%d\r\n"
    % (BATCHES * 17),
}


def test_a_store_of_more_files_than_are_opened_at_once_is_queried(large):
    pool = Pool(Setup(str(large), {}, 256 * MIB, 20), Limits(2, 1, 4, 5))
    for sparql, expected in QUERIES.items():
        _format, pieces = pool.evaluate(Job(sparql, ("csv",)), Patience(20))
        assert b"".join(pieces) == expected
    pool.close()


@on_linux
def test_a_worker_has_no_network_unless_a_service_is_allowed(release, canary):
    query = f"SELECT * {{ SERVICE SILENT <{canary}> {{ ?s ?p ?o }} }}"
    for services, mode in (((), 2), (("http://127.0.0.1:1/",), 0)):
        setup = Setup(str(release.store), {}, 256 * MIB, 20, services)
        pool = Pool(setup, Limits(workers=1, long_queries=1, queue=1, wait=1))
        with pytest.raises(QueryRefused):
            b"".join(pool.evaluate(Job(query, ("csv",)), Patience(20))[1])
        (pid,) = pool.pids()
        modes = {
            line.split()[1]
            for task in Path(f"/proc/{pid}/task").iterdir()
            for line in (task / "status").read_text(encoding="ascii").splitlines()
            if line.startswith("Seccomp:")
        }
        assert modes == {str(mode)}
        pool.close()
