"""What a meta-analysis gives, whatever was pooled and by which model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

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
    FREEMAN_TUKEY: "double arcsine of Freeman and Tukey (to reproduce older reviews only)",
    REML_HKSJ: "inverse variance, random effects (REML), interval of Hartung-Knapp-Sidik-Jonkman",
    REML: "inverse variance, random effects (REML)",
    FIXED: "inverse variance, one common effect",
    MANTEL_HAENSZEL: "Mantel-Haenszel, one common effect",
    PETO: "one-step odds ratio of Peto, one common effect",
}
"""The models by their key, as they are named beside each number."""


@dataclass(frozen=True)
class Synthesis:
    """One pooled number, on the scale on which it is read.

    ``estimate`` and all limits are a share (0 to 1), a ratio, a difference or a number of months,
    back-transformed; ``tau2``, ``q`` and ``standard_error`` are on the scale of the model (logit,
    log, or as it is). ``weights`` are shares of 1, in the order of the studies that were given.
    What is ``None`` is not defined here, and ``reasons`` says why by the name of the attribute.
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
