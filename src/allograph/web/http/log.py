"""Write one line of JSON for each query that ended, to standard error by way of ``logging``.

The text of a query and the address of its client are left out unless they are asked for; the
SHA-256 of the text tells queries apart without showing them.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256

from allograph.settings import Settings

LOGGER = logging.getLogger("allograph.queries")


def start_log() -> None:
    """Send the lines to standard error, each as it is."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    LOGGER.handlers = [handler]
    LOGGER.setLevel(logging.INFO)
    LOGGER.propagate = False


def log_query(
    sparql: str, client: str | None, measured: Mapping[str, object], settings: Settings
) -> None:
    """Write the line of one query."""
    line: dict[str, object] = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "sha256": sha256(sparql.encode()).hexdigest(),
        **measured,
    }
    if settings.log_clients:
        line["client"] = client
    if settings.log_queries:
        line["query"] = sparql
    LOGGER.info("%s", json.dumps(line))
