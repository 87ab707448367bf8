"""Search the release: ``/search?q=InO`` as a page, ``/search.json?q=InO`` for scripts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, Response, render_template, request, url_for

from allograph.errors import AllographError
from allograph.namespaces import KINDS
from allograph.reading import listing
from allograph.reading.citation import NOTICE
from allograph.reading.search import LONGEST_REQUEST, Findings, Hit, by_kind
from allograph.text.numerals import whole_number
from allograph.text.words import WORD
from allograph.web.http.negotiate import (
    JSON,
    PAGE,
    Offer,
    choose,
    offers,
    respond_json,
    respond_page,
)
from allograph.web.http.problems import Problem
from allograph.web.links import href
from allograph.web.service import current_reader

blueprint = Blueprint("search", __name__)

FOUND: Offer = (PAGE, JSON)

RULES_AND_TERMS = "rules-and-terms"
"""The kind of all that stands apart: rules, flags, terms, the words of closed lists."""

HAVE_KEYS = {*KINDS, "question"}
"""Kinds of which an address names one by its key."""
LIMIT = 30
MOST = 200
NEAR = 5
LONGEST = LONGEST_REQUEST
"""Characters of a request that are read."""
LONGEST_ADDRESS, MOST_WORDS = 80, 4
"""Characters, and words, that are read of an address that is none."""


@dataclass(frozen=True)
class Asked:
    """What is searched for, among which kind (any, if empty), and how many hits are wanted.

    ``RULES_AND_TERMS`` is a kind, too.
    """

    words: str
    kind: str
    limit: int


@blueprint.get("/search")
@blueprint.get("/search.<suffix>")
@offers(FOUND)
def search(suffix: str | None = None) -> Response:
    """Find records, groups, concepts, terms and questions by their names and synonyms."""
    chosen = choose(FOUND, suffix)
    asked = read_request()
    index = listing.search(current_reader())
    findings = index.find(asked.words)
    if not chosen.is_page:
        return respond_json(describe(asked, findings))
    hits = shown(asked, findings)
    return respond_page(
        render_template(
            "search.html",
            asked=asked,
            words=asked.words,
            findings=findings,
            hits=hits[: asked.limit],
            of_kind=len(hits),
            most=MOST,
            kinds=by_kind([hit for hit in findings.hits if not hit.is_apart]),
            apart=sum(hit.is_apart for hit in findings.hits),
            rules_and_terms=RULES_AND_TERMS,
            address_of=address_of,
            label_of=index.label,
        )
    )


def read_request() -> Asked:
    """Read the arguments of the URL; raises ``Problem`` for a limit that is none."""
    text = request.args.get("limit", str(LIMIT))
    limit = whole_number(text, 1, MOST)
    if limit is None:
        raise Problem(
            HTTPStatus.BAD_REQUEST,
            f"limit: '{text}' is no whole number from 1 to {MOST}",
            parameter="limit",
        )
    words = request.args.get("q", "").strip()[:LONGEST]
    return Asked(words, request.args.get("kind", "").strip(), limit)


def of_kind(asked: Asked, findings: Findings) -> list[Hit]:
    """The hits of the kind that was asked for."""
    if asked.kind == RULES_AND_TERMS:
        return [hit for hit in findings.hits if hit.is_apart]
    return [hit for hit in findings.hits if asked.kind in ("", hit.item.kind)]


def shown(asked: Asked, findings: Findings) -> list[Hit]:
    """The hits of a page: what stands apart has a chip of its own, unless there is nothing else."""
    hits = of_kind(asked, findings)
    if asked.kind:
        return hits
    return [hit for hit in hits if not hit.is_apart] or hits


def address_of(hit: Hit) -> str | None:
    """Where a hit leads: a question with its parameters."""
    address = href(hit.item.iri)
    return f"{address}?{hit.query}" if hit.query else address


def looked_for(path: str, named: Iterable[str]) -> Sequence[Hit]:
    """What an address that is none may have meant, beyond the addresses already named.

    Only what holds all of its words; of an address below a kind, as ``/study/inovate``, records
    of that kind alone. Rules and terms are nobody's guess.
    """
    path = path[:LONGEST_ADDRESS].strip("/")
    above, _, key = path.rpartition("/")
    kind = {"questions": "question"}.get(above, above)
    named_in = key if kind in HAVE_KEYS else path
    words = WORD.findall(named_in.rpartition(".")[0] or named_in)
    reader = current_reader()
    if not reader.is_release:
        # The index of another store would be made for this page alone.
        return ()
    try:
        found = listing.search(reader).index.find(" ".join(words[:MOST_WORDS]))
    except AllographError:
        # This serves a page about an error, which must not fail because the store does.
        return ()
    if found.is_partial:
        return ()
    return [
        hit
        for hit in found.hits
        if not hit.is_apart
        and (kind not in HAVE_KEYS or hit.item.kind == kind)
        and href(hit.item.iri) not in set(named)
    ][:NEAR]


def describe(asked: Asked, findings: Findings) -> dict[str, object]:
    """Describe what was found for programs."""
    return {
        "notice": NOTICE,
        "q": asked.words,
        "did_you_mean": findings.meant,
        "partial": findings.is_partial,
        "total": len(findings.hits),
        "kinds": by_kind(findings.hits),
        "page": url_for("search.search", q=asked.words),
        "notes": [
            {"text": note.text, "near": [href(iri) for iri in note.near]} for note in findings.notes
        ],
        "hits": [
            {
                "iri": hit.item.iri,
                "href": address_of(hit),
                "kind": hit.item.kind,
                "label": hit.item.label,
                "name": hit.name,
                "context": hit.item.context,
                "query": hit.query,
                "apart": hit.is_apart,
            }
            for hit in of_kind(asked, findings)[: asked.limit]
        ],
    }
