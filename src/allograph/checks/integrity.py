"""Check what no shape can say: that files, names and terms fit together.

The file's name agrees with its record, every term and every IRI of ours that is used is described
somewhere, prefixes are the declared ones, and literals fit their datatypes. A check is a function
from what was loaded to results, and ``OF_A_FILE`` and ``OF_ALL`` are all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import TypeAlias

from allograph.checks.deprecated import replaced_iris, resting_iris
from allograph.checks.languages import languages_of_texts
from allograph.checks.literals import fitting_literals
from allograph.checks.placeholders import find_placeholders
from allograph.curated.derived import NEVER_WRITTEN
from allograph.curated.loaded import Loaded
from allograph.curated.results import Severity, ValidationResult
from allograph.errors import Location
from allograph.namespaces import BASE, KEY, KINDS, Namespaces
from allograph.rdf.terms import NamedNode, Triple, value_of
from allograph.rdf.vocabularies import OWL

VERSIONS = (OWL.versionIRI, OWL.priorVersion)
"""Their values name versions of the ontology, of which the files hold one."""

FileCheck: TypeAlias = Callable[[Loaded, Namespaces], Iterator[ValidationResult]]


def check_integrity(
    loaded: Loaded, namespaces: Namespaces, only: Collection[str] = ()
) -> list[ValidationResult]:
    """The results of all checks, sorted.

    With ``only``, what each file is told for itself is looked for in these files alone.
    """
    files = {path: file for path, file in loaded.files.items() if not only or path in only}
    looked_at = Loaded(files, loaded.named_graphs)
    return sorted(
        [
            *(result for check in OF_A_FILE for result in check(looked_at, namespaces)),
            *(result for check in OF_ALL for result in check(loaded, namespaces)),
        ]
    )


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
            yield _result("file-name", _at(loaded, path, subject), subject, message, found)


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
    unknown = {iri for iri in loaded.mentioned if iri.startswith(BASE) and iri not in loaded.nodes}
    for path, triple in _triples(loaded) if unknown else ():
        for term in (triple.predicate, triple.object):
            if not isinstance(term, NamedNode) or term.value not in unknown:
                continue
            if triple.predicate.value in VERSIONS:
                continue
            message = "A term or a record that is used is described in a file: is it misspelt?"
            subject, found = value_of(triple.subject), namespaces.compact(term.value)
            yield _result("described", _at(loaded, path, subject), subject, message, found)


def declared_predicates(loaded: Loaded, namespaces: Namespaces) -> Iterator[ValidationResult]:
    """The namespace of a predicate is declared, so that it can be written in every format."""
    used = {triple.predicate.value for _path, triple in _triples(loaded)}
    foreign = {predicate for predicate in used if namespaces.compact(predicate) == predicate}
    for path, triple in _triples(loaded) if foreign else ():
        if triple.predicate.value in foreign:
            message = "A predicate is of a namespace declared in ontology/prefixes.ttl."
            subject, found = value_of(triple.subject), triple.predicate.value
            yield _result("predicate", _at(loaded, path, subject), subject, message, found)


def never_written(loaded: Loaded, namespaces: Namespaces) -> Iterator[ValidationResult]:
    """What is made of numbers, doubts and sizes is not written, so that the two cannot differ."""
    for path, triple in _triples(loaded):
        if triple.predicate.value in NEVER_WRITTEN:
            message = (
                "Printed digits, keys of doubts, the arithmetic of families and how often a figure"
                " was read are worked out when a release is built: leave them out."
            )
            subject, found = value_of(triple.subject), namespaces.compact(triple.predicate.value)
            yield _result("derived", _at(loaded, path, subject), subject, message, found)


def subjects_in_column_one(loaded: Loaded, namespaces: Namespaces) -> Iterator[ValidationResult]:
    """A subject starts in column one, so that messages can name its line."""
    for path, file in loaded.files.items():
        for subject in dict.fromkeys(value_of(triple.subject) for triple in file.triples):
            if subject not in file.lines:
                message = "A subject starts in column one, so that messages can name its line."
                found = namespaces.compact(subject)
                yield _result("column-one", Location(path), subject, message, found)


OF_A_FILE: tuple[FileCheck, ...] = (
    file_names,
    declared_prefixes,
    declared_predicates,
    fitting_literals,
    languages_of_texts,
    never_written,
    subjects_in_column_one,
)
"""What a file is told for itself, whatever stands in others."""

OF_ALL: tuple[FileCheck, ...] = (
    described_iris,
    replaced_iris,
    resting_iris,
    find_placeholders,
)
"""What needs all files."""


def _triples(loaded: Loaded) -> Iterator[tuple[str, Triple]]:
    for path, file in loaded.files.items():
        for triple in file.triples:
            yield path, triple


def _at(loaded: Loaded, path: str, subject: str) -> Location:
    return Location(path, loaded.files[path].lines.get(subject))


def _result(
    check: str, at: Location, focus_node: str, message: str, value: str | None = None
) -> ValidationResult:
    return ValidationResult(
        at, Severity.VIOLATION, focus_node, None, value, message, f"integrity:{check}"
    )
