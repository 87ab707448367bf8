"""Rules and flags: called as the literature on methods calls them, and weighed alike."""

import pytest
from approve import SNAPSHOT

from allograph.namespaces import BASE
from allograph.rdf.vocabularies import AG, DCTERMS, RDFS, SH, SKOS

NODES = SNAPSHOT.loaded.nodes
RULES, FLAGS = ([*NODES.instances(kind)] for kind in ("Rule", "Flag"))

STANDARD = [
    ("rule/granularity", "GRIM inconsistency", "share that no whole number gives"),
    ("flag/impossible-share", "GRIM inconsistency", "impossible share"),
    ("rule/selection-bias", "immortal time bias", "survival of those who lived long enough"),
    ("flag/selection-bias", "immortal time bias", "selection bias"),
    ("rule/figure-without-denominator", "missing denominator", "share of nobody knows how many"),
    ("flag/denominator-not-stated", "missing denominator", "denominator not stated"),
    (
        "rule/claim-beyond-figures",
        "spin: conclusion beyond the results",
        "claim beyond the figures",
    ),
    ("flag/claim-without-estimate", "effect size not reported", "claim without estimate"),
    ("rule/overlap-suggested", "possible double counting of participants", None),
    ("rule/analysis-sets-mixed", "mixed analysis sets", "sides of two analysis sets"),
    ("rule/read-once", "single data extraction", "figures read once"),
]
RANK = {"decisive": 1, "weakens": 2, "bookkeeping": 3}


def key_of_weight(node):
    return node.iri_of("weight").rpartition("/")[2]


@pytest.mark.parametrize(("key", "standard", "plain"), STANDARD)
def test_a_doubt_has_its_standard_name_first_and_its_plain_words_second(key, standard, plain):
    node = NODES[f"{BASE}{key}"]
    assert node.texts(RDFS.label) == [standard]
    assert plain is None or plain in node.texts(SKOS.altLabel)
    assert node.texts(DCTERMS.bibliographicCitation)


def test_no_two_rules_and_no_two_flags_have_one_name():
    """A rule may be called as the flag that says the same; a question takes either by its name."""
    for nodes in (RULES, FLAGS):
        names = [name for node in nodes for name in node.texts(RDFS.label)]
        assert len(names) == len(set(names)) == len(nodes) > 30


def test_what_has_one_name_weighs_alike():
    """Tables look a doubt up by its name."""
    weights = {}
    for node in (*RULES, *FLAGS):
        weights.setdefault(node.text(RDFS.label), set()).add(key_of_weight(node))
    assert [name for name, found in weights.items() if len(found) > 1] == []


def test_a_rule_that_is_called_as_a_flag_gives_its_reference_too():
    explained = {
        node.text(RDFS.label) for node in FLAGS if node.texts(DCTERMS.bibliographicCitation)
    }
    called = [node for node in RULES if node.text(RDFS.label) in explained]
    assert len(called) > 5
    assert [it.iri for it in called if not it.texts(DCTERMS.bibliographicCitation)] == []


def test_a_rule_weighs_no_less_than_the_flag_that_acknowledges_what_it_finds():
    flags = {node.iri: RANK[key_of_weight(node)] for node in FLAGS}
    lighter = [
        (rule.iri, flag)
        for rule in RULES
        for flag in (*rule.iris("raises"), *rule.iris("decides"))
        if RANK[key_of_weight(rule)] > flags[flag]
    ]
    assert lighter == []


def test_only_what_no_release_is_built_with_is_called_a_slip_of_entering():
    """What a flag acknowledges is released with it."""
    for rule in RULES:
        is_slip = rule.iri_of(SH.severity) == SH.Violation
        is_slip = is_slip and not (*rule.iris("raises"), *rule.iris("decides"))
        told = rule.text("weightReason").startswith("A slip of entering")
        assert told == is_slip, rule.iri


def test_every_weight_is_used_and_explained():
    assert {key_of_weight(node) for node in (*RULES, *FLAGS)} == set(RANK)
    for key, rank in RANK.items():
        node = NODES[f"{BASE}weight/{key}"]
        assert node.texts(AG.rank) == [str(rank)] and node.text(SKOS.definition)
