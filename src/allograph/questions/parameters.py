"""The parameters of questions: their types, and values that people type, as terms of SPARQL.

A value is validated by the declared type and serialised as a term, so nothing can be injected. A
value of type ``iri`` may be a key, a CURIE, an IRI, a label or a synonym; it stands for an instance
of the parameter's class that the store knows. What was replaced stands for what took its place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from allograph.errors import ParameterError, nearest, nearest_first
from allograph.evidence.units import in_unit
from allograph.namespaces import BASE, key_of
from allograph.rdf.store import Store, select
from allograph.rdf.terms import Literal, NamedNode
from allograph.rdf.vocabularies import XSD
from allograph.text.numerals import DECIMAL, INTEGER, LONGEST, is_number

TYPES = ("iri", "string", "integer", "decimal", "date", "enum")

MOST_VALUES = 100
"""Values that one parameter takes at once."""
_CHOICES = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?choice ?label ?synonym ?former WHERE {{
  ?choice a {class_iri} .
  OPTIONAL {{ ?choice rdfs:label ?label }}
  OPTIONAL {{ ?choice skos:altLabel ?synonym }}
  OPTIONAL {{ ?former dcterms:isReplacedBy ?choice ; owl:deprecated true }}
}} ORDER BY ?label ?choice ?synonym ?former
"""


@dataclass(frozen=True)
class Parameter:
    """What a question can be asked with; without a default it is left open.

    A number has the UCUM code of its ``unit``, if any. ``open`` is what a sentence calls it when it
    is left open, as in "any drug".
    """

    name: str
    variable: str
    type: str
    class_iri: str | None
    defaults: tuple[str, ...]
    description: str
    choices: tuple[str, ...]
    unit: str = ""
    open: str = ""


@dataclass(frozen=True)
class Choice:
    """One instance of a parameter's class; ``former`` are the deprecated IRIs that it replaces."""

    iri: str
    key: str
    label: str
    synonyms: tuple[str, ...]
    former: tuple[str, ...] = ()

    @property
    def names(self) -> set[str]:
        """Everything that it may be called; the CURIE of ``…/drug/x`` is ``drug:x``."""
        return {*_spellings(self.iri), self.label, *self.synonyms}

    @property
    def former_names(self) -> set[str]:
        """What old addresses call it."""
        return {name for iri in self.former for name in _spellings(iri)}


@dataclass(frozen=True)
class Choices:
    """What an ``iri`` parameter can be, by label; a name is looked up without reading them all."""

    listed: tuple[Choice, ...] = ()

    def __iter__(self) -> Iterator[Choice]:
        return iter(self.listed)

    def __len__(self) -> int:
        return len(self.listed)

    @cached_property
    def _exact(self) -> dict[str, list[Choice]]:
        return _by_name((name, choice) for choice in self.listed for name in choice.names)

    @cached_property
    def _in_any_case(self) -> dict[str, list[Choice]]:
        return _by_name(
            (name, choice)
            for choice in self.listed
            for name in {name.strip().casefold() for name in choice.names}
        )

    @cached_property
    def _former(self) -> dict[str, list[Choice]]:
        return _by_name((name, choice) for choice in self.listed for name in choice.former_names)

    def called(self, text: str) -> Sequence[Choice]:
        """The choices of a name: spelt as given, else in any letter case, else of a former name."""
        exact = self._exact.get(text) or self._exact.get(text.strip())
        return exact or self._in_any_case.get(text.strip().casefold()) or self.formerly(text)

    def formerly(self, text: str) -> Sequence[Choice]:
        """The choices that replace what is named, a deprecated IRI or its key."""
        return self._former.get(text.strip()) or ()


@dataclass(frozen=True)
class Value:
    """A value as it was typed, the term of SPARQL that it stands for, and the choice, if any."""

    text: str
    term: str
    choice: Choice | None = None

    @property
    def key(self) -> str:
        """The value as it is written into an address."""
        return self.choice.key if self.choice else self.text


def choices(parameter: Parameter, store: Store) -> Choices:
    """The instances of an ``iri`` parameter's class, by label."""
    return instances_of(parameter.class_iri, store) if parameter.class_iri else Choices()


