"""How long the reader of a request waits: the deadline, which a reader may lower but not raise."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from flask import request

from allograph.text import numerals
from allograph.web.http.problems import Problem
from allograph.web.service import current_service
from allograph.workers.patience import Patience

SECONDS = "timeout"
"""The argument by which a reader lowers the deadline of a query."""


def patience() -> Patience:
    """Say how long the reader of this request waits, and how to see that they are gone."""
    most = current_service().settings.timeout
    given = request.values.get(SECONDS)
    is_gone: Callable[[], bool] = request.environ.get("waitress.client_disconnected", _is_there)
    if given is None:
        return Patience(most, is_gone)
    seconds = numerals.seconds(given)
    if seconds is None:
        raise Problem(
            HTTPStatus.BAD_REQUEST,
            f"timeout is a number of seconds above 0, not '{given}'",
            parameter=SECONDS,
        )
    return Patience(min(seconds, most), is_gone)


def _is_there() -> bool:
    """Take it, for want of a way to see, that the reader is not gone."""
    return False
