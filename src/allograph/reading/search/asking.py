"""Ask the question that answers what is meant, by the table of ways.

A question that takes more of what was meant comes first; of equals, the one whose way stands first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from allograph.questions.question import Question
from allograph.reading.controls import SPELT_OUT
from allograph.reading.search.coverage import About, Coverage
from allograph.reading.search.meaning import Meaning
from allograph.reading.search.ways import ANY, EFFECTS, WAY_OF, WAYS, WEIGHTS, Way, part_of
from allograph.release.statements import Statement


@dataclass(frozen=True)
class Asked:
    """A question with its parameters set, and the statements that it is answered from.

    ``counts`` is what is counted of these: figures, comparisons, studies or nothing.
    """

    question: Question
    arguments: tuple[tuple[str, str], ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    found: tuple[Statement, ...] = ()
    counts: str = "nothing"

    @property
    def query(self) -> str:
        """The arguments of its address; a parameter that is left open is sent without a value."""
        return urlencode(self.arguments)

    @property
    def sentence(self) -> str:
        """The question in words, with what was meant in its places."""
        parameters = self.question.parameters
        left_open = [each.name for each in parameters if not self.words.get(each.name)]
        sentence = self.question.sentence_without(left_open)
        for parameter in parameters:
            said = self.words.get(parameter.name) or parameter.open
            sentence = sentence.replace(f"{{{parameter.name}}}", said)
        return sentence


class Ways:
    """The questions of a release, and what each is answered from."""

    def __init__(
        self,
        questions: Mapping[str, Question],
        coverage: Coverage,
        labels: Mapping[str, str],
    ) -> None:
        """Take the labels of records by their paths, as ``drug/blinatumomab``."""
        self._questions, self._coverage, self._labels = questions, coverage, labels

    def lead(self, meaning: Meaning) -> list[Asked]:
        """The questions that answer what is meant, the best first, each once."""
        ranked = sorted(self._weighed(meaning), key=lambda weighed: weighed[:2])
        by_name: dict[str, Asked] = {}
        for _weight, _place, asked in ranked:
            by_name.setdefault(asked.question.name, asked)
        return list(by_name.values())

    def _weighed(self, meaning: Meaning) -> Iterator[tuple[int, int, Asked]]:
        parts = parts_of(meaning)
        if not self._coverage.measures & set(meaning.keys("statistic")):
            parts -= {"statistic"}
        if len(meaning.keys("drug")) > 1:
            parts |= {"drugs"}
        walked = set[str]()
        for place, way in enumerate(WAYS):
            question = self._questions.get(way.question)
            if question and way.needs <= parts and self._is_about(question, way, meaning):
                walked.add(question.name)
                if asked := self._asked(question, way, meaning):
                    yield self._weight(question, way, parts, meaning), place, asked
        for place, name in enumerate(meaning.keys("question"), len(WAYS)):
            if name not in walked and (question := self._questions.get(name)):
                way = WAY_OF.get(name, Way(name, ANY, counts="nothing"))
                asked = self._asked(question, way, meaning) or Asked(question)
                yield self._weight(question, way, parts, meaning), place, asked

    def _is_about(self, question: Question, way: Way, meaning: Meaning) -> bool:
        """Tell whether a question is about all outcomes that are meant, if any are."""
        outcomes = meaning.keys("outcome")
        if not way.outcomes:
            return not outcomes or "outcome" in map(part_of, question.parameters)
        return all(self._coverage.is_below("outcome", key, way.outcomes) for key in outcomes)

    def _weight(self, question: Question, way: Way, parts: frozenset[str], meaning: Meaning) -> int:
        """Less is better: what is meant and not taken weighs, what is asked by name lightens."""
        taken = {part_of(parameter) for parameter in question.parameters} | way.needs | {"drugs"}
        is_named = question.name in meaning.keys("question")
        left_out = sum(WEIGHTS.get(part, 2) for part in parts - taken)
        return left_out - is_named - 5 * (question.name in meaning.asked)

    def _asked(self, question: Question, way: Way, meaning: Meaning) -> Asked | None:
        """The question of what is meant; none where nothing is stated that answers it."""
        forms = way.forms
        taken = {part_of(parameter) for parameter in question.parameters}
        about = about_of(meaning, self._coverage)
        about = replace(
            about,
            forms=forms,
            own=way.own,
            outcomes=about.outcomes or way.outcomes,
            studies=about.studies if "study" in taken else (),
            conditions=about.conditions if "condition" in taken else (),
            drugs=about.drugs if "drug" in taken else (),
            at_time=about.at_time if "time" in taken else "",
            statistics=about.statistics if "statistic" in taken else (),
        )
        is_side_by_side = "regimen" in taken and forms == EFFECTS
        about = replace(about, side_by_side=is_side_by_side)
        if not is_side_by_side and about.against:
            about = replace(about, any_drugs=(*about.drugs, about.against), drugs=(), against="")
        if not is_side_by_side:
            about = replace(about, comparators=())
        if "drug" not in taken:
            about = replace(about, any_drugs=())
        found = self._coverage.find(about)
        if not found:
            return None
        arguments = dict[str, list[str]]()
        words = dict[str, str]()
        for parameter in question.parameters:
            part = part_of(parameter)
            if part == "regimen" and not is_side_by_side:
                continue
            values = self._values(part, about, meaning, found)
            if values:
                arguments[parameter.name] = values
                words[parameter.name] = self._in_words(part, values)
            elif part == "drug" and parameter.defaults and way in WAYS:
                arguments[parameter.name] = [""]
        pairs = tuple((name, value) for name, values in arguments.items() for value in values)
        return Asked(question, pairs, words, tuple(found), way.counts)

    def _values(
        self, part: str, about: About, meaning: Meaning, found: Sequence[Statement]
    ) -> list[str]:
        match part:
            case "drug":
                rarest = [_rarest(about.drugs, self._coverage)] if about.drugs else []
                return rarest or list(about.any_drugs)
            case "regimen":
                return (
                    sorted({_other_side(statement, about) for statement in found} - {""})
                    if (about.against or about.comparators)
                    else []
                )
            case "condition":
                return list(about.conditions)
            case "study":
                return list(about.studies)
            case "statistic":
                return list(about.statistics)
            case "time":
                return [about.at_time] if about.at_time else []
            case "outcome":
                return list(self._coverage.narrowest(meaning.keys(part)))
            case "target":
                return list(meaning.keys(part))
            case _:
                return []

    def _in_words(self, part: str, values: Sequence[str]) -> str:
        """Values as words of a sentence."""
        if part == "time":
            return f"{values[0]} months"
        if len(values) > SPELT_OUT:
            return f"any of {len(values)} {'treatment' if part == 'regimen' else part}s"
        return " or ".join(self._labels.get(f"{part}/{value}", value) for value in values)


def parts_of(meaning: Meaning) -> frozenset[str]:
    """The parts that a request means."""
    kinds = {notion.kind for notion in meaning.things}
    kinds |= {"time"} if meaning.at_time else set()
    is_two_sided = len(meaning.keys("drug")) > 1 and meaning.compares
    is_against = bool(meaning.keys("regimen")) and bool(meaning.keys("drug"))
    kinds |= {"compares"} if meaning.compares or is_two_sided or is_against else set()
    return frozenset(kinds)


def about_of(meaning: Meaning, coverage: Coverage) -> About:
    """What statements have to be about."""
    drugs, conditions = meaning.keys("drug"), meaning.keys("condition")
    people = meaning.choices("condition")
    compares = "compares" in parts_of(meaning)
    against = drugs[1] if compares and len(drugs) > 1 else ""
    return About(
        drugs=drugs[:1] if against else drugs,
        outcomes=coverage.narrowest(meaning.keys("outcome")),
        conditions=coverage.meet(people) or conditions if len(people) > 1 else conditions,
        studies=meaning.keys("study"),
        at_time=meaning.at_time,
        statistics=tuple(key for key in meaning.keys("statistic") if key in coverage.measures),
        against=against,
        comparators=meaning.keys("regimen") if compares and not against else (),
    )


def _rarest(drugs: Iterable[str], coverage: Coverage) -> str:
    """Of drugs that were given together the one that says most: that fewest figures are of."""
    return min(drugs, key=lambda drug: len(coverage.find(About(drugs=(drug,)))))


def _other_side(statement: Statement, about: About) -> str:
    """The regimen of the other side of a comparison."""
    drug = about.drugs[0] if about.drugs else ""
    is_own = drug in statement.drugs and (not about.against or about.against in statement.against)
    return statement.comparator if is_own else statement.regimen
