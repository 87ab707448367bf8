"""The table of printed forms (``printed-forms.txt``), and a made-up study that enters them.

Each row becomes a sentence of a made-up text, groups of its own, and the figure that a curator
enters at the place of its form.
"""

import hashlib
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from approve import SNAPSHOT

from allograph.curated.loaded import Loaded
from allograph.namespaces import BASE
from allograph.rdf.turtle import parse_turtle

TABLE = Path(__file__).parent / "printed-forms.txt"
STUDY = f"{BASE}study/made-up"
PATH, REPORT_PATH = "graph/study/made-up.ttl", "graph/report/made-up.ttl"
RECORDS = {
    path: file
    for path, file in SNAPSHOT.loaded.files.items()
    if not path.startswith(("graph/study/", "graph/report/"))
}
PREFIXES = "\n".join(
    f"PREFIX {prefix}: <{namespace}>" for prefix, namespace in SNAPSHOT.namespaces.items()
)


class Kind(NamedTuple):
    """What is measured and how, and how the sentence begins."""

    outcome: str
    statistic: str
    unit: str
    lead: str


KINDS = {
    "hr": Kind(
        "overall-survival", "hazard-ratio", "1", "For overall survival the hazard ratio was"
    ),
    "pfs-hr": Kind("progression-free-survival", "hazard-ratio", "1", "For PFS there was a"),
    "or": Kind(
        "complete-remission", "odds-ratio", "1", "For complete remission the odds ratio was"
    ),
    "rr": Kind(
        "complete-remission", "risk-ratio", "1", "For complete remission the risk ratio was"
    ),
    "diff": Kind("complete-remission", "difference-of-shares", "%", "In complete remission were"),
    "p": Kind("complete-remission", "", "", "In complete remission were"),
    "p-os": Kind("overall-survival", "", "", "The median overall survival was"),
    "cr": Kind("complete-remission", "percentage", "%", "In complete remission were"),
    "count": Kind("complete-remission", "count", "1", "In complete remission were"),
    "os": Kind("overall-survival", "median-time-to-event", "mo", "The median overall survival was"),
    "os-24": Kind(
        "overall-survival", "survival-probability", "%", "Overall survival at 2 years was"
    ),
    "age": Kind("age", "median", "a", "The median age was"),
    "cycles": Kind("cycles", "median", "{cycle}", "The median number of cycles was"),
    "group": Kind("", "", "", "In this group were"),
}
OF_SIDES = {"p": "cr", "p-os": "os"}
"""The kind of the figures of the two sides."""
SIDES = ("one", "other")
CLASSES = {
    "percentage": "Proportion",
    "count": "Count",
    "median-time-to-event": "TimeToEvent",
    "survival-probability": "ProbabilityAtTime",
    "median": "Summary",
}
PROPERTIES = {
    "value": "value",
    "lower": "lowerLimit",
    "upper": "upperLimit",
    "level": "confidenceLevel",
    "low": "rangeLow",
    "high": "rangeHigh",
    "se": "standardError",
    "p": "pValue",
    "sides": "pSides",
    "n": "numerator",
    "total": "denominator",
    "size": "size",
}
NAMED = {
    "pbound": ("pBound", "bound"),
    "bound": ("bound", "bound"),
    "status": ("valueStatus", "status"),
}


@dataclass(frozen=True)
class Form:
    """A figure as it is printed, and what is entered of it."""

    printed: str
    kind: str
    entered: dict[str, str]

    def slips(self):
        """The same with one number entered wrong, each with the name of that number."""
        for name, number in self.entered.items():
            if name in PROPERTIES:
                yield name, replace(self, entered=self.entered | {name: _wrong(name, number)})


def _wrong(name, number):
    """Another number that could be typed for one, of as many digits."""
    if name == "level":
        return "99"
    if name == "sides":
        return "1" if number == "2" else "2"
    digit = "7" if number[-1] == "8" else str((int(number[-1]) + 1) % 10)
    return f"{number[:-1]}{digit}"


def read_table():
    """The rows of the table."""
    forms = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            printed, kind, entered = (part.strip() for part in line.split(" | "))
            plain = re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), printed)
            forms.append(Form(plain, kind, dict(part.split("=") for part in entered.split())))
    return forms


FORMS = read_table()


@dataclass(frozen=True)
class MadeUp:
    """A study of some forms: its files, its text, and the node of each form."""

    loaded: Loaded
    text: str

    @staticmethod
    def node(place):
        return f"{STUDY}#x-{place}"


def study_of(forms):
    """The study that enters forms, each at its place in the text."""
    text, blocks = "Results\n\n", [STUDY_BLOCK]
    for place, form in enumerate(forms):
        lead = KINDS[form.kind].lead
        start = len(text) + len(lead) + 1
        text += f"{lead} {form.printed}.\n\n"
        blocks.append(_block(place, form, start))
    digest = hashlib.sha256(text.encode()).hexdigest()
    report = REPORT.replace("DIGEST", digest)
    files = {
        PATH: parse_turtle("\n".join(blocks).encode(), PATH),
        REPORT_PATH: parse_turtle(report.encode(), REPORT_PATH),
    }
    names = {path: f"{BASE}{path.removesuffix('.ttl')}" for path in (*RECORDS, *files)}
    return MadeUp(Loaded({**RECORDS, **files}, names), text)


