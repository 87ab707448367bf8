"""Slips of drugs, targets, regimens, doses, designs and conditions.

What a record is called, what is below and above it, its claims and the printed dose are in the
graph: a wrong drug or regimen is contradicted where a name says another, or where a group and its
parts no longer fit. A component that no name gives is for a reader.
"""

from __future__ import annotations

from collections.abc import Iterator

from allograph.namespaces import BASE
from allograph.rdf.terms import Literal, NamedNode, Term, Triple, value_of
from allograph.rdf.vocabularies import SKOS
from mutations.ground import Ground
from mutations.slip import Holds, Slip, concept, key_of, like, local, swapped

OTHERS = {
    "binds": ("another target", ("target/cd19", "target/cd22")),
    "target": ("another target", ("target/cd19", "target/cd22")),
    "payload": ("another drug", ("drug/doxorubicin",)),
    "component": ("another drug", ("drug/doxorubicin", "drug/vincristine", "drug/blinatumomab")),
    "drug": ("another drug", ("drug/blinatumomab", "drug/inotuzumab-ozogamicin")),
}
REGIMENS = ("ino-weekly", "mini-hyper-cvd-ino", "standard-treatment", "inotuzumab-ozogamicin-alone")
MODALITIES = ("bispecific-t-cell-engager", "antibody-drug-conjugate", "small-molecule")
DESIGNS = ("randomised-trial", "uncontrolled-cohort", "pooled-analysis", "single-arm-trial")
CHILDHOOD = "relapsed-or-refractory-childhood-b-all"
DRUGS = ("component", "drug")


def slips(ground: Ground) -> Iterator[Slip]:
    """Every slip of these kinds."""
    for path, file in ground.loaded.files.items():
        for triple in file.triples if path.startswith("graph/") else ():
            for make in (_record, _drugs, _regimen, _modality, _dose, _design, _condition):
                yield from make(ground, path, triple)


def _record(ground: Ground, path: str, triple: Triple) -> Iterator[Slip]:
    kind, others = OTHERS.get(local(triple), ("", ()))
    for other in others:
        iri = NamedNode(f"{BASE}{other}")
        if iri not in ground.node(triple.subject).all(local(triple)):
            is_named = _is_called(ground, triple) or _is_claimed(ground, triple)
            is_named |= not _may_be_given(ground, triple, iri)
            by = Holds.GRAPH if is_named else Holds.READER
            yield swapped(kind, path, triple, iri, by)
            return


def _drugs(ground: Ground, path: str, triple: Triple) -> Iterator[Slip]:
    """A drug of a regimen, or a component, that is left out, or one too many."""
    if local(triple) not in DRUGS or "#" in value_of(triple.subject):
        return
    by = Holds.GRAPH if _is_called(ground, triple) else Holds.READER
    yield swapped("drug left out", path, triple, None, by)
    theirs = ground.node(triple.subject).all(local(triple))
    for other in ground.of_class("Drug"):
        if (
            other not in theirs
            and other != triple.subject
            and not ground.node(other).all("isReplacedBy")
        ):
            added = Triple(triple.subject, triple.predicate, other)
            yield Slip("drug too many", path, (), by, (added,))
            return


def _is_called(ground: Ground, triple: Triple) -> bool:
    """Whether a name of the record, or of its steps, has a name of the drug."""
    node = ground.node(triple.subject)
    ours = [*ground.names(triple.subject), *map(str.casefold, node.texts("reportedAs"))]
    return any(name in our for name in ground.names(triple.object) for our in ours)


def _is_claimed(ground: Ground, triple: Triple) -> bool:
    """Whether a claim about what has it, or what is printed of it, names a drug or a target."""
    claims = [
        ground.node(claim)
        for claim in ground.of_class("Claim")
        if triple.subject in ground.node(claim).all("about")
    ]
    told = [claim.label.casefold() for claim in claims]
    return any(name in each for name in ground.names(triple.object) for each in told)


