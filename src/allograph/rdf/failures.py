"""Whose fault it is that a query cannot be evaluated: its own, a service's, or the store's.

Oxigraph raises ``OSError`` and ``RuntimeError`` for all three, so we go by its sentences. What is
wrong with a query is a closed list (``spareval::QueryEvaluationError``). RocksDB begins with what
kind of status it is, and names the files of the store: that is for the log, never for a reader.
"""

from __future__ import annotations

import re
import sys

from allograph.errors import AllographError, QueryFailed, ServiceFailed, StoreError
from allograph.rdf.sparql import may_call_a_service, services_named_in

_OF_THE_QUERY = re.compile(
    r"The custom function |The variable encoding the service name is unbound"
    r"|The service .* is not supported|.* is not a valid service name$"
)
_OF_ROCKSDB = re.compile(
    r"(?:IO error|Corruption|NotFound|Not implemented|Invalid argument|Result incomplete"
    r"|Shutdown in progress|Operation \w+|Resource busy|Column family dropped)\b.*:"
)


def failure_of(error: OSError | RuntimeError, sparql: str, place: str = "") -> AllographError:
    """The error for the reader; what is wrong with a store at ``place`` is said to the operator."""
    message = str(error)
    is_of_rocksdb = bool(_OF_ROCKSDB.match(message)) or bool(place and place in message)
    if not is_of_rocksdb and _OF_THE_QUERY.match(message):
        return QueryFailed(f"the query cannot be evaluated: {message}")
    if not is_of_rocksdb and may_call_a_service(sparql):
        named = " or ".join(services_named_in(sparql)) or "a service"
        return ServiceFailed(f"{named} does not answer: {message}")
    sys.stderr.write(f"the store cannot be read: {message}\n")
    sys.stderr.flush()
    return StoreError("the store cannot be read; the log of the service says why")
