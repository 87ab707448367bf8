"""What a node says, held against the words of its span, of the sentence around it and of the text.

``CHECKS`` is the list: to add a check, write a function in the module of its subject and its row
here. A check looks at proved places only, and words it looks for are tables at the top of its
module, or the labels and synonyms of the graph, so that a new drug or outcome needs no code.
Whatever the text does not say, and only that, is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from allograph.checks.span.assessors import assessors
from allograph.checks.span.attribution import (
    orders,
    orders_of_doses,
    people_behind_numbers,
    shared_numbers,
    shared_sizes,
)
from allograph.checks.span.bounds import bounds
from allograph.checks.span.citations import citations
from allograph.checks.span.claims import claims, labels
from allograph.checks.span.companies import (
    companies,
    disclosers,
    interests,
    organizations_of_claims,
)
from allograph.checks.span.cutoffs import cutoffs
from allograph.checks.span.dates import dates
from allograph.checks.span.definitions import definitions
from allograph.checks.span.directions import directions
from allograph.checks.span.flags import flags
from allograph.checks.span.identifiers import identifiers, orcids
from allograph.checks.span.origins import origins
from allograph.checks.span.outcomes import outcomes, reasons, selections, transplants
from allograph.checks.span.people import authors
from allograph.checks.span.reading import Reading, Told
from allograph.checks.span.schedule import cycles_of_results, doses
from allograph.checks.span.sides import sides
from allograph.checks.span.significance import significance
from allograph.checks.span.statistic import statistics
from allograph.checks.span.studies import studies
from allograph.checks.span.times import grades, time_points
from allograph.checks.span.treatments import (
    comparators,
    doses_of_groups,
    drugs_of_doses,
    regimens,
    things_of_claims,
)
from allograph.checks.span.units import units
from allograph.checks.span.wording import wording

CHECKS: tuple[Callable[[Reading], Iterable[Told]], ...] = (
    significance,
    statistics,
    sides,
    time_points,
    grades,
    doses,
    cycles_of_results,
    units,
    bounds,
    origins,
    companies,
    interests,
    disclosers,
    organizations_of_claims,
    drugs_of_doses,
    regimens,
    doses_of_groups,
    comparators,
    things_of_claims,
    directions,
    claims,
    labels,
    outcomes,
    definitions,
    assessors,
    cutoffs,
    selections,
    transplants,
    reasons,
    shared_numbers,
    shared_sizes,
    people_behind_numbers,
    orders,
    orders_of_doses,
    identifiers,
    orcids,
    dates,
    citations,
    authors,
    studies,
    wording,
    flags,
)


def read_spans(reading: Reading) -> Iterator[Told]:
    """What all checks tell, each once."""
    yield from dict.fromkeys(told for check in CHECKS for told in check(reading))
