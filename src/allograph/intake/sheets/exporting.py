"""Export studies as a sheet by a profile: the inverse of the import.

A row stands for what one report says of one study, and of one arm or one outcome where the profile
has a column for them. A number that came from a sheet is written as it stood there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from allograph.curated.held.cells import DIVIDER, cells_of
from allograph.intake.sheets.numbers import NumberError, decimal_number, plain, whole_number
from allograph.intake.sheets.patterns import PatternError, fullmatch
from allograph.intake.sheets.profile import ArmRules, Choice, FigureRules, Profile, label_parts
from allograph.intake.sheets.statistics import SCALES
from allograph.namespaces import BASE
from allograph.rdf.nodes import Node, Nodes
from allograph.rdf.vocabularies import DCTERMS, RDF
from allograph.rdf.walk import walk

_SHARES = ("count", "percentage")


@dataclass
class Sheet:
    """A header, its rows, and what could not be written."""

    header: list[str]
    rows: list[list[str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def export_sheet(
    nodes: Nodes, profile: Profile, studies: Collection[str], report: str = ""
) -> Sheet:
    """The rows of some studies, or of all; of one report, or of all."""
    return _Exporter(nodes, profile, studies, report).sheet()


class _Exporter:
    def __init__(
        self, nodes: Nodes, profile: Profile, studies: Collection[str], report: str
    ) -> None:
        self._nodes = nodes
        self._profile = profile
        self._studies = {f"{BASE}study/{key}" for key in studies}
        self._report = f"{BASE}report/{report}" if report else ""
        self._rows: dict[tuple[str, ...], dict[str, str]] = {}
        self._places: dict[tuple[str, ...], tuple[str, int]] = {}
        self._remarks: dict[str, None] = {}
        self._reports: defaultdict[str, list[Node]] = defaultdict(list)
        self._figure_cells_of: defaultdict[tuple[str, str], set[tuple[int, int]]]
        self._figure_cells_of = defaultdict(set)

    def sheet(self) -> Sheet:
        for result in self._nodes.instances("Result"):
            study, report = result.value("study"), result.value("report")
            if self._studies and study not in self._studies:
                continue
            if self._report and report != self._report:
                continue
            for rules, arm in self._matches(result):
                self._add(result, study, report, rules, arm)
        header = [column for column in self._columns() if self._can_be_written(column)]
        order = sorted(self._rows, key=lambda key: (self._places[key], key))
        rows = [[self._rows[key].get(column, "") for column in header] for key in order]
        return Sheet(header, rows, list(self._remarks))

    def _columns(self) -> list[str]:
        skipped = {rule.column for rule in self._profile.skip}
        figures = [column for rules in self._profile.figures.values() for column in rules.columns()]
        mapped = self._profile.mapped()
        return [name for name in mapped if name not in skipped or name in figures]

    def _can_be_written(self, column: str) -> bool:
        design = self._profile.study.design
        if column not in design.columns or len(set(design.values.values())) == len(design.values):
            return True
        self._remarks[f"{column}: left out, since several texts stand for one design"] = None
        return False

    def _matches(self, result: Node) -> Iterator[tuple[FigureRules, str]]:
        outcome, statistic = result.key("outcome"), result.key("statistic")
        group = self._nodes.of(result.value("group"))
        for rules in self._profile.figures.values():
            same = statistic == rules.statistic or {statistic, rules.statistic} <= set(_SHARES)
            if not same or outcome not in rules.outcome.known():
                continue
            time = result.value("atTime")
            if (Decimal(time) if time else None) != (
                Decimal(rules.at_time) if rules.at_time else None
            ):
                continue
            for key, arm in self._profile.arms.items():
                if rules.arm in ("", key) and self._is_of_arm(group, key, arm):
                    yield rules, key

    def _is_of_arm(self, group: Node, key: str, arm: ArmRules) -> bool:
        """A group of the arm's name or regimen, or an analysis set drawn from one."""
        for above in self._above(group):
            if above.iri.partition("#")[2] == key:
                return True
            same = arm.regimen and above.key("regimen") == arm.regimen
            if same and above.key("grouping") in ("arm", "cohort", "whole-study"):
                return True
        return False

    def _above(self, group: Node) -> list[Node]:
        """A group, then those from which it was drawn as an analysis set."""

        def further(iri: str) -> Iterable[str]:
            here = self._nodes.of(iri)
            return here.texts("subgroupOf") if here.key("grouping") == "analysis-set" else ()

        return [self._nodes.of(iri) for iri in walk([group.iri], further)]

    def _add(self, result: Node, study: str, report: str, rules: FigureRules, arm: str) -> None:
        outcome = (result.key("outcome") or "") if rules.outcome.columns else ""
        key = (study, report, arm if self._profile.arm else "", outcome)
        if key not in self._rows:
            self._rows[key] = self._study_cells(study)
            self._places[key] = (report, self._row_of(result))
            if self._profile.arm:
                self._rows[key][self._profile.arm] = self._profile.arms[arm].match
            self._rows[key] |= _texts_of(rules.outcome, outcome)
        row = self._rows[key]
        for column, text in self._figure_cells(result, rules, arm).items():
            if row.get(column, text) != text:
                both = f"two figures, {row[column]} and {text}; the first is written"
                self._remarks[f"{self._nodes.of(study).label}: {column}: {both}"] = None
            row.setdefault(column, text)

    def _row_of(self, result: Node) -> int:
        """The row of the sheet from which a figure was read; 0 if it was not."""
        cells = self._cells_of(result)
        return cells[0][0] if cells else 0

    def _study_cells(self, study: str) -> dict[str, str]:
        rules, node = self._profile.study, self._nodes.of(study)
        cells = _texts_of(rules.design, node.key("design") or "")
        for report in self._reports_of(study):
            if rules.year and (year := report.value(DCTERMS.issued)):
                cells.setdefault(rules.year, year[:4])
            for identifier in report.texts(DCTERMS.identifier):
                if rules.doi and identifier.startswith("doi:"):
                    cells.setdefault(rules.doi, identifier.removeprefix("doi:"))
        label = node.label
        names = _taken_apart(label, rules.label, cells, rules.year)
        if not names:
            message = f"'{label}' is not written as '{rules.label}'; all of it is in one column"
            self._remarks[message] = None
            names = {self._profile.label_columns()[0]: label}
        return cells | names

    def _reports_of(self, study: str) -> list[Node]:
        """The primary reports of a study, which its sheet may name by year and DOI."""
        if not self._reports:
            for report in self._nodes.instances("Report"):
                if report.key("tier") == "primary":
                    for reported in report.texts("reports"):
                        self._reports[reported].append(report)
        return self._reports[study]

    def _figure_cells(self, result: Node, rules: FigureRules, arm: str) -> dict[str, str]:
        """The columns of a figure, and what stands in them."""
        group = self._nodes.of(result.value("group"))
        # The total is the figure's own: the size of its group was stated elsewhere, or nowhere.
        cells = {
            rules.events: result.value("numerator"),
            rules.total: result.value("denominator"),
            rules.nonevents: self._nonevents(result, group),
        }
        shares = {rules.value: "value", rules.standard_error: "standardError"}
        shares |= {rules.lower: "lowerLimit", rules.upper: "upperLimit"}
        if result.key("statistic") != "count":
            cells |= {
                column: self._unscaled(result.value(name), rules) for column, name in shares.items()
            }
        cells[self._profile.arms[arm].size] = self._size_of_arm(group)
        is_from_sheet = self._row_of(result) > 0
        texts = [node.value("reportedAs") for node in (result, group)]
        printed = DIVIDER.join(texts).split(DIVIDER) if is_from_sheet else []
        return {
            column: self._as_printed(number, printed)
            for column, number in cells.items()
            if column and number
        }

    def _nonevents(self, result: Node, group: Node) -> str:
        """The people without the event, if the figure says it or the group was added up with it."""
        size, events = result.value("denominator"), result.value("numerator")
        if not size and (group.key("basis") == "derived" or not self._row_of(result)):
            is_with_it = set(self._cells_of(result)) <= set(self._cells_of(group))
            size = group.value("size") if is_with_it else ""
        return str(int(size) - int(events)) if size.isdecimal() and events.isdecimal() else ""

    def _size_of_arm(self, group: Node) -> str:
        """The size that is stated of an arm; a total of one of its figures is not that."""
        *_sets, arm = self._above(group)
        is_total = bool(self._cells_of(arm)) and (
            arm.key("basis") == "derived" or self._is_in_figure(arm)
        )
        return "" if is_total else arm.value("size")

    def _is_in_figure(self, arm: Node) -> bool:
        """Whether a figure of the same report was read from the cell that holds the size."""
        if not self._figure_cells_of:
            for result in self._nodes.instances("Result"):
                of_result = (result.value("study"), result.value("report"))
                self._figure_cells_of[of_result].update(self._cells_of(result))
        of_arm = (arm.value("study"), arm.value("report"))
        return not self._figure_cells_of[of_arm].isdisjoint(self._cells_of(arm))

    def _cells_of(self, node: Node) -> tuple[tuple[int, int], ...]:
        """The cells of a sheet in which a figure or a group was read."""
        locator = self._nodes.of(node.value("locator"))
        return cells_of(locator.value(RDF.value)) or ()

    def _unscaled(self, number: str, rules: FigureRules) -> str:
        """A number in the scale of the sheet: 46% as 0.46."""
        if not number or SCALES[rules.scale_name()].factor == 1:
            return number
        fraction = plain(Decimal(number).scaleb(-2))
        return fraction.rstrip("0").rstrip(".") if rules.decimals >= 0 else fraction

    def _as_printed(self, number: str, printed: list[str]) -> str:
        """The number as it stood in the sheet that it came from, else in its own digits."""
        mark = self._profile.table.decimal
        for text in printed:
            for read in (whole_number, decimal_number):
                try:
                    if read(text.rstrip("%\uff05 "), mark) == Decimal(number):
                        return text
                except (NumberError, InvalidOperation):
                    continue
        return number.replace(".", mark or ".")


def _texts_of(choice: Choice, key: str) -> dict[str, str]:
    """What the columns of a choice say for a key: the first text that stands for it."""
    if not choice.columns:
        return {}
    text = next((text for text, known in choice.values.items() if known == key), "")
    return dict(zip(choice.columns, text.split(".", len(choice.columns) - 1), strict=False))


def _taken_apart(
    label: str, template: str, known: Mapping[str, str], year: str = ""
) -> dict[str, str]:
    """The columns of a label: ``Ferguson & Simes 1949`` by ``{author} {year}``; or nothing.

    The column ``year`` may have a letter behind the year that is known: 2011a.
    """
    pattern, names = "", []
    for text, name in label_parts(template):
        pattern += re.escape(text)
        if name:
            names.append(name)
            value = re.escape(known[name]) if known.get(name) else ".+"
            pattern += f"({value}{' ?[a-zA-Z]?' if name == year and known.get(name) else ''})"
    try:
        match = fullmatch(pattern, label)
    except PatternError:  # a long label that many columns could share out: it stays whole
        match = None
    return dict(zip(names, match.groups(), strict=True)) if match else {}
