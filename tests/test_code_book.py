"""The code book: each column of each question has a meaning and a type that its values keep to."""

import pytest
from approve import QUESTIONS, SNAPSHOT

from allograph.checks.check import check
from allograph.curated.snapshot import read_snapshot
from allograph.curated.sources import CODE_BOOK
from allograph.errors import QuestionError
from allograph.questions.code_book import code_book_of, read_code_book
from allograph.questions.question import bind
from allograph.rdf.store import open_store
from allograph.tables.fields import FIELD_TYPES, fits

BOOK = code_book_of(SNAPSHOT)


def test_each_column_of_each_question_has_a_meaning_and_a_type():
    for name, question in QUESTIONS.items():
        assert question.columns, name
        for column in question.columns:
            assert column.meaning.endswith((".", "…")), (name, column.name)
            assert column.type in FIELD_TYPES, (name, column.name)


def test_a_meaning_is_a_sentence_of_people():
    for name, entry in BOOK.items():
        assert entry.meaning[0].isupper() or entry.meaning[0].isdigit(), name
        assert 15 <= len(entry.meaning) <= 120, name


@pytest.mark.slow
def test_the_values_of_every_answer_are_of_the_type_of_their_column(release):
    store = open_store(release.store, 60)
    for name, question in QUESTIONS.items():
        left_open = {parameter.name: [""] for parameter in question.parameters}
        for row in store.query(bind(question, left_open, store)):
            for column in question.columns:
                assert fits(row[column.name], column.type), (name, column.name, row[column.name])


def test_a_release_keeps_the_meanings(release):
    for name, question in release.questions.items():
        assert question.columns == QUESTIONS[name].columns


def test_what_a_header_says_goes_before_the_code_book():
    of = {column.name: column for column in QUESTIONS["parts-and-wholes"].columns}
    assert (of["parts"].type, of["parts"].meaning) != (BOOK["parts"].type, BOOK["parts"].meaning)
    assert of["parts"].type == "integer"


def test_a_column_without_a_meaning_is_refused(small_checkout):
    path = small_checkout.queries / "searches.rq"
    path.write_text(path.read_text().replace("name: found,", "name: unheard_of,", 1))
    path.write_text(path.read_text().replace("?found", "?unheard_of"))
    found = check(read_snapshot(small_checkout), ["queries/searches.rq"])
    assert [(str(it.at), it.value) for it in found] == [("queries/searches.rq", "unheard_of")]
    assert "queries/columns.yaml" in found[0].message
    book = small_checkout.root / CODE_BOOK
    book.write_text(f"{book.read_text()}\nunheard_of: {{meaning: How many were found.}}\n")
    assert not check(read_snapshot(small_checkout), ["queries/searches.rq"])


def test_a_change_of_the_code_book_alone_is_checked(small_checkout):
    book = small_checkout.root / CODE_BOOK
    book.write_text(book.read_text().replace("\nfound:", "\nfuond:"))
    found = check(read_snapshot(small_checkout), [CODE_BOOK])
    assert {it.value for it in found} == {"found"}


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("# one\nfound: {type: intger, meaning: A.}", 2, "did you mean 'integer'"),
        ("found: {meening: A.}", 1, "no such key"),
        ("found: A.", 1, "a mapping"),
        ("a: {meaning: A.}\na: {meaning: B.}", 2, "said twice"),
        ("a: {meaning: [", 1, "YAML"),
    ],
)
def test_a_mistake_in_the_code_book_is_told_with_its_line(text, line, message):
    with pytest.raises(QuestionError, match=rf"^{CODE_BOOK}:{line}: .*{message}"):
        read_code_book(text, CODE_BOOK)


def test_a_mistake_in_the_code_book_is_told_once(small_checkout):
    (small_checkout.root / CODE_BOOK).write_text("found: {typ: integer}\n")
    found = check(read_snapshot(small_checkout), [CODE_BOOK])
    assert [str(it.at) for it in found] == [f"{CODE_BOOK}:1"]
