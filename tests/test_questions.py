"""The questions: each runs as it is in two engines, and answers as approved."""

import csv
import re
from decimal import Decimal, InvalidOperation
from io import StringIO

import pytest
import rdflib
from approve import ANSWERS, QUESTIONS, answer_as_csv
from pyoxigraph import RdfFormat, parse
from small import SMALL

from allograph.checks.check import Checked
from allograph.namespaces import BASE
from allograph.questions.parameters import choices
from allograph.questions.question import bind
from allograph.rdf.sparql import check_query
from allograph.rdf.store import OxigraphStore
from allograph.rdf.terms import add_triples

PROMISED_COLUMNS = [
    "study",
    "study_label",
    "report",
    "report_tier",
    "group",
    "group_label",
    "group_size",
    "regimen_label",
    "outcome",
    "outcome_label",
    "statistic",
    "value",
    "unit",
    "numerator",
    "denominator",
    "lower",
    "upper",
    "level",
    "range_low",
    "range_high",
    "at_time",
    "time_origin",
    "bound",
    "basis",
    "flags",
    "reported_as",
    "section",
    "result",
]

NEW_COLUMNS = [
    *("findings", "definition", "cutoff", "place", "readings", "given_to_some"),
    *("q1", "q3", "sd", "se", "events", "person_time"),
]
"""They stand behind those that were promised first."""

BESIDE_A_FIGURE = {"unit", "statistic", "time_origin", "flags", "findings"}
"""What an answer that shows a figure says of it, beside the tier of its report."""

OF_BOTH_SIDES = {"effects", "efficacy-against-comparator"}
"""Answers whose rows show a comparison beside the figures of its two sides."""

SUMS = {"deaths-in-remission", "parts-and-wholes"}
"""Answers whose rows are sums of counts, which no clock starts."""

each_question = pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)


@pytest.fixture(scope="module")
def store(whole):
    return OxigraphStore.in_memory(whole)


@pytest.fixture(scope="module")
def engines():
    """The same graph in Oxigraph and in rdflib; it does not grow, for rdflib is slow."""
    quads = Checked(SMALL).quads
    merged = rdflib.Graph()
    add_triples(merged, (quad.triple for quad in quads))
    return OxigraphStore.in_memory(quads), merged


def comparable(value):
    """A number as a number: the engines spell 67.0 in different ways."""
    text = "" if value is None else str(value)
    try:
        return Decimal(text).normalize() if text else text
    except InvalidOperation:
        return text


@each_question
def test_a_question_answers_as_approved(question, store):
    approved = (ANSWERS / f"{question.name}.csv").read_text(encoding="utf-8")
    assert answer_as_csv(store, question.text).decode() == approved, (
        "an answer changed: read the difference after 'make approve'"
    )


@pytest.mark.slow
@each_question
def test_a_question_gives_the_same_rows_in_rdflib_and_in_oxigraph(question, engines):
    store, merged = engines
    header, *rows = csv.reader(StringIO(answer_as_csv(store, question.text).decode()))
    result = merged.query(question.text)
    assert [str(variable) for variable in result.vars] == header
    assert [tuple(map(comparable, row)) for row in result] == [
        tuple(map(comparable, row)) for row in rows
    ]


def lines_of(name):
    """The approved answer of a question: its header and its rows."""
    return (ANSWERS / f"{name}.csv").read_text(encoding="utf-8").splitlines()


def test_a_question_answers_something():
    """What a rule finds is for ``test_ledger`` to say: on a sound graph it may be nothing."""
    silent = {name for name in QUESTIONS if len(lines_of(name)) == 1}
    assert [name for name in silent if "rules" not in QUESTIONS[name].tags] == []


def test_a_question_reads_as_a_question_and_says_what_a_row_is():
    for name, question in QUESTIONS.items():
        assert re.fullmatch(r"[A-Z][^?]+\?", question.title), question.title
        assert question.description.endswith("."), name
        assert question.tags, name
        assert question.name == name == name.lower()


def test_a_question_describes_each_column_it_answers_with():
    for name, question in QUESTIONS.items():
        columns = [column.name for column in question.columns]
        assert columns == lines_of(name)[0].split(","), name


