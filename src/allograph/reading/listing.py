"""What there is to be named and found, of the release or else of the store that is set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from allograph.errors import close_to
from allograph.questions.question import Question
from allograph.reading.reader import Reader
from allograph.reading.search import Search
from allograph.release.catalogue import Entry, of_kind, read_catalogue
from allograph.release.searchable import items
from allograph.release.statements import broader, statements


def entries(reader: Reader) -> tuple[Entry, ...]:
    """All records and concepts."""
    return reader.release.entries if reader.is_release else reader.once(read_entries)


def read_entries(reader: Reader) -> tuple[Entry, ...]:
    """Read the entries of a store that is not the release."""
    return read_catalogue(reader.store)


def entries_of(reader: Reader, kind: str) -> list[Entry]:
    """The records of a kind, or the concepts of a scheme, by label."""
    return of_kind(entries(reader), kind)


def near(key: str, known: Iterable[str]) -> list[str]:
    """The keys that were probably meant."""
    return close_to(key, known, 3)


def search(reader: Reader) -> Search:
    """The search of all that can be found; the first who asks for it has it made."""
    return reader.once(read_search)


def read_search(reader: Reader) -> Search:
    """Make the search."""
    if reader.is_release:
        release = reader.release
        return Search(release.items, release.statements, release.broader, reader.questions)
    found = items(reader.store, entries(reader), reader.questions.values())
    return Search(found, statements(reader.store), broader(reader.store), reader.questions)


# What the records of a kind are called where there are several; the others take an s.
PLURALS = {
    "study": "studies",
    "family": "families of populations",
    "reading": "second readings",
    "lead": "trials not yet read",
    "lookup": "searches",
    "discrepancy": "discrepancies",
}


def plural_of(kind: str) -> str:
    """What the records of a kind are called in words."""
    return PLURALS.get(kind, f"{kind}s")


@dataclass(frozen=True)
class Topic:
    """A topic of questions: its anchor, what it is called, and the tags that put one under it."""

    key: str
    label: str
    tags: frozenset[str]
    is_clinical: bool = True


# In the order in which a clinician asks: does it work, for how long, what then, at what price.
TOPICS = (
    Topic("response", "Response and remission", frozenset({"efficacy", "remission", "MRD"})),
    Topic("survival", "Survival", frozenset({"survival"})),
    Topic("transplant", "Transplant", frozenset({"transplant"})),
    Topic("harms", "Harms", frozenset({"safety"})),
    Topic("comparisons", "One treatment or another", frozenset({"comparison", "figures"})),
    Topic(
        "studies",
        "Studies, people and doses",
        frozenset({"study", "population", "dose", "drug", "target"}),
    ),
    Topic(
        "curators",
        "For curators and reviewers",
        frozenset(
            {"coverage", "doubt", "denominator", "gap", "identifier", "overlap", "provenance"}
        ),
        is_clinical=False,
    ),
)
OTHERS = TOPICS[-1]
"""Where a question stands of which no tag is known."""


def topic_of(question: Question) -> Topic:
    """The topic of the first tag of a question that a topic knows."""
    return next((topic for tag in question.tags for topic in TOPICS if tag in topic.tags), OTHERS)


def by_topic(known: Mapping[str, Question]) -> dict[Topic, list[Question]]:
    """Put each question under its topic; topics in their order, none of them empty."""
    topics: dict[Topic, list[Question]] = {topic: [] for topic in TOPICS}
    for question in known.values():
        topics[topic_of(question)].append(question)
    return {topic: asked for topic, asked in topics.items() if asked}


def clinical(topics: Mapping[Topic, Sequence[Question]]) -> int:
    """How many of the questions are a clinician's."""
    return sum(len(asked) for topic, asked in topics.items() if topic.is_clinical)
