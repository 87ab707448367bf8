"""The rules by which the graph doubts itself, each by its key.

The arithmetic, the neighbours and the provenance of every figure are looked at; nothing is changed.
To add a rule: a function in the module of its subject, its row here, and its words in
``ontology/rules/<key>.ttl``.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from allograph.rules.counts import events_in_groups, shares_and_counts
from allograph.rules.curves import averages_and_curves, falling_survival, medians_and_curves
from allograph.rules.drawn import groups_and_counts
from allograph.rules.effects import directions_and_arms, effects_and_arms
from allograph.rules.granularity import impossible_shares
from allograph.rules.hierarchy import narrower_outcomes
from allograph.rules.interval_fit import intervals_and_counts, lopsided_intervals
from allograph.rules.parts import parts_of_wholes
from allograph.rules.repeated import repeated_numbers
from allograph.rules.rule import Doubt, Rule
from allograph.rules.significance import significance_and_intervals

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "average-and-curve": averages_and_curves,
        "direction-and-arms": directions_and_arms,
        "effect-and-arms": effects_and_arms,
        "events-within-group": events_in_groups,
        "granularity": impossible_shares,
        "group-and-count": groups_and_counts,
        "interval-fits-counts": intervals_and_counts,
        "interval-symmetry": lopsided_intervals,
        "median-and-curve": medians_and_curves,
        "p-value-and-interval": significance_and_intervals,
        "parts-of-whole": parts_of_wholes,
        "repeated-number": repeated_numbers,
        "share-and-count": shares_and_counts,
        "subset-outcome": narrower_outcomes,
        "survival-falls": falling_survival,
    }
)

__all__ = ["RULES", "Doubt", "Rule"]
