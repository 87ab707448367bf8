"""Figures as journals print them: what is right passes every check, and one wrong number is told.

The forms stand in ``printed-forms.txt``; ``printed_forms`` makes a study and a text of them.
"""

from dataclasses import replace
from itertools import zip_longest

import pytest
from approve import SNAPSHOT
from printed_forms import FORMS, PATH, PROPERTIES, STUDY, study_of

from allograph.checks.counted import count_numbers
from allograph.checks.reach import Reach
from allograph.checks.shapes import validate
from allograph.checks.verify import verify
from allograph.doubts.ledger import find_doubts
from allograph.evidence import evidence_of

pytestmark = pytest.mark.slow

OF_NO_FORM = {"figure-without-denominator", "size-not-stated", "read-once"}
"""Rules about people whose number is not printed, and about readers, whatever the form."""
OF_THE_STUDY = {"verify:design", "verify:condition"}


def told_of(made):
    """What rules and shapes say of each node of a study."""
    told = {}
    evidence = evidence_of(made.loaded.nodes)
    for finding in find_doubts(evidence):
        if finding.rule.key not in OF_NO_FORM and finding.doubt.about.startswith(STUDY):
            told.setdefault(finding.doubt.about, set()).add(finding.doubt.message)
    for result in validate(made.loaded, SNAPSHOT.shapes, Reach(made.loaded, frozenset([PATH]))):
        told.setdefault(result.focus_node, set()).add(f"{result.message} {result.value}")
    return told


def test_the_table_is_of_many_journals():
    assert len(FORMS) >= 60
    assert len({form.printed for form in FORMS}) == len(FORMS)


def test_a_figure_that_is_entered_right_passes_however_it_is_printed():
    made = study_of(FORMS)
    told = told_of(made)
    by_form = {form.printed: told.get(made.node(place)) for place, form in enumerate(FORMS)}
    assert {printed: messages for printed, messages in by_form.items() if messages} == {}
    assert told == {}


def test_the_place_of_each_form_is_proved_and_each_of_its_numbers_is_entered(tmp_path):
    made = study_of(FORMS)
    (tmp_path / "made-up.txt").write_bytes(made.text.encode())
    verification = verify(made.loaded, tmp_path, [PATH])
    assert {one.rule for one in verification.results} <= OF_THE_STUDY
    assert verification.proved == verification.locators >= len(FORMS)
    counted = count_numbers(made.loaded, verification.reads.values())
    assert [(one.message, one.value) for one in counted.results] == []


def test_one_wrong_number_of_a_form_is_told():
    tried, untold = set(), []
    # What two nodes with one printed form enter counts for both, so each study has a form once.
    for slips in zip_longest(*(form.slips() for form in FORMS)):
        made = study_of([slip for _name, slip in filter(None, slips)])
        told = told_of(made)
        for place, (name, slip) in enumerate(filter(None, slips)):
            tried.add(name)
            if made.node(place) not in told:
                untold.append((slip.printed, name, slip.entered[name]))
    assert untold == []
    assert tried == set(PROPERTIES)


def test_a_bound_of_a_p_value_that_is_printed_otherwise_is_told():
    forms = [form for form in FORMS if "p" in form.entered]
    turned = [replace(form, entered=_with_other_bound(form.entered)) for form in forms]
    made = study_of(turned)
    told = told_of(made)
    assert [one.printed for place, one in enumerate(turned) if made.node(place) not in told] == []


def _with_other_bound(entered):
    is_bound = "pbound" in entered
    return {name: value for name, value in entered.items() if name != "pbound"} | (
        {} if is_bound else {"pbound": "less-than"}
    )
