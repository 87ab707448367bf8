"""The answer line: one sentence, made from the rows, true of them, in a clinician's words."""

import re

import pytest
from approve import QUESTIONS, SNAPSHOT

from allograph.errors import QuestionError
from allograph.questions.parameters import choices
from allograph.questions.question import bound, read_question
from allograph.rdf.store import OxigraphStore
from allograph.rdf.terms import NamedNode, Quad
from allograph.rdf.turtle import parse_turtle
from allograph.reading.answers.line import NONE_LEFT, answer_line
from allograph.reading.answers.rows import rows_of
from allograph.reading.answers.wish import Wish, sifted
from allograph.reading.reader import Reader, expect_solutions
from allograph.reading.unread import NOTHING

PREFIXES = """
PREFIX ag:        <https://w3id.org/allograph/ontology#>
PREFIX condition: <https://w3id.org/allograph/condition/>
PREFIX drug:      <https://w3id.org/allograph/drug/>
PREFIX flag:      <https://w3id.org/allograph/flag/>
PREFIX family:    <https://w3id.org/allograph/family/>
PREFIX grouping:  <https://w3id.org/allograph/grouping/>
PREFIX outcome:   <https://w3id.org/allograph/outcome/>
PREFIX rdfs:      <http://www.w3.org/2000/01/rdf-schema#>
PREFIX regimen:   <https://w3id.org/allograph/regimen/>
PREFIX report:    <https://w3id.org/allograph/report/>
PREFIX rule:      <https://w3id.org/allograph/rule/>
PREFIX setting:   <https://w3id.org/allograph/setting/>
PREFIX sharing:   <https://w3id.org/allograph/sharing/>
PREFIX skos:      <http://www.w3.org/2004/02/skos/core#>
PREFIX statistic: <https://w3id.org/allograph/statistic/>
PREFIX study:     <https://w3id.org/allograph/study/>
PREFIX tier:      <https://w3id.org/allograph/tier/>
PREFIX weight:    <https://w3id.org/allograph/weight/>
PREFIX x:         <https://w3id.org/allograph/study/x#>
PREFIX y:         <https://w3id.org/allograph/study/y#>
PREFIX z:         <https://w3id.org/allograph/study/z#>
"""
GRAPH = f"""{PREFIXES}
tier:primary a skos:Concept ; skos:inScheme <https://w3id.org/allograph/tier> ;
  rdfs:label "primary"@en ; ag:rank 1 ; ag:secondHand false .
tier:retelling a skos:Concept ; skos:inScheme <https://w3id.org/allograph/tier> ;
  rdfs:label "retelling"@en ; ag:rank 7 ; ag:secondHand true .
flag:impossible-share a ag:Flag , skos:Concept ;
  skos:inScheme <https://w3id.org/allograph/flag> ; rdfs:label "impossible share"@en ;
  ag:weight weight:decisive .
flag:excerpt-only a ag:Flag , skos:Concept ;
  skos:inScheme <https://w3id.org/allograph/flag> ; rdfs:label "seen in an excerpt"@en ;
  ag:weight weight:weakens .
flag:identity-curated a ag:Flag , skos:Concept ;
  skos:inScheme <https://w3id.org/allograph/flag> ; rdfs:label "identity curated"@en ;
  ag:weight weight:bookkeeping .
rule:excerpt-only a ag:Rule , skos:Concept ;
  skos:inScheme <https://w3id.org/allograph/rule> ; rdfs:label "rule of the same key"@en ;
  ag:weight weight:decisive .
weight:decisive ag:rank 1 . weight:weakens ag:rank 2 . weight:bookkeeping ag:rank 3 .
report:article a ag:Report ; rdfs:label "Article"@en ; ag:tier tier:primary .
report:news a ag:Report ; rdfs:label "News"@en ; ag:tier tier:retelling .
condition:all a ag:Condition ; rdfs:label "acute lymphoblastic leukaemia"@en .
condition:relapsed a ag:Condition ; rdfs:label "relapsed acute lymphoblastic leukaemia"@en ;
  skos:broader condition:all ; ag:setting setting:relapsed .
condition:new a ag:Condition ; rdfs:label "newly diagnosed acute lymphoblastic leukaemia"@en ;
  skos:broader condition:all ; ag:setting setting:new .
drug:ino a ag:Drug ; rdfs:label "InO"@en .
drug:other a ag:Drug ; rdfs:label "other drug"@en .
drug:blina a ag:Drug ; rdfs:label "blina"@en .
regimen:ino a ag:Regimen ; rdfs:label "InO by itself"@en ; ag:drug drug:ino .
regimen:both a ag:Regimen ; rdfs:label "InO and the other"@en ; ag:drug drug:ino , drug:other .
regimen:blina a ag:Regimen ; rdfs:label "blina by itself"@en ; ag:drug drug:blina .
outcome:response a ag:Outcome ; rdfs:label "response"@en ; ag:desirable true .
outcome:cr a ag:Outcome ; rdfs:label "remission"@en ; skos:broader outcome:response .
outcome:baseline a ag:Outcome ; rdfs:label "baseline characteristic"@en .
outcome:age a ag:Outcome ; rdfs:label "age"@en ; skos:broader outcome:baseline .
statistic:hazard-ratio a skos:Concept ; rdfs:label "hazard ratio"@en ;
  skos:inScheme <https://w3id.org/allograph/statistic> .
study:x a ag:Study ; rdfs:label "X: a trial"@en ; ag:condition condition:relapsed .
study:y a ag:Study ; rdfs:label "Y: a trial"@en ; ag:condition condition:relapsed .
study:z a ag:Study ; rdfs:label "Z: a trial"@en ; ag:condition condition:relapsed .
x:all a ag:StudyGroup ; rdfs:label "All"@en ; ag:study study:x ; ag:size 50 ;
  ag:grouping grouping:cohort ; ag:regimen regimen:ino .
y:all a ag:StudyGroup ; rdfs:label "All"@en ; ag:study study:y ; ag:size 40 ;
  ag:grouping grouping:cohort ; ag:regimen regimen:both .
z:all a ag:StudyGroup ; rdfs:label "All"@en ; ag:study study:z ; ag:size 30 ;
  ag:grouping grouping:cohort ; ag:regimen regimen:blina .
"""
HEADER = """
#+ title: Which figures?
#+ tags: [figures]
#+ params:
#+   - {name: drug, type: iri, class: ag:Drug, description: The drug}
#+   - {name: outcome, type: iri, class: ag:Outcome, description: The outcome}
#+ columns:
#+   - {name: study, label: Study}
#+   - {name: value, label: Value, link: result}
#+   - {name: unit, label: Unit}
#+   - {name: flags, label: Doubts, of: flag}
#+   - {name: result, label: Result}
""".lstrip()
QUERY = """
PREFIX ag: <https://w3id.org/allograph/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?study ?value ?unit ?flags ?result WHERE {
  VALUES ?drug { UNDEF }
  VALUES ?outcome { UNDEF }
  ?result ag:group ?group ; ag:study ?study ; ag:unit ?unit ; ag:outcome/skos:broader* ?outcome .
  ?group ag:regimen/ag:drug ?drug .
  OPTIONAL { ?result ag:value ?value }
  OPTIONAL { ?result ag:flagKeys ?flags }
} GROUP BY ?study ?value ?unit ?flags ?result ORDER BY ?result
"""


