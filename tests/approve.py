"""Write the approved answers anew: ``python tests/approve.py``.

An approved answer is what Oxigraph answers to a question as its file stands, as SPARQL CSV. The
difference to the last one is for a person to read before it is committed.

``SNAPSHOT`` and ``QUESTIONS`` are the curated files as they were when the tests began, read once
for all of them.
"""

from io import BytesIO
from pathlib import Path

from allograph.checks.check import Checked
from allograph.curated.snapshot import read_snapshot, readable
from allograph.curated.sources import find_sources
from allograph.questions.question import read_questions
from allograph.rdf.formats import FORMAT_BY_NAME, write_answer
from allograph.rdf.store import OxigraphStore, Store

ANSWERS = Path(__file__).parent / "answers"
SOURCES = find_sources()
SNAPSHOT = readable(read_snapshot(SOURCES))
QUESTIONS = read_questions(SNAPSHOT)


def answer_as_csv(store: Store, sparql: str) -> bytes:
    """Answer a query in SPARQL CSV, with line ends that a diff shows well."""
    body = BytesIO()
    write_answer(store.query(sparql), FORMAT_BY_NAME["csv"], body, SNAPSHOT.namespaces)
    return body.getvalue().replace(b"\r\n", b"\n")


def approve() -> None:
    """Write one file for each question, and delete those whose question is gone."""
    store = OxigraphStore.in_memory(Checked(SNAPSHOT).quads)
    for old in ANSWERS.glob("*.csv"):
        if old.stem not in QUESTIONS:
            old.unlink()
    for name, question in QUESTIONS.items():
        (ANSWERS / f"{name}.csv").write_bytes(answer_as_csv(store, question.text))


if __name__ == "__main__":
    approve()
