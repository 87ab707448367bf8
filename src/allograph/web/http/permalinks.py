"""Keep a cited address to its release: it names one, and this server serves one.

An address with another release is not answered with today's figures as if they were those: a
program gets 404, with the address of today's answer; a reader gets today's page, under a notice.
"""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlencode

from flask import request

from allograph.web.http.problems import Problem
from allograph.web.service import current_reader

RELEASE = "release"
"""The argument by which an address names its release."""


def other_release() -> str | None:
    """The release that this request asks for, if it is not the one that is served.

    Another store than the release is no release at all.
    """
    reader = current_reader()
    wanted = request.args.get(RELEASE)
    is_served = reader.is_release and wanted == reader.release.id
    return wanted if wanted and not is_served else None


def without_release() -> str:
    """The address of this request without its release."""
    pairs = [(name, value) for name, value in request.args.items(multi=True) if name != RELEASE]
    return f"{request.base_url}?{urlencode(pairs)}" if pairs else request.base_url


def refuse_other_release() -> None:
    """Refuse to answer as data from a release that is not served here."""
    if wanted := other_release():
        reader, href = current_reader(), without_release()
        served = reader.release.id if reader.is_release else None
        raise Problem(
            HTTPStatus.NOT_FOUND,
            f"release {wanted} is not served here, but {served or 'another store'};"
            f" its answer is at {href}",
            parameter=RELEASE,
            served=served,
            href=href,
        )
