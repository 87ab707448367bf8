"""What a node says is held against the words of its span: told where they differ, and only there.

Each case is a sentence that was made up, with the span in brackets, and a node at this span.
"""

import hashlib

import pytest
from approve import SNAPSHOT

from allograph.checks.span.numerals import in_figures, listed
from allograph.checks.span.schedule import CYCLE, DAY, WEEK
from allograph.checks.span.times import grades_of
from allograph.checks.verify import verify
from allograph.curated.loaded import Loaded
from allograph.namespaces import BASE
from allograph.rdf.turtle import parse_turtle

pytestmark = pytest.mark.slow

PATH, REPORT = "graph/study/made-up.ttl", f"{BASE}report/made-up"
RECORDS = {
    path: file
    for path, file in SNAPSHOT.loaded.files.items()
    if not path.startswith(("graph/study/", "graph/report/"))
}
NAMES = {path: SNAPSHOT.loaded.named_graphs[path] for path in RECORDS}
PEOPLE = """
study:made-up a ag:Study ; rdfs:label "Made-up study" .
:all a ag:StudyGroup ; rdfs:label "All" ; ag:study study:made-up .
:new a ag:StudyGroup ; rdfs:label "Blinatumomab arm" ; ag:study study:made-up ;
    ag:subgroupOf :all ; ag:regimen regimen:blin .
:old a ag:StudyGroup ; rdfs:label "Vincristine arm" ; ag:study study:made-up ;
    ag:subgroupOf :all ; ag:regimen regimen:vincristine .
:early a ag:StudyGroup ; rdfs:label "Early relapse" ; ag:study study:made-up ;
    ag:subgroupOf :all .
:late a ag:StudyGroup ; rdfs:label "Late relapse" ; ag:study study:made-up ; ag:subgroupOf :all .
regimen:blin a ag:Regimen ; rdfs:label "blin" ; ag:drug drug:blinatumomab ;
    ag:step :step-0 , :step-1 .
regimen:vincristine a ag:Regimen ; rdfs:label "vcr" ; ag:drug drug:vincristine .
"""
PREFIXES = "\n".join(
    f"PREFIX {prefix}: <{namespace}>" for prefix, namespace in SNAPSHOT.namespaces.items()
)


@pytest.fixture
def told(tmp_path):
    """The names of what verify tells of nodes at the spans of a text, in brackets."""

    def told(text, *nodes, more=""):
        spans, plain = _spans(text)
        (tmp_path / "made-up.txt").write_text(plain, encoding="utf-8")
        blocks = [
            f"PREFIX : <{BASE}study/made-up#>\n{PREFIXES}\n{PEOPLE}",
            f"<{REPORT}> a ag:Report ; ag:reports study:made-up ; ag:heldAs :text {more} .",
            f':text ag:fileName "made-up.txt" ; ag:sha256 "{_sha256(plain)}" .',
        ]
        for place, (node, (start, end)) in enumerate(zip(nodes, spans + spans[-1:], strict=False)):
            name = f"step-{place}" if "ag:DoseStep" in node else f"node-{place}"
            is_disclosure = "ag:Disclosure" in node
            printed = "" if is_disclosure else f' ag:reportedAs "{plain[start:end]}" ;'
            if "ag:reportedAs" in node:
                printed = ""
            report = "disclosedIn" if is_disclosure else "report"
            blocks += [
                f":{name} {node} ; ag:{report} <{REPORT}> ;{printed} ag:locator :at-{place} .",
                f":at-{place} oa:start {start} ; oa:end {end} ;",
                f'    ag:sha256 "{_sha256(plain[start:end])}" .',
            ]
        file = parse_turtle("\n".join(blocks).encode(), PATH)
        loaded = Loaded({**RECORDS, PATH: file}, {**NAMES, PATH: f"{BASE}graph/study/made-up"})
        results = verify(loaded, tmp_path, [PATH]).results
        return sorted({result.rule.removeprefix("verify:") for result in results})

    return told


def _sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def _spans(text):
    plain, spans, start = "", [], 0
    for letter in text:
        if letter == "[":
            start = len(plain)
        elif letter == "]":
            spans.append((start, len(plain)))
        else:
            plain += letter
    return spans, plain


