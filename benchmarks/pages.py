"""The time and the weight of each page, on the server, warm; then the search and its index.

python benchmarks/pages.py [REQUESTS]
"""

import re
import sys
from collections.abc import Callable
from statistics import median, quantiles
from time import perf_counter

from flask.testing import FlaskClient

from allograph.curated.sources import find_sources
from allograph.reading.search import Index
from allograph.release import ensure_release
from allograph.service.live import serve_release
from allograph.settings import Settings

PAGES = (
    "/",
    "/search?q=transplant",
    "/search?q=blinatumomap",
    "/search.json?q=ino&limit=8",
    "/questions",
    "/questions/figures",
    "/questions/share-reaching-transplant",
    "/study",
    "/study/ino-vate",
    "/study/ino-salvage-100",
    "/drug/inotuzumab-ozogamicin",
    "/quality",
    "/ontology",
    "/sparql",
    "/download",
    "/docs",
    "/nothing/here",
)
LOADED = re.compile(r'<(?:link rel="(?:stylesheet|icon)" href|script[^>]* src|img src)="(/[^"]+)')
ASKED = {"Accept": "text/html", "Accept-Encoding": "gzip"}
REQUESTS_SEARCHED = ("ino", "blinatumomap", "median survival after inotuzumab", "xyzzyxyzzy")


def milliseconds(ask: Callable[[], object], times: int) -> tuple[float, float, float, float]:
    """The first time, then the least, the median and the 95th percentile of the others."""
    taken = []
    for _ in range(times + 1):
        begin = perf_counter()
        ask()
        taken.append(1000 * (perf_counter() - begin))
    return taken[0], min(taken[1:]), median(taken[1:]), quantiles(taken[1:], n=20)[-1]


def weight(client: FlaskClient, address: str) -> int:
    """Bytes of a page with all that it loads, compressed."""
    page = client.get(address, headers={"Accept": "text/html"}, buffered=True)
    loaded = set(LOADED.findall(page.text)) if page.mimetype == "text/html" else set()
    parts = (client.get(part, headers=ASKED, buffered=True) for part in {address, *loaded})
    return sum(len(part.data) for part in parts)


def show(what: str, figures: tuple[float, ...], more: str = "") -> None:
    """Print one line."""
    columns = " ".join(f"{figure:8.1f}" for figure in figures)
    sys.stdout.write(f"{what:40} {columns} ms {more}\n")


def main() -> None:
    """Measure one page after another, in one run."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    sources, settings = find_sources(), Settings()
    served = serve_release(settings, ensure_release(sources, settings))
    client = served.app.test_client()
    sys.stdout.write(f"{'':40} {'first':>8} {'least':>8} {'median':>8} {'p95':>8}\n")
    for address in PAGES:
        figures = milliseconds(lambda: client.get(address, headers=ASKED, buffered=True), times)  # noqa: B023  # called at once
        show(address, figures, f"{weight(client, address) / 1000:7.1f} kB")
    known = served.release.items
    index = Index(known)
    show(f"index of {len(index)} items", milliseconds(lambda: Index(known).find("x"), times))
    for words in REQUESTS_SEARCHED:
        show(f"find {words!r}", milliseconds(lambda: index.find(words), times))  # noqa: B023  # called at once
    served.pool.close()


if __name__ == "__main__":
    main()
