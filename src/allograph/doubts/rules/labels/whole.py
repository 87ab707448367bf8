"""A group whose name begins with that of the group it was drawn from.

``Responders without transplant`` were drawn from the responders, and not from some of them, as
those in remission.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.words.people import line, texts_of
from allograph.doubts.rules.words.words import tokens
from allograph.evidence import Evidence
from allograph.evidence.records import Group

HEAD = re.compile(r"\s+without\b|-without-|,", re.IGNORECASE)
"""What ends the name of the whole."""


def wholes_of_labels(evidence: Evidence) -> Iterator[Doubt]:
    """A group whose name names another whole than the one that it was drawn from."""
    for groups in evidence.groups_of_study.values():
        by_name = {tokens(text): group for group in groups for text in texts_of(group)[:2]}
        for group in groups:
            whole = _named(group, by_name)
            if whole is not None and group.parents and not _is_from(evidence, group, whole):
                drawn = " and ".join(
                    f'"{evidence.groups[iri].label}"'
                    for iri in group.parents
                    if iri in evidence.groups
                )
                message = f'By its name it is of "{whole.label}", and it was drawn from {drawn}.'
                yield Doubt(group.iri, message, group.label, (whole.iri,))


def _named(group: Group, by_name: dict[tuple[str, ...], Group]) -> Group | None:
    """The group whose name, of those that begin a name of this one, is the longest."""
    for text in texts_of(group)[:2]:
        for end in reversed([found.start() for found in HEAD.finditer(text)]):
            whole = by_name.get(tokens(text[:end]))
            if whole is not None and whole.iri != group.iri:
                return whole
    return None


def _is_from(evidence: Evidence, group: Group, whole: Group) -> bool:
    """Whether no outcome stands between a group and its whole."""
    for parent in group.parents:
        above = line(evidence, parent)
        places = [place for place, one in enumerate(above) if one.iri == whole.iri]
        if places and not any(one.selected_by or one.without for one in above[: places[0]]):
            return True
    return False
