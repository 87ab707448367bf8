"""The grades of adverse events that a text names, by CTCAE from 1 to 5: ``grade 3 or higher``."""

from __future__ import annotations

import re

GRADE = re.compile(
    r"\b(?P<any>any|all)[\s-]grades?\b(?!\s*(?:≥|>=|at least\s)?\s*(?:[1-5]|IV|III|II|I|V)\b)"
    r"|(?P<above>(?:≥|>=|\bat least\s)\s*)?\bgrades?\s*(?P<least>≥|>=|at least\s)?\s*"
    r"(?P<low>[1-5]|IV|III|II|I|V)(?![\w.])"
    r"(?:\s*(?:-|\u2013|to|or|and|/|,)\s*(?P<high>[1-5]|IV|III|II|V)(?![\w.]))?"
    r"(?P<more>\s*(?:\+|(?:or|and) (?:higher|more|above|greater|worse)))?",
    re.IGNORECASE,
)
ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5"}
OR_HIGHER, TO_THE_HIGHEST = "+", "-5"


def grades_of(*texts: str) -> frozenset[str]:
    """The grades of texts: ``any``, ``3``, ``3-4``, ``3+``."""
    return frozenset(_grade(match) for text in texts for match in GRADE.finditer(text))


def forms_of(grade: str) -> frozenset[str]:
    """How texts name a grade as ``ag:grade`` has it: ``3-5`` is ``3+`` as well."""
    named = grades_of(f"grade {grade}", f"{grade} grade")
    return frozenset((*named, *map(to_the_highest, named), *map(_or_higher, named)))


def to_the_highest(grade: str) -> str:
    """A grade as ``ag:grade`` has it: ``3-5`` for ``3+``."""
    return grade.replace(OR_HIGHER, TO_THE_HIGHEST)


def _or_higher(grade: str) -> str:
    return grade.replace(TO_THE_HIGHEST, OR_HIGHER)


def _grade(match: re.Match[str]) -> str:
    if match["any"]:
        return "any"
    low = ROMAN.get(match["low"].upper(), match["low"])
    if match["high"]:
        return f"{low}-{ROMAN.get(match['high'].upper(), match['high'])}"
    is_open = match["above"] or match["least"] or match["more"]
    return f"{low}{OR_HIGHER}" if is_open else low
