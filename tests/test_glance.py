"""A glance says of a node what pySHACL says of it, or that it does not know."""

import random

import pyshacl
import pytest
import rdflib
from approve import SNAPSHOT
from rdflib.collection import Collection
from rdflib.namespace import RDF, RDFS, SH, XSD

from allograph.checks.constraints import Unsure
from allograph.checks.facts import Facts
from allograph.checks.glance import Glance
from allograph.checks.shapes import data_graph_of, validate
from allograph.curated.loaded import Loaded
from allograph.errors import FileError
from allograph.rdf.data_graph import FEW, for_many
from allograph.rdf.terms import quiet_about_literals
from allograph.rdf.turtle import parse_turtle

BASE = "https://w3id.org/allograph/"
PREFIXES = "".join(
    f"PREFIX {prefix}: <{namespace}>\n"
    for prefix, namespace in (
        ("", f"{BASE}x#"),
        ("rdfs", str(RDFS)),
        ("sh", str(SH)),
        ("xsd", str(XSD)),
    )
)
NODES = [f":n{number}" for number in range(5)]
CLASSES = [":C0", ":C1", ":C2"]
PROPERTIES = [":p0", ":p1", ":p2"]
LITERALS = [
    *('"a"', '"ab"', '""', '"1"', '"a"@en', '"a"@en-GB', '"b"@de-AT', '"x"@DE', '"a\\nb"'),
    *("1", "01", "2", "1.0", "2.50", "1e0", "true", '"1"^^xsd:boolean', '"1"^^xsd:decimal'),
    *('"2020-01-01"^^xsd:date', '"2020-01-01Z"^^xsd:date', '"2021-01-01"^^xsd:date'),
    *('"2020-13-01"^^xsd:date', '"abc"^^xsd:integer', '"perhaps"^^xsd:boolean', '"z"^^:mine'),
    *('"5"^^xsd:nonNegativeInteger', '"-5"^^xsd:nonNegativeInteger', '"2020"^^xsd:gYear'),
    *('"2020-01"^^xsd:gYearMonth', '"January"^^xsd:gYearMonth', '"year"^^xsd:gYear'),
    *('"2020-01-01T00:00:00Z"^^xsd:dateTime', '"P1Y"^^xsd:duration', '"x"^^xsd:anyURI'),
]
DATATYPES = (
    *(XSD.string, XSD.integer, XSD.decimal, XSD.double, XSD.boolean, XSD.date, XSD.dateTime),
    *(XSD.gYear, XSD.gYearMonth, XSD.duration, XSD.anyURI, XSD.nonNegativeInteger, XSD.int),
    *(RDF.langString, RDFS.Literal, rdflib.URIRef(f"{BASE}x#mine")),
)
LIMITS = ['"a"', "1", "1.0", "2.5e0", '"2020-06-01"^^xsd:date']
LANGUAGES = ["en", "de", "EN", "en-GB", "de-AT", "*"]
ROUNDS = 150


def loaded_of(data):
    file = parse_turtle(f"{PREFIXES}{data}".encode(), "x.ttl")
    return Loaded({"x.ttl": file}, {"x.ttl": f"{BASE}graph/x"})


def term(written):
    graph = rdflib.Graph().parse(data=f"{PREFIXES}[] :p {written} .", format="turtle")
    return next(graph.objects())


