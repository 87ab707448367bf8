"""Describe the dataset in the words of schema.org, for search engines that collect datasets.

https://developers.google.com/search/docs/appearance/structured-data/dataset says what they read.
The same in VoID and DCAT is at ``/.well-known/void``.
"""

from __future__ import annotations

from collections.abc import Iterator

from allograph.namespaces import BASE
from allograph.rdf.formats import FORMAT_BY_NAME
from allograph.release import Release
from allograph.release.describe import DATASET, LICENCE

DESCRIPTION = (
    "What clinical studies of acute lymphoblastic leukaemia found: each printed figure with the "
    "people it is about, the report and the place that print it, and every doubt about it. An open "
    "knowledge graph in RDF, answered by SPARQL and checked by SHACL."
)
KEYWORDS = (
    "acute lymphoblastic leukaemia",
    "inotuzumab ozogamicin",
    "blinatumomab",
    "allogeneic stem cell transplantation",
    "clinical studies",
    "knowledge graph",
    "RDF",
    "SPARQL",
)


def describe_for_search_engines(release: Release) -> dict[str, object]:
    """The dataset as schema.org's ``Dataset``."""
    creator = {"@type": "Organization", "@id": f"{BASE}organization/allograph", "name": "ALLograph"}
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": DATASET,
        "name": "ALLograph",
        "alternateName": "ALLograph: what clinical studies of acute lymphoblastic leukaemia found",
        "description": DESCRIPTION,
        "url": BASE,
        "keywords": list(KEYWORDS),
        "license": LICENCE,
        "creator": creator,
        "publisher": creator,
        "version": release.id,
        "dateModified": release.manifest["issued"],
        "isAccessibleForFree": True,
        "inLanguage": "en",
        "distribution": list(distributions(release)),
    }


def distributions(release: Release) -> Iterator[dict[str, object]]:
    """Describe each export as schema.org's ``DataDownload``; sizes are bytes."""
    for name, file in release.manifest["exports"].items():
        is_packed = name.endswith(".gz")
        media_type = FORMAT_BY_NAME[name.split(".")[1]].media_type
        yield {
            "@type": "DataDownload",
            "name": name,
            "contentUrl": f"{BASE}download/{name}",
            "encodingFormat": [media_type, "application/gzip"] if is_packed else media_type,
            "contentSize": f"{file['bytes']} B",
            "sha256": file["sha256"],
        }
