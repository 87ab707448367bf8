"""Find mistakes of a query that its grammar allows: names given twice, variables not grouped.

SPARQL 1.1 Query, section 18.2.1 (variables in scope), 19.8 (notes 6 to 13 of the grammar) and
11.4 (what a SELECT with aggregates can name).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from allograph.rdf.sparql.characters import shown
from allograph.rdf.sparql.parser import Phrase
from allograph.rdf.sparql.tokens import Token

GROUP = "GroupGraphPattern"
_PATTERNS = ("OptionalPattern", "GraphPattern", "ServicePattern", "LateralPattern", "GroupOrUnion")


@dataclass(frozen=True)
class Mistake:
    """What is wrong, and at which code point of the text."""

    offset: int
    message: str


def mistakes_of_scope(tree: Phrase) -> list[Mistake]:
    """The mistakes of a query that parses, in the order in which they stand.

    New names that are used again come last: they are none, but not every store takes them.
    """
    reader = _Reader()
    for query in tree.phrases("SelectQuery", "ConstructQuery", "DescribeQuery", "AskQuery"):
        reader.query(query)
    for values in tree.phrases("InlineDataFull"):
        reader.rows(values)
    return [
        *sorted(reader.mistakes, key=lambda mistake: mistake.offset),
        *sorted(reader.reused, key=lambda mistake: mistake.offset),
    ]


def aggregates_of(phrase: Phrase) -> list[Phrase]:
    """The aggregates of an expression or a clause, but not those of patterns in it."""
    return list(phrase.phrases("Aggregate", within=(GROUP, "Aggregate")))


def is_grouped(select: Phrase) -> bool:
    """Tell whether a SELECT makes groups: by GROUP BY, or by an aggregate (section 11.1)."""
    clauses = [select.child("SelectClause"), select.child("SolutionModifier")]
    return any(
        next(clause.phrases("GroupClause"), None) is not None or aggregates_of(clause)
        for clause in clauses
        if clause
    )


class _Reader:
    """Walks over patterns once, and gathers what it finds on its way."""

    def __init__(self) -> None:
        self.mistakes: list[Mistake] = []
        self.reused: list[Mistake] = []
        self._patterns_of_labels: dict[str, object] = {}

    def query(self, query: Phrase) -> set[str]:
        """Read a query or a sub-select; the variables that it lets out."""
        within: set[str] = set()
        for where in query.children("WhereClause"):
            within |= self.groups(where)
        for modifier in query.children("SolutionModifier"):
            self.groups(modifier)
            for condition in modifier.phrases("GroupCondition"):
                self._no_aggregate(condition, "GROUP BY cannot")
        clause = query.child("SelectClause")
        return self._select(query, clause, within) if clause else within

    def groups(self, phrase: Phrase) -> set[str]:
        """Read the patterns of a phrase; the variables that are in scope in any of them."""
        within: set[str] = set()
        for group in phrase.phrases(GROUP, within=(GROUP,)):
            within |= self._group(group)
        return within

    def rows(self, values: Phrase) -> None:
        """Each row of VALUES has as many values as there are variables (note 9)."""
        wanted = sum(part.kind == "variable" for part in values.parts if isinstance(part, Token))
        for row in values.children("DataRow"):
            given = len(list(row.children("DataBlockValue")))
            if given != wanted:
                self._add(
                    next(row.tokens()),
                    f"a row has a value for each variable, {wanted} in all, and this one has "
                    f"{given}; UNDEF stands for none",
                )

    def _group(self, group: Phrase) -> set[str]:
        for select in group.children("SubSelect"):
            return self.query(select)
        scope: set[str] = set()
        pattern = object()
        for sub in group.children("GroupGraphPatternSub"):
            for part in sub.children("TriplesBlock", "GraphPatternNotTriples"):
                if part.production == "TriplesBlock":
                    self._labels(part, pattern)
                    scope |= _names(part)
                    continue
                [inner] = part.children(*_PATTERNS, "MinusPattern", "Filter", "Bind", "InlineData")
                if inner.production != "Filter":
                    pattern = object()
                self._pattern(inner, scope)
        return scope

    def _pattern(self, part: Phrase, scope: set[str]) -> None:
        """Read a part of a group, and add its variables to those in scope."""
        within = self.groups(part)
        match part.production:
            case "Filter":
                self._no_aggregate(part, "FILTER cannot")
            case "Bind":
                self._no_aggregate(part, "BIND cannot")
                if (variable := part.variable()) and variable.text[1:] in scope:
                    self._add(
                        next(part.tokens()),
                        f"{shown(variable.text)} is in scope here already, so BIND cannot give it "
                        "a value; choose another name",
                    )
                scope |= {variable.text[1:]} if variable else set()
            case "InlineData":
                block = part.phrases("InlineDataOneVar", "InlineDataFull")
                scope |= {name for phrase in block for name in _names(phrase)}
            case "GraphPattern" | "ServicePattern":
                scope |= within.union(*(_names(phrase) for phrase in part.children("VarOrIri")))
            case "MinusPattern":
                pass
            case _:
                scope |= within

    def _labels(self, triples: Phrase, pattern: object) -> None:
        """A blank node belongs to one pattern (section 5.1.1 and note 4)."""
        for token in triples.tokens():
            if token.kind != "blank":
                continue
            if self._patterns_of_labels.setdefault(token.text, pattern) is not pattern:
                self._add(
                    token,
                    f"{shown(token.text)} stands in another pattern, too, and a blank node belongs "
                    "to one; use a variable",
                )

    def _select(self, query: Phrase, clause: Phrase, within: set[str]) -> set[str]:
        grouped = is_grouped(query)
        stars = [part for part in clause.parts if isinstance(part, Token) and part.text == "*"]
        if stars:
            if grouped:
                self._add(stars[0], "SELECT * does not go with GROUP BY; name the variables")
            return within
        by = set(_grouped_by(query))
        new: set[str] = set()
        plain: set[str] = set()
        for item in clause.children("SelectItem"):
            variable = item.variable()
            if variable is None:
                continue
            name = variable.text[1:]
            expression = item.child("Expression")
            if expression is None:
                if grouped:
                    self._ungrouped([variable], by, new)
                plain.add(name)
                continue
            self.groups(item)
            if grouped:
                self._ungrouped(expression.tokens(within=(GROUP, "Aggregate")), by, new)
            self._nested(expression)
            if name in new | plain or (not grouped and name in within):
                where = "in this SELECT" if name in new | plain else "in WHERE"
                self._add(
                    variable,
                    f"{shown(variable.text)} is a variable {where} already; choose another name",
                )
            new.add(name)
        return new | plain

    def _ungrouped(self, tokens: Iterable[Token], by: set[str], new: set[str]) -> None:
        for token in tokens:
            if token.kind != "variable" or token.text[1:] in by:
                continue
            name = shown(token.text)
            if token.text[1:] in new:
                message = (
                    f"{name} is a name that this SELECT gives; it cannot be used again here: put "
                    "the SELECT that gives it into braces in WHERE, as a sub-select"
                )
                self.reused.append(Mistake(token.start, message))
            else:
                self._add(
                    token,
                    f"{name} is neither grouped nor aggregated; add it to GROUP BY, or write "
                    f"SAMPLE({name})",
                )

    def _nested(self, expression: Phrase) -> None:
        for aggregate in aggregates_of(expression):
            for inner in aggregates_of(aggregate):
                self._no_place(inner, "an aggregate cannot")

    def _no_aggregate(self, phrase: Phrase, who: str) -> None:
        for aggregate in aggregates_of(phrase):
            self._no_place(aggregate, who)

    def _no_place(self, aggregate: Phrase, who: str) -> None:
        word = next(aggregate.tokens())
        self._add(
            word, f"{word.key} is an aggregate, which {who} hold; use HAVING, or a sub-select"
        )

    def _add(self, token: Token, message: str) -> None:
        self.mistakes.append(Mistake(token.start, message))


def _grouped_by(query: Phrase) -> Iterable[str]:
    """The variables of GROUP BY, and the names that it gives."""
    for modifier in query.children("SolutionModifier"):
        for condition in modifier.phrases("GroupCondition", within=(GROUP,)):
            tokens = [token for token in condition.tokens() if token.text not in ("(", ")")]
            if (variable := condition.variable()) or len(tokens) == 1:
                yield (variable or tokens[0]).text[1:]


def _names(phrase: Phrase) -> set[str]:
    return {token.text[1:] for token in phrase.tokens() if token.kind == "variable"}
