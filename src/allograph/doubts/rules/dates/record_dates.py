"""The days on which files are said to have been made, against each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from allograph.doubts.rules.dates.dates import Period, period, say
from allograph.doubts.rules.rule import Doubt
from allograph.evidence import Evidence
from allograph.namespaces import key_of
from allograph.rdf.vocabularies import DCTERMS

MODIFIED = DCTERMS.modified
FAR = timedelta(days=5 * 366)
"""A file that was made so long before or after every other has a wrong digit."""


def dates_of_records(evidence: Evidence) -> Iterator[Doubt]:
    """A file that was changed before it was made, or is years away from every other file."""
    dated: list[tuple[str, str, Period]] = []
    for graph in evidence.instances("RecordGraph"):
        days = {name: period(graph.value(name)[:10]) for name in (DCTERMS.created, MODIFIED)}
        made, changed = days[DCTERMS.created], days[MODIFIED]
        if made and changed and changed[1] < made[0]:
            message = f"It was changed {say(changed)}, before it was made {say(made)}."
            yield Doubt(graph.iri, message, graph.value(MODIFIED))
        dated += [(graph.iri, name, when) for name, when in days.items() if when]
    count = Counter(when[0] for _iri, _name, when in dated)
    ordered = sorted(count)
    for iri, name, when in dated:
        if len(ordered) < 2 or count[when[0]] > 1 or when[0] not in (ordered[0], ordered[-1]):
            continue
        nearest = ordered[1] if when[0] == ordered[0] else ordered[-2]
        if abs(when[0] - nearest) > FAR:
            message = f"It was {key_of(name)} {say(when)}, years away from every other file."
            yield Doubt(iri, message, str(when[0]))
