"""Each rule finds what it should, and nothing else, in examples that lie beside each other.

``tests/rules/<rule>/doubted-*.ttl`` holds something to doubt, and ``…expected.txt`` what the rule
says about it; in ``sound-*.ttl`` the rule finds nothing.
"""

from pathlib import Path

import pytest
from approve import SNAPSHOT, SOURCES

from allograph.doubts.rules import RULES
from allograph.evidence import read_evidence
from allograph.rdf.terms import Literal, NamedNode, Triple
from allograph.rdf.turtle import read_turtle
from allograph.rdf.vocabularies import RDFS, RULE, SH, SKOS, XSD

FOLDER = Path(__file__).parent / "rules"
DOUBTED = sorted(FOLDER.glob("*/doubted-*.ttl"))
SOUND = sorted(FOLDER.glob("*/sound-*.ttl"))
WORDS = (
    RDFS.label,
    SKOS.definition,
    SKOS.example,
    "cure",
)


def name_of(path):
    return f"{path.parent.name}/{path.stem}"


@pytest.fixture(scope="module")
def outcomes():
    """The hierarchy of outcomes, which rules may consult."""
    return [
        triple
        for path, file in SNAPSHOT.loaded.files.items()
        if path.startswith(("graph/outcome/", "ontology/"))
        for triple in file.triples
    ]


@pytest.fixture
def doubts(outcomes):
    def find(path):
        evidence = read_evidence([*read_turtle(path, path.name).triples, *outcomes])
        return sorted(RULES[path.parent.name](evidence))

    return find


@pytest.mark.parametrize("path", DOUBTED, ids=name_of)
def test_a_rule_says_what_it_doubts_and_why(path, doubts):
    expected = path.with_suffix(".expected.txt").read_text(encoding="utf-8").splitlines()
    said = [f"{doubt.about.rpartition('/')[2]}: {doubt.message}" for doubt in doubts(path)]
    assert said == expected
    assert expected


@pytest.mark.parametrize("path", SOUND, ids=name_of)
def test_a_rule_leaves_alone_what_is_sound(path, doubts):
    assert doubts(path) == []


def test_a_rule_has_examples_of_what_it_doubts_and_of_what_it_leaves_alone():
    assert {path.parent.name for path in DOUBTED} == set(RULES)
    assert {path.parent.name for path in SOUND} == set(RULES)


def test_a_rule_has_words_and_a_severity(outcomes):
    nodes = read_evidence(outcomes).nodes
    for key in RULES:
        node = nodes[RULE[key]]
        assert [word for word in WORDS if not node.text(word)] == [], key
        assert node.iri_of(SH.severity), key


def test_every_rule_that_has_words_is_a_rule():
    assert {path.stem for path in (SOURCES.ontology / "rules").glob("*.ttl")} == set(RULES)


NUMBERS = ["NaN", "INF", "-INF", "1E400", "1E999999", "9" * 400, "9" * 5000, "", "1_2", "\u0662",
           "\u00b2", "0", "-5", "0.5", "1000000000000", "999999999999", "100", "99.9999999999999",
           "1E-30", "0." + "3" * 15, "2024-02-30", "12016", "-0004", "true"]  # fmt: skip
ODD = [
    *(Literal(text, datatype=NamedNode(XSD.decimal)) for text in NUMBERS),
    Literal("12", language="en"),
    Literal("cycle 99999999999999999999, week " + "9" * 5000, language="en"),
    Literal("\u0001"),
    NamedNode(RULE.odd),
]


def with_odd(triples, place, odd):
    """The triples of an example; the object of one is another, or stands beside another."""
    triple = triples[place]
    other = Triple(triple.subject, triple.predicate, odd)
    yield [*triples[:place], other, *triples[place + 1 :]]
    yield [*triples[:place], other, *triples[place:]]


@pytest.mark.parametrize("key", RULES)
def test_a_rule_survives_any_value_of_any_property(key):
    """What fits no datatype is told by another check, and no rule may hide that by ending it."""
    path = next(path for path in DOUBTED if path.parent.name == key)
    triples = list(read_turtle(path, path.name).triples)
    places = {triple.predicate: place for place, triple in enumerate(triples)}
    for place in places.values():
        for odd in ODD if isinstance(triples[place].object, Literal) else ODD[-4:]:
            for changed in with_odd(triples, place, odd):
                sorted(set(RULES[key](read_evidence(changed))))
