"""Drawings on the server: nothing is lost, nothing overlaps, no text leaves its box."""

import re
from xml.etree import ElementTree

import pytest
from approve import SOURCES
from hypothesis import given
from hypothesis import strategies as st

from allograph.drawings.diagrams import classes, flow, schedule
from allograph.drawings.lettering import lines_of, width_of
from allograph.namespaces import BASE, KINDS
from allograph.rdf.nodes import Node
from allograph.rdf.terms import Literal, NamedNode
from allograph.rdf.turtle import read_turtle
from allograph.rdf.vocabularies import AG, RDF, RDFS, SKOS
from allograph.reading.described import nodes_of
from allograph.reading.groups import chain, group_trees, partitions
from allograph.reading.names import Name, Names

OWL = "http://www.w3.org/2002/07/owl#"
ONTOLOGY = f"{BASE}ontology#"
STUDIES = sorted(path.stem for path in SOURCES.graph.glob("study/*.ttl"))
REGIMEN = "mini-hyper-cvd-fractionated-ino-blinatumomab"
SVG = re.compile(r"<svg .*?</svg>", re.DOTALL)


def node(iri, **values):
    """Make a node; a word with a colon is an IRI, everything else a literal."""
    terms = {
        AG[name]: [NamedNode(v) if ":" in v else Literal(v) for v in str(value).split()]
        for name, value in values.items()
    }
    return Node(iri, terms)


@pytest.fixture(scope="module")
def names(loaded, namespaces):
    """What everything is called."""
    return Names(
        {
            quad.subject.value: Name(quad.object.value)
            for quad in loaded.quads
            if quad.predicate.value == RDFS.label and isinstance(quad.subject, NamedNode)
        },
        namespaces,
    )


@pytest.fixture
def nodes_in(names, namespaces):
    """Read a curated file as nodes, and give the names with them."""

    def read(record):
        triples = read_turtle(SOURCES.graph / f"{record}.ttl", record).triples
        return nodes_of(triples, namespaces), names

    return read


def of_class(nodes, word):
    return [node for node in nodes.values() if AG[word] in node.iris(RDF.type)]


def flow_of(nodes, names):
    groups = of_class(nodes, "StudyGroup")
    return groups, flow.draw_flow(group_trees(groups), names, partitions(of_class(nodes, "Result")))


def overlap(a, b, width):
    return abs(a.x - b.x) < width and a.y < b.y + b.height and b.y < a.y + a.height and a is not b


@given(st.text("abc -WimM%", max_size=80), st.integers(60, 300), st.integers(1, 4))
def test_no_line_is_wider_than_its_box_and_no_word_is_lost_unless_it_says_so(text, width, most):
    lines = lines_of(text, width, 13, most=most)
    assert len(lines) <= most
    assert all(width_of(line, 13) <= width for line in lines)
    if not any(line.endswith("…") for line in lines):
        assert "".join("".join(lines).split()) == "".join(text.split())


@pytest.mark.parametrize("study", STUDIES)
def test_each_group_of_a_study_has_a_box_and_each_subgroup_a_line(nodes_in, study):
    groups, drawing = flow_of(*nodes_in(f"study/{study}"))
    assert sorted(box.group.iri for box in drawing.boxes) == sorted(g.iri for g in groups)
    assert len(drawing.edges) == sum(len(group.iris("ag:subgroupOf")) for group in groups)


@pytest.mark.parametrize("study", STUDIES)
def test_boxes_of_a_flow_lie_apart_and_hold_their_text(nodes_in, study):
    _, drawing = flow_of(*nodes_in(f"study/{study}"))
    for box in drawing.boxes:
        assert not any(overlap(box, other, flow.BOX_WIDTH) for other in drawing.boxes)
        assert box.x + flow.BOX_WIDTH <= drawing.width
        assert box.y + box.height <= drawing.height
        texts = [*box.lines, *(line for bar in box.bars for line in bar.lines)]
        for baseline, text in texts:
            assert box.y < baseline < box.y + box.height
            assert width_of(text, flow.SMALL_FONT) <= flow.INNER_WIDTH
        head = width_of(f"{box.size} {box.of}", flow.FONT) + width_of(box.kind, flow.SMALL_FONT)
        assert head <= flow.INNER_WIDTH


