"""Say to search engines what a record is: schema.org as JSON-LD, in the head of its page.

Types and properties are those of https://schema.org, only where they are true of the record; what
schema.org has no word for stays in the record's RDF.
"""

from collections.abc import Callable

from allograph.namespaces import BASE
from allograph.web.description import Node
from allograph.web.record_view import RecordView
from allograph.web.registers import register_address

Json = dict[str, object]

CONTEXT = "https://schema.org"
RANDOMISED = f"{BASE}design/randomised-trial"
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
        "alternateName": texts(record, "skos:altLabel"),
        "description": record.text("skos:definition"),
        "identifier": identifiers(record),
        "sameAs": record.iris("skos:exactMatch"),
        **describe(record, view),
    }
    return {name: value for name, value in about.items() if value}


def identifiers(record: Node) -> list[Json]:
    """Write identifiers as pairs of register and number, with an address where there is one."""
    pairs = []
    for text in texts(record, "dcterms:identifier"):
        register, _, number = text.partition(":")
        pair: Json = {"@type": "PropertyValue", "propertyID": register, "value": number}
        if address := register_address(text):
            pair["url"] = address
        pairs.append(pair)
    return pairs


def texts(record: Node, curie: str) -> list[str]:
    """Return the values of a property as texts."""
    return [term.value for term in record.all(curie) if hasattr(term, "value")]


def _named(type: str, iris: list[str], view: RecordView) -> list[Json]:
    return [{"@type": type, "@id": iri, "name": view.names.label(iri)} for iri in iris]


def _study(record: Node, view: RecordView) -> Json:
    is_randomised = RANDOMISED in record.iris("ag:design")
    return {
        "@type": "MedicalTrial" if is_randomised else "MedicalStudy",
        "trialDesign": f"{CONTEXT}/RandomizedTrial" if is_randomised else "",
        "healthCondition": _named("MedicalCondition", record.iris("ag:condition"), view),
        "identifier": [
            {
                "@type": "PropertyValue",
                "value": entry.text("dcterms:identifier"),
                "url": entry.text("dcterms:source"),
            }
            for entry in view.parts_of("ag:RegistryRecord")
        ],
        "subjectOf": _named("CreativeWork", view.incoming.get("ag:reports", []), view),
    }


def _drug(record: Node, view: RecordView) -> Json:
    targets = " and ".join(map(view.names.label, record.iris("ag:binds")))
    return {
        "@type": "Drug",
        "mechanismOfAction": f"binds {targets}" if targets else "",
        "manufacturer": _named("Organization", record.iris("ag:maker"), view),
    }


def _regimen(record: Node, view: RecordView) -> Json:
    return {"@type": "MedicalTherapy", "drug": _named("Drug", record.iris("ag:drug"), view)}


def _report(record: Node, view: RecordView) -> Json:
    types = [REPORT_TYPES[iri] for iri in record.iris("rdf:type") if iri in REPORT_TYPES]
    journal = record.text("ag:journal")
    return {
        "@type": types or "CreativeWork",
        "headline": record.text("dcterms:title"),
        "author": [
            {"@type": "Person", "name": view.names.label(person.iri)}
            for person in view.parts_of("ag:Person")
        ],
        "datePublished": record.text("dcterms:issued"),
        "isPartOf": {"@type": "Periodical", "name": journal}
        if journal and types != ["WebPage"]
        else "",
        "about": _named("MedicalStudy", record.iris("ag:reports"), view),
        "isBasedOn": record.iris("ag:basedOn"),
        "citation": record.iris("ag:cites"),
    }


def _organization(record: Node, _view: RecordView) -> Json:
    place = {"addressLocality": record.text("ag:city"), "addressCountry": record.text("ag:country")}
    known = {name: value for name, value in place.items() if value}
    return {
        "@type": "Organization",
        "address": {"@type": "PostalAddress", **known} if known else "",
    }


def _term(record: Node, _view: RecordView) -> Json:
    return {"@type": "DefinedTerm", "inDefinedTermSet": record.iris("skos:inScheme")}


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
}
