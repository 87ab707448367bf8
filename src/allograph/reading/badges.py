"""Say beside a figure what is doubted about it: the flags of curators, and what rules compute.

What rules found is read once for each release: it is as much as the curated files give rise to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from allograph.reading.names import Names
from allograph.reading.reader import Reader, text

COMPUTED = """
PREFIX ag: <https://w3id.org/allograph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT ?finding ?part ?message ?label ?flag WHERE {
  ?finding a sh:ValidationResult ;
           sh:focusNode ?part ;
           sh:resultMessage ?message ;
           ag:rule ?rule .
  ?rule rdfs:label ?label .
  OPTIONAL { ?rule ag:raises|ag:decides ?flag }
} ORDER BY ?finding ?flag
"""


@dataclass(frozen=True)
class Computed:
    """What a rule says of a part, and the flags by which a curator says the same."""

    finding: str
    label: str
    message: str
    flags: frozenset[str]


@dataclass(frozen=True)
class Badge:
    """A doubt as a small label: what it is called, why, and the IRI of which more is told."""

    label: str
    explanation: str
    more: str


def badges(
    reader: Reader, about: str, flags: Sequence[str], names: Names, rules: Sequence[str] = ()
) -> list[Badge]:
    """The doubts about a part, which has these flags.

    A flag that a rule bears out says so in the rule's words, with the numbers. Rules that found
    something in what belongs to the part are named, unless they found the same in it.
    """
    computed = reader.once(read_computed).get(about, [])
    reasons = {flag: [it.message for it in computed if flag in it.flags] for flag in flags}
    return [
        *(
            Badge(names.label(flag), " ".join((names.definition(flag), *reasons[flag])), flag)
            for flag in flags
        ),
        *(Badge(it.label, it.message, it.finding) for it in computed if not it.flags & set(flags)),
        *(
            Badge(names.label(rule), names.definition(rule), rule)
            for rule in rules
            if names.label(rule) not in {it.label for it in computed}
        ),
    ]


def read_computed(reader: Reader) -> Mapping[str, list[Computed]]:
    """Read what rules found, by part."""
    by_part = defaultdict(list)
    for finding, of_finding in groupby(
        reader.select(COMPUTED), key=lambda row: text(row, "finding")
    ):
        rows = list(of_finding)
        by_part[text(rows[0], "part")].append(
            Computed(
                finding,
                text(rows[0], "label"),
                text(rows[0], "message"),
                frozenset(text(row, "flag") for row in rows if "flag" in row),
            )
        )
    return by_part
