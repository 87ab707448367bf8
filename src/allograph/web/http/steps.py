"""A step of every request: what it does on the way in, and what on the way out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask import Flask, Response


@dataclass(frozen=True)
class Step:
    """One step, by its name.

    ``before`` sees the request before its view does, and may refuse it by raising; ``after`` sees
    the answer, also one that tells of an error, and returns it changed or as it is.
    """

    name: str
    before: Callable[[], None] | None = None
    after: Callable[[Response], Response] | None = None


def take_steps(app: Flask, steps: Iterable[Step]) -> None:
    """Let every request go down the steps to its view, and its answer up again.

    So the first step is the outermost: it sees a request first and its answer last.
    """
    # Flask calls what is registered before a request in order, and after it in reverse order.
    for step in steps:
        if step.before:
            app.before_request(step.before)
        if step.after:
            app.after_request(step.after)
