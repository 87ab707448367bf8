"""The names that questions had before, and how each of them is asked now.

An old name goes on working: over HTTP it is redirected for good (308, RFC 9110, section 15.4.9), on
the command line it is answered with a remark. To rename a question: rename its file, and add a row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from allograph.doubts.rules import RULES
from allograph.errors import ParameterError


@dataclass(frozen=True)
class Moved:
    """The question that an old name means now, with the arguments that the old name stands for."""

    name: str
    arguments: Mapping[str, str] = field(default_factory=dict)

    def asked_with(self, given: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """The arguments to ask the question with: those of the old name, then those given.

        Raises:
            ParameterError: for an argument that the old name has settled.

        """
        pairs = list(given)
        for name, _value in pairs:
            if name in self.arguments:
                settled = f"the old name means {name}={self.arguments[name]}"
                raise ParameterError(name, f"{settled}; to give '{name}', ask '{self.name}'")
        return [*self.arguments.items(), *pairs]


MOVED: Mapping[str, Moved] = MappingProxyType(
    {f"rule-{key}": Moved("rule-findings", {"rule": key}) for key in RULES}
)
"""Old name: where it has moved."""
