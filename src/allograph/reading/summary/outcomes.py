"""Which outcomes a Summary of Findings shows, in the order in which a panel decides by them.

At most seven outcomes make a table that is read (Cochrane Handbook 5.1, 11.5.3). Which of them are
critical is for a panel to say: what stands here is a proposal, and the table says so. A critical
outcome has its row whether or not anything is known of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Importance = Literal["critical", "important"]


@dataclass(frozen=True)
class Listed:
    """An outcome by its key, and how much it matters."""

    key: str
    importance: Importance


CRITICAL, IMPORTANT = "critical", "important"
MOST_ROWS: Mapping[str, int] = {CRITICAL: 2, IMPORTANT: 1}
"""Rows of an outcome in a section of the table: other definitions, or parts of the people."""
OUTCOMES: tuple[Listed, ...] = (
    Listed("overall-survival", "critical"),
    Listed("complete-remission", "critical"),
    Listed("mrd-negativity", "critical"),
    Listed("vod-sos", "critical"),
    Listed("transplant", "critical"),
    Listed("early-death", "critical"),
    Listed("event-free-survival", "important"),
    Listed("disease-free-survival", "important"),
    Listed("relapse-free-survival", "important"),
    Listed("progression-free-survival", "important"),
    Listed("duration-of-response", "important"),
    Listed("relapse", "important"),
    Listed("overall-response", "important"),
    Listed("hsct-receipt", "important"),
    Listed("direct-transplant", "important"),
    Listed("non-relapse-mortality", "important"),
    Listed("death", "important"),
    Listed("death-from-vod-sos", "important"),
    Listed("neurologic-event", "important"),
    Listed("cytokine-release-syndrome", "important"),
    Listed("serious-adverse-event", "important"),
    Listed("quality-of-life", "important"),
)