def instances_of(class_iri: str, store: Store) -> Choices:
    """The instances of a class, by label."""
    labels: dict[str, str] = {}
    synonyms: dict[str, dict[str, None]] = {}
    former: dict[str, dict[str, None]] = {}
    for solution in select(store, choices_query(class_iri)):
        iri = solution["choice"].value
        labels.setdefault(iri, solution["label"].value if solution["label"] else key_of(iri))
        names = synonyms.setdefault(iri, {})
        if solution["synonym"]:
            names[solution["synonym"].value] = None
        replaced = former.setdefault(iri, {})
        if solution["former"]:
            replaced[solution["former"].value] = None
    found = (
        Choice(iri, key_of(iri), label, tuple(synonyms[iri]), tuple(former[iri]))
        for iri, label in labels.items()
    )
    return Choices(tuple(found))


def choices_query(class_iri: str) -> str:
    """The query that finds the instances of a class, with their names."""
    return _CHOICES.format(class_iri=NamedNode(class_iri))


def read_values(parameter: Parameter, texts: Sequence[str], known: Choices) -> tuple[Value, ...]:
    """The values of a parameter, each term once; texts that are nothing are left out.

    Raises:
        ParameterError: for a value that is not taken, or for more than ``MOST_VALUES`` of them.

    """
    if len(texts) > MOST_VALUES:
        raise ParameterError(
            parameter.name,
            f"{parameter.name}: {len(texts)} values; it takes at most {MOST_VALUES} at once",
        )
    by_term: dict[str, Value] = {}
    for text in filter(str.strip, texts):
        value = _value(parameter, text, known)
        by_term.setdefault(value.term, value)
    return tuple(by_term.values())


def default_values(parameter: Parameter, known: Choices) -> tuple[Value, ...]:
    """The values that a parameter has of itself; those that the store does not know are left out.

    The question's file holds them already, so nothing is refused here.
    """
    if parameter.type != "iri":
        return read_values(parameter, parameter.defaults, known)
    found = [(text, known.called(text)) for text in parameter.defaults]
    return tuple(Value(text, f"<{text}>", called[0]) for text, called in found if called)


def _value(parameter: Parameter, text: str, known: Choices) -> Value:
    """One value, or a ``ParameterError`` that says what is taken."""
    typed = text.strip()
    if parameter.type == "iri":
        choice = _chosen(parameter, text, known)
        return Value(typed, str(NamedNode(choice.iri)), choice)
    number = _in_unit(parameter, typed) if parameter.unit else typed
    match parameter.type:
        case "string":
            return Value(typed, str(Literal(text)))
        case "enum" if number not in parameter.choices:
            raise _refused(
                parameter, text, f"one of {', '.join(parameter.choices)}", parameter.choices
            )
        case "integer" if not is_number(number, INTEGER):
            raise _refused(parameter, text, f"a whole number of at most {LONGEST} digits")
        case "decimal" if not is_number(number, DECIMAL):
            raise _refused(parameter, text, f"a number such as 1.8, of at most {LONGEST} digits")
        case "date" if not _is_date(number):
            raise _refused(parameter, text, "a date such as 2016-06-12")
        case "enum":
            return Value(typed, str(Literal(typed)))
        case _:
            return Value(typed, str(Literal(number, datatype=NamedNode(XSD[parameter.type]))))


def _chosen(parameter: Parameter, text: str, known: Choices) -> Choice:
    """The choice that is meant; one that may be several is refused."""
    found = known.called(text)
    if len(found) == 1:
        return found[0]
    if found:
        keys = ", ".join(choice.key for choice in found)
        raise ParameterError(
            parameter.name,
            f"{parameter.name}: '{text}' may be any of {keys}; give one of these",
            [choice.key for choice in found],
        )
    keys_known = [choice.key for choice in known]
    raise ParameterError(
        parameter.name,
        f"{parameter.name}: '{text}' is not known{nearest(text, keys_known)}",
        nearest_first(text, keys_known),
    )


def _spellings(iri: str) -> tuple[str, str, str]:
    """An IRI of ours, its CURIE and its key."""
    return iri, iri.removeprefix(BASE).replace("/", ":", 1), key_of(iri)


def _by_name(pairs: Iterable[tuple[str, Choice]]) -> dict[str, list[Choice]]:
    table: dict[str, list[Choice]] = defaultdict(list)
    for name, choice in pairs:
        table[name].append(choice)
    return dict(table)


def _in_unit(parameter: Parameter, text: str) -> str:
    """The number in the parameter's unit, of a number with or without a unit of its own."""
    try:
        return in_unit(text, parameter.unit)
    except ValueError as error:
        raise ParameterError(parameter.name, f"{parameter.name}: {error}") from None


def _refused(
    parameter: Parameter, text: str, taken: str, known: Iterable[str] = ()
) -> ParameterError:
    return ParameterError(parameter.name, f"{parameter.name}: '{text}' is not {taken}", known)


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
