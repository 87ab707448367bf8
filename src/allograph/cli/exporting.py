"""Commands that write the graph out: ``export``, and what is below it."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from click.core import ParameterSource

from allograph.checks.check import Checked
from allograph.cli.base import ALL_WELL, Group, settings_options, snapshot_of
from allograph.errors import FileError, Location
from allograph.rdf.formats import FORMAT_BY_NAME, formats_for
from allograph.release.exports import export as export_quads
from allograph.text.files import reason


@click.group(
    cls=Group,
    places={"inspect": "inspecting:export_inspect", "table": "tables:export_table"},
    invoke_without_command=True,
    subcommand_metavar="[COMMAND [ARGS]...]",
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice([format.name for format in formats_for("graph", "dataset")]),
    default="ttl",
    show_default=True,
    help="All triples once; trig and nq hold one named graph for each file.",
)
@click.option("--output", metavar="FILE", help="File to write; by default standard output.")
@settings_options("root")
@click.pass_context
def export(
    ctx: click.Context, /, format_name: str, output: str | None, **options: str | None
) -> int:
    """Write the whole graph, or with a COMMAND another view of it."""
    if ctx.invoked_subcommand:
        _refuse_options_before(ctx)
        return ALL_WELL
    checked = Checked(snapshot_of(options))
    format = FORMAT_BY_NAME[format_name]
    content = export_quads(checked.quads, format, checked.snapshot.namespaces)
    if output is None:
        sys.stdout.buffer.write(content)
        return ALL_WELL
    try:
        Path(output).write_bytes(content)
    except OSError as error:
        raise FileError(Location(output), f"cannot be written: {reason(error)}") from None
    return ALL_WELL


def _refuse_options_before(ctx: click.Context) -> None:
    """An option of the whole graph's export would be lost on the command below it."""
    for name in ctx.params:
        if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            raise click.UsageError(f"Options stand after '{ctx.invoked_subcommand}'.", ctx)
