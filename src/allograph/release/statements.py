"""Gather what the studies state in numbers, so that a search can find and count it.

One statement for each printed figure and each comparison. Read from the curated named graphs when
a release is built, with what a question asks of it: its drugs are those of its group's regimen.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from allograph.namespaces import BASE, key_of
from allograph.rdf.store import Store
from allograph.release.catalogue import rows_of

COMPARISON = "Comparison"
"""The form of a comparison; a figure has that of its class, as ``TimeToEvent``."""

OTHERS = frozenset(("background", "external-control", "non-human"))
"""Kinds of groups that are not of the people of a study."""

NUMBER = re.compile(r"\d+(?:[.,·]\d+)?")
"""A number as it is printed: the Lancet prints 80·7."""

_PREFIXES = """
PREFIX ag: <https://w3id.org/allograph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""

_STATEMENTS = f"""{_PREFIXES}
SELECT DISTINCT ?iri ?form ?study ?study_label ?outcome ?outcome_label ?group_label ?regimen
  ?comparator ?comparator_label ?statistic ?statistic_label ?at_time ?value ?unit ?numerator
  ?denominator ?lower ?upper ?p ?printed ?rank ?grouping WHERE {{
  VALUES ?class {{
    ag:Proportion ag:Count ag:TimeToEvent ag:ProbabilityAtTime ag:Rate ag:Summary ag:Comparison
  }}
  GRAPH ?graph {{ ?iri a ?class ; ag:study ?study ; ag:outcome ?outcome ; ag:group ?group }}
  ?study rdfs:label ?study_label .
  ?outcome rdfs:label ?outcome_label .
  ?group rdfs:label ?group_label .
  OPTIONAL {{ ?group ag:grouping ?grouping }}
  OPTIONAL {{ ?group ag:regimen ?regimen }}
  OPTIONAL {{
    ?iri ag:comparator ?other . ?other rdfs:label ?comparator_label .
    OPTIONAL {{ ?other ag:regimen ?comparator }}
  }}
  OPTIONAL {{ ?iri ag:statistic ?statistic . ?statistic rdfs:label ?statistic_label }}
  OPTIONAL {{ ?iri ag:atTime ?at_time }}
  OPTIONAL {{ ?iri ag:printedValue ?value }}
  OPTIONAL {{ ?iri ag:unit ?unit }}
  OPTIONAL {{ ?iri ag:numerator ?numerator ; ag:denominator ?denominator }}
  OPTIONAL {{ ?iri ag:printedLowerLimit ?lower ; ag:printedUpperLimit ?upper }}
  OPTIONAL {{ ?iri ag:printedPValue ?p }}
  OPTIONAL {{ ?iri ag:reportedAs ?printed }}
  OPTIONAL {{ ?iri ag:report/ag:tier/ag:rank ?rank }}
  BIND (STRAFTER(STR(?class), "#") AS ?form)
}} ORDER BY ?iri
"""

_DRUGS = f"""{_PREFIXES}
SELECT DISTINCT ?regimen ?drug WHERE {{
  GRAPH ?graph {{ ?regimen a ag:Regimen ; ag:drug|ag:optionalDrug ?drug }}
}} ORDER BY ?regimen ?drug
"""

_CONDITIONS = f"""{_PREFIXES}
SELECT DISTINCT ?study ?condition WHERE {{
  GRAPH ?graph {{ ?study a ag:Study ; ag:condition ?condition }}
}} ORDER BY ?study ?condition
"""

_BROADER = f"""{_PREFIXES}
SELECT DISTINCT ?narrower ?broader WHERE {{
  VALUES ?class {{ ag:Outcome ag:Condition }}
  GRAPH ?graph {{ ?narrower a ?class ; skos:broader ?broader }}
}} ORDER BY ?narrower ?broader
"""


