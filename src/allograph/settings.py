"""The settings: one table, from which the options, the environment and the help are read.

A setting is a field of ``Settings``. The field ``port`` is the option ``--port`` and the
environment variable ``ALLOGRAPH_PORT``; an option wins over the environment.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any

from allograph.errors import SettingError, nearest
from allograph.text.contacts import FORM as OF_CONTACTS
from allograph.text.contacts import contacts_in
from allograph.text.lines import visible
from allograph.text.numerals import whole_number

PREFIX = "ALLOGRAPH_"
_OF_KUBERNETES = re.compile(
    r"ALLOGRAPH_(?:[A-Z0-9_]+_)?(?:SERVICE_HOST|SERVICE_PORT(?:_[A-Z0-9_]+)?"
    r"|PORT_[0-9]+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)"
)
"""What Kubernetes sets in each pod beside a service ``allograph``, or ``allograph-proxy``.

https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables
"""
_PORT = re.compile("ALLOGRAPH_(?:[A-Z0-9_]+_)?PORT")
_ADDRESS = re.compile(r"(?:tcp|udp|sctp)://\S+")
"""What it sets in ALLOGRAPH_PORT, which is a setting of ours, too."""
LINKS = (
    "passed over, as Kubernetes sets them for the service allograph"
    " (enableServiceLinks: false in the pod leaves them out):"
)
MOST_SHOWN = 40
"""Characters of a wrong value that a message shows."""


@dataclass(frozen=True)
class Setting:
    """One row of the table."""

    name: str
    default: str | int
    help: str
    lowest: int
    highest: int
    form: str
    """What a text must be, in words; empty for any text."""

    @property
    def type(self) -> type[str | int]:
        """Text or a whole number."""
        return type(self.default)

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return PREFIX + self.name.upper()

    def read(self, text: str) -> str | int:
        """Read a value that was given as text."""
        if self.type is str:
            if self.form and READS[self.form](text) is None:
                raise SettingError(f"{self.variable} is {self.form}, not '{_shown(text)}'")
            return text
        number = whole_number(text, self.lowest, self.highest)
        if number is None:
            raise SettingError(
                f"{self.variable} is a whole number from {self.lowest} to {self.highest},"
                f" not '{_shown(text)}'"
            )
        return number


READS: dict[str, Callable[[str], object]] = {OF_CONTACTS: contacts_in}
"""What reads a text of a form; it gives ``None`` for one that is not of the form."""


def _shown(text: str) -> str:
    return visible(text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…")


def _setting(
    default: str | int, help: str, lowest: int = 0, highest: int = 0, form: str = ""
) -> Any:
    metadata = {"default": default, "help": help, "lowest": lowest, "highest": highest}
    return field(default=default, metadata=metadata | {"form": form})


@dataclass(frozen=True)
class Settings:
    """What can be set, with its default."""

    host: str = _setting("127.0.0.1", "Address that the service listens on.")
    port: int = _setting(8650, "Port that the service listens on; 0 is any free one.", 0, 65535)
    home: str = _setting(
        "",
        "Folder for releases, and for what checks keep; empty is build/ in a checkout, else the"
        " user's data folder.",
    )
    keep: int = _setting(20, "Unnamed releases that are kept; older ones are removed.", 1, 10000)
    root: str = _setting(
        "", "Folder that holds ontology/, graph/ and queries/; empty is what came with the program."
    )
    store: str = _setting(
        "", "Store to ask: empty is the built release; else a folder or the URL of an endpoint."
    )
    timeout: int = _setting(30, "Seconds that a query may take.", 1, 3600)
    threads: int = _setting(32, "Requests that the service answers at once.", 1, 256)
    workers: int = _setting(8, "Processes that evaluate queries.", 1, 64)
    long_queries: int = _setting(4, "Queries that may take longer than a second at once.", 1, 64)
    memory: int = _setting(1024, "MiB that one query may use.", 64, 65536)
    queue: int = _setting(64, "Queries that may wait for a worker.", 0, 10000)
    wait: int = _setting(5, "Seconds that a query waits for a worker.", 1, 600)
    result_limit: int = _setting(0, "MiB that an answer may have; 0 is any size.", 0, 65536)
    unsent: int = _setting(
        512, "MiB that slow readers may leave unsent, all together.", 16, 1 << 20
    )
    drain: int = _setting(10, "Seconds that running answers have when the service ends.", 0, 600)
    cache: int = _setting(64, "MiB of answers that are kept in memory; 0 keeps none.", 0, 65536)
    rate: int = _setting(
        60, "Seconds of evaluation that a client gets each minute; 0 is no limit.", 0, 3600
    )
    connections_per_client: int = _setting(
        100, "Connections that a client may have at once; 0 is no limit.", 0, 1000
    )
    url: str = _setting(
        "", "Address by which readers reach the service; empty is that of their request."
    )
    contact: str = _setting(
        "",
        "Mail address, issue tracker, or both with a space between, to which readers write; empty"
        " is none.",
        form=OF_CONTACTS,
    )
    proxy: int = _setting(0, "Proxies in front whose X-Forwarded headers are trusted.", 0, 16)
    body_limit: int = _setting(1024, "KiB that the body of a request may have.", 1, 1048576)
    url_limit: int = _setting(65536, "Bytes that the URL of a request may have.", 1024, 1048576)
    log_queries: int = _setting(0, "1 writes the text of each query to the log.", 0, 1)
    log_clients: int = _setting(0, "1 writes the address of each client to the log.", 0, 1)
    service_allow: str = _setting(
        "", "IRIs of the endpoints that SERVICE may ask, separated by spaces; empty is none."
    )


SETTINGS = tuple(Setting(row.name, **row.metadata) for row in fields(Settings))


def settings_from(
    environ: Mapping[str, str],
    options: Mapping[str, str | None] | None = None,
    tell: Callable[[str], None] | None = None,
) -> Settings:
    """Read the settings; an option that is ``None`` was not given.

    What Kubernetes sets by itself is passed over, with one remark by ``tell`` (to standard error,
    once in a process). Raises ``SettingError`` for any other name, and for a value that is none.
    """
    by_variable = {setting.variable: setting for setting in SETTINGS}
    given = {name: text for name, text in environ.items() if name.startswith(PREFIX)}
    passed_over = [name for name, text in given.items() if _is_of_kubernetes(name, text)]
    if passed_over:
        (tell or _tell_once)(f"{LINKS} {', '.join(sorted(passed_over))}")
    for name in passed_over:
        del given[name]
    for name, option in (options or {}).items():
        if option is not None:
            given[PREFIX + name.upper()] = option
    values: dict[str, Any] = {}
    for variable, text in given.items():
        if variable not in by_variable:
            raise SettingError(f"no setting is called {variable}{nearest(variable, by_variable)}")
        setting = by_variable[variable]
        values[setting.name] = setting.read(text)
    return Settings(**values)


def _is_of_kubernetes(name: str, text: str) -> bool:
    is_address = _PORT.fullmatch(name) and _ADDRESS.fullmatch(text)
    return bool(is_address or _OF_KUBERNETES.fullmatch(name))


@cache
def _tell_once(remark: str) -> None:
    """Say a remark once, however many commands and threads of this process read the settings."""
    sys.stderr.write(f"allograph: {remark}\n")
