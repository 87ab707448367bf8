"""Every line of a skeleton is right: filled in and without its ``#``, it passes the check."""

import re
import shutil
from dataclasses import dataclass
from itertools import count

import pytest
from approve import SOURCES

from allograph.checks.check import check
from allograph.cli.judging import known_of_judgement
from allograph.curated.new import SEEN_AT, SKELETONS, skeleton
from allograph.curated.snapshot import read_snapshot
from allograph.curated.sources import Sources
from allograph.namespaces import KINDS

pytestmark = pytest.mark.slow

PROPERTY = re.compile(r"^    # (?P<said>(?P<name>[\w:-]+) .* ;)(?:  # (?P<remark>.*))?$", re.M)
BLOCK = re.compile(r"^# (?P<name>:[\w-]+)\n(?:#     .*\n)+", re.M)
STATEMENT = re.compile(r"^(?P<name>:?[\w-]+(?::[\w-]+)?)\n(?:    .*\n)+", re.M)
REPORT = "made-up-2030"

FILLED = {
    "report": {
        "rdfs:label": '"Made-up 2030"@en',
        "ag:reports": "study:ino-vate",
        "ag:tier": "tier:retelling",
        "dcterms:identifier": '"pmid:NUMBER" , "doi:10.9999/NUMBER"',
        "dcterms:source": "<https://pubmed.ncbi.nlm.nih.gov/NUMBER/>",
        "ag:curated": '"pmid:NUMBER" ; ag:basis basis:curated ; ag:flag flag:bibliography-curated',
        "ag:basedOn": "report:kantarjian-2016",
        "ag:fileName": '"made-up.txt"',
        "ag:sha256": f'"{"0" * 56}NUMBER"',
    },
    "study": {
        "rdfs:label": {
            "study": '"Made-up study"@en',
            ":all": '"All treated"@en',
            ":figure": '"Complete remission, all treated"@en',
            ":registration": '"NCTNUMBER"@en',
        },
        "dcterms:identifier": '"NCTNUMBER"',
        "ag:condition": "condition:b-all",
        "ag:size": "48",
        "ag:regimen": "regimen:inotuzumab-ozogamicin",
        "ag:outcome": "outcome:complete-remission",
        "ag:statistic": "statistic:percentage",
        "ag:value": "92",
        "ag:reportedAs": {
            ":all": '"Forty-eight patients"',
            ":figure": '"about 92% (44 of 48; 95% CI, 80.0-97.7) at 2 years"',
        },
    },
    "study-of-arms": {
        "rdfs:label": {
            "study": '"Made-up trial"@en',
            ":all": '"All randomised"@en',
            ":new": '"Inotuzumab ozogamicin arm"@en',
            ":control": '"Standard-therapy arm"@en',
            ":figure-new": '"Overall survival, inotuzumab ozogamicin"@en',
            ":figure-control": '"Overall survival, standard therapy"@en',
            ":ratio": '"Overall survival: inotuzumab ozogamicin or standard therapy"@en',
            ":registration": '"NCTNUMBER"@en',
        },
        "dcterms:identifier": '"NCTNUMBER"',
        "ag:condition": "condition:b-all",
        "ag:size": {":all": "326", ":new": "164", ":control": "162"},
        "ag:regimen": {
            ":new": "regimen:inotuzumab-ozogamicin",
            ":control": "regimen:standard-intensive-chemotherapy",
        },
        "ag:outcome": "outcome:overall-survival",
        "ag:value": {":figure-new": "7.7", ":figure-control": "6.2", ":ratio": "0.77"},
        "ag:direction": "direction:favours-group",
        "ag:significance": "significance:not-stated",
        "ag:reportedAs": {
            ":all": '"326 patients"',
            ":new": '"164 patients"',
            ":control": '"162 patients"',
            ":figure-new": '"7.7 months (95% CI, 6.0 to 9.2; range, 0.9 to 40.1)"',
            ":figure-control": '"6.2 months (95% CI, 4.9 to 8.3)"',
            ":ratio": '"HR, 0.77; 97.5% CI, 0.60 to 0.99; 1-sided P < 0.01"',
        },
    },
    "condition": {
        "rdfs:label": '"Made-up leukaemia"@en',
        "skos:altLabel": '"MUL"@en',
        "skos:definition": '"A leukaemia that was made up."@en',
        "dcterms:identifier": '"MESH:D999999"',
        "skos:exactMatch": "obo:MONDO_9999999",
    },
    "drug": {
        "rdfs:label": '"madeupumab"@en',
        "skos:altLabel": '"MADE"@en',
        "dcterms:identifier": '"chembl:CHEMBL9999999"',
    },
    "family": {
        "rdfs:label": {"family": '"A made-up family"@en', ":treated": '"Treated"@en'},
        "skos:definition": '"People who were made up."@en',
        "ag:sharing": "sharing:partial",
        "ag:between": "study:ino-children , study:ino-salvage-100",
    },
    "lead": {
        "rdfs:label": {"lead": '"A made-up trial"@en', ":registration": '"NCT99999999"@en'},
        "ag:drug": "drug:blinatumomab",
        "ag:condition": "condition:b-all",
        "ag:people": '"Made-up adults"@en',
        "ag:unreadBecause": "unread:ongoing",
        "ag:seenAt": "<https://example.org/trials/12>",
        "dcterms:identifier": '"NCT99999999"',
        "dcterms:source": "<https://clinicaltrials.gov/study/NCT99999999>",
    },
    "lookup": {
        "rdfs:label": '"Made-up trials"@en',
        "ag:searchedIn": '"a made-up registry"@en',
        "ag:soughtFor": '"Trials that were made up"@en',
        "ag:drug": "drug:blinatumomab",
        "ag:condition": "condition:b-all",
        "ag:limit": '"Made-up pages only"@en',
    },
    "discrepancy": {
        "rdfs:label": '"Survival of 7.7 or of 6.2 months"@en',
        "ag:between": "study:ino-vate\\#os-ino , study:ino-vate\\#os-standard-therapy",
        "rdfs:comment": '"They were made up."@en',
    },
    "judgement": {
        "rdfs:label": '"Made-up bias"@en',
        "ag:risk": "risk:low",
        "rdfs:comment": '"It was made up."@en',
        "ag:judgedBy": '"A. Judge"',
    },
    "judgement-of-certainty": {
        "rdfs:label": '"Made-up certainty"@en',
        "ag:certainty": "certainty:low",
        "rdfs:comment": '"It was made up."@en',
        "ag:judgedBy": '"A. Judge"',
    },
    "organization": {
        "rdfs:label": '"Made-up hospital"@en',
        "dcterms:identifier": '"ROR:05a28rw58"',
    },
    "outcome": {
        "rdfs:label": '"Made-up event"@en',
        "skos:altLabel": '"made-up occurrence"@en',
        "skos:definition": '"An event that was made up."@en',
    },
    "procedure": {
        "rdfs:label": '"Made-up procedure"@en',
        "skos:altLabel": '"MUP"@en',
        "skos:definition": '"What was made up is done."@en',
        "dcterms:identifier": '"MESH:D999998"',
        "skos:exactMatch": "obo:NCIT_C999999",
    },
    "reading": {
        "rdfs:label": '"Readings of TOWER"@en',
        "ag:figure": "<https://w3id.org/allograph/study/tower#os-blinatumomab>",
        "ag:value": "7.7",
    },
    "regimen": {
        "rdfs:label": {"regimen": '"made-up inotuzumab ozogamicin"@en'},
        "ag:drug": "drug:inotuzumab-ozogamicin",
        "ag:report": "report:jabbour-2018-abstract",
    },
    "target": {
        "rdfs:label": '"CD999"@en',
        "skos:altLabel": '"MADEUP9"@en',
        "skos:definition": '"A protein that was made up."@en',
        "dcterms:identifier": '"UniProt:P99999" , "HGNC:99999"',
    },
}
"""What a curator writes for each TODO, and for examples that name a record which is there already.

By skeleton and property, and by the block where that makes a difference.
"""
INSTEAD = {
    ("study", "ag:flag flag:size-not-stated ;"): {":all": '"All patients"'},
    ("study-of-arms", "ag:flag flag:size-not-stated ;"): {":all": '"All patients"'},
    ("study-of-arms", "ag:valueStatus status:not-reached ;"): {
        ":figure-new": '"NR (95% CI, 6.0 to 9.2; range, 0.9 to 40.1)"'
    },
}
"""What is printed otherwise where a line stands in place of another."""


