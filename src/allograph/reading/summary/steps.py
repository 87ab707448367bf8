"""The steps of a judgement of certainty in words."""

from __future__ import annotations

from dataclasses import replace

from allograph.evidence.judgements import Certainty, Step

MINUS = "\N{MINUS SIGN}"
LISTED = "; not "
"""What stands in a reason before a list of studies, which data hold and no page has room for."""


def domain_text(domain: str) -> str:
    """A domain in words: ``risk of bias``."""
    return domain.replace("-", " ")


def by_text(levels: int) -> str:
    """How many levels a step goes: ``+1``."""
    return f"{MINUS if levels < 0 else '+'}{abs(levels)}"


def step_text(step: Step) -> str:
    """A step with its reason."""
    moved = f"{by_text(step.by)} for" if step.by else "no change for"
    return f"Certainty, {moved} {domain_text(step.domain)}: {step.reason.removesuffix('.')}."


def note_of(step: Step) -> str:
    """A step as a note tells it: without the list of studies that a reason may end with."""
    reason, _, _ = step.reason.partition(LISTED)
    return step_text(replace(step, reason=reason))


def steps_text(certainty: Certainty) -> str:
    """Where a certainty starts and what moves it: ``starts low; +1 large effect``."""
    moved = [
        f"{by_text(step.by)} {domain_text(step.domain)}" for step in certainty.steps if step.by
    ]
    left = [domain_text(domain) for domain in certainty.unjudged]
    open_ones = [f"{', '.join(left)} not judged"] if left else []
    start = certainty.start.replace("-", " ")
    return "; ".join((f"starts {start}", *moved, *open_ones))
