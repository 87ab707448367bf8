"""Say what an answer is kept by, here and at its clients, and which answers are not kept at all.

Every place that keeps takes its key from here: the memory of the service, entity tags, 304. Kept
is only what would be the same if it were asked again: an answer of the release (another store may
change at any time), to a query that always has this answer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import astuple, dataclass
from hashlib import sha256

from allograph.rdf.opaque import OPAQUE
from allograph.rdf.sparql import may_call_a_service
from allograph.web.http.cache import current_cache
from allograph.web.http.exchange import current_exchange
from allograph.web.service import current_reader, current_service

_OPAQUE = re.compile(OPAQUE, re.DOTALL)
_CHANGING = re.compile(
    r"(?:NOW|RAND|UUID|BNODE)\s*\(|(?<![A-Z_?$:@-])SERVICE(?![\w:-])", re.IGNORECASE
)
"""A call, also one that ends a longer name (STRUUID), or a SERVICE clause."""
_CHANGING_IN_DOUBT = re.compile("NOW|RAND|UUID|BNODE|SERVICE", re.IGNORECASE)
_ESCAPE = re.compile(r"\\[uU]")


@dataclass(frozen=True)
class Key:
    """What tells an answer from all others: its address, representation, release and store.

    ``meaning`` is the address without what changes nothing (the order of arguments, a deadline,
    another name of the same drug); whatever an answer shows must follow from these four.
    """

    meaning: tuple[str, ...]
    representation: str
    release: str
    store: str

    @property
    def tag(self) -> str:
        """The strong entity tag."""
        return sha256(json.dumps(astuple(self)).encode()).hexdigest()[:32]


def answer_key(representation: str, *meaning: str) -> Key | None:
    """The key of an answer to this request; ``None`` for one that is not kept."""
    reader, store = current_reader(), current_service().settings.store
    # Looked up and not passed, so that no view can forget to say that its answer may change.
    run = current_exchange().run
    if not reader.is_release or not (run is None or is_repeatable(run.sparql)):
        return None
    return Key(meaning, representation, reader.release.id, store)


def remembered(key: Key | None, make: Callable[[], bytes]) -> bytes:
    """What is kept under a key, else make it and keep it."""
    if key is None:
        return make()
    return current_cache().made_once(key.tag, make, current_service().settings.wait)


def is_repeatable(sparql: str) -> bool:
    """Tell whether a query has the same answer each time; in doubt, it has not.

    NOW, RAND, UUID, STRUUID, BNODE and SERVICE are looked for outside of strings, IRIs and
    comments. Where what looks like an IRI may be a comparison, as in ``?a<'b'&&NOW()>?c``, they are
    looked for everywhere. A letter that is escaped may be one of theirs.
    """
    if _ESCAPE.search(sparql) or may_call_a_service(sparql):
        return False
    if any(_may_be_a_comparison(match[0]) for match in _OPAQUE.finditer(sparql)):
        return not _CHANGING_IN_DOUBT.search(sparql)
    return not _CHANGING.search(_OPAQUE.sub(" ", sparql))


def _may_be_a_comparison(text: str) -> bool:
    """Tell whether what looks like an IRI has brackets, quotes or a comment in it."""
    is_iri = text.startswith("<")
    return is_iri and (bool(set("'()") & set(text)) or ("#" in text and "://" not in text))
