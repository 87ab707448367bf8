"""Parts and wholes: what a source presents as the parts of a group adds up to the group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from allograph.doubts.rules.figures.counts import number
from allograph.doubts.rules.groups.drawn import groups_drawn
from allograph.doubts.rules.rounding import HUNDRED, rounding
from allograph.doubts.rules.rule import Doubt
from allograph.evidence import Evidence, grouped
from allograph.evidence.records import Group, Result


def parts_of_wholes(evidence: Evidence) -> Iterator[Doubt]:
    """Parts of one partition, and groups with and without an outcome, that miss their whole."""
    parts = grouped(
        (result for result in evidence.results.values() if result.partition),
        lambda result: (result.group, result.partition, result.report),
    )
    for results in parts.values():
        yield from _partition(evidence, results)
    yield from _complements(evidence)


def _partition(evidence: Evidence, parts: list[Result]) -> Iterator[Doubt]:
    """Parts that make too few or too many people, or another share."""
    group, iris = parts[0].group, tuple(sorted(part.iri for part in parts))
    counts = [number(part) for part in parts]
    known = [count for count in counts if count is not None]
    whole = evidence.size(group) or _common(part.denominator for part in parts)
    if group is None:
        return
    if len(known) == len(parts):
        if whole and sum(known) != whole:
            is_short = sum(known) < whole
            missed = f"{abs(whole - sum(known))} {'short of' if is_short else 'more than'}"
            said = f"{' + '.join(map(str, known))} = {sum(known)}, {missed}"
            message = f'The parts of "{parts[0].partition}" make {said} {whole}.'
            yield Doubt(group, message, str(sum(known)), iris)
    elif all(_is_share(part) for part in parts):
        total = sum((part.value or Decimal(0) for part in parts), Decimal(0))
        if abs(total - HUNDRED) > sum(rounding(part) for part in parts):
            message = f'The parts of "{parts[0].partition}" make {total}% instead of 100%.'
            yield Doubt(group, message, f"{total}%", iris)


def _is_share(part: Result) -> bool:
    return part.kind == "Proportion" and part.value is not None and not part.bound


def _common(denominators: Iterable[int | None]) -> int | None:
    found = set(denominators)
    return found.pop() if len(found) == 1 else None


def _complements(evidence: Evidence) -> Iterator[Doubt]:
    """Groups without an outcome, beside the number with it in the same whole or a larger one."""
    having = _having(evidence)
    for rest in evidence.groups.values():
        if rest.size is None or len(rest.without) != 1:
            continue
        (outcome,) = rest.without
        for iri in rest.parents:
            whole = evidence.groups.get(iri)
            if whole is not None and whole.size is not None:
                yield from _complement(evidence, having, rest, whole, outcome)


Having = dict[tuple[str | None, str | None, str | None], set[int]]
"""How many people of a group had an outcome, by group, outcome and report."""


def _having(evidence: Evidence) -> Having:
    found: Having = {}
    for result in evidence.results.values():
        if (count := number(result)) is not None:
            found.setdefault((result.group, result.outcome, result.report), set()).add(count)
    for key, groups in groups_drawn(evidence).items():
        found.setdefault(key, set()).update(group.size or 0 for group in groups)
    return found


def _complement(
    evidence: Evidence, having: Having, rest: Group, whole: Group, outcome: str
) -> Iterator[Doubt]:
    """In a larger whole, those with the outcome need not all be in the smaller one."""
    for level in (whole, *evidence.ancestors(whole.iri)):
        counts = having.get((level.iri, outcome, rest.report))
        if counts is None or level.size is None or whole.size is None or rest.size is None:
            continue
        if not any(whole.size - n <= rest.size <= level.size - n for n in counts):
            numbers = " or ".join(map(str, sorted(counts)))
            among = "" if level is whole else f" among {level.size}"
            message = f"{rest.size} people without and {numbers} with the outcome{among}"
            message += f" do not make the {whole.size} from whom the group was drawn."
            yield Doubt(rest.iri, message, str(rest.size), tuple(sorted({whole.iri, level.iri})))
        return
