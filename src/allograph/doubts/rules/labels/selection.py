"""People whom a label names by what they had, against what made the group.

``among responders``, ``after transplant``, ``without transplant``, ``in those in remission``,
``after a first transplant``, ``MRD positive``, ``non-responders``: a group of such people, or one
above it, was drawn by that outcome, or is called so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, pairwise

from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.words.names import OutcomeNames
from allograph.doubts.rules.words.people import Made, People, sides_of, texts_of, words_of_keys
from allograph.doubts.rules.words.printed_numbers import label_of
from allograph.doubts.rules.words.words import IN_REMISSION, KEPT, ORDINALS, PARTS, PEOPLE, tokens
from allograph.evidence import Evidence
from allograph.evidence.records import Figure, Group
from allograph.namespaces import key_of
from allograph.rdf.vocabularies import OUTCOME, RDFS

MRD = OUTCOME["mrd-negativity"]


def selections_of_labels(evidence: Evidence) -> Iterator[Doubt]:
    """A figure, or a group, whose label names people by what its group did not have, or had."""
    people, names = People(evidence), OutcomeNames(evidence)
    for figure in chain(evidence.results.values(), evidence.comparisons.values()):
        yield from _figure(evidence, figure, [people.of(side) for side in sides_of(figure)])
    for group in evidence.groups.values():
        if group.parents and group.grouping == "subgroup":
            yield from _group(group, people.of(group.iri), names)


def _figure(evidence: Evidence, figure: Figure, sides: list[Made]) -> Iterator[Doubt]:
    outcome = evidence.nodes.get(figure.outcome or "")
    if not sides or outcome is None:
        return
    own = _words_of(outcome.text(RDFS.label) or "", key_of(outcome.iri))
    for word, is_without in sorted(_people_named(label_of(figure))):
        holds = any(_lacks(side, word) if is_without else word in side.had for side in sides)
        if not holds and word not in own:
            yield _doubt(figure.iri, word, is_without, figure.label, sides_of(figure))
            return
    for text in texts_of(figure)[:2]:
        for ordinal in ORDINALS.findall(text):
            word = ordinal.lower()
            if word not in own and not any(word in side.words for side in sides):
                yield _doubt(
                    figure.iri, f"{word} transplant", False, figure.label, sides_of(figure)
                )
                return


@lru_cache(KEPT)
def _people_named(label: str) -> frozenset[tuple[str, bool]]:
    """The words that name people in a label, and whether they are people without that."""
    found = {("remission", False)} if IN_REMISSION.search(label) else set()
    _outcome, *parts = PARTS.split(label)
    for before, part in zip(parts[::2], parts[1::2], strict=True):
        words, denied = tokens(part), _denied(part)
        if "no" not in words:
            is_without = (before or "").lower() == "without"
            named = PEOPLE.intersection(words)
            found |= {(word, is_without or word in denied) for word in named}
    return frozenset(found)


@lru_cache(KEPT)
def _denied(text: str) -> frozenset[str]:
    """The words for people that a text has behind ``non``, as in ``non-responders``."""
    words = tokens(text)
    return PEOPLE.intersection(word for before, word in pairwise(words) if before == "non")


def _lacks(made: Made, word: str) -> bool:
    """Whether people did not have what a word says, as their names or what made them say."""
    return word in made.not_had or _is_drawn_without(made, word)


def _is_drawn_without(made: Made, word: str) -> bool:
    """Whether people were drawn without an outcome, or by its absence, as ``non-response``."""
    by, without = words_of_made(made)
    return word in without or by.issuperset(("non", word))


@lru_cache(KEPT)
def _words_of(label: str, key: str) -> frozenset[str]:
    return frozenset((*tokens(label), *tokens(key)))


def _group(group: Group, made: Made, names: OutcomeNames) -> Iterator[Doubt]:
    """What a group is called, against what made it; its own words prove nothing here."""
    label = label_of(group)
    words, lacked = tokens(label), (made.lacked & PEOPLE) | _denied(label)
    named = {
        word for word in PEOPLE.intersection(words) if word not in lacked and "no" not in words
    }
    if IN_REMISSION.search(label):
        named.add("remission")
    by, _without = words_of_made(made)
    for word in sorted(named):
        if word not in by:
            yield _doubt(group.iri, word, False, label, ())
            return
    for word in sorted(lacked.intersection(words)):
        if not _is_drawn_without(made, word):
            yield _doubt(group.iri, word, True, label, ())
            return
    if "mrd" in words and {"negativity", "positivity"}.intersection(words):
        is_positive = "positivity" in words
        if MRD not in (made.without if is_positive else made.by):
            yield _doubt(group.iri, "MRD negativity", is_positive, label, ())
            return
    for part in label.split(","):
        outcomes = names.exactly(part)
        if outcomes and outcomes.isdisjoint(made.by):
            yield _doubt(group.iri, part.strip(), False, label, ())
            return


def words_of_made(made: Made) -> tuple[frozenset[str], frozenset[str]]:
    """The words of the outcomes that people had, and of those that they did not have."""
    return words_of_keys(made.by), words_of_keys(made.without)


def _doubt(iri: str, word: str, is_without: bool, label: str, involved: Iterable[str]) -> Doubt:
    people = f"without {word}" if is_without else f"with {word}"
    return Doubt(
        iri, f"The label names people {people}, and the group is not of such.", label, (*involved,)
    )
