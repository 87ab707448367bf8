"""The guide for curators, walked from end to end: its commands run, its studies are clean."""

import json
import re
import shlex

import pytest
from approve import SOURCES

pytestmark = pytest.mark.slow

GUIDE = (SOURCES.root / "docs" / "curating.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED_TEXT = re.compile(r"`texts/(\S+)`:\n\n```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)
RENAMED = re.compile(r", (\S+) in place of ([^\s,]+)")
TURTLE_BLOCK = re.compile(r"^(:?[\w:-]+)\n    a .*? \.\n", re.MULTILINE | re.DOTALL)
NAMES = {text: name for name, text in NAMED_TEXT.findall(GUIDE)}
COMMANDS = re.findall(r"^\$ allograph (.*)$", GUIDE, re.MULTILINE)


class Curator:
    """Does what the guide says, in a copy of the curated files, as a person would."""

    def __init__(self, folder, allograph):
        self.folder = folder
        self.allograph = allograph
        self.edited = None

    def save(self, text):
        """Keep a text under its name."""
        (self.folder / "texts").mkdir(exist_ok=True)
        (self.folder / "texts" / NAMES[text]).write_text(text, encoding="utf-8")

    def edit(self, block):
        """Put each block of the guide over the one of its name in the file, or below the last."""
        head = block.partition("\n")[0]
        self.edited = path = self.folder / re.match(r"# ([^\s,]+)", head)[1]
        text = path.read_text(encoding="utf-8")
        for name, old in RENAMED.findall(head):
            text = re.sub(rf"(?<![\w-]){old}\b", name, text)
        for match in TURTLE_BLOCK.finditer(block):
            text = put(text, match[1], match[0])
        path.write_text(text, encoding="utf-8")

    def compare(self, document):
        """A document of the guide has the parts that the program's has."""
        done = self.allograph("check", "--format", "json", ALLOGRAPH_ROOT=str(self.folder))
        shown, answer = json.loads(document), json.loads(done.stdout)
        assert shown.keys() == answer.keys()
        assert {frozenset(each) for each in answer["findings"]} == {frozenset(shown["findings"][0])}

    def run(self, lines):
        """Run the commands of a block; what it shows is what they answer."""
        for part in re.split(r"^\$ allograph ", lines, flags=re.MULTILINE)[1:]:
            command, expected = part.split("\n", 1)
            arguments = shlex.split(command)
            done = self.allograph(*arguments, cwd=self.folder, ALLOGRAPH_ROOT=str(self.folder))
            shown, status = done.stdout, int("violation:" in expected)
            if re.search("^allograph: ", expected, re.MULTILINE):
                shown, status = done.stderr, 2
            assert done.returncode == status, f"{command}: {done.stdout}{done.stderr}"
            assert matches(expected, shown) or not expected.strip(), shown
            if arguments[0] == "locate" and done.stdout:
                text = self.edited.read_text(encoding="utf-8")
                name = done.stdout.split("\n", 1)[0]
                self.edited.write_text(put(text, name, done.stdout), encoding="utf-8")


def put(text, subject, block):
    """The text with a block in place of the one about its subject, or above the record graph."""
    for match in TURTLE_BLOCK.finditer(text):
        if match[1] == subject:
            return text[: match.start()] + block + text[match.end() :]
    start = text.rindex("\n<https://w3id.org/allograph/graph/")
    return f"{text[:start]}\n{block}{text[start:]}"


def matches(expected, answer):
    """An answer is what the guide shows; there, three dots stand for the rest of a line."""
    pattern = re.escape(expected).replace("…", "[^\n]*")
    return re.fullmatch(pattern, answer) is not None


def test_the_guide_leads_from_an_abstract_to_files_that_pass_the_check(allograph, small_checkout):
    curator = Curator(small_checkout.root, allograph)
    for language, block in BLOCK.findall(GUIDE):
        act = {
            "text": curator.save,
            "turtle": curator.edit,
            "console": curator.run,
            "json": curator.compare,
        }
        act[language](block)
    study, trial = (
        (small_checkout.graph / "study" / f"{key}.ttl").read_text(encoding="utf-8")
        for key in ("made-up", "made-up-trial")
    )
    assert study.count("a ag:Result") == 3
    assert trial.count("a ag:Result") == 4
    assert trial.count("a ag:Comparison") == 1
    assert trial.count("\n    a ag:CitedPlace ;") == 1
    assert allograph("fmt", "--check", "--root", small_checkout.root).returncode == 0


def test_the_guide_names_each_command_of_the_loop():
    assert {command.split()[0] for command in COMMANDS} == {
        "new",
        "check",
        "locate",
        "fmt",
        "verify",
        "read-again",
    }


def test_what_the_guide_shows_to_readers_is_invented():
    texts = [block for language, block in BLOCK.findall(GUIDE) if language == "text"]
    assert texts == list(NAMES)
    assert all("invented for a guide" in text for text in texts)