def share(name, value, more="", *, outcome="cr", report="article", group="all"):
    study = name.partition("-")[0]
    return f"""
{study}:{name} a ag:Result , ag:Proportion ; ag:study study:{study} ; ag:group {study}:{group} ;
  ag:report report:{report} ; ag:outcome outcome:{outcome} ; ag:statistic statistic:percentage ;
  ag:unit "%" ; ag:value {value} {more} .
"""


def read(graph, header=HEADER, query=QUERY):
    name = NamedNode("https://w3id.org/allograph/graph/made")
    triples = parse_turtle((GRAPH + graph).encode(), "made.ttl").triples
    store = OxigraphStore.in_memory(Quad(*triple, name) for triple in triples)
    question = read_question("made", header + query, "made.rq", SNAPSHOT.namespaces)
    return Reader(None, store, {}, SNAPSHOT.namespaces, is_release=False), question


def line(graph, wish=None, *, header=HEADER, query=QUERY, **given):
    reader, question = read(graph, header, query)
    asked = bound(
        question,
        {name: [value] for name, value in given.items()},
        lambda parameter: choices(parameter, reader.store),
    )
    found = expect_solutions(reader.store.query(asked.query))
    answer = rows_of(reader, found, question.columns)
    return answer_line(reader, asked, answer, sifted(answer, wish or Wish()))


