"""What a record's page tells machines: schema.org in its head, with types that are true of it."""

import json
import re

import pytest
import rdflib
from approve import SOURCES

from allograph.namespaces import BASE, KINDS
from allograph.reading.registers import register_address

# A record that was replaced has no page: its address redirects.
RECORDS = sorted(
    f"{path.parent.name}/{path.stem}"
    for kind in KINDS
    for path in (SOURCES.graph / kind).glob("*.ttl")
    if "owl:deprecated true" not in path.read_text(encoding="utf-8")
)
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)

# The properties that https://schema.org gives to a type (or to one that it is a kind of).
THING = {"name", "alternateName", "description", "identifier", "sameAs", "url", "subjectOf"}
CREATIVE_WORK = THING | {
    "headline", "author", "datePublished", "isPartOf", "about", "isBasedOn", "citation",
}  # fmt: skip
PROPERTIES = {
    "MedicalStudy": THING | {"healthCondition"},
    "MedicalTrial": THING | {"healthCondition", "trialDesign"},
    "Drug": THING | {"mechanismOfAction", "manufacturer"},
    "MedicalTherapy": THING | {"drug"},
    "MedicalProcedure": THING,
    "MedicalCondition": THING,
    "BioChemEntity": THING,
    "Organization": THING | {"address"},
    "PostalAddress": {"addressLocality", "addressCountry"},
    "PropertyValue": THING | {"propertyID", "value"},
    "DefinedTerm": THING | {"inDefinedTermSet"},
    "ScholarlyArticle": CREATIVE_WORK,
    "NewsArticle": CREATIVE_WORK,
    "WebPage": CREATIVE_WORK,
    "CreativeWork": CREATIVE_WORK,
    "Periodical": THING,
    "Person": THING,
}
TYPES = {
    "study": {"MedicalStudy", "MedicalTrial"},
    "report": {"ScholarlyArticle", "NewsArticle", "WebPage", "CreativeWork"},
    "drug": {"Drug"},
    "regimen": {"MedicalTherapy"},
    "target": {"BioChemEntity"},
    "procedure": {"MedicalProcedure"},
    "condition": {"MedicalCondition"},
    "outcome": {"DefinedTerm"},
    "organization": {"Organization"},
    "family": {"DefinedTerm"},
    "reading": {"CreativeWork"},
    "discrepancy": {"DefinedTerm"},
}


def structured(client, record):
    page = client.get(f"/{record}", headers={"Accept": "text/html"}).text
    (block,) = BLOCK.findall(page.partition("</head>")[0])
    return json.loads(block)


def types_of(item):
    found = item["@type"]
    return found if isinstance(found, list) else [found]


def items_in(value):
    if isinstance(value, list):
        for one in value:
            yield from items_in(one)
    elif isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from items_in(inner)


@pytest.mark.parametrize("record", RECORDS)
def test_a_record_has_a_type_of_schema_org_and_only_properties_of_that_type(client, record):
    about = structured(client, record)
    assert about["@context"] == "https://schema.org"
    assert about["@id"] == f"{BASE}{record}"
    assert about["name"]
    assert set(types_of(about)) <= TYPES[record.partition("/")[0]]
    for item in items_in(about):
        allowed = set().union(*(PROPERTIES[type] for type in types_of(item)))
        assert {name for name in item if not name.startswith("@")} <= allowed
        assert all(item.values()), "what is not known is left out"


@pytest.mark.parametrize("record", RECORDS)
def test_the_structured_data_of_a_record_is_json_ld(client, record):
    about = structured(client, record) | {"@context": {"@vocab": "https://schema.org/"}}
    graph = rdflib.Graph().parse(data=json.dumps(about), format="json-ld")
    names = graph.objects(
        rdflib.URIRef(f"{BASE}{record}"), rdflib.URIRef("https://schema.org/name")
    )
    assert [str(name) for name in names] == [about["name"]]


def test_only_a_randomised_trial_is_called_one(client):
    assert (
        structured(client, "study/ino-vate")["trialDesign"] == "https://schema.org/RandomizedTrial"
    )
    assert structured(client, "study/mini-hcvd-ino")["@type"] == "MedicalTrial"
    assert "trialDesign" not in structured(client, "study/mini-hcvd-ino")
    assert structured(client, "study/ino-salvage-100")["@type"] == "MedicalStudy"


def test_a_label_cannot_end_the_block_of_structured_data(app):
    with app.test_request_context():
        written = app.jinja_env.from_string("{{ value | tojson }}").render(value="</script><b>")
    assert "<" not in written


@pytest.mark.parametrize("record", ["study/ino-vate", "drug/blinatumomab", "flag/inferred"])
def test_a_page_links_to_its_rdf_in_its_head_and_in_its_headers(client, record):
    response = client.get(f"/{record}", headers={"Accept": "text/html"})
    headers = ", ".join(response.headers.getlist("Link"))
    for suffix, media_type in (("ttl", "text/turtle"), ("jsonld", "application/ld+json")):
        assert (
            f'<link rel="alternate" type="{media_type}" href="/{record}.{suffix}">' in response.text
        )
        assert f'</{record}.{suffix}>; rel="alternate"; type="{media_type}"' in headers


def test_an_identifier_leads_to_its_register_and_an_unknown_register_nowhere():
    assert register_address("doi:10.1002/cncr.31720") == "https://doi.org/10.1002/cncr.31720"
    assert register_address("nobody:1") is None
    assert register_address("doi:") is None
