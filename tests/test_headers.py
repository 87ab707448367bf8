"""Headers of questions: each mistake at the line that an editor shows."""

import pytest

from allograph.errors import QuestionError
from allograph.questions.header import read_header


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_key_has_the_line_of_an_editor_whatever_was_pasted_before_it(end):
    text = "#+ title: Pasted\u2028from\x85a\u2029PDF?\n#+ nonsense: 1\nASK {}\n"
    with pytest.raises(QuestionError, match=r"^q\.rq:2: a header has no 'nonsense'"):
        read_header(text.replace("\n", end), "q.rq")


def test_what_ends_a_line_in_yaml_alone_is_a_space():
    header = read_header("#+ title: Pasted\u2028from a PDF?\nASK {}\n", "q.rq")
    assert header.text("title") == "Pasted from a PDF?"


def test_a_header_that_is_no_yaml_is_named_with_its_line():
    with pytest.raises(QuestionError, match=r"^q\.rq:3: the header is no YAML"):
        read_header("#+ title: a\u2028b?\n#+ tags: [b]\n#+ plot: : c\n", "q.rq")


def test_a_character_that_yaml_cannot_hold_is_named_with_its_line():
    with pytest.raises(QuestionError, match=r"^q\.rq:2: .*U\+0001 is no character of YAML"):
        read_header("#+ title: a?\n#+ description: b\x01\n", "q.rq")
