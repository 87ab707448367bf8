"""The command line: ``allograph <verb> …``, one module for each subject.

A command that joins is written in the module of its subject and named in ``COMMANDS``; one below
another (``allograph export table``) is added to its group there.
"""

from __future__ import annotations

from allograph.cli.asking import ask, query, questions
from allograph.cli.base import commands
from allograph.cli.curating import check, fmt, new
from allograph.cli.exporting import export
from allograph.cli.locating import locate, verify
from allograph.cli.pooling import pool
from allograph.cli.serving import build, serve
from allograph.cli.settings import settings
from allograph.cli.tables import export_table, imports

COMMANDS = (
    ask,
    build,
    check,
    export,
    fmt,
    imports,
    locate,
    new,
    pool,
    query,
    questions,
    serve,
    settings,
    verify,
)

for command in COMMANDS:
    commands.add_command(command)

export.add_command(export_table)

main = commands
