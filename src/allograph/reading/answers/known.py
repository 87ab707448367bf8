"""The evidence behind the rows of answers: figures, groups, studies and families, read once.

What is read are the curated records, each of which has a named graph, so bulk data does not slow
it down; of a store that is no release, which may have no named graphs, it is everything.
"""

from __future__ import annotations

from allograph.evidence import Evidence, evidence_of
from allograph.rdf.nodes import Nodes
from allograph.rdf.vocabularies import AG, SKOS
from allograph.reading.reader import Reader

CLASSES = (
    "CertaintyOfEvidence",
    "CertaintyStep",
    "Claim",
    "Comparison",
    "Condition",
    "DomainJudgement",
    "Drug",
    "Lead",
    "Outcome",
    "Regimen",
    "RegistryRecord",
    "Report",
    "Result",
    "RiskOfBias",
    "SharedPeople",
    "Study",
    "StudyGroup",
)

KNOWN = """
CONSTRUCT {{ ?record ?property ?value }} WHERE {{
  {{ SELECT DISTINCT ?record WHERE {{ VALUES ?class {{ {classes} }} {where} }} }}
  ?record ?property ?value
}}
"""
RECORDS = "?record a ?class"
CONCEPTS = f"""
CONSTRUCT {{ ?concept ?property ?value }} WHERE {{
  ?concept a <{SKOS.Concept}> ; <{SKOS.inScheme}> ?scheme ; ?property ?value
}}
"""


def read_known(reader: Reader) -> Evidence:
    """The evidence of a reader, for ``Reader.once``; concepts are among its nodes."""
    classes = " ".join(f"<{AG[name]}>" for name in CLASSES)
    where = f"GRAPH ?graph {{ {RECORDS} }}" if reader.is_release else RECORDS
    triples = reader.construct(KNOWN.format(classes=classes, where=where))
    return evidence_of(Nodes([*triples, *reader.construct(CONCEPTS)]))
