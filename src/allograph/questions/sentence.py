"""The sentence of a question: its title with places for what is chosen.

``{drug}`` is the place of a parameter; what is in brackets, ``[ after {drug}]``, is said only where
something is chosen for it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from allograph.errors import nearest
from allograph.questions.header import Header, one_line
from allograph.questions.parameters import Parameter
from allograph.questions.plot import columns_in

_BRACKETS = re.compile(r"\[([^\[\]]*)\]")


def read_sentence(header: Header, parameters: Sequence[Parameter]) -> str:
    """Read the sentence: it names parameters, each once, or is missing.

    Raises:
        QuestionError: it names another thing, or its brackets are not as they should be.

    """
    sentence = one_line(header.said.sentence)
    named = columns_in(sentence)
    known = [parameter.name for parameter in parameters]
    for name in named:
        if name not in known:
            message = f"the sentence names no parameter '{name}'{nearest(name, known)}"
            raise header.error(message, "sentence")
    if len(named) != len(set(named)):
        raise header.error("the sentence names each parameter once", "sentence")
    outside = _BRACKETS.sub("", sentence)
    if "[" in outside or "]" in outside:
        message = "the brackets of the sentence do not close, or lie in each other"
        raise header.error(message, "sentence")
    for part in _BRACKETS.findall(sentence):
        if not columns_in(part):
            message = f"the brackets [{part}] of the sentence name no parameter"
            raise header.error(message, "sentence")
    return sentence


def without_open(sentence: str, left_open: Collection[str]) -> str:
    """The sentence without the brackets of which all parameters are left open."""

    def said(part: re.Match[str]) -> str:
        return "" if set(columns_in(part[1])) <= set(left_open) else part[1]

    return _BRACKETS.sub(said, sentence)