def _may_be_given(ground: Ground, triple: Triple, drug: Term) -> bool:
    """Whether the regimen of a step has a drug; what is no step may have any."""
    regimen = ground.node(NamedNode(value_of(triple.subject).partition("#")[0]))
    return "#" not in value_of(triple.subject) or drug in regimen.all("drug")


def _regimen(ground: Ground, path: str, triple: Triple) -> Iterator[Slip]:
    """Parts of a group have its regimen or a narrower one; a label may name the drugs."""
    if local(triple) != "regimen":
        return
    for key in REGIMENS:
        other = concept("regimen", key)
        if other != triple.object:
            by = Holds.GRAPH if _misfits(ground, triple, other) else Holds.READER
            yield swapped("another regimen", path, triple, other, by)


def _misfits(ground: Ground, triple: Triple, other: Term) -> bool:
    group = ground.node(triple.subject)
    wholes = [ground.node(whole).one("regimen") for whole in group.all("subgroupOf")]
    parts = [
        ground.node(part).one("regimen")
        for part in ground.of_class("StudyGroup")
        if triple.subject in ground.node(part).all("subgroupOf")
    ]
    if any(whole and not _is_below(ground, other, whole) for whole in wholes):
        return True
    if any(part and not _is_below(ground, part, other) for part in parts):
        return True
    drugs = ground.node(other).all("drug")
    told = " ".join([*ground.names(triple.subject), *group.texts("reportedAs")]).casefold()
    named = [
        drug for drug in ground.of_class("Drug") if any(name in told for name in ground.names(drug))
    ]
    return bool(named) and not set(named) <= set(drugs)


def _is_below(ground: Ground, narrow: Term, wide: Term) -> bool:
    return narrow == wide or any(
        _is_below(ground, each, wide) for each in ground.node(narrow).all(SKOS.broader)
    )


def _modality(_ground: Ground, path: str, triple: Triple) -> Iterator[Slip]:
    """A conjugate has a payload, an engager two targets, a combination its components."""
    if local(triple) == "modality":
        other = next(key for key in MODALITIES if key != key_of(triple.object))
        yield swapped("another modality", path, triple, concept("modality", other), Holds.GRAPH)


def _dose(_ground: Ground, path: str, triple: Triple) -> Iterator[Slip]:
    if local(triple) in ("doseLow", "doseHigh"):
        for factor in (10, 0.1):
            text = f"{float(value_of(triple.object)) * factor:g}"
            yield swapped("dose", path, triple, like(triple.object, text), Holds.GRAPH)
    if local(triple) == "doseUnit":
        other = Literal("mg" if value_of(triple.object) != "mg" else "ug/m2")
        yield swapped("dose", path, triple, other, Holds.GRAPH)


def _design(ground: Ground, path: str, triple: Triple) -> Iterator[Slip]:
    """Who was randomised has arms; that it was a trial is printed; the rest a reader knows."""
    if local(triple) != "design":
        return
    right = key_of(triple.object)
    for other in DESIGNS:
        if other != right:
            by = Holds.READER
            if "randomised-trial" in (right, other):
                by = Holds.GRAPH
            elif right == "single-arm-trial" and ground.texts:
                by = Holds.TEXT
            yield swapped("another design", path, triple, concept("design", other), by)


def _condition(ground: Ground, path: str, triple: Triple) -> Iterator[Slip]:
    """Ages and labels say who is a child and who is none."""
    if local(triple) != "condition" or not path.startswith("graph/study/"):
        return
    labels = " ".join(
        value_of(each.object) for each in ground.loaded.files[path].triples
    ).casefold()
    is_said = "adult" in labels or "children" in labels or "outcome/age" in labels
    is_child = key_of(triple.object) == CHILDHOOD
    other = concept("condition", "relapsed-or-refractory-b-all" if is_child else CHILDHOOD)
    by = Holds.GRAPH if is_said else Holds.READER
    yield swapped("another condition", path, triple, other, by)
