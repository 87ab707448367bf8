"""The conversation of ``read-again``: figure after figure, each answer written at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from allograph.curated.readings.asked import Asked
from allograph.curated.readings.cells import NOT_FOUND, Answer, AnswerError, answer_of
from allograph.curated.readings.parts import WORDS
from allograph.curated.readings.session import Session

HELP = (
    f"Write what is printed, as in 12.5, >90 or not reached; Enter where nothing is, '{NOT_FOUND}'"
    " where the figure cannot be seen, s to skip it, q to end. Each answer is written at once."
)
NOTHING_LEFT = "every figure was read a second time; --all asks for them again"
TOLD: Mapping[str, str] = {
    "group": "people",
    "outcome": "outcome",
    "statistic": "statistic",
    "at_time": "at (months)",
    "origin": "counted from",
    "definition": "counted",
    "cutoff": "data cut-off",
    "unit": "unit",
    "report": "report",
    "address": "address",
    "section": "section",
    "place": "place",
}
"""What is told of a figure, and how it is called."""

SKIPPED, ENDED = "s", "q"


class Ended(Exception):
    """The reader wants to read no more."""


class Skipped(Exception):
    """The reader wants to read another figure."""


def read_figures(session: Session, asked: Sequence[Asked]) -> int:
    """Ask for each figure, and count those that were read; the end of the input ends it, too."""
    if not asked:
        click.echo(NOTHING_LEFT, err=True)
        return 0
    click.echo(HELP, err=True)
    read = 0
    written = set[str]()  # the studies whose files have the version of this conversation
    for number, each in enumerate(asked, start=1):
        click.echo(f"\n{number} of {len(asked)}: {each.told['label']}", err=True)
        for column, name in TOLD.items():
            if each.told[column]:
                click.echo(f"  {name}: {each.told[column]}", err=True)
        try:
            answer = _ask(each)
        except Skipped:
            continue
        except Ended:
            break
        session.write([session.reading(each.iri, answer)], is_new_version=each.study not in written)
        written.add(each.study)
        read += 1
    click.echo(f"\nread: {read} of {len(asked)}", err=True)
    return read


def _ask(asked: Asked) -> Answer:
    """Ask for the parts of a figure until they fit together."""
    while True:
        cells: dict[str, str] = {}
        for part in asked.parts:
            cells[part] = _ask_part(part)
            if cells[part] == NOT_FOUND:
                return Answer(is_found=False)
        try:
            return answer_of(cells) or Answer()
        except AnswerError as error:
            click.echo(f"  {error}", err=True)


def _ask_part(part: str) -> str:
    """Ask for one part until it can be read."""
    while True:
        text = _prompt(WORDS[part])
        if text.casefold() == ENDED:
            raise Ended
        if text.casefold() == SKIPPED:
            raise Skipped
        if text == NOT_FOUND and part != "value":
            click.echo(f"  '{NOT_FOUND}' answers for the value; Enter where none is", err=True)
            continue
        try:
            answer_of({part: text})
        except AnswerError as error:
            click.echo(f"  {error}", err=True)
            continue
        return text


def _prompt(word: str) -> str:
    try:
        text: str = click.prompt(f"  {word}", default="", show_default=False, err=True)
    except click.Abort:  # Ctrl-C, or the end of the input
        raise Ended from None
    return text.strip()