@dataclass(frozen=True)
class Filled:
    """A skeleton without a TODO, and the line or block that was taken in place of another."""

    name: str
    kind: str
    text: str
    instead: str = ""


def filled(name, kind, key, known):
    """A skeleton with all its lines, and again for each line that stands in place of another."""
    text = skeleton(kind, key, {"REPORT": key} | known)
    yield Filled(name, kind, fill(name, "", uncommented(text)))
    instead = [one["said"] for one in PROPERTY.finditer(text) if is_instead(one)]
    blocks = [one["name"] for one in BLOCK.finditer(text) if f"\n{one['name']}\n" in text]
    for line in dict.fromkeys((*instead, *blocks)):
        yield Filled(name, kind, fill(name, line, uncommented(text, line)), line)


def is_instead(line):
    return (line["remark"] or "").startswith("in place of ")


def uncommented(text, instead=""):
    """A skeleton without the ``#`` before its examples; ``instead`` replaces what it says."""
    for block in BLOCK.finditer(text):
        said = re.sub("^# ?", "", block[0], flags=re.M)
        is_other = f"\n{block['name']}\n" in text
        if is_other and block["name"] == instead:
            text = without(block["name"], text)
        text = text.replace(block[0], "" if is_other and block["name"] != instead else said)
    lines = []
    for line in text.splitlines():
        match = PROPERTY.match(line)
        if match and is_instead(match):
            if match["said"] != instead:
                continue
            replaced = match["remark"].split()[3].rstrip(":,")
            start = max(n for n, one in enumerate(lines) if one and not one.startswith(" "))
            lines = [
                *lines[:start],
                *(o for o in lines[start:] if not o.startswith(f"    {replaced} ")),
            ]
        lines.append(f"    {match['said']}" if match else line)
    return "\n".join((*lines, ""))


