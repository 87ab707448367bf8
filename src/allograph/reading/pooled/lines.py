"""Lines of R and Python that reproduce a pooled number, from the figures that were pooled.

R's are those of ``metafor`` (W. Viechtbauer, J. Stat. Softw. 36(3) (2010) 1-48), which needs
``lme4`` for the logistic models; Python's are those of ``allograph.synthesis``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from allograph.evidence.pooling.answers import Pool, Row
from allograph.evidence.pooling.effect import SUBDISTRIBUTION, is_ratio
from allograph.synthesis import pooled as by
from allograph.synthesis.effects import HAZARD_RATIO, MEAN_DIFFERENCE

Columns = Mapping[str, Callable[[Row], object]]

_R: Mapping[str, str] = {
    by.GLMM: 'rma.glmm(measure = "PLO", xi = events, ni = people, data = studies, nAGQ = 7{level})',
    by.LOGIT_FIXED: (
        'rma.glmm(measure = "PLO", xi = events, ni = people, data = studies, method = "FE"{level})'
    ),
    by.LOGIT_REML: 'rma(measure = "PLO", xi = events, ni = people, data = studies{level})',
    by.FREEMAN_TUKEY: (
        'rma(measure = "PFT", xi = events, ni = people, data = studies, method = "DL"{level})'
    ),
    by.REML_HKSJ: 'rma(yi, sei = se, data = studies, test = "knha"{level})',
    by.REML: "rma(yi, sei = se, data = studies{level})",
    by.FIXED: 'rma(yi, sei = se, data = studies, method = "FE"{level})',
    by.MANTEL_HAENSZEL: (
        "rma.mh(ai = events, n1i = people, ci = comparator_events, n2i = comparator_people,"
        ' data = studies, measure = "{measure}", add = 0, to = "none"{level})'
    ),
    by.PETO: (
        "rma.peto(ai = events, n1i = people, ci = comparator_events, n2i = comparator_people,"
        ' data = studies, add = 0, to = "none"{level})'
    ),
}
_COUNTS: Columns = {"events": lambda row: row.events, "people": lambda row: row.people}
_BOTH_ARMS: Columns = {
    **_COUNTS,
    "comparator_events": lambda row: row.comparator_events,
    "comparator_people": lambda row: row.comparator_people,
}
_OF_ARMS = (by.MANTEL_HAENSZEL, by.PETO)
_OF_SHARES = (by.GLMM, by.LOGIT_FIXED, by.LOGIT_REML, by.FREEMAN_TUKEY)


def r_lines(pool: Pool) -> tuple[str, ...]:
    """The lines of R that give the number of a pool; none if nothing is pooled."""
    synthesis = pool.synthesis
    if synthesis is None or not _is_whole(pool, synthesis):
        return ()
    level = "" if synthesis.level == 95 else f", level = {synthesis.level:g}"
    columns = _columns(pool, synthesis.model)
    labels = ", ".join(_quoted(row.label) for row in pool.rows)
    fit = _R[synthesis.model].format(level=level, measure=(pool.measure or "").upper())
    return (
        "library(metafor)",
        "studies <- data.frame(",
        f"  study = c({labels}),",
        ",\n".join(
            f"  {name} = c({', '.join(str(ask(row)) for row in pool.rows)})"
            for name, ask in columns.items()
        ),
        ")",
        f"fit <- {fit}",
        f"predict(fit{_back_in_r(pool, synthesis.model)})",
        "fit",
    )


def python_lines(pool: Pool) -> tuple[str, ...]:
    """The lines of Python that give the number of a pool; none if nothing is pooled."""
    synthesis = pool.synthesis
    if synthesis is None or not _is_whole(pool, synthesis):
        return ()
    model = synthesis.model
    if model in _OF_SHARES:
        place, name, verb, measure = "shares", "Counted", "pool_shares", ""
    else:
        name, verb = ("TwoArms", "pool_rare") if model in _OF_ARMS else ("Estimate", "pool_effects")
        place, measure = "effects", f'"{_measure(pool)}", '
    numbers = [
        ", ".join([_quoted(row.label), *(str(ask(row)) for ask in _columns(pool, model).values())])
        for row in pool.rows
    ]
    return (
        f"from allograph.synthesis.{place} import {name}, {verb}",
        "studies = [",
        *(f"    {name}({values})," for values in numbers),
        "]",
        f'print({verb}(studies, {measure}"{model}", level={synthesis.level:g}))',
    )


def _is_whole(pool: Pool, synthesis: by.Synthesis) -> bool:
    """Whether something is pooled, and each row has what the model needs."""
    asked = _columns(pool, synthesis.model).values()
    has_numbers = all(ask(row) is not None for ask in asked for row in pool.rows)
    return synthesis.estimate is not None and has_numbers


def _columns(pool: Pool, model: str) -> Columns:
    """What a model needs of each row, by the name of the column."""
    if model in _OF_SHARES:
        return _COUNTS
    return _BOTH_ARMS if model in _OF_ARMS else {"yi": _on_scale(pool), "se": _error}


def _on_scale(pool: Pool) -> Callable[[Row], object]:
    """A row's number on the scale of the model."""
    is_log = pool.measure is not None and is_ratio(pool.measure)

    def number(row: Row) -> object:
        return math.log(row.value) if is_log and row.value else row.value

    return number


def _error(row: Row) -> object:
    return row.standard_error


def _measure(pool: Pool) -> str:
    """The measure on whose scale the numbers are pooled."""
    return HAZARD_RATIO if pool.measure == SUBDISTRIBUTION else pool.measure or MEAN_DIFFERENCE


def _back_in_r(pool: Pool, model: str) -> str:
    """How R takes the number back from the scale of the model."""
    if model == by.FREEMAN_TUKEY:
        return ", transf = transf.ipft.hm, targs = list(ni = studies$people)"
    if model in _OF_SHARES:
        return ", transf = transf.ilogit"
    return ", transf = exp" if pool.measure and is_ratio(pool.measure) else ""


def _quoted(text: str) -> str:
    """A string of R and of Python."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
