"""What figures must have in common to be pooled, and how they fall into pools.

The treatment, the setting of the people and what chose them, the definition of the outcome and the
grade are never mixed, and a figure that leaves one of them open is apart from those that state it.
A time, and the words in which a benefit is described, may be left open beside others that agree.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from allograph.evidence import Evidence, grouped
from allograph.evidence.pooling.share import Share
from allograph.evidence.records import Result
from allograph.rdf.vocabularies import AG, DEFINITION

LeftOut: TypeAlias = tuple[Result, str]

DRUGS = ("drug", "optionalDrug")
NOT_STATED = "not-stated"
NOT_NAMED = "drugs-not-named"
"""The flag of a regimen that has drugs besides those that are named."""


@dataclass(frozen=True)
class Kind:
    """What all figures of a pool have in common; IRIs and keys, sorted, for nobody to read.

    ``treatment`` are the drugs that all or some were given, or the regimens where no drug is
    named; ``words`` are how a harm is described: counted during treatment and until years later
    it is not the same harm.
    """

    treatment: tuple[str, ...]
    is_named: bool
    settings: tuple[str, ...]
    chosen_by: tuple[str, ...]
    chosen_without: tuple[str, ...]
    definition: str | None
    words: str | None
    grade: str | None


def kind_of(evidence: Evidence, share: Share) -> Kind:
    """The kind of a figure."""
    result = share.result
    group = evidence.groups[share.group]
    line = (group, *evidence.ancestors(group.iri))
    regimens = [evidence.nodes.of(iri) for iri in group.regimens]
    drugs = [drug for node in regimens for name in DRUGS for drug in node.iris(name)]
    is_benefit = evidence.is_desirable(result.outcome) is True
    return Kind(
        treatment=_sorted(drugs or group.regimens),
        is_named=not any(NOT_NAMED in node.keys("flag") for node in regimens),
        settings=_settings(evidence, result.study),
        chosen_by=_sorted(iri for one in line for iri in one.selected_by),
        chosen_without=_sorted(iri for one in line for iri in one.without),
        definition=result.definition,
        words=None if is_benefit else words_of(evidence, result),
        grade=result.grade,
    )


def words_of(evidence: Evidence, result: Result) -> str | None:
    """How a source describes the outcome, where no definition of the list says it."""
    return evidence.nodes.of(result.iri).text("definition")


def _settings(evidence: Evidence, study: str | None) -> tuple[str, ...]:
    """The settings of the conditions of a study, and of the broader ones."""
    known = evidence.studies.get(study or "")
    conditions = known.conditions if known else ()
    above = {iri for condition in conditions for iri in evidence.broader(condition)}
    return _sorted(iri for one in above for iri in evidence.nodes.of(one).iris(AG.setting))


def _sorted(iris: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(iris)))


Stated: TypeAlias = Callable[[Evidence, Result], Hashable]

LEFT_OPEN: tuple[tuple[str, Stated], ...] = (
    ("how it was measured", words_of),
    ("month", lambda _evidence, result: result.at_time),
    ("after cycle", lambda _evidence, result: result.after_cycle),
    ("since", lambda _evidence, result: _origin(result)),
)
"""What a figure may leave open beside others that state it, and agree: its name, and how to ask."""


def _origin(result: Result) -> str | None:
    return None if result.time_origin == NOT_STATED else result.time_origin


def by_times(
    evidence: Evidence, shares: Sequence[Share]
) -> tuple[list[list[Share]], list[LeftOut]]:
    """Figures of one kind, apart where they state different times; and those left out for it.

    Of a study that gives several times, the one that most studies give is taken.
    """
    bunches, left_out = [list(shares)], []
    for name, stated in LEFT_OPEN:
        further: list[list[Share]] = []
        for bunch in bunches:
            kept, rest = _at_the_usual_time(evidence, bunch, name, stated)
            left_out.extend(rest)
            further.extend(_apart(evidence, kept, stated))
        bunches = further
    return bunches, left_out


def _at_the_usual_time(
    evidence: Evidence, shares: Sequence[Share], name: str, stated: Stated
) -> tuple[list[Share], list[LeftOut]]:
    """Of each study the figures at the time that more studies give than any other of its times."""
    times: dict[str | None, set[Hashable]] = defaultdict(set)
    for share in shares:
        times[share.result.study].add(stated(evidence, share.result))
    studies = Counter(time for given in times.values() for time in given)
    kept: list[Share] = []
    rest: list[LeftOut] = []
    for share in shares:
        given = times[share.result.study]
        most = max(studies[time] for time in given)
        usual = [time for time in given if studies[time] == most]
        if len(usual) > 1 or stated(evidence, share.result) == usual[0]:
            kept.append(share)
        else:
            taken = "none stated" if usual[0] is None else usual[0]
            reason = f"more studies have a figure like another one of its study ({name}: {taken})"
            rest.append((share.result, reason))
    return kept, rest


def _apart(evidence: Evidence, shares: Sequence[Share], stated: Stated) -> Iterator[list[Share]]:
    """One bunch for each time; those that state none go with the others if these agree."""
    by_time: dict[Hashable, list[Share]] = defaultdict(list)
    for share in shares:
        by_time[stated(evidence, share.result)].append(share)
    if len(by_time.keys() - {None}) < 2:
        yield list(shares)
    else:
        yield from by_time.values()


def by_kind(evidence: Evidence, shares: Iterable[Share]) -> dict[Kind, list[Share]]:
    """Figures by their kind, which are never mixed."""
    return grouped(shares, lambda share: kind_of(evidence, share))


def in_words(evidence: Evidence, kind: Kind, is_defined: bool) -> str:
    """A kind for readers: ``inotuzumab ozogamicin alone; relapsed or refractory; CR or CRi``.

    ``is_defined`` if figures of other kinds state a definition of their outcome.
    """
    return "; ".join(_parts_in_words(evidence, kind, is_defined))


def _parts_in_words(evidence: Evidence, kind: Kind, is_defined: bool) -> Iterator[str]:
    def label(iri: str) -> str:
        return evidence.nodes.of(iri).label or iri

    treatment = ", ".join(map(label, kind.treatment)) or "treatment not stated"
    drugs = {node.iri for node in evidence.instances("Drug")}
    if drugs.issuperset(kind.treatment):
        is_one = len(kind.treatment) == 1 and kind.is_named
        treatment += " alone" if is_one else "" if kind.is_named else " with others not named"
    yield treatment
    yield ", ".join(map(label, kind.settings)) or "setting not stated"
    if kind.chosen_by:
        yield f"of those with {' and '.join(map(label, kind.chosen_by))}"
    if kind.chosen_without:
        yield f"of those without {' and '.join(map(label, kind.chosen_without))}"
    if kind.definition:
        yield evidence.nodes.of(DEFINITION[kind.definition]).label or kind.definition
    elif is_defined:
        yield "definition not stated"
    if kind.words:
        yield kind.words
    if kind.grade:
        yield f"grade {kind.grade}"