def comparison(*said, outcome="overall-survival"):
    return (
        'a ag:Comparison ; rdfs:label "x" ; ag:study study:made-up ; ag:group :new ;'
        f" ag:comparator :old ; ag:outcome outcome:{outcome} ; {' ; '.join(said)}"
    )


def result(statistic, value, unit, *said, outcome="overall-survival", group="all"):
    return (
        f'a ag:Result ; rdfs:label "x" ; ag:study study:made-up ; ag:group :{group} ;'
        f" ag:outcome outcome:{outcome} ; ag:statistic statistic:{statistic} ;"
        f' ag:value {value} ; ag:unit "{unit}" {"".join(f" ; {one}" for one in said)}'
    )


def dose(*said, drug="blinatumomab"):
    return (
        f'a ag:DoseStep ; rdfs:label "x" ; ag:drug drug:{drug} ; ag:doseLow 9 ; ag:doseHigh 9 ;'
        f' ag:doseUnit "mg" {"".join(f" ; {one}" for one in said)}'
    )


def claim(label, *said):
    return f'a ag:Claim ; rdfs:label "{label}"@en {"".join(f" ; {one}" for one in said)}'


def disclosure(interest, *companies, who="Roe"):
    listed = " , ".join(f"organization:{company}" for company in companies)
    return (
        f'a ag:Disclosure ; ag:discloser "{who}" ; ag:interest interest:{interest} ;'
        f" ag:organization {listed}"
    )


CLAIMED, DENIED, SILENT = (
    f"ag:significance significance:{key}" for key in ("claimed", "claimed-not", "not-stated")
)
BETTER, WORSE, UNKNOWN = (
    f"ag:direction direction:{key}" for key in ("favours-group", "favours-comparator", "not-stated")
)
AT, ORIGIN = "ag:atTime {}", "ag:timeOrigin origin:{}"

