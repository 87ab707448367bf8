"""Families: people whom several groups and reports counted are counted once."""

import pytest
from approve import SNAPSHOT

from allograph.checks.check import check
from allograph.curated.derived import with_derived
from allograph.curated.shared_people import Fit, arithmetic_of
from allograph.curated.snapshot import read_snapshot
from allograph.evidence import read_evidence
from allograph.evidence.families import in_words
from allograph.evidence.overlap import possible_overlaps
from allograph.evidence.people import People, count_people
from allograph.evidence.populations import Populations
from allograph.namespaces import BASE
from allograph.rdf.nodes import Nodes
from allograph.rdf.terms import NamedNode, Quad
from allograph.rdf.turtle import parse_turtle

FAMILY = f"{BASE}family/ino-vate-and-1010"
POOL, TRIAL, OTHER = (f"{BASE}study/{key}" for key in ("ino-hsct-pooled", "ino-vate", "ino-1010"))
PREFIXES = """
PREFIX ag: <https://w3id.org/allograph/ontology#>
PREFIX basis: <https://w3id.org/allograph/basis/>
PREFIX f: <https://w3id.org/allograph/family/f#>
PREFIX family: <https://w3id.org/allograph/family/>
PREFIX grouping: <https://w3id.org/allograph/grouping/>
PREFIX outcome: <https://w3id.org/allograph/outcome/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX regimen: <https://w3id.org/allograph/regimen/>
PREFIX report: <https://w3id.org/allograph/report/>
PREFIX sharing: <https://w3id.org/allograph/sharing/>
PREFIX study: <https://w3id.org/allograph/study/>
family:f a ag:Family ; rdfs:label "F" .
"""


def iri(name):
    study, _, part = name.partition("#")
    return f"{BASE}study/{study}#{part or 'all'}"


def study(key, size=None, *more):
    """A study with everybody in ``#all``; ``more`` are groups, as in ``arm: ag:size 3``."""
    groups = [f"all: {f'ag:size {size}' if size is not None else 'ag:basis basis:reported'}", *more]
    written = [f'study:{key} a ag:Study ; rdfs:label "{key}" .']
    for group in groups:
        name, said = group.split(": ", 1)
        written.append(f"study:{key}\\#{name} a ag:StudyGroup ; ag:study study:{key} ; {said} .")
    return "\n".join(written)


def shared(name, sharing, **members):
    said = " ; ".join(
        f"ag:{role} {' , '.join(f'<{iri(one)}>' for one in ones.split())}"
        for role, ones in members.items()
    )
    return (
        f'f:{name} a ag:SharedPeople ; rdfs:label "{name}" ; ag:family family:f ; '
        f"ag:sharing sharing:{sharing} ; ag:basis basis:derived ; {said} ."
    )


def evidence_of(*pieces):
    return read_evidence(parse_turtle((PREFIXES + "\n".join(pieces)).encode(), "x.ttl").triples)


def people(evidence, names):
    return count_people(evidence, [iri(name) for name in names.split()])


SERIES = (
    *(study(f"s{size}", size) for size in (46, 52, 58, 75, 80)),
    shared("series", "growing", between="s46 s52 s58 s75 s80"),
)
ARM = (
    "{}: ag:size {} ; ag:grouping grouping:arm ; ag:subgroupOf study:t\\#all ;"
    " ag:regimen regimen:{} ; ag:report report:one"
)
ARMS = (ARM.format("arm-a", 164, "a"), ARM.format("arm-b", 162, "b"))
DRAWN = "hsct: ag:size 77 ; ag:subgroupOf study:t\\#arm-a ; ag:selectedBy outcome:hsct"
TRIALS = (
    study("t", 326, *ARMS, DRAWN),
    study("u", 72, "hsct: ag:size 24 ; ag:subgroupOf study:u\\#all"),
    study("pool", 236, "hsct: ag:size 101 ; ag:subgroupOf study:pool\\#all"),
    shared("treated", "pooled", whole="pool", part="t#arm-a u"),
    shared("transplanted", "pooled", whole="pool#hsct", part="t#hsct u#hsct"),
)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("", People(0, True)),
        ("s46", People(46, True)),
        ("s46 s52 s58 s75 s80", People(80, True)),
        ("s58 s46", People(58, True)),
    ],
)
def test_a_growing_series_is_its_largest_report(names, expected):
    assert people(evidence_of(*SERIES), names) == expected


