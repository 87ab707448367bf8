"""Design, condition, centre and conduct of a study, against the texts of its reports.

A study is what its texts call it: a trial that was randomised says so, children are named, and
whoever was relapsed or refractory. What the sentence of all its people says, the condition says.
A condition may also stand in the title of a report of the study whose text nobody here may hold.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from allograph.checks.span.dates import days_printed
from allograph.checks.span.identifiers import end_of_text
from allograph.checks.span.reading import Place, Reading, Told, folded_letters, plain, shown, words
from allograph.evidence.values import day
from allograph.rdf.nodes import Node
from allograph.rdf.vocabularies import DCTERMS, RDFS, SKOS

DESIGNS = words(
    randomised_trial=r"\brandom(?:ly|i[sz]\w+)\b",
    controlled_trial=r"\bcontrolled\b|\bcontrols?\b|\bcontrol (?:group|arm)\b",
    single_arm_trial=r"\btrial\b|\bphase\s(?:[1-4]|I{1,3}V?|one|two)\b",
    pooled_analysis=r"\bpool\w*|\bmeta-?analy\w+|\bcombined (?:analysis|data)|\bboth trials",
    case_report=r"\bcases?\b|\ba (?:patient|child|woman|man|boy|girl)\b",
)
"""Words without which a design is not printed."""
IS_RANDOMISED = re.compile(
    r"\b(?:were|was|patients who) (?:\w+ )?randomi[sz](?:ed|ation)\b"
    r"|\brandomly (?:assigned|allocated)\b|\bunderwent randomi[sz]ation\b|\brandomly \w+ed\b",
    re.IGNORECASE,
)
IS_TRIAL = re.compile(
    r"^[ \t]*(?:Randomi[sz]ed )?(?:Controlled )?Clinical Trial(?:, Phase \w+)?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
"""The type of a publication, on a line of its own."""
TRIALS = frozenset({"randomised-trial", "controlled-trial", "single-arm-trial"})
ASPECTS = words(
    relapsed=r"\brelaps\w+|\brefractory\b|\bunresponsive\b|(?-i:\bR[/-]R\b)|\bsalvage\b",
    childhood=(
        r"\bchild\w*|\bpa?ediatric patients\b|\bunder (?:the age of )?(?:18|21)\b|\badolescen\w+"
        r"|\binfants?\b|\byounger than (?:18|21)\b"
    ),
    b_lineage=r"\bB-?\s?(?:cell|lineage|precursor)\b|(?-i:\bB(?:CP)?-ALL\b)|\bpre-?B\b",
    ph_negative=(
        r"\bPhiladelphia(?: chromosome)?[\s-]negative|(?-i:\bPh(?:\+?/-|[\s-]?negative|-(?=\W)))"
        r"|\bwithout the philadelphia"
    ),
    ph_positive=r"\bPhiladelphia(?: chromosome)?[\s-]positive|(?-i:\bPh(?:[\s-]?positive|\+))",
    first_relapse=r"\bfirst (?:relapse|salvage)\b",
)
"""What a condition can say of a leukaemia, and the words for it in labels and texts."""
PHRASES: tuple[tuple[str, str], ...] = (
    ("software", "software"),
    ("toxicityScale", "scale of toxicity"),
    ("approvedBy", "approving body"),
    ("investigator", "investigator"),
)
ENDPOINTS = re.compile(r"\bprimary (?:end-?\s?points?|outcomes?)\b", re.IGNORECASE)


def studies(reading: Reading) -> Iterator[Told]:
    """A study of which its texts say something else."""
    texts: defaultdict[str, list[str]] = defaultdict(list)
    titles: defaultdict[str, list[str]] = defaultdict(list)
    for node in reading.evidence.nodes.having("reports"):
        for reported in node.iris("reports"):
            titles[reported] += node.texts(DCTERMS["title"])
    for report, prose in reading.texts.items():
        text = prose.text[: end_of_text(prose)]
        for reported in reading.evidence.nodes[report].iris("reports"):
            texts[reported].append(text)
    people = _people(reading)
    away = {
        study
        for report in reading.evidence.nodes.having("heldAs")
        for study in report.iris("reports")
        if report.iri not in reading.texts
    }
    for iri, parts in texts.items():
        study = reading.evidence.nodes.get(iri)
        if study is not None and iri not in away:
            text = "\n".join(parts)
            yield from _designs(study, text)
            told = "\n".join([text, *titles[iri]])
            yield from _conditions(reading, study, told, people.get(iri, []))
            yield from _conduct(reading, study, plain(text))
            yield from _accrual(study, plain(text))


def _people(reading: Reading) -> Mapping[str, list[Place]]:
    """Where all people of a study are printed."""
    found: defaultdict[str, list[Place]] = defaultdict(list)
    for place in reading.of("StudyGroup"):
        group = reading.evidence.groups[place.node.iri]
        if group.study and group.grouping in ("cohort", "whole-study"):
            found[group.study].append(place)
    return found


def _designs(study: Node, text: str) -> Iterator[Told]:
    design = study.key("design") or ""
    pattern = DESIGNS.get(design)
    if pattern and not pattern.search(text):
        message = f"The design is {design} here, and the text has no word for it: correct it."
        yield Told(study.iri, "design", message, design)
    elif (
        design
        and design not in ("randomised-trial", "pooled-analysis")
        and (match := IS_RANDOMISED.search(text))
    ):
        message = f'The design is {design} here, and the text says "{match[0]}": correct it.'
        yield Told(study.iri, "design", message, plain(match[0]))
    elif design and design not in TRIALS and IS_TRIAL.search(text):
        message = f'The design is {design} here, and the text is of a "Clinical Trial": correct it.'
        yield Told(study.iri, "design", message, design)


def _conditions(
    reading: Reading, study: Node, text: str, people: Iterable[Place]
) -> Iterator[Told]:
    nodes = reading.evidence.nodes
    named = [nodes.of(iri) for iri in study.iris("condition")]
    labels = " ; ".join(
        label
        for node in named
        for label in (*node.texts(RDFS["label"]), *node.texts(SKOS.altLabel))
    )
    if not labels:
        return
    own, printed = _aspects(labels), _aspects(plain(text))
    if missing := own - printed:
        message = (
            f"The condition is {shown(missing)} here, which the text does not say: correct it."
        )
        yield Told(study.iri, "condition", message, named[0].label)
    for place in people:
        said = _aspects(place.sentence)
        if {"ph-negative", "ph-positive"} <= said:
            said -= {"ph-negative", "ph-positive"}
        if more := said - own:
            message = f"The text says {shown(more)} of all people, and the condition does not."
            yield Told(study.iri, "condition", message, place.sentence)


def _aspects(text: str) -> frozenset[str]:
    return frozenset(key for key, pattern in ASPECTS.items() if pattern.search(text))


def _conduct(reading: Reading, study: Node, text: str) -> Iterator[Told]:
    folded = folded_letters(text)
    for name, called in PHRASES:
        for value in study.texts(name):
            if not re.search(rf"(?<!\w){re.escape(folded_letters(value))}(?!\w)", folded):
                message = f'The {called} "{value}" is not printed: correct ag:{name}.'
                yield Told(study.iri, "conduct", message, value)
    if missing := reading.names.unnamed(set(study.iris("site")), text):
        message = f"The text does not name {reading.names.labels(missing)}: correct ag:site."
        yield Told(study.iri, "conduct", message)
    wanted = set(study.iris("primaryOutcome"))
    sentences = " ".join(part for part in re.split(r"(?<=[.!?]) ", text) if ENDPOINTS.search(part))
    if wanted and sentences:
        named = set(reading.names.named(sentences, "outcome"))
        if missing := wanted - named:
            message = f"The text does not call {reading.names.labels(missing)} primary: correct it."
            yield Told(study.iri, "conduct", message)
    assessed = set(study.iris("assessedOutcome"))
    if missing := assessed - set(reading.names.named(text, "outcome")):
        message = f"The text does not name {reading.names.labels(missing)}: correct it."
        yield Told(study.iri, "conduct", message)


def _accrual(study: Node, text: str) -> Iterator[Told]:
    """A first or last day that is not printed, where a period of days is."""
    period = re.search(
        r"\bfrom (?P<first>[\w., -]{8,20}?) (?:to|until|through) (?P<last>[\w., -]{8,20})", text
    )
    for name, part in (("accrualStart", "first"), ("accrualEnd", "last")):
        own = day(study, name)
        if own and period and (printed := days_printed(period[part])) and own not in printed:
            message = f"The {part} day is {own} here, and the text prints {min(printed)}."
            yield Told(study.iri, "date", f"{message[:-1]}: correct ag:{name}.", str(own))
