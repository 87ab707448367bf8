"""Slips that the held texts contradict, planted in the curated graph: verify tells each.

A row is a node, a property and the value that is written by mistake; ``-`` leaves the value out,
and ``+`` adds one to those that are there.
"""

from dataclasses import replace

import pytest
from approve import SNAPSHOT, SOURCES

from allograph.checks.verify import verify
from allograph.curated.loaded import Loaded
from allograph.namespaces import BASE
from allograph.rdf.terms import Literal, NamedNode, Triple, value_of
from allograph.rdf.vocabularies import AG, DCTERMS, RDFS

HELD_TEXTS = SOURCES.root.parent / "shared" / "sources"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not HELD_TEXTS.is_dir(), reason="the texts that were read are not at hand"),
]
CHANGING = ("study", "reading", "discrepancy", "family")
"""Folders of the graph that hold more than what the held texts print."""
FIVE = ("ino-hsct-pooled", "ino-salvage-100", "ino-vate", "mini-hcvd-ino", "ino-children")
"""The studies whose texts are held."""
HELD = Loaded(
    {
        path: file
        for path, file in SNAPSHOT.loaded.files.items()
        if path.split("/")[1] not in CHANGING or path.endswith(tuple(f"/{key}.ttl" for key in FIVE))
    },
    SNAPSHOT.loaded.named_graphs,
)
SLIPS = """
study/ino-vate#cr                              significance   significance/claimed-not
study/ino-vate#os                              significance   significance/claimed-not
study/ino-vate#pfs                             significance   significance/not-stated
study/ino-vate#dor                             significance   significance/claimed
study/ino-vate#mrd                             significance   significance/claimed
study/mini-hcvd-ino#os-by-mrd                  significance   significance/claimed
study/ino-hsct-pooled#os                       statistic      statistic/median-time-to-event
study/ino-hsct-pooled#os-first-hsct            statistic      statistic/median-time-to-event
study/mini-hcvd-ino#age                        statistic      statistic/unspecified-average
study/ino-salvage-100#follow-up                statistic      statistic/unspecified-average
study/ino-salvage-100#os-24                    statistic      statistic/cumulative-incidence
study/ino-children#os-12                       statistic      statistic/cumulative-incidence
study/ino-hsct-pooled#relapse-24-ino           statistic      statistic/survival-probability
study/mini-hcvd-ino#vod-sos                    grade          -
study/mini-hcvd-ino#vod-sos                    grade          3
study/mini-hcvd-ino#vod-sos                    grade          3-4
study/ino-salvage-100#orr-cycle-1              afterCycle     2
study/ino-salvage-100#best-response            afterCycle     1
study/ino-salvage-100#early-death-share        afterCycle     2
study/ino-children#os-12                       atTime         24
study/ino-hsct-pooled#os-24                    atTime         12
study/mini-hcvd-ino#pfs-24                     atTime         12
study/mini-hcvd-ino#os                         unit           a
study/mini-hcvd-ino#age                        unit           mo
study/ino-salvage-100#follow-up                unit           a
study/ino-vate#cd22-expression                 bound          -
study/ino-vate#treatment-failure               bound          bound/more-than
study/ino-children#age-limit                   bound          bound/at-most
study/ino-vate#dor                             bound          bound/about
study/ino-vate#dor-ino                         timeOrigin     origin/randomisation
study/ino-vate#os-ino                          timeOrigin     origin/randomisation
study/mini-hcvd-ino#pfs                        timeOrigin     origin/transplant
study/ino-salvage-100#os-12-hsct               timeOrigin     origin/transplant
study/ino-hsct-pooled#os                       timeOrigin     origin/not-stated
study/ino-children#os-12                       timeOrigin     origin/treatment-start
study/ino-vate#cr                              direction      direction/favours-comparator
study/ino-vate#dor                             direction      direction/not-stated
study/ino-vate#pfs                             direction      direction/no-difference
study/ino-hsct-pooled#relapse-24               direction      direction/favours-comparator
study/mini-hcvd-ino#os-by-hsct                 direction      direction/favours-group
study/mini-hcvd-ino#pfs-or-ino-alone           direction      direction/favours-comparator
study/ino-children#mrd                         outcome        outcome/complete-remission
study/ino-salvage-100#early-death-share        outcome        outcome/death-in-remission
study/ino-salvage-100#orr-cycle-1              outcome        outcome/complete-remission
study/mini-hcvd-ino#cr                         outcome        outcome/overall-response
study/mini-hcvd-ino#pfs-24                     outcome        outcome/overall-survival
study/mini-hcvd-ino#vod-sos                    outcome        outcome/infection
study/ino-vate#os-ino                          outcome        outcome/progression-free-survival
study/ino-vate#mrd-ino                         outcome        outcome/complete-remission
study/ino-salvage-100#death-from-sepsis-count  outcome        outcome/death-from-vod-sos
study/ino-salvage-100#orr-cycle-1-early-relapse       group   study/ino-salvage-100#later-relapse
study/ino-salvage-100#orr-cycle-1-primary-refractory  group   study/ino-salvage-100#early-relapse
study/ino-salvage-100#orr-cycle-1-later-relapse       group   study/ino-salvage-100#early-relapse
study/ino-vate#pfs-ino                         group          study/ino-vate#standard-therapy
study/ino-vate#os-standard-therapy             group          study/ino-vate#ino
study/ino-vate#mrd-standard-therapy            group          study/ino-vate#ino-remission
study/ino-hsct-pooled#relapse-24-standard-treatment   group   study/ino-hsct-pooled#hsct
study/ino-vate#cr                              comparator     study/ino-vate#ino-first-218
study/mini-hcvd-ino#pfs-or-ino-alone   comparator study/mini-hcvd-ino#intensive-salvage-chemotherapy
study/ino-vate#cd22-expression                 about          target/cd19
study/mini-hcvd-ino#os                         value          11
regimen/ino-weekly#cycle-1-week-1              week           2
regimen/ino-weekly#cycle-1-week-3              week           4
regimen/ino-weekly#cycle-2-week-2              week           5
regimen/ino-weekly#cycle-1-week-1              doseUnit       mg
regimen/ino-weekly#cycle-2-week-1              drug           drug/blinatumomab
report/blood-144-5880#park-consultancy         organization   + organization/pfizer
report/blood-144-5880#kim-research-funding     organization   organization/takeda
report/blood-144-5880#kim-research-funding     interest       interest/honoraria
report/blood-144-5880#kim-travel               interest       interest/speakers-bureau
report/blood-144-5880#kim-leadership           interest       interest/board-membership
report/blood-144-5880#kim-travel               discloser      Park
report/jabbour-2018-abstract#authors-free-drug interest       interest/research-funding
report/jabbour-2018-abstract#authors-free-drug organization   organization/amgen
report/medivizor-2019                          issued         2019-05-06
report/medivizor-2019                          issued         2091-06-05
report/jabbour-2018                            available      2019-10-11
report/jabbour-2018                            issued         2018-10-25
study/ino-children                             accrualStart   2016-01-10
study/ino-children                             accrualEnd     2022-01-09
report/jabbour-2018                            identifier     doi:10.1002/cncr.31702
report/evstratov-2023#author-1                 orcid          https://orcid.org/0000-0003-1814-6772
report/evstratov-2023#author-9                 orcid          https://orcid.org/0000-0002-2322-5743
study/ino-vate#headline                        label          It may be less effective.
study/ino-children#well-tolerated              label          The treatment was poorly tolerated.
study/mini-hcvd-ino#lower-intensity            label          It was more intense than hyper-CVAD.
study/mini-hcvd-ino#background-outcomes        label          Outcomes of ALL are good.
study/ino-salvage-100#high-mortality           label          Mortality was lower than expected.
study/ino-vate#not-yet-approved                label          The drug was approved by then.
study/ino-vate#intention-to-treat              label          Analysed in the first 281.
study/ino-vate#primary-outcomes                label          Progression-free survival was primary.
study/ino-hsct-pooled#relapse-before-hsct      label          Most patients relapsed.
study/ino-hsct-pooled#conclusion               label          No earlier one, and never went.
study/ino-hsct-pooled#donors                   label          The donor is never a sibling.
study/ino-salvage-100#hsct-planned             label          It was planned for no patients.
study/ino-salvage-100#recommendation           label          Adapt the dose for worse outcomes.
study/ino-salvage-100#background-outcomes      label          Survival of children was very poor.
study/mini-hcvd-ino#regimen-name               label          It names drugs at higher intensity.
study/mini-hcvd-ino#hypothesis                 label          Both drugs improve outcomes further.
study/mini-hcvd-ino#no-other-conflict          label          They declare other conflicts.
study/mini-hcvd-ino#free-drug                  label          Amgen gave drug without charge.
study/ino-children#toxicity-scale              label          Toxicity was graded by CTCAE 4.0.
study/ino-children#accrual                     label          From 10 January 2016.
study/ino-salvage-100#ongoing-remission-count  label          Alive before consolidation
study/mini-hcvd-ino#os                         label          Overall death
report/jabbour-2018                            title          Chemotherapy with inotuzumab.
report/jabbour-2018                            volume         124(21)
report/jabbour-2018                            journal        Haematologica
report/jabbour-2018-abstract                   pages          4044-4505
report/jabbour-2018-abstract                   subject        second relapse
report/bbmt-2019                               issued         2019-04-28
report/gokbuget-2016                           pages          1542-1533
report/fielding-2007                           issued         2006
report/kantarjian-2016                         volume         357(8)
report/evstratov-2023                          dateSubmitted  2023-12-27
report/evstratov-2023-abstract                 rights         Copyright 2022
report/kantarjian-2016#author-2                label          DeAngelis DJ
report/evstratov-2023#author-1                 position       9
report/evstratov-2023#author-1                 postalAddress  11 Samory Mashela St., Moscow
report/evstratov-2023#author-1                 isCorresponding -
report/evstratov-2023#author-2                 affiliation    organization/md-anderson
study/ino-children                             software       XLSTAT 2018
study/ino-children                             toxicityScale  CTCAE 4.0
study/ino-children                             site           organization/md-anderson
study/ino-children                             accrualEnd     2022-10-09
study/ino-children                             condition      condition/relapsed-or-refractory-b-all
study/ino-vate                                 condition      condition/ph-negative-all
study/ino-vate                                 investigator   Elias Jabbour
study/ino-vate                                 primaryOutcome outcome/progression-free-survival
study/ino-vate                                 design         design/single-arm-trial
study/mini-hcvd-ino                            design         design/uncontrolled-cohort
study/ino-hsct-pooled#hsct                     selectedBy     outcome/transplant
study/ino-children#standard-dose-hsct          selectedBy     outcome/hsct-receipt
study/ino-salvage-100#non-responders           selectedBy     outcome/early-death
study/ino-salvage-100#discontinuation-count    about          outcome/vod-sos
regimen/mini-hyper-cvd-fractionated-ino-blinatumomab#cycle-1-first  frequency  biweekly
regimen/mini-hyper-cvd-fractionated-ino-blinatumomab#later-cycles-first  cycleFrom  3
"""
HARMLESS = """
study/ino-vate#cr                              label          Remission, one arm against the other
study/ino-vate#headline                        label          The drug may work better than others.
organization/jazz-pharmaceuticals              label          Jazz
organization/boryung                           label          Boryung Pharmaceutical
drug/blinatumomab                              altLabel       + BLN
outcome/overall-survival                       altLabel       + survival of all
outcome/complete-remission                     label          remission that is complete
condition/b-all                                label          B-lineage leukaemia
study/mini-hcvd-ino#vod-sos                    label          Harm to the veins of the liver
target/cd22                                    altLabel       + Siglec 2
study/mini-hcvd-ino#all                        comment        + Counted by hand.
study/ino-children#os-12                       label          Survival after a year
study/ino-vate#headline                        label          The drug is possibly better.
study/ino-vate#survival-analysis-set           label          Everybody is in it.
study/ino-vate#not-yet-approved                label          The drug still awaited approval.
study/ino-vate#led-by                          label          Hagop Kantarjian of Houston led it.
study/ino-hsct-pooled#donors                   label          It may be somebody unrelated.
study/ino-hsct-pooled#small                    label          Few people took part.
study/ino-salvage-100#background-outcomes      label          Few reach remission.
study/ino-salvage-100#hsct-planned             label          Transplant was the plan for everyone.
study/ino-salvage-100#orr-cycle-1-early-relapse  label        Response in relapse before 12 months
study/mini-hcvd-ino#lower-intensity            label          It was not as intense as hyper-CVAD.
study/mini-hcvd-ino#alive-hsct                 label          Transplanted and still alive
study/ino-children#clone-before-hsct           label          Success hinges on clearing the clone.
study/ino-children#accrual                     label          From October 2016 to September 2022.
study/ino-children                             software       XLSTAT 2016 software
condition/relapsed-or-refractory-b-all         label          R/R B-cell ALL
organization/rogachev-center                   label          Rogachev centre, Moscow
drug/inotuzumab-ozogamicin                     label          InO
report/jabbour-2018                            pages          4044-55
report/fielding-2007                           pages          944-50
report/jabbour-2018                            journal        cancer
report/jabbour-2018#author-1                   label          Elias Jabbour
report/evstratov-2023#author-3                 label          Dyakonova Yu. Yu.
report/kantarjian-2016#author-1                label          Kantarjian H. M.
"""
PROPERTIES = {
    "label": RDFS["label"],
    "comment": RDFS.comment,
    "altLabel": "http://www.w3.org/2004/02/skos/core#altLabel",
    "issued": DCTERMS.issued,
    "available": DCTERMS.available,
    "identifier": DCTERMS.identifier,
    "title": DCTERMS["title"],
    "subject": DCTERMS.subject,
    "rights": DCTERMS.rights,
    "dateSubmitted": DCTERMS.dateSubmitted,
}


