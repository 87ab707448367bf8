"""A Summary of Findings as JSON: numbers as they are, null with a reason where there is none."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from allograph.namespaces import key_of
from allograph.reading.citation import NOTICE
from allograph.reading.summary.absolute import Limits
from allograph.reading.summary.table import Absolute, Figure, Finding, Relative, Summary
from allograph.reading.summary.words import certainty_text

Json = dict[str, Any]


def as_json(summary: Summary, url: str = "") -> Json:
    """The whole table, and the rows and the figures that are not in it; ``url`` is its address."""
    against = summary.subject.against
    return {
        "drug": summary.subject.drug.key,
        "drug_label": summary.subject.drug.label,
        "against": against.key if against else None,
        "against_label": against.label if against else None,
        "against_regimens": sorted(map(key_of, against.regimens)) if against else None,
        "population": summary.population,
        "release": summary.release,
        "issued": summary.issued,
        "url": url,
        "note": NOTICE,
        "findings": [_finding(finding) for finding in summary.findings],
        "notes": [asdict(note) for note in summary.notes],
        "left_out": [{**asdict(one), "outcome": key_of(one.outcome)} for one in summary.left_out],
    }


def _finding(finding: Finding) -> Json:
    return {
        "outcome": finding.key,
        "outcome_label": finding.label,
        "importance": finding.importance,
        "in_table": finding.is_main,
        "population": finding.section,
        "words": finding.words,
        "desirable": finding.is_desirable,
        "state": finding.state,
        "why": list(finding.why),
        "absolute": _absolute(finding.absolute) if finding.absolute else None,
        "absolute_why": finding.absolute_why or None,
        "relative": _relative(finding.relative) if finding.relative else None,
        "model": _model(finding.relative) if finding.relative else None,
        "range": list(finding.extremes) if finding.extremes else None,
        "studies": [
            {"study": key_of(one.iri), "label": one.label, "randomised": one.is_randomised}
            for one in finding.studies
        ],
        "people": finding.people,
        "certainty": _certainty(finding),
        "notes": list(finding.notes),
        "figures": list(map(_figure, finding.figures)),
    }


def _figure(figure: Figure) -> Json:
    row = figure.row
    return {
        "iri": row.figure,
        "study": key_of(row.study),
        "label": row.label,
        "people": row.people_label,
        "report": key_of(row.report) if row.report else None,
        "report_label": row.report_label,
        "tier": row.tier,
        "reported_as": row.reported_as,
        "value": figure.value,
        "weight": row.weight,
        "derived": row.is_derived,
        "derivation": row.derivation,
    }


def _limits(limits: Limits | None) -> Json | None:
    return asdict(limits) if limits else None


def _absolute(absolute: Absolute) -> Json:
    return {
        "unit": absolute.unit,
        "with": _limits(absolute.given),
        "without": asdict(absolute.without) if absolute.without else None,
        "difference": _limits(absolute.difference),
        "level": absolute.level,
        "method": absolute.method,
    }


def _relative(relative: Relative) -> Json | None:
    """The effect of a comparison; a drug alone has none."""
    if not relative.measure:
        return None
    return {
        "measure": relative.measure,
        "words": relative.words,
        "estimate": relative.limits.value,
        "lower": relative.limits.lower,
        "upper": relative.limits.upper,
        "level": relative.level,
        "origin": relative.origin,
    }


def _model(relative: Relative) -> Json | None:
    """What a model says beside its number; that of one study has none."""
    if not relative.model:
        return None
    prediction = relative.prediction
    return {
        "model": relative.model,
        "words": relative.origin,
        "prediction_lower": prediction.lower if prediction else None,
        "prediction_upper": prediction.upper if prediction else None,
        "tau2": relative.tau2,
        "i2": relative.i2,
        "reasons": list(relative.reasons),
    }


def _certainty(finding: Finding) -> Json:
    certainty = finding.certainty
    if certainty is None:
        return {"judged": False, "proposed": False, "words": certainty_text(finding)}
    return {
        "judged": not certainty.is_proposed,
        "proposed": certainty.is_proposed,
        "stale": certainty.is_stale,
        "level": certainty.level,
        "start": certainty.start,
        "steps": [asdict(step) for step in certainty.steps],
        "who": certainty.who,
        "when": certainty.when.isoformat() if certainty.when else None,
        "words": certainty_text(finding),
    }
