"""What the release states: how many figures and comparisons there are of some things together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from allograph.release.statements import COMPARISON, Statement


@dataclass(frozen=True)
class About:
    """What statements may be about; what is empty leaves them free.

    Of ``drugs`` a group had all; of ``any_drugs``, outcomes, conditions, studies and forms one is
    enough; narrower outcomes and conditions count. ``against`` is the drug, and ``comparators`` are
    the regimens, of the other side of a comparison; one that is ``side_by_side`` is of two
    treatments, and not of two groups who were given the same. What is its ``own`` is of the people
    of a study.
    """

    drugs: tuple[str, ...] = ()
    any_drugs: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    studies: tuple[str, ...] = ()
    at_time: str = ""
    statistics: tuple[str, ...] = ()
    against: str = ""
    comparators: tuple[str, ...] = ()
    forms: frozenset[str] = frozenset()
    side_by_side: bool = False
    own: bool = False


class Coverage:
    """The statements of a release, and what is broader than what; made once."""

    def __init__(
        self, statements: Iterable[Statement], broader: Mapping[str, Sequence[str]]
    ) -> None:
        self.statements = tuple(sorted(statements, key=lambda it: (it.rank, it.iri)))
        self.statistics = frozenset(it.statistic for it in self.statements)
        self.measures = frozenset(
            it.statistic for it in self.statements if it.form == COMPARISON and it.statistic
        )
        self._broader = {narrower: tuple(wider) for narrower, wider in broader.items()}
        self._above: dict[str, frozenset[str]] = {}
        self._numbers_of: dict[tuple[str, str], set[int]] = defaultdict(set)
        self._by_number: dict[str, list[Statement]] = defaultdict(list)
        for place, statement in enumerate(self.statements):
            for facet in self._facets(statement):
                self._numbers_of[facet].add(place)
            for number in statement.numbers:
                self._by_number[number].append(statement)

    def _facets(self, statement: Statement) -> Iterator[tuple[str, str]]:
        """What a statement is found by."""
        yield "form", statement.form
        yield "study", statement.study
        yield "time", statement.at_time
        yield "statistic", statement.statistic
        for key in self.above("outcome", statement.outcome):
            yield "outcome", key
        for condition in statement.conditions:
            for key in self.above("condition", condition):
                yield "condition", key
        for drug in (*statement.drugs, *statement.against):
            yield "drug", drug

    def above(self, kind: str, key: str) -> frozenset[str]:
        """The keys of an outcome or a condition, and of all that are broader."""
        name = f"{kind}/{key}"
        if name not in self._above:
            found, waiting = {name}, [name]
            while waiting:
                new = set(self._broader.get(waiting.pop(), ())) - found
                found |= new
                waiting.extend(new)
            self._above[name] = frozenset(each.partition("/")[2] for each in found)
        return self._above[name]

    def is_below(self, kind: str, key: str, others: Collection[str]) -> bool:
        """Tell whether one of others is it, or broader."""
        return not self.above(kind, key).isdisjoint(others)

    def narrowest(self, outcomes: Sequence[str]) -> tuple[str, ...]:
        """Outcomes without those that are broader than another of them."""
        return tuple(
            key
            for key in outcomes
            if not any(
                key != other and self.is_below("outcome", other, {key}) for other in outcomes
            )
        )

    def find(self, about: About) -> list[Statement]:
        """The statements about something, the nearest to their studies first."""
        found: set[int] | None = None
        for facet, keys in (
            ("form", about.forms),
            ("study", about.studies),
            ("time", (about.at_time,) if about.at_time else ()),
            ("statistic", about.statistics),
            ("outcome", about.outcomes),
            ("condition", about.conditions),
            ("drug", about.any_drugs),
            *(("drug", (drug,)) for drug in about.drugs),
        ):
            if keys:
                here = set[int]().union(*(self._numbers_of.get((facet, key), ()) for key in keys))
                found = here if found is None else found & here
        places = range(len(self.statements)) if found is None else sorted(found)
        return [it for it in (self.statements[place] for place in places) if _is_given(it, about)]

    def is_stated(self, about: About) -> bool:
        """Tell whether something is stated, also of groups of which no treatment is told.

        Such a group may be of more arms than one: whoever says that nobody reports a thing counts
        the figures of all studies in which the treatment was given.
        """
        if self.find(about) or about.against or about.comparators:
            return bool(self.find(about))
        given = {it.study for it in self.find(About(drugs=about.drugs))}
        untold = self.find(replace(about, drugs=()))
        return bool(about.drugs) and any(
            it.study in given and not it.drugs and not it.regimen for it in untold
        )

    def with_number(self, number: str) -> list[Statement]:
        """The statements that print a number, the nearest to their studies first."""
        return self._by_number.get(number, [])

    def meet(self, conditions: Sequence[Collection[str]]) -> tuple[str, ...]:
        """The broadest conditions that are one of each: of ``relapsed`` and of ``childhood``."""
        known = {key for statement in self.statements for key in statement.conditions}
        known |= {each for key in known for each in self.above("condition", key)}
        both = {
            key
            for key in known
            if all(self.is_below("condition", key, each) for each in conditions)
        }
        broadest = {key for key in both if not self.above("condition", key) & (both - {key})}
        return tuple(sorted(broadest))


def _is_given(statement: Statement, about: About) -> bool:
    """Tell whether one side of a statement had the treatments, and the other what it is against."""
    if (about.own and not statement.is_own) or (about.side_by_side and not _is_of_two(statement)):
        return False
    if not (about.drugs or about.any_drugs or about.against or about.comparators):
        return True
    own = (statement.drugs, statement.against, statement.comparator)
    other = (statement.against, statement.drugs, statement.regimen)
    sides = (own, other) if statement.form == COMPARISON else (own,)
    return any(
        set(about.drugs) <= set(drugs)
        and not (about.side_by_side and drugs is other[0] and set(about.drugs) & set(against))
        and (not about.any_drugs or not set(about.any_drugs).isdisjoint(drugs))
        and (not about.against or (about.against in against and about.against not in drugs))
        and (not about.comparators or comparator in about.comparators)
        for drugs, against, comparator in sides
    )


def _is_of_two(statement: Statement) -> bool:
    treatments = {statement.regimen, statement.comparator}
    return len(treatments) == len(treatments - {""}) == 2
