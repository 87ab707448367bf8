"""The graph in Python: open it, and ask it, without a server.

>>> import allograph
>>> graph = allograph.open()
>>> graph.ask("figures", drug="inotuzumab-ozogamicin", outcome="overall-survival")
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from types import TracebackType
from typing import Self

import rdflib

from allograph.curated.sources import find_sources
from allograph.errors import ParameterError, nearest
from allograph.evidence import Evidence, read_evidence
from allograph.evidence.pooling.answers import Answer
from allograph.evidence.pooling.pool import pool as pool_figures
from allograph.namespaces import BASE, KINDS, key_of
from allograph.questions.columns import numbers_among
from allograph.questions.parameters import choices
from allograph.questions.question import Moved, Question, bound, question_named
from allograph.rdf.answers import Boolean, Solutions
from allograph.rdf.nodes import Node, Nodes
from allograph.rdf.sparql import check_query
from allograph.rdf.store import open_store
from allograph.rdf.terms import add_triples
from allograph.rdf.turtle import read_turtle
from allograph.reading.pooled.asked import Asked, wish_of
from allograph.reading.reader import Reader, expect_solutions
from allograph.reading.rows import Rows, Value, rows_of, value_in
from allograph.reading.unknown_terms import Unknown, standing_in, unknown_terms
from allograph.reading.unread import is_about_studies, read_known_trials, unanswered
from allograph.release import Release, ensure_release
from allograph.settings import Settings

Given = str | int | float | Decimal | date | bool | None
"""A value for a parameter of a question; ``None`` leaves it open."""


@dataclass(frozen=True)
class Record:
    """One record, or a part of it: what it is called, and its values by the CURIE of the property.

    ``parts`` are the nodes that its file describes beside it: groups, figures, comparisons.
    """

    iri: str
    label: str
    values: Mapping[str, list[Value]]
    parts: tuple[Record, ...] = ()


class Graph:
    """One release of the graph, opened for reading; ``close`` it, or use it in a ``with``."""

    def __init__(self, release: Release, timeout: int = 30) -> None:
        store = open_store(release.store, timeout)
        self._release = release
        self._reader = Reader(release, store, release.questions, release.namespaces)

    @property
    def release(self) -> str:
        """The id of the release that answers."""
        return self._release.id

    @property
    def questions(self) -> Mapping[str, Question]:
        """The questions that can be asked, by name."""
        return self._reader.questions

    def ask(self, question: str, /, **values: Given | Sequence[Given]) -> Rows:
        """Ask a question; a parameter may be given a key, a label, an IRI, or several of them.

        Raises:
            UnknownQuestion: no question has this name.
            ParameterError: it takes no such parameter, or not this value.

        """
        asked = question_named(self.questions, question)
        pairs = [(name, text) for name, value in values.items() for text in _texts(value)]
        if isinstance(asked, Moved):
            pairs = asked.asked_with(pairs)
            asked = self.questions[asked.name]
        given: dict[str, list[str]] = {}
        for name, text in pairs:
            given.setdefault(name, []).append(text)
        store = self._reader.store
        bound_to = bound(asked, given, lambda parameter: choices(parameter, store))
        check_query(bound_to.query)
        solutions = expect_solutions(store.query(bound_to.query))
        rows = rows_of(solutions, self.release, numbers_among(asked.columns))
        if not rows and is_about_studies(asked):
            rows.remark = str(unanswered(bound_to, self._reader.once(read_known_trials)))
        return rows

    def sparql(self, query: str) -> Rows | bool | rdflib.Graph:
        """Answer a query: rows for SELECT, a truth value for ASK, triples for the others.

        Raises:
            QuerySyntaxError, QueryRefused, QueryFailed: what is wrong with it.

        """
        check_query(query, namespaces=self._reader.namespaces)
        match self._reader.store.query(query):
            case Solutions() as solutions:
                rows = rows_of(solutions, self.release)
                if not rows:
                    rows.remark = " ".join(map(str, self._unknown(query)))
                return rows
            case Boolean() as truth:
                return bool(truth)
            case triples:
                graph = rdflib.Graph()
                add_triples(graph, triples)
                return graph

    def _unknown(self, query: str) -> list[Unknown]:
        store = self._reader.store
        return unknown_terms(self._reader, query, lambda names: standing_in(store, names))

    def record(self, name: str) -> Record:
        """The record of this name: ``study/ino-vate``, ``study:ino-vate`` or its IRI.

        Raises:
            ParameterError: no record is called so.

        """
        path = name.removeprefix(BASE).replace(":", "/", 1)
        known = [entry.iri.removeprefix(BASE) for entry in self._release.entries]
        if path not in known or path.partition("/")[0] not in KINDS:
            raise ParameterError("record", f"no record is called '{name}'{nearest(path, known)}")
        nodes = Nodes(self._reader.store.graph(f"{BASE}graph/{path}"))
        parts = (node for iri, node in nodes.items() if iri.startswith(f"{BASE}{path}#"))
        return self._record(nodes.of(f"{BASE}{path}"), parts)

    def pool(
        self,
        outcome: str,
        *,
        drug: str | None = None,
        comparator: str | None = None,
        studies: Iterable[str] = (),
        statistic: str | None = None,
        measure: str | None = None,
        at_time: float | Decimal | None = None,
        time_origin: str | None = None,
        across: Iterable[str] = (),
        model: str | None = None,
        level: float = 95.0,
        with_retracted: bool = False,
    ) -> Answer:
        """Pool the figures of an outcome over studies, or say why they must not be pooled.

        The answer has ``pools`` of figures that are alike, each with its ``rows``, ``synthesis``
        and ``remarks``, or ``refusals``; and ``left_out``, each with its reason.

        Raises:
            ParameterError: there is no such record, model, measure or difference.

        """
        asked = Asked(
            outcome,
            drug=drug or "",
            comparator=comparator or "",
            studies=tuple(studies),
            statistic=statistic or "",
            measure=measure or "",
            at_time="" if at_time is None else str(at_time),
            time_origin=time_origin or "",
            across=(across,) if isinstance(across, str) else tuple(across),
            model=model or "",
            level=str(level),
            with_retracted=with_retracted,
        )
        return pool_figures(self._evidence, wish_of(self._evidence, asked))

    def close(self) -> None:
        """Let go of the files."""
        self._reader.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @cached_property
    def _evidence(self) -> Evidence:
        path = self._release.exports / "allograph.nt"
        return read_evidence(read_turtle(path, path.name).triples)

    def _record(self, node: Node, parts: Iterable[Node] = ()) -> Record:
        compact = self._reader.namespaces.compact
        values = {
            compact(name): [value_in(term) for term in node.all(name)] for name in node.properties()
        }
        label = node.label or key_of(node.iri)
        return Record(node.iri, label, values, tuple(self._record(part) for part in parts))


def open_graph(root: str = "", home: str = "") -> Graph:
    """Open the graph of the curated files, and build its release first if they have changed.

    ``root`` is the folder that holds ``ontology/``, ``graph/`` and ``queries/`` (by default those
    that came with the package, or of the checkout), ``home`` the folder for releases.

    Raises:
        InvalidGraph: ``allograph check`` finds violations, so there is no release of the files.
        FileError, ReleaseError: there are no such files, or the release cannot be written.

    """
    return Graph(ensure_release(find_sources(root), Settings(root=root, home=home)))


def _texts(value: Given | Sequence[Given]) -> list[str]:
    """What was given for a parameter, as a person would type it."""
    several = value if isinstance(value, Sequence) and not isinstance(value, str) else [value]
    return [_text(each) for each in several]


def _text(value: Given) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
