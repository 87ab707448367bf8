"""Find the drugs, targets and organizations that a text names, by the names of their records.

Hyphens are spaces. Short names, as ``InO``, are told by their case, except in keys, which have
none. Before and behind a name stand words that say whether it is meant: ``without blinatumomab``,
``blinatumomab failed before``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from allograph.doubts.rules.shared_identifiers import names_of
from allograph.evidence import Evidence

SHORT = 5
"""Letters of a name that only its case tells from a word."""
WITHOUT = re.compile(
    r"(?<!with or )\b(?:without|no|not|minus|except|instead of)\s+(?:any\s+)?$", re.I
)
ELSEWHERE_BEFORE = re.compile(
    r"\b(?:after|before|prior|previous|previously|earlier|failed|refused|versus|vs|against|than"
    r"|with or without|compared (?:with|to)|or|ineligible for|intolerant (?:of|to)|never)\s+$",
    re.I,
)
ELSEWHERE_BEHIND = re.compile(
    r"\s*(?:[a-z]+\s+)?(?:failed|failure|before|earlier|previously|refractory|naive|resistant"
    r"|intolerant|ineligible)\b",
    re.I,
)
ALONE = re.compile(r"\b(?:alone|monotherapy|single[ -]agent)\b", re.I)
_JOINT = re.compile(r"[-‐–_/\s]+")  # noqa: RUF001


@dataclass(frozen=True)
class Named:
    """The IRIs that a text names: as given, as left out, or in passing."""

    given: frozenset[str]
    left_out: frozenset[str]
    in_passing: frozenset[str]

    @property
    def all(self) -> frozenset[str]:
        """Everything that is named."""
        return self.given | self.left_out | self.in_passing


class Names:
    """The names of all records of some classes, to be found in texts."""

    def __init__(self, evidence: Evidence, classes: Iterable[str]) -> None:
        self._exact: dict[str, str] = {}
        self._any_case: dict[str, str] = {}
        for name in classes:
            for node in evidence.instances(name):
                for text in map(_spaced, names_of(node)):
                    if text and "," not in text:
                        self._any_case.setdefault(text.casefold(), node.iri)
                        if len(text) <= SHORT:
                            self._exact.setdefault(text, node.iri)
        longest_first = sorted(self._any_case, key=lambda name: (-len(name), name))
        alternatives = "|".join(map(re.escape, longest_first))
        matched = rf"(?<!\w)(?:{alternatives})(?!\w)" if longest_first else r"(?!)"
        self._pattern = re.compile(matched, re.I)
        self._found: dict[tuple[str, bool], Named] = {}

    def find(self, text: str, *, in_key: bool = False) -> Named:
        """What a text names, the longest names first; each text is read once."""
        if (text, in_key) not in self._found:
            self._found[text, in_key] = self._find(text, in_key=in_key)
        return self._found[text, in_key]

    def _find(self, text: str, *, in_key: bool) -> Named:
        found: dict[str, set[str]] = {"given": set(), "left_out": set(), "in_passing": set()}
        spaced = _spaced(text)
        for match in self._pattern.finditer(spaced):
            name = match[0]
            iri = self._any_case.get(name.casefold())
            if len(name) <= SHORT and not in_key:
                iri = self._exact.get(name)
            if iri is not None:
                found[_role(spaced, match)].add(iri)
        return Named(*(frozenset(iris) for iris in found.values()))


def _role(text: str, match: re.Match[str]) -> str:
    before = text[: match.start()]
    if WITHOUT.search(before):
        return "left_out"
    behind = ELSEWHERE_BEHIND.match(text, match.end())
    return "in_passing" if behind or ELSEWHERE_BEFORE.search(before) else "given"


def _spaced(text: str) -> str:
    return _JOINT.sub(" ", text).strip()
