"""Say in words what nobody reports, so that an empty search is an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from allograph.namespaces import BASE
from allograph.reading.search.asking import about_of
from allograph.reading.search.coverage import About, Coverage
from allograph.reading.search.lexicon import Notion
from allograph.reading.search.meaning import Meaning
from allograph.text.english import is_english
from allograph.text.words import plain

SHORTEST = 4
"""Letters of a word that says something, unless it has capitals."""
RELEASE = "of this release"


@dataclass(frozen=True)
class Note:
    """A sentence about what is not there, and the IRIs of what is nearest to it."""

    text: str
    near: tuple[str, ...] = ()


def notes_on(
    meaning: Meaning,
    coverage: Coverage,
    near: Callable[[Notion], tuple[str, ...]],
    is_known: Callable[[str], bool],
    reports_of: Callable[[Notion], bool],
) -> Iterator[Note]:
    """What a request speaks of and no study reports."""
    for topic in meaning.of("topic"):
        yield Note(f"No study {RELEASE} reports {topic.label}.", near(topic))
    for lead in meaning.of("lead"):
        yield Note(f"No report of {lead.label} has been read for this release.")
    for word in meaning.unknown:
        if not is_known(word) and not _is_common(word):
            yield Note(f"Nothing {RELEASE} speaks of “{word}”.")
    for journal in meaning.of("journal"):
        if not reports_of(journal):
            yield Note(f"No report {RELEASE} is from {journal.label}.")
    for number in meaning.numbers:
        if not number.isdigit() and not meaning.unknown and not coverage.with_number(number):
            yield Note(f"No figure {RELEASE} is printed as {number}.")
    for statistic in meaning.of("statistic"):
        if statistic.key not in coverage.statistics:
            yield Note(f"No study {RELEASE} gives {_with_article(statistic.label)}.")
    yield from _on_regimens(meaning, coverage)
    if meaning.things and not meaning.of("topic"):
        yield from _on_all_together(meaning, coverage)


def _is_common(word: str) -> bool:
    """Tell whether a word is one of English, a number, or too short to tell."""
    is_short = len(word) < SHORTEST and word.islower()
    return is_short or word.isdigit() or is_english(plain(word))


def _on_regimens(meaning: Meaning, coverage: Coverage) -> Iterator[Note]:
    """A treatment that is only the other side of comparisons, or of no study at all."""
    for regimen in meaning.of("regimen") if not meaning.of("drug") else ():
        given = [it for it in coverage.statements if it.regimen == regimen.key]
        if not any(it.comparator == "" for it in given):
            beside = coverage.find(About(comparators=(regimen.key,)))
            where = sorted({f"{BASE}study/{it.study}" for it in beside})
            known = "; it stands in comparisons of others" if where else ""
            yield Note(
                f"No study {RELEASE} counts people of its own who were given {regimen.label}"
                f"{known}.",
                tuple(where),
            )


def _on_all_together(meaning: Meaning, coverage: Coverage) -> Iterator[Note]:
    about = about_of(meaning, coverage)
    if coverage.is_stated(about) or about == About():
        return
    said = _Said(meaning)
    if about.against or about.comparators:
        first = meaning.of("drug")[0].label
        others = meaning.of("drug")[1:2] or meaning.of("regimen")
        labels = dict.fromkeys(other.label for other in others)
        if len(labels) > 1:
            labels = dict.fromkeys(meaning.said.get(other, other.label) for other in others)
        second = " or ".join(labels)
        is_compared = coverage.find(
            About(drugs=about.drugs, against=about.against, comparators=about.comparators)
        )
        rest = said.rest() if is_compared else ""
        yield Note(f"No study {RELEASE} compares {first} with {second}{rest}.")
        return
    times = ""
    if about.at_time:
        at_other_times = coverage.find(replace(about, at_time=""))
        known = sorted({float(it.at_time) for it in at_other_times if it.at_time})
        if known:
            listed = ", ".join(f"{time:g}" for time in known)
            times = f" It is known at {listed} months."
    yield Note(f"No study {RELEASE} gives {said.whole()}.{times}")


def _with_article(words: str) -> str:
    return f"{'an' if words[0] in 'aeio' else 'a'} {words}"


class _Said:
    """What was meant, as words of a sentence."""

    def __init__(self, meaning: Meaning) -> None:
        self._meaning = meaning

    def whole(self) -> str:
        """All of it: ``a figure of overall survival at 36 months after ponatinib``."""
        outcomes = " or ".join(self._labels("outcome"))
        measure = " or ".join(self._labels("statistic")) or "figure"
        what = f"{_with_article(measure)}{f' of {outcomes}' if outcomes else ''}"
        time = f" at {self._meaning.time_said}" if self._meaning.at_time else ""
        drugs = self._labels("drug")
        after = f" after {' and '.join(drugs)}" if drugs else ""
        return f"{what}{time}{after}{self._whom()}"

    def rest(self) -> str:
        """All but the treatments."""
        outcomes = self._labels("outcome")
        said = f" in {' or '.join(outcomes)}" if outcomes else ""
        return f"{said}{self._whom()}"

    def _whom(self) -> str:
        people, studies = self._labels("condition"), self._labels("study")
        of = f" in {' and '.join(studies)}" if studies else ""
        return of + (f", among people who all had {' and '.join(people)}" if people else "")

    def _labels(self, kind: str) -> Sequence[str]:
        return [notion.label for notion in self._meaning.of(kind)]
