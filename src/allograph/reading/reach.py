"""Say how far the page of a record reaches: which findings and which other nodes belong on it.

One row for each kind of record; a concept of a closed list has only what names it. The patterns
are SPARQL: ``?finding`` is a result, comparison or claim, ``?node`` anything the page tells about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from allograph.namespaces import BASE
from allograph.rdf.terms import Triple
from allograph.reading.described import document
from allograph.reading.reader import Reader, text, values

PREFIXES = """
PREFIX ag: <https://w3id.org/allograph/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""


@dataclass(frozen=True)
class Reach:
    """Patterns that lead from a record, ``{iri}``, to findings and to other nodes.

    A page holds ``most`` findings, of each study alike, and says so if there are more.
    """

    findings: tuple[str, ...] = ()
    nodes: tuple[str, ...] = ()
    most: int = 100


NAMED = "?finding ?any <{iri}>"
IN_FAMILY = "ag:whole|ag:part|ag:between"
MEMBER = "?member ag:study <{iri}> ."
JUDGEMENT = "?judgement a ag:RiskOfBias ;"
PARTS_OF_JUDGEMENT = "(ag:domainJudgement|ag:certaintyStep)/(ag:domain|ag:aspect)?"


def _given(path: str = "") -> Reach:
    """Reach the studies, groups and regimens in which something was given.

    ``path`` leads from a regimen to the record; without it, the record is a regimen itself.
    """
    group = "ag:regimen" + (f"/{path}" if path else "")
    nodes = (f"?group {group} <{{iri}}> ; ag:study ?node", f"?node {group} <{{iri}}>")
    regimens = (f"?node a ag:Regimen ; {path} <{{iri}}>",) if path else ()
    return Reach((NAMED, f"?finding ag:group/{group} <{{iri}}>"), (*nodes, *regimens))


# Of each study its largest groups alone: a page of a condition says how many people they had.
LARGEST_GROUPS = """
  {{ SELECT ?study (MAX(?size) AS ?most) WHERE {{
    ?study ag:condition/skos:broader* <{iri}> .
    ?group ag:study ?study ; a ag:StudyGroup ; ag:size ?size .
  }} GROUP BY ?study }}
  ?node ag:study ?study ; a ag:StudyGroup ; ag:size ?most .
"""

DRUG, TARGET, REGIMEN = _given("ag:drug"), _given("ag:drug/ag:binds"), _given()

REACH = {
    "study": Reach(
        # What stands in the record's own file is known; others may speak of it.
        ("?finding ag:about <{iri}>",),
        (
            "?node ag:reports <{iri}>",
            "?node ag:disclosedIn/ag:reports <{iri}>",
            "?group ag:study <{iri}> ; ag:regimen/ag:step?/ag:locator? ?node",
            f"{MEMBER} ?node {IN_FAMILY} ?member",
            f"{MEMBER} ?shared {IN_FAMILY} ?member , ?node",
            "?node ag:figure/ag:study <{iri}>",
            f"{JUDGEMENT} ag:judges/ag:study? <{{iri}}> . BIND (?judgement AS ?node)",
            f"{JUDGEMENT} ag:judges/ag:study? <{{iri}}> ; {PARTS_OF_JUDGEMENT} ?node",
        ),
    ),
    "report": Reach(
        (NAMED,),
        (
            "?node ag:basedOn <{iri}>",
            "<{iri}> ag:reports|ag:basedOn|ag:updates|ag:cites ?node",
            "?node ag:figure/ag:report <{iri}>",
        ),
    ),
    "drug": Reach(
        DRUG.findings,
        (
            *DRUG.nodes,
            "?node a ag:DoseStep ; ag:drug <{iri}>",
            "?step a ag:DoseStep ; ag:drug <{iri}> ; ag:locator ?node",
            "<{iri}> ag:binds|ag:payload|ag:component ?node",
        ),
    ),
    "regimen": Reach(REGIMEN.findings, (*REGIMEN.nodes, "<{iri}> ag:drug ?node")),
    # What drugs that bind a target did stands on the pages of these drugs.
    "target": Reach((NAMED,), (*TARGET.nodes, "?node ag:binds <{iri}>")),
    "procedure": Reach(
        (NAMED, "?finding ag:outcome/ag:about <{iri}>"), ("?node ag:about <{iri}>",)
    ),
    "condition": Reach(
        (NAMED, "?finding ag:study/ag:condition <{iri}>"),
        (
            "?node ag:condition/skos:broader* <{iri}>",
            LARGEST_GROUPS,
        ),
    ),
    "outcome": Reach(
        (NAMED, "?finding a ag:Claim ; ag:about/ag:outcome?/skos:broader* <{iri}>"),
        (
            "?node skos:broader <{iri}>",
            "?node a ag:CertaintyOfEvidence ; ag:outcome <{iri}>",
            "?judgement a ag:CertaintyOfEvidence ; ag:outcome <{iri}> ;"
            f" {PARTS_OF_JUDGEMENT} ?node",
        ),
    ),
    "family": Reach(
        (NAMED,),
        (
            "?node ag:family <{iri}>",
            f"?shared ag:family <{{iri}}> ; {IN_FAMILY}|ag:locator ?node",
        ),
    ),
    "discrepancy": Reach(
        ("<{iri}> ag:between ?finding",),
        ("<{iri}> ag:between ?node", "<{iri}> ag:between/ag:study ?node"),
    ),
    "judgement": Reach(
        (NAMED,),
        (
            "<{iri}> ag:judges ?node",
            "<{iri}> ag:judges/ag:study ?node",
            # The state that a release states of it stands in another graph than its file.
            "<{iri}> ag:stale ?any . BIND (<{iri}> AS ?node)",
            f"<{{iri}}> {PARTS_OF_JUDGEMENT} ?node",
        ),
    ),
    "organization": Reach(
        (NAMED,),
        ("?node ag:organization|ag:maker|ag:site <{iri}>",),
    ),
    "reading": Reach(
        # All figures of the study, so that those which nobody has read again are seen as well.
        ("<{iri}> ag:study/^ag:study ?finding . ?finding ag:outcome ?outcome",),
        (
            "<{iri}> ag:study ?node",
            "<{iri}> ag:study ?study . ?node a ag:RecordGraph"
            ' FILTER (STRENDS(STR(?node), REPLACE(STR(?study), "^.*/study/", "/graph/study/")))',
        ),
        most=1000,
    ),
    "lead": Reach((NAMED,)),
    "lookup": Reach((NAMED,)),
}
CONCEPT = Reach((NAMED,), most=60)

