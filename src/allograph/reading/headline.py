"""The figure that heads a study, chosen by one rule for all: never the one most in doubt.

Of the study's primary outcomes, then of ``KEY_OUTCOMES``, the first for which it prints a share
that no doubt could turn into another one, and that not only a retelling prints. Of its shares those
of the least nested groups, so that arms stand beside each other and no subgroup stands for the
whole; of these the least doubted, as the nearest report prints them. What a retelling alone prints
heads a study only where there is nothing else; what could be another figure heads none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from allograph.namespaces import BASE
from allograph.reading.ledger import PREFIXES
from allograph.reading.reader import Reader, Row, text
from allograph.reading.weighed.doubts import Doubt, Side, doubts_of
from allograph.reading.weighed.sayings import DECISIVE

KEY_OUTCOMES = ("complete-remission", "overall-response", "hsct-receipt", "overall-survival")
ABREAST = 2
"""Key figures of a study that are shown side by side."""
LIGHTEST = 9

# An outcome may be primary in one study and not in another; ?key is its place in KEY_OUTCOMES.
SHARES = f"""{PREFIXES}
SELECT ?study ?outcome ?primary ?key ?result ?label ?value ?numerator ?denominator ?group ?rank
  ?definition (COUNT(DISTINCT ?above) AS ?depth) WHERE {{
  ?result a ag:Result ; rdfs:label ?label ; ag:study ?study ; ag:outcome ?outcome ;
    ag:value ?value ; ag:unit "%" ; ag:group ?counted .
  ?counted rdfs:label ?group .
  OPTIONAL {{
    VALUES (?outcome ?key) {{
      {" ".join(f"(<{BASE}outcome/{key}> {at})" for at, key in enumerate(KEY_OUTCOMES))}
    }}
  }}
  OPTIONAL {{ ?study ag:primaryOutcome ?outcome BIND (true AS ?primary) }}
  FILTER (BOUND(?key) || BOUND(?primary))
  OPTIONAL {{ ?result ag:report/ag:tier/ag:rank ?rank }}
  OPTIONAL {{ ?result ag:outcomeDefinition ?definition }}
  OPTIONAL {{ ?result ag:numerator ?numerator }}
  OPTIONAL {{ ?result ag:denominator ?denominator }}
  OPTIONAL {{ ?counted ag:subgroupOf+ ?above }}
}} GROUP BY ?study ?outcome ?primary ?key ?result ?label ?value ?numerator ?denominator ?group ?rank
  ?definition
ORDER BY ?study DESC(?primary) DESC(BOUND(?key)) ?key ?outcome ?depth ?rank DESC(?value) ?result
"""


@dataclass(frozen=True)
class KeyFigure:
    """A share that heads a study, and the doubts about it, the gravest first."""

    row: Row
    doubts: Sequence[Doubt]

    def text(self, variable: str) -> str:
        """What the figure says: its value, its group, its label."""
        return text(self.row, variable)

    @property
    def gravest(self) -> int:
        """The rank of its gravest doubt; the lowest is the gravest."""
        return min((doubt.weight.rank for doubt in self.doubts), default=LIGHTEST)

    @property
    def is_grave(self) -> bool:
        """Tell whether a doubt could turn it into another figure."""
        return any(doubt.weight.key == DECISIVE for doubt in self.doubts)

    @property
    def is_retold(self) -> bool:
        """Tell whether only a retelling prints it."""
        return any(doubt.is_retold for doubt in self.doubts)


@dataclass(frozen=True)
class Headline:
    """The figures that head a study, and ``passed_over``, which would but for their doubts."""

    figures: Sequence[KeyFigure]
    passed_over: Sequence[KeyFigure]


@dataclass(frozen=True)
class Grave:
    """A doubt that could change a decision, and what of the study it is about."""

    doubt: Doubt
    side: Side


def headlines_of(reader: Reader) -> Mapping[str, Headline]:
    """What heads each study that prints a share of a primary or key outcome."""
    about = defaultdict(list)
    for doubt in doubts_of(reader):
        for side in doubt.sides:
            about[side.iri].append(doubt)
    figures = [KeyFigure(row, about[text(row, "result")]) for row in reader.select(SHARES)]
    return {
        study: headline(list(of_study))
        for study, of_study in groupby(figures, lambda figure: figure.text("study"))
    }


def headline(figures: Sequence[KeyFigure]) -> Headline:
    """Choose among the shares of one study, which come by outcome, depth and nearness.

    The arms of a comparison stand together: a set of which one share is gravely in doubt comes
    after those without, and what is left of it is shown where there is no other.
    """
    candidates = [
        list(alike)
        for _outcome, of_outcome in groupby(figures, lambda figure: figure.text("outcome"))
        for alike in alike_in(least_nested(of_outcome))
    ]
    order = {id(alike): at for at, alike in enumerate(candidates)}
    outcomes = dict.fromkeys(figure.text("outcome") for figure in figures)
    place = {outcome: at for at, outcome in enumerate(outcomes)}

    def preference(alike: Sequence[KeyFigure]) -> tuple[bool, bool, int, int, int]:
        return (
            all(figure.is_retold for figure in alike),
            any(figure.is_grave for figure in alike),
            place[alike[0].text("outcome")],
            -min(figure.gravest for figure in alike if not figure.is_grave),
            order[id(alike)],
        )

    usable = [alike for alike in candidates if not all(figure.is_grave for figure in alike)]
    chosen = min(usable, key=preference, default=[])
    return Headline(
        [figure for figure in chosen if not figure.is_grave][:ABREAST],
        [figure for alike in candidates for figure in alike if figure.is_grave],
    )


def least_nested(figures: Iterable[KeyFigure]) -> list[KeyFigure]:
    """Those of the groups that are drawn from the fewest others: no subgroup is the whole."""
    known = list(figures)
    return [figure for figure in known if figure.text("depth") == known[0].text("depth")]


def alike_in(figures: Sequence[KeyFigure]) -> Iterable[Sequence[KeyFigure]]:
    """Put together what is counted by one definition and printed by reports of one tier."""
    found: dict[tuple[str, str], list[KeyFigure]] = {}
    for figure in figures:
        found.setdefault((figure.text("rank"), figure.text("definition")), []).append(figure)
    return found.values()


def grave_of(reader: Reader, study: str, headline: Headline | None) -> list[Grave]:
    """What could change a decision of a study: first the doubts about what was passed over."""
    first = {figure.text("result") for figure in (headline.passed_over if headline else ())}
    grave = []
    for doubt in doubts_of(reader):
        own = [side for side in doubt.sides if any(link.iri == study for link in side.studies)]
        if doubt.weight.key == DECISIVE and own:
            grave.append(Grave(doubt, min(own, key=lambda side: side.iri not in first)))
    return sorted(grave, key=lambda it: (it.side.iri not in first, it.side.kind != "figure"))
