"""Write the page of a question: sentence, form, answer, plot, citation, and ways to ask it."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from flask import render_template, request, url_for

from allograph.reading.answers.facets import Value, facets_of, retellings_in
from allograph.reading.answers.line import answer_line
from allograph.reading.answers.table import Head, table_of
from allograph.reading.answers.wish import COLUMNS, FILTER, PAGE, RETELLINGS, SORT, Wish
from allograph.reading.behind import look_behind
from allograph.reading.controls import sentence_of, words_of
from allograph.reading.coverage_map import read_map
from allograph.reading.notices import banners, rows_of_reports
from allograph.reading.poolable import tickable
from allograph.reading.snippets import snippets
from allograph.reading.taking.formats import formats_of_question, is_picture
from allograph.web.links import arguments_of
from allograph.web.pages.asking import Asking
from allograph.web.pages.pictures import drawing_of, rows_to_draw, sources_of
from allograph.web.pages.taking import citation_of, part_of_page, taken_address
from allograph.web.service import current_reader

Pair = tuple[str, str]


def question_page(asking: Asking) -> str:
    """Write the page."""
    reader = current_reader()
    question, query = asking.question, asking.asked.query
    controls = asking.controls
    words = words_of(question, controls)
    sentence = sentence_of(words)
    answer = asking.rows()
    table = table_of(answer, asking.wish)
    arguments = arguments_of(control for control in controls if not control.is_default)
    taken = taken_address(asking, arguments)
    address = asking.address
    citation = citation_of(asking)
    behind = look_behind(reader, (line.about for line in table.lines))
    covered = reader.once(read_map)
    return render_template(
        "question.html",
        question=question,
        controls=controls,
        pieces=words,
        sentence=sentence,
        table=table,
        unanswered=None if answer.rows else asking.instead_of_rows(),
        facets=facets_of(answer, asking.wish),
        retellings=retellings_in(answer, asking.wish),
        wish=asking.wish,
        here=Here(asking.wish),
        evidence=behind.by_iri,
        names=behind.names,
        tickable=tickable(reader, table),
        banners=banners(reader, rows_of_reports(table, behind)),
        drawing=drawing_of(question, rows_to_draw(answer, asking.wish)),
        pictures=sources_of(question, taken),
        query=query,
        asked=taken,
        formats=formats_of_question(question),
        is_picture=is_picture,
        taken=taken,
        part=part_of_page(asking),
        permalink=citation.url,
        citation=citation,
        line=answer_line(reader, asking.asked, answer, table.rows),
        covered=covered,
        covered_drugs=covered.asked_for(asking.asked),
        snippets=snippets(
            f"{address}.csv{taken}",
            f"{address}.xlsx{taken}",
            url_for("sparql.query_by_get", _external=True),
            query,
        ),
    )


class Here:
    """Addresses of the same question with something else wanted: each is a plain link.

    A link that changes which rows there are leads to the first page.
    """

    def __init__(self, wish: Wish) -> None:
        """Take what is wanted now."""
        self._wish = wish
        self._pairs: list[Pair] = list(request.args.items(multi=True))

    def sorted_by(self, head: Head) -> str:
        """Sort by a column; by the one that rows are sorted by, the other way round."""
        turned = self._wish.sort == head.key and not self._wish.is_descending
        return self._with({SORT: f"-{head.key}" if turned else head.key})

    def direction(self, head: Head) -> str:
        """The value of ``aria-sort`` of a column; empty where rows are not sorted by it."""
        if self._wish.sort != head.key:
            return ""
        return "descending" if self._wish.is_descending else "ascending"

    def narrowed(self, name: str, value: Value) -> str:
        """Want a value of a facet, or no longer."""
        argument = f"{FILTER}{name}"
        spelt = {(argument, each) for each in value.given}
        others = [pair for pair in _without(self._pairs, PAGE) if pair not in spelt]
        return _address(others if spelt else [*others, (argument, value.value)])

    @property
    def widened(self) -> str:
        """Want all rows."""
        kept = [pair for pair in self._pairs if not pair[0].startswith(FILTER)]
        return _address(_without(kept, PAGE, RETELLINGS))

    def retellings(self, wanted: bool) -> str:
        """Want what retellings print, or not."""
        return self._with({RETELLINGS: "" if wanted else "no"})

    def page(self, number: int) -> str:
        """Want another page."""
        others = _without(self._pairs, PAGE)
        return _address([*others, (PAGE, str(number))] if number > 1 else others)

    @property
    def hidden(self) -> list[Pair]:
        """What a form that chooses columns sends along."""
        return _without(self._pairs, COLUMNS, PAGE)

    def _with(self, changes: dict[str, str]) -> str:
        others = _without(self._pairs, PAGE, *changes)
        return _address([*others, *(pair for pair in changes.items() if pair[1])])


def _without(pairs: Iterable[Pair], *names: str) -> list[Pair]:
    return [pair for pair in pairs if pair[0] not in names]


def _address(pairs: list[Pair]) -> str:
    """The address of this page with other arguments; the answer is what is looked at."""
    return f"{request.script_root}{request.path}?{urlencode(pairs)}#answer"