CASES = [
    # significance
    ("[Survival differed significantly].", comparison(CLAIMED), []),
    ("Survival differed significantly, as [in one table].", comparison(CLAIMED), []),
    ("Survival was longer [(P = .01)].", comparison(CLAIMED), []),
    ("[Survival was longer].", comparison(CLAIMED), ["significance"]),
    ("[There was no significant difference].", comparison(CLAIMED), ["significance"]),
    ("[There was no significant difference].", comparison(DENIED), []),
    ("[Survival did not differ significantly (p=0.40)].", comparison(DENIED), []),
    ("[Survival differed significantly].", comparison(DENIED), ["significance"]),
    ("[Survival differed significantly].", comparison(SILENT), ["significance"]),
    ("Response rose significantly, and [survival was 9 months].", comparison(SILENT), []),
    # statistic
    ("Median survival was [9 months].", result("median-time-to-event", 9, "mo"), []),
    ("Average survival was [9 months].", result("median-time-to-event", 9, "mo"), ["statistic"]),
    ("Mean survival was [9 months].", result("median-time-to-event", 9, "mo"), ["statistic"]),
    ("Median survival was [9 months].", result("unspecified-average", 9, "mo"), ["statistic"]),
    ("Average survival was [9 months].", result("unspecified-average", 9, "mo"), []),
    (
        "Median age was 9 years; [the average survival was 9 months].",
        result("median-time-to-event", 9, "mo"),
        ["statistic"],
    ),
    ("[OS was 30%] at 2 years.", result("cumulative-incidence", 30, "%"), ["statistic"]),
    ("[Risk of relapse was 30%].", result("survival-probability", 30, "%", outcome="relapse"),
     ["statistic"]),
    ("[Relapse risk was 30%].", result("cumulative-incidence", 30, "%", outcome="relapse"), []),
    ("[Odds ratio 0.5] for survival.",
     comparison("ag:statistic statistic:hazard-ratio", "ag:value 0.5"), ["statistic"]),
    ("[Hazard ratio 0.5] for survival.",
     comparison("ag:statistic statistic:hazard-ratio", "ag:value 0.5"), []),
    ("[Median age was 9 years (range 2-12)].",
     result("median", 9, "a", "ag:lowerLimit 2", "ag:upperLimit 12", outcome="age"),
     ["interval"]),
    ("[Median age was 9 years (95% CI 2-12)].",
     result("median", 9, "a", "ag:rangeLow 2", "ag:rangeHigh 12", outcome="age"), ["interval"]),
    ("[Median age was 9 years (95% CI 2-12)].",
     result("median", 9, "a", "ag:lowerLimit 2", "ag:upperLimit 12", "ag:confidenceLevel 90",
            outcome="age"), ["interval"]),
    # time points, grades
    ("[Two-year survival was 30%].", result("survival-probability", 30, "%", AT.format(24)), []),
    ("[At 18 months, 30% survived].", result("survival-probability", 30, "%", AT.format(18)), []),
    ("[Two-year survival was 30%].", result("survival-probability", 30, "%", AT.format(12)),
     ["time-point"]),
    ("[Survival was 30%].", result("survival-probability", 30, "%", AT.format(12)),
     ["time-point"]),
    ("[VOD of any grade in 9%].",
     result("percentage", 9, "%", 'ag:grade "any"', outcome="vod-sos"), []),
    ("[VOD of any grade in 9%].", result("percentage", 9, "%", outcome="vod-sos"), ["grade"]),
    ("[Grade ≥3 VOD in 9%].", result("percentage", 9, "%", 'ag:grade "≥3"', outcome="vod-sos"),
     []),
    ("[VOD of grade 3 or 4 in 9%].",
     result("percentage", 9, "%", 'ag:grade "2"', outcome="vod-sos"), ["grade"]),
    # schedules
    ("[Blinatumomab 9 mg on days 1, 8 and 15].", dose("ag:day 8"), []),
    ("[Blinatumomab 9 mg on days 1, 8 and 15].", dose("ag:day 9"), ["day"]),
    ("[Blinatumomab 9 mg on day 3].", dose(), ["day"]),
    ("[Blinatumomab 9 mg] in the second week.", dose("ag:week 2"), []),
    ("[Blinatumomab 9 mg] in the second week.", dose("ag:week 1"), ["week"]),
    ("[Blinatumomab 9 mg] for the first 3 cycles.", dose("ag:cycleFrom 1", "ag:cycleTo 3"), []),
    ("[Blinatumomab 9 mg for the first 3 cycles].", dose("ag:cycleFrom 1", "ag:cycleTo 4"),
     ["cycle"]),
    ("[Blinatumomab 9 mg] in subsequent cycles.", dose("ag:cycleFrom 1", "ag:cycleTo 1"),
     ["cycle"]),
    ("After two cycles, [9% were in complete remission].",
     result("percentage", 9, "%", "ag:afterCycle 2", outcome="complete-remission"), []),
    ("After two cycles, [9% were in complete remission].",
     result("percentage", 9, "%", "ag:afterCycle 1", outcome="complete-remission"),
     ["after-cycle"]),
    ("After two cycles, [9% were in complete remission].",
     result("percentage", 9, "%", outcome="complete-remission"), ["after-cycle"]),
    # units
    ("[Median survival was 9] or, at most, 12 months.", result("median-time-to-event", 9, "mo"),
     []),
    ("[Blinatumomab 9 mcg daily].", dose(), ["unit"]),
    ("[Blinatumomab 9 mg/m2 daily].", dose(), ["unit"]),
    # bounds
    ("[More than 9% responded].", result("percentage", 9, "%", outcome="response"), ["bound"]),
    ("[More than 9% responded].",
     result("percentage", 9, "%", "ag:bound bound:more-than", outcome="response"), []),
    ("Some [9% responded].",
     result("percentage", 9, "%", "ag:bound bound:more-than", outcome="response"), ["bound"]),
    ("[No more than 9% responded].",
     result("percentage", 9, "%", "ag:bound bound:more-than", outcome="response"), ["bound"]),
    ("[9% responded].",
     result("percentage", 9, "%", "ag:bound bound:about", outcome="response"), ["bound"]),
    # origins of the clock
    ("[Median survival from randomization was 9 months].",
     result("median-time-to-event", 9, "mo", ORIGIN.format("randomisation")), []),
    ("[Median survival was 9 months].",
     result("median-time-to-event", 9, "mo", ORIGIN.format("randomisation")), ["origin"]),
    ("[Median post-transplant survival was 9 months].",
     result("median-time-to-event", 9, "mo", ORIGIN.format("not-stated")), ["origin"]),
    ("Overall survival was counted from the start of treatment. [Median OS was 9 months].",
     result("median-time-to-event", 9, "mo", ORIGIN.format("treatment-start")), []),
    ("[Median survival was 9 months].",
     result("median-time-to-event", 9, "mo", ORIGIN.format("transplant"),
            'ag:definition "from transplant to death"'), []),
    # companies
    ("Roe: [Amgen and Pfizer: Consultancy].", disclosure("consultancy", "amgen", "pfizer"), []),
    ("Roe: [Amgen and Pfizer: Consultancy].", disclosure("consultancy", "amgen"),
     ["organization"]),
    ("Roe: [Amgen: Consultancy].", disclosure("consultancy", "amgen", "pfizer"),
     ["organization"]),
    ("Roe: [Amgen: Consultancy].", disclosure("honoraria", "amgen"), ["interest"]),
    ("Roe: [Jazz: Travel; Amgen: Honoraria].", disclosure("honoraria", "amgen"), []),
    # drugs
    ("[Blinatumomab 9 mg] after vincristine.", dose(), []),
    ("[Blinatumomab 9 mg] after vincristine.", dose(drug="vincristine"), ["drug"]),
    ("[9% of those on vincristine responded].",
     result("percentage", 9, "%", outcome="response", group="new"), ["regimen"]),
    ("[9% of those on BLIN responded].",
     result("percentage", 9, "%", outcome="response", group="new"), []),
    ("[Survival was better with blinatumomab than with vincristine].", comparison(BETTER), []),
    ("[Survival was better with vincristine than with blinatumomab].", comparison(WORSE),
     ["comparator"]),
    ("[Blinatumomab binds CD19].", claim("It binds CD19.", "ag:about target:cd22"), ["target"]),
    ("[Blinatumomab binds CD19].",
     claim("It binds CD19.", "ag:about target:cd19 , drug:blinatumomab"), []),
    # directions
    ("[Survival was shorter with blinatumomab].", comparison(BETTER), ["direction"]),
    ("[Survival was longer with blinatumomab].", comparison(BETTER), []),
    ("[Relapse was less frequent].", comparison(BETTER, outcome="relapse"), []),
    ("[Relapse was more frequent].", comparison(BETTER, outcome="relapse"), ["direction"]),
    ("[Survival was longer with blinatumomab].", comparison(UNKNOWN), ["direction"]),
    ("[Survival by treatment].", comparison(BETTER), ["direction"]),
    ("[Survival by treatment].", comparison(UNKNOWN), []),
    ("[Survival did not differ].", comparison("ag:direction direction:no-difference"), []),
    ("[Survival did not differ].", comparison(BETTER), ["direction"]),
    # claims
    ("[The drug was more effective].", claim("The drug was more effective."), []),
    ("[The drug was more effective].", claim("The drug was less effective."), ["claim"]),
    ("[Treatment was well tolerated].", claim("Treatment was poorly tolerated."), ["claim"]),
    ("[Treatment was well tolerated].", claim("Treatment was not well tolerated."), ["claim"]),
    ("[ALL is challenging to treat].", claim("ALL is not easy to treat."), []),
    ("[Results were poor].", claim("Results were poor; no better ones are printed."), []),
    # outcomes
    ("[PFS was 30%].", result("survival-probability", 30, "%"), ["outcome"]),
    ("[OS was 30%].", result("survival-probability", 30, "%"), []),
    ("[A complete response in 9%].", result("percentage", 9, "%", outcome="overall-response"),
     ["outcome"]),
    ("[A complete response in 9%].", result("percentage", 9, "%", outcome="complete-remission"),
     []),
    ("[9% became MRD negative].", result("percentage", 9, "%", outcome="complete-remission"),
     ["outcome"]),
    ("[9% died early].", result("percentage", 9, "%", outcome="death-in-remission"),
     ["outcome"]),
    ("[Infections in 9%].", result("percentage", 9, "%", outcome="vod-sos"), ["outcome"]),
    # order
    ("Median PFS and OS were [9] and 12 months, respectively.",
     result("median-time-to-event", 9, "mo", outcome="progression-free-survival"), []),
    ("Median PFS and OS were [9] and 12 months, respectively.",
     result("median-time-to-event", 9, "mo"), ["order"]),
    ("Response was seen with blinatumomab and vincristine in [80%] vs 29%, respectively.",
     result("percentage", 80, "%", outcome="response", group="new"), []),
    ("Response was seen with blinatumomab and vincristine in [80%] vs 29%, respectively.",
     result("percentage", 80, "%", outcome="response", group="old"), ["order"]),
    ("Response in [57%] for early relapse, 61% for late relapse.",
     result("percentage", 57, "%", outcome="response", group="early"), []),
    ("Response in [57%] for early relapse, 61% for late relapse.",
     result("percentage", 57, "%", outcome="response", group="late"), ["attribution"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "node", "expected"), CASES)
def test_what_differs_from_the_words_of_the_span_is_told(told, text, node, expected):
    assert told(text, node) == expected


def test_one_printed_number_of_two_groups_is_told(told):
    early = result("percentage", 57, "%", outcome="response", group="early")
    late = result("percentage", 61, "%", outcome="response", group="late")
    assert told("Response in [57%] and in [61%].", early, late) == []
    late = result("percentage", 57, "%", outcome="response", group="late")
    assert told("Response in [57%] and in 61%.", early, late) == ["shared-number"]
    assert told("Response in [57% of both].", early, late) == []


def test_doses_of_one_printed_form_stand_in_its_order(told):
    def of(order, low):
        amount = f"ag:doseLow {low} ; ag:doseHigh {low}"
        said = dose("ag:cycleFrom 1").replace("ag:doseLow 9 ; ag:doseHigh 9", amount)
        return f"{said} ; ag:order {order}"

    text = "[Blinatumomab 9 and 3 mg in cycle 1]."
    assert told(text, of(1, 9), of(2, 3)) == []
    assert told(text, of(1, 3), of(2, 9)) == ["order"]
    assert told(text, of(1, 9), of(2, 9)) == ["order"]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ('; dcterms:identifier "doi:10.1000/abc.12"', []),
        ('; dcterms:identifier "doi:10.1000/abc.21"', ["identifier"]),
        ('; dcterms:identifier "pmid:777"', []),
        ('; dcterms:issued "2019-06-05"^^xsd:date', []),
        ('; dcterms:issued "2019-05-06"^^xsd:date', ["date"]),
        ('; dcterms:issued "2019-06-15"^^xsd:date', ["date"]),
        ('; dcterms:issued "2017-01-02"^^xsd:date', []),
        ("; ag:author :a , :b", []),
        ("; ag:author :b , :c", ["orcid"]),
    ],
)
def test_identifiers_and_dates_are_held_against_those_that_the_text_prints(told, more, expected):
    text = (
        "Posted on Jun 5, 2019. doi: 10.1000/abc.12\n\nJ. Roe\nORCID: 0000-0002-1825-0097\n\n"
        "J. Doe\nORCID: 0000-0001-5109-3700\n"
    )
    orcids = {"a": ("J. Roe", "0000-0002-1825-0097"), "b": ("J. Doe", "0000-0001-5109-3700")}
    if ":c" in more:
        orcids |= {"b": ("J. Doe", "0000-0002-1825-0097"), "c": ("J. Roe", "0000-0001-5109-3700")}
    authors = " ".join(
        f'. :{key} rdfs:label "{name}" ; ag:orcid <https://orcid.org/{orcid}>'
        for key, (name, orcid) in orcids.items()
    )
    assert told(text, more=more + authors) == expected


def test_lists_ordinals_and_words_are_numbers():
    assert listed("second and third") == {2, 3}
    assert listed("1, 8 to 10") == {1, 8, 9, 10}
    assert in_figures("one-year and two months, one man") == "1-year and 2 months, one man"
    assert DAY.counted("on days 1-3").numbers == {1, 2, 3}
    assert WEEK.counted("for 3 weeks").numbers == {1, 2, 3}
    assert 7 in CYCLE.counted("subsequent cycles")
    assert 1 not in CYCLE.counted("subsequent cycles")
    assert grades_of("any grade") == {"any"}
    assert grades_of("grades III-IV", "grade 3 or higher") == {"3-4", "3+"}


def test_what_lies_in_no_proved_span_is_not_read(told):
    node = result("median-time-to-event", 9, "mo", 'ag:reportedAs "8 months"')
    assert told("Average survival was [9 months].", node) == ["printed"]
