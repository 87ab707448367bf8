"""The rules by which the graph doubts itself, each by its key.

The arithmetic, the neighbours and the provenance of every figure are looked at; nothing is changed.
To add a rule: a function in the module of its subject, its row here, and its words in
``ontology/rules/<key>.ttl``.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from allograph.doubts.rules.dates.date_format import dates_of_two_readings
from allograph.doubts.rules.dates.dates import dates_in_order
from allograph.doubts.rules.dates.future import dates_after_records, days_to_come
from allograph.doubts.rules.dates.record_dates import dates_of_records
from allograph.doubts.rules.dates.times import plausible_times
from allograph.doubts.rules.effects.analysis_sets import analysis_sets_mixed
from allograph.doubts.rules.effects.claims import claims_turned_round, directions_left_out
from allograph.doubts.rules.effects.comparators import claims_without_estimate, comparators_outside
from allograph.doubts.rules.effects.effects import directions_and_arms, effects_and_arms
from allograph.doubts.rules.effects.levels import levels_and_p_values
from allograph.doubts.rules.effects.sides import (
    denominators_of_arms,
    figures_copied,
    sides_that_differ,
)
from allograph.doubts.rules.effects.significance import significance_and_intervals
from allograph.doubts.rules.effects.statistics import statistics_of_outcomes
from allograph.doubts.rules.effects.turned_round import ratios_turned_round
from allograph.doubts.rules.figures.ages import plausible_ages
from allograph.doubts.rules.figures.contradiction import differing_figures, figures_entered_twice
from allograph.doubts.rules.figures.counts import events_in_groups, shares_and_counts
from allograph.doubts.rules.figures.curves import (
    averages_and_curves,
    falling_survival,
    medians_and_curves,
)
from allograph.doubts.rules.figures.denominators import groups_without_size, shares_of_nobody
from allograph.doubts.rules.figures.derived_figures import derived_and_printed
from allograph.doubts.rules.figures.granularity import impossible_shares
from allograph.doubts.rules.figures.hierarchy import narrower_outcomes
from allograph.doubts.rules.figures.impossible import impossible_figures
from allograph.doubts.rules.figures.interval_fit import intervals_and_counts, lopsided_intervals
from allograph.doubts.rules.figures.later import later_and_smaller
from allograph.doubts.rules.figures.origins import origins_that_cannot_be, origins_that_differ
from allograph.doubts.rules.figures.parts_quoted import harms_in_windows, shares_of_parts
from allograph.doubts.rules.figures.spreads import estimates_and_intervals, values_and_ranges
from allograph.doubts.rules.figures.tolerances import tolerances_of_digits
from allograph.doubts.rules.figures.units import units_of_outcomes
from allograph.doubts.rules.flags.discrepancies import discrepancies_seen
from allograph.doubts.rules.flags.flag_places import flags_out_of_place
from allograph.doubts.rules.flags.flags import flags_of_neighbours, populations_ambiguous
from allograph.doubts.rules.flags.flags_demanded import (
    biases_of_groups,
    claims_beyond_figures,
    comments_without_flags,
    relations_inferred,
)
from allograph.doubts.rules.groups.drawn import groups_and_counts, wholes_of_parts
from allograph.doubts.rules.groups.families import sizes_of_families
from allograph.doubts.rules.groups.group_kinds import kinds_of_groups
from allograph.doubts.rules.groups.parts import parts_of_wholes
from allograph.doubts.rules.groups.selection import survivors_selected
from allograph.doubts.rules.groups.side_by_side import groups_side_by_side
from allograph.doubts.rules.groups.whole import outcomes_excluded, wholes_of_counts
from allograph.doubts.rules.labels.dates import dates_of_labels
from allograph.doubts.rules.labels.drugs import drugs_of_labels
from allograph.doubts.rules.labels.grades import grades_of_labels
from allograph.doubts.rules.labels.groups import groups_of_labels
from allograph.doubts.rules.labels.numbers import schedules_of_labels, times_of_labels
from allograph.doubts.rules.labels.opposites import claims_and_words
from allograph.doubts.rules.labels.outcomes import outcomes_of_counts, outcomes_of_labels
from allograph.doubts.rules.labels.people import people_of_labels
from allograph.doubts.rules.labels.qualifiers import qualifiers_of_labels
from allograph.doubts.rules.labels.regimens import broader_regimens, regimens_of_labels
from allograph.doubts.rules.labels.selection import selections_of_labels
from allograph.doubts.rules.labels.sides import sides_of_labels
from allograph.doubts.rules.labels.whole import wholes_of_labels
from allograph.doubts.rules.printed.locators import places_in_order
from allograph.doubts.rules.printed.printed import numbers_left_over, printed_units
from allograph.doubts.rules.printed.printed_parts import (
    bounds_of_forms,
    people_of_forms,
    ranges_of_forms,
)
from allograph.doubts.rules.printed.provenance import (
    background_statements,
    curated_registrations,
    loose_statistics,
    retold,
)
from allograph.doubts.rules.printed.repeated import repeated_numbers
from allograph.doubts.rules.printed.sentences import time_points_differ
from allograph.doubts.rules.records.addresses import identifiers_and_addresses
from allograph.doubts.rules.records.authors import authors_in_order
from allograph.doubts.rules.records.bibliography import places_of_reports
from allograph.doubts.rules.records.conditions import broader_conditions, conditions_of_studies
from allograph.doubts.rules.records.curated_values import papers_told_twice, values_of_curators
from allograph.doubts.rules.records.designs import designs_of_studies
from allograph.doubts.rules.records.disclosures import (
    interests_of_labels,
    organizations_of_disclosures,
)
from allograph.doubts.rules.records.doses import units_assumed, units_of_drugs, unusual_doses
from allograph.doubts.rules.records.identifiers import forms_of_identifiers
from allograph.doubts.rules.records.journals import numbers_of_papers
from allograph.doubts.rules.records.mechanism import (
    components_of_names,
    mechanisms_of_drugs,
    subjects_of_labels,
)
from allograph.doubts.rules.records.ontology_examples import examples_of_ontology
from allograph.doubts.rules.records.outcome_kinds import kinds_of_outcomes
from allograph.doubts.rules.records.overlap import one_sided_overlaps, suggested_overlaps
from allograph.doubts.rules.records.readings import figures_read_once, readings_that_differ
from allograph.doubts.rules.records.report_relations import relations_of_reports
from allograph.doubts.rules.records.schedules import doses_at_one_time, parts_of_one_group
from allograph.doubts.rules.records.shared_identifiers import identifiers_of_two, names_of_two
from allograph.doubts.rules.records.target_names import names_of_targets
from allograph.doubts.rules.rule import Doubt, Rule

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "authors-in-order": authors_in_order,
        "analysis-sets-mixed": analysis_sets_mixed,
        "average-and-curve": averages_and_curves,
        "background-statement": background_statements,
        "claim-and-printed": claims_and_words,
        "claim-beyond-figures": claims_beyond_figures,
        "claim-turned-round": claims_turned_round,
        "claim-without-estimate": claims_without_estimate,
        "comment-without-flag": comments_without_flags,
        "comparator-outside-population": comparators_outside,
        "condition-and-broader": broader_conditions,
        "condition-and-title": conditions_of_studies,
        "contradiction": differing_figures,
        "copied-figure": figures_copied,
        "curated-value": values_of_curators,
        "date-after-record": dates_after_records,
        "date-format": dates_of_two_readings,
        "day-to-come": days_to_come,
        "dates-in-order": dates_in_order,
        "denominator-of-arms": denominators_of_arms,
        "derived-and-printed": derived_and_printed,
        "design-and-groups": designs_of_studies,
        "direction-and-arms": directions_and_arms,
        "direction-left-out": directions_left_out,
        "disclosure-and-place": organizations_of_disclosures,
        "dose-unit": units_of_drugs,
        "discrepancy": discrepancies_seen,
        "doses-at-one-time": doses_at_one_time,
        "drawn-from-part": wholes_of_parts,
        "estimate-and-interval": estimates_and_intervals,
        "effect-and-arms": effects_and_arms,
        "events-within-group": events_in_groups,
        "example-of-ontology": examples_of_ontology,
        "families-add-up": sizes_of_families,
        "figure-without-denominator": shares_of_nobody,
        "flag-out-of-place": flags_out_of_place,
        "flags-alike": flags_of_neighbours,
        "granularity": impossible_shares,
        "group-and-count": groups_and_counts,
        "group-beside": groups_side_by_side,
        "group-kind": kinds_of_groups,
        "harm-window": harms_in_windows,
        "identifier-and-address": identifiers_and_addresses,
        "identifier-form": forms_of_identifiers,
        "identifier-and-journal": numbers_of_papers,
        "identifier-twice": identifiers_of_two,
        "interval-fits-counts": intervals_and_counts,
        "interval-symmetry": lopsided_intervals,
        "label-and-component": components_of_names,
        "label-and-date": dates_of_labels,
        "label-and-drug": drugs_of_labels,
        "label-and-grade": grades_of_labels,
        "label-and-group": groups_of_labels,
        "label-and-interest": interests_of_labels,
        "label-and-outcome": outcomes_of_labels,
        "label-and-people": people_of_labels,
        "label-and-place": places_of_reports,
        "label-and-qualifier": qualifiers_of_labels,
        "label-and-regimen": regimens_of_labels,
        "label-and-schedule": schedules_of_labels,
        "label-and-selection": selections_of_labels,
        "label-and-sides": sides_of_labels,
        "label-and-subject": subjects_of_labels,
        "label-and-time": times_of_labels,
        "label-and-whole": wholes_of_labels,
        "later-and-smaller": later_and_smaller,
        "level-and-p-value": levels_and_p_values,
        "locator-order": places_in_order,
        "mechanism": mechanisms_of_drugs,
        "median-and-curve": medians_and_curves,
        "name-twice": names_of_two,
        "origin-of-clock": origins_that_cannot_be,
        "origins-differ": origins_that_differ,
        "outcome-and-drawn": outcomes_of_counts,
        "outcome-and-kind": kinds_of_outcomes,
        "outcome-excluded": outcomes_excluded,
        "overlap-one-sided": one_sided_overlaps,
        "overlap-suggested": suggested_overlaps,
        "p-value-and-interval": significance_and_intervals,
        "partition-of-one-group": parts_of_one_group,
        "parts-of-whole": parts_of_wholes,
        "plausible-age": plausible_ages,
        "plausible-time": plausible_times,
        "population-ambiguous": populations_ambiguous,
        "paper-twice": papers_told_twice,
        "printed-bound": bounds_of_forms,
        "printed-form": numbers_left_over,
        "printed-people": people_of_forms,
        "printed-range": ranges_of_forms,
        "printed-so": impossible_figures,
        "printed-unit": printed_units,
        "read-once": figures_read_once,
        "readings-differ": readings_that_differ,
        "record-dates": dates_of_records,
        "regimen-and-broader": broader_regimens,
        "relation-inferred": relations_inferred,
        "ratio-turned-round": ratios_turned_round,
        "registration-curated": curated_registrations,
        "repeated-number": repeated_numbers,
        "report-relations": relations_of_reports,
        "retelling": retold,
        "same-figure-twice": figures_entered_twice,
        "selection-alike": biases_of_groups,
        "selection-bias": survivors_selected,
        "share-and-count": shares_and_counts,
        "share-of-part": shares_of_parts,
        "sides-alike": sides_that_differ,
        "size-not-stated": groups_without_size,
        "statistic-and-outcome": statistics_of_outcomes,
        "statistic-named-loosely": loose_statistics,
        "subset-outcome": narrower_outcomes,
        "survival-falls": falling_survival,
        "target-and-name": names_of_targets,
        "time-points-differ": time_points_differ,
        "tolerance-and-digits": tolerances_of_digits,
        "unit-assumed": units_assumed,
        "unit-of-outcome": units_of_outcomes,
        "unusual-dose": unusual_doses,
        "value-and-range": values_and_ranges,
        "whole-and-count": wholes_of_counts,
    }
)

__all__ = ["RULES", "Doubt", "Rule"]