# What is said of findings


def test_shares_of_one_kind_are_one_range_with_studies_and_people():
    assert line(share("x-cr", 60) + share("y-cr", 45.5)) == (
        "Remission in 45.5 to 60% after InO, alone or with other drugs, in relapsed ALL"
        " (2 studies, 90 people)."
    )


def test_one_figure_is_said_with_its_people_its_interval_and_the_name_of_its_study():
    more = "; ag:numerator 30 ; ag:denominator 50 ; ag:lowerLimit 45.2 ; ag:upperLimit 73.6"
    assert line(share("x-cr", 60, f"{more} ; ag:confidenceLevel 95")) == (
        "Remission in 60% (30 of 50; 95% CI 45.2\N{EN DASH}73.6) after InO alone in relapsed ALL"
        " (X, 50 people)."
    )


@pytest.mark.parametrize(
    ("other", "differs"),
    [
        (share("y-cr", 45).replace("statistic:percentage", "statistic:median"), "statistic"),
        (share("y-cr", 45).replace('"%"', '"mo"'), "statistic"),
        (share("y-cr", 45, outcome="response"), "outcome"),
        (share("y-cr", 45, '; ag:definition "by flow"'), "outcome"),
        (share("y-cr", 45, "; ag:atTime 12"), "time"),
        (share("y-cr", 45, "; ag:afterCycle 2"), "time"),
        (share("y-cr", 45) + "y:all ag:selectedBy outcome:response .", "people"),
        (share("y-cr", 45) + "study:y ag:condition condition:new .", "people"),
        (share("y-cr", 45) + "y:all ag:subgroupOf y:whole .", None),
    ],
)
def test_unlike_things_are_never_in_one_range(other, differs):
    said = line(share("x-cr", 60, "; ag:numerator 30 ; ag:denominator 50") + other)
    if differs is None:
        assert "45 to 60%" in said
    else:
        assert " to " not in said.partition("(")[0]
        assert re.search(rf"1 more figure differs in [^.]*\b{differs}\b", said)


def test_an_external_control_is_no_people_of_the_study():
    assert "45 to 60%" in line(share("x-cr", 60) + share("y-cr", 45))
    graph = share("x-cr", 60) + share("y-cr", 45, group="control")
    graph += "y:control a ag:StudyGroup ; ag:study study:y ; ag:size 40 ; ag:regimen regimen:ino ;"
    said = line(f"{graph} ag:grouping grouping:external-control .")
    assert said.startswith("Remission in 60% after InO alone in relapsed ALL (X, 50 people).")


def test_what_is_retold_stands_beside_what_the_study_prints_and_never_in_its_range():
    graph = share("x-cr", 60) + share("y-cr", 45, report="news")
    assert line(graph) == (
        "Remission in 60% after InO alone in relapsed ALL (X, 50 people;"
        " one more is known only from a retelling, 45%). 1 more figure differs in source."
    )


def test_what_a_study_prints_is_not_said_again_because_somebody_retells_it():
    said = line(share("x-cr", 60) + share("x-told", 61, report="news"))
    assert said.startswith("Remission in 60% after InO alone in relapsed ALL (X, 50 people).")


def test_what_only_retellings_have_is_said_to_be_known_from_them():
    said = line(share("x-cr", 60, report="news"))
    assert "(X, 50 people; known only from a retelling)" in said


def test_people_of_two_studies_that_share_some_are_counted_at_most():
    family = """family:f a ag:Family ; rdfs:label "F"@en .
family:shared a ag:SharedPeople ; rdfs:label "Some"@en ; ag:family family:f ;
  ag:sharing sharing:partial ; ag:between x:all , y:all ."""
    assert "(2 studies, at most 90 people)" in line(share("x-cr", 60) + share("y-cr", 45) + family)


