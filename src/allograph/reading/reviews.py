"""Which reviews include which studies, as a matrix, and how much they overlap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from allograph.reading.coverage import answer_of
from allograph.reading.reader import Reader, text
from allograph.reading.weighed.doubts import Link
from allograph.synthesis.overlap import CoveredArea, Pair, covered_area, pairs

QUESTION = "reviews-and-studies"


@dataclass(frozen=True)
class Reviews:
    """The reviews, the studies that they include, and how, by both their IRIs."""

    reviews: Sequence[Link]
    studies: Sequence[Link]
    how: Mapping[tuple[str, str], str]
    area: CoveredArea
    pairs: Sequence[Pair]

    def label(self, iri: str) -> str:
        """What a review is called."""
        return next(review.label for review in self.reviews if review.iri == iri)

    def times(self, study: Link) -> int:
        """In how many reviews a study is."""
        return sum((review.iri, study.iri) in self.how for review in self.reviews)


def read_reviews(reader: Reader) -> Reviews:
    """Ask which review includes which study; those that most include come first."""
    rows = answer_of(reader, QUESTION)
    included: dict[str, list[str]] = {}
    names: dict[str, Link] = {}
    how: dict[tuple[str, str], str] = {}
    for row in rows:
        review = Link(text(row, "review"), text(row, "review_label"))
        study = Link(text(row, "included_study"), text(row, "included_label"))
        names |= {review.iri: review, study.iri: study}
        included.setdefault(review.iri, []).append(study.iri)
        how[review.iri, study.iri] = _how(text(row, "how"), text(row, "figures"))
    by_review = dict(sorted(included.items(), key=lambda item: (-len(set(item[1])), item[0])))
    times = {iri: sum(iri in set(studies) for studies in by_review.values()) for iri in names}
    studies = dict.fromkeys(iri for of_review in by_review.values() for iri in of_review)
    return Reviews(
        reviews=[names[iri] for iri in by_review],
        studies=[names[iri] for iri in sorted(studies, key=lambda iri: (-times[iri], iri))],
        how=how,
        area=covered_area(by_review),
        pairs=list(pairs(by_review)),
    )


def _how(words: str, figures: str) -> str:
    """How a study is included, in a word for a place of the matrix."""
    if figures:
        return f"{figures} {'figure' if figures == '1' else 'figures'}"
    return "named" if words.startswith("named") else "compared"
