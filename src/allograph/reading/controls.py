"""Show the parameters of a question: as controls of its form, and as words of its sentence.

A value is shown as it was chosen: by its label in the sentence, by its key in an address.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from allograph.questions.parameters import default_values
from allograph.questions.question import Argument, Bound, Choice, Parameter, Question
from allograph.reading.figures import unit_text

SPELT_OUT = 3
"""A sentence names this many values; of more, it says how many they are."""

_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Control:
    """A parameter as a control of the form: what can be chosen, and what is."""

    argument: Argument

    @property
    def parameter(self) -> Parameter:
        """The parameter that it sets."""
        return self.argument.parameter

    @property
    def choices(self) -> Sequence[Choice]:
        """What can be chosen; nothing where a value is typed."""
        return self.argument.known.listed

    @property
    def values(self) -> list[str]:
        """The values as they were typed."""
        return [value.text for value in self.argument.values]

    @property
    def id(self) -> str:
        """The anchor of the control."""
        return f"parameter-{self.parameter.name}"

    @property
    def label(self) -> str:
        """What the control is called."""
        return self.parameter.name.replace("_", " ").capitalize()

    @cached_property
    def _chosen(self) -> set[str]:
        return {value.choice.iri for value in self.argument.values if value.choice}

    def is_chosen(self, choice: Choice) -> bool:
        """Tell whether a choice is among the values."""
        return choice.iri in self._chosen

    @property
    def keys(self) -> list[str]:
        """The values as they are written into an address: keys of choices, else as given."""
        chosen = [choice.key for choice in self.choices if self.is_chosen(choice)]
        return chosen if self.choices else self.values

    @property
    def is_default(self) -> bool:
        """Tell whether the values are those that the question has of itself."""
        own = default_values(self.parameter, self.argument.known)
        return {value.key for value in own} == {value.key for value in self.argument.values}

    @property
    def words(self) -> str:
        """The values as words of a sentence."""
        chosen = [choice.label for choice in self.choices if self.is_chosen(choice)]
        labels = chosen if self.choices else [self._with_unit(value) for value in self.values]
        if not labels:
            return self.parameter.open
        if len(labels) > SPELT_OUT:
            return f"any of {len(labels)} {plural(self.parameter.name.replace('_', ' '))}"
        return " or ".join(labels)

    def _with_unit(self, value: str) -> str:
        unit = unit_text(self.parameter.unit)
        return f"{value} {unit}" if unit and value.replace(".", "").isdigit() else value


@dataclass(frozen=True)
class Word:
    """A piece of a sentence; one that stands for a parameter leads to its control."""

    text: str
    control: Control | None = None


def controls_of(bound: Bound) -> list[Control]:
    """Make the controls of a question, showing what was asked or else the defaults."""
    return [Control(argument) for argument in bound.arguments]


def words_of(question: Question, controls: Sequence[Control]) -> list[Word]:
    """Put the values into the sentence of a question; without one, its title stands.

    What the sentence has in brackets is left out where nothing is chosen for it.
    """
    by_name = {control.parameter.name: control for control in controls}
    left_open = [name for name, control in by_name.items() if not control.keys]
    pieces = enumerate(_SLOT.split(question.sentence_without(left_open)))
    words = [
        Word(by_name[piece].words, by_name[piece]) if place % 2 else Word(piece)
        for place, piece in pieces
    ]
    return [word for word in words if word.text]


def sentence_of(words: Sequence[Word]) -> str:
    """The sentence as text."""
    return "".join(word.text for word in words)


def plural(word: str) -> str:
    """The plural of the name of a parameter."""
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
