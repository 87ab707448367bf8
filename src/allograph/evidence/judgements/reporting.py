"""Publication and reporting bias, as outcomes that studies do not report suggest it.

What is missing may say something else, and small studies first of all (G. H. Guyatt et al., GRADE
guidelines 5, 10.1016/j.jclinepi.2011.01.011). The graph tells which studies of the same treatment,
in people of the same setting, give no figure of the outcome. Whether these measured it, and who
paid, is for a person to say; so are trials that nobody published.
"""

from __future__ import annotations

from allograph.evidence.judgements.certainty import PUBLICATION_BIAS, Step
from allograph.evidence.judgements.direct import ACROSS_TRIALS, short
from allograph.evidence.model import Evidence
from allograph.evidence.pooling.answers import Pool
from allograph.evidence.pooling.candidate import OTHER_PEOPLE
from allograph.evidence.pooling.traits import settings_of
from allograph.namespaces import key_of

OF_OTHERS = ACROSS_TRIALS | {"pooled-analysis"}
"""Designs of studies that count the people of other studies again."""
SHOWN = 4
"""So many studies are named in a reason."""


def publication_bias(pool: Pool, evidence: Evidence) -> Step:
    """One level down where more studies leave the outcome out than give it."""
    silent = silent_studies(pool, evidence)
    given = len(pool.studies)
    said = f"{given} of {given + len(silent)} studies of this treatment in this setting"
    if not silent:
        reason = f"{said} give the outcome; of studies that nobody published nothing is known."
        return Step(PUBLICATION_BIAS, 0, reason)
    named = [short(evidence.study_label(study)) for study in silent[:SHOWN]]
    more = f" and {len(silent) - SHOWN} more" if len(silent) > SHOWN else ""
    reason = f"{said} give the outcome; not {', '.join(named)}{more}."
    return Step(PUBLICATION_BIAS, -1 if len(silent) > given else 0, reason)


def silent_studies(pool: Pool, evidence: Evidence) -> list[str]:
    """Studies of the same treatment and setting without a figure of the outcome, by their key.

    Who shares people with a study of the pool is not silent: its people are counted there.
    """
    figures = [figure for row in pool.rows if (figure := evidence.figure(row.figure))]
    treatments = {_drugs(evidence, figure.group) for figure in figures} - {frozenset()}
    outcomes = {figure.outcome for figure in figures}
    settings = {settings_of(evidence, row.study) for row in pool.rows}
    counted = set(pool.studies)
    for study in pool.studies:
        counted |= evidence.related_studies.get(study, set())
    telling = {
        one.study
        for one in (*evidence.results.values(), *evidence.comparisons.values())
        if outcomes & evidence.broader(one.outcome)
    }
    return sorted(
        (
            study
            for study, groups in evidence.groups_of_study.items()
            if study in evidence.studies
            and study not in counted | telling
            and evidence.studies[study].design not in OF_OTHERS
            and settings_of(evidence, study) in settings
            and any(_drugs(evidence, group.iri) in treatments for group in groups)
        ),
        key=key_of,
    )


def _drugs(evidence: Evidence, group: str | None) -> frozenset[str]:
    """The drugs that people of a study were given; nothing of people of others."""
    known = evidence.groups.get(group or "")
    is_own = known is not None and known.grouping not in OTHER_PEOPLE
    return evidence.drugs(known) if known is not None and is_own else frozenset()
