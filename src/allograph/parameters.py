"""The parameters of questions: their types, and values that people type, as terms of SPARQL.

A value is validated by the declared type and serialised as a term, so nothing can be injected. A
value of type ``iri`` may be a key, a CURIE, an IRI, a label or a synonym; it stands for an instance
of the parameter's class that the store knows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from allograph.errors import ParameterError, nearest
from allograph.namespaces import BASE, key_of
from allograph.store import Store, select
from allograph.terms import Literal, NamedNode
from allograph.units import in_unit

XSD = "http://www.w3.org/2001/XMLSchema#"
TYPES = ("iri", "string", "integer", "decimal", "date", "enum")

_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_CHOICES = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?choice ?label ?synonym WHERE {{
  ?choice a {class_iri} .
  OPTIONAL {{ ?choice rdfs:label ?label }}
  OPTIONAL {{ ?choice skos:altLabel ?synonym }}
}} ORDER BY ?label ?choice ?synonym
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
    """One instance of a parameter's class."""

    iri: str
    key: str
    label: str
    synonyms: tuple[str, ...]

    @property
    def names(self) -> set[str]:
        """Everything that it may be called; the CURIE of ``…/drug/x`` is ``drug:x``."""
        curie = self.iri.removeprefix(BASE).replace("/", ":", 1)
        return {self.iri, curie, self.key, self.label, *self.synonyms}


def choices(parameter: Parameter, store: Store) -> list[Choice]:
    """The instances of an ``iri`` parameter's class, by label."""
    if parameter.class_iri is None:
        return []
    labels: dict[str, str] = {}
    synonyms: dict[str, dict[str, None]] = {}
    for solution in select(store, _CHOICES.format(class_iri=NamedNode(parameter.class_iri))):
        iri = solution["choice"].value
        labels.setdefault(iri, solution["label"].value if solution["label"] else key_of(iri))
        names = synonyms.setdefault(iri, {})
        if solution["synonym"]:
            names[solution["synonym"].value] = None
    return [Choice(iri, key_of(iri), label, tuple(synonyms[iri])) for iri, label in labels.items()]


def term_of(parameter: Parameter, text: str, store: Store) -> str:
    """One value as a term of SPARQL, or a ``ParameterError`` that says what is taken."""
    if parameter.unit:
        text = _in_unit(parameter, text)
    match parameter.type:
        case "iri":
            return str(NamedNode(_chosen(parameter, text, choices(parameter, store))))
        case "enum" if text not in parameter.choices:
            raise _refused(parameter, text, f"one of {', '.join(parameter.choices)}")
        case "integer" if not _INTEGER.fullmatch(text):
            raise _refused(parameter, text, "a whole number")
        case "decimal" if not _DECIMAL.fullmatch(text):
            raise _refused(parameter, text, "a number such as 1.8")
        case "date" if not _is_date(text):
            raise _refused(parameter, text, "a date such as 2016-06-12")
        case "integer" | "decimal" | "date":
            return str(Literal(text, datatype=NamedNode(XSD + parameter.type)))
        case _:
            return str(Literal(text))


def _chosen(parameter: Parameter, text: str, known: Sequence[Choice]) -> str:
    """The IRI of the choice that is meant; an exact name wins over one in other letter case."""
    names = {choice.iri: choice.names for choice in known}
    exact = [iri for iri, all_names in names.items() if text in all_names]
    wanted = text.strip().casefold()
    found = exact or [
        iri for iri, all_names in names.items() if wanted in map(str.casefold, all_names)
    ]
    if len(found) == 1:
        return found[0]
    if found:
        keys = ", ".join(key_of(iri) for iri in found)
        raise ParameterError(
            parameter.name, f"{parameter.name}: '{text}' may be any of {keys}; give one of these"
        )
    raise ParameterError(
        parameter.name,
        f"{parameter.name}: '{text}' is not known{nearest(text, [item.key for item in known])}",
    )


def _in_unit(parameter: Parameter, text: str) -> str:
    """The number in the parameter's unit, of a number with or without a unit of its own."""
    try:
        return in_unit(text, parameter.unit)
    except ValueError as error:
        raise ParameterError(parameter.name, f"{parameter.name}: {error}") from None


def _refused(parameter: Parameter, text: str, taken: str) -> ParameterError:
    return ParameterError(parameter.name, f"{parameter.name}: '{text}' is not {taken}")


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
