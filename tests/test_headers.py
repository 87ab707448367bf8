"""Headers of questions: each mistake at the line that an editor shows."""

import pytest

from allograph.errors import QuestionError
from allograph.questions.header import read_header


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_key_has_the_line_of_an_editor_whatever_was_pasted_before_it(end):
    text = "#+ title: Pasted\u2028from\x85a\u2029PDF?\n#+ nonsense: 1\nASK {}\n"
    with pytest.raises(QuestionError, match=r"^q\.rq:2: nonsense: no such key"):
        read_header(text.replace("\n", end), "q.rq")


def test_what_ends_a_line_in_yaml_alone_is_a_space():
    header = read_header("#+ title: Pasted\u2028from a PDF?\nASK {}\n", "q.rq")
    assert header.said.title == "Pasted from a PDF?"


def test_a_header_that_is_no_yaml_is_named_with_its_line():
    with pytest.raises(QuestionError, match=r"^q\.rq:3: the header is no YAML"):
        read_header("#+ title: a\u2028b?\n#+ tags: [b]\n#+ plot: : c\n", "q.rq")


def test_a_character_that_yaml_cannot_hold_is_named_with_its_line():
    with pytest.raises(QuestionError, match=r"^q\.rq:2: .*U\+0001 is no character of YAML"):
        read_header("#+ title: a?\n#+ description: b\x01\n", "q.rq")


@pytest.mark.parametrize(
    ("lines", "line", "message"),
    [
        (["title: a?", "plot:", "  kind: forest", "  vlaue: [x]"], 4, "plot.vlaue: a text, not"),
        (["title: a?", "tags:", "- one", "- {two: 3}"], 4, r"tags\[2\]: a text, not"),
        (
            ["title: a?", "columns:", "- name: x", "  lable: X"],
            4,
            r"columns\[1\].lable: no such key",
        ),
        (["title: a?", "columns:", "- name: x", "- label: X"], 4, r"columns\[2\].name: is missing"),
        (["title: a?", "params: {name: x}"], 2, "params: a list of '- {name: …}', not"),
        (["title: [a]"], 1, "title: a text, not"),
        (["title: a?", "tags: [b]", "title: c?"], 3, "'title' is said twice"),
        (["title: a?", "[tags]: b"], 2, "a key is a text"),
        (["title: a?", "tags: &b [*b]"], 2, "an alias repeats this value"),
        (["title: &a b?", "sentence: *a"], 1, "an alias repeats this value"),
        (["title: a?", f"tags: {'[' * 5000}"], 1, "lists in lists, far too deep"),
        (["- title"], 1, "a question starts with"),
        (["title: ''"], 1, "a question starts with"),
        ([], 1, "a question starts with"),
    ],
)
def test_a_mistake_is_named_with_the_line_of_its_key(lines, line, message):
    text = "".join(f"#+ {line}\n" for line in lines)
    with pytest.raises(QuestionError, match=rf"^q\.rq:{line}: .*{message}"):
        read_header(f"{text}ASK {{}}\n", "q.rq")


def test_a_misspelt_key_is_named_before_the_one_that_is_missing_for_it():
    with pytest.raises(QuestionError, match="nmae: no such key; did you mean 'name'"):
        read_header("#+ title: a?\n#+ params: [{nmae: x}]\nASK {}\n", "q.rq")


def test_every_scalar_is_a_text():
    header = read_header("#+ title: a?\n#+ columns: [{name: no, label: 1.0}]\nASK {}\n", "q.rq")
    (column,) = header.said.columns
    assert (column.name, column.label) == ("no", "1.0")
