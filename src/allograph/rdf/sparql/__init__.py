"""SPARQL as text: what is refused, what is wrong, and what is written anew before a store reads it.

``tokens`` reads a query, ``parser`` makes a tree of it by its ``grammar``; ``refusals`` and
``mistakes`` say why a query is not run, ``rewriting`` lets a store answer what it could not.
"""

from allograph.rdf.sparql.refusals import (
    check_query,
    dataset_of,
    explain,
    may_call_a_service,
    services_named_in,
)

__all__ = [
    "check_query",
    "dataset_of",
    "explain",
    "may_call_a_service",
    "services_named_in",
]