# The inner SELECTs keep Oxigraph from joining the patterns of a UNION with every triple (measured:
# 2 ms with them, 25 to 1,400 ms without). What the nearest report prints comes first.
WHICH = (
    PREFIXES
    + """
SELECT ?finding (MIN(?rank_or_last) AS ?nearest) WHERE {{
  {{ SELECT DISTINCT ?finding WHERE {{
    {{ SELECT DISTINCT ?finding WHERE {{ {patterns} }} }}
    ?finding a ?class .
    VALUES ?class {{ ag:Result ag:Comparison ag:Claim }}
  }} }}
  OPTIONAL {{ ?finding ag:report/ag:tier/ag:rank ?rank }}
  BIND (COALESCE(?rank, 1000) AS ?rank_or_last)
}} GROUP BY ?finding ORDER BY ?nearest ?finding
"""
)

# The groups of a finding come with those from which they were drawn: the chain of denominators.
FINDINGS = """
  {{ SELECT DISTINCT ?subject WHERE {{
    VALUES ?finding {{ {findings} }}
    ?finding (ag:locator|((ag:group|ag:comparator)/ag:subgroupOf*))? ?subject .
  }} }}
  ?subject ?predicate ?object .
  FILTER (?predicate != ag:sha256)
"""
NODES = """
  {{ SELECT DISTINCT (?node AS ?subject) WHERE {{ {patterns} }} }}
  ?subject ?predicate ?object .
"""
TOLD = PREFIXES + "CONSTRUCT {{ ?subject ?predicate ?object }} WHERE {{ {patterns} }}"


def reach_of(iri: str) -> Reach:
    """How far the page of a record reaches, by its kind."""
    return REACH.get(iri.removeprefix(BASE).partition("/")[0], CONCEPT)


@dataclass(frozen=True)
class Reached:
    """What a page shows of other records, and how many findings of each record there are."""

    triples: list[Triple]
    findings: Mapping[str, int]


def reached_from(reader: Reader, iri: str) -> Reached:
    """The triples of the findings and of all nodes that belong on the page of a record."""
    reach = reach_of(iri)
    found = [
        text(row, "finding")
        for row in reader.select(WHICH.format(patterns=_union(reach.findings, iri)))
    ]
    shown = values(in_turn(found)[: reach.most])
    told = [FINDINGS.format(findings=shown)] if found else []
    if reach.nodes:
        told.append(NODES.format(patterns=_union(reach.nodes, iri)))
    triples = reader.construct(TOLD.format(patterns=_either(told))) if told else []
    return Reached(triples, Counter(map(document, found)))


def in_turn(findings: Iterable[str]) -> list[str]:
    """The first finding of each record, then the second of each: so a cut leaves out no record."""
    turns: Counter[str] = Counter()
    placed = []
    for finding in findings:
        turns[document(finding)] += 1
        placed.append((turns[document(finding)], finding))
    return [finding for _, finding in sorted(placed, key=lambda item: item[0])]


def _union(patterns: tuple[str, ...], iri: str) -> str:
    return _either(pattern.format(iri=iri) for pattern in patterns)


def _either(patterns: Iterable[str]) -> str:
    return " UNION ".join(f"{{ {pattern} }}" for pattern in patterns)
