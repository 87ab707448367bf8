"""The command line: ``allograph <verb> …``, one module for each subject.

A command that joins is written in the module of its subject and named in ``COMMANDS`` (one below
another, such as ``allograph export table``, in the table of that one). Its module is imported when
it is asked for, so that a check does not wait for what only a server or a plot needs.
"""

from __future__ import annotations

import click

from allograph import __version__
from allograph.cli.base import Verbs

COMMANDS = {
    "ask": "asking:ask",
    "build": "serving:build",
    "check": "curating:check",
    "export": "exporting:export",
    "fmt": "curating:fmt",
    "import": "tables:imports",
    "locate": "locating:locate",
    "new": "curating:new",
    "numbers": "numbering:numbers",
    "pool": "pooling:pool",
    "query": "asking:query",
    "questions": "asking:questions",
    "read-again": "reading_again:read_again",
    "serve": "serving:serve",
    "settings": "settings:settings",
    "summary": "summing:summary",
    "verify": "locating:verify",
}
"""The module of each command, and its name there."""


@click.group(
    cls=Verbs,
    places=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="allograph", message="%(prog)s %(version)s")
def main() -> None:
    """What clinical studies of acute lymphoblastic leukaemia found, as a graph to ask."""
