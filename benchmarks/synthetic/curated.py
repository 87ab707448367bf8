"""Graph files as a curator writes them: for each made-up study its file, its report and its text.

They pass ``allograph check``, and ``allograph verify --sources TEXTS`` proves every locator.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from benchmarks.synthetic.figures import Arm, Trial, made_up
from benchmarks.synthetic.text import SECTION, Span, Text, sha256

from allograph.curated.snapshot import read_snapshot
from allograph.curated.sources import Part, Sources

MADE_UP = ("study", "report", "family", "reading", "discrepancy")
"""The folders of the graph whose records are made up, or are of those studies."""

PREFIXES = (
    *("ag", "basis", "condition", "dcterms", "design", "direction", "grouping", "oa"),
    *("organization", "origin", "outcome", "owl", "rdfs", "regimen", "report", "significance"),
    *("statistic", "study", "tier", "xsd"),
)
LABELS = {
    "complete-remission": "Complete remission",
    "mrd-negativity": "MRD negativity",
    "overall-response": "Response",
    "hsct-receipt": "Transplant",
}


def write_root(source: Sources, folder: Path, seed: int, studies: int) -> Iterator[int]:
    """Write a root with so many made-up studies in place of the curated ones.

    ``folder`` gets ``ontology/``, ``queries/`` and ``graph/`` for ``--root``, and ``texts/`` for
    ``verify --sources``. Gives the number of each study when it is written.
    """
    shutil.copytree(source.ontology, folder / "ontology", dirs_exist_ok=True)
    shutil.copytree(source.queries, folder / "queries", dirs_exist_ok=True)
    for path in source.files(Part.GRAPH):
        _copy_unprinted(path, folder / source.relative(path))
    for name in ("graph/study", "graph/report", "texts"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    namespaces = dict(read_snapshot(source).namespaces.items())
    for number in range(1, studies + 1):
        trial = made_up(seed, number)
        study, report, text = files_of(trial, namespaces)
        (folder / "graph" / "study" / f"{trial.key}.ttl").write_text(study, encoding="utf-8")
        (folder / "graph" / "report" / f"{trial.key}.ttl").write_text(report, encoding="utf-8")
        (folder / "texts" / f"{trial.key}.txt").write_bytes(text)
        yield number


def _copy_unprinted(path: Path, copy: Path) -> None:
    """Copy a record, unless it is replaced, or cites a report that is."""
    content = path.read_bytes()
    if path.parent.name not in MADE_UP and b"PREFIX report:" not in content:
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(content)


def files_of(trial: Trial, namespaces: dict[str, str]) -> tuple[str, str, bytes]:
    """The study and the report in Turtle, and the text that the figures stand in."""
    text = Text()
    blocks = [_study(trial), *_groups(trial, text)]
    for arm in trial.arms:
        blocks += _results(trial, arm, text)
    blocks += _comparison(trial, text)
    content = text.content()
    study = _file("study", trial, blocks, namespaces)
    return study, _file("report", trial, _report(trial, content), namespaces), content


def _file(kind: str, trial: Trial, blocks: list[str], namespaces: dict[str, str]) -> str:
    body = "\n\n".join([*blocks, _record_graph(kind, trial)])
    used = [prefix for prefix in PREFIXES if f"{prefix}:" in body]
    names = {"": f"{namespaces[kind]}{trial.key}#"} | {name: namespaces[name] for name in used}
    width = max(map(len, names)) + 2
    head = "\n".join(f"PREFIX {f'{name}:':{width}}<{iri}>" for name, iri in names.items())
    return f"# Made up, for measuring: nobody was treated, nothing was found.\n\n{head}\n\n{body}\n"


def _study(trial: Trial) -> str:
    outcomes = " ,\n        ".join(f"outcome:{outcome}" for outcome in sorted(LABELS))
    return f"""\
study:{trial.key}
    a ag:Study ;
    rdfs:label "Made-up study {trial.number}"@en ;
    ag:design design:randomised-trial ;
    ag:condition condition:relapsed-or-refractory-all ;
    ag:assessedOutcome
        {outcomes} ;
    ag:accrualStart "{trial.year - 5}-01-01"^^xsd:date ;
    ag:accrualEnd "{trial.year - 2}-12-31"^^xsd:date ."""


def _groups(trial: Trial, text: Text) -> Iterator[str]:
    sentence = f"In study {trial.number}, {trial.size} patients were assigned to one of two arms."
    facts = f"ag:grouping grouping:whole-study ;\n    ag:size {trial.size} ;"
    yield from _printed(
        trial, "all", "StudyGroup", "All", facts, f"{trial.size} patients", text.add(sentence)
    )
    for arm in trial.arms:
        printed = f"{arm.size} patients in the {arm.key} arm"
        facts = f"""\