class Maker:
    """Data and shapes that are made up, of all kinds; the same seed makes the same."""

    def __init__(self, seed):
        self.random = random.Random(seed)  # noqa: S311  # the same each time
        self.graph = rdflib.Graph()

    def one_of(self, written):
        return term(self.random.choice(written))

    def whole(self):
        return rdflib.Literal(self.random.randint(0, 2))

    def list_of(self, items):
        items = list(items)
        return Collection(self.graph, rdflib.BNode(), items).uri

    def data(self):
        lines = [":C0 rdfs:subClassOf :C1 ."] * self.random.randint(0, 1)
        for node in NODES:
            for _ in range(self.random.randint(0, 2)):
                lines.append(f"{node} a {self.random.choice(CLASSES)} .")
            for _ in range(self.random.randint(0, 4)):
                value = self.random.choice(self.random.choice((LITERALS, LITERALS, NODES)))
                lines.append(f"{node} {self.random.choice(PROPERTIES)} {value} .")
        return "\n".join(lines)

    def path(self, depth=0):
        kinds = (SH.inversePath, SH.alternativePath, RDF.List)
        kinds += (SH.oneOrMorePath, SH.zeroOrMorePath, SH.zeroOrOnePath)
        if depth > 1 or self.random.random() < 0.5:
            return self.one_of(PROPERTIES)
        kind, node = self.random.choice(kinds), rdflib.BNode()
        if kind == RDF.List:
            return self.list_of(self.path(depth + 1) for _ in range(self.random.randint(2, 3)))
        if kind == SH.alternativePath:
            inner = self.list_of(self.path(depth + 1) for _ in range(2))
        else:
            inner = self.one_of(PROPERTIES) if kind == SH.inversePath else self.path(depth + 1)
        self.graph.add((node, kind, inner))
        return node

    def shape(self, depth=0, *, has_path=None):
        shape = rdflib.BNode()
        has_path = self.random.random() < 0.6 if has_path is None else has_path
        self.graph.add((shape, RDF.type, SH.PropertyShape if has_path else SH.NodeShape))
        if has_path:
            self.graph.add((shape, SH.path, self.path()))
        if self.random.random() < 0.2:
            self.graph.set((shape, SH.severity, SH.Warning))
        if self.random.random() < 0.05:
            self.graph.set((shape, SH.deactivated, rdflib.Literal(True)))
        makers = [*self.of_any(), *(self.of_properties(depth) if has_path else ())]
        makers += self.of_shapes(depth) * 2 if depth < 2 else []
        for name, make in self.random.sample(makers, self.random.randint(1, 2)):
            self.graph.set((shape, name, make()))
        if (shape, SH.qualifiedValueShape, None) in self.graph:
            limit = self.random.choice((SH.qualifiedMinCount, SH.qualifiedMaxCount))
            self.graph.set((shape, limit, self.whole()))
        return shape

    def of_any(self):
        terms = [*LITERALS, *NODES]
        return [
            (SH.hasValue, lambda: self.one_of(terms)),
            (SH["in"], lambda: self.list_of(map(term, self.random.sample(terms, 3)))),
            (SH.equals, lambda: self.one_of(PROPERTIES)),
            (SH.disjoint, lambda: self.one_of(PROPERTIES)),
            *([(SH.datatype, lambda: self.random.choice(DATATYPES))] * 3),
            (SH.nodeKind, lambda: self.random.choice((SH.IRI, SH.Literal, SH.IRIOrLiteral))),
            (SH["class"], lambda: self.one_of(CLASSES)),
            (SH.pattern, lambda: rdflib.Literal(self.random.choice(("^a", "a$", "[0-9]", "^$")))),
            (SH.minLength, self.whole),
            (SH.maxLength, self.whole),
            *([(SH.languageIn, self.languages)] * 2),
            *(
                (name, lambda: self.one_of(LIMITS))
                for name in (SH.minInclusive, SH.minExclusive, SH.maxInclusive, SH.maxExclusive)
            ),
            (SH.closed, lambda: rdflib.Literal(True)),
        ]

    def languages(self):
        return self.list_of(map(rdflib.Literal, self.random.sample(LANGUAGES, 2)))

    def of_properties(self, depth):
        return [
            (SH.minCount, self.whole),
            (SH.maxCount, self.whole),
            (SH.lessThan, lambda: self.one_of(PROPERTIES)),
            (SH.lessThanOrEquals, lambda: self.one_of(PROPERTIES)),
            (SH.uniqueLang, lambda: rdflib.Literal(True)),
            *([(SH.qualifiedValueShape, lambda: self.shape(depth + 1))] if depth < 2 else []),
        ]

    def of_shapes(self, depth):
        return [
            (SH.node, lambda: self.shape(depth + 1, has_path=False)),
            (SH.property, lambda: self.shape(depth + 1, has_path=True)),
            (SH["not"], lambda: self.shape(depth + 1)),
            *(
                (name, lambda: self.list_of(self.shape(depth + 1) for _ in range(2)))
                for name in (SH["or"], SH.xone, SH["and"])
            ),
        ]


def glanced(loaded, graph, shape, node):
    """Whether the node conforms, or nothing where that is not known."""
    try:
        with quiet_about_literals():
            return Glance(graph, Facts(loaded)).judged(shape, node)
    except Unsure:
        return None


def conforms(data_graph, graph, shape, node):
    """Whether it conforms to pySHACL; nothing for a shape that it cannot judge."""
    aimed = rdflib.Graph()
    aimed += graph
    aimed.add((shape, SH.targetNode, node))
    try:
        with quiet_about_literals():
            answer, report, _text = pyshacl.validate(data_graph, shacl_graph=aimed)
    except TypeError:  # it orders a date and a number
        return None
    return answer if isinstance(report, rdflib.Graph) else None


