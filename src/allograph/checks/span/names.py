"""Who and what a text names: drugs, companies, outcomes and others, by their labels in the graph.

A record is named by its label, its synonyms and its key. Of names that overlap the longest counts:
``BLIN-failure`` names an outcome and no drug, ``complete remission`` is no ``remission``. A hyphen
is as good as a space, and a name may stand in the plural. Short names and abbreviations are read
with their capitals, so that ``ALL`` is not ``all``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from allograph.evidence.names import SHORT, Mention, NameIndex, names_of
from allograph.namespaces import BASE, key_of
from allograph.rdf.nodes import Node, Nodes

KINDS = ("drug", "regimen", "outcome", "organization", "target", "procedure", "condition")
"""The kinds of records that a text names."""

FORMS: Mapping[str, tuple[str, ...]] = {
    "outcome/survival": (r"surviv(?:al|e[sd]?|ors?)",),
    "outcome/overall-survival": (r"overall surviv(?:al|e[sd]?)",),
    "outcome/response": (r"respon(?:ses?|d|ded|ds|ders?|ding)",),
    "outcome/overall-response": (r"(?:overall|objective) respon(?:ses?|ders?)",),
    "outcome/non-response": (
        r"non-?respon(?:ses?|ders?)",
        r"(?:not|no|without a?) ?respon(?:se|d)",
    ),
    "outcome/complete-remission": (
        r"complete(?:ly)? (?:remissions?|responses?|responders?)",
        r"(?-i:CRi?s?)",
    ),
    "outcome/mrd-negativity": (
        r"(?-i:MRD)", r"(?:minimal|measurable) residual (?:disease|status)", r"molecular remission",
    ),
    "outcome/relapse": (r"relaps(?:es?|ed|ing)", r"recur(?:red|rences?)"),
    "outcome/death": (r"die[sd]?|dead|deaths?", r"mortality"),
    "outcome/early-death": (r"early (?:deaths?|mortality)", r"died early"),
    "outcome/ongoing-remission": (r"in (?:continued |ongoing )?remission", r"alive in (?-i:CR)"),
    "outcome/hsct-receipt": (r"transplant(?:ed|ations?|s)?",),
    "outcome/treatment-discontinuation": (r"discontinu(?:ed|ations?|ing)", r"stopped"),
    "outcome/infection": (r"infect(?:ions?|ious complications?)",),
    "outcome/vod-sos": (r"veno-?occlusive disease", r"sinusoidal obstruction(?: syndrome)?"),
    "outcome/progression-free-survival": (r"progression-?free surviv(?:al|ors?)",),
    "outcome/duration-of-response": (r"durations? of (?:response|remission)", r"response duration"),
}  # fmt: skip
"""Forms of words that name a record beside its labels, as patterns; hyphens as they are."""

HAZARD_OF_DEATH = (
    "hazard ratios? for (?:death|(?:relapse|progression|disease progression) or death)"
)
"""How journals print a ratio of overall survival, or of survival without an event."""
NO_NAMES = (
    "last follow[- ]?up", "no previous allo-HSCT",
    "survival analys[ie]s", "relapsed[ /](?:or )?(?:refractory|unresponsive)",
    HAZARD_OF_DEATH,
    "first relapse", "early relapse", "later relapse", "post-remission", "(?:first|in|a) salvage",
)  # fmt: skip
"""Words in which a name stands and names nothing that was counted; they hide it."""

WORD = re.compile(r"[A-Za-z0-9]+|[^A-Za-z0-9\s-]")
"""A word, or a sign, of a name; a hyphen is as good as a space."""
_SUFFIX = re.compile(
    r",?\s+(?:inc|ltd|llc|co|corp|gmbh|plc|phar|pharm|pharma|pharmaceuticals?|company)\.?$", re.I
)
_HEAD = re.compile(r"^death from\s+")
_TAIL = re.compile(r"\s+(?:at last follow-up|alone|given)$")


class Names:
    """The names of a graph, found in texts."""

    def __init__(self, nodes: Nodes) -> None:
        self._nodes = nodes

    @cached_property
    def _index(self) -> NameIndex:
        names = (
            (name, node.iri)
            for node in self._nodes.values()
            if kind_of(node.iri) in KINDS and "#" not in node.iri
            for name in _names(node)
        )
        forms: dict[str, frozenset[str]] = dict.fromkeys(NO_NAMES, frozenset())
        for key, patterns in FORMS.items():
            if (iri := f"{BASE}{key}") in self._nodes:
                forms |= {form: forms.get(form, frozenset()) | {iri} for form in patterns}
        return NameIndex(names, short=SHORT, prose=True, word=WORD, forms=forms)

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """The names in a text, in order; of those that overlap the longest."""
        return self._index.mentions(text)

    def named(self, text: str, kind: str) -> tuple[str, ...]:
        """The records of a kind that a text names, in the order of their first mention."""
        return tuple(
            dict.fromkeys(
                iri
                for mention in self.mentions(text)
                for iri in sorted(mention.iris)
                if kind_of(iri) == kind
            )
        )

    def unnamed(self, organizations: set[str], text: str) -> set[str]:
        """Those of some companies or centres that a text names neither by label nor by key."""
        said = set(re.findall(r"[a-z]+", text.lower()))
        named = self.named(text, "organization")
        return {
            iri
            for iri in organizations
            if iri not in named and not set(key_of(iri).split("-")) <= said
        }

    def is_part(self, iri: str, text: str) -> bool:
        """Whether a text has a name of a record, be it inside of a longer one."""
        return any(iri in mention.iris for mention in self._index.everywhere(text))

    def label(self, iri: str) -> str:
        """What a record is called."""
        return self._nodes.of(iri).label or key_of(iri)

    def labels(self, iris: Iterable[str]) -> str:
        """What records are called, for people."""
        return " and ".join(sorted(f'"{self.label(iri)}"' for iri in iris))


def kind_of(iri: str) -> str:
    """The kind of a record: ``drug``; empty for what is no record of ours."""
    kind, slash, _key = iri.removeprefix(BASE).partition("/")
    return kind if slash and iri.startswith(BASE) else ""


def _names(node: Node) -> Iterator[str]:
    """The label, the synonyms and the key, and shorter forms of the first two."""
    yield from _with_either_and(key_of(node.iri).replace("-", " "))
    for name in names_of(node):
        shorter = (_TAIL.sub("", _HEAD.sub("", name)), _SUFFIX.sub("", _SUFFIX.sub("", name)))
        for spelt in (name, *shorter):
            yield from _with_either_and(spelt)


def _with_either_and(name: str) -> tuple[str, str, str]:
    """A name as it is, and as with ``and`` or with ``&``."""
    return name, name.replace("&", " and "), re.sub(r"\band\b", "&", name)
