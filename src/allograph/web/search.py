"""Find records and questions by name, synonym or key: ``InO``, ``Besponsa``, ``allo-SCT``."""

import re
from collections.abc import Iterable, Sequence
from typing import TypeVar

from flask import Blueprint, Response, render_template, request

from allograph.questions import Question
from allograph.web.catalogue import Entry, entries
from allograph.web.negotiate import PAGES, choose, offers, respond_page
from allograph.web.service import current_service

blueprint = Blueprint("search", __name__)

WORD = re.compile(r"\w+")
NO_FIT = 3

Named = TypeVar("Named")


@blueprint.get("/search")
@offers(PAGES)
def search() -> Response:
    """Find records and questions by their names and synonyms."""
    choose(PAGES)
    words = request.args.get("q", "").strip()
    return respond_page(
        render_template(
            "search.html",
            words=words,
            entries=find_entries(words, entries()),
            questions=find_questions(words, current_service().questions.values()),
        )
    )


def find_entries(words: str, known: Iterable[Entry]) -> list[Entry]:
    """Return the entries with a name that holds all words, the best first."""
    return best_first(
        words, [((entry.label, *entry.synonyms, entry.key), entry) for entry in known if entry.key]
    )


def find_questions(words: str, known: Iterable[Question]) -> list[Question]:
    """Return the questions that hold all words."""
    return best_first(
        words,
        [
            ((" ".join((item.title, item.description, item.name, *item.tags)),), item)
            for item in known
        ],
    )


def best_first(words: str, named: Iterable[tuple[Sequence[str], Named]]) -> list[Named]:
    """Return what has a fitting name; a whole name beats whole words, these beat beginnings."""
    wanted = WORD.findall(words.casefold())
    if not wanted:
        return []
    scored = [(min(misfit(wanted, name) for name in names), item) for names, item in named]
    fitting = [(score, item) for score, item in scored if score < NO_FIT]
    return [item for _, item in sorted(fitting, key=lambda pair: pair[0])]


def misfit(wanted: Sequence[str], name: str) -> int:
    """Return 0 for the whole name, 1 for whole words of it, 2 for beginnings, else ``NO_FIT``."""
    words = WORD.findall(name.casefold())
    if list(wanted) == words:
        return 0
    if all(word in words for word in wanted):
        return 1
    if all(any(known.startswith(word) for known in words) for word in wanted):
        return 2
    return NO_FIT
