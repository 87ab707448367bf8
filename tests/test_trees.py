"""Trees of keys are read strictly into dataclasses; a mistake is named by the path of its key."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from allograph.text.trees import NO_KEY, TreeError, TreeReader, Unfit, Wrong, shown_path


@dataclass(frozen=True)
class Dose:
    amount: int
    unit: str = "mg"


@dataclass(frozen=True)
class Regimen:
    label: str
    class_: str = ""
    drugs: tuple[str, ...] = ()
    doses: tuple[Dose, ...] = ()
    days: Mapping[str, Dose] = field(default_factory=dict)
    note: str | None = None
    file: str = field(default="", metadata=NO_KEY)


def no_tabs(text):
    if "\t" in text:
        raise Unfit("no tabs")
    return text


READER = TreeReader("a table", "a list of tables", text=no_tabs)


def test_a_tree_becomes_what_the_dataclass_says():
    tree = {"label": "x", "class": "y", "drugs": ["a"], "doses": [{"amount": 2}], "note": "n"}
    tree["days"] = {"1": {"amount": 3, "unit": "g"}}
    assert READER.read(tree, Regimen) == Regimen(
        "x", "y", ("a",), (Dose(2),), {"1": Dose(3, "g")}, "n"
    )


@pytest.mark.parametrize(
    ("tree", "path", "wrong", "message"),
    [
        ({}, "label", Wrong.MISSING, "is missing"),
        ({"lable": "x"}, "lable", Wrong.UNKNOWN, "no such key; did you mean 'label'?"),
        ({"label": "x", "file": "f"}, "file", Wrong.UNKNOWN, "no such key; there are"),
        ({"label": "x", "class_": "y"}, "class_", Wrong.UNKNOWN, "did you mean 'class'?"),
        ({"label": 1}, "label", Wrong.UNFIT, "a text, not 1"),
        ({"label": "a\tb"}, "label", Wrong.UNFIT, "no tabs"),
        ({"label": "x", "drugs": "abc"}, "drugs", Wrong.UNFIT, "a list of texts, not 'abc'"),
        ({"label": "x", "drugs": ["a", 1.5]}, "drugs[2]", Wrong.UNFIT, "a text, not 1.5"),
        ({"label": "x", "doses": {}}, "doses", Wrong.UNFIT, "a list of tables, not {}"),
        ({"label": "x", "doses": ["amount"]}, "doses[1]", Wrong.UNFIT, "a table, not 'amount'"),
        ({"label": "x", "doses": [{}]}, "doses[1].amount", Wrong.MISSING, "is missing"),
        (
            {"label": "x", "doses": [{"amount": "2"}]},
            "doses[1].amount",
            Wrong.UNFIT,
            "a whole number, not '2'",
        ),
        (
            {"label": "x", "days": {"1": {"amount": True}}},
            "days.1.amount",
            Wrong.UNFIT,
            "a whole number, not True",
        ),
        ({"label": "x", "days": []}, "days", Wrong.UNFIT, "a table, not []"),
        ({"label": "x", "days": {"a\t": {"amount": 1}}}, "days.'a\\t'", Wrong.UNFIT, "no tabs"),
        ("label", "", Wrong.UNFIT, "a table, not 'label'"),
    ],
)
def test_a_mistake_is_named_by_its_path(tree, path, wrong, message):
    with pytest.raises(TreeError) as raised:
        READER.read(tree, Regimen)
    mistake = raised.value.mistake
    assert (shown_path(mistake.path), mistake.wrong) == (path, wrong)
    assert message in mistake.message


def test_a_long_value_is_quoted_shortly():
    with pytest.raises(TreeError) as raised:
        READER.read({"label": ["x" * 5000]}, Regimen)
    assert len(str(raised.value)) < 100
    with pytest.raises(TreeError) as raised:
        READER.read({"label": "x", "y" * 5000: 1}, Regimen)
    assert len(str(raised.value)) < 200


def test_a_type_may_be_read_in_a_way_of_its_own():
    reader = TreeReader("a table", "a list of tables")
    reader.reads(Dose, lambda value, usual: usual({"amount": value} if value == 7 else value))
    assert reader.read({"label": "x", "doses": [7, {"amount": 8}]}, Regimen).doses == (
        Dose(7),
        Dose(8),
    )


def test_a_bug_keeps_its_traceback():
    reader = TreeReader("a table", "a list of tables")
    reader.reads(Dose, lambda _value, _usual: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        reader.read({"label": "x", "doses": [7]}, Regimen)