STUDY_BLOCK = f"""PREFIX : <{BASE}study/made-up#>
{PREFIXES}

study:made-up a ag:Study ; rdfs:label "Made-up study"@en ;
    ag:design design:randomised-trial ; ag:condition condition:b-all ."""
REPORT = f"""PREFIX : <{BASE}report/made-up#>
{PREFIXES}

report:made-up a ag:Report ; rdfs:label "Made-up report"@en ; ag:reports study:made-up ;
    ag:tier tier:primary ; ag:heldAs :text .
:text a ag:HeldText ; rdfs:label "made-up.txt"@en ;
    ag:fileName "made-up.txt" ; ag:sha256 "DIGEST" ."""


def _block(place, form, start):
    """The groups and the figure of a row, and its place."""
    digest = hashlib.sha256(form.printed.encode()).hexdigest()
    at = (
        f":at-{place} a oa:TextPositionSelector ; oa:start {start} ;"
        f' oa:end {start + len(form.printed)} ; ag:section "Results" ; ag:sentence {place + 1} ;'
        f' ag:sha256 "{digest}" .'
    )
    if form.kind == "group":
        return f"{_group(f'x-{place}', form, _printed(place, form))}\n{at}"
    groups = [_group(f"{side}-{place}", form, "ag:basis basis:derived .") for side in SIDES]
    is_result = KINDS[form.kind].statistic in CLASSES
    figures = _results(place, form) if is_result else _comparison(place, form)
    return "\n".join((*groups, *figures, at))


def _printed(place, form):
    return (
        f'ag:basis basis:reported ; ag:report report:made-up ; ag:reportedAs "{form.printed}" ;'
        f" ag:locator :at-{place} ."
    )


def _group(name, form, behind):
    size = form.entered.get("total") or form.entered.get("size")
    people = f"ag:size {size}" if size else "ag:flag flag:size-not-stated"
    regimen = "" if form.kind == "group" else "ag:regimen regimen:inotuzumab-ozogamicin ;"
    return (
        f':{name} a ag:StudyGroup ; rdfs:label "Some people"@en ; ag:study study:made-up ;'
        f" ag:grouping grouping:arm ; {people} ; {regimen} {behind}"
    )


def _results(place, form):
    """The figure of the row, and the one that is printed beside it."""
    yield _result(f"x-{place}", place, form, form.entered, SIDES[0])
    if "beside" in form.entered:
        value, lower, upper = form.entered["beside"].split(",")
        level = form.entered["level"]
        entered = {"value": value, "lower": lower, "upper": upper, "level": level}
        yield _result(f"beside-{place}", place, form, entered, SIDES[1])


def _result(name, place, form, entered, side):
    statistic = KINDS[form.kind].statistic
    said = [*_said(form.kind, entered), f"ag:group :{side}-{place}"]
    if statistic == "count":
        said.append(f"ag:value {entered['n']}")
    if statistic in ("median-time-to-event", "survival-probability"):
        said.append("ag:timeOrigin origin:not-stated")
    if statistic == "survival-probability":
        said.append("ag:atTime 24")
    if statistic == "percentage" and "total" not in entered:
        said.append("ag:flag flag:denominator-not-stated")
    return (
        f':{name} a ag:Result , ag:{CLASSES[statistic]} ; rdfs:label "A figure"@en ;'
        f" {' ; '.join(said)} ; {_printed(place, form)}"
    )


def _comparison(place, form):
    """The comparison of the row, and the figures of its sides."""
    said = [*_said(form.kind, form.entered), f"ag:direction direction:{_favoured(form)}"]
    for role, side in zip(("index", "reference"), SIDES, strict=True):
        if role in form.entered:
            of_side = Form(form.printed, OF_SIDES[form.kind], {"value": form.entered[role]})
            yield _result(f"{role}-{place}", place, of_side, of_side.entered, side)
            said.append(f"ag:{role} :{role}-{place}")
    label = KINDS[form.kind].outcome.replace("-", " ").capitalize()
    yield (
        f':x-{place} a ag:Comparison ; rdfs:label "{label}"@en ; ag:group :one-{place} ;'
        f" ag:comparator :other-{place} ; ag:significance significance:not-stated ;"
        f" {' ; '.join(said)} ; {_printed(place, form)}"
    )


def _said(kind, entered):
    """What is entered, as properties."""
    outcome, statistic, unit, _lead = KINDS[kind]
    yield "ag:study study:made-up"
    yield f"ag:outcome outcome:{outcome}"
    if statistic:
        yield f'ag:statistic statistic:{statistic} ; ag:unit "{unit}"'
    for name, value in entered.items():
        if name in PROPERTIES:
            yield f"ag:{PROPERTIES[name]} {value}"
        elif name in NAMED:
            property, scheme = NAMED[name]
            yield f"ag:{property} {scheme}:{value}"


def _favoured(form):
    """Whom a comparison favours, by its estimate or by the figures of its sides."""
    if "value" in form.entered:
        value, is_hazard = Decimal(form.entered["value"]), form.kind.endswith("hr")
        is_better = (value > (0 if form.kind == "diff" else 1)) ^ is_hazard
        return "favours-group" if is_better else "favours-comparator"
    return "favours-group" if "index" in form.entered else "not-stated"