def test_a_group_within_another_adds_nobody_and_no_value():
    part = """x:part a ag:StudyGroup ; rdfs:label "Part"@en ; ag:study study:x ; ag:size 20 ;
  ag:grouping grouping:analysis-set ; ag:subgroupOf x:all ; ag:regimen regimen:ino ."""
    same = part.replace("analysis-set", "cohort")
    said = line(share("x-cr", 60) + share("x-part", 80, group="part") + same)
    assert said == "Remission in 60% after InO alone in relapsed ALL (X, 50 people)."
    said = line(share("x-cr", 60) + share("x-part", 80, group="part") + part)
    assert said.endswith("(X, 50 people). 1 more figure differs in people.")


def test_of_a_pool_and_its_trials_the_nearer_report_is_said_and_nobody_twice():
    pool = """family:f a ag:Family ; rdfs:label "F"@en .
family:pool a ag:SharedPeople ; rdfs:label "Treated"@en ; ag:family family:f ;
  ag:sharing sharing:nested ; ag:whole z:pool ; ag:part x:all .
z:pool a ag:StudyGroup ; rdfs:label "Pool"@en ; ag:study study:z ; ag:size 80 ;
  ag:grouping grouping:cohort ; ag:regimen regimen:ino .
report:label a ag:Report ; rdfs:label "Label"@en ; ag:tier tier:label .
tier:label a skos:Concept ; skos:inScheme <https://w3id.org/allograph/tier> ; ag:rank 4 ;
  rdfs:label "label"@en ; ag:secondHand false ."""
    graph = share("x-cr", 60) + pool
    assert "(X, 50 people)" in line(graph + share("z-cr", 70, group="pool", report="label"))
    assert "(Z, 80 people)" in line(graph + share("z-cr", 70, group="pool"))


def test_people_whose_number_nobody_states_are_said_to_be_so():
    group = """z:some a ag:StudyGroup ; rdfs:label "Some"@en ; ag:study study:z ;
  ag:grouping grouping:cohort ; ag:regimen regimen:ino ."""
    said = line(share("x-cr", 60) + share("z-cr", 45, group="some") + group)
    assert "(2 studies, 50 people and 1 group without a number)" in said
    assert "(Z, people not counted)" in line(share("z-cr", 45, group="some") + group)


def test_the_gravest_doubts_are_named_and_bookkeeping_is_not():
    weak = '; ag:flagKeys "excerpt-only|identity-curated"'
    graph = share("x-cr", 60, '; ag:flagKeys "impossible-share|excerpt-only"')
    said = line(graph + share("y-cr", 45, weak))
    assert "; 1 of 2 figures with a doubt that could change a decision: impossible share)" in said
    said = line(share("x-cr", 60, weak))
    assert "(X, 50 people; weakened: seen in an excerpt)" in said
    assert "doubt" not in line(share("x-cr", 60, '; ag:flagKeys "identity-curated"'))
    said = line(share("x-cr", 60, '; ag:findingKeys "excerpt-only"'))
    assert "with a doubt that could change a decision: rule of the same key)" in said


def test_the_line_follows_what_the_page_is_narrowed_to():
    graph = share("x-cr", 60) + share("y-cr", 45)
    narrowed = Wish({"study": ("https://w3id.org/allograph/study/y",)})
    assert line(graph, narrowed).startswith("Remission in 45% after InO and the other")
    assert line(graph, Wish({"study": ("nowhere",)})) == NONE_LEFT


def test_a_drug_that_is_asked_for_is_the_one_of_which_is_said():
    graph = share("x-cr", 60) + share("y-cr", 45) + share("z-cr", 70)
    assert "after blina alone" in line(graph, drug="blina")
    assert "after InO, alone or with other drugs" in line(graph)


def test_the_same_after_another_drug_is_said_if_two_studies_have_it():
    more = """study:v a ag:Study ; rdfs:label "V"@en ; ag:condition condition:relapsed .
z:v a ag:StudyGroup ; rdfs:label "All"@en ; ag:study study:v ; ag:size 10 ;
  ag:grouping grouping:cohort ; ag:regimen regimen:blina ."""
    of_v = share("z-v", 30, group="v").replace("study:z", "study:v")
    said = line(share("x-cr", 60) + share("y-cr", 45) + share("z-cr", 70) + of_v + more)
    assert "(2 studies, 90 people). After blina alone: 30 to 70% (2 studies, 40 people)." in said


