"""CURIEs and IRIs, there and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allograph.namespaces import BASE, Namespaces, key_of

NAMESPACES = Namespaces(
    {"study": f"{BASE}study/", "ag": f"{BASE}ontology#", "base": BASE, "xsd": "http://xsd#"}
)


def test_a_curie_stands_for_an_iri():
    assert NAMESPACES.expand("study:ino-vate") == f"{BASE}study/ino-vate"


@pytest.mark.parametrize("text", ["ino-vate", "nosuch:ino-vate", "https://example.org/x"])
def test_what_has_no_declared_prefix_is_no_curie(text):
    assert NAMESPACES.expand(text) is None


def test_the_longest_namespace_gives_the_curie():
    assert NAMESPACES.compact(f"{BASE}study/ino-vate#cr-ino") == "study:ino-vate#cr-ino"


def test_an_iri_of_nobody_stays_as_it_is():
    assert NAMESPACES.compact("https://example.org/x") == "https://example.org/x"


@given(st.sampled_from(["study", "ag", "xsd"]), st.text(min_size=1))
def test_an_iri_that_is_compacted_can_be_expanded_again(prefix, reference):
    iri = NAMESPACES[prefix] + reference
    assert NAMESPACES.expand(NAMESPACES.compact(iri)) == iri


def test_prefixes_are_listed_in_order():
    assert [prefix for prefix, _ in NAMESPACES.items()] == ["ag", "base", "study", "xsd"]


@pytest.mark.parametrize(
    ("iri", "key"),
    [
        (f"{BASE}study/ino-vate", "ino-vate"),
        (f"{BASE}study/ino-vate#cr-ino", "ino-vate#cr-ino"),
        (f"{BASE}ontology#Study", "Study"),
        ("http://purl.org/dc/terms/title", "title"),
    ],
)
def test_a_key_is_the_last_part_of_an_iri(iri, key):
    assert key_of(iri) == key
