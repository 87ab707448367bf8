"""Read whom readers may write to: a mail address, an issue tracker, or both.

A contact makes the address under which a reader finds a message prepared: nothing is sent before
the reader sends it. A mail follows RFC 6068; GitHub, GitLab and Forgejo take the title and the
text of an issue from their address, and any other tracker is linked as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

FORM = "a mail address, the https address of an issue tracker, or both with a space between"
_MAIL = re.compile(r"[A-Za-z0-9.!*+/=^_{|}~'-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}")
_TRACKER = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~/+-]*)?")
_GITLAB = "/-/issues"
_ISSUES = "/issues"


@dataclass(frozen=True)
class Contact:
    """One way to reach those who run the service: ``address`` is a mail address or a tracker's."""

    address: str

    @property
    def is_mail(self) -> bool:
        """Tell a mail address from an issue tracker."""
        return "://" not in self.address

    @property
    def label(self) -> str:
        """What a link to it is called: the mail address, or the tracker without its scheme."""
        return self.address if self.is_mail else self.address.split("://", 1)[1].rstrip("/")

    def prepared(self, title: str = "", text: str = "") -> str:
        """The address at which a reader finds a message with this title and text, to send or not.

        Without a title it is the address alone.
        """
        if self.is_mail:
            return f"mailto:{quote(self.address, safe='@')}{_mail_headers(title, text)}"
        tracker = self.address.rstrip("/")
        if not title:
            return tracker
        path = urlsplit(tracker).path
        if path.endswith(_GITLAB):
            fields = {"issue[title]": title, "issue[description]": text}
        elif path.endswith(_ISSUES):
            fields = {"title": title, "body": text}
        else:
            return tracker
        return f"{tracker}/new?{urlencode(fields, quote_via=quote)}"


def contacts_in(text: str) -> tuple[Contact, ...] | None:
    """The contacts that a text names, separated by spaces; ``None`` if a word of it is none."""
    words = text.split()
    if all(_MAIL.fullmatch(word) or _TRACKER.fullmatch(word) for word in words):
        return tuple(map(Contact, words))
    return None


def _mail_headers(title: str, text: str) -> str:
    """Subject and body of a ``mailto:`` address; lines end in CRLF (RFC 6068, section 5)."""
    if not title:
        return ""
    body = "\r\n".join(text.splitlines())
    return f"?{urlencode({'subject': title, 'body': body}, quote_via=quote)}"
