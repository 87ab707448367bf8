"""What a sheet says, as studies with groups and figures: the form between rows and Turtle."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from allograph.curated.held.cells import Cells
from allograph.intake.sheets.profile import ArmRules

LONGEST_KEY = 80
WITH_ARMS = frozenset({"randomised-trial", "controlled-trial"})
"""The designs in which people were given one of several treatments."""
_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "Ae", "ł": "l", "Ł": "L", "đ": "d"}
)


@dataclass(frozen=True)
class Size:
    """How many people, where the sheet says so, and whether it had to be added up."""

    people: int
    cells: Cells
    derived: bool


@dataclass(frozen=True)
class DraftFigure:
    """One figure of one row; the numbers are those of the graph, in ``unit``."""

    arm: str
    outcome: str
    statistic: str
    kind: str
    unit: str
    cells: Cells
    derived: bool
    numbers: Mapping[str, str]
    """Properties and their numbers in digits, as ``numerator`` and ``44``."""
    size: Size | None = None
    at_time: str = ""
    time_origin: str = ""

    @property
    def identity(self) -> tuple[str, ...]:
        """What must differ between two figures of a study: the value never does."""
        share = "share" if self.statistic in ("count", "percentage") else self.statistic
        return (self.arm, self.outcome, share, self.at_time)

    @property
    def key(self) -> str:
        """The name of the figure in the file of its study: ``response-treated``."""
        parts = [self.outcome, self.arm]
        if self.statistic not in ("count", "percentage"):
            parts.append(self.statistic)
        if self.at_time:
            parts.append(f"at-{self.at_time.replace('.', '-')}-months")
        return "-".join(parts)


@dataclass
class DraftStudy:
    """A study and its figures, as its rows were read; ``at`` are the cells that name it."""

    key: str
    label: str
    design: str
    doi: str
    year: str
    at: Cells
    rows: list[int] = field(default_factory=list)
    figures: list[DraftFigure] = field(default_factory=list)
    sizes: dict[str, Size] = field(default_factory=dict)
    """The size of an arm, where a column of its own says it."""
    named: dict[str, Cells] = field(default_factory=dict)
    """Where an arm is named, for arms without a size."""


@dataclass(frozen=True)
class DraftGroup:
    """People who were counted together, as a node of the file of their study."""

    key: str
    label: str
    grouping: str
    cells: Cells
    size: int | None = None
    derived: bool = False
    parent: str = ""
    regimen: str = ""


def groups_of(
    study: DraftStudy, arms: Mapping[str, ArmRules], outcome_labels: Mapping[str, str]
) -> tuple[list[DraftGroup], list[str]]:
    """The groups of a study, and the key of the group of each of its figures.

    An arm has the size that its own column gives, or the one total that all its figures have. Where
    totals differ, each figure has an analysis set of its own: nobody says who was left out. A trial
    with arms has both arms of its profile, the one without a figure, too.
    """
    groups: dict[str, DraftGroup] = {}
    keys = []
    for figure in study.figures:
        rules = arms[figure.arm]
        arm = groups.setdefault(figure.arm, _arm(study, figure.arm, rules))
        if figure.size is None or arm.size == figure.size.people:
            keys.append(figure.arm)
            continue
        part = DraftGroup(
            f"{figure.key}-set",
            f"{rules.label}, counted for {outcome_labels[figure.outcome]}",
            "analysis-set",
            figure.size.cells,
            figure.size.people,
            figure.size.derived,
            figure.arm,
            rules.regimen,
        )
        groups[part.key] = part
        keys.append(part.key)
    if study.design in WITH_ARMS and len(arms) == 2:
        for key, rules in arms.items():
            groups.setdefault(key, _arm(study, key, rules))
    return list(groups.values()), keys


def _arm(study: DraftStudy, key: str, rules: ArmRules) -> DraftGroup:
    totals = [figure.size for figure in study.figures if figure.arm == key and figure.size]
    is_one = len({size.people for size in totals}) == 1
    whole = study.sizes.get(key) or (totals[0] if is_one else None)
    named = study.named.get(key, study.at)
    return DraftGroup(
        key,
        rules.label if whole or named != study.at else f"{rules.label}, {study.label}",
        rules.grouping,
        whole.cells if whole else named,
        whole.people if whole else None,
        bool(whole and whole.derived),
        regimen=rules.regimen,
    )


def key_of_file(text: str) -> str:
    """The key of a name, short enough for the name of a file; perhaps nothing.

    A long one is cut at a word, and ends in eight digits of the SHA-256 of its key, so that two
    long titles that begin alike stay two.
    """
    key = key_from(text)
    if len(key) <= LONGEST_KEY:
        return key
    digest = hashlib.sha256(key.encode()).hexdigest()[:8]
    cut = key[: LONGEST_KEY - len(digest)]
    return f"{cut.rpartition('-')[0] or cut[:-1]}-{digest}"


def key_from(text: str) -> str:
    """The key of a name: ``Ferguson & Simes 1949`` is ``ferguson-simes-1949``; perhaps nothing."""
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    ascii_only = plain.encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", ascii_only.replace("'", "")))


def tolerance(decimals: int) -> str:
    """Half a unit of the last digit: 0.5 for no decimals, 0.0005 for three and more."""
    return f"{Decimal(5).scaleb(-min(decimals, 3) - 1):f}"
