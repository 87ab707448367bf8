"""Keep pages that depend on nothing but the release and their address.

They share the memory of the answers: what was used longest ago is let go first.
"""

from collections.abc import Callable

from flask import request

from allograph.web.cache import current_cache
from allograph.web.negotiate import PAGE, entity_tag


def kept_page(name: str, write: Callable[[], str]) -> str:
    """Return the page of this name, written only if it is not kept.

    Its links begin with the prefix of a proxy, so a page is kept for each prefix.
    """
    tag = entity_tag("page", request.script_root, name)
    kept = current_cache().get(tag)
    if kept is not None:
        return kept.body.decode()
    html = write()
    current_cache().put(tag, html.encode(), {"Content-Type": PAGE.media_type})
    return html
