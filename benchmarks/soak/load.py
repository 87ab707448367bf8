"""The mixed load: what is asked how often and read in which manner, by clients at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from random import Random
from urllib.parse import quote, urlencode

from benchmarks.soak.asking import TOKEN, Asked, Asker, Reading, leaving, slowly, steadily
from benchmarks.soak.record import Records
from benchmarks.soak.truth import Truth

AG = "https://w3id.org/allograph/ontology#"
HTML = "text/html"
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
DOWNLOADS = ("/download/allograph.nt.gz", "/download/allograph.ttl")
PAUSE = 0.05
"""The longest pause of a client between two requests, in seconds."""

SELECT = f"SELECT ?result ?value {{ ?result a <{AG}Result> ; <{AG}value> ?value }} ORDER BY ?result"
CONSTRUCT = f"CONSTRUCT {{ ?study <{AG}design> ?design }} {{ ?study <{AG}design> ?design }}"
ASK = f"ASK {{ ?study a <{AG}Study> }}"
LARGE = f'SELECT ?a ?b ?c ("{TOKEN}" AS ?t) {{ ?a ?b ?c . ?d a <{AG}Comparison> }} LIMIT 30000'
ENDLESS = f"SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }} # {TOKEN}"
HUNGRY = (
    f'SELECT DISTINCT ?a ?e ?i ("{TOKEN}" AS ?t) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }} ORDER BY ?i'
)


def sparql(kind: str, query: str, accept: str, **more: str) -> Asked:
    """A query in the URL."""
    return Asked(kind, f"/sparql?{urlencode({'query': query} | more)}", accept)


def endless(seconds: float) -> Asked:
    """A query that only its deadline ends; 503 where no place is left for long ones."""
    path = f"/sparql?{urlencode({'query': ENDLESS, 'timeout': seconds})}"
    return Asked("deadline", path, "text/csv", stopped=(504,))


def hungry() -> Asked:
    """A query that needs more memory than it may, if its time is enough for that."""
    path = f"/sparql?{urlencode({'query': HUNGRY})}"
    return Asked("memory", path, "text/csv", stopped=(504, 507))


def quick() -> Asked:
    """A query whose answer nobody else gets, and everybody knows."""
    return sparql("quick", f'SELECT ("{TOKEN}" AS ?t) {{}}', "text/csv")


@dataclass(frozen=True)
class Kind:
    """Requests of one kind, how often they come, and how their answers are read."""

    name: str
    weight: int
    requests: tuple[Asked, ...]
    reading: Callable[[Random], Reading] = lambda _random: steadily


def _all(kind: str, accept: str, *paths: str) -> tuple[Asked, ...]:
    return tuple(Asked(kind, path, accept) for path in paths)


def _questions() -> tuple[Asked, ...]:
    names = ("figures", "doubts", "disclosures", "share-reaching-transplant", "median-survival")
    suffixes = ("csv", "tsv", "json", "xml", "md")
    paths = [f"/questions/{name}.{suffix}" for name in names for suffix in suffixes]
    paths.append("/questions/figures.csv?drug=inotuzumab-ozogamicin&outcome=overall-survival")
    return _all("question", "*/*", *paths, "/questions/share-reaching-transplant.svg")


def _records() -> tuple[Asked, ...]:
    records = ("study/ino-vate", "drug/blinatumomab", "report/jabbour-2018", "outcome/vod-sos")
    suffixes = ("ttl", "nt", "jsonld", "rdf")
    paths = [f"/{record}.{suffix}" for record in records for suffix in suffixes]
    return _all("record", "*/*", *paths)


def _pages() -> tuple[Asked, ...]:
    paths = ("/", "/questions", "/questions/figures", "/study", "/study/ino-vate", "/ontology")
    more = ("/drug/blinatumomab", "/quality", "/quality/rules", "/download", "/sparql", "/flag")
    return _all("page", HTML, *paths, *more)


def _same_queries() -> tuple[Asked, ...]:
    body = urlencode({"query": SELECT})
    return (
        sparql("sparql", SELECT, "text/csv"),
        sparql("sparql", SELECT, "application/sparql-results+json"),
        sparql("sparql", CONSTRUCT, "text/turtle"),
        sparql("sparql", ASK, "application/sparql-results+json"),
        Asked("sparql", "/sparql", "text/csv", body, FORM),
        Asked("sparql", "/sparql", "application/n-triples", CONSTRUCT, DIRECT),
    )


def _new_queries() -> tuple[Asked, ...]:
    """Queries that no cache knows, most of them with a token in the answer, too."""
    construct = f'CONSTRUCT {{ ?study <{AG}design> "{TOKEN}" }} {{ ?study a <{AG}Study> }}'
    select = SELECT.replace("?value {", f'?value ("{TOKEN}" AS ?t) {{')
    return (
        quick(),
        sparql("sparql-new", select, "text/csv"),
        sparql("sparql-new", select, "application/sparql-results+xml"),
        sparql("sparql-new", construct, "application/n-triples"),
        sparql("sparql-new", f"{ASK} # {TOKEN}", "application/sparql-results+json"),
        Asked("sparql-new", "/sparql", "text/csv", select, DIRECT),
    )


def _missing() -> tuple[Asked, ...]:
    paths = ("/study/none", "/questions/none.csv", "/none", "/study/ino-vate.none")
    mistake = f"/sparql?query={quote('SELECT * {')}"
    return (
        *_all("missing", "*/*", *paths, mistake, "/questions/figures.csv?drug=none"),
        *_all("missing", HTML, "/study/none", "/none"),
    )


def _large(kind: str) -> tuple[Asked, ...]:
    return (
        sparql(kind, LARGE, "text/csv"),
        sparql(kind, LARGE, "application/sparql-results+json"),
    )


KINDS = (
    Kind("question", 20, _questions()),
    Kind("record", 14, _records()),
    Kind("page", 10, _pages()),
    Kind("sparql", 14, _same_queries()),
    Kind("sparql-new", 20, _new_queries()),
    Kind("search", 6, _all("search", "application/json", "/search?q=inotuzmab", "/search?q=vod")),
    Kind("missing", 6, _missing()),
    Kind(
        "download",
        2,
        _all("download", "*/*", *DOWNLOADS),
    ),
    Kind("large", 3, _large("large")),
    Kind("slow", 1, _large("slow"), lambda _random: slowly),
    Kind("leaving", 3, _large("leaving"), lambda random: leaving(random.randint(0, 3_000_000))),
    Kind("deadline", 1, (endless(1),)),
)


def all_requests() -> list[Asked]:
    """Every request whose truth has to be known."""
    return [quick(), *(asked for kind in KINDS for asked in kind.requests)]


class Load:
    """Clients that ask until they are stopped; the same seed gives each the same requests."""

    def __init__(
        self, netloc: Callable[[], str], truth: Truth, records: Records, kinds: Sequence[Kind]
    ) -> None:
        self._netloc = netloc
        self._truth = truth
        self._records = records
        self._kinds = kinds
        self._stopped = threading.Event()
        self._threads: list[threading.Thread] = []
        self.tokens = count(1)
        """Where each query gets its token; ``next`` of a count is one step of the interpreter."""

    def start(self, clients: int, seed: int) -> None:
        """Start so many clients."""
        for number in range(clients):
            random = Random(f"{seed}/{number}")  # noqa: S311  # not for secrets
            self._threads.append(threading.Thread(target=self._ask, args=(random,), daemon=True))
            self._threads[-1].start()

    def stop(self) -> None:
        """Let each client finish what it asks."""
        self._stopped.set()
        for thread in self._threads:
            thread.join()

    def _ask(self, random: Random) -> None:
        netloc, asker = "", None
        while not self._stopped.wait(random.uniform(0, PAUSE)):
            # A service that had to be started again listens elsewhere, or nowhere yet.
            if not (now := self._netloc()):
                continue
            if asker is None or netloc != now:
                netloc, asker = now, Asker(now)
            if random.random() < 0.1:
                asker.close()
            kind = random.choices(self._kinds, [kind.weight for kind in self._kinds])[0]
            asked = random.choice(kind.requests).with_token(next(self.tokens))
            coding = random.choice(("identity", "gzip"))
            answer = asker.ask(asked, kind.reading(random), coding)
            self._records.add(asked, answer, self._truth.judge(asked, answer, netloc))
        if asker:
            asker.close()
