"""Print a tree in the project's style: see ``fmt``, which says what the style is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from allograph.curated.formatter.tree import (
    Block,
    Bracket,
    Comment,
    Directive,
    Objects,
    Predicate,
    Word,
)

WIDTH = 100
INDENT = 4
_ORDER = {"a": 0, "rdfs:label": 1}


@dataclass
class Line:
    """A line of code, and the comments at its end."""

    code: str
    beside: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return "  ".join([self.code, *self.beside])


def print_document(document: list[Directive | Block], rest: list[Comment]) -> str:
    """The text of a file: parts with a blank line between them."""
    parts = [
        _directives(run, is_first=not number) if isinstance(run, list) else _block(run)
        for number, run in enumerate(_runs(document))
    ]
    if rest:
        parts.append(_comments(rest))
    return "\n".join("".join(f"{line}\n" for line in part) for part in parts)


def _runs(document: list[Directive | Block]) -> Iterator[list[Directive] | Block]:
    """Prefixes that follow each other are one run; a base ends it, as it changes what they mean."""
    run: list[Directive] = []
    for item in document:
        if run and (isinstance(item, Block) or not (item.name and run[-1].name)):
            yield run
            run = []
        if isinstance(item, Block):
            yield item
        else:
            run.append(item)
    if run:
        yield run


def _directives(run: list[Directive], *, is_first: bool) -> list[Line]:
    lines: list[Line] = []
    if is_first and run[0].keyword.above:
        # What stands above the first prefix of a file speaks of the file.
        lines += [*_comments(run[0].keyword.above), Line("")]
        run[0].keyword.above = []
    width = max(len(directive.name) for directive in run)
    for directive in sorted(run, key=lambda directive: directive.name):
        words = ["PREFIX", directive.name.ljust(width)] if directive.name else ["BASE"]
        lines += _comments(directive.keyword.above)
        lines.append(Line(" ".join([*words, directive.iri]), directive.keyword.beside))
    return lines


def _block(block: Block) -> list[Line]:
    first = _first(block.subject)
    lines = _comments(first.above)
    if lines and first.gap:
        lines.append(Line(""))
    first.above = []
    lines += _item(block.subject, 0)
    lines += _predicates(block.predicates, INDENT)
    if not block.end.above:
        return _marked(lines, ".", block.end.beside)
    # Below comments, such as lines still to fill in, the dot has a line of its own.
    comments = _comments(block.end.above, INDENT)
    return [*_marked(lines, ";"), *comments, Line(" " * INDENT + ".", block.end.beside)]


def _predicates(predicates: Iterable[Predicate], indent: int) -> list[Line]:
    lines: list[Line] = []
    for predicate in sorted(predicates, key=lambda one: _ORDER.get(one.verb.text, len(_ORDER))):
        lines = _marked(lines, ";") if lines else lines
        lines += _comments(predicate.verb.above, indent)
        lines += _predicate(predicate, indent)
    return lines


def _predicate(predicate: Predicate, indent: int) -> list[Line]:
    verb, items = predicate.verb, predicate.objects.items
    start = f"{' ' * indent}{verb.text}"
    words = [verb, *_words(items)]
    inline = f"{start} {_joined(items)}"
    if _is_plain(words) and (_fits(words, inline) or _is_one_term(words, inline)):
        return [Line(inline, words[-1].beside)]
    if len(items) == 1 and not verb.beside and not _first(items[0]).above:
        item = items[0]
        if isinstance(item, Bracket):
            lines = _opened(item, indent)
            return [Line(f"{start} {lines[0].code.lstrip()}", lines[0].beside), *lines[1:]]
    return [Line(start, verb.beside), *_list(items, indent + INDENT)]


def _list(items: Iterable[Word | Bracket], indent: int, mark: str = ",") -> list[Line]:
    lines: list[Line] = []
    for item in items:
        lines = _marked(lines, mark) if lines and mark else lines
        lines += _comments(_first(item).above, indent) + _item(item, indent)
    return lines


def _item(item: Word | Bracket, indent: int) -> list[Line]:
    """A term, or a bracket: on its line if it stood on one, else with its content indented."""
    words = list(_words([item]))
    inline = " " * indent + _text(item)
    if isinstance(item, Word) or (_is_plain(words) and _fits(words, inline)):
        return [Line(inline, words[-1].beside)]
    return _opened(item, indent)


def _opened(item: Bracket, indent: int) -> list[Line]:
    if isinstance(item.content, Objects):
        content = _list(item.content.items, indent + INDENT, mark="")
    else:
        content = _predicates(item.content, indent + INDENT)
    return [
        Line(" " * indent + item.opening.text, item.opening.beside),
        *content,
        *_comments(item.closing.above, indent + INDENT),
        Line(" " * indent + item.closing.text, item.closing.beside),
    ]


def _comments(comments: Iterable[Comment], indent: int = 0) -> list[Line]:
    """Comments on lines of their own; outside blocks with the blank lines between them."""
    lines: list[Line] = []
    for comment in comments:
        if lines and comment.gap and not indent:
            lines.append(Line(""))
        lines.append(Line(" " * indent + comment.text))
    return lines


def _marked(lines: list[Line], mark: str, beside: Iterable[str] = ()) -> list[Line]:
    """The same lines with a mark behind the last."""
    last = lines[-1]
    return [*lines[:-1], Line(f"{last.code} {mark}", [*last.beside, *beside])]


def _joined(items: Iterable[Word | Bracket]) -> str:
    return " , ".join(_text(item) for item in items)


def _text(item: Word | Bracket) -> str:
    """An object on one line."""
    if isinstance(item, Word):
        return item.text
    if isinstance(item.content, Objects):
        content = [_text(one) for one in item.content.items]
    else:
        content = [
            " ; ".join(f"{one.verb.text} {_joined(one.objects.items)}" for one in item.content)
        ]
    return " ".join([item.opening.text, *filter(None, content), item.closing.text])


def _words(items: Iterable[Word | Bracket]) -> Iterator[Word]:
    """All words of objects in order, without the marks between them."""
    for item in items:
        if isinstance(item, Word):
            yield item
            continue
        yield item.opening
        if isinstance(item.content, Objects):
            yield from _words(item.content.items)
        else:
            for predicate in item.content:
                yield predicate.verb
                yield from _words(predicate.objects.items)
        yield item.closing


def _first(item: Word | Bracket) -> Word:
    return item.opening if isinstance(item, Bracket) else item


def _is_plain(words: list[Word]) -> bool:
    """No comment stands within."""
    return not any(word.above for word in words[1:]) and not any(w.beside for w in words[:-1])


def _is_one_term(words: list[Word], inline: str) -> bool:
    """A verb and a term: together if they fit, and however long if they stood together."""
    together = words[0].last_line == words[-1].line
    return len(words) == 2 and (together or len(inline) <= WIDTH)


def _fits(words: list[Word], inline: str) -> bool:
    return words[0].line == words[-1].last_line and len(inline) <= WIDTH
