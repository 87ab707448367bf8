"""A walk from IRI to IRI comes to each once, the nearest first."""

from itertools import islice

from allograph.rdf.walk import walk

WAYS = {"a": ["b", "c"], "b": ["d"], "c": ["d", "a"], "d": ["e"]}


def test_the_nearest_come_first_and_each_once_though_there_is_a_circle():
    assert list(walk(["a"], lambda iri: WAYS.get(iri, ()))) == ["a", "b", "c", "d", "e"]


def test_from_nowhere_nothing_is_reached():
    assert list(walk([], lambda iri: WAYS[iri])) == []


def test_who_stops_listening_has_no_more_steps_made():
    asked = []

    def further(iri):
        asked.append(iri)
        return WAYS[iri]

    assert list(islice(walk(["a"], further), 2)) == ["a", "b"]
    assert asked == ["a"]
