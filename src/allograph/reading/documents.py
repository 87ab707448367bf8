"""The documents that come with the program, ``docs/`` and ``CHANGELOG.md``, as HTML.

Markdown is read as CommonMark with tables. Raw HTML in it is text, a picture is left out, an
address that a browser would run is no link, and a link to a file that is not served here keeps its
words alone. Headings have the anchors that GitHub gives them, so that links between documents hold
in both places.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from html import escape
from pathlib import Path
from posixpath import join, normpath
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from allograph.curated.sources import PACKAGE

CHANGES = "CHANGELOG"
"""The name of the document of changes, which lies beside ``docs/``."""
FOLDER = "docs"
_UNSAFE = re.compile(r"[^\w\- ]")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)

Address = Callable[[str], str]
"""From the name of a document to the address at which it is served."""


@dataclass(frozen=True)
class Heading:
    """A heading below the title, and its anchor on the page."""

    level: int
    anchor: str
    words: str


@dataclass(frozen=True)
class Document:
    """A file of Markdown; its name is its path below ``docs/`` without the suffix."""

    name: str
    path: Path

    @cached_property
    def _tokens(self) -> list[Token]:
        return _reader().parse(self.path.read_text("utf-8"))

    @property
    def title(self) -> str:
        """Its first heading."""
        return next(_words(inline) for inline in _headings(self._tokens, levels=("h1",)))

    @property
    def about(self) -> str:
        """Its first paragraph, as text."""
        at = next(i for i, token in enumerate(self._tokens) if token.type == "paragraph_open")
        return _words(self._tokens[at + 1])


@dataclass(frozen=True)
class Rendered:
    """A document as HTML below its title, with the headings that a list of contents names."""

    title: str
    html: str
    headings: Sequence[Heading]


@cache
def documents(root: Path | None = None) -> dict[str, Document]:
    """The documents by name: guides, then decisions; none where the program came without them.

    They belong to the program, so they are looked for once.
    """
    folder = (root or _root()) / FOLDER
    paths = [*sorted(folder.glob("*.md")), *sorted(folder.glob("decisions/*.md"))]
    named = {path.relative_to(folder).with_suffix("").as_posix(): path for path in paths}
    return {name: Document(name, path) for name, path in named.items()}


def changes(root: Path | None = None) -> Document | None:
    """What changed from release to release; nothing where the program came without it."""
    path = (root or _root()) / f"{CHANGES}.md"
    return Document(CHANGES, path) if path.is_file() else None


def render(document: Document, known: Iterable[str], address: Address) -> Rendered:
    """Write a document; ``known`` are the names of those that are served, ``CHANGES`` among them.

    Its own title is left out, for the page shows it.
    """
    tokens = _reader().parse(document.path.read_text("utf-8"))
    headings = list(_anchored(tokens))
    here = FOLDER if document.name != CHANGES else ""
    _lead(tokens, join(here, document.name), frozenset(known), address)
    body = _without_title(tokens)
    html: str = _reader().renderer.render(body, _reader().options, {})
    return Rendered(document.title, html, headings)


def _root() -> Path:
    """Where the documents lie: in the package, or in the checkout around it."""
    packaged = PACKAGE / "data"
    return packaged if (packaged / FOLDER).is_dir() else PACKAGE.parents[1]


def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    reader.add_render_rule("table_open", _open_table)
    reader.add_render_rule("table_close", _close_table)
    reader.add_render_rule("fence", _write_code)
    reader.add_render_rule("code_block", _write_code)
    return reader


def _open_table(_renderer: Any, tokens: Sequence[Token], at: int, _options: Any, _env: Any) -> str:
    """A table scrolls in a box of its own, which the heading above it names."""
    above = [_words(inline) for inline in _headings(tokens[:at])]
    label = escape(above[-1] if above else "Table")
    return f'<div class="table" role="region" aria-label="{label}" tabindex="0">\n<table>\n'


def _close_table(*_given: Any) -> str:
    return "</table>\n</div>\n"


def _write_code(_renderer: Any, tokens: Sequence[Token], at: int, _options: Any, _env: Any) -> str:
    """What is to be copied has a button where scripts run; a diagram that is text is folded."""
    code = f"<code>{escape(tokens[at].content, quote=False)}</code>"
    if tokens[at].info == "mermaid":
        return (
            f"<details><summary>Diagram, as text (Mermaid)</summary><pre>{code}</pre></details>\n"
        )
    return f"<pre data-copy>{code}</pre>\n"


def _headings(
    tokens: Sequence[Token], levels: Sequence[str] = ("h1", "h2", "h3", "h4")
) -> Iterator[Token]:
    """The words of each heading, as an inline token."""
    for place, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag in levels:
            yield tokens[place + 1]


def _words(inline: Token) -> str:
    """The text of a line, without its marks."""
    return "".join(
        " " if child.type == "softbreak" else child.content for child in inline.children or ()
    )


def _anchored(tokens: Sequence[Token]) -> Iterator[Heading]:
    """Give each heading below the title its anchor: words with hyphens, a repeated one counted."""
    seen: Counter[str] = Counter()
    for place, token in enumerate(tokens):
        if token.type != "heading_open" or token.tag == "h1":
            continue
        words = _words(tokens[place + 1])
        slug = _UNSAFE.sub("", words.lower()).replace(" ", "-")
        anchor = f"{slug}-{seen[slug]}" if seen[slug] else slug
        seen[slug] += 1
        token.attrSet("id", anchor)
        yield Heading(int(token.tag[1:]), anchor, words)


def _without_title(tokens: list[Token]) -> list[Token]:
    places = [place for place, token in enumerate(tokens) if token.type == "heading_close"]
    starts_with_title = bool(tokens) and tokens[0].tag == "h1"
    return tokens[places[0] + 1 :] if starts_with_title else tokens


def _lead(tokens: Sequence[Token], here: str, known: frozenset[str], address: Address) -> None:
    """Let each link lead to where its file is served; one that leads nowhere keeps its words."""
    for token in tokens:
        opened: list[bool] = []
        kept = []
        for child in token.children or ():
            if child.type == "link_open":
                target = _target(str(child.attrGet("href")), here, known, address)
                opened.append(target is not None)
                if target is None:
                    continue
                child.attrSet("href", target)
            elif child.type == "link_close" and not opened.pop():
                continue
            kept.append(child)
        if token.children:
            token.children = kept


def _target(href: str, here: str, known: frozenset[str], address: Address) -> str | None:
    """Where a link of the document at ``here`` leads; ``None`` for a file that is not served."""
    if _SCHEME.match(href) or href.startswith("#"):
        return href
    path, _, fragment = href.partition("#")
    file = normpath(join(here, "..", path))
    name = file.removesuffix(".md").removeprefix(f"{FOLDER}/")
    if not file.endswith(".md") or name not in known:
        return None
    return f"{address(name)}#{fragment}" if fragment else address(name)
