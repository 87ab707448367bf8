"""What a query answers: solutions (SELECT), a truth value (ASK) or triples (CONSTRUCT, DESCRIBE).

Solutions and truth values are pyoxigraph's, under the names that SPARQL gives them. They are read
once, in order: ``for solution in solutions: solution["value"]`` is a term, or ``None`` if unbound.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from pyoxigraph import QueryBoolean as Boolean
from pyoxigraph import QuerySolutions as Solutions
from pyoxigraph import Triple

Answer: TypeAlias = Solutions | Boolean | Iterator[Triple]

__all__ = ["Answer", "Boolean", "Solutions"]
