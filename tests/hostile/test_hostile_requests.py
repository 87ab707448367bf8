"""Requests that are no requests, bodies that are too large, and text that wants to be more."""

import json
from urllib.parse import quote

import pytest
from running import FORM, SILENCE

from allograph import __version__

QUERY = "application/sparql-query"
SCRIPT = "\"'></textarea></title></script><script>alert(1)</script>"
CRLF = "x\r\nSet-Cookie: stolen=1\r\n\r\n<script>alert(1)</script>"
BROWSER = {"Accept": "text/html"}
FILLED = {
    "kind": "study",
    "key": "ino-vate",
    "part": "cr",
    "subject": "inotuzumab-ozogamicin",
    "name": "x",
    "suffix": "csv",
    "version": __version__,
}
"""A value for each part of an address."""

GARBAGE = {
    "nothing": b"",
    "an empty line": b"\r\n\r\n",
    "zeros": b"\0" * 10_000,
    "no protocol": b"GET /\r\n\r\n",
    "a wrong protocol": b"GET / HTTP/9.9\r\n\r\n",
    "no path": b"GET HTTP/1.1\r\n\r\n",
    "TLS": bytes.fromhex("160301020001000101fc0303") + b"\x11" * 500,
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "a long line": b"GET /" + b"a" * 1_000_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
    "many headers": b"GET / HTTP/1.1\r\n" + b"X-A: b\r\n" * 100_000 + b"\r\n",
    "a header without colon": b"GET / HTTP/1.1\r\nHost: a\r\nnonsense\r\n\r\n",
    "a bare CR": b"GET / HTTP/1.1\r\nHost: a\r\nX: a\rSet-Cookie: stolen=1\r\n\r\n",
    "two lengths": b"POST /sparql HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
    "a negative length": b"POST /sparql HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
    "no number": b"POST /sparql HTTP/1.1\r\nContent-Length: five\r\n\r\n",
    "a vast length": b"POST /sparql HTTP/1.1\r\nContent-Length: 99999999999999\r\n\r\nASK {}",
    "a broken chunk": b"POST /sparql HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nASK\r\n",
    "an unknown coding": b"POST /sparql HTTP/1.1\r\nTransfer-Encoding: soup\r\n\r\nASK {}",
    "invalid UTF-8 in a header": b"GET / HTTP/1.1\r\nHost: a\r\nAccept: \xff\xfe\r\n\r\n",
}
TRAVERSALS = (
    "../../../../../../etc/passwd",
    "..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/manifest.json",
    "..%5c..%5cmanifest.json",
    "%252e%252e%252fmanifest.json",
    "%c0%ae%c0%ae/manifest.json",
    "%2fetc%2fpasswd",
    "x%00.ttl",
    "../manifest.json",
    "..%2fmanifest.json",
    "..%2f..%2fcurrent",
)
SECRETS = (b"root:x:", b'"fingerprint"', b"[build-system]")


@pytest.fixture(scope="module")
def interface(attacked):
    """The paths, each with its arguments, as the server describes itself."""
    return json.loads(attacked.request("GET", "/openapi.json").body)["paths"]


def status_of(received):
    """The status of an answer that was read as bytes; 0 when there was none."""
    return int(received.split(b" ", 2)[1]) if received.startswith(b"HTTP/1.") else 0


@pytest.mark.parametrize("content", GARBAGE.values(), ids=GARBAGE)
def test_what_is_no_request_is_refused_or_dropped(server, content):
    received = server.exchange(content, wait=SILENCE)
    assert status_of(received) < 500 or status_of(received) in (501, 505), received[:300]
    assert b"\nSet-Cookie" not in received


@pytest.mark.parametrize("media_type", [QUERY, FORM])
def test_a_body_of_ten_megabytes_is_too_large(server, media_type):
    head = f"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: {media_type}\r\n"
    length = b"Content-Length: 10000000\r\n\r\n"
    received = server.exchange(head.encode() + length + b"query=" + b"#" * 9_999_994)
    assert status_of(received) == 413, received[:300]


def test_a_body_of_unknown_length_is_too_large_as_well(server):
    head = f"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: {QUERY}\r\n"
    chunks = b"10000\r\n" + b"#" * 0x10000 + b"\r\n"
    coding = b"Transfer-Encoding: chunked\r\n\r\n"
    received = server.exchange(head.encode() + coding + 160 * chunks + b"0\r\n\r\n")
    assert status_of(received) == 413, received[:300]


