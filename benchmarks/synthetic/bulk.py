"""Quads of the kind that a registry import gives: studies, arms and results, without their texts.

They are made as lines of N-Quads (https://www.w3.org/TR/n-quads/), one study after another, and
only one study is ever held: ten million quads take no more memory than ten thousand.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, count, islice

from benchmarks.synthetic.figures import Arm, Trial, made_up

from allograph.namespaces import BASE

AG = f"{BASE}ontology#"
RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
XSD = "http://www.w3.org/2001/XMLSchema#"
GRAPHS = ("named", "default", "both")
"""Where the quads stand: each study in a graph of its own, in the default graph, or in both."""


def lines(seed: int, size: int, graph: str = "named") -> Iterator[str]:
    """So many lines of N-Quads, no two alike; the last study ends where the number is reached."""
    studies = (_study(made_up(seed, number), graph) for number in count(1))
    return islice(chain.from_iterable(studies), size)


def _study(trial: Trial, graph: str) -> Iterator[str]:
    """The quads of one study."""
    study = _iri(f"study/{trial.key}")
    name = _iri(f"graph/study/{trial.key}")
    ends = {"named": (f" {name} .\n",), "default": (" .\n",), "both": (f" {name} .\n", " .\n")}
    for subject, predicate, object_ in _triples(trial, study):
        for end in ends[graph]:
            yield f"{subject} {predicate} {object_}{end}"


def _triples(trial: Trial, study: str) -> Iterator[tuple[str, str, str]]:
    yield study, RDF_TYPE, _term("Study")
    yield study, LABEL, f'"Made-up study {trial.number}"@en'
    yield study, _term("registration"), f'"NCT{90_000_000 + trial.number}"'
    yield study, _term("design"), _iri("design/randomised-trial")
    yield study, _term("condition"), _iri("condition/relapsed-or-refractory-all")
    yield study, _term("accrualStart"), f'"{trial.year - 5}-01-01"^^<{XSD}date>'
    yield study, _term("accrualEnd"), f'"{trial.year - 2}-12-31"^^<{XSD}date>'
    for outcome in trial.arms[0].reached:
        yield study, _term("assessedOutcome"), _iri(f"outcome/{outcome}")
    for arm in trial.arms:
        yield from _arm(trial, arm, study)


def _arm(trial: Trial, arm: Arm, study: str) -> Iterator[tuple[str, str, str]]:
    group = _iri(f"study/{trial.key}#{arm.key}")
    yield group, RDF_TYPE, _term("StudyGroup")
    yield group, LABEL, f'"The {arm.key} arm of study {trial.number}"@en'
    yield group, _term("study"), study
    yield group, _term("grouping"), _iri("grouping/arm")
    yield group, _term("size"), _integer(arm.size)
    yield group, _term("regimen"), _iri(f"regimen/{arm.regimen}")
    for outcome, reached in arm.reached.items():
        result = _iri(f"study/{trial.key}#{outcome}-{arm.key}")
        yield result, RDF_TYPE, _term("Result")
        yield result, RDF_TYPE, _term("Proportion")
        yield result, LABEL, f'"{outcome}, the {arm.key} arm of study {trial.number}"@en'
        yield result, _term("study"), study
        yield result, _term("group"), group
        yield result, _term("outcome"), _iri(f"outcome/{outcome}")
        yield result, _term("statistic"), _iri("statistic/percentage")
        yield result, _term("numerator"), _integer(reached)
        yield result, _term("denominator"), _integer(arm.size)
        yield result, _term("value"), f'"{arm.share(outcome)}"^^<{XSD}decimal>'
        yield result, _term("unit"), '"%"'


def _iri(path: str) -> str:
    return f"<{BASE}{path}>"


def _term(name: str) -> str:
    return f"<{AG}{name}>"


def _integer(value: int) -> str:
    return f'"{value}"^^<{XSD}integer>'
