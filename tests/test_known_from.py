"""From which reports a study is known, where nobody read its primary report."""

import pytest

from allograph.rdf.terms import Literal, NamedNode
from allograph.reading.known_from import read_unread


class Rows:
    """A reader that was asked for the places of findings."""

    def __init__(self, *rows):
        self.rows = [
            {
                "study": NamedNode("study:a"),
                "rank": Literal(str(rank)),
                "label": Literal(label),
                "section": Literal(section),
            }
            for rank, label, section in rows
        ]

    def select(self, _query):
        return self.rows


@pytest.mark.parametrize(
    ("rows", "label"),
    [
        ([(1, "primary", "Results")], None),
        ([(1, "primary", "Abstract, Results"), (1, "primary", "Table 2")], None),
        ([(1, "primary", "Abstract")], "only the abstract of the primary report read"),
        ([(2, "abstract", "Results")], "primary report not read"),
        ([(7, "retelling", "Body")], "primary report not read"),
    ],
)
def test_a_study_says_whether_its_primary_report_was_read(rows, label):
    unread = read_unread(Rows(*rows)).get("study:a")
    assert (unread.label if unread else None) == label


def test_what_the_figures_come_from_is_named_the_nearest_first():
    unread = read_unread(Rows((7, "retelling", "Body"), (2, "abstract", "Results")))["study:a"]
    assert unread.explanation.endswith("They come from: abstract, retelling.")
