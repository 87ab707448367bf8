"""The seconds of clients: who may ask, who has to wait, and for how long."""

from types import SimpleNamespace

import pytest

from allograph.web.http.clients import Clients
from allograph.web.http.problems import Problem

CLIENT = "192.0.2.1"


@pytest.fixture
def clock():
    return SimpleNamespace(now=1000.0)


@pytest.fixture
def clients(clock):
    return Clients(30, clock=lambda: clock.now, remembered=3)


def wait_of(clients, client):
    with pytest.raises(Problem) as caught:
        clients.admit(client)
    assert caught.value.code == 429
    return caught.value.members["retry_after"]


def test_a_client_may_use_the_seconds_of_a_minute_at_once_but_no_more(clients):
    clients.admit(CLIENT)
    clients.charge(CLIENT, 29.9)
    clients.admit(CLIENT)
    clients.charge(CLIENT, 0.2)
    assert wait_of(clients, CLIENT) > 0
    clients.admit("192.0.2.2")


@pytest.mark.parametrize("overdrawn", [0.0, 0.5, 10.0])
def test_a_client_that_waits_as_long_as_it_was_told_is_admitted(clients, clock, overdrawn):
    clients.charge(CLIENT, 30 + overdrawn)
    seconds = wait_of(clients, CLIENT)
    assert seconds == pytest.approx(overdrawn * 2, abs=1)
    clock.now += seconds - 1
    wait_of(clients, CLIENT)
    clock.now += 1
    clients.admit(CLIENT)


def test_a_bucket_never_holds_more_than_a_minute_gives(clients, clock):
    clients.charge(CLIENT, 1)
    clock.now += 10_000
    clients.charge(CLIENT, 30)
    wait_of(clients, CLIENT)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1", None, ""])
def test_a_client_on_this_machine_is_not_limited(clients, address):
    clients.charge(address, 10_000)
    clients.admit(address)
    assert len(clients) == 0


def test_without_a_rate_nobody_is_limited():
    clients = Clients(0)
    clients.charge(CLIENT, 10_000)
    clients.admit(CLIENT)
    assert len(clients) == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2001:db8::1", "2001:db8::ffff:2"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("unknown", "unknown"),
    ],
)
def test_addresses_of_one_client_share_a_bucket(clients, one, other):
    clients.charge(one, 40)
    wait_of(clients, other)


def test_two_networks_are_two_clients(clients):
    clients.charge("2001:db8:0:1::1", 40)
    clients.admit("2001:db8:0:2::1")


def test_only_so_many_clients_are_remembered_and_those_who_came_last_are(clients):
    for number in range(1, 10):
        clients.charge(f"192.0.2.{number}", 40)
    assert len(clients) == 3
    wait_of(clients, "192.0.2.9")
    clients.admit("192.0.2.1")
