"""Slips of identifiers: a digit, two that change places, and those of another record.

A check digit, another record, a label or an address that repeats it are in the graph; some are
printed in a held text; of the others only the registry knows. The check character of a UNII is a
plain sum, which two digits that change places leave as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from allograph.rdf.terms import Term, Triple, value_of
from allograph.rdf.vocabularies import AG, DCTERMS, SKOS
from mutations.ground import Ground
from mutations.slip import Holds, Slip, like, swapped

CHECKED = re.compile(r"^(?:CAS:|UNII:|SNOMEDCT:|https://(?:orcid|ror)\.org/).*")
NAMES = (DCTERMS.identifier, AG.orcid, SKOS.exactMatch)
ADDRESSES = (DCTERMS.source,)
PLAIN_SUM = "UNII:"


def slips(ground: Ground) -> Iterator[Slip]:
    """Every slip of these kinds."""
    of_others = _by_prefix(ground)
    for path, file in ground.loaded.files.items():
        for triple in file.triples if path.startswith("graph/") else ():
            if triple.predicate.value in (*NAMES, *ADDRESSES):
                yield from _digits(ground, path, triple)
            if triple.predicate.value == DCTERMS.identifier:
                yield from _of_another(path, triple, of_others)
        yield from _of_authors(ground, path)


def _digits(ground: Ground, path: str, triple: Triple) -> Iterator[Slip]:
    text = value_of(triple.object)
    digits = [place for place, letter in enumerate(text) if letter.isdigit()]
    if not digits:
        return
    number = re.sub(r"^(?:[A-Za-z]+:|https?://[^/]+/)", "", text)
    known = ground.by(path, triple, number)
    by = Holds.GRAPH if CHECKED.match(text) else known
    place = digits[len(digits) // 2]
    wrong = f"{text[:place]}{(int(text[place]) + 1) % 10}{text[place + 1 :]}"
    yield swapped("identifier", path, triple, like(triple.object, wrong), by)
    for left, right in pairwise(digits):
        if right == left + 1 and text[left] != text[right]:
            wrong = f"{text[:left]}{text[right]}{text[left]}{text[right + 1 :]}"
            by = known if text.startswith(PLAIN_SUM) else by
            yield swapped("identifier", path, triple, like(triple.object, wrong), by)
            return


Places = dict[tuple[str, str], list[tuple[str, Triple]]]


def _by_prefix(ground: Ground) -> Places:
    """The identifiers of each kind of record and each registry."""
    found: Places = {}
    for path, file in ground.loaded.files.items():
        for triple in file.triples if path.startswith("graph/") else ():
            if triple.predicate.value == DCTERMS.identifier:
                prefix = value_of(triple.object).partition(":")[0]
                found.setdefault((path.split("/")[1], prefix), []).append((path, triple))
    return found


def _of_another(path: str, triple: Triple, of_others: Places) -> Iterator[Slip]:
    """What another record is called is in the other record; exchanged, in no third place."""
    prefix = value_of(triple.object).partition(":")[0]
    for other_path, other in of_others[path.split("/")[1], prefix]:
        if other_path != path and other.object != triple.object:
            kind = "identifier of another"
            yield swapped(kind, path, triple, other.object, Holds.GRAPH)
            back = swapped(kind, other_path, other, triple.object, Holds.READER)
            instead = ((triple, other.object),)
            kind = "identifiers exchanged"
            yield Slip(kind, path, instead, Holds.READER, rest=(back,))
            return


def _of_authors(ground: Ground, path: str) -> Iterator[Slip]:
    """Two authors, each with the ORCID or the place of the other: the text prints both."""
    for name, kind in ((AG.orcid, "identifiers exchanged"), (AG.position, "authors exchanged")):
        triples = [each for each in ground.loaded.files[path].triples if each[1].value == name]
        for one, other in zip(triples[::2], triples[1::2], strict=False):
            instead: tuple[tuple[Triple, Term], ...] = ((one, other.object), (other, one.object))
            is_read = all(value_of(each.subject) in ground.spans for each in (one, other))
            yield Slip(kind, path, instead, Holds.TEXT if is_read else Holds.READER)
