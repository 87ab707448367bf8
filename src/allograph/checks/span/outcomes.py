"""Which outcome the words name, against ``ag:outcome``.

Of names that overlap the longest counts. The span decides, and the sentence where the span names
none. An outcome that made the group is no candidate: of those in remission, none is counted again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from allograph.checks.span.names import FORMS
from allograph.checks.span.reading import Reading, Told
from allograph.curated.results import Severity
from allograph.evidence.records import Comparison, Result
from allograph.namespaces import key_of
from allograph.rdf.vocabularies import OUTCOME, SKOS

GENERAL = frozenset({"baseline", "conduct", "adverse-event", "treatment-failure"})
"""Outcomes that a word of a text seldom means."""
TRANSPLANTS = frozenset({OUTCOME["transplant"], OUTCOME["hsct-receipt"]})
WIDE = frozenset({"survival", "response", "ongoing-remission"})
"""Outcomes whose names stand in the names of others."""
ALLOGENEIC = re.compile(r"\ballo(?:geneic|-|HCT|HSCT|SCT)", re.IGNORECASE)
BARE = {"survival": "overall-survival", "response": "overall-response"}
"""What a bare word means, where the text says no more."""


def outcomes(reading: Reading) -> Iterator[Told]:
    """A figure whose words name another outcome, and not its own."""
    for place in reading.by_class["Figure"]:
        figure = reading.figure(place)
        if figure.outcome is None:
            continue
        made = _made_by(reading, figure)
        named: set[str] = set()
        for text in place.scopes:
            found = set(reading.names.named(text, "outcome")) - made
            named = {iri for iri in found if key_of(iri) not in GENERAL}
            if named:
                break
        if not named or any(_fits(reading, iri, figure.outcome) for iri in named):
            continue
        is_bare = all(_is_above(reading, iri, figure.outcome) for iri in named)
        message = (
            f"The outcome is {reading.names.labels({figure.outcome})} here, and the text names "
            f"{reading.names.labels(named)}: correct ag:outcome, or add the synonym to its record."
        )
        grave = Severity.WARNING if is_bare else Severity.VIOLATION
        yield Told(place.node.iri, "outcome", message, place.sentence, grave)


def selections(reading: Reading) -> Iterator[Told]:
    """A group that another outcome made than its span names."""
    for place in reading.of("StudyGroup"):
        group = reading.evidence.groups[place.node.iri]
        made = group.selected_by | group.without
        named = set(reading.names.named(place.span, "outcome"))
        said = {iri for iri in named if key_of(iri) not in WIDE}
        for one in reading.evidence.ancestors(group.iri):
            said -= one.selected_by | one.without
        is_transplant = not named and bool(reading.names.named(place.span, "procedure"))
        if is_transplant and made.isdisjoint(TRANSPLANTS):
            said = {OUTCOME["transplant"]}
        if made and said and not any(_fits(reading, iri, one) for iri in said for one in made):
            message = (
                f"It is made by {reading.names.labels(made)} here, and the text names "
                f"{reading.names.labels(said)}: correct ag:selectedBy."
            )
            yield Told(place.node.iri, "selection", message, place.span)


def transplants(reading: Reading) -> Iterator[Told]:
    """A transplant that is allogeneic here or in the text, and not in both."""
    for place in (*reading.of("StudyGroup"), *reading.of("Result")):
        if group := reading.evidence.groups.get(place.node.iri):
            made = group.selected_by | group.without
        else:
            made = frozenset({reading.evidence.results[place.node.iri].outcome or ""})
        if OUTCOME["hsct-receipt"] in made and not ALLOGENEIC.search(place.prose.text):
            message = "The transplant is allogeneic here, and the text does not say so: correct it."
            yield Told(place.node.iri, "transplant", message, place.sentence)
        elif OUTCOME["transplant"] in made and ALLOGENEIC.search(place.span):
            message = "The transplant is allogeneic in the text, and of no kind here: correct it."
            yield Told(place.node.iri, "transplant", message, place.sentence)


def reasons(reading: Reading) -> Iterator[Told]:
    """Outcomes that a figure is about, against those that its span names beside its own."""
    for place in reading.of("Result"):
        about = {iri for iri in place.node.iris("about") if "/outcome/" in iri}
        own = reading.evidence.results[place.node.iri].outcome
        if not about:
            continue
        named = set(reading.names.named(place.span, "outcome")) - {own}
        if missing := about - named:
            message = f"It is about {reading.names.labels(missing)}, which the span does not name."
            yield Told(place.node.iri, "about", message, place.span)
        more = {iri for iri in named - about if key_of(iri) not in GENERAL | WIDE}
        if more := {iri for iri in more if not any(_says(reading, one, iri) for one in about)}:
            message = f"The span names {reading.names.labels(more)}, too: enter ag:about."
            yield Told(place.node.iri, "about", message, place.span, Severity.WARNING)


def _fits(reading: Reading, named: str, outcome: str) -> bool:
    """Whether a name goes with an outcome: it is it, or a word of its label, or bare for it."""
    if named == outcome:
        return True
    if bare := BARE.get(key_of(named)):
        return outcome == OUTCOME[bare] or _says(reading, named, outcome)
    return _says(reading, named, outcome) or (
        _is_above(reading, named, outcome)
        and f"outcome/{key_of(outcome)}" not in FORMS
        and not reading.evidence.nodes.of(named).iris(SKOS.broader)
    )


def _says(reading: Reading, named: str, outcome: str) -> bool:
    """Whether the label of an outcome names another as a part: death from VOD/SOS."""
    return reading.names.is_part(named, reading.names.label(outcome))


def _is_above(reading: Reading, named: str, outcome: str) -> bool:
    return named in reading.evidence.broader(outcome)


def _made_by(reading: Reading, figure: Result | Comparison) -> set[str]:
    """The outcomes that made the group, or one that it was drawn from."""
    group = reading.evidence.groups.get(figure.group or "")
    groups = [*([group] if group else []), *reading.evidence.ancestors(figure.group)]
    made = {iri for one in groups for iri in (one.selected_by | one.without)}
    if OUTCOME["overall-response"] in made:
        made.add(OUTCOME.response)
    return made