@pytest.mark.parametrize("body", [b"ASK { ?s ?p '\xff' }", b"\xc0\xaf", b"ASK {} # \xed\xa0\x80"])
def test_a_query_that_is_no_utf_8_is_a_bad_request(server, body):
    for path, content, media_type in (
        ("/sparql", body, QUERY),
        ("/sparql", b"query=" + quote(body).encode(), FORM),
        (f"/sparql?query={quote(body)}", None, None),
    ):
        headers = {"Content-Type": media_type} if media_type else {}
        answer = server.request("POST" if content else "GET", path, content, headers)
        assert answer.status == 400, answer
        assert answer.problem["detail"]


@pytest.mark.parametrize("query", ["\0", "ASK {}\0", "ASK { ?s ?p '\0' }", "ASK { <x:\0> ?p 1 }"])
def test_a_nul_does_no_harm(server, query):
    assert server.ask(query).status in (200, 400)


def test_a_compressed_bomb_is_not_unpacked(server):
    headers = {"Content-Type": QUERY, "Content-Encoding": "gzip"}
    answer = server.request("POST", "/sparql", b"\x1f\x8b\x08" + b"\0" * 1000, headers)
    assert 400 <= answer.status < 500, answer


@pytest.mark.parametrize("traversal", TRAVERSALS)
def test_no_path_leads_out_of_its_folder(server, interface, traversal):
    for path in ("/{key}", "/static/{key}", "/download/{key}", "/.well-known/{key}", *interface):
        if "{" not in path:
            continue
        path = "/".join(traversal if "{" in word else word for word in path.split("/"))
        received = server.exchange(f"GET {path} HTTP/1.0\r\n\r\n".encode())
        assert status_of(received) in (303, 308, 400, 404), (path, received[:300])
        assert not any(secret in received for secret in SECRETS), path


def test_every_argument_is_shown_as_text(server, interface):
    for path, operations in interface.items():
        for argument in operations["get"]["parameters"] if "get" in operations else ():
            kept = FILLED | {"suffix": "html"}
            filled = path.format(**kept)
            if argument["in"] == "query":
                address = f"{filled}?{argument['name']}={quote(SCRIPT)}"
            else:
                address = path.format(**kept | {argument["name"]: quote(SCRIPT, safe="")})
            answer = server.request("GET", address, headers=BROWSER)
            assert answer.status < 500, (address, answer)
            assert b"<script>alert" not in answer.body, address


def test_what_a_query_answers_is_shown_as_text(server):
    for query in (
        f"SELECT ('''{SCRIPT}''' AS ?x) {{}}",
        f"SELECT (STRDT('{quote(SCRIPT)}', <x:{quote(SCRIPT)}>) AS ?x) {{}}",
        f"CONSTRUCT {{ <x:s> <x:p> '''{SCRIPT}''' }} {{}}",
        f"ASK {{}} # {SCRIPT}",
        f"ASK {{ {SCRIPT}",
    ):
        answer = server.request("GET", f"/sparql?query={quote(query)}", headers=BROWSER)
        assert answer.headers.get_content_type() == "text/html", answer
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert b"<script>alert" not in answer.body


@pytest.mark.parametrize("host", ["a'\"><script>alert(1)</script>", "a b", "a,b", "[", "a:b:c"])
def test_a_strange_host_is_shown_as_text_or_refused(server, host):
    for path in ("/questions/figures", "/sparql", "/openapi.json", "/questions.json", "/docs"):
        request = f"GET {path} HTTP/1.0\r\nHost: {host}\r\nAccept: text/html\r\n\r\n"
        received = server.exchange(request.encode())
        assert 200 <= status_of(received) < 500, (path, received[:300])
        assert b"<script>alert" not in received


def test_no_argument_and_no_path_becomes_a_header(server, interface):
    injected = quote(CRLF, safe="")
    for path, operations in interface.items():
        filled = path.format(**FILLED)
        named = path.format(**dict.fromkeys(FILLED, injected))
        arguments = [
            f"{filled}?{argument['name']}={injected}"
            for argument in operations.get("get", {}).get("parameters", ())
            if argument["in"] == "query"
        ]
        for address in (named, *arguments, f"{filled}?{injected}={injected}"):
            answer = server.request("GET", address)
            assert answer.status < 500, (address, answer)
            assert "Set-Cookie" not in answer.headers, address


def test_a_graph_whose_name_breaks_lines_is_led_to_without_breaking_them(server):
    received = server.exchange(f"GET /graph/{quote(CRLF)} HTTP/1.0\r\n\r\n".encode())
    assert b"\nSet-Cookie" not in received
    assert status_of(received) in (303, 400, 404), received


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "BREW"])
def test_other_methods_are_refused_everywhere(server, interface, method):
    for path in interface:
        filled = path.format(**FILLED)
        answer = server.request(method, filled)
        assert answer.status in (400, 404, 405, 501), (filled, answer)
