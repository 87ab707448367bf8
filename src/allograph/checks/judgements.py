"""Tell which judgements are stale: what was judged is no longer as it was.

A judgement is somebody's, so nothing here changes it: who made it looks again, and judges anew.
"""

from __future__ import annotations

from collections.abc import Iterator

from allograph.curated.loaded import Loaded
from allograph.curated.results import Severity, ValidationResult
from allograph.evidence import Evidence
from allograph.evidence.judgements.biased import digest_of_judged, risks_of_bias
from allograph.evidence.judgements.curated import judgements_of_certainty

RULE = "integrity:stale-judgement"


def stale_judgements(loaded: Loaded, evidence: Evidence) -> Iterator[ValidationResult]:
    """A warning for each judgement that no longer is of what it was made of."""
    for risk in risks_of_bias(evidence):
        if risk.is_stale:
            digest = digest_of_judged(evidence, risk.judges)
            yield _result(loaded, risk.iri, "the figures have changed since", digest)
    certainty = judgements_of_certainty(evidence)
    if not certainty:
        return
    from allograph.evidence.judgements.stated import digests_now  # pools, and so reads scipy

    for node in certainty:
        now = digests_now(evidence, node.value("answer"))
        if node.value("digest") not in now:
            alike = [digest for digest, words in now.items() if words == node.value("answerWords")]
            why = "the answer has other numbers" if alike else "the answer is no longer given"
            yield _result(loaded, node.iri, why, ", ".join(alike) or None)


def _result(loaded: Loaded, iri: str, why: str, value: str | None) -> ValidationResult:
    message = (
        f"This judgement is stale, for {why}: look again, and judge anew (ag:digest, the day)."
    )
    return ValidationResult(
        loaded.location(iri), Severity.WARNING, iri, "ag:digest", value, message, RULE
    )
