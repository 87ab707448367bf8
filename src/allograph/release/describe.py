"""Describe the dataset and the service in RDF: VoID, DCAT, SPARQL service description, examples.

Everything is computed from the loaded graph and from the tables of formats and questions. No node
is blank: a part of the description is a hash IRI of its document.

VoID: https://www.w3.org/TR/void/. DCAT: https://www.w3.org/TR/vocab-dcat-3/. Service description:
https://www.w3.org/TR/sparql11-service-description/. Examples: SHACL SPARQL executables, as
https://github.com/sib-swiss/sparql-examples writes them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from allograph.namespaces import BASE, ENDPOINT, Namespaces
from allograph.questions.question import Question
from allograph.rdf.formats import FORMAT_BY_NAME, FORMATS
from allograph.rdf.sparql.tokens import form_of
from allograph.rdf.terms import Literal, NamedNode, Quad, Triple, value_of
from allograph.rdf.vocabularies import BY_PREFIX, DCTERMS, RDF
from allograph.release.exports import sorted_triples

DOCUMENT = f"{BASE}.well-known/void"
DATASET = f"{DOCUMENT}#allograph"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"

_PREFIXES = ("dcat", "dcterms", "owl", "rdf", "rdfs", "schema", "sd", "sh", "spdx", "void", "xsd")
NAMESPACES = Namespaces({prefix: BY_PREFIX[prefix] for prefix in _PREFIXES})
_DATES = {DCTERMS.created, DCTERMS.modified}


def describe_dataset(
    quads: Sequence[Quad],
    namespaces: Namespaces,
    *,
    release: str,
    issued: str,
    exports: Mapping[str, Mapping[str, Any]],
) -> list[Triple]:
    """The dataset in VoID and DCAT: counts, vocabularies, partitions and downloads."""
    triples = {quad.triple for quad in quads}
    return sorted_triples(
        [
            *_dataset(triples, release, issued),
            *_vocabularies(triples, namespaces),
            *_partitions(triples, namespaces),
            *_distributions(exports),
        ]
    )


def describe_examples(questions: Iterable[Question]) -> list[Triple]:
    """The questions as SHACL SPARQL executables."""
    return sorted_triples(triple for question in questions for triple in _example(question))


def describe_service(endpoint: str, graphs: Iterable[str]) -> list[Triple]:
    """The service at ``endpoint``: its languages, formats and named graphs."""
    dataset, default = f"{endpoint}#dataset", f"{endpoint}#default-graph"
    triples = [
        _link(endpoint, "rdf:type", "sd:Service"),
        _link(endpoint, "sd:endpoint", endpoint),
        _link(endpoint, "sd:supportedLanguage", "sd:SPARQL11Query"),
        _link(endpoint, "sd:feature", "sd:UnionDefaultGraph"),
        _link(endpoint, "sd:defaultDataset", dataset),
        _link(dataset, "rdf:type", "sd:Dataset"),
        _link(dataset, "sd:defaultGraph", default),
        _link(default, "rdf:type", "sd:Graph"),
    ]
    for format in FORMATS:
        if format.iri:
            triples.append(_link(endpoint, "sd:resultFormat", format.iri))
    for graph in graphs:
        node = f"{dataset}-{graph.removeprefix(f'{BASE}graph/').replace('/', '-')}"
        triples.append(_link(dataset, "sd:namedGraph", node))
        triples.append(_link(node, "rdf:type", "sd:NamedGraph"))
        triples.append(_link(node, "sd:name", graph))
    return sorted_triples(triples)


def date_of(quads: Iterable[Quad]) -> str:
    """The date of the youngest record: a release of the same files has the same date."""
    dates = (value_of(quad.object) for quad in quads if quad.predicate.value in _DATES)
    return max(dates, default="1970-01-01")


def _dataset(triples: set[Triple], release: str, issued: str) -> Iterator[Triple]:
    subjects = {triple.subject for triple in triples}
    yield _link(DATASET, "rdf:type", "void:Dataset")
    yield _link(DATASET, "rdf:type", "dcat:Dataset")
    yield _text(DATASET, "dcterms:title", "ALLograph")
    yield _text(
        DATASET,
        "dcterms:description",
        "What clinical studies of acute lymphoblastic leukaemia found, to whom it happened, "
        "and where it is printed.",
    )
    yield _link(DATASET, "dcterms:license", LICENCE)
    yield _link(DATASET, "dcterms:publisher", f"{BASE}organization/allograph")
    yield _typed(DATASET, "dcterms:issued", issued, "date")
    yield _text(DATASET, "owl:versionInfo", release)
    yield _link(DATASET, "void:sparqlEndpoint", ENDPOINT)
    yield _text(DATASET, "void:uriSpace", BASE)
    yield _link(DATASET, "void:exampleResource", min(map(value_of, subjects)))
    yield _count(DATASET, "void:triples", len(triples))
    yield _count(DATASET, "void:entities", len(subjects))
    yield _count(DATASET, "void:distinctSubjects", len(subjects))
    yield _count(DATASET, "void:distinctObjects", len({triple.object for triple in triples}))
    yield _count(DATASET, "void:properties", len({triple.predicate for triple in triples}))


def _vocabularies(triples: set[Triple], namespaces: Namespaces) -> Iterator[Triple]:
    terms = {triple.predicate.value for triple in triples} | set(_instances(triples))
    for _prefix, namespace in namespaces.items():
        if any(term.startswith(namespace) for term in terms):
            yield _link(DATASET, "void:vocabulary", namespace)


def _partitions(triples: set[Triple], namespaces: Namespaces) -> Iterator[Triple]:
    instances = _instances(triples)
    yield _count(DATASET, "void:classes", len(instances))
    for class_iri, count in instances.items():
        node = f"{DOCUMENT}#class-{namespaces.compact(class_iri).replace(':', '-')}"
        yield _link(DATASET, "void:classPartition", node)
        yield _link(node, "void:class", class_iri)
        yield _count(node, "void:entities", count)
    for predicate, count in Counter(triple.predicate.value for triple in triples).items():
        node = f"{DOCUMENT}#property-{namespaces.compact(predicate).replace(':', '-')}"
        yield _link(DATASET, "void:propertyPartition", node)
        yield _link(node, "void:property", predicate)
        yield _count(node, "void:triples", count)


def _instances(triples: set[Triple]) -> Counter[str]:
    return Counter(
        triple.object.value
        for triple in triples
        if triple.predicate.value == RDF.type and isinstance(triple.object, NamedNode)
    )


def _distributions(exports: Mapping[str, Mapping[str, Any]]) -> Iterator[Triple]:
    for name, file in exports.items():
        format = FORMAT_BY_NAME[name.split(".")[1]]
        url, node = f"{BASE}download/{name}", f"{DOCUMENT}#{name}"
        yield _link(DATASET, "void:dataDump", url)
        yield _link(DATASET, "dcat:distribution", node)
        yield _link(node, "rdf:type", "dcat:Distribution")
        yield _text(node, "dcterms:title", f"{format.label}{', gzip' * name.endswith('.gz')}")
        yield _link(node, "dcat:downloadURL", url)
        yield _link(node, "dcat:mediaType", _media_type(format.media_type))
        if name.endswith(".gz"):
            yield _link(node, "dcat:compressFormat", _media_type("application/gzip"))
        yield _typed(node, "dcat:byteSize", str(file["bytes"]), "nonNegativeInteger")
        yield _link(node, "spdx:checksum", f"{node}-sha256")
        yield _link(f"{node}-sha256", "spdx:algorithm", "spdx:checksumAlgorithm_sha256")
        yield _typed(f"{node}-sha256", "spdx:checksumValue", file["sha256"], "hexBinary")


def _media_type(name: str) -> str:
    return f"https://www.iana.org/assignments/media-types/{name}"


def _example(question: Question) -> Iterator[Triple]:
    node = f"{BASE}questions/{question.name}"
    form = form_of(question.text).lower() or "select"
    yield _link(node, "rdf:type", "sh:SPARQLExecutable")
    yield _link(node, "rdf:type", f"sh:SPARQL{form.title()}Executable")
    yield _link(node, "sh:prefixes", f"{BASE}prefixes")
    yield _link(node, "schema:target", ENDPOINT)
    yield Triple(NamedNode(node), _name("rdfs:comment"), Literal(question.title, language="en"))
    yield _text(node, f"sh:{form}", question.text)
    for tag in question.tags:
        yield _text(node, "schema:keywords", tag)


def _name(name: str) -> NamedNode:
    return NamedNode(NAMESPACES.expand(name) or name)


def _link(subject: str, predicate: str, value: str) -> Triple:
    return Triple(NamedNode(subject), _name(predicate), _name(value))


def _text(subject: str, predicate: str, value: str) -> Triple:
    return Triple(NamedNode(subject), _name(predicate), Literal(value))


def _typed(subject: str, predicate: str, value: str, datatype: str) -> Triple:
    return Triple(
        NamedNode(subject), _name(predicate), Literal(value, datatype=_name(f"xsd:{datatype}"))
    )


def _count(subject: str, predicate: str, value: int) -> Triple:
    return _typed(subject, predicate, str(value), "integer")
