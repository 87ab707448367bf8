"""List the addresses: each blueprint answers for a part of them."""

from allograph.web.api import blueprint as api
from allograph.web.downloads import blueprint as downloads
from allograph.web.editor import blueprint as editor
from allograph.web.graph_store import blueprint as graph_store
from allograph.web.home import blueprint as home
from allograph.web.probes import blueprint as probes
from allograph.web.quality import blueprint as quality
from allograph.web.questions import blueprint as questions
from allograph.web.records import blueprint as records
from allograph.web.search import blueprint as search
from allograph.web.sparql import blueprint as sparql
from allograph.web.vocabulary import blueprint as vocabulary
from allograph.web.well_known import blueprint as well_known

BLUEPRINTS = (
    home,
    search,
    sparql,
    editor,
    questions,
    records,
    vocabulary,
    downloads,
    graph_store,
    quality,
    well_known,
    api,
    probes,
)