def test_a_box_says_of_how_many_its_group_is(nodes_in):
    _, drawing = flow_of(*nodes_in("study/mini-hcvd-ino"))
    boxes = {box.group.anchor: box for box in drawing.boxes}
    assert (boxes["hsct"].size, boxes["hsct"].of) == ("24", "of 48")
    assert boxes["mrd-negative"].size == "n = ?"


def test_parts_of_a_whole_are_marked_and_their_sum_stands_in_the_box(nodes_in):
    _, drawing = flow_of(*nodes_in("study/ino-salvage-100"))
    boxes = {box.group.anchor: box for box in drawing.boxes}
    sums = [" ".join(text for _, text in bar.lines) for bar in boxes["all"].bars]
    assert "57 + 36 + 7 = 100, phase of disease at the start of treatment" in sums
    assert boxes["primary-refractory"].is_part
    assert not boxes["responders"].is_part


def test_a_sum_that_does_not_fill_its_group_is_shown_as_it_is():
    results = [
        node(f"r{n}", group="g:1", partition="p", numerator=n, outcome="o:1") for n in (3, 4)
    ]
    (partition,) = partitions(results)["g:1"]
    assert partition.sum_text == "4 + 3 = 7"


def test_parts_that_two_reports_print_are_two_wholes():
    results = [
        node(f"r{r}{n}", group="g:1", partition="p", numerator=n, report=f"report:{r}")
        for r in "ab"
        for n in (3, 4)
    ]
    assert [part.sizes for part in partitions(results)["g:1"]] == [(4, 3), (4, 3)]


def test_a_group_drawn_from_two_has_a_line_from_each_and_one_is_broken(nodes_in):
    groups, drawing = flow_of(*nodes_in("study/ino-vate"))
    further = sum(max(len(group.iris("ag:subgroupOf")) - 1, 0) for group in groups)
    assert sum(edge.is_further for edge in drawing.edges) == further > 0


def test_a_chain_of_denominators_ends_also_where_groups_form_a_circle():
    nodes = {iri: node(iri, subgroupOf=up) for iri, up in (("g:a", "g:b"), ("g:b", "g:a"))}
    assert [[n.iri for n in step] for step in chain(nodes["g:a"], nodes)] == [["g:b"]]


def test_a_chain_of_denominators_names_each_step_and_every_group_of_it(nodes_in):
    nodes, _ = nodes_in("study/ino-vate")
    group = nodes[f"{BASE}study/ino-vate#ino-remission"]
    steps = [[parent.anchor for parent in step] for step in chain(group, nodes)]
    assert steps == [["ino-first-218"], ["first-218", "ino"], ["all"]]


@pytest.fixture
def doses(nodes_in):
    nodes, names = nodes_in(f"regimen/{REGIMEN}")
    steps = of_class(nodes, "DoseStep")
    return steps, schedule.draw_schedule(steps, names)


def test_a_dose_step_stands_in_each_of_its_cycles(doses):
    steps, drawing = doses
    chips = [chip for lane in drawing.lanes for chip in lane.chips]
    for step in steps:
        times = sum(chip.step is step for chip in chips)
        assert times == max(len(schedule.cycles_of(step)), 1)
    assert [head.text for head in drawing.heads][-1] == "Cycle not printed"


def test_a_dose_says_when_how_much_and_in_which_unit(doses):
    _, drawing = doses
    first, *_ = drawing.lanes
    assert first.patients == "from patient 39 on"
    chip = first.chips[0]
    assert (chip.when, chip.dose, chip.unit) == ("weekly dose 1", "0.6", "mg/m²")


def test_the_patients_from_whom_a_dose_changed_have_rows_of_their_own(doses):
    _, drawing = doses
    assert [lane.patients for lane in drawing.lanes] == ["from patient 39 on", ""]
    times = [chip.when for chip in drawing.lanes[0].chips[:2]]
    assert times == ["weekly dose 1", "weekly dose 2"]


def test_a_dose_without_a_last_cycle_goes_on(doses):
    _, drawing = doses
    heads = [head.text for head in drawing.heads]
    assert heads == ["Cycle 1", "Cycle 2 onward", "Cycle not printed"]


def test_doses_lie_apart(doses):
    _, drawing = doses
    chips = [chip for lane in drawing.lanes for chip in lane.chips]
    for a in chips:
        for b in chips:
            if a is not b and a.y == b.y:
                assert a.x + a.width <= b.x or b.x + b.width <= a.x


