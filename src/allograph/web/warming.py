"""Make a new release warm before readers are sent to it: what its first pages would wait for."""

from typing import TYPE_CHECKING

from werkzeug.test import Client

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

ADDRESSES = ("/", "/search?q=inotuzumab", "/quality", "/sparql")
"""Pages that need what is read once for each release: names, the index, the doubts, the schema."""


def warm(app: "WSGIApplication") -> None:
    """Ask the application for the pages that the first readers would wait for.

    A page that fails says so again to whoever asks for it; a release is served all the same.
    """
    client = Client(app)
    for address in ADDRESSES:
        client.get(address, headers={"Accept": "text/html"}).close()
