"""The options of ``read-again``: who reads, when, what one report prints, what goes together."""

from __future__ import annotations

from datetime import date

from allograph.curated.readings.agreement import FIRST, SECOND, THIRD
from allograph.curated.readings.cells import day_in
from allograph.curated.readings.session import Reader, Session
from allograph.errors import ParameterError, close_to
from allograph.namespaces import BASE, graph_of, key_of
from allograph.rdf.nodes import Nodes
from allograph.rdf.vocabularies import DCTERMS
from allograph.tables.characters import strange_character

ROLES = (SECOND, THIRD)
LONGEST = 500  # characters of a reason
LONGEST_NAME = 100


def check_options(
    sheet: str | None, filled: str | None, settle: str | None, because: str | None, is_dry: bool
) -> None:
    """Options that go together are together; raise a ``ParameterError``."""
    given = {"--sheet": sheet, "--from": filled, "--settle": settle}
    named = [name for name, value in given.items() if value is not None]
    if len(named) > 1:
        raise ParameterError(named[1], f"{' and '.join(named)} do not go together; give one")
    if is_dry and filled is None:
        raise ParameterError("dry-run", "--dry-run goes with --from FILE")
    if settle is None and because is not None:
        raise ParameterError("reason", "--reason goes with --settle FIGURE")
    if settle is not None:
        text = " ".join((because or "").split())
        if len(text) < 3 or len(text) > LONGEST or strange_character(text):
            message = f"--settle needs --reason: in a line of at most {LONGEST} characters, which"
            raise ParameterError("reason", f"{message} side is right and where that stands")


def reader_of(given: str | None, role: str, *, is_settling: bool) -> Reader:
    """Who reads; a word that is no role is a name. Raise a ``ParameterError``."""
    if given is None:
        return Reader(role)
    name = " ".join(given.split())
    key = name.casefold().removeprefix("reader:")
    if key == FIRST and not is_settling:
        message = "the first reader entered the figures; a second one is somebody else"
        raise ParameterError("reader", f"--reader: {message}: second, third, or a name")
    if key in (FIRST, *ROLES):
        return Reader(key)
    if " " not in name and (meant := close_to(key, (FIRST, *ROLES), 1)):
        raise ParameterError("reader", f"--reader: '{name}'; did you mean '{meant[0]}'?")
    if not name or len(name) > LONGEST_NAME or strange_character(name):
        raise ParameterError(
            "reader", "--reader is second, third, or a name of 100 letters at most"
        )
    return Reader(role, name)


def check_name(session: Session) -> None:
    """Who entered the figures is no second reader of them; raise a ``ParameterError``."""
    nodes = session.loaded.nodes
    for study in session.studies:
        graph = nodes.of(graph_of(study))
        names = {nodes.of(iri).label.casefold() for iri in graph.iris(DCTERMS.creator)}
        if session.reader.name and session.reader.name.casefold() in names:
            message = f"{session.reader.name} entered {key_of(study)}; a second reader is another"
            raise ParameterError("reader", f"--reader: {message}")


def report_of(given: str | None, nodes: Nodes) -> str | None:
    """The IRI of the report that is asked for; raise a ``ParameterError`` if there is none."""
    if given is None:
        return None
    key = given.removeprefix(f"{BASE}report/").removeprefix("report:")
    known = [key_of(node.iri) for node in nodes.instances("Report")]
    if key not in known:
        near = close_to(key, known, 1)
        cure = f"; did you mean '{near[0]}'?" if near else ""
        raise ParameterError("report", f"no report is called '{given[:100]}'{cure}")
    return f"{BASE}report/{key}"


def day_of(given: str | None) -> date:
    """The day of the reading, today unless it is given; raise a ``ParameterError``."""
    if given is None:
        return date.today()
    try:
        return day_in(given)
    except ValueError as error:
        raise ParameterError("on", f"--on: {error}") from None
