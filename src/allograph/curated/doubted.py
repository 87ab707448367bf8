"""The keys of what is doubted of a node, as one text each beside it: ``a|b``.

Most questions show the doubts of each row. So what a release holds says ``ag:flagKeys`` and
``ag:findingKeys`` beside each node that has any: a question looks them up, and joins nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

from allograph.rdf.nodes import Nodes
from allograph.rdf.terms import Literal, NamedNode, Triple
from allograph.rdf.vocabularies import AG, SH

KEYS_OF_DOUBTS = (AG.flagKeys, AG.findingKeys)


def keys_of_flags(nodes: Nodes) -> Iterator[Triple]:
    """The keys of the flags of a node, sorted."""
    for node in nodes.having("flag"):
        yield _keys(node.iri, AG.flagKeys, node.keys("flag"))


def keys_of_findings(nodes: Nodes) -> Iterator[Triple]:
    """The keys of the rules that doubt a node, sorted; nothing where the ledger is not given."""
    found: dict[str, set[str]] = defaultdict(set)
    for finding in nodes.instances(SH.ValidationResult):
        for doubted in finding.iris(SH.focusNode):
            found[doubted] |= finding.keys("rule")
    for doubted, rules in found.items():
        yield _keys(doubted, AG.findingKeys, rules)


def _keys(iri: str, name: str, keys: Collection[str]) -> Triple:
    return Triple(NamedNode(iri), NamedNode(name), Literal("|".join(sorted(keys))))
