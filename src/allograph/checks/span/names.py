"""Who and what a text names: drugs, companies, outcomes and others, by their labels in the graph.

A record is named by its label, its synonyms and its key. Of names that overlap the longest counts:
``BLIN-failure`` names an outcome and no drug, ``complete remission`` is no ``remission``. A hyphen
is as good as a space, and a name may stand in the plural. Short names and abbreviations are read
with their capitals, so that ``ALL`` is not ``all``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from allograph.namespaces import BASE, key_of
from allograph.rdf.nodes import Node, Nodes
from allograph.rdf.vocabularies import RDFS, SKOS

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

NO_NAMES = (
    "last follow[- ]?up", "no previous allo-HSCT",
    "survival analys[ie]s", "relapsed[ /](?:or )?(?:refractory|unresponsive)",
    "first relapse", "early relapse", "later relapse", "post-remission", "(?:first|in|a) salvage",
)  # fmt: skip
"""Words in which a name stands and names nothing that was counted; they hide it."""

SHORT = 5
"""Up to so many letters a name is read with its capitals."""
_SUFFIX = re.compile(
    r",?\s+(?:inc|ltd|llc|co|corp|gmbh|plc|phar|pharm|pharma|pharmaceuticals?|company)\.?$", re.I
)
_HEAD = re.compile(r"^death from\s+")
_TAIL = re.compile(r"\s+(?:at last follow-up|alone|given)$")


@dataclass(frozen=True)
class Mention:
    """A name in a text: the records that it can mean, and where it stands."""

    iris: frozenset[str]
    start: int
    end: int


class Names:
    """The names of a graph, found in texts."""

    def __init__(self, nodes: Nodes) -> None:
        self._nodes = nodes
        self._known: dict[str, tuple[Mention, ...]] = {}

    @cached_property
    def _patterns(self) -> dict[str, frozenset[str]]:
        """Each pattern, and the records that it names."""
        found: dict[str, set[str]] = defaultdict(set)
        for node in self._nodes.values():
            if kind_of(node.iri) in KINDS and "#" not in node.iri:
                for name in _names(node):
                    found[_pattern(name)].add(node.iri)
        for key, forms in FORMS.items():
            for form in forms if f"{BASE}{key}" in self._nodes else ():
                found[form].add(f"{BASE}{key}")
        for form in NO_NAMES:
            found.setdefault(form, set())
        return {pattern: frozenset(iris) for pattern, iris in found.items()}

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """The names in a text, in order; of those that overlap the longest."""
        if text not in self._known:
            self._known[text] = tuple(self._mentions(text))
        return self._known[text]

    def _mentions(self, text: str) -> Iterator[Mention]:
        compiled = self._compiled
        spans: list[tuple[int, int, frozenset[str]]] = []
        for pattern, iris in compiled:
            spans += [(match.start(), match.end(), iris) for match in pattern.finditer(text)]
        spans.sort(key=lambda span: (span[0], -span[1]))
        place = 0
        while spans:
            start, end, _iris = spans[0]
            alike = [iris for a, b, iris in spans if (a, b) == (start, end)]
            if start >= place:
                yield Mention(frozenset().union(*alike), start, end)
                place = end
            spans = [span for span in spans if span[0] >= place and span[:2] != (start, end)]

    @cached_property
    def _compiled(self) -> list[tuple[re.Pattern[str], frozenset[str]]]:
        return [
            (re.compile(rf"(?<![A-Za-z0-9])(?:{pattern})(?![A-Za-z0-9])", re.I), iris)
            for pattern, iris in self._patterns.items()
        ]

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
        return any(iri in iris and pattern.search(text) for pattern, iris in self._compiled)

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
    for name in (*node.texts(RDFS.label), *node.texts(SKOS.altLabel)):
        yield name
        yield _TAIL.sub("", _HEAD.sub("", name))
        shorter = _SUFFIX.sub("", name)
        yield _SUFFIX.sub("", shorter)
    yield key_of(node.iri).replace("-", " ")


def _pattern(name: str) -> str:
    """A name as a pattern: spaces and hyphens are alike, ``&`` is ``and``, a plural is the same."""
    parts = [
        r"(?:and|&)" if part in ("and", "&") else re.escape(part)
        for part in re.split(r"[\s-]+|(?<=\w)(?=&)|(?<=&)(?=\w)", name)
        if part
    ]
    joined = r"[\s-]*".join(parts)
    is_abbreviation = len(name) <= SHORT and name.lower() != name
    is_plain_word = name[-1:].isalpha() and name[-1:] != "s"
    ending = "s?" if is_plain_word else ""
    return f"(?-i:{joined}{ending})" if is_abbreviation else f"{joined}{ending}"
