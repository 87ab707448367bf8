"""What is no longer used stays described, leads to what took its place, and rests there."""

import pytest

from allograph.checks.integrity import check_integrity
from allograph.curated.loaded import Loaded
from allograph.curated.sources import named_graph
from allograph.namespaces import Namespaces
from allograph.rdf.turtle import parse_turtle

PREFIXES = {
    "dcterms": "http://purl.org/dc/terms/",
    "drug": "https://w3id.org/allograph/drug/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}
OLD = 'drug:old rdfs:label "old"@en ; owl:deprecated true ; dcterms:isReplacedBy drug:new .\n'
NEW = 'drug:new rdfs:label "new"@en .\n'


def findings(text):
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    path = "ontology/x.ttl"
    file = parse_turtle((prefixes + text).encode(), path)
    loaded = Loaded({path: file}, {path: named_graph(path)})
    results = check_integrity(loaded, Namespaces(PREFIXES))
    return [result.message for result in results if result.rule == "integrity:deprecated"]


def test_a_deprecated_iri_with_its_replacement_is_well():
    assert findings(OLD + NEW) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (OLD.replace(" ; dcterms:isReplacedBy drug:new", "") + NEW, "names the one IRI"),
        (OLD.replace("drug:new .", "drug:new , drug:newer .") + NEW, "names the one IRI"),
        (OLD.replace("drug:new .", '"new" .'), "names the one IRI"),
        (OLD.replace("drug:new .", "drug:old ."), "is another one"),
        (OLD, "is another one"),
        (OLD.replace('rdfs:label "old"@en ; ', "") + NEW, "keeps its label"),
        (OLD.replace("@en", "") + NEW, "is in English"),
        (OLD.replace(" ; owl", ' ; skos:changeNote "new" ; owl') + NEW, "is in English"),
        (OLD.replace("owl:deprecated true ; ", "") + NEW, "What is replaced is deprecated"),
        (OLD.replace("true", "false") + NEW, "What is replaced is deprecated"),
        (OLD + NEW + "drug:x skos:broader drug:old .", "referred to no more"),
        (
            OLD
            + NEW.replace(
                "rdfs:label", "owl:deprecated true ; dcterms:isReplacedBy drug:old ; rdfs:label"
            ),
            "referred to no more",
        ),
        (OLD.replace("drug:old", "skos:old") + NEW, "Only an IRI of ours"),
    ],
)
def test_a_deprecated_iri_that_leads_nowhere_or_is_still_used_is_found(text, words):
    assert any(words in message for message in findings(text)), findings(text)
