"""The command ``pool``: the pooled shares of an outcome, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from allograph.checks.check import Checked
from allograph.cli.base import ALL_WELL, NOT_WELL, settings_options, snapshot_of
from allograph.cli.pooling_sheet import SheetOptions, pool_a_sheet, sheet_options
from allograph.errors import ParameterError, nearest
from allograph.evidence import Evidence
from allograph.evidence.pooling.pooled import PooledShare
from allograph.evidence.pooling.pooling import pool_shares
from allograph.evidence.pooling.share import POOLABLE, Share
from allograph.intake.sheets.pooled_rows import MEASURES
from allograph.namespaces import BASE, key_of

SIMPLE = "A simple pooled share ignores the differences between the studies."


@click.command()
@click.argument("outcome", required=False)
@click.option(
    "--statistic",
    type=click.Choice(POOLABLE),
    help="Which figures to pool; otherwise all that count people.",
)
@click.option("--drug", help="Only people who were given this drug.")
@click.option("--study", "studies", multiple=True, help="Only this study; may be given again.")
@click.option("--with-retracted", is_flag=True, help="Also figures of retracted reports.")
@click.option("--measure", metavar="KEY", help=f"Of a sheet: {', '.join(MEASURES)}.")
@click.option("--model", metavar="KEY", help="Of a sheet: the model, by its key.")
@click.option("--level", type=float, default=95.0, help="Of a sheet: the confidence level.")
@click.option("--format", "format_name", type=click.Choice(["text", "json", "csv"]), default="text")
@sheet_options
@settings_options("root")
def pool(
    outcome: str | None,
    statistic: str | None,
    drug: str | None,
    studies: tuple[str, ...],
    with_retracted: bool,
    measure: str | None,
    model: str | None,
    level: float,
    format_name: str,
    sheet: Path | None,
    profile: str | None,
    settings: tuple[str, ...],
    continuity: float,
    **options: str | None,
) -> int:
    """Pool the shares of an OUTCOME over studies, or say why they must not be pooled.

    What differs in treatment, setting, definition, grade or time is pooled apart. Nobody is
    counted twice: a refusal (status 1, if there is no pool) can be mended only by choosing other
    studies.
    """
    if sheet:
        of_sheet = SheetOptions(sheet, profile, settings, continuity)
        return pool_a_sheet(of_sheet, outcome, measure, model, level, format_name)
    if outcome is None:
        raise click.UsageError("Name an OUTCOME, or a --sheet.")
    evidence = Checked(snapshot_of(options)).evidence
    known = [iri for iri in evidence.nodes if "#" not in iri]
    found = pool_shares(
        evidence,
        _iri("outcome", outcome, known),
        statistic,
        None if drug is None else _iri("drug", drug, known),
        [_iri("study", study, known) for study in studies],
        with_retracted=with_retracted,
    )
    for each in found.pools:
        if each.refusals:
            _say_refusals(evidence, each)
        else:
            _say_pool(evidence, each)
    for result, reason in found.left_out:
        click.echo(f"left out: {key_of(result.iri)}: {reason}", err=True)
    if found.pooled:
        click.echo(f"note: {SIMPLE}", err=True)
        return ALL_WELL
    if not found.pools:
        for refusal in found.refusals:
            click.echo(f"not pooled: {refusal}", err=True)
    return NOT_WELL


def _iri(kind: str, name: str, known: Iterable[str]) -> str:
    """The record of a kind by its key, its CURIE or its IRI."""
    folder = f"{BASE}{kind}/"
    keys = {key_of(iri): iri for iri in known if iri.startswith(folder)}
    key = name.removeprefix(folder).removeprefix(f"{kind}:")
    if key not in keys:
        raise ParameterError(kind, f"no {kind} is called '{name}'{nearest(key, keys)}")
    return keys[key]


def _say_pool(evidence: Evidence, pool: PooledShare) -> None:
    lower, upper = pool.interval()
    shares = sorted(share.percentage for share in pool.shares)
    total = 100 * pool.numerator / pool.denominator
    click.echo(f"{pool.words}:")
    for share in pool.shares:
        click.echo(_figure(evidence, share))
    click.echo(
        f"pooled: {pool.numerator} of {pool.denominator} ({total:.1f}%,"
        f" exact 95% interval {lower:.1f} to {upper:.1f}%), {len(pool.studies)} studies;"
        f" they range from {shares[0]:.1f} to {shares[-1]:.1f}%"
    )
    for remark in pool.remarks:
        click.echo(f"note: {pool.words}: {remark}", err=True)


def _say_refusals(evidence: Evidence, pool: PooledShare) -> None:
    for refusal in pool.refusals:
        click.echo(f"not pooled: {pool.words}: {refusal}", err=True)
    for share in pool.shares:
        click.echo(f"not pooled: {_figure(evidence, share)}", err=True)


def _figure(evidence: Evidence, share: Share) -> str:
    basis = "printed" if share.is_printed else f"from {share.result.value}%"
    report = evidence.reports.get(share.result.report or "")
    return (
        f"{key_of(share.result.iri)}: {share.numerator} of {share.denominator}"
        f" ({share.percentage:.1f}%), {basis}, {report.tier if report else 'no report'}"
    )
