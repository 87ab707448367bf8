"""Find where the sections of a text begin, as a reader sees it, and say what is only a guess.

A section begins at a usual heading alone on its line, numbered or not ("2.3 Results"); at a usual
label before the first words of a paragraph ("RESULTS:", "Results—", "Findings Between 2011 and
…"); at the number of a table; and at any other short line alone between blank lines and without a
full stop. Usual are those that the National Library of Medicine maps to the parts of a structured
abstract (https://www.nlm.nih.gov/bsd/policy/structured_abstracts.html), the frequent ones, and the
headings of journals of medicine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from allograph.text.lines import LINE_END

LONGEST_HEADING = 80
BARE = (
    "Background", "Conclusion", "Conclusions", "Findings", "Funding", "Importance",
    "Interpretation", "Introduction", "Methods", "Objective", "Objectives", "Purpose", "Results",
)  # fmt: skip
"""Labels that journals print without a mark behind them: ``Findings Between 2011 and …``."""
LABELS = (
    *BARE, "Abstract", "Acknowledgements", "Acknowledgments", "Added value of this study", "Aim",
    "Aims", "Background and Aims", "Conclusions and Relevance", "Context", "Data Availability",
    "Data Sharing", "Design", "Design, Setting, and Participants", "Disclosures", "Discussion",
    "Evidence before this study", "Implications of all the available evidence", "Interventions",
    "Key Points", "Keywords", "Limitations", "Main Outcomes and Measures", "Material and Methods",
    "Materials and Methods", "Method", "Outcomes", "Participants", "Patients",
    "Patients and Methods", "References", "Setting", "Significance", "Statistical Analysis",
    "Study Design", "Summary", "Trial Registration",
)  # fmt: skip
_SUPPLEMENT = (
    r"(?:Supplementa(?:ry|l)|Supporting)[ \t]+"
    r"(?:Appendix|Data|Figures?|Information|Materials?|Methods|Results|Tables?)"
)
_SLASHED = rf"(?:{'|'.join(BARE)})/(?:{'|'.join(BARE)})"
_USUAL = (label.replace(" ", r"[ \t]+") for label in sorted(LABELS, key=len, reverse=True))
_NAME = "|".join((_SLASHED, *_USUAL, _SUPPLEMENT))
_NUMBER = r"[ \t]*(?:(?:[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}|[IVX]{1,4}\.)[.)]?[ \t]*\|?[ \t]+)?"
_ALONE = re.compile(rf"{_NUMBER}(?P<name>{_NAME})[ \t]*[:.]?[ \t]*", re.IGNORECASE)
_LABEL = re.compile(
    rf"{_NUMBER}(?P<name>{_NAME})[ \t]*(?::[ \t]+|\.?[ \t]*[—–][ \t]*|[ \t]-[ \t]+)",  # noqa: RUF001
    re.IGNORECASE,
)
_STOPPED = re.compile(rf"{_NUMBER}(?P<name>{_NAME})\.[ \t]+(?=\W*(?-i:[A-Z0-9]))", re.IGNORECASE)
_BARE = re.compile(rf"[ \t]*(?P<name>{'|'.join(BARE)})[ \t]+(?=(?-i:[A-Z0-9])\w*\W)", re.IGNORECASE)
_WITHIN = re.compile(rf"(?<=[.?!)\]])[ \t]+(?P<name>{_NAME}):[ \t]+", re.IGNORECASE)
_TABLE = re.compile(
    r"[ \t]*(?P<name>(?:(?:Supplementa(?:ry|l)[ \t]+|e)?Table|TABLE)[ \t]+S?[0-9]{1,2}[A-Z]?)"
    r"(?:[.:|—–][ \t]*|[ \t]*$|[ \t]{2,})",  # noqa: RUF001
)
_BREAK = re.compile(LINE_END)
_ENDED = re.compile(r"[.?!:][\"'\u201d\u2019)\]]*[ \t]*$")


@dataclass(frozen=True)
class Mark:
    """Where a section begins: its name, and where its first sentence may start.

    ``guess`` says why it may be none: a line that only reads like a heading.
    """

    name: str
    start: int
    is_label: bool
    guess: str = ""


@dataclass(frozen=True)
class _Line:
    start: int
    end: int
    text: str
    above: str
    below: str

    @property
    def is_first(self) -> bool:
        """Whether a paragraph, or at least a sentence, begins here."""
        return not self.above.strip() or _ENDED.search(self.above) is not None

    @property
    def is_apart(self) -> bool:
        return not self.above.strip() and not self.below.strip()


def marks_of(text: str) -> Iterator[Mark]:
    """The sections that a text itself names, in order; offsets are in Unicode code points."""
    for line in _lines(text):
        yield from _marks(line, text)


def _lines(text: str) -> Iterator[_Line]:
    ends = [(match.start(), match.end()) for match in _BREAK.finditer(text)]
    starts = [0, *(end for _start, end in ends)]
    stops = [*(start for start, _end in ends), len(text)]
    lines = [text[start:stop] for start, stop in zip(starts, stops, strict=True)]
    around = zip(["", *lines], [*lines[1:], ""], strict=False)
    for start, stop, line, (above, below) in zip(starts, stops, lines, around, strict=True):
        if line.strip():
            yield _Line(start, stop, line, above, below)


def _marks(line: _Line, text: str) -> Iterator[Mark]:
    """The heading that a line is, or the labels that stand in it."""
    if (alone := _ALONE.fullmatch(line.text)) and _is_capital(alone):
        is_sure = line.is_first or alone["name"].isupper() or _ALONE.fullmatch(line.above)
        guess = "" if is_sure else f'"{_name(alone)}" stands on a line inside a paragraph'
        yield Mark(_name(alone), _behind(line, text), is_label=False, guess=guess)
        return
    if label := _label(line):
        yield label
    elif (table := _TABLE.match(line.text)) and line.is_first:
        guess = "the text does not tell where a table ends"
        yield Mark(
            " ".join(table["name"].split()), line.start + table.end(), is_label=False, guess=guess
        )
        return
    elif line.is_apart and _reads_like_heading(line.text.strip()):
        name = line.text.strip().rstrip(":").rstrip()
        guess = f'the line "{name}" only reads like a heading'
        yield Mark(name, _behind(line, text), is_label=False, guess=guess)
        return
    for within in _WITHIN.finditer(line.text):
        if _is_capital(within):
            yield Mark(_name(within), line.start + within.end(), is_label=True)


def _label(line: _Line) -> Mark | None:
    """The label before the first words of a line."""
    if label := _LABEL.match(line.text):
        return Mark(_name(label), line.start + label.end(), is_label=True)
    if not line.is_first or (line.is_apart and _reads_like_heading(line.text.strip())):
        return None
    for pattern in (_STOPPED, _BARE):
        label = pattern.match(line.text)
        if label and _is_capital(label):
            guess = f'no colon stands behind "{_name(label)}"'
            return Mark(_name(label), line.start + label.end(), is_label=True, guess=guess)
    return None


def _reads_like_heading(text: str) -> bool:
    return (
        0 < len(text) <= LONGEST_HEADING
        and re.search(r"[^\W\d_]", text) is not None
        and text[-1] not in ".?!;,"
    )


def _is_capital(match: re.Match[str]) -> bool:
    return match["name"][0].isupper()


def _name(match: re.Match[str]) -> str:
    name = " ".join(match["name"].split())
    return name[0].upper() + name[1:]


def _behind(line: _Line, text: str) -> int:
    """Where the first words behind a line stand."""
    return len(text) - len(text[line.end :].lstrip())