@pytest.mark.slow
def test_a_question_may_be_asked_of_any_endpoint():
    for question in QUESTIONS.values():
        check_query(question.text)


def test_rows_come_in_a_total_order():
    """No two rows are alike, so the order that names all that tells them apart is total."""
    for name, question in QUESTIONS.items():
        _header, *rows = lines_of(name)
        assert len(set(rows)) == len(rows), name
        assert "ORDER BY" in question.text, name


def test_a_parameter_says_what_it_is_and_offers_choices_from_the_graph(store):
    for name, question in QUESTIONS.items():
        for parameter in question.parameters:
            assert parameter.description, (name, parameter)
            if parameter.type == "iri":
                assert choices(parameter, store), f"{name}: nothing to choose for {parameter}"


def test_every_approved_answer_has_its_question():
    assert {path.stem for path in ANSWERS.glob("*.csv")} == set(QUESTIONS)


def test_figures_has_the_promised_columns_and_needs_no_parameter():
    figures = QUESTIONS["figures"]
    assert [column.name for column in figures.columns] == [*PROMISED_COLUMNS, *NEW_COLUMNS]
    names = {parameter.name for parameter in figures.parameters}
    assert names == {"study", "outcome", "drug", "regimen", "tier", "condition"}
    assert not any(parameter.defaults for parameter in figures.parameters)


