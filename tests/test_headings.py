"""Where the sections of a text begin: at the usual headings and labels, however they are set."""

import pytest

from allograph.curated.held.prose import Prose

LEAD = "A trial that was never done\n\nBackground: It was invented. Nobody came.\n"
HEADINGS = [
    "Abstract", "Background", "Methods", "Findings", "Interpretation", "Funding", "Results",
    "Discussion", "Conclusions", "Key Points", "Patients and Methods", "Purpose", "Introduction",
    "Limitations", "Supplementary Methods", "Supplementary Appendix", "Conclusions and Relevance",
    "Statistical Analysis", "Methods/Results",
]  # fmt: skip


def section_of(text, words="Of the 40"):
    prose = Prose(text)
    start = text.index(words)
    mark = prose.section_at(start)
    return mark.name, prose.sentence_of(start, mark), mark.guess


@pytest.mark.parametrize("before", ["", "\n", "\n\n"])
@pytest.mark.parametrize("behind", ["\n", "\n\n", ":\n", "  \n"])
@pytest.mark.parametrize("heading", HEADINGS)
def test_a_usual_heading_is_known_with_blank_lines_or_without(heading, before, behind):
    for name in (heading, heading.upper()):
        text = f"{LEAD}{before}{name}{behind}Nobody fell ill. Of the 40, none did.\n"
        assert section_of(text) == (name, 2, "")


@pytest.mark.parametrize(
    "line",
    ["2.3 Results", "2.3. Results", "3 | RESULTS", "3 Results", "III. Results", "4) Results"],
)
def test_the_number_of_a_heading_is_left_aside(line):
    name, sentence, guess = section_of(f"{LEAD}{line}\nNobody fell ill. Of the 40, none did.\n")
    assert (name.casefold(), sentence, guess) == ("results", 2, "")


@pytest.mark.parametrize(
    "label", ["RESULTS: ", "Results: ", "Results:\t", "Results—", "Results.—", "Results – ", "Results - "]  # noqa: E501, RUF001
)  # fmt: skip
def test_a_label_before_the_first_words_is_known(label):
    name, sentence, guess = section_of(f"{LEAD}{label}Of the 40, none did.\n")
    assert (name.casefold(), sentence, guess) == ("results", 1, "")


def test_the_labels_of_an_abstract_that_is_one_paragraph_are_known():
    text = "Background: It was invented. Methods: We sat. Results: Of the 40, none did. They sat."
    assert section_of(text) == ("Results", 1, "")
    assert section_of(text, "They") == ("Results", 2, "")
    assert section_of(text, "We sat") == ("Methods", 1, "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Findings Between May and June, Of the 40, none.", ("Findings", 1)),
        ("Results. Of the 40, none did.", ("Results", 1)),
        ("Table 2. Responses\n\nOf the 40", ("Table 2", 2)),
        ("Supplementary Table S3: Responses\n\nOf the 40", ("Supplementary Table S3", 2)),
        ("\nWho came and who did not\n\nOf the 40", ("Who came and who did not", 1)),
        ("It was told in\nResults\nOf the 40", ("Results", 1)),
    ],
)
def test_what_is_only_a_guess_says_so(text, expected):
    *told, guess = section_of(f"{LEAD}{text}")
    assert tuple(told) == expected
    assert guess


@pytest.mark.parametrize(
    "text",
    [
        "It is told in the\nresults\nof a trial. Of the 40, none did.",
        "It is told in\nMethods that nobody knows. Of the 40, none did.",
        "There were\nResults of the others. Of the 40, none did.",
        "As in\nTable 2 of the paper. Of the 40, none did.",
        "This held for Methods: Of the 40, none did.",
        "Patients with a relapse came. Of the 40, none did.",
    ],
)
def test_a_word_of_a_sentence_begins_no_section(text):
    assert section_of(f"{LEAD}{text}")[0] == "Background"
