"""Pages of families: who was counted with whom, in words and as bars, and on the studies' pages."""

import html
import re

import pytest
from test_families import PREFIXES, SERIES, TRIALS, shared, study

from allograph.drawings.diagrams import families as drawing
from allograph.drawings.lettering import width_of
from allograph.namespaces import BASE, Namespaces
from allograph.rdf.turtle import parse_turtle
from allograph.reading.described import nodes_of
from allograph.reading.families import Told, by_others, clause_of, proved
from allograph.reading.names import Name, Names

PROVED = "164 (INO-VATE) + 72 (InO 1010) = 236 treated"
AGAIN = "77 (INO-VATE) + 24 (InO 1010) = 101 transplanted"


def text_of(client, address):
    page = client.get(address, headers={"Accept": "text/html"})
    assert page.status_code == 200
    apart = page.text.replace("</dt>", " ")
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", apart)).split())


@pytest.fixture
def told():
    """The shared people of some pieces, as ``Told``, with the nodes and names."""

    def tell(*pieces):
        namespaces = Namespaces({"ag": f"{BASE}ontology#"})
        triples = parse_turtle((PREFIXES + "\n".join(pieces)).encode(), "x.ttl").triples
        nodes = nodes_of(triples, namespaces)
        names = Names({iri: Name(node.label) for iri, node in nodes.items()}, namespaces)
        found = [
            Told(one, f"{BASE}family/f", (), (), frozenset(), clause_of(one, nodes, names))
            for one in nodes.instances("SharedPeople")
        ]
        return found, nodes, names

    return tell


@pytest.mark.parametrize(
    ("pieces", "clauses"),
    [
        (TRIALS, ["164 (t) + 72 (u) = 236 treated", "77 (t) + 24 (u) = 101 transplanted"]),
        (SERIES,
         ["46 (s46) within 52 (s52) within 58 (s58) within 75 (s75) within 80 (s80) series"]),
        ((study("a", 9), study("b"), shared("Both", "partial", between="a b")),
         ["9 (a) and ? (b) both, some in common"]),
        ((study("a", 9), study("b", 4), shared("Part", "nested", whole="a", part="b")),
         ["4 (b) within 9 (a) part"]),
        ((study("a", 9), study("b"), shared("Ages", "apart", between="a b")),
         ["9 (a) and ? (b) ages, nobody in common"]),
        ((study("a", 9), study("b"),
          shared("Ages", "apart", between="a b").replace("#all", "")),
         ["a and b ages, nobody in common"]),
        ((study("a", 9), study("b", 9), shared("Again", "same", between="a b")),
         ["9 (a) and 9 (b) are the same again"]),
        ((study("a", 9), study("b", 4), study("c", 4),
          shared("Sum", "pooled", whole="a", part="b c")),
         ["4 (b) + 4 (c) is not 9 sum"]),
    ],
)  # fmt: skip
def test_shared_people_are_told_in_a_clause(told, pieces, clauses):
    assert [one.clause for one in told(*pieces)[0]] == clauses


def test_the_parts_of_a_pool_are_together_as_long_as_the_pool(told):
    for block in drawing.draw_family(*told(*TRIALS)).blocks:
        whole, *parts = block.bars
        assert whole.is_whole
        assert sum(part.width for part in parts) == pytest.approx(whole.width, abs=0.2)
        assert [part.x for part in parts] == pytest.approx(
            [whole.x, whole.x + parts[0].width], abs=0.2
        )


@pytest.mark.parametrize("pieces", [TRIALS, SERIES, (study("a"), study("b"), shared("x", "partial", between="a b"))])  # fmt: skip  # noqa: E501
def test_bars_and_words_stay_in_the_drawing_and_apart(told, pieces):
    drawn = drawing.draw_family(*told(*pieces))
    below = 0.0
    for bar in (bar for block in drawn.blocks for bar in block.bars):
        assert bar.lines[0][0] > below
        assert bar.y >= bar.lines[-1][0]
        assert 0 <= bar.x < bar.x + bar.width <= drawn.width
        assert all(width_of(text, drawing.FONT) <= drawing.WIDTH - 50 for _y, text in bar.lines)
        below = bar.y + drawing.BAR_HEIGHT
    assert below < drawn.height


def test_a_size_that_is_not_known_is_drawn_as_open(told):
    drawn = drawing.draw_family(*told(study("a", 9), study("b"), shared("x", "nested", whole="a", part="b")))  # fmt: skip  # noqa: E501
    assert [(bar.size, bar.is_open) for bar in drawn.blocks[0].bars] == [
        ("9", False),
        ("n = ?", True),
    ]


def test_what_is_proved_is_told_before_what_is_not(told):
    found, *_rest = told(*TRIALS, f"f:treated ag:proof <{BASE}proof/one-sum> .",
        f"f:transplanted ag:proof <{BASE}proof/arithmetic> .")  # fmt: skip
    assert [key.rpartition("/")[2] for key, _ones in proved(found)] == ["arithmetic", "one-sum"]


def test_a_trial_is_told_of_the_pool_and_not_of_the_other_trial(told):
    pairs = frozenset({("pool", "t"), ("pool", "u")})
    one = Told(told(*TRIALS)[0][0].shared, "f", (), ("pool", "t", "u"), pairs, "")
    assert by_others([one], "t") == {("pool",): [one]}
    assert by_others([one], "pool") == {("t", "u"): [one]}
    assert by_others([one], "v") == {}


def test_the_page_of_a_family_says_what_proves_it_and_draws_its_groups(client):
    page = text_of(client, "/family/ino-vate-and-1010")
    assert f"Proved by arithmetic {PROVED}; {AGAIN}." in page
    assert "No text that was read says so" in page
    source = client.get("/family/ino-vate-and-1010", headers={"Accept": "text/html"}).text
    svg = re.search(r'<svg class="family".*?</svg>', source, re.DOTALL)[0]
    for part in ("ino-hsct-pooled#all", "ino-vate#ino-treated", "ino-1010#transplanted"):
        assert f'href="/study/{part}"' in svg
    assert 'id="treated"' in source
    assert "Results by outcome" not in page


@pytest.mark.parametrize(
    ("key", "other"),
    [
        ("ino-vate", "Transplant after inotuzumab ozogamicin: 236 treated"),
        ("ino-1010", "Transplant after inotuzumab ozogamicin: 236 treated"),
        ("ino-hsct-pooled", "InO 1010: inotuzumab ozogamicin once a week and INO-VATE:"),
    ],
)
def test_the_page_of_a_study_says_with_whom_it_shares_people(client, key, other):
    page = text_of(client, f"/study/{key}")
    assert f"Counts the same people as {other}" in page
    assert PROVED in page
    assert AGAIN in page
    assert "May share people with" not in page
    assert "Counted again in" not in page


def test_a_study_of_no_family_says_nothing_of_one(client):
    assert "Counts the same people as" not in text_of(client, "/study/neuf")


def test_the_old_claim_of_an_overlap_leads_to_the_family(client):
    page = client.get("/study/ino-hsct-pooled.nt").text
    assert "ino-vate-and-1010#treated" in page


def test_a_row_without_a_place_has_no_line_below_it(client):
    """Sums stand in no report: there is nothing to say of where."""
    page = client.get("/questions/families", headers={"Accept": "text/html"}).text
    assert "proved by arithmetic" in page
    assert not re.search(r'class="behind"><td[^>]*><div>(?!\s*<details)', page)
