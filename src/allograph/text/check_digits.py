"""Check digits of identifiers: whether the last characters follow from the others.

CAS Registry Numbers: weighted sum, modulo 10 (https://www.cas.org/support/documentation/chemical-substances/checkdig).
ROR and LEI: ISO/IEC 7064, MOD 97-10; ROR over Crockford's base 32. ORCID: ISO/IEC 7064, MOD 11-2.
ISSN: ISO 3297, modulo 11. ISBN: ISO 2108. UNII: nine characters and a check character, which is
their sum in base 36, modulo 36. SNOMED CT: Verhoeff's dihedral check. Case does not matter, and
each function takes the form as given: what is of another form has no right check digit.
"""

from __future__ import annotations

import re

CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
_CAS = re.compile(r"[0-9]{2,7}-[0-9]{2}-[0-9]")
_ROR = re.compile(f"0[{CROCKFORD}]{{6}}[0-9]{{2}}")
_UNII = re.compile(r"[0-9a-z]{10}")
_ISSN = re.compile(r"[0-9]{4}-?[0-9]{3}[0-9x]")
_ORCID = re.compile(r"(?:[0-9]{4}-){3}[0-9]{3}[0-9x]")
_LEI = re.compile(r"[0-9a-z]{18}[0-9]{2}")
_SCTID = re.compile(r"[1-9][0-9]{5,17}")
_PERMUTATION = "1576283094"
"""Verhoeff's permutation of the digits; a place applies it once for each place behind it."""


def is_cas(text: str) -> bool:
    """Whether a CAS Registry Number, as ``50-18-0``, has its check digit."""
    if not _CAS.fullmatch(text):
        return False
    *digits, check = list(text.replace("-", ""))
    return sum(place * int(digit) for place, digit in enumerate(reversed(digits), 1)) % 10 == int(
        check
    )


def is_ror(text: str) -> bool:
    """Whether an identifier of the Research Organization Registry, as ``04twxam07``, fits."""
    text = text.lower()
    if not _ROR.fullmatch(text):
        return False
    number = 0
    for character in text[:-2]:
        number = number * len(CROCKFORD) + CROCKFORD.index(character)
    return (number * 100 + int(text[-2:])) % 97 == 1


def is_lei(text: str) -> bool:
    """Whether a Legal Entity Identifier (ISO 17442) of twenty characters fits."""
    text = text.lower()
    return bool(_LEI.fullmatch(text)) and int("".join(str(int(one, 36)) for one in text)) % 97 == 1


def is_unii(text: str) -> bool:
    """Whether a Unique Ingredient Identifier of ten characters, as ``P93RUU11P7``, fits."""
    if not _UNII.fullmatch(text.lower()):
        return False
    *others, check = (int(character, 36) for character in text)
    return sum(others) % 36 == check


def is_orcid(text: str) -> bool:
    """Whether an ORCID iD of sixteen digits in groups of four fits."""
    return bool(_ORCID.fullmatch(text.lower())) and _is_mod_11_2(text.replace("-", ""))


def is_issn(text: str) -> bool:
    """Whether an International Standard Serial Number, as ``1726-1708``, fits."""
    if not _ISSN.fullmatch(text.lower()):
        return False
    digits = [_digit(character) for character in text.replace("-", "")]
    return (
        sum(weight * digit for weight, digit in zip(range(8, 0, -1), digits, strict=True)) % 11 == 0
    )


def is_isbn(text: str) -> bool:
    """Whether an International Standard Book Number of ten or thirteen digits fits."""
    plain = re.sub("[ -]", "", text.lower())
    if re.fullmatch("[0-9]{9}[0-9x]", plain):
        return sum(place * _digit(one) for place, one in enumerate(reversed(plain), 1)) % 11 == 0
    if re.fullmatch("97[89][0-9]{10}", plain):
        return sum((1, 3)[place % 2] * int(one) for place, one in enumerate(plain)) % 10 == 0
    return False


def is_sctid(text: str) -> bool:
    """Whether a SNOMED CT identifier has Verhoeff's check digit, the last one."""
    if not _SCTID.fullmatch(text):
        return False
    check = 0
    for place, digit in enumerate(reversed(text)):
        check = _turned(check, _permuted(int(digit), place % 8))
    return check == 0


def _is_mod_11_2(text: str) -> bool:
    total = 0
    for character in text[:-1]:
        total = (total + int(character)) * 2
    return (total + _digit(text[-1])) % 11 == 1


def _digit(character: str) -> int:
    return 10 if character in "xX" else int(character)


def _turned(one: int, other: int) -> int:
    """The product of two elements of the dihedral group of ten."""
    if one < 5:
        return (one + other) % 5 if other < 5 else 5 + (one + other) % 5
    return 5 + (one - other) % 5 if other < 5 else (one - other) % 5


def _permuted(digit: int, times: int) -> int:
    for _ in range(times):
        digit = int(_PERMUTATION[digit])
    return digit
