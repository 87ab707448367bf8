"""The identifiers of records: their registries, their forms and their check digits.

An identifier is a literal, as ``"UNII:P93RUU11P7"``, or the address of a match, as
``<https://ror.org/04twxam07>``. One table says what each registry looks like; a record of a
registry that it does not have is doubted, too, since a misspelt registry is found by nobody.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from allograph.doubts.rules.rule import Doubt
from allograph.evidence import Evidence
from allograph.namespaces import BASE
from allograph.rdf.nodes import Node
from allograph.rdf.vocabularies import DCTERMS, SKOS
from allograph.text.check_digits import (
    is_cas,
    is_isbn,
    is_issn,
    is_lei,
    is_orcid,
    is_ror,
    is_sctid,
    is_unii,
)


@dataclass(frozen=True)
class Registry:
    """How its identifiers look, what checks their last characters, and which records have them."""

    form: re.Pattern[str]
    fits: Callable[[str], bool] | None
    kinds: frozenset[str]


@dataclass(frozen=True)
class Identifier:
    """One identifier of one record; ``registry`` and ``value`` in lower case, ``shown`` as given.

    ``is_same`` tells an identifier of the record itself from one of something broader or narrower.
    """

    registry: str
    value: str
    shown: str
    is_same: bool


def _registry(form: str, kinds: str = "", fits: Callable[[str], bool] | None = None) -> Registry:
    return Registry(re.compile(form), fits, frozenset(kinds.split()))


REGISTRIES: Mapping[str, Registry] = {
    "atc": _registry("[A-V][0-9]{2}(?:[A-Z](?:[A-Z](?:[0-9]{2})?)?)?", "drug"),
    "cas": _registry("[0-9]{2,7}-[0-9]{2}-[0-9]", "drug", is_cas),
    "chebi": _registry("[1-9][0-9]{0,6}", "drug"),
    "chembl": _registry("CHEMBL[1-9][0-9]{0,7}", "drug target"),
    "doi": _registry(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+", "report"),
    "doid": _registry("[1-9][0-9]{0,7}", "condition outcome"),
    "drugbank": _registry("DB[0-9]{5}", "drug"),
    "efo": _registry("[0-9]{7}"),
    "ensembl": _registry("ENS[A-Z]{0,4}G[0-9]{11}", "target"),
    "grid": _registry(r"grid\.[0-9]{4,6}\.[0-9a-f]{1,2}", "organization"),
    "hgnc": _registry("[1-9][0-9]{0,4}", "target"),
    "icd10": _registry(r"[A-Z][0-9]{2}(?:\.[0-9]{1,2})?", "condition outcome"),
    "icd10cm": _registry(r"[A-Z][0-9][0-9A-Z](?:\.[0-9A-Z]{1,4})?", "condition outcome"),
    "isbn": _registry("[0-9][0-9 -]*[0-9Xx]", "report", is_isbn),
    "isin": _registry("[A-Z]{2}[0-9A-Z]{9}[0-9]", "organization"),
    "issn": _registry("[0-9]{4}-[0-9]{3}[0-9Xx]", "report", is_issn),
    "kegg": _registry("[A-Z]{1,3}[0-9]{5}"),
    "lei": _registry("[0-9A-Z]{18}[0-9]{2}", "organization", is_lei),
    "meddra": _registry("1[0-9]{7}"),
    "mesh": _registry("[CDQ][0-9]{6}(?:[0-9]{3})?(?:Q[0-9]{6})?"),
    "mondo": _registry("[0-9]{7}", "condition outcome"),
    "ncbigene": _registry("[1-9][0-9]{0,8}", "target"),
    "nct": _registry("[0-9]{8}"),
    "ncit": _registry("C[1-9][0-9]{1,6}"),
    "omim": _registry("[1-9][0-9]{5}"),
    "orcid": _registry("(?:[0-9]{4}-){3}[0-9]{3}[0-9X]", "", is_orcid),
    "orpha": _registry("[1-9][0-9]{0,6}", "condition outcome"),
    "pharmgkb": _registry("PA[1-9][0-9]{0,9}"),
    "pmcid": _registry(r"PMC[1-9][0-9]{0,8}(?:\.[0-9]+)?", "report"),
    "pmid": _registry("[1-9][0-9]{0,7}", "report"),
    "pubchem": _registry("[1-9][0-9]{0,9}", "drug"),
    "ror": _registry("0[0-9a-z]{6}[0-9]{2}", "organization", is_ror),
    "rxnorm": _registry("[1-9][0-9]{0,7}", "drug"),
    "snomedct": _registry("[1-9][0-9]{5,17}", "", is_sctid),
    "umls": _registry("C[0-9]{7}"),
    "unii": _registry("[0-9A-Z]{10}", "drug", is_unii),
    "uniprot": _registry(
        "[OPQ][0-9][A-Z0-9]{3}[0-9](?:-[0-9]+)?"
        "|[A-NR-Z][0-9](?:[A-Z][A-Z0-9]{2}[0-9]){1,2}(?:-[0-9]+)?",
        "target",
    ),
    "wikidata": _registry("Q[1-9][0-9]*"),
}
"""By the name before the colon, in lower case. The form of UniProt is its own
(https://www.uniprot.org/help/accession_numbers)."""
ADDRESSES = tuple(
    (re.compile(rf"https?://{place}(.*)"), registry)
    for place, registry in (
        (r"(?:www\.)?ror\.org/", "ror"),
        (r"(?:www\.)?orcid\.org/", "orcid"),
        (r"id\.nlm\.nih\.gov/mesh/", "mesh"),
        (r"(?:www\.)?ebi\.ac\.uk/efo/EFO_", "efo"),
        (r"purl\.obolibrary\.org/obo/NCIT_", "ncit"),
        (r"purl\.obolibrary\.org/obo/MONDO_", "mondo"),
        (r"purl\.obolibrary\.org/obo/CHEBI_", "chebi"),
        (r"purl\.obolibrary\.org/obo/DOID_", "doid"),
        (r"(?:www\.)?wikidata\.org/(?:entity|wiki)/", "wikidata"),
        (r"purl\.uniprot\.org/uniprot/", "uniprot"),
        (r"(?:dx\.)?doi\.org/", "doi"),
    )
)
"""How the address of a match is told to be one of a registry."""
MATCHES = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
IDENTIFIED = ("Drug", "Target", "Procedure", "Condition", "Organization", "Outcome", "Report")
"""The classes whose identifiers name their registry."""


def forms_of_identifiers(evidence: Evidence) -> Iterator[Doubt]:
    """An identifier of another form than its registry's, or with another check digit."""
    for node in identified(evidence):
        kind = node.iri.removeprefix(BASE).partition("/")[0]
        for identifier in identifiers_of(node):
            if (why := _mistake(identifier, kind)) is not None:
                yield Doubt(node.iri, f'"{identifier.shown}" {why}', identifier.shown)


def identified(evidence: Evidence) -> Iterator[Node]:
    """The records that may have identifiers, each once."""
    nodes = chain.from_iterable(evidence.instances(name) for name in IDENTIFIED)
    yield from {node.iri: node for node in nodes}.values()


def identifiers_of(node: Node) -> Iterator[Identifier]:
    """The identifiers of a record, literals first; those without a registry have an empty one."""
    for text in node.texts(DCTERMS.identifier):
        name, colon, value = text.partition(":")
        registry = name.lower() if colon else ""
        yield Identifier(registry, value.lower() if colon else text.lower(), text, True)
    for match in MATCHES:
        for iri in node.iris(match):
            for address, registry in ADDRESSES:
                if found := address.fullmatch(iri):
                    value = found[1].lower()
                    yield Identifier(registry, value, iri, match == SKOS.exactMatch)
                    break


def _mistake(identifier: Identifier, kind: str) -> str | None:
    """What is wrong with an identifier of a record of some kind."""
    registry = REGISTRIES.get(identifier.registry)
    if registry is None:
        return "names no registry that is known; look at the letters before the colon."
    value = identifier.shown[len(identifier.shown) - len(identifier.value) :]
    if not registry.form.fullmatch(value):
        return "has not the form of its registry."
    if registry.fits is not None and not registry.fits(value):
        return "has a wrong check digit, so a character of it is wrong."
    if registry.kinds and kind not in registry.kinds:
        return f"is of a registry for {' and '.join(sorted(registry.kinds))}."
    return None
