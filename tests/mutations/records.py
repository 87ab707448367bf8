"""Slips of what stands around the figures: reports, people, drugs, identifiers, dates, claims.

A check digit, another record, a class, a label or a flag that a rule decides is the graph. What a
text prints, as a company or a date, is in the held text. A claim that is turned round, and a flag
that only wording calls for, are for a reader.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from allograph.curated.loaded import Loaded
from allograph.namespaces import BASE
from allograph.rdf.terms import Literal, NamedNode, Term, Triple, value_of
from allograph.rdf.vocabularies import AG, DCTERMS, OA, RDF, RDFS, SKOS
from mutations.figures import concept
from mutations.slip import Holds, Slip, swapped

DECIDED = ("impossible-share", "percent-rounded", "denominator-not-stated", "unit-assumed")
"""Flags that the figures of their node call for or exclude."""
CHECKED = re.compile(r"^(?:CAS:.*|https://(?:orcid|ror)\.org/.*|NCT\d+)$")
OPPOSITES = (
    ("better", "worse"), ("higher", "lower"), ("longer", "shorter"), ("more", "fewer"),
    ("improved", "worsened"), ("effective", "ineffective"), ("superior", "inferior"),
    ("benefit", "harm"), ("safe", "unsafe"),
)  # fmt: skip
RECORDS = {
    "binds": ("another target", ("target/cd19", "target/cd22")),
    "target": ("another target", ("target/cd19", "target/cd22")),
    "payload": ("another drug", ("drug/doxorubicin",)),
    "component": ("another drug", ("drug/doxorubicin", "drug/vincristine", "drug/blinatumomab")),
    "drug": ("another drug", ("drug/blinatumomab", "drug/inotuzumab-ozogamicin")),
    "regimen": ("another regimen", ("regimen/ino-weekly", "regimen/mini-hyper-cvd-ino")),
}


def slips(loaded: Loaded) -> Iterator[Slip]:
    """Every slip of these kinds that the graph can have."""
    records = [path for path in loaded.files if path.startswith("graph/")]
    for path in records:
        for triple in loaded.files[path].triples:
            for make in (
                _report,
                _tier,
                _language,
                _record,
                _design,
                _date,
                _claim,
                _dose,
                _flag,
                _partition,
                _identifier,
            ):
                yield from make(loaded, path, triple)
        yield from _identifiers_of_others(loaded, path)
        yield from _places(loaded, path)
        yield from _disclosures(loaded, path)
        yield from _flags_too_many(loaded, path)


def _local(triple: Triple) -> str:
    name = triple.predicate.value
    return name.removeprefix(AG) if name.startswith(AG) else name


def _report(_loaded: Loaded, path: str, triple: Triple) -> Iterator[Slip]:
    """The place of the figure is in the text of its report."""
    if _local(triple) == "report" and path.startswith("graph/study/"):
        others = ("jabbour-2018-abstract", "blood-144-5880", "medivizor-2019")
        for other in others:
            if value_of(triple.object) != f"{BASE}report/{other}":
                wrong = concept("report", other)
                yield swapped("another report", path, triple, wrong, Holds.GRAPH)
                return


def _tier(loaded: Loaded, path: str, triple: Triple) -> Iterator[Slip]:
    """An abstract has a class of its own; what retells says what it is based on."""
    if _local(triple) != "tier":
        return
    right = value_of(triple.object).rpartition("/")[2]
    node = loaded.nodes[value_of(triple.subject)]
    is_known = right == "abstract" or bool(node.all("basedOn"))
    for other in ("primary", "abstract", "retelling"):
        if other != right:
            by = Holds.GRAPH if is_known else Holds.READER
            yield swapped("another tier", path, triple, concept("tier", other), by)


def _language(_loaded: Loaded, path: str, triple: Triple) -> Iterator[Slip]:
    if isinstance(triple.object, Literal) and triple.object.language == "en":
        wrong = {RDFS.label: "de", SKOS.altLabel: "em"}.get(triple.predicate.value)
        if wrong:
            other = Literal(triple.object.value, language=wrong)
            yield swapped("language tag", path, triple, other, Holds.GRAPH)


def _record(loaded: Loaded, path: str, triple: Triple) -> Iterator[Slip]:
    """Labels, siblings, claims and the other records name what is meant."""
    kind, others = RECORDS.get(_local(triple), ("", ()))
    for other in others:
        iri = f"{BASE}{other}"
        if value_of(triple.object) != iri and iri in loaded.nodes:
            yield swapped(kind, path, triple, NamedNode(iri), Holds.GRAPH)
            return


def _design(_loaded: Loaded, path: str, triple: Triple) -> Iterator[Slip]:
    """Arms that were randomised are in the graph; a condition, where ages are."""
    if _local(triple) == "design":
        right = value_of(triple.object).rpartition("/")[2]
        for other in ("randomised-trial", "uncontrolled-cohort", "pooled-analysis"):
            if other != right:
                wrong = concept("design", other)
                yield swapped("another design", path, triple, wrong, Holds.GRAPH)
    if _local(triple) == "condition" and path.startswith("graph/study/"):
        wrong = concept("condition", "relapsed-or-refractory-childhood-b-all")
        if triple.object != wrong:
            yield swapped("another condition", path, triple, wrong, Holds.GRAPH)


def _date(_loaded: Loaded, path: str, triple: Triple) -> Iterator[Slip]:
    """Others of the record, labels, or the text say when; a date to come is none."""
    name = _local(triple)
    is_date = isinstance(triple.object, Literal) and triple.object.datatype.value.endswith("#date")
    if not is_date or name in (DCTERMS.created, DCTERMS.modified):
        return
    year, month, day = value_of(triple.object).split("-")
    wrongs = {f"2091-{month}-{day}": Holds.GRAPH, f"{int(year) + 1}-{month}-{day}": Holds.TEXT}
    if int(day) <= 12 and day != month:
        wrongs[f"{year}-{day}-{month}"] = Holds.TEXT
    for wrong, by in wrongs.items():
        other = Literal(wrong, datatype=triple.object.datatype)
        yield swapped("date", path, triple, other, by)


def _claim(loaded: Loaded, path: str, triple: Triple) -> Iterator[Slip]:
    node = loaded.nodes[value_of(triple.subject)]
    if triple.predicate.value != RDFS.label or AG.Claim not in node.texts(RDF.type):
        return
    text = value_of(triple.object)
    for one, other in (*OPPOSITES, *((second, first) for first, second in OPPOSITES)):
        turned = re.sub(rf"\b{one}\b", other, text)
        if turned != text:
            label = Literal(turned, language="en")
            yield swapped("claim turned round", path, triple, label, Holds.TEXT)
            return


def _dose(_loaded: Loaded, path: str, triple: Triple) -> Iterator[Slip]:
    if _local(triple) in ("doseLow", "doseHigh"):
        for factor in (10, 0.1):
            text = f"{float(value_of(triple.object)) * factor:g}"
            other = Literal(text, datatype=triple.object.datatype)
            yield swapped("dose", path, triple, other, Holds.GRAPH)
    if _local(triple) == "doseUnit":
        other = Literal("mg" if value_of(triple.object) != "mg" else "ug/m2")
        yield swapped("dose", path, triple, other, Holds.GRAPH)


def _flag(_loaded: Loaded, path: str, triple: Triple) -> Iterator[Slip]:
    if _local(triple) == "flag":
        key = value_of(triple.object).rpartition("/")[2]
        by = Holds.GRAPH if key in DECIDED else Holds.READER
        yield swapped("flag left out", path, triple, None, by)


def _flags_too_many(loaded: Loaded, path: str) -> Iterator[Slip]:
    for triple in loaded.files[path].triples:
        if _local(triple) == "denominator":
            flag = Triple(triple.subject, NamedNode(AG.flag), concept("flag", DECIDED[2]))
            if flag not in loaded.files[path].triples:
                yield Slip("flag too many", path, (), Holds.GRAPH, (flag,))


def _partition(_loaded: Loaded, path: str, triple: Triple) -> Iterator[Slip]:
    """Parts no longer add up; a reader has to know that they did."""
    if _local(triple) == "partition":
        yield swapped("partition", path, triple, None, Holds.READER)


def _disclosures(loaded: Loaded, path: str) -> Iterator[Slip]:
    """The span names the companies."""
    companies = [
        value_of(triple.object)
        for triple in loaded.files[path].triples
        if _local(triple) == "organization"
    ]
    for triple in loaded.files[path].triples:
        if _local(triple) == "organization":
            node = loaded.nodes[value_of(triple.subject)].texts("organization")
            yield swapped("disclosure", path, triple, None, Holds.TEXT)
            if others := [each for each in companies if each not in node]:
                yield swapped("disclosure", path, triple, NamedNode(others[0]), Holds.TEXT)


def _identifier(_loaded: Loaded, path: str, triple: Triple) -> Iterator[Slip]:
    """A check digit tells; of the others only who prints them."""
    if triple.predicate.value not in (DCTERMS.identifier, AG.orcid, SKOS.exactMatch):
        return
    text = value_of(triple.object)
    digits = [place for place, letter in enumerate(text) if letter.isdigit()]
    if not digits:
        return
    has_check = bool(CHECKED.match(text)) and not text.startswith("NCT")
    by = Holds.GRAPH if has_check else Holds.READER
    place = digits[len(digits) // 2]
    wrong = f"{text[:place]}{(int(text[place]) + 1) % 10}{text[place + 1 :]}"
    yield swapped("identifier", path, triple, _like(triple.object, wrong), by)
    for left, right in pairwise(digits):
        if right == left + 1 and text[left] != text[right]:
            wrong = f"{text[:left]}{text[right]}{text[left]}{text[right + 1 :]}"
            yield swapped("identifier", path, triple, _like(triple.object, wrong), by)
            return


def _identifiers_of_others(loaded: Loaded, path: str) -> Iterator[Slip]:
    """What another record is called is in the other record."""
    kind = path.rpartition("/")[0]
    theirs: dict[str, Term] = {}
    for other, file in loaded.files.items():
        if other != path and other.startswith(f"{kind}/"):
            for triple in file.triples:
                if triple.predicate.value == DCTERMS.identifier:
                    theirs.setdefault(value_of(triple.object).partition(":")[0], triple.object)
    for triple in loaded.files[path].triples:
        if triple.predicate.value == DCTERMS.identifier:
            prefix = value_of(triple.object).partition(":")[0]
            if prefix in theirs and theirs[prefix] != triple.object:
                yield swapped("identifier of another", path, triple, theirs[prefix], Holds.GRAPH)


def _places(loaded: Loaded, path: str) -> Iterator[Slip]:
    """Two figures that are printed alike, each with the place of the other."""
    alike = defaultdict(list)
    for triple in loaded.files[path].triples:
        node = loaded.nodes[value_of(triple.subject)]
        if _local(triple) == "locator" and node.text("reportedAs"):
            alike[node.text("reportedAs"), node.value("report")].append(triple)
    for same in alike.values():
        places = {_start(loaded, triple.object): triple for triple in same}
        for one, other in zip(places.values(), list(places.values())[1:], strict=False):
            instead = ((one, other.object), (other, one.object))
            yield Slip("another place", path, instead, Holds.READER)


def _start(loaded: Loaded, locator: Term) -> str:
    node = loaded.nodes.get(value_of(locator))
    return node.value(OA.start) if node else ""


def _like(term: Term, text: str) -> Term:
    if isinstance(term, NamedNode):
        return NamedNode(text)
    assert isinstance(term, Literal)
    return Literal(text, datatype=term.datatype)
