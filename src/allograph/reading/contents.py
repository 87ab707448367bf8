"""Say in words what the release holds: what its VoID description counts, and whom it links to.

VoID: https://www.w3.org/TR/void/. Read once for each release.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from allograph.namespaces import BASE
from allograph.rdf.vocabularies import VOID
from allograph.reading.counted import classes_used, description, properties_used
from allograph.reading.names import Names, names_in
from allograph.reading.reader import Reader, text
from allograph.release.describe import DATASET

TOTALS = ("triples", "entities", "distinctObjects", "properties", "classes")

# Other datasets whose IRIs share a host, by the beginning of their IRIs.
DATASETS = {
    "http://purl.obolibrary.org/obo/NCIT_": "NCI Thesaurus",
    "http://purl.obolibrary.org/obo/MONDO_": "Mondo disease ontology",
    "http://purl.obolibrary.org/obo/STATO_": "STATO",
    "http://purl.obolibrary.org/obo/OBI_": "OBI",
    "http://id.nlm.nih.gov/mesh/": "MeSH",
    "http://www.ebi.ac.uk/efo/": "Experimental Factor Ontology",
    "http://www.w3.org/ns/prov#": "PROV-O",
    "http://www.w3.org/ns/oa#": "Web Annotation",
    "http://purl.org/spar/": "SPAR ontologies",
    "https://schema.org/": "schema.org",
    "https://ror.org/": "Research Organization Registry",
    "https://doi.org/": "DOI",
    "https://pubmed.ncbi.nlm.nih.gov/": "PubMed",
    "https://clinicaltrials.gov/": "ClinicalTrials.gov",
    "https://www.clinicaltrialsregister.eu/": "EU Clinical Trials Register",
}

LINKS = f"""
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?property ?target WHERE {{
  VALUES ?property {{
    skos:exactMatch skos:closeMatch skos:broadMatch skos:narrowMatch skos:relatedMatch
    dcterms:source rdfs:seeAlso
  }}
  ?node ?property ?target .
  FILTER (isIRI(?target) && !STRSTARTS(STR(?target), "{BASE}"))
}}
"""


@dataclass(frozen=True)
class Contents:
    """What a release holds: totals by name, and the rest as pairs of an IRI or name and a count.

    ``links`` counts, for each other dataset, the links to it by their property.
    """

    totals: dict[str, int]
    classes: list[tuple[str, int]]
    properties: list[tuple[str, int]]
    vocabularies: list[str]
    links: list[tuple[str, dict[str, int]]]
    names: Names


def contents(reader: Reader) -> Contents:
    """What the release holds."""
    return reader.once(read_contents)


def read_contents(reader: Reader) -> Contents:
    """Read the counts from the VoID description, and the links from the graph."""
    dataset = description(reader).of(DATASET)
    classes, properties = most_first(classes_used(reader)), most_first(properties_used(reader))
    return Contents(
        totals={name: int(dataset.value(VOID[name])) for name in TOTALS},
        classes=classes,
        properties=properties,
        vocabularies=sorted(dataset.texts(VOID.vocabulary)),
        links=links(reader),
        names=names_in(reader, [], *(iri for iri, _count in (*classes, *properties))),
    )


def most_first(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """What was counted, the commonest first."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def links(reader: Reader) -> list[tuple[str, dict[str, int]]]:
    """Count the links to each other dataset, those with the most links first."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in reader.select(LINKS):
        counts[dataset_of(text(row, "target"))][text(row, "property")] += 1
    ordered = sorted(counts.items(), key=lambda item: (-item[1].total(), item[0]))
    return [(name, dict(of_dataset.most_common())) for name, of_dataset in ordered]


def dataset_of(iri: str) -> str:
    """The name of the dataset that an IRI belongs to, or its host."""
    for beginning, name in DATASETS.items():
        if iri.startswith(beginning):
            return name
    return urlsplit(iri).hostname or iri