def test_what_people_were_before_is_not_said_to_follow_the_treatment():
    age = share("x-age", 41, outcome="age").replace("percentage", "median").replace('"%"', '"a"')
    assert line(age) == (
        "Median age 41\N{NO-BREAK SPACE}years in people given InO alone in relapsed ALL"
        " (X, 50 people)."
    )


def test_a_value_that_was_not_reached_is_no_number_of_the_range():
    month = ("percentage", "median-time-to-event"), ('"%"', '"mo"')
    graph = (
        share("x-cr", 6)
        + share("y-cr", 9)
        + share("z-cr", 1, group="ino").replace(
            "ag:value 1 ", "ag:valueStatus <https://w3id.org/allograph/value-status/not-reached>"
        )
    )
    for old, new in month:
        graph = graph.replace(old, new)
    graph += """z:ino a ag:StudyGroup ; ag:study study:z ; ag:size 30 ;
  ag:grouping grouping:cohort ; ag:regimen regimen:ino .
<https://w3id.org/allograph/value-status/not-reached> rdfs:label "not reached"@en ;
  a skos:Concept ; skos:inScheme <https://w3id.org/allograph/value-status> ."""
    assert "6 to 9\N{NO-BREAK SPACE}months, not reached in 1 after InO" in line(graph)


def test_a_comparison_is_said_with_both_sides_and_the_people_of_both():
    graph = """x:hr a ag:Comparison ; ag:study study:x ; ag:group x:one ; ag:comparator x:two ;
  ag:report report:article ; ag:outcome outcome:cr ; ag:statistic statistic:hazard-ratio ;
  ag:unit "1" ; ag:value 0.71 ; ag:lowerLimit 0.55 ; ag:upperLimit 0.93 ; ag:confidenceLevel 95 .
x:one a ag:StudyGroup ; rdfs:label "One"@en ; ag:study study:x ; ag:size 271 ;
  ag:grouping grouping:arm ; ag:regimen regimen:ino ; ag:report report:article .
x:two a ag:StudyGroup ; rdfs:label "Two"@en ; ag:study study:x ; ag:size 134 ;
  ag:grouping grouping:arm ; ag:regimen regimen:blina ; ag:report report:article ."""
    assert line(graph) == (
        "Hazard ratio for remission 0.71 (95% CI 0.55\N{EN DASH}0.93) with InO alone against"
        " blina by itself in relapsed ALL (X, 405 people)."
    )
    assert line(graph + share("x-cr", 60)).endswith(
        "1 more figure differs in statistic or comparator."
    )


def test_a_comparison_without_an_estimate_is_said_to_be_one():
    graph = """x:words a ag:Comparison ; ag:study study:x ; ag:group x:one ; ag:comparator x:two ;
  ag:report report:article ; ag:outcome outcome:cr ; ag:unit "1" .
x:one a ag:StudyGroup ; rdfs:label "One"@en ; ag:study study:x ; ag:size 271 ;
  ag:grouping grouping:arm ; ag:regimen regimen:ino ; ag:report report:article .
x:two a ag:StudyGroup ; rdfs:label "Two"@en ; ag:study study:x ; ag:size 134 ;
  ag:grouping grouping:arm ; ag:regimen regimen:blina ; ag:report report:article ."""
    assert line(graph) == (
        "Remission, compared without a printed estimate, with InO alone against"
        " blina by itself in relapsed ALL (X, 405 people)."
    )


def test_a_share_of_cells_is_said_of_the_cells():
    graph = share("x-cr", 90, group="cells")
    graph += """x:cells a ag:StudyGroup ; rdfs:label "leukaemia cells"@en ; ag:study study:x ;
  ag:grouping grouping:non-human ; ag:regimen regimen:ino ."""
    assert "of \N{LEFT DOUBLE QUOTATION MARK}leukaemia cells" in line(graph)


# What a header says


