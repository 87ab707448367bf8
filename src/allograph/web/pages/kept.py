"""Keep pages that depend on nothing but the release and their address.

They share the memory of the answers: what was used longest ago is let go first.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import request

from allograph.web.http.keeping import answer_key, remembered
from allograph.web.http.negotiate import PAGE


def kept_page(name: str, write: Callable[[], str]) -> str:
    """The page of this name, written only if it is not kept.

    Its links begin with the address by which the service is reached, so it is kept for each.
    """
    key = answer_key(PAGE.media_type, "page", request.root_url, name)
    return remembered(key, lambda: write().encode()).decode()
