"""The names in a query that stand nowhere: in no vocabulary of ours, and in no triple.

A query with a misspelt property is a good one, whose answer is empty: nothing says why. So its
names are looked up, and the nearest name that is known is told beside the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import urljoin

from allograph.errors import LONGEST_WORD
from allograph.namespaces import BASE, ENDPOINT, Namespaces
from allograph.rdf.sparql.refusals import iri_of
from allograph.rdf.sparql.tokens import (
    Token,
    base_of,
    behind_prologue,
    prefixes_of,
    tokens_of,
)
from allograph.rdf.vocabularies import AG, XSD
from allograph.reading.listing import entries
from allograph.reading.reader import Reader, values
from allograph.reading.terms_in_use import terms_in_use

LONGEST_QUERY = 20_000
"""Characters of a query that is looked through; a longer one was written by a program."""
MOST = 5
"""Names that are told of one query."""
CLOSE = 0.75

EXISTING = """
SELECT DISTINCT ?name WHERE {{
  VALUES ?name {{ {names} }}
  FILTER (EXISTS {{ ?name ?p ?o }} || EXISTS {{ ?s ?name ?o }} || EXISTS {{ ?s ?p ?name }}
    || EXISTS {{ GRAPH ?name {{ ?s ?p ?o }} }})
}}
"""


@dataclass(frozen=True)
class Unknown:
    """A name that stands nowhere, as it is written, and the nearest that is known, if any."""

    written: str
    nearest: str
    is_ours: bool

    def __str__(self) -> str:
        """As a sentence."""
        where = "is no term of the ontology" if self.is_ours else "stands in no triple here"
        asked = f"; did you mean {self.nearest}?" if self.nearest else "."
        return f"{self.written} {where}{asked}"


@dataclass(frozen=True)
class Known:
    """What can be named, and by which words: ``by_word`` maps namespaces and words to IRIs."""

    iris: frozenset[str]
    by_word: Mapping[str, Mapping[str, str]]


def unknown_terms(
    reader: Reader, query: str, exist: Callable[[Sequence[str]], Iterable[str]]
) -> list[Unknown]:
    """The names of a query that stand nowhere; ``exist`` tells which of some IRIs do.

    Nothing is told of a store that is not the release: there each look would be one more query.
    """
    if len(query) > LONGEST_QUERY or not reader.is_release:
        return []
    named = {iri: token.text for iri, token in names_in(query)}
    known = reader.once(read_known)
    unsure = [iri for iri in named if iri not in known.iris]
    found = set(exist(unsure)) if unsure else set()
    return [
        Unknown(named[iri], nearest_to(iri, known, reader.namespaces), iri.startswith(AG))
        for iri in unsure
        if iri not in found
    ][:MOST]


def existing(names: Iterable[str]) -> str:
    """A query for those of some IRIs that stand in a triple, or name a graph."""
    return EXISTING.format(names=values(names))


def names_in(query: str) -> Iterator[tuple[str, Token]]:
    """The IRIs that a query looks for: no datatypes, no functions, and not what it constructs."""
    tokens = tokens_of(query)
    prefixes, base = prefixes_of(tokens), urljoin(ENDPOINT, base_of(tokens))
    body = tokens[behind_template(tokens) :]
    for before, token, after in zip([None, *body], body, [*body[1:], None], strict=False):
        is_datatype = before is not None and before.text == "^^"
        is_called = after is not None and after.text == "("
        if token.kind not in ("iri", "name") or is_datatype or is_called:
            continue
        if token.kind == "name" and token.text.partition(":")[0] not in prefixes:
            continue
        iri = iri_of(token, prefixes, base)
        if not iri.startswith(XSD):
            yield iri, token


def behind_template(tokens: Sequence[Token]) -> int:
    """The index behind the prologue, and behind the template of a CONSTRUCT."""
    start = behind_prologue(tokens)
    if [each.key for each in tokens[start : start + 2]] != ["CONSTRUCT", "{"]:
        return start
    depth = 0
    for index in range(start + 1, len(tokens)):
        depth += {"{": 1, "}": -1}.get(tokens[index].text, 0)
        if depth == 0:
            return index + 1
    return len(tokens)


def read_known(reader: Reader) -> Known:
    """Gather classes, properties, records and concepts, with what each is called."""
    terms = terms_in_use(reader)
    called = {term.iri: [term.label] for term in (*terms.classes, *terms.properties)}
    called |= {entry.iri: [entry.label, *entry.synonyms] for entry in entries(reader)}
    by_word: dict[str, dict[str, str]] = {}
    for iri in sorted(called):
        namespace, local = split(iri)
        words = by_word.setdefault(namespace, {})
        words[local.casefold()] = iri
        for label in called[iri]:
            words.setdefault(label.casefold().replace(" ", "-"), iri)
    return Known(frozenset(called), by_word)


def nearest_to(iri: str, known: Known, namespaces: Namespaces) -> str:
    """The short name of what was probably meant; empty where nothing is near."""
    namespace, local = split(iri)
    word = local.casefold()
    if not word or len(word) > LONGEST_WORD:
        return ""
    own = known.by_word.get(namespace, {})
    found = own.get(word) or closest(word, own, CLOSE)
    if not found and (namespace.startswith(BASE) or namespace not in known.by_word):
        found = next((words[word] for words in known.by_word.values() if word in words), "")
    found = found or closest(word, own, 0.6)
    return namespaces.compact(found) if found else ""


def closest(word: str, known: Mapping[str, str], cutoff: float) -> str:
    """The IRI of the known word that is most like a word."""
    close = get_close_matches(word, known, n=1, cutoff=cutoff)
    return known[close[0]] if close else ""


def split(iri: str) -> tuple[str, str]:
    """The namespace of an IRI, and its last word."""
    end = max(iri.rfind("#"), iri.rfind("/")) + 1
    return iri[:end], iri[end:]
