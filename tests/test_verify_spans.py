"""What a node says is held against the words of its span: told where they differ, and only there.

Each case is a sentence that was made up, with the span in brackets, and a node at this span.
"""

import hashlib

import pytest
from small import SMALL

from allograph.checks.span.numerals import listed
from allograph.checks.span.schedule import CYCLE, DAY, WEEK
from allograph.checks.verify import verify
from allograph.curated.loaded import Loaded
from allograph.doubts.rules.words.grades import grades_of
from allograph.namespaces import BASE
from allograph.rdf.turtle import parse_turtle
from allograph.text.number_words import times_in_figures

pytestmark = pytest.mark.slow

PATH, REPORT = "graph/study/made-up.ttl", f"{BASE}report/made-up"
RECORDS = {
    path: file
    for path, file in SMALL.loaded.files.items()
    if not path.startswith(("graph/study/", "graph/report/"))
}
NAMES = {path: SMALL.loaded.named_graphs[path] for path in RECORDS}
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
    f"PREFIX {prefix}: <{namespace}>" for prefix, namespace in SMALL.namespaces.items()
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


def limits(level):
    return "ag:lowerLimit 0.3", "ag:upperLimit 0.8", f"ag:confidenceLevel {level}"


def sided(sides):
    return CLAIMED, "ag:pValue 0.01", f"ag:pSides {sides}"


def remission(*said):
    return result("percentage", 60, "%", *said, outcome="complete-remission")


def counted(key):
    return remission(f"ag:outcomeDefinition definition:{key}")


def judged(key):
    return remission(f"ag:assessedBy assessor:{key}")


def cut(date, datatype):
    return remission(f'ag:dataCutoff "{date}"^^xsd:{datatype}')


def dose(*said, drug="blinatumomab"):
    return (
        f'a ag:DoseStep ; rdfs:label "x" ; ag:drug drug:{drug} ; ag:doseLow 9 ; ag:doseHigh 9 ;'
        f' ag:doseUnit "mg" {"".join(f" ; {one}" for one in said)}'
    )


