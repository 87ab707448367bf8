"""What each request is answered when nothing is wrong, and what an answer is beside it.

The truth of a release comes from an undisturbed service without a cache. An answer is compared with
the answers of the release that it names itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from benchmarks.soak.asking import TOKEN, Answer, Asked, Asker

REFUSALS = (429, 503, 504, 507)
TIMED_OUT = "TimeoutError"


class Outcome(StrEnum):
    """What became of a request."""

    RIGHT = "right"
    REFUSED = "refused"
    """429, 503, 504 or 507, with a problem document that says so."""
    BROKEN = "broken"
    """Its body has no end, and what came of it is right."""
    LEFT = "left"
    """The client went away, and what came till then is right."""
    UNANSWERED = "unanswered"
    """The connection was refused or closed before a status."""
    LATE = "late"
    """Nothing came for longer than any deadline of the service."""
    UNEXPECTED = "unexpected"
    """Another status than the right one, and no refusal."""
    WRONG = "wrong"
    """Other bytes than the right ones, with the right status."""


FAILURES = (Outcome.LATE, Outcome.UNEXPECTED, Outcome.WRONG)
"""What no fault excuses."""


@dataclass(frozen=True)
class Verdict:
    """An outcome, and in words what is the matter with it."""

    outcome: Outcome
    reason: str = ""
    expected: bytes = b""


@dataclass(frozen=True)
class Truth:
    """The right answers, by release and request."""

    answers: Mapping[tuple[str, Asked], Answer]
    releases: frozenset[str]

    def judge(self, asked: Asked, answer: Answer, netloc: str) -> Verdict:
        """Say what an answer is; ``netloc`` is the host and port that was asked."""
        if answer.status is None:
            is_late = answer.error.startswith(TIMED_OUT)
            return Verdict(Outcome.LATE if is_late else Outcome.UNANSWERED, answer.error)
        if answer.status in asked.stopped:
            return _refusal(answer, Outcome.RIGHT)
        right = self.answers.get((answer.release, _as_learnt(asked)))
        if answer.status in REFUSALS:
            return _refusal(answer, Outcome.REFUSED)
        if asked.stopped:
            # It never ends, so an answer that claims to be whole is not one.
            if answer.status == 200 and not answer.is_whole:
                return Verdict(Outcome.BROKEN, answer.error)
            return Verdict(Outcome.UNEXPECTED, f"{answer.status} instead of {asked.stopped}")
        if answer.status >= 500:
            return Verdict(Outcome.UNEXPECTED, f"{answer.status}: {_shown(answer.content)}")
        if right is None:
            return Verdict(Outcome.WRONG, f"it names the release '{answer.release}'")
        return _compared(asked, answer, right, netloc)


def _as_learnt(asked: Asked) -> Asked:
    """The request as it was asked when the truth was learnt."""
    path = asked.path.replace(asked.token, TOKEN)
    body = asked.body and asked.body.replace(asked.token, TOKEN)
    return replace(asked, path=path, body=body, token=TOKEN)


def _refusal(answer: Answer, outcome: Outcome) -> Verdict:
    """A refusal is whole, and its document says the status once more."""
    if not answer.is_whole:
        return Verdict(Outcome.BROKEN, answer.error)
    if answer.media_type == "text/html":
        return Verdict(outcome, str(answer.status))
    try:
        told = json.loads(answer.content)["status"]
    except (ValueError, KeyError, TypeError):
        told = None
    if told != answer.status or answer.media_type != "application/problem+json":
        return Verdict(Outcome.UNEXPECTED, f"{answer.status}: {_shown(answer.content)}")
    return Verdict(outcome, str(answer.status))


def _compared(asked: Asked, answer: Answer, right: Answer, netloc: str) -> Verdict:
    expected = right.content.replace(TOKEN.encode(), asked.token.encode())
    content = without_host(answer.content, netloc)
    if answer.status != right.status:
        reason = f"{answer.status} instead of {right.status}: {_shown(content)}"
        return Verdict(Outcome.UNEXPECTED, reason, expected)
    if answer.media_type != right.media_type:
        reason = f"{answer.media_type} instead of {right.media_type}"
        return Verdict(Outcome.WRONG, reason, expected)
    if answer.is_whole:
        if content == expected:
            return Verdict(Outcome.RIGHT)
        return Verdict(Outcome.WRONG, _difference(content, expected), expected)
    # A part may end within the name of the host, which only pages hold.
    if not expected.startswith(content) and answer.media_type != "text/html":
        return Verdict(Outcome.WRONG, _difference(content, expected), expected)
    if answer.error.startswith(TIMED_OUT):
        return Verdict(Outcome.LATE, answer.error)
    return Verdict(Outcome.LEFT if answer.left else Outcome.BROKEN, answer.error)


def learn(netloc: str, requests: Iterable[Asked]) -> dict[tuple[str, Asked], Answer]:
    """Ask an undisturbed service everything once."""
    answers = {}
    asker = Asker(netloc)
    for asked in requests:
        answer = asker.ask(asked)
        if asked.stopped:
            continue
        if not answer.is_whole or answer.status in REFUSALS or (answer.status or 500) >= 500:
            raise RuntimeError(f"{asked.path}: {answer.status} {answer.error}, undisturbed")
        right = replace(answer, content=without_host(answer.content, netloc))
        answers[answer.release, asked] = right
    asker.close()
    return answers


def without_host(content: bytes, netloc: str) -> bytes:
    """What pages say of their own address differs from service to service."""
    return content.replace(netloc.encode(), b"HOST")


def _difference(content: bytes, expected: bytes) -> str:
    pairs = zip(content, expected, strict=False)
    same = next((at for at, (one, other) in enumerate(pairs) if one != other), None)
    at = min(len(content), len(expected)) if same is None else same
    return (
        f"{len(content)} bytes instead of {len(expected)}, other from byte {at}:"
        f" {_shown(content[at:])} instead of {_shown(expected[at:])}"
    )


def _shown(content: bytes) -> str:
    return repr(content[:80])
