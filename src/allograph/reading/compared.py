"""Say a comparison in words: both figures, whom it favours, what is claimed, the estimate."""

from __future__ import annotations

from dataclasses import dataclass

from allograph.rdf.nodes import Node, Nodes
from allograph.reading.figures import (
    adjustment_text,
    p_text,
    share_text,
    spread_text,
    time_text,
    value_text,
)
from allograph.reading.names import Names

FAVOURS = {"favours-group": "group", "favours-comparator": "comparator"}
"""The property of the side that a direction favours, by the key of the direction."""
SAID = {
    "no-difference": "no difference, as the source says",
    "not-stated": "direction not stated",
}
SIGNIFICANCE = {
    "claimed": "the source claims significance",
    "claimed-not": "the source says that it is not significant",
    "not-stated": "significance not stated",
}
ALONE = {"randomisation": "randomised", "none": "not adjusted"}
"""What is said of a way to make groups comparable that is the only one, by its key."""


@dataclass(frozen=True)
class Side:
    """One side of a comparison: what it was given or is called, and its figure if one is printed.

    ``figure`` is the IRI of the result, empty without one.
    """

    name: str
    figure: str
    value: str
    share: str


@dataclass(frozen=True)
class Compared:
    """A comparison in words: its sides, the one of the group first, and clauses about them.

    ``estimate`` is empty where none is printed.
    """

    sides: tuple[Side, ...]
    clauses: tuple[str, ...]
    estimate: str
    others: tuple[str, ...]

    @property
    def is_without_figures(self) -> bool:
        """Tell whether neither side has a figure of its own."""
        return not any(side.value or side.share for side in self.sides)


def compared(comparison: Node, nodes: Nodes, names: Names) -> Compared:
    """Say a comparison in words; ``nodes`` are its groups and the figures of its sides."""
    sides = _sides(comparison, nodes, names)
    direction = comparison.key("direction") or "not-stated"
    clauses = [
        _favours(direction, sides) or SAID.get(direction, ""),
        SIGNIFICANCE.get(comparison.key("significance") or "not-stated", ""),
        _made_comparable(comparison, names),
    ]
    return Compared(
        sides=sides,
        clauses=tuple(filter(None, clauses)),
        estimate=estimate_text(comparison, names),
        others=_others(comparison, names),
    )


def estimate_text(comparison: Node, names: Names) -> str:
    """The estimate, its interval and p-value: ``hazard ratio 0.7 (95% CI 0.5-1.0), p = 0.04``."""
    value = value_text(comparison, names)
    measure = [names.label(iri) for iri in comparison.iris("statistic")] if value else []
    spread = spread_text(comparison)
    estimate = " ".join([*measure, *filter(None, (value, f"({spread})" if spread else ""))])
    return ", ".join(filter(None, (estimate, p_text(comparison, names))))


def _sides(comparison: Node, nodes: Nodes, names: Names) -> tuple[Side, ...]:
    groups = [nodes.of(comparison.iri_of(name) or "") for name in ("group", "comparator")]
    given = [group.iri_of("regimen") or "" for group in groups]
    are_told_apart = all(given) and given[0] != given[1]
    labels = given if are_told_apart else [group.iri for group in groups]
    return tuple(
        Side(
            name=names.label(label) if label else "",
            figure=figure.iri,
            value=value_text(figure, names),
            share=share_text(figure),
        )
        for label, figure in zip(labels, _figures(comparison, nodes), strict=True)
    )


def _figures(comparison: Node, nodes: Nodes) -> list[Node]:
    return [nodes.of(comparison.iri_of(name) or "") for name in ("index", "reference")]


def _favours(direction: str, sides: tuple[Side, ...]) -> str:
    if direction not in FAVOURS:
        return ""
    side = sides[0 if FAVOURS[direction] == "group" else 1]
    return f"favours {side.name}" if side.name else ""


def _made_comparable(comparison: Node, names: Names) -> str:
    if not comparison.texts("covariate"):
        for key, word in ALONE.items():
            if comparison.keys("adjustment") == {key}:
                return word
    return adjustment_text(comparison, names)


def _others(comparison: Node, names: Names) -> tuple[str, ...]:
    """When, of whom and up to when it was analysed."""
    found = [time_text(comparison, names)]
    found += [f"analysed: {names.label(iri)}" for iri in comparison.iris("analysisSet")]
    return tuple(filter(None, found))