def group(*made):
    selected = "".join(f" ; ag:selectedBy outcome:{key}" for key in made)
    return (
        'a ag:StudyGroup ; rdfs:label "x" ; ag:study study:made-up ;'
        f" ag:grouping grouping:subgroup ; ag:subgroupOf :all{selected}"
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
    ("[Rate ratio 0.5] for infections.",
     comparison("ag:statistic statistic:rate-ratio", "ag:value 0.5", outcome="infection"), []),
    ("[Risk ratio 0.5] for infections.",
     comparison("ag:statistic statistic:rate-ratio", "ag:value 0.5", outcome="infection"),
     ["statistic"]),
    ("[Odds ratio 0.5] for survival.",
     comparison("ag:statistic statistic:difference-of-shares", "ag:value 0.5"), ["statistic"]),
    ("[The difference was 0.5 (odds ratio 0.9)].",
     comparison("ag:statistic statistic:difference-of-shares", "ag:value 0.5"), []),
    ("[Hazard ratio 0.5 (97.5% CI 0.3-0.8)].",
     comparison("ag:statistic statistic:hazard-ratio", "ag:value 0.5", *limits(95)),
     ["interval"]),
    ("[Hazard ratio 0.5 (97.5% CI 0.3-0.8)].",
     comparison("ag:statistic statistic:hazard-ratio", "ag:value 0.5", *limits(97.5)),
     []),
    # sides of a p-value
    ("[One-sided P = .01].", comparison(*sided(2)), ["sides"]),
    ("[One-sided P = .01].", comparison(*sided(1)), []),
    ("[One-sided P = .01].", comparison(CLAIMED, "ag:pValue 0.01"), ["sides"]),
    ("By a two-tailed test survival was longer [(P = .01)].",
     comparison(*sided(1)), ["sides"]),
    ("By a two-tailed test survival was longer [(P = .01)].",
     comparison(CLAIMED, "ag:pValue 0.01"), []),
    ("[P = .01, one-sided; P = .02, two-sided].", comparison(*sided(2)), []),
    # what was counted as the outcome
    ("[CR/CRi was 60%].", counted("cr-cri"), []),
    ("[CR/CRi was 60%].", counted("cr"), ["definition"]),
    ("[The CR rate was 60%].", counted("cr"), []),
    ("[The CR rate was 60%].", counted("cr-cri"), ["definition"]),
    ("CR/CRi was counted. [The CR rate was 60%].", counted("cr-cri"), []),
    ("CR/CRi was 70%, and [CR was 60%].", counted("cr-cri"), ["definition"]),
    ("[CR, CRh or CRi was seen in 60%].", counted("cr-crh-cri"), []),
    ("[CR, CRh or CRi was seen in 60%].", counted("cr-cri"), ["definition"]),
    ("[Complete remission (CR) or complete remission with incomplete hematologic recovery (CRi)"
     " was seen in 60%].", counted("cr-cri"), []),
    ("[Complete remission with full, partial, or incomplete hematologic recovery: 60%].",
     counted("cr-crh-cri"), []),
    ("[Complete remission with full, partial, or incomplete hematologic recovery: 60%].",
     counted("cr"), ["definition"]),
    ("[CR and CRi were 35% and 60%].", counted("cri"), []),
    ("[Complete remission (including CRi) was 60%].", counted("cr-cri"), []),
    ("[In CR3, 60% had it].", counted("cr-cri"), []),
    # who judged it
    ("[CR by independent central review was 60%].", judged("independent-review"), []),
    ("[CR by independent central review was 60%].", judged("investigator"), ["assessor"]),
    ("[CR was 60%], as assessed by the investigators.", judged("investigator"), []),
    ("[CR was 60%], as assessed by the investigators.", judged("independent-review"),
     ["assessor"]),
    ("[Investigator-assessed CR was 60%].", judged("central-laboratory"), ["assessor"]),
    ("MRD was measured in a central laboratory, [CR was 60%].", judged("central-laboratory"), []),
    ("[CR was 60%] in an independent cohort.", judged("investigator"), []),
    # up to when
    ("At the data cut-off of 31 March 2020, [CR was 60%].", cut("2020-03-31", "date"), []),
    ("At the data cut-off of 31 March 2020, [CR was 60%].", cut("2020-04-30", "date"), ["cutoff"]),
    ("At the data cutoff (March 2020), [CR was 60%].", cut("2020-03-31", "date"), []),
    ("At the data cutoff (March 2020), [CR was 60%].", cut("2020-04", "gYearMonth"), ["cutoff"]),
    ("[As of January 4, 2017, CR was 60%].", cut("2017-01-04", "date"), []),
    ("[As of January 4, 2017, CR was 60%].", cut("2016-03-08", "date"), ["cutoff"]),
    ("[CR was 60%] in those treated from 4 January 2017.", cut("2020-03-31", "date"), []),
    ("[CR was 60%] (March 8, 2016, data cutoff).", cut("2017", "gYear"), ["cutoff"]),
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
    ("[Grade ≥3 VOD in 9%].", result("percentage", 9, "%", 'ag:grade "3-5"', outcome="vod-sos"),
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
    ("[9% had relapsed during or after vincristine].",
     result("percentage", 9, "%", outcome="relapse", group="new"), []),
    ("Of those refractory to [vincristine, 9% responded].",
     result("percentage", 9, "%", outcome="response", group="new"), []),
    ("[9% relapsed, on vincristine].",
     result("percentage", 9, "%", outcome="relapse", group="new"), ["regimen"]),
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
    # how many, how sure, which numbers and names a claim has
    ("[Some patients relapsed].", claim("Some patients relapsed."), []),
    ("[Some patients relapsed].", claim("Most patients relapsed."), ["claim"]),
    ("[Transplant was planned for all patients].", claim("Half were to be transplanted."),
     ["claim"]),
    ("[Transplant was planned for all patients].", claim("Everyone was to be transplanted."), []),
    ("[In BCP-ALL rates are low].", claim("Few reach remission."), []),
    ("[The drug may be effective].", claim("The drug is effective."), ["claim"]),
    ("[The drug may be effective].", claim("The drug could be effective."), []),
    ("[If approved, the drug may help].", claim("The drug was not yet approved."), []),
    ("[If approved, the drug may help].", claim("The drug was approved."), ["claim"]),
    ("[Harm was graded by CTCAE 5.0].", claim("Harm was graded by CTCAE 5.0."), []),
    ("[Harm was graded by CTCAE 5.0].", claim("Harm was graded by CTCAE 4.0."), ["claim"]),
    ("[Treated from 01.10.2016 to 01.09.2022].",
     claim("Treated from 1 October 2016 to 1 September 2022."), []),
    ("[Treated from 01.10.2016 to 01.09.2022].",
     claim("Treated from 10 January 2016 to 1 September 2022."), ["claim"]),
    ("[Pfizer gave the drug].", claim("Amgen gave the drug."), ["claim"]),
    ("[Pfizer gave the drug].", claim("The company gave the drug."), []),
    ("[An antibody to CD22].", claim("An antibody to CD19."), ["claim"]),
    ("[It did better than vincristine].", claim("It did better than blinatumomab."), ["claim"]),
    ("[Counted from transplant to death].", claim("It is counted from randomisation."), ["claim"]),
    ("[A centre in Moscow].", claim("The centre is in Minsk."), ["claim"]),
    ("[A centre in Moscow].", claim("The centre is in Moscow."), []),
    # denials and opposites of claims
    ("[Those with no previous transplant gained].", claim("Those without an earlier one gained."),
     []),
    ("[Those with no previous transplant gained].", claim("Those with an earlier one gained."),
     ["claim"]),
    ("[They went directly to transplant].", claim("They never went directly to transplant."),
     ["claim"]),
    ("[It was lower in intensity].", claim("It was not as intense."), []),
    ("[Adjust the dose], for better outcomes.", claim("Adjust the dose for worse outcomes."),
     ["claim"]),
    ("[Treated during first relapse].", claim("Treated before first relapse."), ["claim"]),
    ("[Long-term benefit for no others].", claim("Short-term benefit."), ["claim"]),
    ("[The primary endpoint was survival].", claim("Survival was a secondary endpoint."),
     ["claim"]),
    # labels of figures
    ("[9% responded after consolidation].",
     result("percentage", 9, "%", outcome="response").replace('"x"', '"Before consolidation"'),
     ["label"]),
    ("[9% responded after consolidation].",
     result("percentage", 9, "%", outcome="response").replace('"x"', '"Once consolidated"'), []),
    # transplants, and what made a group
    ("[9% had an allo-HCT].", result("percentage", 9, "%", outcome="hsct-receipt"), []),
    ("[9% had an allo-HCT].", result("percentage", 9, "%", outcome="transplant"), ["transplant"]),
    ("[9% had a transplant].", result("percentage", 9, "%", outcome="hsct-receipt"),
     ["transplant"]),
    ("[9% had a transplant].", result("percentage", 9, "%", outcome="transplant"), []),
    ("[9 patients relapsed].", group("relapse"), []),
    ("[9 patients relapsed].", group("early-death"), ["selection"]),
    ("[9 patients] of a subgroup.", group("early-death"), []),
    ("[9% stopped for infection].",
     result("percentage", 9, "%", "ag:about outcome:infection",
            outcome="treatment-discontinuation"), []),
    ("[9% stopped for infection].",
     result("percentage", 9, "%", "ag:about outcome:vod-sos",
            outcome="treatment-discontinuation"), ["about"]),
    # flags
    ("[Average survival was 9 months].",
     result("unspecified-average", 9, "mo", "ag:flag flag:statistic-imprecise"), []),
    ("[Median survival was 9 months].",
     result("median-time-to-event", 9, "mo", "ag:flag flag:statistic-imprecise"), ["flag"]),
    ("[9% survived].",
     result("percentage", 9, "%", "ag:flag flag:repeated-number"), ["flag"]),
    ("[9% survived], and 9 died.",
     result("percentage", 9, "%", "ag:flag flag:repeated-number"), []),
    # how often
    ("[Blinatumomab 9 mg weekly].", dose('ag:frequency "weekly"'), []),
    ("[Blinatumomab 9 mg weekly].", dose('ag:frequency "biweekly"'), ["frequency"]),
    ("Blinatumomab 3 mg in cycle 1 and [9 mg in subsequent cycles].", dose("ag:cycleFrom 2"), []),
    ("Blinatumomab 3 mg in cycle 1 and [9 mg in subsequent cycles].", dose("ag:cycleFrom 3"),
     ["cycle"]),
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


def test_one_printed_number_is_the_size_of_one_group(told):
    people = f"{group()} ; ag:size 9"
    assert told("[9 patients] relapsed early and [9 patients] later.", people, people) == []
    assert told("[9 patients] relapsed early.", people, people) == ["shared-number"]


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
    assert times_in_figures("one-year and two months, one man") == "1-year and 2 months, one man"
    assert DAY.counted("on days 1-3").numbers == {1, 2, 3}
    assert WEEK.counted("for 3 weeks").numbers == {1, 2, 3}
    assert 7 in CYCLE.counted("subsequent cycles")
    assert 1 not in CYCLE.counted("subsequent cycles")
    assert grades_of("any grade") == {"any"}
    assert grades_of("grades III-IV", "grade 3 or higher") == {"3-4", "3+"}
    assert grades_of("any grade 3 or higher event", "≥ grade 4") == {"3+", "4+"}


def test_what_lies_in_no_proved_span_is_not_read(told):
    node = result("median-time-to-event", 9, "mo", 'ag:reportedAs "8 months"')
    assert told("Average survival was [9 months].", node) == ["printed"]


CITED = "Roe et al. Blood. 2018 Oct 15;124(20):4044-55. A made-up study of blinatumomab.\n"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ('; dcterms:title "A Made-up Study of Blinatumomab"', []),
        ('; dcterms:title "A made-up study of vincristine"', ["citation"]),
        (
            '; dcterms:title "A study of vincristine" ; ag:curated "A study of vincristine"',
            [],
        ),
        ('; ag:journal "Blood" ; ag:volume "124(20)" ; ag:pages "4044-4055"', []),
        ('; ag:journal "Cancer"', ["citation"]),
        ('; ag:volume "124(21)"', ["citation"]),
        ('; ag:pages "4044-4065"', ["citation"]),
        ('; dcterms:issued "2018"^^xsd:gYear', []),
        ('; dcterms:issued "2019"^^xsd:gYear', ["citation", "date"]),
        ('; dcterms:rights "Copyright 2018"', []),
        ('; dcterms:rights "Copyright 2017"', ["citation"]),
        ("; dcterms:license <https://creativecommons.org/licenses/by/4.0/>", []),
        ("; dcterms:license <https://creativecommons.org/licenses/by-nc/4.0/>", ["citation"]),
    ],
)
def test_what_a_report_enters_is_printed_or_named_as_curated(told, more, expected):
    text = f"{CITED}Copyright (c) 2018 the authors. Creative Commons Attribution 4.0 License."
    assert told(text, more=f"; ag:tier tier:abstract {more}") == expected


