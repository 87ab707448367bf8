"""Who judged the outcome, against ``ag:assessedBy``: investigators, reviewers, a laboratory."""

from __future__ import annotations

from collections.abc import Iterator

from allograph.checks.span.reading import Reading, Told, decided, shown, words

ASSESSORS = words(
    investigator=r"\b(?:investigators?|locally|local)['s]*[- ]+"
    r"(?:assess|review|report|judg|evaluat)\w*"
    r"|\b(?:by|per) (?:the )?(?:local |study )?investigators?\b",
    independent_review=r"\b(?:independent|central)(?:ly)?\b(?: \w+){0,3} (?:review|adjudicat)\w*"
    r"|\b(?:independent|central)ly[- ](?:review|assess|adjudicat)\w*"
    r"|\badjudication committee\b|(?-i:\b(?:BICR|IRC|EPAC)\b)",
    central_laboratory=r"\bcentral lab\w*|\bcentrally (?:tested|measured|analy[sz]ed)",
)


def assessors(reading: Reading) -> Iterator[Told]:
    """An assessor other than the one that the text names."""
    for place in reading.by_class["Figure"]:
        entered = reading.figure(place).assessor
        found = decided(place.scopes, ASSESSORS)
        if entered is not None and found and entered not in found:
            message = (
                f"The outcome is assessed {entered} here, and the text says {shown(found)}: "
                "correct ag:assessedBy."
            )
            yield Told(place.node.iri, "assessor", message, place.sentence)