def test_the_words_of_a_dose_fit_into_its_box(doses):
    _, drawing = doses
    for chip in (chip for lane in drawing.lanes for chip in lane.chips):
        assert width_of(chip.when, schedule.SMALL_FONT) <= chip.width
        assert width_of(chip.dose, schedule.FONT) <= chip.width


def test_cycles_are_written_in_words():
    step = node("s", cycleFrom=2, cycleTo=4, day=3)
    assert schedule.cycles_text(step) == "cycles 2 to 4, day 3"
    assert schedule.cycles_text(node("s", cycleFrom=1, cycleTo=1, week=2)) == "cycle 1, week 2"
    assert schedule.cycles_text(node("s", cycleFrom=2, day=3)) == "cycle 2 onward, day 3"
    assert schedule.cycles_text(node("s", maximumCycles=4)) == "up to 4 cycles"


@pytest.fixture
def diagram(loaded, names, namespaces):
    nodes = nodes_of((quad.triple for quad in loaded.quads), namespaces)
    terms = [n for n in nodes.values() if n.iri.startswith(ONTOLOGY)]
    found = [n for n in terms if f"{OWL}Class" in n.iris("rdf:type")]
    properties = [n for n in terms if f"{OWL}ObjectProperty" in n.iris("rdf:type")]
    return found, properties, classes.draw_classes(found, properties, names)


def test_every_class_of_records_and_parts_has_a_box(diagram):
    found, _, drawing = diagram
    boxed = {box.iri for box in drawing.boxes}
    for cls in found:
        is_list = SKOS.Concept in cls.iris("rdfs:subClassOf") and cls.anchor.lower() not in KINDS
        kinds = {f"{ONTOLOGY}Result", f"{ONTOLOGY}Judgement"} & set(cls.iris("rdfs:subClassOf"))
        is_past = cls.value("owl:deprecated") == "true"
        is_of_the_files = cls.anchor in ("RecordGraph", "BorrowedTerm")
        is_of_a_kind = cls.anchor == "CertaintyStep"
        left_out = is_list or bool(kinds) or is_past or is_of_the_files or is_of_a_kind
        assert (cls.iri in boxed) != left_out, cls.iri
    assert {kind.capitalize() for kind in KINDS} <= {iri.partition("#")[2] for iri in boxed}


def test_every_property_between_two_boxes_has_its_line(diagram):
    _, properties, drawing = diagram
    boxed = {box.iri for box in drawing.boxes}
    expected = {
        (domain, prop.iri, len(boxed & set(prop.iris("schema:rangeIncludes"))))
        for prop in properties
        for domain in prop.iris("schema:domainIncludes")
        if domain in boxed and boxed & set(prop.iris("schema:rangeIncludes"))
    }
    drawn = {(box.iri, r.property, len(r.paths)) for box in drawing.boxes for r in box.relations}
    assert drawn == expected


def test_boxes_of_the_diagram_lie_apart_and_hold_their_text(diagram):
    _, _, drawing = diagram
    for box in drawing.boxes:
        assert not any(overlap(box, other, classes.BOX_WIDTH) for other in drawing.boxes)
        assert box.y + box.height <= drawing.height
        for relation in box.relations:
            assert box.y < relation.y < box.y + box.height


def test_each_area_of_the_diagram_names_classes_that_there_are(diagram):
    found, _, _ = diagram
    assert {w for _, words in classes.AREAS for w in words} <= {cls.anchor for cls in found}


@pytest.mark.parametrize(
    "address", ["/ontology", f"/regimen/{REGIMEN}", *(f"/study/{key}" for key in STUDIES)]
)
def test_a_drawing_is_well_formed_has_no_style_of_its_own_and_leads_to_anchors(client, address):
    page = client.get(address, headers={"Accept": "text/html"}).text
    anchors = set(re.findall(r'\bid="([^"]+)"', page))
    drawings = SVG.findall(page)
    assert drawings
    for drawing in drawings:
        root = ElementTree.fromstring(drawing)  # noqa: S314  # the page is ours
        assert root.get("aria-label")
        for element in root.iter():
            assert element.get("style") is None
            target = element.get("href", "")
            assert not target.startswith("#") or target[1:] in anchors, target
