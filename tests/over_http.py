"""Ask a running server as any client does, and see whom it calls: a canary that hears visitors."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlencode, urlsplit

from flask.testing import FlaskClient


@dataclass(frozen=True)
class Reply:
    """What came back, read to its end; redirects are not followed."""

    status: int
    headers: Message
    body: bytes

    @property
    def media_type(self):
        return self.headers.get_content_type()

    @property
    def text(self):
        return self.body.decode()

    @property
    def json(self):
        return json.loads(self.body)


def send(server, method, target, body=None, **headers) -> Reply:
    """Send one request; ``content_type="…"`` is the header ``Content-Type``."""
    named = {name.replace("_", "-"): value for name, value in headers.items() if value is not None}
    connection = HTTPConnection(urlsplit(server).netloc, timeout=60)
    try:
        connection.request(method, target, body, named)
        response = connection.getresponse()
        return Reply(response.status, response.headers, response.read())
    finally:
        connection.close()


def get(server, path, arguments=(), *, method="GET", **headers) -> Reply:
    """Send arguments in the URL; a value may be a list of values."""
    target = f"{path}?{urlencode(arguments, doseq=True)}" if arguments else path
    return send(server, method, target, **headers)


def post_form(server, path, arguments, **headers) -> Reply:
    """Send arguments as a form."""
    headers.setdefault("content_type", "application/x-www-form-urlencoded")
    return send(server, "POST", path, urlencode(arguments, doseq=True), **headers)


def by_get(server, query, arguments=(), **headers) -> Reply:
    """SPARQL 1.1 Protocol, 2.1.1: the query in the URL."""
    return get(server, "/sparql", [("query", query), *arguments], **headers)


def by_form(server, query, arguments=(), **headers) -> Reply:
    """SPARQL 1.1 Protocol, 2.1.2: the query in a form."""
    return post_form(server, "/sparql", [("query", query), *arguments], **headers)


def directly(server, query, arguments=(), **headers) -> Reply:
    """SPARQL 1.1 Protocol, 2.1.3: the query as the body, its dataset in the URL."""
    headers.setdefault("content_type", "application/sparql-query")
    arguments = list(arguments)
    return get(server, "/sparql", arguments, method="POST", body=query.encode(), **headers)


@dataclass
class Canary:
    """An endpoint that answers every request, and remembers it."""

    url: str
    visits: list[str] = field(default_factory=list)


SONG = {"type": "literal", "value": "sung"}
ANSWER = json.dumps({"head": {"vars": ["a"]}, "results": {"bindings": [{"a": SONG}]}}).encode()


@contextmanager
def listening_canary() -> Iterator[Canary]:
    """Listen on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            canary.visits.append(self.requestline)
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(200)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.send_header("Content-Length", str(len(ANSWER)))
            self.end_headers()
            self.wfile.write(ANSWER)

        def do_POST(self):
            self.do_GET()

        def log_message(self, *_arguments):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listener:
        canary = Canary(f"http://127.0.0.1:{listener.server_port}/")
        thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield canary
        finally:
            listener.shutdown()
            thread.join()


class ReadingClient(FlaskClient):
    """A client that reads each answer to its end and closes it, as clients over HTTP do."""

    def open(self, *args, **kwargs):
        return super().open(*args, **kwargs | {"buffered": True})