def test_figures_has_one_row_for_each_result_but_those_of_registries(store):
    counted = store.query(
        "PREFIX ag: <https://w3id.org/allograph/ontology#>"
        "SELECT (COUNT(*) AS ?n) { ?r a ag:Result . FILTER NOT EXISTS {"
        " ?r ag:report/ag:tier <https://w3id.org/allograph/tier/registry> } }"
    )
    (solution,) = counted
    rows = (ANSWERS / "figures.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert len(rows) == int(solution["n"].value)


def shows_a_figure(question):
    """Whether the query reads the number of a result, or shows how it is printed."""
    numbers = r"ag:(printedValue|value|numerator)\b"
    is_of_results = re.search(
        r"a ag:(Result|Proportion|TimeToEvent|ProbabilityAtTime)", question.text
    )
    return re.search(numbers, question.text) or (
        is_of_results and any(column.name == "result" for column in question.columns)
    )


def test_an_answer_that_shows_a_figure_says_what_it_is_and_what_is_in_doubt():
    shown = {name: question for name, question in QUESTIONS.items() if shows_a_figure(question)}
    assert len(shown) >= 20 and "median-survival" in shown and "denominator-chain" in shown
    for name, question in shown.items():
        columns = {column.name for column in question.columns}
        wanted = BESIDE_A_FIGURE - {"time_origin"} if name in SUMS else BESIDE_A_FIGURE
        assert wanted <= columns, (name, wanted - columns)
        assert columns & {"tier", "report_tier"}, name


def test_a_column_of_printed_digits_is_declared_as_numbers():
    for name, question in QUESTIONS.items():
        printed = set(re.findall(r"ag:printed\w+ \?(\w+)", question.text))
        declared = {column.name for column in question.columns if column.type == "number"}
        assert printed & {column.name for column in question.columns} == declared, name
        bare = r"ag:(?:value|lowerLimit|upperLimit|rangeLow|rangeHigh|doseLow|doseHigh) \?(\w+)"
        shown = set(re.findall(bare, question.text)) & {column.name for column in question.columns}
        assert not shown, (name, "shows a number without its digits", shown)


def answer(store, name, **given):
    """The rows of a question that is asked with some values."""
    text = bind(QUESTIONS[name], {key: [value] for key, value in given.items()}, store)
    return [*csv.DictReader(StringIO(answer_as_csv(store, text).decode()))]


def test_an_outcome_takes_its_narrower_outcomes_with_it(store):
    asked = {
        name: parameter
        for name, question in QUESTIONS.items()
        for parameter in question.parameters
        if parameter.name == "outcome"
    }
    assert len(asked) >= 8
    for name, parameter in asked.items():
        assert "narrower outcomes count" in parameter.description, name
        assert re.search(rf"skos:broader\* \?{parameter.variable}\b", QUESTIONS[name].text)
    for name, wide, narrow in (
        ("remission-across-studies", "response", "complete remission"),
        ("median-survival", "survival", "overall survival"),
        ("survival-at-a-time", "survival", "progression-free survival"),
        ("mrd-negativity-across-studies", "response", "MRD negativity"),
        ("figures", "survival", "overall survival"),
        ("denominator-chain", "survival", "overall survival"),
    ):
        rows = answer(store, name, outcome=wide)
        assert narrow in {row["outcome_label"] for row in rows}, name
    (salvage,) = [
        row
        for row in answer(store, "evidence-gaps", outcome="death")
        if row["study"].endswith("/ino-salvage-100")
    ]
    assert int(salvage["figures"]) >= 4 and salvage["figures"] == salvage["narrower_figures"]


def test_figures_of_a_wider_outcome_are_one_row_each(store):
    rows = answer(store, "figures", outcome="response")
    assert len({row["result"] for row in rows}) == len(rows) > 10
    assert {"complete-remission", "mrd-negativity"} <= {row["outcome"] for row in rows}


def test_a_gap_counts_neither_comparisons_nor_people_of_others(engines):
    rows = answer(engines[0], "evidence-gaps")
    counted = {
        (row["study"].rpartition("/")[2], row["outcome"].rpartition("/")[2]): row for row in rows
    }
    assert counted["mini-hcvd-ino", "overall-survival"]["figures"] == "2"
    assert counted["ino-hsct-pooled", "relapse"]["figures"] == "1"
    survival = {
        kind: [
            node
            for node in SMALL.loaded.nodes.instances(kind)
            if node.iri.startswith(f"{BASE}study/ino-vate#")
            and node.iris("outcome") == (f"{BASE}outcome/overall-survival",)
        ]
        for kind in ("Result", "Comparison")
    }
    assert survival["Comparison"]
    figures = counted["ino-vate", "overall-survival"]["figures"]
    assert figures == str(len(survival["Result"]))


def test_what_may_overlap_is_given_as_a_range(store):
    rows = answer(store, "transplant-share-of-all-treated")
    salvage = [row for row in rows if "#hsct-receipt-cycle" in row["result"]]
    assert {(row["at_least"], row["at_most"]) for row in salvage} == {("39", "46")}
    assert {row["may_overlap"] for row in salvage} == {"true"}
    assert {row["may_overlap"] for row in rows if row not in salvage} == {"false"}


def test_of_all_treated_means_of_the_arm_where_a_study_has_arms(store):
    rows = {
        row["result"].rpartition("/")[2]: row
        for row in answer(store, "transplant-share-of-all-treated")
    }
    arms = {"tower#transplant-blinatumomab": "271", "tower#transplant-chemotherapy": "134"}
    assert {key: rows[key]["treated"] for key in arms} == arms
    assert rows["tower#transplant-all"]["treated"] == "405"


def test_a_dose_shows_its_own_unit_and_a_missing_one_is_told(store):
    rows = answer(store, "dosing-schedules")
    assert not any(column.unit for column in QUESTIONS["dosing-schedules"].columns)
    assert all(row["unit"] for row in rows if row["dose_low"])
    assert {row["dose"] for row in rows if not row["dose_low"]} <= {
        "not printed",
        "in the narrower treatments",
    }
    assumed = [row for row in rows if row["unit_assumed"] == "true"]
    assert assumed and all("unit assumed" in row["dose"] for row in assumed)
    assert any(row["dose"].startswith("1.0 to 1.3 mg/m2") for row in rows)


COMPARISON = """
PREFIX :             <https://w3id.org/allograph/study/made-up#>
PREFIX ag:           <https://w3id.org/allograph/ontology#>
PREFIX direction:    <https://w3id.org/allograph/direction/>
PREFIX drug:         <https://w3id.org/allograph/drug/>
PREFIX rdfs:         <http://www.w3.org/2000/01/rdf-schema#>
PREFIX regimen:      <https://w3id.org/allograph/regimen/>

:study rdfs:label "Made up" . :outcome rdfs:label "response" . :claimed rdfs:label "claimed" .
:report ag:tier :tier . :tier rdfs:label "primary" . :percentage rdfs:label "percentage" .
direction:favours-group rdfs:label "favours the group" .
direction:favours-comparator rdfs:label "favours the comparator" .
drug:blinatumomab a ag:Drug ; rdfs:label "blinatumomab" .
drug:other a ag:Drug ; rdfs:label "other" .
regimen:a ag:drug drug:blinatumomab . regimen:b ag:drug drug:other .
:first rdfs:label "First" ; ag:regimen regimen:a .
:second rdfs:label "Second" ; ag:regimen regimen:b .
:x ag:value 80.7 ; ag:printedValue "80.7" ; ag:unit "%" ; ag:statistic :percentage .
:y ag:value 29.4 ; ag:printedValue "29.4" ; ag:unit "%" ; ag:statistic :percentage .
:cr a ag:Comparison ; ag:study :study ; ag:outcome :outcome ;
  ag:group :first ; ag:comparator :second ;
  ag:index :x ; ag:reference :y ; ag:direction direction:favours-group ; ag:significance :claimed ;
  ag:reportedAs "80.7 vs 29.4" ; ag:report :report .
"""


def test_a_comparison_is_answered_from_the_side_of_the_drug():
    store = OxigraphStore.in_memory(parse(COMPARISON, RdfFormat.TURTLE))
    name = "efficacy-against-comparator"
    (row,) = answer(store, name, drug="other")
    assert (row["side"], row["direction"]) == ("comparator", "favours the comparator")
    assert (row["group_label"], row["comparator_label"]) == ("Second", "First")
    assert (row["group_value"], row["comparator_value"]) == ("29.4", "80.7")
    assert (row["difference"], row["difference_unit"]) == ("-51.3", "percentage points")
    for drug in ("blinatumomab", ""):
        (row,) = answer(store, name, drug=drug)
        assert (row["side"], row["difference"]) == ("group", "51.3")


def test_a_comparator_whose_drugs_are_not_named_can_be_asked_for(store):
    name = "efficacy-against-comparator"
    asked = answer(store, name, comparator="standard-intensive-chemotherapy")
    assert {row["comparison"].rpartition("#")[2] for row in asked} >= {"cr", "os", "pfs"}
    assert all(row["comparator_label"].startswith("Standard-therapy arm") for row in asked)
    assert len(asked) < len(answer(store, name))


@pytest.mark.parametrize("name", ["efficacy-against-comparator", "figures"])
def test_an_old_link_to_a_drug_that_is_a_treatment_now_still_answers(store, name):
    old = "standard-intensive-chemotherapy"
    taker = "comparator" if name.startswith("efficacy") else "regimen"
    wanted = answer(store, name, **{"drug": "", taker: old})
    assert wanted
    for spelt in (old, f"drug:{old}", f"https://w3id.org/allograph/drug/{old}"):
        assert answer(store, name, drug=spelt) == wanted


def test_figures_of_a_treatment_have_those_of_its_narrower_ones(store):
    wide = answer(store, "figures", regimen="inotuzumab-ozogamicin")
    narrow = answer(store, "figures", regimen="inotuzumab-ozogamicin-standard-dose")
    assert {row["result"] for row in narrow} < {row["result"] for row in wide}
    assert [row["result"].rpartition("#")[2] for row in narrow] == ["vod-sos"]


EXPOSED = re.compile(
    r"""VALUES \(\?given \?exposure\) \{ \(ag:drug "all"\) \(ag:optionalDrug "some"\) \}
 *\?regimen \?given \?drug \."""
)
DOUBTS = re.compile(
    r"\n( +)OPTIONAL { \?(\w+) ag:flagKeys \?flags }"
    r"\n\1OPTIONAL { \?\2 ag:findingKeys \?findings }\n"
)
"""Each row shows the doubts of one node."""
DOUBTS_OF_SIDES = r"""
  \{{
    SELECT \?comparison \(GROUP_CONCAT\(\?{key}; SEPARATOR = "\|"\) AS \?{column}\)
    WHERE \{{
      SELECT DISTINCT \?comparison \?{key}
      WHERE \{{
        \?comparison a ag:Comparison \.
        OPTIONAL \{{ {found} \}}
        BIND\(COALESCE\(REPLACE\(STR\(\?{value}\), "\^\.\*/", ""\), ""\) AS \?{key}\)
      \}}
      ORDER BY \?{key}
    \}}
    GROUP BY \?comparison
  \}}
"""
"""Each row shows the doubts of a comparison and of the figures of both sides, each once."""
SIDES = r"\?comparison \(ag:index\|ag:reference\)\?"
OF_SIDES = (
    DOUBTS_OF_SIDES.format(
        key="flag_key", column="flags", value="flag", found=rf"{SIDES}/ag:flag \?flag"
    ),
    DOUBTS_OF_SIDES.format(
        key="rule_key",
        column="findings",
        value="rule",
        found=rf"{SIDES} \?doubted \. \?finding sh:focusNode \?doubted ; ag:rule \?rule",
    ),
)


def test_doubts_and_who_had_a_drug_are_asked_for_in_one_way():
    """A pattern that stands in many files is mended in all of them, or in none."""
    for name, question in QUESTIONS.items():
        columns = {column.name for column in question.columns}
        of_one = len(DOUBTS.findall(question.text))
        flags, findings = (len(re.findall(each, question.text)) for each in OF_SIDES)
        shows = len(columns & {"flags", "findings"})
        assert shows in (0, 2), name
        is_of_one = shows and name not in OF_BOTH_SIDES | SUMS
        assert of_one == (1 if is_of_one else 0), name
        assert (flags, findings) == ((1, 1) if name in OF_BOTH_SIDES else (0, 0)), name
        assert bool(EXPOSED.search(question.text)) is ("exposure" in columns), name


def test_a_comparison_within_one_treatment_is_none_of_drugs(store):
    compared = {
        row["comparison"].rpartition("#")[2] for row in answer(store, "efficacy-against-comparator")
    }
    assert "cr" in compared and not compared & {"os-by-hsct", "os-by-mrd"}


def test_superiority_without_an_estimate_is_what_the_rule_and_the_flags_say(store):
    marked = store.query(
        """PREFIX ag: <https://w3id.org/allograph/ontology#>
        SELECT (COUNT(DISTINCT ?thing) AS ?n) {
          { ?thing ag:flag <https://w3id.org/allograph/flag/claim-without-estimate> } UNION
          { ?finding ag:rule <https://w3id.org/allograph/rule/claim-without-estimate> ;
                     <http://www.w3.org/ns/shacl#focusNode> ?thing }
        }"""
    )
    (solution,) = marked
    rows = answer(store, "superiority-without-estimate")
    assert len(rows) == int(solution["n"].value)
    assert {row["kind"] for row in rows} == {"comparison", "claim"}


def test_a_statement_on_others_has_no_primary_report(store):
    rows = answer(store, "figures-only-through-a-retelling")
    (antigen,) = [row for row in rows if row["result"].endswith("#cd22-expression")]
    assert antigen["primary_label"] == antigen["primary_prints_it"] == ""


def test_a_drug_that_a_company_supplied_went_to_the_study(store):
    supplied = [row for row in answer(store, "disclosures") if row["interest_label"] == "free drug"]
    assert {(row["organization_label"], row["recipient"]) for row in supplied} == {
        ("Pfizer", "the study")
    }


def test_a_count_needs_no_curve_and_a_curve_no_denominator(store):
    for row in answer(store, "figures-without-denominator"):
        is_curve = row["statistic"] in (
            "survival probability at a time",
            "cumulative incidence at a time",
        )
        assert (row["kind"] == "share") is not is_curve, row
        assert (row["flagged"] == "") is is_curve, row


COHORT = """
PREFIX :         <https://w3id.org/allograph/study/made-up#>
PREFIX ag:       <https://w3id.org/allograph/ontology#>
PREFIX basis:    <https://w3id.org/allograph/basis/>
PREFIX drug:     <https://w3id.org/allograph/drug/>
PREFIX grouping: <https://w3id.org/allograph/grouping/>
PREFIX rdfs:     <http://www.w3.org/2000/01/rdf-schema#>
PREFIX regimen:  <https://w3id.org/allograph/regimen/>
PREFIX skos:     <http://www.w3.org/2004/02/skos/core#>
PREFIX study:    <https://w3id.org/allograph/study/>

study:made-up a ag:Study ; rdfs:label "Made up" .
basis:reported rdfs:label "reported" .
regimen:either a ag:Regimen ; rdfs:label "either" ;
  ag:drug drug:other ; ag:optionalDrug drug:blinatumomab .
regimen:with a ag:Regimen ; rdfs:label "with" ; skos:broader regimen:either ;
  ag:drug drug:other , drug:blinatumomab .
regimen:without a ag:Regimen ; rdfs:label "without" ; skos:broader regimen:either ;
  ag:drug drug:other .
:all a ag:StudyGroup ; rdfs:label "All" ; ag:study study:made-up ; ag:size 48 ;
  ag:regimen regimen:either ; ag:basis basis:reported .
:first a ag:StudyGroup ; rdfs:label "First" ; ag:study study:made-up ; ag:size 38 ;
  ag:regimen regimen:without ; ag:basis basis:reported .
:last a ag:StudyGroup ; rdfs:label "Last" ; ag:study study:made-up ; ag:size 10 ;
  ag:regimen regimen:with ; ag:basis basis:reported .
"""


SHARING = """
PREFIX :        <https://w3id.org/allograph/family/made-up#>
PREFIX ag:      <https://w3id.org/allograph/ontology#>
PREFIX rdfs:    <http://www.w3.org/2000/01/rdf-schema#>
PREFIX report:  <https://w3id.org/allograph/report/>
PREFIX sharing: <https://w3id.org/allograph/sharing/>
PREFIX study:   <https://w3id.org/allograph/study/>

:primary rdfs:label "primary" .
study:a a ag:Study ; rdfs:label "A" ; ag:overlapsWith study:b , study:c .
study:b a ag:Study ; rdfs:label "B" .
study:c a ag:Study ; rdfs:label "C" .
:of-a a ag:StudyGroup ; ag:study study:a .
report:a a ag:Report ; rdfs:label "a" ; ag:tier :primary ; ag:reports study:a .
report:b a ag:Report ; rdfs:label "b" ; ag:tier :primary ; ag:reports study:b .
report:c a ag:Report ; rdfs:label "c" ; ag:tier :primary ; ag:reports study:c .
:nested a ag:SharedPeople ; ag:sharing sharing:nested ; ag:whole :of-a ; ag:part study:b .
:partial a ag:SharedPeople ; ag:sharing sharing:partial ; ag:between :of-a , study:c .
"""


def test_reports_share_people_by_a_family_of_groups_or_of_whole_studies():
    store = OxigraphStore.in_memory(parse(SHARING, RdfFormat.TURTLE))
    rows = answer(store, "reports-of-the-same-people")
    assert {(row["report_label"], row["other_report_label"], row["relation"]) for row in rows} == {
        ("a", "b", "shares people"),
        ("a", "c", "may share people"),
    }


def test_who_of_a_group_had_a_drug_is_told():
    store = OxigraphStore.in_memory(parse(COHORT, RdfFormat.TURTLE))
    rows = answer(store, "blinatumomab-exposed-patients")
    found = {
        row["group_label"]: (row["exposure"], row["patients"], row["of_group"]) for row in rows
    }
    assert found == {"All": ("some", "", "48"), "Last": ("all", "10", "10")}


def test_figures_name_the_drug_that_only_some_of_the_group_had(store):
    rows = answer(store, "figures", drug="blinatumomab", outcome="overall-survival")
    of_all = [row for row in rows if row["group"].endswith("/mini-hcvd-ino#all")]
    assert of_all and {row["given_to_some"] for row in of_all} == {"blinatumomab"}
