"""A client of the application itself, without a socket."""

from flask.testing import FlaskClient


class ReadingClient(FlaskClient):
    """A client that reads each answer to its end and closes it, as clients over HTTP do."""

    def open(self, *args, **kwargs):
        return super().open(*args, **kwargs | {"buffered": True})
