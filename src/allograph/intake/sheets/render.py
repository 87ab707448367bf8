"""Write the curated files of a sheet: each study, the report behind it, and the sheet as a report.

The sheet retells what others printed: it is a report of the tier retelling, held by its digest,
based on one report for each study, which nobody here has read. So each figure says in which
cells it stands, and that it comes from a retelling.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from allograph.curated.formatter.fmt import formatted
from allograph.curated.held.cells import CONFORMS_TO, Cells
from allograph.intake.sheets.extraction import Extraction
from allograph.intake.sheets.profile import Profile
from allograph.intake.sheets.studies import DraftFigure, DraftGroup, DraftStudy, groups_of
from allograph.namespaces import BASE, Namespaces

Properties = list[tuple[str, str]]

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_PREFIX = re.compile(r'"(?:[^"\\]|\\.)*"|<[^>]*>|(?<![\w:])([a-z]*):(?=[\w])')
_NUMBERS = (
    "value",
    "numerator",
    "denominator",
    "lowerLimit",
    "upperLimit",
    "confidenceLevel",
    "standardError",
)


@dataclass(frozen=True)
class Writer:
    """What all files of one import share; ``labels`` are those of the outcomes."""

    extraction: Extraction
    profile: Profile
    labels: Mapping[str, str]
    namespaces: Namespaces
    created: str

    def files(self) -> Iterator[tuple[str, str, str]]:
        """The kind, the key and the text of each file, without its provenance."""
        for study in self.extraction.studies.values():
            yield "study", study.key, self._study_file(study)
            yield "report", study.key, self._report_file(study)
        yield "report", self.extraction.key, self._sheet_file()

    def _study_file(self, study: DraftStudy) -> str:
        rows = _listed(study.rows)
        about = f"{study.label}, from {rows} of {self.extraction.table.file_name}."
        groups, keys = groups_of(study, self.profile.arms, self.labels)
        size_of = {group.key: group.size for group in groups}
        subject = f"study:{study.key}"
        nodes = [
            _node(
                subject,
                [
                    ("a", "ag:Study"),
                    ("rdfs:label", _label(study.label)),
                    ("ag:design", f"design:{study.design}"),
                    ("ag:condition", f"condition:{self.profile.study.condition}"),
                ],
            )
        ]
        for group in groups:
            nodes += self._printed(group.key, self._group(group, subject), group.cells)
        for figure, key in zip(study.figures, keys, strict=True):
            properties = self._figure(figure, key, subject, size_of[key])
            nodes += self._printed(figure.key, properties, figure.cells)
        return self._file("study", study.key, about, nodes)

    def _group(self, group: DraftGroup, study: str) -> Properties:
        properties = [
            ("a", "ag:StudyGroup"),
            ("rdfs:label", _label(group.label)),
            ("ag:study", study),
            ("ag:grouping", f"grouping:{group.grouping}"),
        ]
        if group.size is not None:
            properties.append(("ag:size", str(group.size)))
        if group.parent:
            properties.append(("ag:subgroupOf", f":{group.parent}"))
        if group.regimen:
            properties.append(("ag:regimen", f"regimen:{group.regimen}"))
        properties.append(("ag:basis", _basis(group.derived)))
        if group.size is None:
            properties.append(("ag:flag", "flag:size-not-stated"))
        return properties

    def _figure(self, figure: DraftFigure, group: str, study: str, size: int | None) -> Properties:
        arm = self.profile.arms[figure.arm].label
        properties = [
            ("a", f"ag:Result , ag:{figure.kind}"),
            ("rdfs:label", _label(f"{_capital(self.labels[figure.outcome])}, {arm}")),
            ("ag:study", study),
            ("ag:group", f":{group}"),
            ("ag:outcome", f"outcome:{figure.outcome}"),
            ("ag:statistic", f"statistic:{figure.statistic}"),
        ]
        for name in _NUMBERS:
            if name in figure.numbers:
                properties.append((f"ag:{name}", figure.numbers[name]))
            if name == "value":
                properties.append(("ag:unit", f'"{figure.unit}"'))
        if figure.at_time:
            properties.append(("ag:atTime", figure.at_time))
        if figure.time_origin:
            properties.append(("ag:timeOrigin", f"origin:{figure.time_origin}"))
        if "tolerance" in figure.numbers:
            properties.append(("ag:tolerance", figure.numbers["tolerance"]))
        flags = ["flag:secondary-source"]
        if figure.unit == "%" and size is None and "denominator" not in figure.numbers:
            flags.insert(0, "flag:denominator-not-stated")
        properties += [("ag:basis", _basis(figure.derived)), ("ag:flag", " , ".join(flags))]
        return properties

    def _printed(self, key: str, properties: Properties, cells: Cells) -> list[str]:
        """A node with its printed form and its locator."""
        printed = [
            ("ag:report", f"report:{self.extraction.key}"),
            ("ag:reportedAs", _text(cells.printed)),
            ("ag:locator", f":{key}-at"),
        ]
        locator = [
            ("a", "oa:FragmentSelector"),
            ("dcterms:conformsTo", f"<{CONFORMS_TO}>"),
            ("rdf:value", _text(cells.fragment)),
            ("ag:section", _text(self.extraction.table.sheet)),
            ("ag:sha256", _text(cells.sha256)),
        ]
        return [_node(f":{key}", properties + printed), _node(f":{key}-at", locator)]

    def _report_file(self, study: DraftStudy) -> str:
        file_name = self.extraction.table.file_name
        rows = f"{_listed(study.rows)} of {file_name}"
        about = f"The report behind {rows}, as that sheet names it. Not held."
        properties = [("a", "ag:Report"), ("rdfs:label", _label(study.label))]
        if study.doi:
            properties.append(("dcterms:identifier", _text(f"doi:{study.doi}")))
        if study.year:
            properties.append(("dcterms:issued", f'"{study.year}"^^xsd:gYear'))
        properties += [("ag:reports", f"study:{study.key}"), ("ag:tier", "tier:primary")]
        return self._file("report", study.key, about, [_node(f"report:{study.key}", properties)])

    def _sheet_file(self) -> str:
        table, key = self.extraction.table, self.extraction.key
        studies = self.extraction.studies
        label = self.profile.table.label or f"{table.file_name}, an extraction sheet"
        profile = PurePath(self.profile.name).name
        about = f"A reviewer's extraction sheet, read with the profile {profile}."
        based_on = [
            *(f"report:{base}" for base in self.profile.table.based_on),
            *(f"report:{key}" for key in studies),
        ]
        report = [
            ("a", "ag:Report"),
            ("rdfs:label", _label(label)),
            ("ag:reports", _lines(f"study:{key}" for key in studies)),
            ("ag:tier", "tier:retelling"),
            ("ag:basedOn", _lines(based_on)),
            ("ag:heldAs", ":sheet"),
        ]
        held = [
            ("a", "ag:HeldText"),
            ("rdfs:label", _label(f"{table.file_name}, the sheet that was read")),
            ("dcterms:format", _text(table.format)),
            ("ag:fileName", _text(table.file_name)),
            ("ag:sha256", _text(table.sha256)),
        ]
        nodes = [_node(f"report:{key}", report), _node(":sheet", held)]
        return formatted(self._file("report", key, about, nodes), f"graph/report/{key}.ttl")

    def _file(self, kind: str, key: str, about: str, nodes: Sequence[str]) -> str:
        provenance = _node(
            f"<{BASE}graph/{kind}/{key}>",
            [
                ("a", "ag:RecordGraph"),
                ("dcterms:creator", f"organization:{self.profile.table.curator}"),
                ("dcterms:created", f'"{self.created}"^^xsd:date'),
                ("owl:versionInfo", '"1"'),
            ],
        )
        body = "\n".join([*nodes, provenance])
        used = {match[1] for match in _PREFIX.finditer(body) if match[1] is not None}
        known = {"": f"{BASE}{kind}/{key}#", **dict(self.namespaces.items())}
        width = max(map(len, used)) + 1
        prefixes = [f"PREFIX {f'{name}:'.ljust(width)} <{known[name]}>\n" for name in sorted(used)]
        return f"# {' '.join(about.split())}\n\n{''.join(prefixes)}\n{body}"


def _node(subject: str, properties: Properties) -> str:
    return (
        f"{subject}\n" + " ;\n".join(f"    {name} {value}" for name, value in properties) + " .\n"
    )


def _text(text: str) -> str:
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(letter: str) -> str:
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    return letter if letter.isprintable() else f"\\U{ord(letter):08X}"


def _label(text: str) -> str:
    return f"{_text(' '.join(text.split()))}@en"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _basis(derived: bool) -> str:
    return "basis:derived" if derived else "basis:reported"


def _lines(terms: Iterable[str]) -> str:
    return " , ".join(terms)


def _listed(rows: Sequence[int]) -> str:
    return f"row {rows[0]}" if len(rows) == 1 else f"rows {', '.join(map(str, rows))}"
