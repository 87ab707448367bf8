"""Draw the classes of the ontology as boxes with their relations, each line from its property.

A class stands in the column of its area; one that no area names comes last in the last column. A
class of no records, from which and to which nothing leads, is left out. The boxes say what leads
where, the lines only show it, so that lines may cross without harm.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from allograph.drawings.lettering import lines_of
from allograph.namespaces import KINDS
from allograph.rdf.nodes import Node
from allograph.rdf.vocabularies import OWL, RDFS, SCHEMA, SKOS
from allograph.reading.described import fragment
from allograph.reading.names import Names

PUBLISHED = ("Report", "HeldText", "PassedOver", "Authorship", "Disclosure", "Organization")
AREAS = (
    ("What was published", PUBLISHED),
    ("What was found", ("Result", "Comparison", "Claim")),
    ("Who was counted", ("Study", "StudyGroup", "Outcome", "Condition", "RegistryRecord")),
    ("What they were given", ("Regimen", "DoseStep", "Drug", "Target", "Procedure")),
)

BOX_WIDTH = 236
COLUMN_GAP = 70
ROW_GAP = 22
TOP = 34
TITLE_HEIGHT = 30
LINE_HEIGHT = 18
PADDING = 10
FONT = 12.0


@dataclass(frozen=True)
class Relation:
    """A property in the box of its class, and the classes to which it leads."""

    property: str
    y: int
    text: str
    paths: tuple[str, ...]


@dataclass(frozen=True)
class ClassBox:
    """A class at its place, its relations, and the names of its kinds."""

    iri: str
    x: int
    y: int
    height: int
    relations: tuple[Relation, ...]
    kinds: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class ClassDiagram:
    """A whole drawing; ``heads`` are the names of the areas and where they stand."""

    heads: tuple[tuple[int, str], ...]
    boxes: tuple[ClassBox, ...]
    width: float
    height: float


Leads = Mapping[str, Sequence[tuple[str, tuple[str, ...]]]]


def draw_classes(classes: Sequence[Node], properties: Iterable[Node], names: Names) -> ClassDiagram:
    """Place the classes, and lead each object property to the classes of its range."""
    tops = [
        node
        for node in classes
        if not _parents(node, classes) and not _is_list(node) and not _is_past(node)
    ]
    leads = _leads(tops, properties)
    reached = {path for led in leads.values() for _, targets in led for path in targets}
    tops = [node for node in tops if _is_kind(node) or leads[node.iri] or node.iri in reached]
    kinds = {
        node.iri: [kind.iri for kind in classes if node.iri in _parents(kind, classes)]
        for node in tops
    }
    places: dict[str, tuple[int, int]] = {}
    heights: dict[str, int] = {}
    height = 0
    for number, (_, members) in enumerate(_by_area(tops)):
        y = TOP
        for node in members:
            places[node.iri] = (1 + number * (BOX_WIDTH + COLUMN_GAP), y)
            heights[node.iri] = _height(leads[node.iri], _kind_lines(kinds[node.iri], names))
            y += heights[node.iri] + ROW_GAP
        height = max(height, y - ROW_GAP + 2)
    boxes = [_box(iri, places, heights[iri], leads[iri], kinds[iri], names) for iri in places]
    heads = tuple(
        (1 + number * (BOX_WIDTH + COLUMN_GAP), title) for number, (title, _) in enumerate(AREAS)
    )
    return ClassDiagram(
        heads, tuple(boxes), len(AREAS) * (BOX_WIDTH + COLUMN_GAP) - COLUMN_GAP / 2 + 1, height
    )


def _is_list(node: Node) -> bool:
    """Tell whether the members of a class are a closed list, and no records."""
    return SKOS.Concept in node.iris(RDFS.subClassOf) and not _is_kind(node)


def _is_kind(node: Node) -> bool:
    """Tell whether the members of a class are records, with a page for each."""
    return fragment(node.iri).lower() in KINDS


def _is_past(node: Node) -> bool:
    """Tell whether another class has taken the place of a class."""
    return node.value(OWL.deprecated) == "true"


def _parents(node: Node, classes: Iterable[Node]) -> set[str]:
    return set(node.iris(RDFS.subClassOf)) & {other.iri for other in classes}


def _by_area(tops: Sequence[Node]) -> Iterator[tuple[str, list[Node]]]:
    placed = {word for _, words in AREAS for word in words}
    by_word = {fragment(node.iri): node for node in tops}
    rest = [node for word, node in sorted(by_word.items()) if word not in placed]
    for number, (title, words) in enumerate(AREAS):
        members = [by_word[word] for word in words if word in by_word]
        yield title, members + (rest if number == len(AREAS) - 1 else [])


def _leads(
    tops: Sequence[Node], properties: Iterable[Node]
) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    known = {node.iri for node in tops}
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {iri: [] for iri in known}
    for property in properties:
        targets = tuple(iri for iri in property.iris(SCHEMA.rangeIncludes) if iri in known)
        for domain in property.iris(SCHEMA.domainIncludes):
            if targets and domain in known:
                found[domain].append((property.iri, targets))
    return found


def _kind_lines(kinds: Sequence[str], names: Names) -> tuple[str, ...]:
    words = ", ".join(map(names.label, kinds))
    return lines_of(f"kinds: {words}", BOX_WIDTH - 2 * PADDING, FONT) if kinds else ()


def _height(leads: Sequence[tuple[str, tuple[str, ...]]], kind_lines: Sequence[str]) -> int:
    lines = len(leads) + len(kind_lines)
    return TITLE_HEIGHT + (lines * LINE_HEIGHT + 6 if lines else 0)


def _box(
    iri: str,
    places: Mapping[str, tuple[int, int]],
    height: int,
    leads: Sequence[tuple[str, tuple[str, ...]]],
    kinds: Sequence[str],
    names: Names,
) -> ClassBox:
    x, y = places[iri]
    baselines = (y + TITLE_HEIGHT + 13 + place * LINE_HEIGHT for place in range(999))
    relations = []
    for property, targets in leads:
        baseline = next(baselines)
        words = f"{names.label(property)} \u2192 {', '.join(map(names.label, targets))}"
        (text,) = lines_of(words, BOX_WIDTH - 2 * PADDING, FONT, most=1)
        paths = tuple(_path((x, baseline - 4), places[target]) for target in targets)
        relations.append(Relation(property, baseline, text, paths))
    kind_lines = tuple((next(baselines), text) for text in _kind_lines(kinds, names))
    return ClassBox(iri, x, y, height, tuple(relations), kind_lines)


def _path(start: tuple[int, int], target: tuple[int, int]) -> str:
    """Curve from a line in a box to the title of another, in the same column round the right."""
    (x, y), (target_x, target_y) = start, target
    end_y = round(target_y + TITLE_HEIGHT / 2)
    pull = round(COLUMN_GAP * 0.6)
    if target_x < x:
        end = target_x + BOX_WIDTH
        return f"M{x} {y}C{x - pull} {y} {end + pull} {end_y} {end} {end_y}"
    right = x + BOX_WIDTH
    if target_x > x:
        return f"M{right} {y}C{right + pull} {y} {target_x - pull} {end_y} {target_x} {end_y}"
    bulge = right + round(COLUMN_GAP * 0.5)
    return f"M{right} {y}C{bulge} {y} {bulge} {end_y} {right} {end_y}"
