"""What a person asks of pooling, in words, as a wish: the one place that reads it.

The command line, the pages and Python ask by the same names: a record by its key, its CURIE, its
IRI or its label, anything else by its key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from allograph.errors import ParameterError, nearest
from allograph.evidence import Evidence
from allograph.evidence.pooling.answers import Wish
from allograph.evidence.pooling.differences import DIFFERENCES
from allograph.evidence.pooling.effect import MEASURES
from allograph.evidence.pooling.found import kinds_of
from allograph.evidence.pooling.synthesised import MODELS_OF, models_of
from allograph.namespaces import BASE, key_of

MODELS = tuple(dict.fromkeys(model for models in MODELS_OF.values() for model in models))


@dataclass(frozen=True)
class Asked:
    """What is asked, as it was typed; an empty text asks for all.

    ``across`` are names, each alone or several with commas between them.
    """

    outcome: str
    drug: str = ""
    comparator: str = ""
    studies: Sequence[str] = ()
    statistic: str = ""
    measure: str = ""
    at_time: str = ""
    time_origin: str = ""
    across: Sequence[str] = ()
    model: str = ""
    level: str = ""
    with_retracted: bool = False


def wish_of(evidence: Evidence, asked: Asked) -> Wish:
    """Read what is asked; raises ``ParameterError`` with what was probably meant."""
    across = [name.strip() for given in asked.across for name in given.split(",") if name.strip()]
    measure = _known("measure", asked.measure.lower(), MEASURES)
    model = _known("model", asked.model, MODELS)
    wish = Wish(
        outcome=_record(evidence, ("outcome",), "outcome", asked.outcome),
        drug=_record(evidence, ("drug", "regimen"), "drug", asked.drug) if asked.drug else None,
        comparator=_record(evidence, ("drug", "regimen"), "comparator", asked.comparator)
        if asked.comparator
        else None,
        studies=frozenset(_record(evidence, ("study",), "study", one) for one in asked.studies),
        statistic=_concept(evidence, "statistic", "statistic", asked.statistic),
        measure=measure,
        at_time=_number("at_time", asked.at_time, "a number of months"),
        time_origin=_concept(evidence, "origin", "time_origin", asked.time_origin),
        across=frozenset(name for one in across if (name := _known("across", one, DIFFERENCES))),
        model=model,
        level=_level(asked.level),
        with_retracted=asked.with_retracted,
    )
    kinds = tuple(kinds_of(replace(wish, model=None)))
    known = tuple(dict.fromkeys(one for kind in kinds for one in models_of(kind, measure)))
    if model and known and model not in known:
        what = f"a {measure}" if measure else " or ".join(kinds)
        raise ParameterError(
            "model", f"'{model}' does not pool {what}; {', '.join(known)} do", known
        )
    return wish


def _known(parameter: str, given: str, known: Iterable[str]) -> str | None:
    """One of the names of a closed list."""
    names = tuple(known)
    if given and given not in names:
        message = f"no {parameter} is called '{given}'{nearest(given, names)}"
        raise ParameterError(parameter, message, names)
    return given or None


def _concept(evidence: Evidence, scheme: str, parameter: str, given: str) -> str | None:
    """The key of a concept of a closed list."""
    folder = f"{BASE}{scheme}/"
    keys = [key_of(iri) for iri in evidence.nodes if iri.startswith(folder)]
    return _known(parameter, given.removeprefix(folder).removeprefix(f"{scheme}:"), keys)


def _record(evidence: Evidence, kinds: Sequence[str], parameter: str, given: str) -> str:
    """The IRI of a record by its key, its CURIE, its IRI or its label."""
    keys = {kind: _keys(evidence, kind) for kind in kinds}
    for kind, known in keys.items():
        key = given.removeprefix(f"{BASE}{kind}/").removeprefix(f"{kind}:")
        if key in known:
            return known[key]
    for known in keys.values():
        for iri in known.values():
            if (evidence.nodes.of(iri).label or "").casefold() == given.casefold():
                return iri
    every = sorted({key for known in keys.values() for key in known})
    raise ParameterError(
        parameter, f"no {kinds[0]} is called '{given}'{nearest(given, every)}", every
    )


def _keys(evidence: Evidence, kind: str) -> Mapping[str, str]:
    folder = f"{BASE}{kind}/"
    records = (iri for iri in evidence.nodes if iri.startswith(folder) and "#" not in iri)
    return {key_of(iri): iri for iri in records}


def _number(parameter: str, given: str, what: str) -> Decimal | None:
    if not given:
        return None
    try:
        number = Decimal(given)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise ParameterError(parameter, f"'{given}' is not {what}")
    return number


def _level(given: str) -> float:
    """A confidence level in percent, between 0 and 100."""
    number = _number("level", given.removesuffix("%"), "a confidence level in percent, as 95")
    level = 95.0 if number is None else float(number)
    if not 50 <= level < 100:
        raise ParameterError(
            "level", f"'{given}' is not a confidence level in percent, from 50 to below 100"
        )
    return level
