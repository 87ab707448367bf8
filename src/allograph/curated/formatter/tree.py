"""Read Turtle into a tree that keeps every comment beside, or above, what it speaks of."""

from __future__ import annotations

from dataclasses import dataclass, field

from allograph.errors import Location, TurtleError
from allograph.rdf.turtle_tokens import NOT_READ, Token, tokens_of
from allograph.text.lines import line_ends


@dataclass(frozen=True)
class Comment:
    """A comment; ``gap`` when a blank line stands above it."""

    text: str
    gap: bool = False


@dataclass
class Word:
    """A term, a mark or a keyword, with the comments above it and the ones at its line's end."""

    text: str
    line: int
    last_line: int
    gap: bool = False
    above: list[Comment] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)


@dataclass
class Objects:
    """What follows a verb, or stands in ``( )``: objects, each a word or a bracket."""

    items: list[Word | Bracket]


@dataclass
class Predicate:
    """A verb and its objects."""

    verb: Word
    objects: Objects


@dataclass
class Bracket:
    """``[ … ]`` with predicates, or ``( … )`` with objects."""

    opening: Word
    content: list[Predicate] | Objects
    closing: Word


@dataclass
class Directive:
    """``PREFIX name: <iri>``, or ``BASE <iri>`` without a name."""

    keyword: Word
    name: str
    iri: str


@dataclass
class Block:
    """A subject and its predicates; ``end`` is the dot."""

    subject: Word | Bracket
    predicates: list[Predicate]
    end: Word


def words_of(text: str, shown_as: str) -> tuple[list[Word], list[Comment]]:
    """The words of a text, and the comments after the last one."""
    words: list[Word] = []
    above: list[Comment] = []
    line = 0
    for token in tokens_of(text, shown_as):
        gap = line > 0 and token.line > line + 1
        if token.kind == "comment":
            if words and not above and token.line == words[-1].last_line:
                words[-1].beside.append(token.text.rstrip(" \t"))
            else:
                above.append(Comment(token.text.rstrip(" \t"), gap))
        elif words and not above and _joins(words[-1], token):
            words[-1].text += token.text
            words[-1].last_line = token.line
        else:
            last_line = token.line + line_ends(token.text)
            words.append(Word(token.text, token.line, last_line, gap, above))
            above = []
        line = token.line + line_ends(token.text)
    return words, above


def _joins(word: Word, token: Token) -> bool:
    """Language tags and datatypes belong to the string before them."""
    is_string = word.text[:1] in "\"'"
    return is_string and (token.kind in ("at", "datatype") or word.text.endswith("^^"))


class Parser:
    """Reads blocks from words; a mistake is impossible in a text that the parser has read."""

    def __init__(self, text: str, shown_as: str) -> None:
        self._words, self.rest = words_of(text, shown_as)
        self._shown_as = shown_as
        self._next = 0

    def document(self) -> list[Directive | Block]:
        """All directives and blocks, in order."""
        found: list[Directive | Block] = []
        while self._next < len(self._words):
            keyword = self._words[self._next].text.lower().removeprefix("@")
            found.append(self._directive() if keyword in ("prefix", "base") else self._block())
        return found

    def _directive(self) -> Directive:
        keyword = self._take()
        parts = [self._take()]
        if keyword.text.lower().endswith("prefix"):
            parts.append(self._take())
        if keyword.text.startswith("@"):
            parts.append(self._take("."))
        for part in parts:
            keyword.above += part.above
            keyword.beside += part.beside
        texts = [part.text for part in parts if part.text != "."]
        return Directive(keyword, texts[0] if len(texts) > 1 else "", texts[-1])

    def _block(self) -> Block:
        subject = self._object()
        predicates = self._predicates(".")
        return Block(subject, predicates, self._take("."))

    def _predicates(self, closing: str) -> list[Predicate]:
        predicates: list[Predicate] = []
        while self._peek() != closing:
            verb = self._take()
            objects = [self._object()]
            while self._peek() == ",":
                self._pass(objects[-1])
                objects.append(self._object())
            predicates.append(Predicate(verb, Objects(objects)))
            while self._peek() == ";":
                self._pass(objects[-1])
        return predicates

    def _object(self) -> Word | Bracket:
        word = self._take()
        if word.text == "[":
            return Bracket(word, self._predicates("]"), self._take("]"))
        if word.text == "(":
            items: list[Word | Bracket] = []
            while self._peek() != ")":
                items.append(self._object())
            return Bracket(word, Objects(items), self._take(")"))
        return word

    def _pass(self, before: Word | Bracket) -> None:
        """Pass a comma or a semicolon; its comments go to its neighbours."""
        mark = self._take()
        last = before.closing if isinstance(before, Bracket) else before
        last.beside += mark.beside
        self._words[self._next].above[:0] = mark.above

    def _peek(self) -> str:
        return self._words[self._next].text if self._next < len(self._words) else ""

    def _take(self, text: str = "") -> Word:
        if self._next >= len(self._words) or (text and self._peek() != text):
            line = self._words[min(self._next, len(self._words) - 1)].line
            raise TurtleError(Location(self._shown_as, line), NOT_READ)
        self._next += 1
        return self._words[self._next - 1]
