"""Check the literals of the curated files: that each is what its datatype says, and can be sent.

A literal that fits no datatype is read by one tool and not by another; one that XML cannot hold
(XML 1.0, section 2.2) breaks each file in RDF/XML, and each answer in XML, that it is part of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from allograph.curated.loaded import Loaded
from allograph.curated.results import Severity, ValidationResult
from allograph.errors import Location
from allograph.namespaces import Namespaces
from allograph.rdf.lexical import DIGITS, NUMBERS, fits, number_of
from allograph.rdf.terms import Literal, value_of
from allograph.text.lines import code_point, no_xml_character

Mistakes = Callable[[str, Literal], Iterator[tuple[str, str]]]
"""What is wrong with a literal of a property (its IRI): the key of each check, and its message."""


def fitting_literals(loaded: Loaded, namespaces: Namespaces) -> Iterator[ValidationResult]:
    """The text of a literal fits its datatype, and holds nothing that XML cannot."""
    return results_of_literals(
        loaded, namespaces, lambda _property, literal: _mistakes(literal, namespaces)
    )


def results_of_literals(
    loaded: Loaded, namespaces: Namespaces, mistakes: Mistakes
) -> Iterator[ValidationResult]:
    """A violation for each mistake in a literal, at the line of its subject."""
    for path, file in loaded.files.items():
        for triple in file.triples:
            if not isinstance(triple.object, Literal):
                continue
            for check, message in mistakes(triple.predicate.value, triple.object):
                subject = value_of(triple.subject)
                yield ValidationResult(
                    at=Location(path, file.lines.get(subject)),
                    severity=Severity.VIOLATION,
                    focus_node=subject,
                    path=namespaces.compact(triple.predicate.value),
                    value=triple.object.value,
                    message=message,
                    rule=f"integrity:{check}",
                )


def _mistakes(literal: Literal, namespaces: Namespaces) -> Iterator[tuple[str, str]]:
    datatype = literal.datatype.value
    if not fits(literal.value, datatype):
        yield "literal", f"A literal fits its datatype, here {namespaces.compact(datatype)}."
    elif datatype in NUMBERS and number_of(literal.value) is None:
        yield "literal", f"A number is finite, and has at most {DIGITS} digits, as printed ones do."
    if (character := no_xml_character(literal.value)) is not None:
        said = f"A text has no character that XML cannot hold, such as {code_point(character)}"
        yield "character", f"{said}; take it away, or write what it stood for."
