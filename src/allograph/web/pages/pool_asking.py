"""What a request asks to be pooled: the arguments of ``/pool/<outcome>``, read and named back.

``GET /pool/vod-sos?drug=inotuzumab-ozogamicin&across=definition&level=90``. Names are read as on
the command line (``reading.pooled.asked``); what is not taken is refused with what is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from http import HTTPStatus
from urllib.parse import urlencode

from flask import request, url_for

from allograph.errors import ParameterError, nearest
from allograph.evidence import Evidence
from allograph.evidence.pooling.answers import Wish
from allograph.evidence.pooling.differences import DIFFERENCES
from allograph.evidence.units import in_unit
from allograph.namespaces import BASE, key_of
from allograph.reading.answers.known import read_known
from allograph.reading.listing import near
from allograph.reading.pooled import asked as typed
from allograph.web.http.permalinks import RELEASE
from allograph.web.http.problems import Problem
from allograph.web.pages.pictures import COLOURS, WIDTH
from allograph.web.service import current_reader

Pair = tuple[str, str]

MOST_VALUES = 500
"""Studies, or ticked figures, that may be named at once."""
USUAL_LEVEL = 95.0
STUDY_RECORD = f"{BASE}study/"
ACROSS, FIGURE, RETRACTED = "across", "figure", "retracted"
ONE = (
    "drug",
    "comparator",
    "statistic",
    "measure",
    "at_time",
    "time_origin",
    "model",
    "level",
    RETRACTED,
)
"""Arguments with one value at most."""
SEVERAL = ("study", ACROSS, FIGURE)
NAMES = (*ONE, *SEVERAL)
BESIDE = (RELEASE, COLOURS, WIDTH, "ticked", "timeout")
"""Arguments that say nothing of what is pooled."""


@dataclass(frozen=True)
class Asked:
    """What a request asks to be pooled, and what its outcome is called."""

    wish: Wish
    label: str

    @property
    def key(self) -> str:
        """The key of the outcome."""
        return key_of(self.wish.outcome)

    @cached_property
    def pairs(self) -> list[Pair]:
        """The arguments that ask for it, by keys and in one order, without what is usual."""
        wish = self.wish
        found = [
            ("drug", name_of(wish.drug)),
            ("comparator", name_of(wish.comparator)),
            *(("study", key_of(iri)) for iri in sorted(wish.studies)),
            ("statistic", wish.statistic or ""),
            ("measure", wish.measure or ""),
            ("at_time", "" if wish.at_time is None else f"{wish.at_time:f}"),
            ("time_origin", wish.time_origin or ""),
            *((ACROSS, name) for name in DIFFERENCES if name in wish.across),
            ("model", wish.model or ""),
            ("level", "" if wish.level == USUAL_LEVEL else f"{wish.level:g}"),
            (RETRACTED, "yes" if wish.with_retracted else ""),
            *((FIGURE, key_of(iri)) for iri in sorted(wish.figures)),
        ]
        return [pair for pair in found if pair[1]]

    @property
    def meaning(self) -> tuple[str, ...]:
        """What tells this answer from others."""
        return ("pool", self.key, urlencode(self.pairs))

    def address(self, suffix: str | None = None, *, is_external: bool = False) -> str:
        """The address of this answer."""
        return self.address_of(self.pairs, suffix, is_external=is_external)

    def address_of(
        self, pairs: Sequence[Pair], suffix: str | None = None, *, is_external: bool = False
    ) -> str:
        """The address of the same outcome asked otherwise."""
        path = url_for("pool.show_pool", key=self.key, suffix=suffix, _external=is_external)
        return f"{path}?{urlencode(pairs)}" if pairs else path

    def across(self, name: str) -> str:
        """The address that pools across a difference, too."""
        return self.address_of([*self.pairs, (ACROSS, name)])


def name_of(iri: str | None) -> str:
    """How an address names a drug, or a regimen, whose key a drug may have, too."""
    if not iri:
        return ""
    return iri.removeprefix(BASE).replace("/", ":", 1) if "/regimen/" in iri else key_of(iri)


def asked_of(key: str) -> Asked:
    """Read the request for the pools of an outcome.

    Raises:
        Problem: 404, with the nearest names, for what is no outcome.
        ParameterError: for an argument that is not taken, or a value that is none.

    """
    given = dict(request.args.lists())
    for name in given:
        if name not in (*NAMES, *BESIDE):
            message = f"{name}: pooling has no such argument{nearest(name, NAMES)}"
            raise ParameterError(name, message)
    one = {name: _one(name, given.get(name, ())) for name in ONE}
    evidence = current_reader().once(read_known)
    named = typed.Asked(
        outcome=key,
        drug=one["drug"],
        comparator=one["comparator"],
        studies=several("study", given),
        statistic=one["statistic"],
        measure=one["measure"],
        at_time=_months(one["at_time"]),
        time_origin=one["time_origin"],
        across=several(ACROSS, given),
        model=one["model"],
        level=one["level"],
        with_retracted=_is_yes(one[RETRACTED]),
    )
    try:
        wish = typed.wish_of(evidence, named)
    except ParameterError as error:
        if error.parameter == "outcome":
            raise _no_outcome(key, error) from None
        raise
    figures = figures_among(evidence, several(FIGURE, given))
    label = evidence.nodes.of(wish.outcome).label or key
    return Asked(replace(wish, figures=frozenset(figures)), label)


def _no_outcome(key: str, error: ParameterError) -> Problem:
    """Say that there is no such outcome, and which ones may have been meant."""
    meant = near(key, error.known)
    said = f"; did you mean '{meant[0]}'?" if meant else ""
    return Problem(
        HTTPStatus.NOT_FOUND,
        f"no outcome is called '{key}'{said}",
        near=[url_for("pool.show_pool", key=each) for each in meant],
    )


def _one(name: str, given: Sequence[str]) -> str:
    """The only value, empty if there is none: one pool has one of it."""
    values = list(dict.fromkeys(text.strip() for text in given if text.strip()))
    if len(values) > 1:
        raise ParameterError(name, f"{name}: {len(values)} values; pooling takes one at a time")
    return values[0] if values else ""


def several(name: str, given: Mapping[str, Sequence[str]]) -> list[str]:
    """All values, each once."""
    values = list(dict.fromkeys(text.strip() for text in given.get(name, ()) if text.strip()))
    if len(values) > MOST_VALUES:
        message = f"{name}: {len(values)} values; it takes at most {MOST_VALUES} at once"
        raise ParameterError(name, message)
    return values


def _months(text: str) -> str:
    """A time in months, of one in any unit: ``1 a`` is ``12``."""
    try:
        return in_unit(text, "mo") if text else ""
    except ValueError as error:
        raise ParameterError("at_time", f"at_time: {error}") from None


def _is_yes(text: str) -> bool:
    if text not in ("", "yes", "no"):
        raise ParameterError(RETRACTED, f"{RETRACTED}: '{text}' is neither yes nor no", ("yes",))
    return text == "yes"


def figures_among(evidence: Evidence, given: Sequence[str]) -> list[str]:
    """The IRIs of ticked figures, of names as in ``ino-vate#cr-ino``, or of IRIs.

    Raises:
        ParameterError: for what is no result and no comparison.

    """
    found = dict.fromkeys(f"{STUDY_RECORD}{_key_of_figure(text)}" for text in given)
    for iri in found:
        if iri not in evidence.results and iri not in evidence.comparisons:
            known = [key_of(each) for each in (*evidence.results, *evidence.comparisons)]
            of_study = [key for key in known if key.startswith(key_of(iri).partition("#")[0])]
            message = f"no figure is called '{key_of(iri)}'{_meant(key_of(iri), of_study)}"
            raise ParameterError(FIGURE, f"{FIGURE}: {message}", near(key_of(iri), of_study))
    return sorted(found)


def _key_of_figure(text: str) -> str:
    """The key of a figure that is named by its IRI, its key, or the path of its page."""
    name = text.removeprefix(BASE).removeprefix("/").removeprefix("study/").removeprefix("study:")
    return name.replace("/figure/", "#", 1)


def _meant(key: str, known: Sequence[str]) -> str:
    found = near(key, known)
    return f"; did you mean '{found[0]}'?" if found else ""


def by_outcome(evidence: Evidence, figures: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """The outcomes of ticked figures, each with the figures on it."""
    found: dict[str, list[str]] = {}
    for iri in figures:
        figure = evidence.results.get(iri) or evidence.comparisons.get(iri)
        if figure and figure.outcome:
            found.setdefault(figure.outcome, []).append(iri)
    yield from found.items()