@pytest.mark.parametrize(
    ("names", "number"),
    [
        ("t#arm-a t#arm-b", 326),
        ("t#arm-a t#hsct", 164),
        ("t#hsct t#arm-b", 239),
        ("t t#arm-a t#arm-b t#hsct", 326),
    ],
)
def test_arms_of_a_trial_are_added_and_who_is_drawn_from_one_is_not(names, number):
    assert people(evidence_of(*TRIALS), names) == People(number, True)


@pytest.mark.parametrize(
    ("names", "number"),
    [
        ("pool", 236),
        ("pool t#arm-a u", 236),
        ("t#arm-a u", 236),
        ("pool u", 236),
        ("pool t", 398),
        ("pool t u", 398),
        ("pool#hsct u", 149),
        ("pool t#arm-b", 398),
        ("t u pool pool#hsct t#hsct", 398),
    ],
)
def test_a_pool_and_its_trials_are_counted_once_whatever_is_given(names, number):
    assert people(evidence_of(*TRIALS), names) == People(number, True)


def test_some_in_common_are_at_most_the_sum_and_at_most_a_whole_that_has_them_all():
    common = shared("common", "partial", between="a b")
    assert people(evidence_of(study("a", 31), study("b", 25), common), "a b") == People(56, False)
    both = shared("both", "nested", whole="c", part="a b")
    evidence = evidence_of(study("a", 31), study("b", 25), study("c", 40), common, both)
    assert people(evidence, "a b") == People(40, False)
    assert people(evidence, "a b c") == People(40, True)
    assert str(people(evidence, "a b")) == "at most 40"


def test_some_in_common_with_a_whole_may_be_in_each_of_its_parts():
    evidence = evidence_of(
        study("a", 31),
        study("b", 25),
        study("c", 40),
        shared("part", "nested", whole="c", part="b"),
        shared("common", "partial", between="a c"),
    )
    assert people(evidence, "a b") == People(56, False)


def test_groups_of_one_study_of_which_nothing_is_said_have_at_most_the_people_of_the_study():
    groups = (
        "old: ag:size 30 ; ag:subgroupOf study:a\\#all",
        "ill: ag:size 20 ; ag:subgroupOf study:a\\#all",
    )
    evidence = evidence_of(study("a", 40, *groups))
    assert people(evidence, "a#old a#ill") == People(40, False)


def test_a_group_as_large_as_its_whole_is_the_same_people():
    treated = "treated: ag:size 40 ; ag:subgroupOf study:a\\#all"
    ill = "ill: ag:size 20 ; ag:subgroupOf study:a\\#all"
    assert people(evidence_of(study("a", 40, treated, ill)), "a#treated a#ill") == People(40, True)


def test_with_and_without_an_outcome_are_apart():
    groups = (
        "yes: ag:size 24 ; ag:subgroupOf study:a\\#all ; ag:selectedBy outcome:x",
        "no: ag:size 20 ; ag:subgroupOf study:a\\#all ; ag:withoutOutcome outcome:x",
    )
    assert people(evidence_of(study("a", 48, *groups)), "a#yes a#no") == People(44, True)


def test_studies_of_which_nothing_is_said_are_added_and_related_ones_are_at_most_the_sum():
    two = (study("a", 40), study("b", 50))
    assert people(evidence_of(*two), "a b") == People(90, True)
    for relation in ("overlapsWith", "followsUp", "poolsStudy", "externalControlFrom"):
        evidence = evidence_of(*two, f"study:b ag:{relation} study:a .")
        assert people(evidence, "a b") == People(90, False)


def test_groups_with_nobody_in_common_are_added_up_whatever_their_studies_share():
    two = (study("a", 40), study("b", 50), "study:b ag:overlapsWith study:a .")
    assert people(evidence_of(*two), "a b") == People(90, False)
    for between in ("a b", "a#all b#all"):
        evidence = evidence_of(*two, shared("apart", "apart", between=between))
        assert people(evidence, "a b") == People(90, True)
        assert evidence.studies_of_families == {}


