"""The vocabularies that the code speaks of, each once: ``SKOS.altLabel`` is the IRI, as text.

A term is any name behind a vocabulary's namespace; a name that is no attribute of Python is asked
for by index, as in ``RDFS["label"]`` or ``DCTERMS["format"]``. What curated files may use is
declared in ``ontology/prefixes.ttl``.
"""

from __future__ import annotations

from collections.abc import Mapping

from allograph.namespaces import BASE


class Vocabulary(str):
    """A namespace; its attributes and items are the IRIs of its terms."""

    def __getattr__(self, name: str) -> str:
        # Names of the language's own, as ``copy`` and ``inspect`` ask for them, are no terms.
        if name.startswith("__"):
            raise AttributeError(name)
        # Kept as an attribute, so that the next who asks does not come here: loops ask often.
        iri = self.__dict__[name] = self + name
        return iri

    def __getitem__(self, name: object) -> str:
        """The IRI of a term whose name is also a method of ``str``: ``format``, ``title``."""
        return f"{self}{name}"


AG = Vocabulary(f"{BASE}ontology#")
DCAT = Vocabulary("http://www.w3.org/ns/dcat#")
DCTERMS = Vocabulary("http://purl.org/dc/terms/")
OA = Vocabulary("http://www.w3.org/ns/oa#")
OWL = Vocabulary("http://www.w3.org/2002/07/owl#")
RDF = Vocabulary("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Vocabulary("http://www.w3.org/2000/01/rdf-schema#")
SCHEMA = Vocabulary("https://schema.org/")
SD = Vocabulary("http://www.w3.org/ns/sparql-service-description#")
SH = Vocabulary("http://www.w3.org/ns/shacl#")
SKOS = Vocabulary("http://www.w3.org/2004/02/skos/core#")
SPDX = Vocabulary("http://spdx.org/rdf/terms#")
VOID = Vocabulary("http://rdfs.org/ns/void#")
XSD = Vocabulary("http://www.w3.org/2001/XMLSchema#")

BY_PREFIX: Mapping[str, Vocabulary] = {
    "ag": AG,
    "dcat": DCAT,
    "dcterms": DCTERMS,
    "oa": OA,
    "owl": OWL,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "sd": SD,
    "sh": SH,
    "skos": SKOS,
    "spdx": SPDX,
    "void": VOID,
    "xsd": XSD,
}
"""The same by the prefix that texts give them."""

DEFINITION = Vocabulary(f"{BASE}definition/")
ADJUSTMENT = Vocabulary(f"{BASE}adjustment/")
TIER = Vocabulary(f"{BASE}tier/")
RULE = Vocabulary(f"{BASE}rule/")
FLAG = Vocabulary(f"{BASE}flag/")
OUTCOME = Vocabulary(f"{BASE}outcome/")
