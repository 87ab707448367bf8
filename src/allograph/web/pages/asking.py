"""A question as a request asks it: its parameters bound, what is wanted of the answer, its run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from flask import request, url_for

from allograph.questions.parameters import choices_query, instances_of
from allograph.questions.question import RESERVED, Bound, Choices, Parameter, Question, bound
from allograph.rdf.terms import Term
from allograph.reading.answers.rows import AnswerRows, rows_of
from allograph.reading.answers.wish import Wish, is_wish, sifted, wish_of
from allograph.reading.controls import Control, controls_of, sentence_of, words_of
from allograph.reading.reader import expect_solutions
from allograph.reading.taking.extent import extent_of
from allograph.reading.taking.selection import Selection
from allograph.reading.unread import (
    Unanswered,
    is_about_studies,
    read_known_trials,
    unanswered,
)
from allograph.web.http.evaluate import answer_whole
from allograph.web.http.keeping import answer_key, remembered
from allograph.web.http.query_run import QueryRun
from allograph.web.http.runs import ask_beside, begin_run, charged_work
from allograph.web.service import current_reader


@dataclass(frozen=True)
class Asking:
    """One request for the answer of a question."""

    asked: Bound
    selection: Selection
    run: QueryRun

    @property
    def wish(self) -> Wish:
        """What is wanted of the table."""
        return self.selection.wish

    @property
    def question(self) -> Question:
        """What is asked."""
        return self.asked.question

    @property
    def sentence(self) -> str:
        """The question with its values, as a sentence."""
        return sentence_of(words_of(self.question, self.controls))

    @property
    def controls(self) -> list[Control]:
        """Its parameters, as controls of a form."""
        return controls_of(self.asked)

    @property
    def address(self) -> str:
        """The address of the question, whatever it is asked with."""
        return url_for("questions.answer_question", name=self.question.name, _external=True)

    def rows(self) -> AnswerRows:
        """Evaluate the query, and read its rows, of a part only those."""
        solutions = expect_solutions(answer_whole(self.run))
        query = "" if self.wish.sort else self.question.text  # among equals, as in each download
        answer = rows_of(current_reader(), solutions, self.question.columns, query)
        return self.selection.part(answer)

    def wanted(self, answer: AnswerRows) -> list[Mapping[str, Term | None]]:
        """The rows that are wanted of an answer, on whichever page."""
        return [row.terms for row in sifted(answer, self.wish)]

    def instead_of_rows(self) -> Unanswered | None:
        """What to say of an empty answer; nothing, if no study could answer the question."""
        if not is_about_studies(self.question) or not self.selection.is_all:
            return None
        return unanswered(self.asked, current_reader().once(read_known_trials))

    def kept(self, media_type: str, make: Callable[[], bytes], *others: str) -> bytes:
        """Keep a page or a picture for who asks the same today; all of it follows from its key.

        It names the address of the service, and the day. It is made at the expense of its reader.
        """
        day = today().isoformat()
        meaning = (request.root_url, day, *others, *self.selection.meaning, *self.asked.meaning)

        def charged() -> bytes:
            with charged_work(self.run):
                return make()

        return remembered(answer_key(media_type, "question", *meaning), charged)


def asking(question: Question, *, as_rows: bool = False) -> Asking:
    """Read the request for a question; one for rows asks whether there are more of them.

    Raises:
        ParameterError: for a parameter or a column that the question does not have, or a value.

    """
    arguments = dict(request.args.lists())
    asked = bound(question, parameters_among(arguments), known_choices)
    wish = wish_of(arguments, [column.name for column in question.columns])
    selection = Selection(wish, extent_of(arguments))
    query = selection.query(asked.query, beyond=1 if as_rows else 0)
    return Asking(asked, selection, begin_run(query))


def parameters_among(arguments: Mapping[str, Sequence[str]]) -> Mapping[str, Sequence[str]]:
    """The arguments of an address that are parameters of its question."""
    return {
        name: values
        for name, values in arguments.items()
        if name not in RESERVED and not is_wish(name)
    }


def known_choices(parameter: Parameter) -> Choices:
    """What can be chosen for a parameter of a class."""
    class_iri = parameter.class_iri
    if not class_iri:
        return Choices()
    return current_reader().shelf.once(("choices", class_iri), lambda: _choices_in(class_iri))


def _choices_in(class_iri: str) -> Choices:
    """Ask for the instances of a class."""
    return ask_beside(choices_query(class_iri), lambda store: instances_of(class_iri, store))


def today() -> date:
    """The date that a citation gives."""
    return datetime.now(UTC).date()
