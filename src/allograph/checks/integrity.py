"""Check what no shape can say: that files, names and terms fit together.

The file's name agrees with its record, every term and every IRI of ours that is used is described
somewhere, prefixes are the declared ones, and literals fit their datatypes. A check is a function
from what was loaded to results, and ``CHECKS`` is all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from allograph.checks.languages import languages_of_texts
from allograph.checks.literals import fitting_literals
from allograph.checks.placeholders import find_placeholders
from allograph.curated.loaded import Loaded
from allograph.curated.results import Severity, ValidationResult
from allograph.errors import Location
from allograph.namespaces import BASE, KEY, KINDS, Namespaces
from allograph.rdf.terms import NamedNode, Triple, value_of

FileCheck: TypeAlias = Callable[[Loaded, Namespaces], Iterator[ValidationResult]]


def check_integrity(loaded: Loaded, namespaces: Namespaces) -> list[ValidationResult]:
    """The results of all checks, sorted."""
    return sorted(result for check in CHECKS for result in check(loaded, namespaces))


def file_names(loaded: Loaded, namespaces: Namespaces) -> Iterator[ValidationResult]:
    """A file of the graph describes the one record that it is named for, and its parts."""
    for path, file in loaded.files.items():
        if not path.startswith("graph/"):
            continue
        _graph, kind, name = path.split("/")
        key = name.removesuffix(".ttl")
        if kind not in KINDS:
            message = f"A folder of graph/ is a kind: one of {', '.join(KINDS)}."
            yield _result("file-name", Location(path), path, message, kind)
            continue
        if not KEY.fullmatch(key):
            message = 'A key is written in lower case with hyphens, as in "ino-vate".'
            yield _result("file-name", Location(path), path, message, key)
        record = f"{BASE}{kind}/{key}"
        subjects = dict.fromkeys(value_of(triple.subject) for triple in file.triples)
        if record not in subjects:
            message = f"A file describes the record that it is named for, here {kind}:{key}."
            yield _result("file-name", Location(path, 1), record, message)
        for subject in subjects:
            if subject in (record, loaded.named_graphs[path]) or subject.startswith(f"{record}#"):
                continue
            message = f"A file describes one record and its parts, here {kind}:{key} and #parts."
            found = namespaces.compact(subject)
            yield _result("file-name", loaded.location(subject), subject, message, found)


def declared_prefixes(loaded: Loaded, namespaces: Namespaces) -> Iterator[ValidationResult]:
    """A prefix means the same everywhere; only the empty one is each file's own."""
    declared = dict(namespaces.items())
    for path, file in loaded.files.items():
        for prefix, namespace in file.prefixes.items():
            if prefix and declared.get(prefix) != namespace:
                message = f"The prefix {prefix}: is declared in ontology/prefixes.ttl, and so used."
                yield _result("prefix", Location(path, 1), path, message, namespace)


def described_iris(loaded: Loaded, namespaces: Namespaces) -> Iterator[ValidationResult]:
    """An IRI below the base, a term or a record, is described in some file."""
    described = {value_of(triple.subject) for _path, triple in _triples(loaded)}
    for path, triple in _triples(loaded):
        for term in (triple.predicate, triple.object):
            if not isinstance(term, NamedNode) or not term.value.startswith(BASE):
                continue
            if term.value in described:
                continue
            message = "A term or a record that is used is described in a file: is it misspelt?"
            at = _at(loaded, path, triple)
            yield _result(
                "described", at, value_of(triple.subject), message, namespaces.compact(term.value)
            )


def declared_predicates(loaded: Loaded, namespaces: Namespaces) -> Iterator[ValidationResult]:
    """The namespace of a predicate is declared, so that it can be written in every format."""
    for path, triple in _triples(loaded):
        if namespaces.compact(triple.predicate.value) == triple.predicate.value:
            message = "A predicate is of a namespace declared in ontology/prefixes.ttl."
            at, found = _at(loaded, path, triple), triple.predicate.value
            yield _result("predicate", at, value_of(triple.subject), message, found)


def subjects_in_column_one(loaded: Loaded, namespaces: Namespaces) -> Iterator[ValidationResult]:
    """A subject starts in column one, so that messages can name its line."""
    for path, file in loaded.files.items():
        for subject in dict.fromkeys(value_of(triple.subject) for triple in file.triples):
            if subject not in file.lines:
                message = "A subject starts in column one, so that messages can name its line."
                found = namespaces.compact(subject)
                yield _result("column-one", Location(path), subject, message, found)


CHECKS: tuple[FileCheck, ...] = (
    file_names,
    declared_prefixes,
    described_iris,
    declared_predicates,
    fitting_literals,
    languages_of_texts,
    subjects_in_column_one,
    find_placeholders,
)


def _triples(loaded: Loaded) -> Iterator[tuple[str, Triple]]:
    for path, file in loaded.files.items():
        for triple in file.triples:
            yield path, triple


def _at(loaded: Loaded, path: str, triple: Triple) -> Location:
    return Location(path, loaded.files[path].lines.get(value_of(triple.subject)))


def _result(
    check: str, at: Location, focus_node: str, message: str, value: str | None = None
) -> ValidationResult:
    return ValidationResult(
        at, Severity.VIOLATION, focus_node, None, value, message, f"integrity:{check}"
    )
