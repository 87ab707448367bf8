"""The rules by which the graph doubts itself, each by its key.

The arithmetic, the neighbours and the provenance of every figure are looked at; nothing is changed.
To add a rule: a function in the module of its subject, its row here, and its words in
``ontology/rules/<key>.ttl``.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from allograph.rules.granularity import impossible_shares
from allograph.rules.rule import Doubt, Rule

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "granularity": impossible_shares,
    }
)

__all__ = ["RULES", "Doubt", "Rule"]
