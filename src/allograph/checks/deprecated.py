"""Check what is no longer used: it stays described, leads to what took its place, and rests there.

An IRI of ours that was once released never disappears (CONTRIBUTING.md, "What is a promise"): it
is ``owl:deprecated``, and ``dcterms:isReplacedBy`` what is used instead.
"""

from __future__ import annotations

from collections.abc import Iterator

from allograph.curated.loaded import Loaded
from allograph.curated.results import Severity, ValidationResult
from allograph.namespaces import BASE, Namespaces
from allograph.rdf.nodes import Node
from allograph.rdf.terms import Literal, NamedNode, Term, value_of
from allograph.rdf.vocabularies import DCTERMS, OWL, RDFS, SKOS

REPLACED_BY = DCTERMS.isReplacedBy


def replaced_iris(loaded: Loaded, namespaces: Namespaces) -> Iterator[ValidationResult]:
    """A deprecated IRI has one replacement, which is another; nothing else has one."""
    for node in [*loaded.nodes.having(OWL.deprecated), *loaded.nodes.having(REPLACED_BY)]:
        if message := _mistake(loaded, node):
            found = ", ".join(map(namespaces.compact, node.texts(REPLACED_BY)))
            yield _result(loaded, node.iri, message, found or None)


def resting_iris(loaded: Loaded, namespaces: Namespaces) -> Iterator[ValidationResult]:
    """Nothing refers to a deprecated IRI any more."""
    resting = loaded.mentioned & {node.iri for node in loaded.nodes.having(OWL.deprecated)}
    if not resting:
        return
    for file in loaded.files.values():
        for subject, predicate, object_ in file.triples:
            for term in (predicate, object_):
                if isinstance(term, NamedNode) and term.value in resting:
                    message = (
                        "What is deprecated is referred to no more:"
                        " name what it is replaced by, dcterms:isReplacedBy."
                    )
                    found = namespaces.compact(term.value)
                    yield _result(loaded, value_of(subject), message, found)


def _mistake(loaded: Loaded, node: Node) -> str | None:
    """What is wrong with the way in which an IRI is deprecated."""
    replacements = node.iris(REPLACED_BY)
    if node.texts(OWL.deprecated) != ["true"]:
        return "What is replaced is deprecated: owl:deprecated true, once."
    if not node.iri.startswith(BASE):
        return "Only an IRI of ours is deprecated here."
    if len(node.texts(REPLACED_BY)) != 1 or not replacements:
        return "What is deprecated names the one IRI that is used instead, dcterms:isReplacedBy."
    if replacements[0] == node.iri or replacements[0] not in loaded.nodes:
        return "What is used instead of a deprecated IRI is another one, described in some file."
    if not node.texts(RDFS.label):
        return "What is deprecated keeps its label, so that who meets it knows what it was."
    if not all(map(_is_english, (*node.all(RDFS.label), *node.all(SKOS.changeNote)))):
        return 'What is said of what is deprecated is in English, as in "CD22"@en.'
    return None


def _is_english(term: Term) -> bool:
    return isinstance(term, Literal) and term.language == "en"


def _result(loaded: Loaded, iri: str, message: str, value: str | None) -> ValidationResult:
    return ValidationResult(
        loaded.location(iri),
        Severity.VIOLATION,
        iri,
        None,
        value,
        message,
        "integrity:deprecated",
    )
