"""The watch over one query ends it at its deadline and not sooner, and when its client is gone."""

import pytest

from allograph.errors import ClientGone, DeadlineExceeded
from allograph.workers.patience import SLICE, Patience, Watch


class Clock:
    """A clock that is set by hand."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


def test_a_query_has_all_its_time_and_no_more():
    clock = Clock()
    watch = Watch(Patience(2), clock)
    clock.now += 2
    watch.check()
    assert watch.elapsed() == 2
    clock.now += 0.001
    with pytest.raises(DeadlineExceeded, match="longer than 2 seconds"):
        watch.check()


def test_a_client_is_looked_for_once_in_a_slice():
    clock, looks = Clock(), []
    watch = Watch(Patience(60, is_gone=lambda: bool(looks.append(clock.now))), clock)
    for _ in range(10):
        clock.now += SLICE / 4
        watch.check()
    assert len(looks) == 2


def test_who_is_gone_waits_no_longer():
    clock = Clock()
    watch = Watch(Patience(60, is_gone=lambda: True), clock)
    watch.check()
    clock.now += 2 * SLICE
    with pytest.raises(ClientGone):
        watch.check()