AUTHORS = "[Ada B. Roe\nhaematologist\nCorresponding author: roe@example.org]\n[C. Doe]\n"


@pytest.mark.parametrize(
    ("name", "said", "expected"),
    [
        ("Roe AB", "ag:isCorresponding true", []),
        ("A. B. Roe", "ag:isCorresponding true ; ag:email <mailto:roe@example.org>", []),
        ("Row AB", "ag:isCorresponding true", ["author"]),
        ("Roe AC", "ag:isCorresponding true", ["author"]),
        ("Roe AB", 'ag:post "haematologist"', ["author"]),
        ("Roe AB", 'ag:isCorresponding true ; ag:post "surgeon"', ["author"]),
        ("Roe AB", "ag:isCorresponding true ; ag:email <mailto:eor@example.org>", ["author"]),
    ],
)
def test_an_author_is_named_and_reached_as_printed(told, name, said, expected):
    first = f'a ag:Authorship ; rdfs:label "{name}" ; ag:reportedAs "Ada B. Roe" ; {said}'
    second = 'a ag:Authorship ; rdfs:label "C. Doe" ; ag:reportedAs "C. Doe"'
    assert told(AUTHORS, f"{first} ; ag:position 1", f"{second} ; ag:position 2") == expected


def test_authors_stand_in_the_order_of_their_positions(told):
    first, second = (
        f'a ag:Authorship ; rdfs:label "{name}" ; ag:reportedAs "{name}" ; ag:position {position}'
        for name, position in (("A. Roe", 2), ("C. Doe", 1))
    )
    assert told("[A. Roe] and [C. Doe]", first, second) == ["author"]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("ag:design design:randomised-trial", []),
        ("ag:design design:uncontrolled-cohort", ["design"]),
        ("ag:design design:single-arm-trial", ["design"]),
        ("ag:condition condition:relapsed-or-refractory-b-all", []),
        ("ag:condition condition:relapsed-or-refractory-all", ["condition"]),
        ("ag:condition condition:relapsed-or-refractory-childhood-b-all", ["condition"]),
        ('ag:software "R 4.1"', []),
        ('ag:software "R 4.2"', ["conduct"]),
        ("ag:primaryOutcome outcome:complete-remission", []),
        ("ag:primaryOutcome outcome:overall-survival", ["conduct"]),
        ('ag:accrualStart "2016-10-01"^^xsd:date', []),
        ('ag:accrualStart "2015-11-02"^^xsd:date', ["date"]),
    ],
)
def test_a_study_is_what_its_text_calls_it(told, said, expected):
    text = (
        "[Nine adults with relapsed B-cell ALL] were randomly assigned from 01.10.2016 to "
        "01.09.2022. The primary endpoint was complete remission. We used R 4.1. "
        "Overall survival was longer."
    )
    people = "a ag:StudyGroup ; ag:study study:made-up ; ag:grouping grouping:cohort"
    assert told(text, people, more=f". study:made-up {said}") == expected
