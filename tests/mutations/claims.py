"""Slips of words: a claim turned round, words of a label exchanged, and tags of language.

A claim is contradicted by the text where its span prints the word that was turned round. A word of
a label is contradicted by the printed form, by the key, the outcome or the group: the graph; or by
its span. What is printed nowhere is for a reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from allograph.rdf.terms import Literal, Triple, value_of
from allograph.rdf.vocabularies import AG, RDF, RDFS, SKOS
from mutations.ground import Ground
from mutations.slip import Holds, Slip, like, swapped

OPPOSITES = (
    ("better", "worse"), ("higher", "lower"), ("longer", "shorter"), ("more", "less"),
    ("improved", "worsened"), ("effective", "ineffective"), ("superior", "inferior"),
    ("benefit", "harm"), ("safe", "unsafe"), ("good", "poor"), ("low", "high"), ("small", "large"),
    ("encouraging", "discouraging"), ("optimal", "inferior"), ("hard", "easy"),
    ("best", "worst"), ("was not", "was"), ("can be", "cannot be"), ("well", "badly"),
)  # fmt: skip
EXCHANGED = (
    ("with", "without"), ("before", "after"), ("negative", "positive"), ("first", "second"),
    ("Responders", "Non-responders"), ("adults", "children"), ("early", "late"),
    ("in the marrow", "outside the marrow"), ("death", "survival"),
    ("Complete", "Partial"), ("1-year", "2-year"), ("Allogeneic", "Autologous"),
)  # fmt: skip
LABELLED = ("StudyGroup", "Proportion", "Count", "ProbabilityAtTime", "TimeToEvent", "Comparison")
TAGS = {RDFS.label: "de", SKOS.altLabel: "em", SKOS.definition: "de", RDFS.comment: "fr"}


def slips(ground: Ground) -> Iterator[Slip]:
    """Every slip of these kinds."""
    for path, file in ground.loaded.files.items():
        for triple in file.triples if path.startswith("graph/") else ():
            yield from _language(path, triple)
            if triple.predicate.value == RDFS.label:
                yield from _claim(ground, path, triple)
                yield from _label(ground, path, triple)


def _language(path: str, triple: Triple) -> Iterator[Slip]:
    """Labels are in English, and a tag is one of those that are registered."""
    wrong = TAGS.get(triple.predicate.value)
    if wrong and isinstance(triple.object, Literal) and triple.object.language == "en":
        other = Literal(triple.object.value, language=wrong)
        yield swapped("language tag", path, triple, other, Holds.GRAPH)


def _claim(ground: Ground, path: str, triple: Triple) -> Iterator[Slip]:
    if AG.Claim not in ground.node(triple.subject).texts(RDF.type):
        return
    span = ground.spans.get(value_of(triple.subject), "")
    for one, other, turned in _turned(OPPOSITES, value_of(triple.object)):
        is_printed = _has(span, one) and not _has(span, other)
        by = Holds.TEXT if is_printed else Holds.READER
        yield swapped("claim turned round", path, triple, like(triple.object, turned), by)


def _label(ground: Ground, path: str, triple: Triple) -> Iterator[Slip]:
    node = ground.node(triple.subject)
    classes = {name.rpartition("#")[2] for name in node.texts(RDF.type)}
    if not classes & set(LABELLED):
        return
    key = value_of(triple.subject).rpartition("#")[2].replace("-", " ")
    kept = " ".join([key, *node.texts("reportedAs")])
    span = ground.spans.get(value_of(triple.subject), "")
    for one, other, turned in _turned(EXCHANGED, value_of(triple.object)):
        by = Holds.READER
        if _has(kept, one) and not _has(kept, other):
            by = Holds.GRAPH
        elif _has(span, one) and not _has(span, other):
            by = Holds.TEXT
        yield swapped("words of a label", path, triple, like(triple.object, turned), by)


def _turned(pairs: tuple[tuple[str, str], ...], text: str) -> Iterator[tuple[str, str, str]]:
    """A word, its opposite, and the text with the opposite, for each pair that the text has."""
    for one, other in (*pairs, *((second, first) for first, second in pairs)):
        turned = re.sub(rf"(?<![\w-]){one}(?![\w-])", other, text, count=1)
        if turned != text and not _has(text, other):
            yield one, other, turned


def _has(text: str, word: str) -> bool:
    return bool(re.search(rf"(?<![\w-]){word}(?![\w-])", text, re.IGNORECASE))