@dataclass(frozen=True)
class Statement:
    """A printed figure or a comparison: what it is of, as keys, and what stands in print.

    ``drugs`` and ``regimen`` are those of its group; ``against`` and ``comparator`` of the other.
    ``is_own`` tells that they are people of the study, and ``conditions`` are those of it.
    ``at_time`` is in months. ``numbers`` are all that are printed, with their digits, and
    ``80/100`` for a count of people. ``rank`` is that of the tier of its report: 1 is nearest to
    the study.
    """

    iri: str
    form: str
    study: str
    outcome: str
    label: str
    context: str
    statistic: str = ""
    drugs: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    regimen: str = ""
    comparator: str = ""
    conditions: tuple[str, ...] = ()
    at_time: str = ""
    numbers: tuple[str, ...] = ()
    is_own: bool = True
    rank: int = 9


def statements(store: Store) -> Iterator[Statement]:
    """Gather the figures and comparisons of a store, by IRI."""
    drugs, conditions = _pairs(store, _DRUGS), _pairs(store, _CONDITIONS)
    for row in rows_of(store, _STATEMENTS):
        yield Statement(
            iri=row["iri"],
            form=row["form"],
            study=key_of(row["study"]),
            outcome=key_of(row["outcome"]),
            label=_label(row),
            context=" · ".join(filter(None, (_whom(row), row["study_label"], row.get("printed")))),
            statistic=key_of(row.get("statistic", "")),
            drugs=drugs.get(row.get("regimen", ""), ()),
            against=drugs.get(row.get("comparator", ""), ()),
            regimen=key_of(row.get("regimen", "")),
            comparator=key_of(row.get("comparator", "")),
            conditions=conditions.get(row["study"], ()),
            at_time=row.get("at_time", ""),
            numbers=tuple(_numbers(row)),
            is_own=key_of(row.get("grouping", "")) not in OTHERS,
            rank=int(row.get("rank", 9)),
        )


def broader(store: Store) -> dict[str, tuple[str, ...]]:
    """What is directly broader than each outcome and condition, as in ``outcome/survival``."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows_of(store, _BROADER):
        found[row["narrower"].removeprefix(BASE)].append(row["broader"].removeprefix(BASE))
    return {narrower: tuple(keys) for narrower, keys in found.items()}


def _pairs(store: Store, sparql: str) -> dict[str, tuple[str, ...]]:
    """The keys of the second variable of a query, by the first."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows_of(store, sparql):
        subject, value = row.values()
        found[subject].append(key_of(value))
    return {subject: tuple(keys) for subject, keys in found.items()}


def _label(row: Mapping[str, str]) -> str:
    """What is stated, and by which study: ``overall survival at 24 months: 54 %, E1910``."""
    time = f" at {row['at_time']} months" if "at_time" in row else ""
    value = row.get("value", "")
    unit = {"%": " %", "mo": " months", "a": " years", "mg/m2": " mg/m²"}.get(
        row.get("unit", ""), ""
    )
    said = f"{value}{unit}" if value else row.get("printed", "")
    if row["form"] == COMPARISON:
        measure = row.get("statistic_label", "")
        said = f"{measure} {value}".strip() if value else row.get("printed", "compared")
    if "numerator" in row:
        said += f" ({row['numerator']} of {row['denominator']})"
    return f"{row['outcome_label']}{time}: {said}, {row['study_label'].partition(':')[0]}"


def _whom(row: Mapping[str, str]) -> str:
    other = row.get("comparator_label")
    return f"{row['group_label']} or {other}" if other else row["group_label"]


def _numbers(row: Mapping[str, str]) -> dict[str, None]:
    """The printed numbers of a row, each once, with a point for every decimal sign."""
    names = ("value", "printed", "lower", "upper", "p")
    found = NUMBER.findall(" ".join(row[name] for name in names if name in row))
    if "numerator" in row:
        found.append(f"{row['numerator']}/{row['denominator']}")
    return dict.fromkeys(number.replace("·", ".").replace(",", ".") for number in found)
