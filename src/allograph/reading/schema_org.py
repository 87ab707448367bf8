"""Say to search engines what a record is: schema.org as JSON-LD, in the head of its page.

Types and properties are those of https://schema.org, only where they are true of the record; what
schema.org has no word for stays in the record's RDF.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from allograph.namespaces import BASE
from allograph.rdf.nodes import Node
from allograph.rdf.vocabularies import DCTERMS, RDF, SKOS
from allograph.reading.record import RecordView
from allograph.reading.registers import register_address

Json = dict[str, object]

CONTEXT = "https://schema.org"
RANDOMISED = f"{BASE}design/randomised-trial"
TRIALS = frozenset({RANDOMISED, f"{BASE}design/controlled-trial", f"{BASE}design/single-arm-trial"})
REPORT_TYPES = {
    "http://purl.org/spar/fabio/JournalArticle": "ScholarlyArticle",
    "http://purl.org/spar/fabio/Abstract": "ScholarlyArticle",
    "http://purl.org/spar/fabio/NewsItem": "NewsArticle",
    "http://purl.org/spar/fabio/WebPage": "WebPage",
}


def structured_data(kind: str, view: RecordView) -> Json:
    """Describe a record in the words of schema.org; a concept of a closed list is a term."""
    record = view.record
    describe = DESCRIBED.get(kind, _term)
    about: Json = {
        "@context": CONTEXT,
        "@id": record.iri,
        "url": record.iri,
        "name": view.names.label(record.iri),
        "alternateName": record.texts(SKOS.altLabel),
        "description": record.value(SKOS.definition),
        "identifier": identifiers(record),
        "sameAs": record.iris(SKOS.exactMatch),
        **describe(record, view),
    }
    return {name: value for name, value in about.items() if value}


def identifiers(record: Node) -> list[Json]:
    """Write identifiers as pairs of register and number, with an address where there is one."""
    pairs = []
    for text in record.texts(DCTERMS.identifier):
        register, _, number = text.partition(":")
        pair: Json = {"@type": "PropertyValue", "propertyID": register, "value": number}
        if address := register_address(text):
            pair["url"] = address
        pairs.append(pair)
    return pairs


def _named(type: str, iris: Sequence[str], view: RecordView) -> list[Json]:
    return [{"@type": type, "@id": iri, "name": view.names.label(iri)} for iri in iris]


def _study(record: Node, view: RecordView) -> Json:
    designs = record.iris("design")
    return {
        "@type": "MedicalStudy" if TRIALS.isdisjoint(designs) else "MedicalTrial",
        "trialDesign": f"{CONTEXT}/RandomizedTrial" if RANDOMISED in designs else "",
        "healthCondition": _named("MedicalCondition", record.iris("condition"), view),
        "identifier": _registrations(view),
        "subjectOf": _named("CreativeWork", view.incoming.get("ag:reports", []), view),
    }


def _lead(record: Node, view: RecordView) -> Json:
    randomised = RANDOMISED in record.iris("design")
    return {
        "@type": "MedicalTrial",
        "trialDesign": f"{CONTEXT}/RandomizedTrial" if randomised else "",
        "healthCondition": _named("MedicalCondition", record.iris("condition"), view),
        "identifier": _registrations(view),
    }


def _registrations(view: RecordView) -> list[Json]:
    entries = (
        {
            "@type": "PropertyValue",
            "value": entry.value(DCTERMS.identifier),
            "url": entry.value(DCTERMS.source),
        }
        for entry in view.parts_of("ag:RegistryRecord")
    )
    return [{name: value for name, value in entry.items() if value} for entry in entries]


def _drug(record: Node, view: RecordView) -> Json:
    targets = " and ".join(map(view.names.label, record.iris("binds")))
    return {
        "@type": "Drug",
        "mechanismOfAction": f"binds {targets}" if targets else "",
        "manufacturer": _named("Organization", record.iris("maker"), view),
    }


def _regimen(record: Node, view: RecordView) -> Json:
    return {"@type": "MedicalTherapy", "drug": _named("Drug", record.iris("drug"), view)}


def _report(record: Node, view: RecordView) -> Json:
    types = [REPORT_TYPES[iri] for iri in record.iris(RDF.type) if iri in REPORT_TYPES]
    journal = record.value("journal")
    return {
        "@type": types or "CreativeWork",
        "headline": record.value(DCTERMS["title"]),
        "author": [
            {"@type": "Person", "name": view.names.label(author.iri)}
            for author in view.parts_of("ag:Authorship")
        ],
        "datePublished": record.value(DCTERMS.issued),
        "isPartOf": {"@type": "Periodical", "name": journal}
        if journal and types != ["WebPage"]
        else "",
        "about": _named("MedicalStudy", record.iris("reports"), view),
        "isBasedOn": record.iris("basedOn"),
        "citation": record.iris("cites"),
        "creativeWorkStatus": "Retracted" if _is_retracted(view) else "",
    }


def _is_retracted(view: RecordView) -> bool:
    kinds = (notice.key("noticeKind") for notice in view.parts_of("ag:Notice"))
    return "retraction" in kinds


def _organization(record: Node, _view: RecordView) -> Json:
    place = {"addressLocality": record.value("city"), "addressCountry": record.value("country")}
    known = {name: value for name, value in place.items() if value}
    return {
        "@type": "Organization",
        "address": {"@type": "PostalAddress", **known} if known else "",
    }


def _term(record: Node, _view: RecordView) -> Json:
    return {"@type": "DefinedTerm", "inDefinedTermSet": record.iris(SKOS.inScheme)}


def _only(type: str) -> Callable[[Node, RecordView], Json]:
    return lambda _record, _view: {"@type": type}


DESCRIBED: dict[str, Callable[[Node, RecordView], Json]] = {
    "study": _study,
    "report": _report,
    "drug": _drug,
    "regimen": _regimen,
    "target": _only("BioChemEntity"),
    "procedure": _only("MedicalProcedure"),
    "condition": _only("MedicalCondition"),
    "outcome": _term,
    "organization": _organization,
    "family": _term,
    "reading": _only("CreativeWork"),
    "lead": _lead,
    "lookup": _only("CreativeWork"),
    "discrepancy": _term,
    "judgement": _only("CreativeWork"),
}
