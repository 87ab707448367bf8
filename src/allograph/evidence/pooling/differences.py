"""In what figures may differ: what keeps pools apart, and may be asked for by its name.

A figure that leaves one of these open is apart from those that state it; only a time, and the words
in which a benefit is described, may be left open beside others that agree.
"""

from __future__ import annotations

from collections.abc import Mapping

REGIMEN = "regimen"
COMPARATOR = "comparator"
POPULATION = "population"
DENOMINATOR = "denominator"
DEFINITION = "definition"
GRADE = "grade"
TIME = "time"
TIME_ORIGIN = "time-origin"
DESIGN = "design"
ADJUSTMENT = "adjustment"
ANALYSIS_SET = "analysis-set"
OVERLAP = "overlap"
MEASURE = "measure"
"""Nobody can ask for a pool across measures: a hazard ratio is no odds ratio."""

DIFFERENCES: Mapping[str, str] = {
    REGIMEN: "the treatment",
    COMPARATOR: "what it was compared with",
    POPULATION: "the setting and the kind of disease: adults, children, Ph-positive",
    DENOMINATOR: "of whom it is the share: all, the responders, the transplanted",
    DEFINITION: "what was counted as the outcome: CR, CR or CRi",
    GRADE: "the grade of an adverse event",
    TIME: "the time point",
    TIME_ORIGIN: "from when the time is counted",
    DESIGN: "randomised or not",
    ADJUSTMENT: "how the groups were made comparable",
    ANALYSIS_SET: "all who were randomised, or those analysed",
    OVERLAP: "studies that may share people, where nobody says so: a centre, a drug, years",
}
"""What may be asked for with ``across``, and what it means."""
