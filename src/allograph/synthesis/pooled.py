"""What a meta-analysis gives, whatever was pooled and by which model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

GLMM = "glmm"
LOGIT_FIXED = "logit-fixed"
LOGIT_REML = "logit-reml"
FREEMAN_TUKEY = "freeman-tukey"
REML_HKSJ = "reml-hksj"
REML = "reml"
FIXED = "fixed"
MANTEL_HAENSZEL = "mantel-haenszel"
PETO = "peto"

MODELS: Mapping[str, str] = {
    GLMM: "random-intercept logistic model (binomial-normal GLMM, maximum likelihood)",
    LOGIT_FIXED: "one common share (logistic model without random intercept)",
    LOGIT_REML: "logits of the studies by inverse variance (random effects, REML)",
    FREEMAN_TUKEY: (
        "double arcsine of Freeman and Tukey, random effects of DerSimonian and Laird "
        "(to reproduce older reviews only)"
    ),
    REML_HKSJ: "inverse variance, random effects (REML), interval of Hartung-Knapp-Sidik-Jonkman",
    REML: "inverse variance, random effects (REML)",
    FIXED: "inverse variance, one common effect",
    MANTEL_HAENSZEL: "Mantel-Haenszel, one common effect",
    PETO: "one-step odds ratio of Peto, one common effect",
}
"""The models by their key, as they are named beside each number."""
INVERSE_VARIANCE = (REML_HKSJ, REML, FIXED)
"""The models of effects that have a standard error."""
ONE_STUDY = "One study is not pooled; its own figure stands."


@dataclass(frozen=True)
class Synthesis:
    """One pooled number, on the scale on which it is read.

    ``estimate`` and all limits are a share (0 to 1), a ratio, a difference or a number of months,
    back-transformed; ``tau2``, ``q`` and ``standard_error`` are on the scale of the model (logit,
    log, or as it is). ``i2`` is in percent, as it is printed everywhere. ``weights`` are shares of
    1, in the order of the studies that were given; one that adds nothing has 0.

    What is ``None`` is not defined here, and ``reasons`` says why by the name of the attribute; a
    reason for ``estimate`` holds for all of them. ``remarks`` are sentences that belong beside the
    number: what was added to it, who adds nothing to it, how far it can be trusted.
    """

    model: str
    level: float
    studies: int
    people: int | None
    estimate: float | None = None
    standard_error: float | None = None
    lower: float | None = None
    upper: float | None = None
    prediction_lower: float | None = None
    prediction_upper: float | None = None
    tau2: float | None = None
    tau2_lower: float | None = None
    tau2_upper: float | None = None
    i2: float | None = None
    q: float | None = None
    q_p: float | None = None
    weights: tuple[float, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()

    def saying(self, *remarks: str) -> Synthesis:
        """The same with more remarks."""
        return replace(self, remarks=(*self.remarks, *remarks))

    def lacking(self, reason: str, *names: str) -> Synthesis:
        """The same without some of its numbers, for a reason."""
        absent: dict[str, Any] = dict.fromkeys(names)
        return replace(self, **absent, reasons={**self.reasons, **dict.fromkeys(names, reason)})


def unpooled(model: str, level: float, studies: int, people: int | None, reason: str) -> Synthesis:
    """What is said where nothing is pooled: the sentence why, for every number."""
    return Synthesis(model, level, studies, people, reasons={"estimate": reason})


def check_level(level: float) -> None:
    """Raise ``ValueError`` for a confidence level that is no percentage between 0 and 100."""
    if not 0 < level < 100:
        raise ValueError(f"a confidence level of {level} percent is not between 0 and 100")
