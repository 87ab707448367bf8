"""Find what is still to fill in: values that say TODO, as the skeletons of ``new`` do.

A text begins with TODO and then tells what to write; of a name from a list (``design:TODO``) the
message tells the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from allograph.curated.loaded import Loaded
from allograph.curated.results import Severity, ValidationResult
from allograph.errors import Location
from allograph.namespaces import BASE, Namespaces
from allograph.rdf.terms import NamedNode, value_of

TO_FILL_IN = "integrity:to-fill-in"
MOST_CHOICES = 12
_MARKS = ("TODO", "\\")
"""What is in the text of a file with something to fill in; a letter may be written as an escape."""
_TODO_TEXT = re.compile(r"TODO\b")
_TODO_NAME = re.compile(r"(?P<namespace>.*[/#])TODO")


def find_placeholders(loaded: Loaded, namespaces: Namespaces) -> Iterator[ValidationResult]:
    """A result for each value that is still to fill in."""
    for path, file in loaded.files.items():
        if not any(mark in file.text for mark in _MARKS):
            continue  # nothing of this can be in it
        for triple in file.triples:
            value = value_of(triple.object)
            is_name = isinstance(triple.object, NamedNode)
            name = _TODO_NAME.fullmatch(value) if is_name else None
            if not name and (is_name or not _TODO_TEXT.match(value)):
                continue
            choices = _choices(name["namespace"], loaded, namespaces) if name else ""
            subject = value_of(triple.subject)
            predicate = namespaces.compact(triple.predicate.value)
            yield ValidationResult(
                at=Location(path, file.lines.get(subject)),
                severity=Severity.VIOLATION,
                focus_node=subject,
                path=predicate,
                value=namespaces.compact(value),
                message=f"{predicate} is still to fill in.{choices}",
                rule=TO_FILL_IN,
            )


def _choices(namespace: str, loaded: Loaded, namespaces: Namespaces) -> str:
    """What can stand there: the members of a list, or where the records are."""
    known = sorted(
        {
            namespaces.compact(iri)
            for file in loaded.files.values()
            for iri in file.lines
            if iri.startswith(namespace) and "#" not in iri[len(namespace) :]
        }
    )
    if not known or not namespace.startswith(BASE):
        return ""
    if len(known) > MOST_CHOICES:
        folder = loaded.location(namespaces.expand(known[0]) or "").path.rpartition("/")[0]
        return f" Choose one of {folder}/, as in {known[0]}, or make one: allograph new."
    return f" Choose one of {', '.join(known)}."
