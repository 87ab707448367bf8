"""Five short queries to begin with: each runs as it is, and shows one way through the graph."""

from __future__ import annotations

from dataclasses import dataclass

from allograph.namespaces import Namespaces
from allograph.rdf.sparql.tokens import tokens_of


@dataclass(frozen=True)
class Starter:
    """A query without its prefixes, which are those that it uses."""

    title: str
    body: str

    def text(self, namespaces: Namespaces) -> str:
        """The whole query."""
        names = (token for token in tokens_of(self.body) if token.kind == "name")
        prefixes = sorted({token.text.partition(":")[0] for token in names})
        lines = (f"PREFIX {prefix}: <{namespaces[prefix]}>\n" for prefix in prefixes)
        return f"{''.join(lines)}\n{self.body.strip()}\n"


STARTERS = (
    Starter(
        "All results, with their people and n of N",
        """
SELECT ?study ?people ?size ?outcome ?statistic ?value ?unit ?n ?N WHERE {
  ?result a ag:Result ;
          ag:study/rdfs:label ?study ;
          ag:group ?group ;
          ag:outcome/rdfs:label ?outcome ;
          ag:statistic/rdfs:label ?statistic ;
          ag:printedValue ?value ;
          ag:unit ?unit .
  ?group rdfs:label ?people .
  OPTIONAL { ?group ag:size ?size }
  OPTIONAL { ?result ag:numerator ?n } OPTIONAL { ?result ag:denominator ?N }
  # To narrow the answer, take the # away from these lines, or write others:
  # ?result ag:outcome outcome:overall-survival .
  # ?result ag:statistic statistic:median-time-to-event .
  # ?group ag:regimen/ag:drug drug:blinatumomab .
}
ORDER BY ?study ?outcome ?people
""",
    ),
    Starter(
        "Everything about one study",
        """
# Triples: look at them as a graph, too. The study, its groups, results and claims stand in one
# named graph.
CONSTRUCT { ?part ?property ?value }
WHERE {
  GRAPH ?graph { study:ino-hsct-pooled a ag:Study . ?part ?property ?value }
}
""",
    ),
    Starter(
        "Drugs and what they bind",
        """
SELECT ?drug ?drug_name ?target ?target_name
WHERE {
  ?drug a ag:Drug ;
        rdfs:label ?drug_name ;
        ag:binds ?target .
  ?target rdfs:label ?target_name .
}
ORDER BY ?drug_name ?target_name
""",
    ),
    Starter(
        "Comparisons with a hazard ratio",
        """
SELECT ?study ?outcome ?these ?those ?hazard_ratio ?lower ?upper ?p ?reported_as
WHERE {
  ?comparison a ag:Comparison ;
              ag:statistic statistic:hazard-ratio ;
              ag:study/rdfs:label ?study ;
              ag:outcome/rdfs:label ?outcome ;
              ag:value ?hazard_ratio ;
              ag:reportedAs ?reported_as .
  OPTIONAL { ?comparison (ag:group|ag:index/ag:group)/rdfs:label ?these }
  OPTIONAL { ?comparison (ag:comparator|ag:reference/ag:group)/rdfs:label ?those }
  OPTIONAL { ?comparison ag:lowerLimit ?lower ; ag:upperLimit ?upper }
  OPTIONAL { ?comparison ag:pValue ?p }
}
ORDER BY ?outcome ?study ?hazard_ratio
""",
    ),
    Starter(
        "The doubts of one study, and why",
        """
SELECT ?rule ?weight ?part ?why
WHERE {
  ?part ag:study? study:ino-vate .
  ?doubt sh:focusNode ?part ;
         ag:rule ?found_by ;
         sh:resultMessage ?why .
  ?found_by rdfs:label ?rule ;
            ag:weight/rdfs:label ?weight .
}
ORDER BY ?weight ?rule ?part
""",
    ),
)
