"""Write places that were cited and are proved now into the files that state them.

The block of the cited place becomes that of a locator; a report whose text was not held names it.
All else in the files stays.
"""

from __future__ import annotations

from collections.abc import Iterable

from allograph.curated.formatter.fmt import formatted, write_whole
from allograph.curated.held.folded import Span
from allograph.curated.held.locate import as_selector, located
from allograph.curated.held.locators import Locator, ReadText
from allograph.curated.loaded import Loaded
from allograph.curated.sources import Sources
from allograph.errors import FileError, Location
from allograph.rdf.turtle_statements import subject_lines, written_in
from allograph.rdf.turtle_tokens import tokens_of
from allograph.rdf.vocabularies import OA
from allograph.text.files import read_text


def write_proved(
    proved: Iterable[tuple[Locator, Span, ReadText]], loaded: Loaded, sources: Sources
) -> list[str]:
    """Write each place with its span, and name the files that were written."""
    files = _Files(loaded, sources)
    for locator, span, read in proved:
        path = loaded.location(locator.iri).path
        place = located(span, read, ())
        if not place.section:  # the text has no headings: the curator's name for the part stays
            place = located(span, read, (), locator.section)
        files.replace(path, locator.iri, as_selector(place))
        if not loaded.nodes.of(locator.report).value("heldAs"):
            files.hold(loaded.location(locator.report).path, locator.report, read)
    return files.write()


class _Files:
    """Texts of curated files that are changed step by step, and written at the end."""

    def __init__(self, loaded: Loaded, sources: Sources) -> None:
        self._loaded = loaded
        self._sources = sources
        self._texts: dict[str, str] = {}
        self._held: set[str] = set()

    def replace(self, shown_as: str, iri: str, lines: Iterable[str]) -> None:
        """Put other lines behind the name of a node."""
        text = self._text(shown_as)
        start, end = _behind_name(text, iri, shown_as)
        block = "\n".join(("", *lines))
        self._texts[shown_as] = _with_prefix(f"{text[:start]}{block}{text[end:]}", "oa", str(OA))

    def hold(self, shown_as: str, report: str, read: ReadText) -> None:
        """Name the held text of a report, once."""
        if report in self._held:
            return
        self._held.add(report)
        text, name = self._text(shown_as), read.held.file_name
        _, end = _behind_name(text, report, shown_as)
        text = f"{text[: end - 1].rstrip()} ;\n    ag:heldAs <{read.held.iri}> .{text[end:]}"
        block = (
            f"\n<{read.held.iri}>\n    a ag:HeldText ;\n"
            f'    rdfs:label "{name}, the text that was read"@en ;\n'
            f'    ag:fileName "{name}" ;\n    ag:sha256 "{read.sha256}" .\n'
        )
        self._texts[shown_as] = text + block

    def write(self) -> list[str]:
        """Write every text that was changed, in the style of the project."""
        for shown_as, text in self._texts.items():
            write_whole(self._sources.root / shown_as, formatted(text, shown_as), shown_as)
        return list(self._texts)

    def _text(self, shown_as: str) -> str:
        if shown_as not in self._texts:
            self._texts[shown_as] = read_text(self._sources.root / shown_as, shown_as)
        return self._texts[shown_as]


def _behind_name(text: str, iri: str, shown_as: str) -> tuple[int, int]:
    """Where a block of a file goes on behind its name, and where it ends, its dot included."""
    line = subject_lines(text, shown_as).get(iri)
    ends = [one.end for one in written_in(text, shown_as) if one.subject == iri]
    if line is None or not ends:
        raise FileError(Location(shown_as), f"{iri} does not stand in column one; allograph fmt")
    tokens = list(tokens_of(text, shown_as))
    name = next(token for token in tokens if token.line == line and token.kind != "comment")
    dot = next(one for one in tokens if one.text == "." and one.start >= max(ends))
    return name.end, dot.end


def _with_prefix(text: str, prefix: str, namespace: str) -> str:
    is_declared = any(line.split()[1:2] == [f"{prefix}:"] for line in text.splitlines())
    return text if is_declared else f"PREFIX {prefix}: <{namespace}>\n{text}"
