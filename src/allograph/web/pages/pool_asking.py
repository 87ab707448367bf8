"""What a request asks to be pooled: the arguments of ``/pool/<outcome>``, read and named back.

``GET /pool/vod-sos?drug=inotuzumab-ozogamicin&across=definition&level=90``. Names are taken as a
question takes them (key, label, synonym, IRI); what is not taken is refused with what is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from http import HTTPStatus
from urllib.parse import urlencode

from flask import request, url_for

from allograph.errors import ParameterError, nearest, nearest_first
from allograph.evidence import Evidence
from allograph.evidence.pooling.answers import Wish
from allograph.evidence.pooling.differences import DIFFERENCES
from allograph.evidence.pooling.effect import MEASURES as PRINTED
from allograph.evidence.pooling.median import MEDIAN_TIME
from allograph.evidence.pooling.share import POOLABLE
from allograph.evidence.units import in_unit
from allograph.namespaces import BASE
from allograph.questions.parameters import Choice, Choices, Parameter
from allograph.questions.question import Argument
from allograph.rdf.vocabularies import AG
from allograph.reading.answers.known import read_known
from allograph.reading.controls import Control
from allograph.reading.listing import entries_of, near
from allograph.reading.reader import Reader
from allograph.synthesis.pooled import MODELS
from allograph.text.numerals import DECIMAL, is_number
from allograph.web.http.permalinks import RELEASE
from allograph.web.http.problems import Problem
from allograph.web.pages.asking import known_choices
from allograph.web.pages.pictures import COLOURS, WIDTH
from allograph.web.service import current_reader

Pair = tuple[str, str]

USUAL_LEVEL = 95.0
MOST_FIGURES = 500
"""Figures that may be ticked at once."""
ORIGIN = f"{BASE}origin"
STATISTICS = (*POOLABLE, *PRINTED.values(), MEDIAN_TIME)
ACROSS, MODEL, LEVEL, FIGURE = "across", "model", "level", "figure"
DRUG = Parameter(
    "drug", "drug", "iri", AG.Drug, (), "A drug that the people were given", (), open="any drug"
)
COMPARATOR = Parameter(
    "comparator",
    "comparator",
    "iri",
    AG.Drug,
    (),
    "Against what: a drug",
    (),
    open="any comparator",
)
STUDY = Parameter(
    "study", "study", "iri", AG.Study, (), "The studies to take", (), open="all studies"
)
STATISTIC = Parameter(
    "statistic",
    "statistic",
    "enum",
    None,
    (),
    "Which figures are pooled",
    STATISTICS,
    open="any statistic",
)
MEASURE = Parameter(
    "measure",
    "measure",
    "enum",
    None,
    (),
    "By what treatments are compared: risk ratio, odds ratio, risk difference, hazard ratio",
    tuple(PRINTED),
    open="as it is printed",
)
AT_TIME = Parameter(
    "at_time", "at_time", "decimal", None, (), "The time point", (), unit="mo", open="any time"
)
TIME_ORIGIN = Parameter(
    "time_origin",
    "time_origin",
    "iri",
    ORIGIN,
    (),
    "From when the time is counted",
    (),
    open="any origin",
)
PARAMETERS = (DRUG, COMPARATOR, STUDY, STATISTIC, MEASURE, AT_TIME, TIME_ORIGIN)
NAMES = (*(parameter.name for parameter in PARAMETERS), ACROSS, MODEL, LEVEL, FIGURE)
BESIDE = (RELEASE, COLOURS, WIDTH, "timeout")
"""Arguments that say nothing of what is pooled."""


@dataclass(frozen=True)
class Asked:
    """What a request asks to be pooled: the wish, and how its form shows it."""

    outcome: Choice
    wish: Wish
    arguments: tuple[Argument, ...]
    others: tuple[Pair, ...]

    @cached_property
    def pairs(self) -> list[Pair]:
        """What was asked, in one order and by keys: two addresses that mean the same have one."""
        named = [
            (control.parameter.name, key) for control in self.controls for key in control.keys
        ]
        return [*named, *self.others]

    @property
    def controls(self) -> list[Control]:
        """The parameters as controls of the form."""
        return [Control(argument) for argument in self.arguments]

    @property
    def meaning(self) -> tuple[str, ...]:
        """What tells this answer from others."""
        return ("pool", self.outcome.key, urlencode(self.pairs))

    @property
    def is_plain(self) -> bool:
        """Tell whether nothing but the outcome is asked for."""
        return not self.pairs

    def address(self, suffix: str | None = None, *, is_external: bool = False) -> str:
        """The address of this answer."""
        return self.address_of(self.pairs, suffix, is_external=is_external)

    def address_of(
        self, pairs: Sequence[Pair], suffix: str | None = None, *, is_external: bool = False
    ) -> str:
        """The address of the same outcome asked otherwise."""
        path = url_for(
            "pool.show_pool", key=self.outcome.key, suffix=suffix, _external=is_external
        )
        return f"{path}?{urlencode(pairs)}" if pairs else path

    def without(self, *names: str) -> list[Pair]:
        """What was asked, without some arguments."""
        return [pair for pair in self.pairs if pair[0] not in names]

    def across(self, name: str) -> str:
        """The address that pools across a difference, too."""
        return self.address_of([*self.pairs, (ACROSS, name)])


def asked_of(key: str) -> Asked:
    """Read the request for the pools of an outcome.

    Raises:
        Problem: 404, with the nearest names, for what is no outcome.
        ParameterError: for an argument that is not taken, or a value that is none.

    """
    reader = current_reader()
    outcome = _outcome(key)
    given = dict(request.args.lists())
    for name in given:
        if name not in (*NAMES, *BESIDE):
            message = f"{name}: pooling has no such argument{nearest(name, NAMES)}"
            raise ParameterError(name, message)
    arguments = tuple(
        Argument(parameter, given.get(parameter.name), _known) for parameter in PARAMETERS
    )
    values = {
        one.parameter.name: [value.choice.iri if value.choice else value.text for value in one.values]
        for one in arguments
    }
    at_time = _one("at_time", values["at_time"])
    evidence = reader.once(read_known)
    across = _several(ACROSS, given.get(ACROSS, ()), DIFFERENCES)
    model = _model(given.get(MODEL, ()))
    level = _level(given.get(LEVEL, ()))
    figures = figures_among(evidence, given.get(FIGURE, ()))
    wish = Wish(
        outcome=outcome.iri,
        drug=_one("drug", values["drug"]),
        comparator=_one("comparator", values["comparator"]),
        studies=frozenset(values["study"]),
        statistic=_one("statistic", values["statistic"]),
        measure=_one("measure", values["measure"]),
        at_time=Decimal(in_unit(at_time, AT_TIME.unit)) if at_time else None,
        time_origin=_origin_key(_one("time_origin", values["time_origin"])),
        across=frozenset(across),
        model=model,
        level=level,
        figures=frozenset(figures),
    )
    others = (
        *((ACROSS, name) for name in across),
        *(((MODEL, model),) if model else ()),
        *(((LEVEL, f"{level:g}"),) if level != USUAL_LEVEL else ()),
        *((FIGURE, iri.removeprefix(f"{BASE}study/")) for iri in figures),
    )
    return Asked(outcome, wish, arguments, others)


def _outcome(key: str) -> Choice:
    """The outcome of a path: its key, or its IRI."""
    known = _known(Parameter("outcome", "outcome", "iri", AG.Outcome, (), "", ()))
    found = [choice for choice in known if key in choice.names] or list(known.formerly(key))
    if len(found) == 1:
        return found[0]
    meant = near(key, (choice.key for choice in known))
    said = f"; did you mean '{meant[0]}'?" if meant else ""
    raise Problem(
        HTTPStatus.NOT_FOUND,
        f"no outcome is called '{key}'{said}",
        near=[url_for("pool.show_pool", key=each) for each in meant],
    )


def _known(parameter: Parameter) -> Choices:
    """What can be chosen for a parameter."""
    if parameter.class_iri == ORIGIN:
        return current_reader().once(_origins)
    return known_choices(parameter)


def _origins(reader: Reader) -> Choices:
    found = entries_of(reader, "origin")
    return Choices(tuple(Choice(one.iri, one.key, one.label, one.synonyms) for one in found))


def _origin_key(iri: str | None) -> str | None:
    return iri and iri.removeprefix(f"{ORIGIN}/")


def _one(name: str, values: Sequence[str]) -> str | None:
    """The only value; several are refused, for one pool has one of it."""
    if len(values) > 1:
        raise ParameterError(name, f"{name}: {len(values)} values; pooling takes one at a time")
    return values[0] if values else None


def _several(name: str, given: Sequence[str], known: Mapping[str, str]) -> list[str]:
    """Names of a closed list, each once and in its order."""
    typed = [word.strip() for text in given for word in text.split(",") if word.strip()]
    for word in typed:
        if word not in known:
            raise ParameterError(
                name, f"{name}: '{word}' is not known{nearest(word, known)}", nearest_first(word, known)
            )
    return [word for word in known if word in typed]


def _model(given: Sequence[str]) -> str | None:
    return _one(MODEL, _several(MODEL, given, MODELS))


def _level(given: Sequence[str]) -> float:
    """The level of confidence in percent, above 0 and below 100."""
    typed = _one(LEVEL, [text.strip().removesuffix("%").strip() for text in given if text.strip()])
    if typed is None:
        return USUAL_LEVEL
    if not is_number(typed, DECIMAL) or not 0 < float(typed) < 100:
        message = f"{LEVEL}: '{typed}' is no level of confidence in percent, such as 95 or 99"
        raise ParameterError(LEVEL, message)
    return float(typed)


def figures_among(evidence: Evidence, given: Sequence[str]) -> list[str]:
    """The IRIs of the figures that are ticked, by IRI or as in ``ino-vate#cr-ino``."""
    found = dict.fromkeys(iri for text in given if text.strip() for iri in (figure_iri(text),))
    if len(found) > MOST_FIGURES:
        message = f"{FIGURE}: {len(found)} figures; it takes at most {MOST_FIGURES} at once"
        raise ParameterError(FIGURE, message)
    for iri in found:
        if iri not in evidence.results and iri not in evidence.comparisons:
            raise ParameterError(FIGURE, _unknown_figure(evidence, iri))
    return sorted(found)


def figure_iri(text: str) -> str:
    """The IRI of a figure that is named by it, by its CURIE-like key, or by the page of its place."""
    name = text.strip().removeprefix(BASE).removeprefix("study/").removeprefix("study:")
    return f"{BASE}study/{name.replace('/figure/', '#', 1)}"


def _unknown_figure(evidence: Evidence, iri: str) -> str:
    record = iri.partition("#")[0]
    known = [
        each.removeprefix(f"{BASE}study/")
        for each in (*evidence.results, *evidence.comparisons)
        if each.startswith(f"{record}#")
    ]
    name = iri.removeprefix(f"{BASE}study/")
    return f"{FIGURE}: no figure is called '{name}'{nearest(name, known)}"


def outcomes_of(evidence: Evidence, figures: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """The outcomes of ticked figures, each with the figures on it."""
    found: dict[str, list[str]] = {}
    for iri in figures:
        figure = evidence.results.get(iri) or evidence.comparisons.get(iri)
        if figure and figure.outcome:
            found.setdefault(figure.outcome, []).append(iri)
    yield from found.items()
