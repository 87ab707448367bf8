"""Name places on a page that are no parts of a record: headings, explanations, patterns.

Parts of records have the keys of ``namespaces.KEY``, which never begin with an underscore.
"""

from __future__ import annotations

import re

from allograph.namespaces import key_of
from allograph.web.http.exchange import current_exchange


def fresh_id(word: str) -> str:
    """An id that nothing else on this page has, the same at each request of the page."""
    exchange = current_exchange()
    exchange.ids += 1
    return f"_{word}-{exchange.ids}"


def section_id(word: str, iri: str) -> str:
    """The id of the section about an IRI."""
    return f"_{word}-{re.sub('[^a-zA-Z0-9-]', '-', key_of(iri))}"