def test_one_registration_of_two_studies_is_told_until_a_family_says_that_they_are_apart():
    number = 'f:{0} a ag:RegistryRecord ; rdfs:label "NCT1" . study:{0} ag:registration f:{0} .'
    two = (study("a", 40), study("b", 50), *map(number.format, "ab"))
    assert ["the same registration" in one.why for one in possible_overlaps(evidence_of(*two))] == [
        True
    ]
    studies = shared("apart", "apart", between="a b").replace("#all", "")
    assert list(possible_overlaps(evidence_of(*two, studies))) == []
    groups = shared("apart", "apart", between="a#all b#all")
    assert len(list(possible_overlaps(evidence_of(*two, groups)))) == 1


def test_phases_and_ages_of_one_trial_are_known_to_be_apart(curated):
    for keys in (("horai-adults", "horai-children"), ("itcc-059-phase-1a", "itcc-059-phase-1b")):
        one, other = (f"{BASE}study/{key}" for key in keys)
        assert Populations(curated).are_apart(f"{one}#all", f"{other}#all")
        assert not any(
            {told.study, told.other} == {one, other} for told in possible_overlaps(curated)
        )


def test_the_same_people_are_counted_once():
    evidence = evidence_of(study("a", 63), study("b", 63), shared("again", "same", between="a b"))
    assert people(evidence, "a b") == People(63, True)


def test_an_arm_that_another_report_prints_again_is_no_further_arm():
    again = ARM.format("again", 164, "a").replace("report:one", "report:two")
    evidence = evidence_of(study("t", 326, *ARMS, again))
    assert people(evidence, "t#arm-a t#again") == People(326, False)


def test_a_size_that_is_missing_is_at_most_that_of_a_whole_or_not_known():
    part = "part: ag:subgroupOf study:a\\#all"
    evidence = evidence_of(study("a", 40, part), study("b"))
    assert people(evidence, "a#part") == People(40, False)
    assert people(evidence, "a b") == People(None, False)
    assert str(people(evidence, "b")) == "not known"


def test_circles_end():
    evidence = evidence_of(
        study("a", 40),
        study("b", 40),
        study("c", 80),
        shared("one", "nested", whole="a", part="b"),
        shared("two", "nested", whole="b", part="a"),
        shared("three", "pooled", whole="c", part="c a"),
        shared("four", "pooled", whole="c", part="a b"),
    )
    assert people(evidence, "a b c").number is not None
    assert Populations(evidence).are_apart(iri("a"), iri("c")) is False


@pytest.mark.parametrize(
    ("sharing", "members", "words", "fit"),
    [
        ("pooled", {"whole": "s80", "part": "s46 s52"}, "52 + 46 = 98, not 80", Fit.CONTRADICTS),
        ("nested", {"whole": "s80", "part": "s46 s52"}, "52, 46 within 80", Fit.POSSIBLE),
        ("nested", {"whole": "s46", "part": "s52"}, "52 within 46", Fit.CONTRADICTS),
        ("growing", {"between": "s52 s46 s80"}, "46 within 52 within 80", Fit.POSSIBLE),
        ("same", {"between": "s52 s46"}, "52, 46 differ", Fit.CONTRADICTS),
        ("partial", {"between": "s52 s46"}, "", Fit.UNKNOWN),
        ("apart", {"between": "s52 s46"}, "", Fit.UNKNOWN),
        ("pooled", {"whole": "s80", "part": "s46 nobody"}, "", Fit.UNKNOWN),
    ],
)
def test_sizes_are_set_against_each_other(sharing, members, words, fit):
    evidence = evidence_of(*SERIES[:-1], shared("x", sharing, **members))
    found = arithmetic_of(evidence.nodes, evidence.nodes[f"{BASE}family/f#x"])
    assert (found.words, found.fit) == (words, fit)


@pytest.fixture(scope="module")
def curated():
    return read_evidence(quad.triple for quad in SNAPSHOT.loaded.quads)


