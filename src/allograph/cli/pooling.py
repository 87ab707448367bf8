"""The command ``pool``: the pooled share of an outcome, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Iterable

import click

from allograph.checks.check import Checked
from allograph.cli.base import ALL_WELL, NOT_WELL, settings_options, snapshot_of
from allograph.errors import ParameterError, nearest
from allograph.evidence import Evidence
from allograph.namespaces import BASE, key_of
from allograph.synthesis.pooling import POOLABLE, PooledShare, pool_shares


@click.command()
@click.argument("outcome")
@click.option(
    "--statistic",
    type=click.Choice(POOLABLE),
    default="percentage",
    show_default=True,
    help="Which figures to pool.",
)
@click.option("--drug", help="Only people who were given this drug.")
@click.option("--study", "studies", multiple=True, help="Only this study; may be given again.")
@settings_options("root")
def pool(
    outcome: str,
    statistic: str,
    drug: str | None,
    studies: tuple[str, ...],
    **options: str | None,
) -> int:
    """Pool the shares of an OUTCOME over studies, or say why they must not be pooled.

    Nobody is counted twice: a refusal (status 1) can be mended only by choosing other studies.
    """
    evidence = Checked(snapshot_of(options)).evidence
    known = [iri for iri in evidence.nodes if "#" not in iri]
    found = pool_shares(
        evidence,
        _iri("outcome", outcome, known),
        statistic,
        None if drug is None else _iri("drug", drug, known),
        [_iri("study", study, known) for study in studies],
    )
    _say_figures(evidence, found)
    if found.refusals:
        for refusal in found.refusals:
            click.echo(f"not pooled: {refusal}", err=True)
        return NOT_WELL
    _say_pool(found)
    return ALL_WELL


def _iri(kind: str, name: str, known: Iterable[str]) -> str:
    """The record of a kind by its key, its CURIE or its IRI."""
    folder = f"{BASE}{kind}/"
    keys = {key_of(iri): iri for iri in known if iri.startswith(folder)}
    key = name.removeprefix(folder).removeprefix(f"{kind}:")
    if key not in keys:
        raise ParameterError(kind, f"no {kind} is called '{name}'{nearest(key, keys)}")
    return keys[key]


def _say_figures(evidence: Evidence, found: PooledShare) -> None:
    for share in found.shares:
        basis = "printed" if share.is_printed else f"from {share.result.value}%"
        report = evidence.reports.get(share.result.report or "")
        click.echo(
            f"{key_of(share.result.iri)}: {share.numerator} of {share.denominator}"
            f" ({share.percentage:.1f}%), {basis}, {report.tier if report else 'no report'}"
        )
    for result, reason in found.left_out:
        click.echo(f"left out: {key_of(result.iri)}: {reason}", err=True)


def _say_pool(found: PooledShare) -> None:
    lower, upper = found.interval()
    shares = sorted(share.percentage for share in found.shares)
    total = 100 * found.numerator / found.denominator
    click.echo(
        f"pooled: {found.numerator} of {found.denominator} ({total:.1f}%,"
        f" exact 95% interval {lower:.1f} to {upper:.1f}%);"
        f" the studies range from {shares[0]:.1f} to {shares[-1]:.1f}%"
    )
    for remark in found.remarks:
        click.echo(f"note: {remark}", err=True)
    click.echo("note: A simple pooled share ignores the differences between the studies.", err=True)
