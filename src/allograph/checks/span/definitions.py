"""Which states are counted as the outcome, CR or CR/CRi, against ``ag:outcomeDefinition``.

States are joined by a stroke, a plus, *or*, *with or without*, *including*; by *and* they may be
two figures, and then both are named. A text that defines a wide complete remission once often
calls it plain "complete remission" from then on: that contradicts a wide definition only where the
text names the further states nowhere, or tells the two apart in the same sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from allograph.checks.span.reading import Place, Reading, Told, plain, shown

_REMISSION = r"\bcomplete (?:remissions?|responses?)"
_BLOOD = r"(?:(?:ha?ematolog\w+|blood[- ]counts?|counts?|platelets?) )?recovery"
_WORDED = (
    ("CR/CRh/CRi", rf"{_REMISSION} with full, partial,? or incomplete {_BLOOD}"),
    ("CR/CRi", rf"{_REMISSION} with or without (?:full |complete )?{_BLOOD}"),
    ("CRp", rf"{_REMISSION} with(?: an)? incomplete platelet recovery"),
    ("CRi", rf"{_REMISSION} with(?: an)? incomplete {_BLOOD}"),
    ("CRh", rf"{_REMISSION} with(?: a)? partial {_BLOOD}"),
    ("CR", rf"{_REMISSION}\b(?! with\b)"),
)
_NAMED = re.compile(r"\s*\((?:CR[ihp]?(?:\s?[/+]\s?CR[ihp]?)*)\)")
"""The abbreviation of what was just written out."""
_STATE = r"(?<![\w-])CR[ihp]?(?!\w)"
_JOINED = re.compile(
    rf"{_STATE}(?:\s*(?:[/+,]|,? ?\band/or\b|,? ?\bor\b|\bplus\b|\(?\b(?:including|incl\.))\s*"
    rf"(?:[/+]\s*)?{_STATE}\)?)*"
)
_KEYS = {
    frozenset({"CR"}): "cr",
    frozenset({"CRi"}): "cri",
    frozenset({"CRh"}): "crh",
    frozenset({"CR", "CRi"}): "cr-cri",
    frozenset({"CR", "CRh"}): "cr-crh",
    frozenset({"CR", "CRp"}): "cr-crp",
    frozenset({"CR", "CRh", "CRi"}): "cr-crh-cri",
}
"""The definition of each set of states; another set is one that the graph has no word for."""
_FURTHER = re.compile(r"\bCR[ihp]\b|\bincomplete\b|\bwith (?:partial|full)\b|\bwith or without\b")
_WIDE = frozenset({"cr-cri", "cr-crh", "cr-crp", "cr-crh-cri"})


def definitions(reading: Reading) -> Iterator[Told]:
    """A definition other than the words of the narrowest scope that names any state."""
    for place in reading.by_class["Figure"]:
        entered = reading.figure(place).definition
        if entered is None or entered not in _KEYS.values():
            continue
        found = next(filter(None, map(counted, place.scopes)), frozenset())
        if not found or entered in found:
            continue
        if found == {"cr"} and entered in _WIDE and not _is_told_apart(place):
            continue
        message = (
            f"The definition is {entered} here, and the text counts {shown(found)}: "
            "correct ag:outcomeDefinition."
        )
        yield Told(place.node.iri, "definition", message, place.sentence)


def counted(text: str) -> frozenset[str]:
    """The definitions that a text names, by their keys."""
    for state, form in _WORDED:
        text = re.sub(form, state, text, flags=re.IGNORECASE)
    text = re.sub(rf"({_STATE}){_NAMED.pattern}", r"\1", text)
    found = (frozenset(re.findall(_STATE, match[0])) for match in _JOINED.finditer(text))
    return frozenset(_KEYS[states] for states in found if states in _KEYS)


def _is_told_apart(place: Place) -> bool:
    """Whether the sentence names a wide definition too, or the text never names one."""
    in_sentence = counted(place.sentence) & _WIDE
    return bool(in_sentence) or not _FURTHER.search(plain(place.prose.text))