def test_a_question_may_say_what_people_did_of_whom_its_figures_are_shares():
    header = HEADER.replace("#+ tags", "#+ finding: reached it\n#+ tags")
    assert line(share("x-cr", 60) + share("y-cr", 45), header=header) == (
        "After InO, alone or with other drugs, in relapsed ALL, 45 to 60% reached it"
        " (2 studies, 90 people)."
    )


def test_a_question_may_say_how_its_rows_are_counted():
    counted = (
        "{result|figure|figures} of {study|study|studies}"
        "[; {result where flags=impossible-share|is|are} bad], in {*|row|rows}."
    )
    header = HEADER.replace("#+ tags", f'#+ answer: "{counted}"\n#+ tags')
    graph = share("y-cr", 45)
    assert line(graph, header=header) == "1 figure of 1 study, in 1 row."
    graph += share("x-cr", 60, '; ag:flagKeys "excerpt-only|impossible-share"')
    assert line(graph, header=header) == "2 figures of 2 studies; 1 is bad, in 2 rows."


def test_a_question_may_say_by_which_column_its_findings_are_told_apart_and_led():
    header = HEADER.replace("#+ tags", "#+ leading: study\n#+ tags")
    graph = share("x-cr", 60, outcome="response") + share("y-cr", 45) + share("z-cr", 70)
    said = line(graph, header=header)
    assert said.startswith("Response in 60% after InO alone")
    assert said.endswith(" (X, 50 people). 2 more figures differ in outcome, people or treatment.")
    with pytest.raises(QuestionError, match="no column 'studdy' leads"):
        read("", header.replace("leading: study", "leading: studdy"))


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        ("{studyy|study|studies}.", "the answer counts no column 'studyy'"),
        ("{study where tierr=x|study|studies}.", "the answer counts no column 'tierr'"),
        ("{study}.", "a count of the answer reads '{study|study|studies}'"),
        ("[{study|study|studies}.", "a count of the answer reads"),
        ("Some studies.", "the answer counts something"),
    ],
)
def test_a_mistake_in_how_rows_are_counted_is_named_with_its_line(answer, mistake):
    header = HEADER.replace("#+ tags", f'#+ answer: "{answer}"\n#+ tags')
    with pytest.raises(QuestionError) as caught:
        read("", header)
    assert str(caught.value).startswith(f"made.rq:2: {mistake}")


def test_the_rows_of_each_question_are_findings_or_counted_by_its_header():
    """So that every question has an answer line."""
    for name, question in QUESTIONS.items():
        names = {column.name for column in question.columns}
        has_findings = any(column.link for column in question.columns) and (
            names & {"value", "estimate"}
            or "value" in (question.plot.columns if question.plot else ())
        )
        assert question.answer or has_findings, name
        assert not (question.answer and question.finding), name


# Empty answers


def test_an_empty_answer_says_what_is_known_of_what_was_asked_for():
    assert line(share("x-cr", 60), drug="blina", outcome="cr") == (
        f"{NOTHING} Of its 3 studies 1 gave blina and 1 reports remission; none has both."
    )
    assert line(share("x-cr", 60), outcome="age") == (
        f"{NOTHING} Of its 3 studies none reports age."
    )


# On the page


def test_a_page_has_the_line_above_its_plot_and_it_follows_the_filters(client):
    def said(address):
        page = client.get(address, headers={"Accept": "text/html"}).text
        found = re.search(r'<p class="answer-line">(.*?)</p>', page, re.DOTALL)
        assert found, address
        assert page.index('class="answer-line"') < page.index('<figure class="plot">')
        return found[1]

    address = "/questions/share-reaching-transplant"
    assert " reached transplant (" in said(address)
    assert "retelling" in said(address)
    assert "retelling" not in said(f"{address}?retellings=no")
    one = said(f"{address}?f.study=Inotuzumab ozogamicin alone, one dose a cycle and then weekly")
    assert "36 of 90" in one


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_is_answered_in_one_line(client, name):
    page = client.get(f"/questions/{name}", headers={"Accept": "text/html"}).text
    (said,) = re.findall(r'<p class="answer-line">(.*?)</p>', page, re.DOTALL)
    assert said.endswith(".")
    assert said[0].isupper() or said[0].isdigit()
    assert len(said) < 700
    for leftover in ("None", "https://", "  ", "( ", " )", "{", "}", "()"):
        assert leftover not in said
