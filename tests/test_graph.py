"""The curated graph: what each file must be, and the doubts that the five sources are known for."""

import re

import pytest
from approve import SNAPSHOT, SOURCES

from allograph.checks.verify import verify
from allograph.namespaces import BASE
from allograph.rdf.nodes import Nodes
from allograph.rdf.vocabularies import AG, DCTERMS, RDF, RDFS, SKOS

HELD_TEXTS = SOURCES.root.parent / "shared" / "sources"
FILES = sorted(SOURCES.graph.glob("*/*.ttl"))
# What is a name, of a report, a regimen or a body, is long and the same everywhere.
NAMES = {
    DCTERMS["title"],
    SKOS.altLabel,
    AG.approvedBy,
}

with_held_texts = pytest.mark.skipif(
    not HELD_TEXTS.is_dir(), reason="the held texts do not lie beside this checkout"
)


@pytest.fixture(scope="module")
def loaded():
    return SNAPSHOT.loaded


@pytest.fixture(scope="module")
def triples(loaded):
    return [quad.triple for quad in loaded.quads]


def read(path):
    return SNAPSHOT.loaded.files[SOURCES.relative(path)]


def literals(triples):
    """Each literal with the property it is the value of."""
    for triple in triples:
        if hasattr(triple.object, "datatype"):
            yield triple.predicate.value, triple.object.value


def flags_of(triples, node):
    return {
        triple.object.value.rpartition("/")[2]
        for triple in triples
        if triple.subject.value == f"{BASE}{node}" and triple.predicate.value == AG.flag
    }


def test_a_file_holds_the_record_that_its_name_says():
    for path in FILES:
        record = f"{BASE}{path.parent.name}/{path.stem}"
        own_graph = f"{BASE}graph/{path.parent.name}/{path.stem}"
        subjects = set(read(path).lines)
        assert record in subjects, path
        others = subjects - {record, own_graph}
        assert [node for node in others if not node.startswith(f"{record}#")] == [], path


def test_a_file_opens_with_a_comment_and_sorts_its_prefixes():
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        assert text.startswith("# "), path
        prefixes = re.findall(r"^PREFIX (\S*):", text, re.MULTILINE)
        assert prefixes == sorted(prefixes), path


def test_prefixes_are_those_that_are_declared_once():
    declared = set(dict(SNAPSHOT.namespaces.items()).values())
    for path in FILES:
        used = {iri for prefix, iri in read(path).prefixes.items() if prefix}
        assert used <= declared, path


def test_the_five_studies_are_there():
    keys = {path.stem for path in (SOURCES.graph / "study").glob("*.ttl")}
    assert {
        "ino-vate",
        "mini-hcvd-ino",
        "ino-hsct-pooled",
        "ino-salvage-100",
        "ino-children",
    } <= keys


@pytest.mark.slow
@with_held_texts
def test_every_locator_is_proved_by_the_held_texts(loaded):
    verification = verify(loaded, HELD_TEXTS)
    assert verification.results == []
    assert verification.proved + verification.cited == verification.locators
    assert verification.proved > 200


@with_held_texts
def test_no_sentence_of_a_source_is_copied(triples):
    held = [" ".join(path.read_text(encoding="utf-8").split()) for path in HELD_TEXTS.glob("*.*")]
    copied = [
        triple
        for triple in triples
        if len(text := triple.object.value) > 60
        and triple.predicate.value not in NAMES
        and "/organization/" not in triple.subject.value
        and any(text in source for source in held)
    ]
    assert copied == []


def test_what_is_printed_is_kept_short(triples):
    printed = [text for predicate, text in literals(triples) if predicate == AG.reportedAs]
    assert printed
    assert max(map(len, printed)) <= 60


def test_labels_are_one_line_of_our_own(triples):
    labels = [text for predicate, text in literals(triples) if predicate == RDFS.label]
    assert max(map(len, labels)) < 200


@pytest.mark.parametrize(
    ("node", "flag"),
    [
        ("study/ino-hsct-pooled#os", "statistic-imprecise"),
        ("study/ino-hsct-pooled#os-first-hsct", "statistic-imprecise"),
        ("study/ino-hsct-pooled#relapse-24-standard-treatment", "comparator-outside-population"),
        ("study/ino-salvage-100#os-24", "time-points-differ"),
        ("study/ino-salvage-100#os-12-hsct", "time-points-differ"),
        ("study/ino-salvage-100#mrd", "impossible-share"),
        ("study/ino-salvage-100#mrd", "denominator-not-stated"),
        ("study/ino-salvage-100#discontinuation-count", "antecedent-ambiguous"),
        ("study/ino-salvage-100#blinatumomab-failure-after-hsct", "repeated-number"),
        ("study/ino-children#orr", "impossible-share"),
        ("study/ino-children#accrual", "date-format-ambiguous"),
        ("study/mini-hcvd-ino#cr", "denominator-ambiguous"),
        ("study/mini-hcvd-ino#ongoing-remission-hsct", "denominator-ambiguous"),
        ("study/ino-vate#cr-ino", "secondary-source"),
        ("study/ino-vate#os", "claim-without-estimate"),
        ("study/ino-vate#nct01564784", "identity-curated"),
        ("study/ino-vate#cd22-expression", "background-statement"),
        ("regimen/ino-weekly#cycle-1-week-1", "unit-assumed"),
        ("report/evstratov-2023", "dates-inconsistent"),
    ],
)
def test_a_known_doubt_is_flagged(triples, node, flag):
    assert flag in flags_of(triples, node)


@pytest.mark.parametrize(
    "trap",
    [
        "MONDO_0004947",  # labelled B-cell ALL, and leukaemia and lymphoma together
        "NCIT_C27798",  # an immunophenotype, not what the sources call pre-B ALL
        "NCIT_C16039",  # autologous transplant; ASCT is allogeneic in the source
        "NCIT_C71542",  # not seen in a register
        "RxNorm:1942957",  # the branded form
        "CHEMBL1075279",  # CD22 of the mouse
        "qudt.org",  # another month than UCUM's
    ],
)
def test_an_identifier_that_misleads_is_not_used(triples, trap):
    assert not [triple for triple in triples if trap in str(triple.object)]


def test_a_report_says_what_of_it_is_printed_and_what_a_curator_added(triples):
    nodes = Nodes(triples)
    reports = [node for node in nodes.values() if AG.Report in node.iris(RDF.type)]
    cited = {
        report
        for node in nodes.values()
        for locator in node.iris("locator")
        if nodes[locator].all("seenAt")
        for report in node.iris("report")
    }
    assert len(reports) >= 14
    for report in reports:
        values = {
            text
            for name in report.properties()
            if name not in (AG.curated, RDFS.label, RDFS.comment)
            for text in report.texts(name)
        }
        assert report.key("basis") in ("reported", "curated"), report.iri
        assert set(report.texts("curated")) <= values, report.iri
        is_known = any(map(report.all, ("heldAs", "printedIn", "curated", DCTERMS.source)))
        assert is_known or report.iri in cited, report.iri


def test_nobody_is_said_to_have_had_a_drug_that_only_others_had(triples):
    nodes = Nodes(triples)
    exposed = {
        node.iri.partition("#")[2]
        for node in nodes.values()
        for regimen in node.iris("regimen")
        if f"{BASE}drug/blinatumomab" in nodes[regimen].iris("drug")
        and node.iri.startswith(f"{BASE}study/mini-hcvd-ino#")
    }
    assert exposed == {"patients-39-48"}
