"""The cells of a row about a comparison: the relative effect, and what it means for 1,000."""

from __future__ import annotations

from dataclasses import replace

from allograph.evidence import Evidence
from allograph.evidence.pooling.answers import Pool, Row
from allograph.reading.summary.absolute import HAZARDS, Limits, with_ratio
from allograph.reading.summary.absolute import MEASURES as GIVE_SHARES
from allograph.reading.summary.cells import Cells, limits_of
from allograph.reading.summary.risks import printed_with, risk_without
from allograph.reading.summary.table import ONE, PER_THOUSAND, POOLED, REFUSED, Absolute, Relative
from allograph.reading.summary.words import MEASURES, ratio, spread
from allograph.synthesis.pooled import MODELS, Synthesis

PROPORTIONAL = (
    "The share with the drug is computed from the hazard ratio, as if hazards stayed proportional."
)
ALL_OF_THEM = "By the ratio the upper limit is more than all people: 1,000 stands for it."
NO_RISK = "The comparator's share is not printed, so what the ratio means for 1,000 is not known."
NO_SHARE = "A difference of means is no share of people."
PRINTED = "as the study prints it"
COUNTED = "from the people that the study counted"


def effect_of_pool(evidence: Evidence, found: Pool) -> Cells:
    """The cells of a pool of comparisons."""
    values = tuple(_value(found, row) for row in found.rows)
    relative = _relative(found)
    if relative is None:
        return Cells(REFUSED, values, why=found.refusals or _reasons(found.synthesis))
    absolute, why = _absolute(evidence, found, relative)
    return Cells(
        state=POOLED if relative.model else ONE,
        values=values,
        absolute=absolute,
        absolute_why=why,
        relative=relative,
        remarks=_remarks(evidence, found, absolute),
        stand_in=None if relative.model else _stand_in(found, relative),
    )


def _relative(found: Pool) -> Relative | None:
    """The pooled effect, or that of the only study; none of what is refused."""
    synthesis = found.synthesis
    measure = found.measure or ""
    if synthesis is not None and synthesis.estimate is not None and synthesis.studies > 1:
        return Relative(
            measure=measure,
            words=MEASURES.get(measure, measure),
            limits=Limits(synthesis.estimate, synthesis.lower, synthesis.upper),
            level=synthesis.level,
            origin=f"pooled: {MODELS[synthesis.model]}",
            model=synthesis.model,
            prediction=limits_of(
                synthesis.estimate, synthesis.prediction_lower, synthesis.prediction_upper
            ),
            tau2=synthesis.tau2,
            i2=synthesis.i2,
            reasons=_reasons(synthesis),
        )
    if len(found.rows) != 1 or found.rows[0].value is None:
        return None
    row = found.rows[0]
    return Relative(
        measure=measure,
        words=MEASURES.get(measure, measure),
        limits=Limits(found.rows[0].value, row.lower, row.upper),
        level=row.level or 95.0,
        origin=f"one study, {PRINTED if row.is_printed else COUNTED}",
    )


def _absolute(evidence: Evidence, found: Pool, relative: Relative) -> tuple[Absolute | None, str]:
    measure = relative.measure
    if measure not in GIVE_SHARES:
        return None, NO_SHARE
    risk = risk_without(evidence, found)
    if risk is None:
        return None, NO_RISK
    is_event = found.is_desirable is not True

    def change(number: float) -> float:
        return with_ratio(measure, risk.share, number, is_event=is_event)

    given = relative.limits.through(change)
    return (
        Absolute(
            unit=PER_THOUSAND,
            given=given,
            method=f"the share without the drug, by the {relative.words}",
            level=relative.level,
            without=risk,
            difference=given.through(lambda share: share - risk.share),
        ),
        "",
    )


def _remarks(evidence: Evidence, found: Pool, absolute: Absolute | None) -> tuple[str, ...]:
    """What is taken for granted of the share with the drug, and what the studies print of it."""
    if absolute is None or absolute.without is None:
        return ()
    remarks = []
    if found.measure in HAZARDS:
        printed = printed_with(evidence, found, absolute.without)
        remarks.append(f"{PROPORTIONAL} {printed}." if printed else PROPORTIONAL)
    if absolute.given.upper == 1.0:
        remarks.append(ALL_OF_THEM)
    return tuple(remarks)


def _stand_in(found: Pool, relative: Relative) -> Pool:
    """The pool with the numbers of its only study, as if they were pooled."""
    row = found.rows[0]
    people = row.people + row.comparator_people if row.people and row.comparator_people else None
    alone = Synthesis(
        model="",
        level=relative.level,
        studies=1,
        people=people,
        estimate=relative.limits.value,
        lower=relative.limits.lower,
        upper=relative.limits.upper,
    )
    return replace(found, synthesis=alone)


def _value(found: Pool, row: Row) -> str:
    """The figure of a row in words."""
    limits = limits_of(row.value, row.lower, row.upper)
    counts = ""
    if row.events is not None and row.comparator_events is not None:
        counts = (
            f"{row.events}/{row.people} against {row.comparator_events}/{row.comparator_people}; "
        )
    if limits is None:
        return counts.removesuffix("; ")
    measure = MEASURES.get(found.measure or "", "")
    written = f"{measure} {ratio(limits.value)} {spread(limits, ratio, row.level or 95.0)}"
    return f"{counts}{written}".strip()


def _reasons(synthesis: Synthesis | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(synthesis.reasons.values())) if synthesis else ()
