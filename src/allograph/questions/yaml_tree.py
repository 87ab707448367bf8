"""Read a YAML text as a tree of texts, lists and mappings, and the line of each key.

It takes the YAML that a header needs: every scalar is a text, a key is said once, and there are no
aliases, by which a few lines can stand for a circle, or for a tree that fills the memory.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.composer import ComposerError
from yaml.reader import ReaderError

from allograph.errors import Location, QuestionError
from allograph.text.lines import code_point, line_ends
from allograph.text.trees import TreePath

_YAML_BREAK = re.compile("[\x85\u2028\u2029]")
"""What ends a line in YAML 1.1, and in no editor."""


@dataclass(frozen=True)
class YamlTree:
    """A tree, and the line of each of its keys and items, from 1."""

    tree: Any
    lines: Mapping[TreePath, int]


def read_yaml(text: str, shown_as: str) -> YamlTree:
    """Read a text that begins in the first line of a file.

    Raises:
        QuestionError: for what is no YAML, or not of the kind that is taken, with its line.

    """
    text = _YAML_BREAK.sub(" ", text)
    lines: dict[TreePath, int] = {}
    try:
        node = yaml.compose(text, Loader=yaml.BaseLoader)
        return YamlTree(_plain(node, (), lines, set()), lines)
    except yaml.MarkedYAMLError as error:
        at, message = error.problem_mark, error.problem
        line = at.line + 1 if at else 1
    except ReaderError as error:
        line = line_ends(text[: error.position]) + 1
        message = f"{code_point(chr(error.character))} is no character of YAML; take it away"
    except RecursionError:
        line, message = 1, "lists in lists, far too deep"
    raise QuestionError(Location(shown_as, line), f"the header is no YAML: {message}")


def _plain(
    node: yaml.Node | None, path: TreePath, lines: dict[TreePath, int], seen: set[int]
) -> Any:
    """The value of a node; the lines of what is in it are noted, and a second sight is refused."""
    if node is None:
        return None
    if id(node) in seen:
        message = "an alias repeats this value; write it out where it is wanted"
        raise ComposerError(None, None, message, node.start_mark)
    seen.add(id(node))
    match node:
        case yaml.MappingNode():
            found: dict[str, Any] = {}
            for key, value in node.value:
                if not isinstance(key, yaml.ScalarNode):
                    raise ComposerError(None, None, "a key is a text", key.start_mark)
                if key.value in found:
                    message = f"'{key.value}' is said twice; say it once"
                    raise ComposerError(None, None, message, key.start_mark)
                lines[*path, key.value] = key.start_mark.line + 1
                found[key.value] = _plain(value, (*path, key.value), lines, seen)
            return found
        case yaml.SequenceNode():
            items = []
            for place, item in enumerate(node.value):
                lines[*path, place] = item.start_mark.line + 1
                items.append(_plain(item, (*path, place), lines, seen))
            return items
        case _:
            return node.value