def derived(*pieces):
    """What follows from a graph of some pieces."""
    graph = NamedNode(f"{BASE}graph/x")
    triples = parse_turtle((PREFIXES + "\n".join(pieces)).encode(), "x.ttl").triples
    return Nodes(quad.triple for quad in with_derived([Quad(*triple, graph) for triple in triples]))


def test_two_sums_of_the_same_studies_are_a_proof_and_one_is_none():
    two, one = derived(*TRIALS), derived(*TRIALS[:-1])
    for name, words in (("treated", "164 + 72 = 236"), ("transplanted", "77 + 24 = 101")):
        node = two[f"{BASE}family/f#{name}"]
        assert (node.key("proof"), node.text("arithmetic")) == ("arithmetic", words)
    assert one[f"{BASE}family/f#treated"].key("proof") == "one-sum"
    wrong = derived(*(piece.replace("236", "240") for piece in TRIALS))
    assert wrong[f"{BASE}family/f#treated"].key("proof") == "contradicted"
    assert wrong[f"{BASE}family/f#transplanted"].key("proof") == "one-sum"
    printed = derived(*(piece.replace("basis:derived", "basis:reported") for piece in TRIALS))
    assert printed[f"{BASE}family/f#treated"].key("proof") == "printed"


def test_studies_of_a_family_overlap_either_way_and_a_pool_pools_its_trials():
    nodes = derived(*TRIALS)
    pool, trial, other = (nodes[f"{BASE}study/{key}"] for key in ("pool", "t", "u"))
    assert set(pool.iris("poolsStudy")) == {trial.iri, other.iri}
    assert set(pool.iris("overlapsWith")) == {trial.iri, other.iri}
    assert trial.iris("overlapsWith") == other.iris("overlapsWith") == (pool.iri,)
    assert trial.iris("poolsStudy") == ()


def test_the_pool_of_two_trials_is_proved_by_its_sums(curated, whole):
    nodes = Nodes(quad.triple for quad in whole)
    assert nodes[f"{FAMILY}#treated"].text("arithmetic") == "164 + 72 = 236"
    assert nodes[f"{FAMILY}#transplanted"].text("arithmetic") == "77 + 24 = 101"
    assert {nodes[f"{FAMILY}#{name}"].key("proof") for name in ("treated", "transplanted")} == {
        "arithmetic"
    }
    told = Populations(curated).told_by(f"{POOL}#all", f"{TRIAL}#ino-treated")
    assert in_words(curated, told) == (
        "INO-VATE, InO 1010 and their pool: 164 + 72 = 236 treated; 77 + 24 = 101 transplanted"
    )


def test_nobody_of_the_two_trials_is_counted_again_in_their_pool(curated):
    assert count_people(curated, [f"{POOL}#all", f"{OTHER}#all"]) == People(236, True)
    assert count_people(curated, [f"{POOL}#all", f"{TRIAL}#all", f"{OTHER}#all"]) == People(
        398, True
    )
    populations = Populations(curated)
    assert populations.are_apart(f"{TRIAL}#all", f"{OTHER}#all")
    assert not populations.are_apart(f"{TRIAL}#all", f"{POOL}#all")


@pytest.mark.slow
def test_sizes_that_speak_against_a_family_are_told_with_their_place_and_can_be_flagged(checkout):
    name = "graph/family/ino-vate-and-1010.ttl"
    path = checkout.root / name
    text = path.read_text().replace("ino-1010\\#all", "mini-hcvd-ino\\#all")
    path.write_text(text)
    (told,) = [one for one in check(read_snapshot(checkout), [name]) if "add-up" in one.rule]
    assert (told.rule, told.at.path) == ("rule:families-add-up", name)
    assert "164 + 48 = 212, not 236" in told.message
    basis = "ag:basis basis:derived"
    flags = f"{basis} ;\n    ag:flag <{BASE}flag/parts-do-not-add-up> , <{BASE}flag/inferred>"
    path.write_text(text.replace(basis, flags, 1))
    left = check(read_snapshot(checkout), [name])
    assert [one.rule for one in left if one.focus_node == told.focus_node] == []
