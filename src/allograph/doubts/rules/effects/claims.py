"""A claim turned round: against its own printed form, comparisons, figures and other claims."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from allograph.doubts.rules.effects.effects import favoured_by_figures
from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.words.printed_numbers import label_of
from allograph.doubts.rules.words.senses import Sense, senses, sign_of
from allograph.doubts.rules.words.words import ALIKE, BEST, THINGS_OF, WORST
from allograph.evidence import Evidence, grouped
from allograph.evidence.records import Claim, Comparison, Result
from allograph.namespaces import key_of

SPEAKS = frozenset({"conclusion", "opinion"})
"""Claims that judge what was done; those on safety judge something else."""
DIRECTIONS = {"favours-group": 1, "favours-comparator": -1}
NEITHER = "no-difference"


def claims_turned_round(evidence: Evidence) -> Iterator[Doubt]:
    """A claim whose words are against what it was printed as, or what it is about."""
    of_study = grouped(evidence.comparisons.values(), lambda comparison: comparison.study)
    for claim in evidence.claims.values():
        said, printed = sign_of(label_of(claim)), sign_of(claim.reported_as)
        if said * printed < 0:
            yield Doubt(claim.iri, "Our words turn round what is printed.", claim.reported_as)
            continue
        found = senses(label_of(claim))
        for iri, direction in _directions(evidence, claim, of_study.get(claim.study or "", [])):
            about = [sense.sign for sense in found if _is_about(evidence, sense, iri)]
            if any(sign * direction < 0 or not direction for sign in about):
                message = f'It is against "{evidence.comparisons[iri].label}".'
                yield Doubt(claim.iri, message, claim.label, (iri,))
                break
        else:
            yield from _superlative(evidence, claim)
    yield from _contradicting(evidence)


def _directions(
    evidence: Evidence, claim: Claim, of_study: list[Comparison]
) -> Iterator[tuple[str, int]]:
    """The comparisons that a claim is about, and which side each favours; 0 for neither.

    A claim on a study is on all its comparisons, and counts only where these agree.
    """
    about = [evidence.comparisons[iri] for iri in sorted(claim.about & evidence.comparisons.keys())]
    for comparison in about:
        direction = _favoured(evidence, comparison)
        if direction or comparison.direction == NEITHER:
            yield comparison.iri, direction
    if not about and claim.study in claim.about and claim.kind in SPEAKS:
        favoured = {one.iri: _favoured(evidence, one) for one in of_study}
        if set(favoured.values()) in ({1}, {-1}):
            yield next(iter(favoured.items()))


def directions_left_out(evidence: Evidence) -> Iterator[Doubt]:
    """A comparison that is significant, or printed as better or worse, and favours nobody."""
    for comparison in evidence.comparisons.values():
        if comparison.direction in DIRECTIONS:
            continue
        if comparison.significance == "claimed":
            message = "Significance is claimed, and neither side is favoured."
        elif sign_of(comparison.reported_as):
            message = "One side is printed as better, and neither is favoured."
        elif comparison.direction == NEITHER and not _is_weighed(comparison):
            message = "Nothing that is printed says that the two sides are alike."
        elif _is_shown(evidence, comparison):
            message = "One side did better by the figures, and neither is favoured."
        else:
            continue
        yield Doubt(comparison.iri, message, comparison.direction)


def _is_weighed(comparison: Comparison) -> bool:
    """Whether figures, or words, could say that the two sides do not differ."""
    figures = (comparison.index, comparison.value, comparison.lower, comparison.p_value)
    is_denied = comparison.significance == "claimed-not"
    words = f"{comparison.label} {comparison.reported_as}"
    is_measured = any(figure is not None for figure in figures)
    return is_denied or is_measured or bool(ALIKE.search(words))


def _is_shown(evidence: Evidence, comparison: Comparison) -> bool:
    """Whether the two figures differ, and nothing says that this may be by chance."""
    is_open = comparison.direction in (None, "not-stated") and comparison.significance in (
        None,
        "not-stated",
    )
    tested = (comparison.p_value, comparison.lower, comparison.upper)
    is_untested = all(figure is None for figure in tested)
    return is_open and is_untested and bool(favoured_by_figures(evidence, comparison))


def _favoured(evidence: Evidence, comparison: Comparison) -> int:
    if comparison.direction == NEITHER:
        return 0
    stated = DIRECTIONS.get(comparison.direction or "", 0)
    return stated or favoured_by_figures(evidence, comparison)


def _is_about(evidence: Evidence, sense: Sense, comparison: str) -> bool:
    """Whether a clause speaks of the outcome of a comparison, or of none at all."""
    outcome = evidence.comparisons[comparison].outcome or ""
    named = {thing for thing, words in THINGS_OF if not sense.words.isdisjoint(words)}
    return not named or any(thing in key_of(outcome) for thing in named)


def _superlative(evidence: Evidence, claim: Claim) -> Iterator[Doubt]:
    """The best or the worst of a report, against the figures of the same outcome and time."""
    is_best, is_worst = BEST.search(claim.label), WORST.search(claim.label)
    if bool(is_best) == bool(is_worst):
        return
    for group in claim.about & evidence.groups.keys():
        for own in evidence.results_of_group.get(group, ()):
            if own.outcome not in claim.about or own.value is None:
                continue
            others = [other.value for other in _beside(evidence, own) if other.value is not None]
            if not others:
                continue
            is_off = own.value < max(others) if is_best else own.value > min(others)
            if is_off:
                message = f'By the figures it is not so: "{own.label}" is {own.value}.'
                yield Doubt(claim.iri, message, claim.label, (own.iri,))
                return


def _beside(evidence: Evidence, own: Result) -> list[Result]:
    names = ("report", "outcome", "statistic", "at_time", "unit")
    groups = evidence.groups_of_study.get(own.study or "", ())
    return [
        other
        for group in groups
        for other in evidence.results_of_group.get(group.iri, ())
        if other.group != own.group
        and all(getattr(other, name) == getattr(own, name) for name in names)
    ]


def _contradicting(evidence: Evidence) -> Iterator[Doubt]:
    """Two judgements of one report on one thing, one good and one bad."""
    judged = [
        (claim, sign)
        for claim in evidence.claims.values()
        if claim.kind in SPEAKS and (sign := sign_of(label_of(claim)))
    ]
    for claims in grouped(judged, lambda pair: (pair[0].study, pair[0].report)).values():
        for (one, sign), (other, opposite) in combinations(claims, 2):
            shared = _subjects(evidence, one) & _subjects(evidence, other)
            if shared and sign != opposite:
                bad, good = (one, other) if sign < 0 else (other, one)
                message = f'Another claim speaks well of the same: "{good.label.rstrip(".")}".'
                yield Doubt(bad.iri, message, bad.label, (good.iri,))


def _subjects(evidence: Evidence, claim: Claim) -> frozenset[str]:
    """What a claim is about; of comparisons, what their group was given."""
    found = set(claim.about)
    for iri in claim.about & evidence.comparisons.keys():
        group = evidence.groups.get(evidence.comparisons[iri].group or "")
        found |= set() if group is None else group.regimens
    return frozenset(found)
