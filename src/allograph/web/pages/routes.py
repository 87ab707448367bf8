"""List the addresses: each blueprint answers for a part of them."""

from __future__ import annotations

from allograph.web.pages.api import blueprint as api
from allograph.web.pages.coverage import blueprint as coverage
from allograph.web.pages.documents import blueprint as documents
from allograph.web.pages.downloads import blueprint as downloads
from allograph.web.pages.editor import blueprint as editor
from allograph.web.pages.figures import blueprint as figures
from allograph.web.pages.graph_store import blueprint as graph_store
from allograph.web.pages.home import blueprint as home
from allograph.web.pages.inspect import blueprint as inspect
from allograph.web.pages.pool import blueprint as pool
from allograph.web.pages.probes import blueprint as probes
from allograph.web.pages.quality import blueprint as quality
from allograph.web.pages.questions import blueprint as questions
from allograph.web.pages.records import blueprint as records
from allograph.web.pages.search import blueprint as search
from allograph.web.pages.sparql import blueprint as sparql
from allograph.web.pages.summary import blueprint as summary
from allograph.web.pages.vocabulary import blueprint as vocabulary
from allograph.web.pages.well_known import blueprint as well_known

BLUEPRINTS = (
    home,
    search,
    sparql,
    editor,
    questions,
    records,
    figures,
    inspect,
    pool,
    vocabulary,
    downloads,
    graph_store,
    quality,
    coverage,
    summary,
    documents,
    well_known,
    api,
    probes,
)
