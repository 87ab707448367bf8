"""Write the page of a question: sentence, form, answer, plot, citation, and ways to ask it."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from flask import render_template, request, url_for

from allograph.reading.answers.facets import facets_of
from allograph.reading.answers.table import Head, table_of
from allograph.reading.answers.wish import COLUMNS, FILTER, PAGE, RETELLINGS, SORT, Wish
from allograph.reading.behind import look_behind
from allograph.reading.citation import Citation
from allograph.reading.controls import controls_of, sentence_of, words_of
from allograph.reading.notices import banners, rows_of_reports
from allograph.reading.snippets import snippets
from allograph.web.http.negotiate import SOLUTIONS
from allograph.web.http.permalinks import RELEASE
from allograph.web.links import arguments_of
from allograph.web.pages.asking import Asking, today
from allograph.web.pages.pictures import drawing_of
from allograph.web.service import current_reader

Pair = tuple[str, str]


def question_page(asking: Asking) -> str:
    """Write the page."""
    reader = current_reader()
    asked, question, query, release = (
        asking.asked,
        asking.question,
        asking.asked.query,
        reader.release,
    )
    controls = controls_of(asked)
    words = words_of(question, controls)
    sentence = sentence_of(words)
    answer = asking.rows()
    table = table_of(answer, asking.wish)
    arguments = arguments_of(control for control in controls if not control.is_default)
    suffixed = f"?{arguments}" if arguments else ""
    pictured = "&".join(filter(None, (arguments, urlencode(asking.wish.narrowing))))
    address = url_for("questions.answer_question", name=question.name, _external=True)
    of_release = {RELEASE: release.id} if reader.is_release else {}
    permalink = f"{address}?{arguments_of(controls, **of_release)}"
    behind = look_behind(reader, (line.about for line in table.lines))
    return render_template(
        "question.html",
        question=question,
        controls=controls,
        pieces=words,
        sentence=sentence,
        table=table,
        unanswered=None if answer.rows else asking.instead_of_rows(),
        facets=facets_of(answer, asking.wish),
        wish=asking.wish,
        here=Here(asking.wish),
        evidence=behind.by_iri,
        names=behind.names,
        banners=banners(reader, rows_of_reports(table, behind)),
        drawing=drawing_of(question, asking.wanted(answer)),
        query=query,
        asked=suffixed,
        pictured=f"?{pictured}" if pictured else "",
        formats=dict.fromkeys(SOLUTIONS),
        permalink=permalink,
        citation=Citation(
            question.name,
            sentence,
            release.id if reader.is_release else "",
            release.manifest.get("issued", "") if reader.is_release else "",
            today(),
            permalink,
        ),
        snippets=snippets(
            f"{address}.csv{suffixed}",
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

    def narrowed(self, name: str, value: str) -> str:
        """Want a value of a facet, or no longer."""
        argument = f"{FILTER}{name}"
        chosen = [each for each in self._wish.filters.get(name, ()) if each != value]
        if len(chosen) == len(self._wish.filters.get(name, ())):
            chosen.append(value)
        others = [pair for pair in self._pairs if pair[0] != argument]
        return _address([*_without(others, PAGE), *((argument, each) for each in chosen)])

    @property
    def widened(self) -> str:
        """Want all rows."""
        kept = [pair for pair in self._pairs if not pair[0].startswith(FILTER)]
        return _address(_without(kept, PAGE, RETELLINGS))

    @property
    def with_or_without_retellings(self) -> str:
        """Want what retellings print, or no longer."""
        return self._with({RETELLINGS: "no" if self._wish.with_retellings else ""})

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
