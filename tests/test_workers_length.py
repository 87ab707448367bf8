"""A query is long for the work that it makes, and not because the machine is busy."""

import os
from pathlib import Path

import pytest

from allograph.workers.length import Length, seconds_of_work

MOMENT = 1.0


def lengths(work, times):
    """Whether a query is long at each of some times, if its worker has worked so much by then."""
    told = iter(work)
    length = Length(1, lambda _pid: next(told))
    return [length.is_long(elapsed, MOMENT) for elapsed in times]


def test_a_query_is_quick_until_the_moment_is_over():
    assert lengths([], [0, 0.5, 1]) == [False, False, False]


def test_a_query_whose_worker_goes_on_working_is_long():
    assert lengths([7.0, 7.02, 7.05], [1.01, 1.06, 1.11]) == [False, False, True]


def test_a_query_whose_worker_has_no_turn_is_not_long_for_that():
    assert lengths([7.0, 7.0, 7.01], [1.01, 1.5, 2.9]) == [False, False, False]


def test_a_query_that_waits_for_another_service_is_long_after_a_while():
    assert lengths([7.0, 7.0], [1.01, 3.1]) == [False, True]


def test_without_word_of_the_system_the_clock_decides():
    assert lengths([None], [1.01]) == [True]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="there is no /proc here")
def test_the_work_of_a_process_is_what_the_system_tells():
    before = seconds_of_work(os.getpid())
    total = os.times()
    assert before == pytest.approx(total.user + total.system, abs=0.5)
    assert seconds_of_work(2**22 + 1) is None
