"""Refuse requests whose host or framing leaves room for two readings (RFC 9112), with 400.

Waitress reads requests; this looks at what it leaves open: which host is meant (section 3.2), where
a request ends that gives both a length and chunks (6.1), and numbers that no message has.
"""

from __future__ import annotations

from waitress.parser import HTTPRequestParser, ParsingError

from allograph.text.addresses import name_in_host

CODING = "TRANSFER_ENCODING"


class StrictParser(HTTPRequestParser):
    """A parser that takes each request in one way or not at all."""

    headers: dict[str, str]
    proxy_netloc: str

    def parse_header(self, header_plus: bytes) -> None:
        """Read the head of a request; raises ``ParsingError``, which is answered with 400."""
        try:
            super().parse_header(header_plus)
        except ValueError:
            # Of urlsplit, for a URL such as http://[ and of int, for a length of 5,000 digits.
            raise ParsingError("The URL or the Content-Length cannot be read") from None
        self._check_host()
        if "CONTENT_LENGTH" in self.headers and self.chunked:
            # The chunks say where it ends; whoever reads the length may see another request next.
            del self.headers["CONTENT_LENGTH"]
            self._close_afterwards()
        if CODING in self.headers:
            # Of HTTP/1.0, which has no chunks.
            self._close_afterwards()

    def _check_host(self) -> None:
        """See to it that there is one host; several have been joined by a comma and a space."""
        if "HOST" not in self.headers and self.version >= "1.1":
            raise ParsingError("A request of HTTP/1.1 has a Host header")
        if self.proxy_netloc:
            # The host of a whole URL counts, not the header (3.2.2).
            self.headers["HOST"] = self.proxy_netloc
        if name_in_host(self.headers.get("HOST", "")) is None:
            raise ParsingError("There is not one host, with or without a port")

    def _close_afterwards(self) -> None:
        self.connection_close = True
        self.headers["CONNECTION"] = "close"
