"""Groups that were drawn by an outcome, beside the counts of that outcome.

A group drawn by two outcomes, or by something else, is left alone: nobody knows its count.
"""

from __future__ import annotations

from collections.abc import Iterator

from allograph.doubts.rules.figures.counts import number
from allograph.doubts.rules.rule import Doubt
from allograph.evidence import Evidence, grouped
from allograph.evidence.records import Group, Result

SHARES = frozenset({"Proportion", "Count"})
Counted = dict[tuple[str | None, str | None, str | None], list[Result]]
"""Results that print a number of people, by group, outcome and report."""


def groups_and_counts(evidence: Evidence) -> Iterator[Doubt]:
    """A group drawn by an outcome whose size is not the count of that outcome in the whole."""
    counted: Counted = grouped(
        (result for result in evidence.results.values() if number(result) is not None),
        lambda result: (result.group, result.outcome, result.report),
    )
    for (parent, outcome, report), groups in groups_drawn(evidence).items():
        if results := counted.get((parent, outcome, report)):
            yield from _sizes(groups, results)
        else:
            yield from _sizes_above(evidence, counted, parent, outcome, groups)


def groups_drawn(evidence: Evidence) -> dict[tuple[str, str, str | None], list[Group]]:
    """Groups of known size by the group from which, and the one outcome by which they were drawn.

    The third part of the key is the report.
    """
    found: dict[tuple[str, str, str | None], list[Group]] = {}
    for group in evidence.groups.values():
        if group.size is not None and len(group.selected_by) == 1:
            (outcome,) = group.selected_by
            for parent in group.parents:
                found.setdefault((parent, outcome, group.report), []).append(group)
    return found


def wholes_of_parts(evidence: Evidence) -> Iterator[Doubt]:
    """A group drawn from a whole by an outcome that is printed of some of the whole alone."""
    of_outcome = grouped(
        (result for result in evidence.results.values() if result.kind in SHARES),
        lambda result: (result.report, result.study, result.outcome),
    )
    for group in evidence.groups.values():
        drawn = group.selected_by | group.without
        if len(drawn) != 1 or not group.parents:
            continue
        (outcome,) = drawn
        figures = of_outcome.get((group.report, group.study, outcome), ())
        above = {one.iri for one in evidence.ancestors(group.iri)}
        if not figures or any(result.group in above for result in figures):
            continue
        parts = sorted(
            result.group
            for result in figures
            if result.group is not None and _is_part(evidence, result.group, group)
        )
        if parts:
            named = f'"{evidence.groups[parts[0]].label}"'
            message = f"The outcome by which it was drawn is printed of {named} alone."
            yield Doubt(group.iri, message, None, (parts[0],))


def _is_part(evidence: Evidence, part: str, group: Group) -> bool:
    """Whether people were drawn from the whole of a group, and are not the group's own."""
    above = {one.iri for one in evidence.ancestors(part)}
    return part != group.iri and group.iri not in above and not above.isdisjoint(group.parents)


def _sizes(groups: list[Group], results: list[Result]) -> Iterator[Doubt]:
    """As many groups as counts are paired by size; else each group is to be among the counts."""
    counts = _numbers(results)
    by_size = sorted(groups, key=lambda group: (group.size or 0, group.iri))
    for place, group in enumerate(by_size):
        wanted = counts[place : place + 1] if len(counts) == len(by_size) else counts
        if group.size not in wanted:
            yield _size_doubt(group, results, " or ".join(map(str, dict.fromkeys(wanted))))


def _sizes_above(
    evidence: Evidence,
    counted: Counted,
    parent: str,
    outcome: str,
    groups: list[Group],
) -> Iterator[Doubt]:
    """The count may be of a larger group, in which more people can have the outcome.

    All of them are in the smaller one if that was drawn by a broader outcome: everybody in
    complete remission is among the responders.
    """
    below = [evidence.groups[parent]] if parent in evidence.groups else []
    for level in evidence.ancestors(parent):
        if not (results := counted.get((level.iri, outcome, groups[0].report))):
            below.append(level)
            continue
        counts, broader = _numbers(results), evidence.broader(outcome)
        is_whole = all(group.selected_by and group.selected_by <= broader for group in below)
        for group in groups:
            if group.size is not None and is_whole and group.size not in counts:
                yield _size_doubt(group, results, " or ".join(map(str, dict.fromkeys(counts))))
            elif group.size is not None and group.size > counts[-1]:
                yield _size_doubt(group, results, f"at most {counts[-1]}")
        return


def _numbers(results: list[Result]) -> list[int]:
    return sorted(count for result in results if (count := number(result)) is not None)


def _size_doubt(group: Group, results: list[Result], wanted: str) -> Doubt:
    return Doubt(
        about=group.iri,
        message=f"The group has {group.size} people, and the count by which it was drawn"
        f" is {wanted}.",
        value=str(group.size),
        involves=tuple(sorted(result.iri for result in results)),
    )