def rows(table):
    return [tuple(line.split(maxsplit=2)) for line in table.strip().splitlines()]


def written(loaded, subject, name, value):
    """The graph in which a property has another value."""
    iri, predicate = f"{BASE}{subject}", PROPERTIES.get(name, f"{AG}{name}")
    path = next(
        path
        for path, file in loaded.files.items()
        if any(value_of(triple.subject) == iri for triple in file.triples)
    )
    file = loaded.files[path]
    old = [
        triple
        for triple in file.triples
        if value_of(triple.subject) == iri and triple.predicate.value == predicate
    ]
    kept = file.triples if value.startswith("+") else [t for t in file.triples if t not in old]
    new = value.removeprefix("+").strip()
    added = () if value == "-" else (_triple(iri, predicate, new, old),)
    files = {**loaded.files, path: replace(file, triples=(*kept, *added))}
    return Loaded(files, loaded.named_graphs)


def _triple(iri, predicate, new, old):
    """A triple whose object is of the kind that stood there."""
    if new.startswith("https:"):
        term = NamedNode(new)
    elif "/" in new and ":" not in new and " " not in new:
        term = NamedNode(f"{BASE}{new}")
    elif predicate in PROPERTIES.values() and not new[:1].isdigit():
        term = Literal(new)
    else:
        term = Literal(new, datatype=old[0].object.datatype)
    return Triple(NamedNode(iri), NamedNode(predicate), term)


def told(loaded, subject):
    """What verify tells of the file of a node, or of all files where others use its words."""
    kind, _slash, key = subject.partition("#")[0].partition("/")
    only = [f"graph/{kind}/{key}.ttl"] if kind in ("study", "report", "regimen") else ()
    return {str(result) for result in verify(loaded, HELD_TEXTS, only).results}


@pytest.fixture(scope="module")
def before():
    return {str(result) for result in verify(HELD, HELD_TEXTS).results}


def test_the_curated_graph_says_what_its_texts_say(before):
    assert before == set()


@pytest.mark.parametrize(("subject", "name", "value"), rows(SLIPS))
def test_a_slip_that_the_text_contradicts_is_told(before, subject, name, value):
    slip = written(HELD, subject, name, value)
    assert told(slip, subject) - before


@pytest.mark.parametrize(("subject", "name", "value"), rows(HARMLESS))
def test_an_edit_that_says_the_same_is_not_told(before, subject, name, value):
    edit = written(HELD, subject, name, value)
    assert told(edit, subject) - before == set()
