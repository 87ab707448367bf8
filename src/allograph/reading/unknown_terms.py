"""The names in a query that stand nowhere: in no vocabulary of ours, and in no triple.

A query with a misspelt property is a good one, whose answer is empty: nothing says why. So its
names are looked up, and the nearest name that is known is told beside the answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from types import MappingProxyType
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
from allograph.rdf.store import Store
from allograph.rdf.terms import value_of
from allograph.rdf.vocabularies import AG, XSD
from allograph.reading.listing import entries
from allograph.reading.reader import Reader, expect_solutions, values
from allograph.reading.terms_in_use import terms_in_use

LONGEST_QUERY = 20_000
"""Characters of a query that is looked through; a longer one was written by a program."""
LOOKED_FOR = re.compile(r'[^<>"{}|^`\\\x00-\x20]{1,200}')
"""An IRI that is looked for: one that can be written into a query, and that a person wrote."""
MOST = 5
"""Names that are told of one query."""
CLOSE, FAR = 0.75, 0.6
"""How alike two words are, from 0 to 1: a slip, or a guess where nothing else is known."""

NOT_COUNTED: Mapping[str, int] = MappingProxyType({})

EXISTING = """
SELECT DISTINCT ?name WHERE {{
  VALUES ?name {{ {names} }}
  FILTER (EXISTS {{ ?name ?p ?o }} || EXISTS {{ ?s ?name ?o }} || EXISTS {{ ?s ?p ?name }}
    || EXISTS {{ GRAPH ?name {{ ?s ?p ?o }} }})
}}
"""


@dataclass(frozen=True)
class Name:
    """An IRI that a query names, as it is written there; and whether for a class, behind ``a``."""

    iri: str
    written: str
    is_class: bool


@dataclass(frozen=True)
class Unknown:
    """A name that stands nowhere, as it is written; why, and the nearest that is known, if any."""

    written: str
    why: str
    nearest: str

    def __str__(self) -> str:
        """As a sentence."""
        asked = f"; did you mean {self.nearest}?" if self.nearest else "."
        return f"{self.written} {self.why}{asked}"


@dataclass(frozen=True)
class Known:
    """What can be named, and by which words: ``by_word`` maps namespaces and words to IRIs.

    ``properties`` are all that are used, of other vocabularies, too, and how often.
    """

    iris: frozenset[str]
    classes: frozenset[str]
    properties: Mapping[str, int]
    by_word: Mapping[str, Mapping[str, str]]


def unknown_terms(
    reader: Reader, query: str, exist: Callable[[Sequence[str]], Iterable[str]]
) -> list[Unknown]:
    """The names of a query that stand nowhere; ``exist`` tells which of some IRIs do.

    Nothing is told of a store that is not the release: there each look would be one more query.
    """
    if len(query) > LONGEST_QUERY or not reader.is_release:
        return []
    named = {name.iri: name for name in names_in(query)}
    known = reader.once(read_known)
    unsure = [iri for iri in named if iri not in known.iris]
    found = known.iris.union(exist(unsure) if unsure else ())
    told = (told_of(name, known, found, reader.namespaces) for name in named.values())
    return [unknown for unknown in told if unknown][:MOST]


def told_of(
    name: Name, known: Known, found: Collection[str], namespaces: Namespaces
) -> Unknown | None:
    """What is told of one name of a query; nothing, if it stands where such names do."""
    is_ours = name.iri.startswith(AG)
    near = nearest_class(name.iri, known) if name.is_class and is_ours else ""
    if name.iri not in found:
        why = "is no term of the ontology" if is_ours else "stands in no triple here"
        near = near or nearest_to(name.iri, known)
    elif name.is_class and is_ours and name.iri not in known.classes:
        why = "is no class"
    else:
        return None
    return Unknown(name.written, why, namespaces.compact(near) if near else "")


def existing(names: Iterable[str]) -> str:
    """A query for those of some IRIs that stand in a triple, or name a graph."""
    return EXISTING.format(names=values(names))


def standing_in(store: Store, names: Iterable[str]) -> list[str]:
    """Those of some IRIs that stand in a store."""
    solutions = expect_solutions(store.query(existing(names)))
    return [value_of(solution["name"]) for solution in solutions]


def names_in(query: str) -> Iterator[Name]:
    """The IRIs that a query looks for: no datatype, function or service, and no template."""
    tokens = tokens_of(query)
    prefixes, base = prefixes_of(tokens), urljoin(ENDPOINT, base_of(tokens))
    body = tokens[behind_template(tokens) :]
    for before, token, after in zip([None, *body], body, [*body[1:], None], strict=False):
        is_elsewhere = before is not None and before.key in ("^^", "SERVICE", "SILENT")
        is_called = after is not None and after.text == "("
        if token.kind not in ("iri", "name") or is_elsewhere or is_called:
            continue
        if token.kind == "name" and token.text.partition(":")[0] not in prefixes:
            continue
        iri = iri_of(token, prefixes, base)
        if not iri.startswith(XSD) and LOOKED_FOR.fullmatch(iri):
            yield Name(iri, token.text, before is not None and before.key == "a")


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
    return Known(
        frozenset(called),
        frozenset(term.iri for term in terms.classes),
        {term.iri: term.used for term in terms.properties if term.used},
        by_word,
    )


def nearest_class(iri: str, known: Known) -> str:
    """The class of the ontology that was probably meant; empty where none is near."""
    classes = {split(known_one)[1].casefold(): known_one for known_one in sorted(known.classes)}
    return closest(split(iri)[1].casefold(), classes, CLOSE)


def nearest_to(iri: str, known: Known) -> str:
    """What was probably meant; empty where nothing is near."""
    namespace, local = split(iri)
    word = local.casefold()
    if not word or len(word) > LONGEST_WORD:
        return ""
    own = dict(known.by_word.get(namespace, {}))
    if namespace == AG:
        own = {split(path)[1].casefold(): path for path in known.properties} | own
    found = own.get(word) or closest(word, own, CLOSE, known.properties)
    if not found and (namespace.startswith(BASE) or namespace not in known.by_word):
        found = next((words[word] for words in known.by_word.values() if word in words), "")
    return found or closest(word, own, FAR)


def closest(
    word: str, known: Mapping[str, str], cutoff: float, used: Mapping[str, int] = NOT_COUNTED
) -> str:
    """The IRI of the known word that is most like a word; of two as like, what is used more."""
    close = get_close_matches(word, known, cutoff=cutoff)
    likeness = {each: SequenceMatcher(None, each, word).ratio() for each in close}
    best = max(close, key=lambda each: (likeness[each], used.get(known[each], 0)), default="")
    return known[best] if best else ""


def split(iri: str) -> tuple[str, str]:
    """The namespace of an IRI, and its last word."""
    end = max(iri.rfind("#"), iri.rfind("/")) + 1
    return iri[:end], iri[end:]
