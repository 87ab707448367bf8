"""Write the skeleton of a new record: a commented file that the parser takes as it is.

The skeletons are Turtle files in ``skeletons/``, one for each kind, and one for studies of arms.
KEY and DATE are filled in here, and what is known of the report and of the text that was read; a
line ``PLACE name`` becomes the block of a place, ``TEXT`` that of a held text. TODO is left to the
curator, and ``check`` names each.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from allograph.curated.sources import PACKAGE, Sources
from allograph.errors import FileError, Location, ParameterError, nearest
from allograph.namespaces import BASE, KEY
from allograph.rdf.nodes import Node, Nodes
from allograph.rdf.turtle import read_turtle
from allograph.rdf.vocabularies import DCTERMS
from allograph.text.files import read_bytes, reason

DOMAINS = "DOMAINS"
"""The word for the domains of a tool, whose keys stand apart from each other."""
SKELETONS = PACKAGE / "curated" / "skeletons"
SEEN_AT = "SEEN_AT"
"""The word for the address at which a trial was seen, or a report whose text nobody may hold."""
NOWHERE = "https://example.org/TODO"
UNKNOWN = {
    "REPORT": "TODO",
    "FILE_NAME": "TODO: the name of the file that was read",
    "SHA256": "TODO: the SHA-256 of that file, which allograph new report KEY --text FILE fills in",
    "DESIGN": "TODO",
    "GROUPING": "TODO",
    SEEN_AT: NOWHERE,
    "JUDGES": "<https://w3id.org/allograph/study/TODO>",
    "TOOL": "rob-2",
    DOMAINS: "randomisation deviations missing-outcomes measurement selection-of-result",
    "RELEASE": "TODO: the release that was judged, which --of WHAT fills in",
    "DIGEST": "TODO: what allograph new judgement KEY --of WHAT fills in",
}
OF_ARMS = frozenset(("randomised-trial", "controlled-trial"))
"""Designs with a skeleton of two arms; all others have one group to begin with."""
_ADDRESS = re.compile(r"https?://[^\s/<>\"{}|\\^`]+\.[^\s<>\"{}|\\^`]+")
_PLACE = re.compile(r"^PLACE (?P<name>\S+)(?: (?P<words>.+))?$", re.MULTILINE)


def write_skeleton(
    kind: str, key: str, sources: Sources, known: Mapping[str, str] | None = None
) -> Path:
    """Write ``graph/<kind>/<key>.ttl``; a file that is there is never overwritten.

    ``known`` are values for the words of ``UNKNOWN``, and for ``SEEN_AT`` where places are cited.
    """
    _check_key("key", key)
    path = sources.graph / kind / f"{key}.ttl"
    shown_as = sources.relative(path)
    text = skeleton(kind, key, known or {})
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise FileError(
            Location(shown_as), "exists already; edit it, or choose another key"
        ) from None
    except OSError as error:
        raise FileError(Location(shown_as), f"cannot be written: {reason(error)}") from None
    return path


def skeleton(kind: str, key: str, known: Mapping[str, str]) -> str:
    """The text of a skeleton, with what is known filled in."""
    text = _with_domains(_read(_name(kind, known)), (UNKNOWN | dict(known))[DOMAINS].split())
    is_cited = SEEN_AT in known
    text = _PLACE.sub(lambda match: _place(match, is_cited), text)
    if is_cited and kind == "report":
        text = text.replace(" ;\n    ag:heldAs :text .\n\nTEXT", " .")
        text = re.sub(r"    # dcterms:source <.*> ;", f"    dcterms:source <{SEEN_AT}> ;", text)
    text = text.replace("TEXT\n", _read("text"))
    words = {"KEY": key, "DATE": date.today().isoformat()} | UNKNOWN | dict(known)
    return re.sub("|".join(words), lambda match: words[match[0]], text)


def _name(kind: str, known: Mapping[str, str]) -> str:
    """The skeleton of a record of a kind, by what is known of it."""
    if kind == "study" and known.get("DESIGN") in OF_ARMS:
        return "study-of-arms"
    return "judgement-of-certainty" if kind == "judgement" and "ANSWER" in known else kind


def _with_domains(text: str, domains: Sequence[str]) -> str:
    """A skeleton with a block for each domain that is judged, by their keys within the tool."""
    blocks = "".join(_read("judgement-domain").replace("PART", domain) for domain in domains)
    names = " ,\n".join(f"        :{domain}" for domain in domains).lstrip()
    return text.replace("PARTS", names).replace(f"{DOMAINS}\n", blocks)


def known_of(
    sources: Sources,
    *,
    report: str | None = None,
    text: str | None = None,
    seen_at: str | None = None,
    design: str | None = None,
) -> dict[str, str]:
    """What is known of a new record: its report, the file that was read or the address, its design.

    The places of a study whose report has a file, and no text in it, are cited ones. Raises
    ``ParameterError`` for a design that is not of the scheme, a key or an address that is none.
    """
    known = {}
    if report:
        known["REPORT"] = key = report.removeprefix("report:")
        _check_key("report", key)
        known |= _seen(key, sources)
    if text:
        known["FILE_NAME"] = Path(text).name.replace("\\", "\\\\").replace('"', '\\"')
        known["SHA256"] = hashlib.sha256(read_bytes(Path(text), text)).hexdigest()
    if seen_at:
        if not _ADDRESS.fullmatch(seen_at):
            message = f"an address begins with https://, and has no spaces; not '{seen_at}'"
            raise ParameterError("seen-at", message)
        known[SEEN_AT] = seen_at
    if design:
        known["DESIGN"] = _design(design.removeprefix("design:"), sources)
        known["GROUPING"] = "whole-study"
    return known


def _read(name: str) -> str:
    return (SKELETONS / f"{name}.ttl").read_text(encoding="utf-8")


def _place(match: re.Match[str], is_cited: bool) -> str:
    """The block of a place; what a reader has to know of places stands around the first."""
    text = _read("place-cited" if is_cited else "place-held").rstrip("\n")
    text = text if match["words"] else text.split("\n\n")[1]
    return text.replace("WORDS", match["words"] or "").replace("PLACE", match["name"])


def _seen(key: str, sources: Sources) -> dict[str, str]:
    """Where a report was seen, if its file names no held text."""
    path = sources.graph / "report" / f"{key}.ttl"
    if not path.exists():
        return {}
    node = _described(path, sources).of(f"{BASE}report/{key}")
    return {} if node.all("heldAs") else {SEEN_AT: _address(node)}


def _address(report: Node) -> str:
    return next(iter(report.iris(DCTERMS.source)), NOWHERE)


def _design(key: str, sources: Sources) -> str:
    """A design of the scheme, by its key."""
    path = sources.ontology / "schemes" / "design.ttl"
    begin = f"{BASE}design/"
    iris = [iri for iri in _described(path, sources) if iri.startswith(begin)]
    known = sorted(iri.removeprefix(begin) for iri in iris)
    if key not in known:
        raise ParameterError("design", f"there is no design '{key}'{nearest(key, known)}")
    return key


def _described(path: Path, sources: Sources) -> Nodes:
    return Nodes(read_turtle(path, sources.relative(path)).triples)


def _check_key(parameter: str, key: str) -> None:
    if not KEY.fullmatch(key):
        raise ParameterError(
            parameter, f"a key is written in lower case with hyphens, as in ino-vate, not '{key}'"
        )