ag:grouping grouping:arm ;
    ag:subgroupOf :all ;
    ag:size {arm.size} ;
    ag:regimen regimen:{arm.regimen} ;"""
        span = text.add(f"There were {printed}.")
        label = f"The {arm.key} arm"
        yield from _printed(trial, arm.key, "StudyGroup", label, facts, printed, span)


def _results(trial: Trial, arm: Arm, text: Text) -> Iterator[str]:
    name = f"the {arm.key} arm"
    for outcome, reached in arm.reached.items():
        printed = f"{reached} of {arm.size} ({arm.share(outcome)}%)"
        facts = _facts(
            arm.key,
            outcome,
            "percentage",
            f"ag:numerator {reached} ;",
            f"ag:denominator {arm.size} ;",
            f"ag:value {arm.share(outcome)} ;",
            'ag:unit "%" ;',
            "ag:tolerance 0.05 ;",
        )
        span = text.add(f"{LABELS[outcome]} was seen in {printed} of {name}.")
        label = f"{LABELS[outcome]}, {name}"
        key = f"{outcome}-{arm.key}"
        yield from _printed(trial, key, "Result , ag:Proportion", label, facts, printed, span)
    printed = f"median {arm.median} months (95% CI {arm.lower} to {arm.upper})"
    facts = _facts(
        arm.key,
        "overall-survival",
        "median-time-to-event",
        f"ag:value {arm.median} ;",
        'ag:unit "mo" ;',
        f"ag:lowerLimit {arm.lower} ;",
        f"ag:upperLimit {arm.upper} ;",
        "ag:confidenceLevel 95 ;",
        "ag:tolerance 0.05 ;",
        "ag:timeOrigin origin:randomisation ;",
    )
    span = text.add(f"Overall survival was {printed} in {name}.")
    label = f"Median overall survival, {name}"
    key = f"median-survival-{arm.key}"
    yield from _printed(trial, key, "Result , ag:TimeToEvent", label, facts, printed, span)
    printed = f"{arm.alive}% at 24 months"
    facts = _facts(
        arm.key,
        "overall-survival",
        "survival-probability",
        f"ag:value {arm.alive} ;",
        'ag:unit "%" ;',
        "ag:tolerance 0.05 ;",
        "ag:atTime 24 ;",
        "ag:timeOrigin origin:randomisation ;",
    )
    span = text.add(f"Survival in {name} was {printed}.")
    label = f"Survival at 24 months, {name}"
    key = f"survival-24-{arm.key}"
    yield from _printed(trial, key, "Result , ag:ProbabilityAtTime", label, facts, printed, span)


def _facts(group: str, outcome: str, statistic: str, *others: str) -> str:
    lines = (
        f"ag:group :{group} ;",
        f"ag:outcome outcome:{outcome} ;",
        f"ag:statistic statistic:{statistic} ;",
        *others,
    )
    return "\n    ".join(lines)


def _comparison(trial: Trial, text: Text) -> Iterator[str]:
    first, second = (arm.share("complete-remission") for arm in trial.arms)
    direction = (
        "favours-group"
        if first > second
        else "favours-comparator"
        if first < second
        else "no-difference"
    )
    facts = f"""\
ag:group :first ;
    ag:comparator :second ;
    ag:outcome outcome:complete-remission ;
    ag:index :complete-remission-first ;
    ag:reference :complete-remission-second ;
    ag:direction direction:{direction} ;
    ag:significance significance:not-stated ;"""
    printed = f"{first}% against {second}%"
    span = text.add(f"Complete remission: {printed}.")
    label = "Complete remission: the first arm or the second"
    yield from _printed(trial, "complete-remission", "Comparison", label, facts, printed, span)


def _printed(
    trial: Trial, key: str, kind: str, label: str, facts: str, printed: str, span: Span
) -> Iterator[str]:
    """A node of the study that is printed, and its locator."""
    yield f"""\
:{key}
    a ag:{kind} ;
    rdfs:label "{label}"@en ;
    ag:study study:{trial.key} ;
    {facts}
    ag:basis basis:reported ;
    ag:report report:{trial.key} ;
    ag:reportedAs "{printed}" ;
    ag:locator :{key}-at ."""
    yield f"""\
:{key}-at
    a oa:TextPositionSelector ;
    oa:start {span.start} ;
    oa:end {span.end} ;
    ag:section "{SECTION}" ;
    ag:sentence {span.sentence} ;
    ag:sha256 "{span.sha256}" ."""


def _report(trial: Trial, content: bytes) -> list[str]:
    return [
        f"""\
report:{trial.key}
    a ag:Report ;
    rdfs:label "Made-up report {trial.number}"@en ;
    dcterms:issued "{trial.year}"^^xsd:gYear ;
    ag:reports study:{trial.key} ;
    ag:tier tier:primary ;
    ag:heldAs :text .""",
        f"""\
:text
    a ag:HeldText ;
    rdfs:label "{trial.key}.txt, a text that was made up"@en ;
    ag:fileName "{trial.key}.txt" ;
    ag:sha256 "{sha256(content)}" .""",
    ]


def _record_graph(kind: str, trial: Trial) -> str:
    return f"""\
<https://w3id.org/allograph/graph/{kind}/{trial.key}>
    a ag:RecordGraph ;
    dcterms:creator organization:allograph ;
    dcterms:created "2026-01-01"^^xsd:date ;
    owl:versionInfo "1" ."""
