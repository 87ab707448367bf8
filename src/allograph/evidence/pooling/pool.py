"""Pool the figures of an outcome, or say why they must not be pooled."""

from __future__ import annotations

from allograph.evidence import Evidence
from allograph.evidence.pooling.answers import SHARE, Answer, Crude, Pool, Refused, Row, Wish
from allograph.evidence.pooling.pooled import PooledShare
from allograph.evidence.pooling.pooling import pool_shares
from allograph.evidence.pooling.remarks import report_label
from allograph.evidence.pooling.share import Share
from allograph.evidence.records import Result
from allograph.synthesis.intervals import clopper_pearson


def pool(evidence: Evidence, wish: Wish) -> Answer:
    """Pool what a wish asks for."""
    found = pool_shares(
        evidence,
        wish.outcome,
        wish.statistic,
        wish.drug,
        wish.studies,
        with_retracted=wish.with_retracted,
    )
    return Answer(
        wish,
        evidence.nodes.of(wish.outcome).label or wish.outcome,
        tuple(_pool(evidence, one, wish.level) for one in found.pools),
        tuple(Refused(_row(evidence, result), reason) for result, reason in found.left_out),
    )


def _pool(evidence: Evidence, found: PooledShare, level: float) -> Pool:
    rows = tuple(_share_row(evidence, share, level) for share in found.shares)
    shares = [row.value for row in rows if row.value is not None]
    lower, upper = found.interval(level)
    crude = Crude(
        found.numerator,
        found.denominator,
        found.numerator / found.denominator,
        lower / 100,
        upper / 100,
        min(shares),
        max(shares),
    )
    return Pool(SHARE, found.words, "percentage", rows, found.refusals, found.remarks, crude=crude)


def _share_row(evidence: Evidence, share: Share, level: float) -> Row:
    row = _row(evidence, share.result)
    lower, upper = clopper_pearson(share.numerator, share.denominator, level)
    return Row(
        **{
            **row.__dict__,
            "events": share.numerator,
            "people": share.denominator,
            "value": share.numerator / share.denominator,
            "lower": lower / 100,
            "upper": upper / 100,
            "level": level,
        }
    )


def _row(evidence: Evidence, result: Result) -> Row:
    group = evidence.groups.get(result.group or "")
    return Row(
        figure=result.iri,
        study=result.study or "",
        label=evidence.study_label(result.study),
        people_label=group.label if group else "",
        report=result.report,
        report_label=report_label(evidence, result),
        tier=evidence.tier(result),
        reported_as=result.reported_as,
    )