@pytest.mark.slow
def test_what_a_glance_says_is_what_pyshacl_says():
    """Of its no as well: within ``sh:not``, that is a yes."""
    said = {True: 0, False: 0, None: 0}
    for seed in range(ROUNDS):
        maker = Maker(seed)
        data, shape = maker.data(), maker.shape()
        loaded = loaded_of(data)
        data_graph = data_graph_of(loaded).read()
        for node in map(term, NODES):
            glance = glanced(loaded, maker.graph, shape, node)
            said[glance] += 1
            told = conforms(data_graph, maker.graph, shape, node)
            written = maker.graph.serialize(format="turtle")
            assert None in (glance, told) or glance == told, f"{seed} {node}\n{data}\n{written}"
    assert min(said.values()) > ROUNDS, said


@pytest.mark.slow
def test_of_a_sound_graph_all_is_known_at_a_glance():
    """Else rdflib reads every triple, which takes as long as all else that shapes do."""
    data_graph = data_graph_of(SNAPSHOT.loaded)
    assert validate(SNAPSHOT.loaded, SNAPSHOT.shapes, data_graph=data_graph) == []
    assert len(data_graph) == 0


@pytest.mark.parametrize("language", ["en-GB", "*", "en"])
def test_a_language_is_known_by_its_region_too(language):
    """That it is not in the list must be true, for what says that it shall not be there."""
    shapes = shapes_of(f'sh:property [ sh:path :p ; sh:not [ sh:languageIn ( "{language}" ) ] ]')
    (result,) = validate(loaded_of(':n a :C ; :p "colour"@en-gb .'), shapes)
    assert result.value == "colour"


def shapes_of(constraint):
    text = f"{PREFIXES}:shape a sh:NodeShape ; sh:targetClass :C ; {constraint} .\n"
    declared = f"sh:prefix 'x' ; sh:namespace '{BASE}x#'^^xsd:anyURI"
    text += f"<{BASE}prefixes> sh:declare [ {declared} ] ."
    return {"shapes.ttl": parse_turtle(text.encode(), "shapes.ttl", blank_nodes=True)}


@pytest.mark.parametrize(
    "constraint",
    [
        "sh:minCount 1",
        "sh:lessThan :p",
        "sh:minLength -1",
        "sh:property [ sh:path [] ; sh:minCount 1 ]",
        'sh:property [ sh:path "p" ; sh:minCount 1 ]',
        "sh:property [ sh:path :p ; sh:minCount -1 ]",
        "sh:node [ sh:path :p ; sh:minCount 1 ]",
    ],
)
def test_a_shape_that_is_wrong_is_told_even_if_each_node_would_conform(constraint):
    with pytest.raises(FileError, match=r"^ontology/shapes: a shape"):
        validate(loaded_of(":n a :C ; :p :n ."), shapes_of(constraint))


RULE = (
    f"sh:sparql :rule . :rule sh:prefixes <{BASE}prefixes> ;"
    ' sh:message "It is told." ; sh:select "SELECT $this WHERE { $this x:p ?value }"'
)


@pytest.mark.parametrize(
    "target",
    ["sh:targetSubjectsOf :p", "sh:targetObjectsOf :q", "sh:targetNode :n", "a rdfs:Class"],
)
def test_a_query_is_asked_about_each_target_of_its_shape(target):
    loaded = loaded_of(":n a :shape ; :p 1 . :m :q :n .")
    assert [result.message for result in validate(loaded, shapes_of(f"{target} ; {RULE}"))] == [
        "It is told."
    ]


MANY = [f":m{number}" for number in range(FEW + 5)]


@pytest.mark.parametrize(
    ("query", "is_one"),
    [
        ("SELECT $this WHERE { $this x:part ?part FILTER(?part > 20) }", True),
        (
            "SELECT $this (SUM(?part) AS ?sum) WHERE { $this x:part ?part }"
            " GROUP BY $this HAVING (SUM(?part) > 20)",
            True,
        ),
        (
            "SELECT $this WHERE { $this x:part ?part . ?all x:part ?part }"
            " GROUP BY ?all HAVING (COUNT($this) > 1)",
            False,
        ),
        ("SELECT $this WHERE { $this x:part ?part FILTER(?part > 20) } LIMIT 1", False),
        ("SELECT $this WHERE { $this x:part ?part MINUS { ?any x:part 3 } }", False),
    ],
)
def test_a_query_finds_the_nodes_that_it_finds_alone(query, is_one):
    """One query asks about many nodes where it says the same of each."""
    parts = (f"{node} :part {number}, 7 ." for number, node in enumerate(MANY))
    data_graph = data_graph_of(loaded_of("\n".join(parts)))
    nodes, prefixes = [str(term(node)) for node in MANY], {"x": f"{BASE}x#"}
    alone = [node for node in nodes if data_graph.may_find(query, node, prefixes)]
    assert data_graph.found(query, nodes, prefixes) == alone
    assert (for_many(query) is not None) is is_one
