"""Small graphs to pool: a few studies in Turtle, and what pooling answers of them."""

from functools import cache
from types import SimpleNamespace

from approve import SNAPSHOT

from allograph.evidence import Evidence, read_evidence
from allograph.evidence.pooling.answers import Answer, Wish
from allograph.evidence.pooling.pool import pool
from allograph.rdf.turtle import parse_turtle

BASE = "https://w3id.org/allograph/"
RESPONSE = f"{BASE}outcome/overall-response"
PREFIXES = """
PREFIX ag:        <https://w3id.org/allograph/ontology#>
PREFIX bound:     <https://w3id.org/allograph/bound/>
PREFIX condition: <https://w3id.org/allograph/condition/>
PREFIX drug:      <https://w3id.org/allograph/drug/>
PREFIX grouping:  <https://w3id.org/allograph/grouping/>
PREFIX outcome:   <https://w3id.org/allograph/outcome/>
PREFIX rdfs:      <http://www.w3.org/2000/01/rdf-schema#>
PREFIX regimen:   <https://w3id.org/allograph/regimen/>
PREFIX report:    <https://w3id.org/allograph/report/>
PREFIX setting:   <https://w3id.org/allograph/setting/>
PREFIX skos:      <http://www.w3.org/2004/02/skos/core#>
PREFIX statistic: <https://w3id.org/allograph/statistic/>
PREFIX study:     <https://w3id.org/allograph/study/>
PREFIX tier:      <https://w3id.org/allograph/tier/>
PREFIX x:         <https://w3id.org/allograph/study/x#>
PREFIX y:         <https://w3id.org/allograph/study/y#>

tier:primary ag:rank 1 .
tier:label ag:rank 4 .
tier:retelling ag:rank 7 .
report:article a ag:Report ; rdfs:label "Article" ; ag:tier tier:primary .
report:label a ag:Report ; ag:tier tier:label .
report:news a ag:Report ; ag:tier tier:retelling .
study:x a ag:Study ; rdfs:label "X" ; ag:condition condition:relapsed .
study:y a ag:Study ; rdfs:label "Y" ; ag:condition condition:relapsed .
study:z a ag:Study ; rdfs:label "Z" ; ag:condition condition:relapsed .
x:all a ag:StudyGroup ; ag:study study:x ; ag:size 50 ; ag:regimen regimen:ino .
y:all a ag:StudyGroup ; ag:study study:y ; ag:size 40 ; ag:regimen regimen:ino .
condition:relapsed a ag:Condition ; ag:setting setting:relapsed .
condition:relapsed-in-children a ag:Condition ; skos:broader condition:relapsed ;
  ag:setting setting:children .
setting:relapsed rdfs:label "relapsed" .
drug:inotuzumab-ozogamicin a ag:Drug ; rdfs:label "InO" .
regimen:ino a ag:Regimen ; ag:drug drug:inotuzumab-ozogamicin .
regimen:blina a ag:Regimen ; ag:drug drug:blinatumomab .
"""
TWO = """
x:orr a ag:Result , ag:Proportion ; ag:study study:x ; ag:group x:all ; ag:report report:article ;
  ag:outcome outcome:overall-response ; ag:statistic statistic:percentage ; ag:value 60 ;
  ag:tolerance 0.5 ; ag:numerator 30 ; ag:denominator 50 .
y:orr a ag:Result , ag:Proportion ; ag:study study:y ; ag:group y:all ; ag:report report:article ;
  ag:outcome outcome:overall-response ; ag:statistic statistic:percentage ; ag:value 25 ;
  ag:tolerance 0.5 .
"""
FAMILIES = """
PREFIX family: <https://w3id.org/allograph/family/>
PREFIX sharing: <https://w3id.org/allograph/sharing/>
"""


def evidence_of(text: str, prefixes: str = PREFIXES) -> Evidence:
    """The evidence of a small graph."""
    return read_evidence(parse_turtle((prefixes + text).encode(), "case.ttl").triples)


def answered(text: str, prefixes: str = PREFIXES, **wish: object) -> Answer:
    """What pooling answers of the response in a small graph."""
    return pool(evidence_of(text, prefixes), Wish(**{"outcome": RESPONSE, **wish}))


def pooled(text: str, prefixes: str = PREFIXES, **wish: object) -> SimpleNamespace:
    """The one pool of a small graph, with what was left out of it."""
    answer = answered(text, prefixes, **wish)
    (one,) = answer.pools
    events, size = (one.crude.events, one.crude.people) if one.crude else (None, None)
    people = SimpleNamespace(numerator=events, denominator=size)
    return SimpleNamespace(**vars(one), **vars(people), left_out=answer.left_out)


def reasons(answer: object) -> dict[str, str]:
    """Why figures are left out, by their short names."""
    return {one.row.figure.removeprefix(f"{BASE}study/"): one.reason for one in answer.left_out}


@cache
def curated() -> Evidence:
    """The evidence of the curated graph."""
    return read_evidence(quad.triple for quad in SNAPSHOT.loaded.quads)


def again(name: str, said: str) -> str:
    """Another figure of all people of a study; ``said`` is about it, in Turtle."""
    return f"""
{name} a ag:Result , ag:Proportion ; ag:study study:{name[0]} ; ag:group {name[0]}:all ;
  ag:report report:article ; ag:outcome outcome:overall-response ;
  ag:statistic statistic:percentage ; {said} .
"""
