"""The steps of a judgement of certainty in words."""

from __future__ import annotations

from allograph.evidence.judgements import Certainty, Step

MINUS = "\N{MINUS SIGN}"


def domain_text(domain: str) -> str:
    """A domain in words: ``risk of bias``."""
    return domain.replace("-", " ")


def by_text(levels: int) -> str:
    """How many levels a step goes: ``+1``."""
    return f"{MINUS if levels < 0 else '+'}{abs(levels)}"


def step_text(step: Step) -> str:
    """A step with its reason, as a note tells it."""
    moved = f"{by_text(step.by)} for" if step.by else "no change for"
    reason = step.reason.removesuffix(".")
    return f"Certainty, {moved} {domain_text(step.domain)}: {reason}."


def steps_text(certainty: Certainty) -> str:
    """Where a certainty starts and what moves it: ``starts low; +1 large effect``."""
    moved = [
        f"{by_text(step.by)} {domain_text(step.domain)}" for step in certainty.steps if step.by
    ]
    left = [domain_text(domain) for domain in certainty.unjudged]
    open_ones = [f"{', '.join(left)} not judged"] if left else []
    start = certainty.start.replace("-", " ")
    return "; ".join((f"starts {start}", *moved, *open_ones))