def without(name, text):
    return re.sub(rf"^{name}\n(?:    .*\n)+\n", "", text, flags=re.M)


def fill(name, instead, text):
    """A skeleton with what a curator writes for each TODO."""
    table = FILLED[name]
    if (name, instead) in INSTEAD:
        table = table | {"ag:reportedAs": table["ag:reportedAs"] | INSTEAD[name, instead]}
    spans = count(100_000, 100)

    def of_block(block):
        subject = block["name"].partition(":")[0] or block["name"]

        def of_line(line):
            value = table.get(line["name"], line["value"])
            value = value.get(subject, line["value"]) if isinstance(value, dict) else value
            return f"    {line['name']} {value} {line['end']}"

        return re.sub(
            r"^    (?P<name>[\w:-]+) (?P<value>.+?) (?P<end>[;.])(?:  #.*)?$",
            of_line,
            place(block[0], next(spans)),
            flags=re.M,
        )

    return STATEMENT.sub(of_block, text)


def place(block, start):
    """What ``locate`` writes, and a sentence of a cited place."""
    block = re.sub(r'ag:sentence "TODO.*" ;', f"ag:sentence {start} ;", block)
    block = re.sub(r'ag:section "TODO.*" ;', 'ag:section "Results" ;', block)
    return re.sub(
        r'oa:start "TODO.*" \.',
        f'oa:start {start} ;\n    oa:end {start + 70} ;\n    ag:section "Made-up part" ;\n'
        f'    ag:sentence {start} ;\n    ag:sha256 "{start:064}" .',
        block,
    )


ARMS = {"DESIGN": "randomised-trial"}
CITED = {SEEN_AT: "https://example.org/articles/12"}
SINGLE = {"DESIGN": "single-arm-trial", "GROUPING": "whole-study"}
VARIANTS = (
    *((kind, kind, {}) for kind in KINDS if kind not in ("study", "report", "judgement")),
    ("judgement", "judgement", known_of_judgement(SOURCES, ["study:ino-vate#cr-ino"])),
    ("judgement-of-certainty", "judgement", known_of_judgement(SOURCES, ["/pool/relapse"], "", 1)),
    ("report", "report", {}),
    ("report", "report", CITED),
    ("study", "study", SINGLE),
    ("study", "study", SINGLE | CITED),
    ("study-of-arms", "study", ARMS),
    ("study-of-arms", "study", ARMS | CITED),
)


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What check tells of each skeleton that was filled in, in one copy of the curated files."""
    small_checkout = Sources(tmp_path_factory.mktemp("filled"))
    for folder in ("ontology", "graph", "queries"):
        shutil.copytree(SOURCES.root / folder, small_checkout.root / folder)
    made = {}
    for place, (name, kind, known) in enumerate(VARIANTS):
        for number, one in enumerate(filled(name, kind, "KEY", known)):
            key = "tower" if kind == "reading" else f"made-up-{place}-{number}"
            path = small_checkout.graph / kind / f"{key}.ttl"
            text = one.text.replace("KEY", key).replace("NUMBER", f"3{place:03}{number:04}")
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            made[small_checkout.relative(path)] = one
            if kind == "study":
                write_report(small_checkout, key, known)
    results = check(read_snapshot(small_checkout), list(made))
    return made, [result for result in results if result.at.path in made]


def write_report(small_checkout, key, known):
    """The report of a study."""
    text = fill(
        "report", "", skeleton("report", key, {w: v for w, v in known.items() if w == SEEN_AT})
    )
    number = "".join(f"{int(digits):04}" for digits in re.findall("[0-9]+", key))
    text = text.replace("study:ino-vate", f"study:{key}").replace("NUMBER", number)
    text = text.replace("tier:retelling", "tier:primary")
    (small_checkout.graph / "report" / f"{key}.ttl").write_text(text, encoding="utf-8")


def test_each_skeleton_passes_the_check_when_it_is_filled_in_with_all_its_examples(told):
    made, results = told
    assert [
        f"{made[one.at.path].name}, {made[one.at.path].instead}: {one}" for one in results
    ] == []


def test_every_skeleton_is_filled_in(told):
    made, _results = told
    assert {one.name for one in made.values()} | {"place-held", "place-cited", "text"} | {
        "judgement-domain"
    } == {path.stem for path in SKELETONS.glob("*.ttl")}
    left = (re.compile(r"^[^#\n]*TODO", re.M), PROPERTY, BLOCK)
    assert not [path for path, one in made.items() if any(p.search(one.text) for p in left)]
