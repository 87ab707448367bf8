"""Every number of a held text is entered, or passed over for a reason, or told as open."""

import csv
import hashlib
import json
from pathlib import Path

import pytest
from approve import SNAPSHOT, SOURCES

from allograph.checks.counted import count_numbers
from allograph.checks.numbers import ENTERED, OPEN, PASSED_OVER, Accountant
from allograph.curated.held.locators import Held, read_held_text
from allograph.curated.snapshot import load
from allograph.curated.sources import Part

HELD_TEXTS = SOURCES.root.parent / "shared" / "sources"
FILE_NAME = "made-up.txt"
TEXT = (
    "Results: Of 60 patients, 45 patients (75%) responded in cycle 2 and 9 were ill. "
    "The 2-year rate was 30%. CD22 was seen in all (Figure 3A). One example was 45 patients. "
    "There were no deaths, and no other news.\n\n"
    "Invented J. 2031;12(3):45-9. doi: 10.9999/made.2031\n"
)
PREFIXES = """PREFIX : <https://w3id.org/allograph/report/made-up#>
PREFIX ag: <https://w3id.org/allograph/ontology#>
PREFIX basis: <https://w3id.org/allograph/basis/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX reason: <https://w3id.org/allograph/reason/>
PREFIX report: <https://w3id.org/allograph/report/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def place(words, text=TEXT):
    """The properties of a locator of some words."""
    start = text.index(words)
    return (
        f"a oa:TextPositionSelector ; oa:start {start} ; oa:end {start + len(words)} ; "
        f'ag:section "Results" ; ag:sentence 1 ; ag:sha256 "{sha256(words)}"'
    )


def node(name, says, words, of_class="ag:Result"):
    return (
        f":{name} a {of_class} ; ag:report report:made-up ; {says} ; ag:locator :{name}-at .\n"
        f":{name}-at {place(words)} .\n"
    )


def passage(name, reason, words):
    return (
        f':{name} a ag:PassedOver ; rdfs:label "x"@en ; ag:passageOf :text ; '
        f"ag:reason reason:{reason} ; {place(words)} .\n"
    )


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "held"
    folder.mkdir()
    (folder / FILE_NAME).write_text(TEXT, encoding="utf-8")
    return folder


@pytest.fixture
def graph(small_checkout):
    """Write a graph of one report, with some nodes."""
    for path in small_checkout.files(Part.GRAPH):
        if "graph/target/" not in path.as_posix():
            path.unlink()

    def write(*nodes, record=""):
        (small_checkout.graph / "report" / "made-up.ttl").write_text(
            f"{PREFIXES}report:made-up a ag:Report ; {record} ag:heldAs :text .\n"
            f':text a ag:HeldText ; ag:fileName "{FILE_NAME}" ; ag:sha256 "{sha256(TEXT)}" .\n'
            + "".join(nodes),
            encoding="utf-8",
        )
        return load(small_checkout)

    return write


@pytest.fixture
def account(graph, folder):
    def account(*nodes, record=""):
        loaded = graph(*nodes, record=record)
        held = Held(loaded)
        (report,) = held.reports()
        read = read_held_text(held.text_of(report), folder)
        return Accountant(loaded.nodes, held).account(report, read)

    return account


def statuses(accounts, number):
    return [one.status for one in accounts.numbers if one.place.number.text == number]


def enters(accounts, number):
    """The nodes and properties that enter each place of a number."""
    return [
        {(one.node.rpartition("#")[2], one.property.rpartition("#")[2]) for one in found.entries}
        for found in accounts.numbers
        if found.place.number.text == number
    ]


def test_a_number_of_which_nothing_is_said_is_open(account):
    assert set(statuses(account(), "45")) == {OPEN}


def test_a_number_is_entered_by_a_node_whose_span_covers_it_and_whose_value_it_is(account):
    orr = node("orr", 'ag:value 75 ; ag:unit "%" ; ag:numerator 45', "45 patients (75%) responded")
    accounts = account(orr)
    assert enters(accounts, "75") == [{("orr", "value")}]
    assert enters(accounts, "45")[0] == {("orr", "numerator")}


def test_no_is_a_number_where_a_node_takes_it_for_one(account):
    deaths = node("deaths", "ag:numerator 0", "no deaths")
    assert statuses(account(deaths), "no") == [ENTERED]
    assert statuses(account(), "no") == []


def test_a_number_outside_the_span_is_not_entered(account):
    assert statuses(account(node("orr", "ag:numerator 45", "45 patients (75%)")), "45")[1] == OPEN


def test_a_number_can_be_entered_twice(account):
    whole = node("all", "ag:size 60", "Of 60 patients", "ag:StudyGroup")
    part = node("orr", "ag:denominator 60 ; ag:numerator 45", "60 patients, 45 patients (75%)")
    assert enters(account(whole, part), "60") == [{("all", "size"), ("orr", "denominator")}]


@pytest.mark.parametrize(
    ("says", "number"),
    [
        ("ag:numerator 54", "45"),
        ("ag:numerator 75", "75"),
        ('ag:value 45 ; ag:unit "%"', "45"),
        ('ag:value 75 ; ag:unit "mo"', "75"),
        ("ag:numerator 44 ; ag:reportedAs '45 patients (75%)'", "45"),
        ("ag:tolerance 75", "75"),
        ("ag:week 45", "45"),
    ],
)
def test_a_node_whose_span_covers_a_number_and_that_says_another_does_not_enter_it(
    account, says, number
):
    assert statuses(account(node("orr", says, "45 patients (75%) responded")), number)[0] == OPEN


def test_a_printed_form_enters_for_a_claim_and_not_for_a_comparison(account):
    says = "ag:reportedAs '45 patients (75%)'"
    words = "45 patients (75%) responded"
    assert statuses(account(node("c", says, words, "ag:Claim")), "75") == [ENTERED]
    assert statuses(account(node("c", says, words, "ag:Comparison")), "75") == [OPEN]


def test_years_are_months_of_a_time_point(account):
    rate = node("rate", 'ag:value 30 ; ag:unit "%" ; ag:atTime 24', "2-year rate was 30%")
    assert enters(account(rate), "2")[1] == {("rate", "atTime")}


def test_a_time_that_a_sentence_says_once_is_entered_by_any_of_its_figures(account):
    accounts = account(node("ill", "ag:value 9 ; ag:afterCycle 2", "9 were ill"))
    assert enters(accounts, "2")[0] == {("ill", "afterCycle")}


def test_a_name_of_the_graph_and_a_numbered_figure_are_passed_over_by_rule(account):
    accounts = account()
    assert statuses(accounts, "CD22") == [PASSED_OVER]
    assert statuses(accounts, "3A") == [PASSED_OVER]
    named = {one.place.number.text: (one.rule, one.named[-11:]) for one in accounts.numbers}
    assert named["CD22"] == ("part-of-a-name", "target/cd22")
    assert named["3A"] == ("numbering", "")


def test_a_citation_and_an_identifier_are_entered_by_the_record_of_the_report(account):
    record = (
        'dcterms:issued "2031"^^xsd:gYear ; ag:volume "12(3)" ; ag:pages "45-49" ; '
        'dcterms:identifier "doi:10.9999/MADE.2031" ; '
    )
    accounts = account(record=record)
    assert [statuses(accounts, one) for one in ("2031", "12", "3", "10.9999/made.2031")] == [
        [ENTERED]
    ] * 4
    assert statuses(accounts, "45") == [OPEN, OPEN, ENTERED]
    assert statuses(accounts, "9")[-1] == ENTERED


def test_a_passage_passes_its_numbers_over_and_tells_why(account):
    accounts = account(passage("example", "wording", "One example"))
    assert statuses(accounts, "One") == [PASSED_OVER]
    assert statuses(accounts, "60") == [OPEN]


def results(graph, folder, *nodes):
    loaded = graph(*nodes)
    reads = [read_held_text(text, folder) for text in Held(loaded).texts.values()]
    return count_numbers(loaded, reads).results


def test_an_open_number_is_a_violation_with_file_and_place(graph, folder):
    told = [str(one) for one in results(graph, folder)]
    assert all("graph/report/made-up.ttl:11: violation: made-up.txt:" in line for line in told)
    assert any(
        "made-up.txt:1: Results, sentence 1: no node enters this number" in line
        and "(" in line
        and "[75]%" in line
        for line in told
    )


def test_a_passage_over_a_number_that_a_figure_enters_is_a_violation(graph, folder):
    orr = node("orr", "ag:numerator 45", "45 patients (75%)")
    told = results(graph, folder, orr, passage("all", "boilerplate", "45 patients (75%)"))
    (wrong,) = [str(one) for one in told if one.rule == "verify:passed-over"]
    assert "violation: A passage passes over a number that orr enters" in wrong


def test_a_passage_without_a_number_is_a_warning(graph, folder):
    told = results(graph, folder, passage("none", "wording", "responded"))
    (wrong,) = [str(one) for one in told if one.rule == "verify:passed-over"]
    assert "warning: A passage is passed over in which no number stands" in wrong


def test_the_digest_of_a_passage_is_proved(graph, folder, allograph, small_checkout):
    graph(passage("example", "wording", "One example"))
    verify = ("verify", "--sources", folder, "--root", small_checkout.root)
    assert allograph(*verify).stdout.endswith("locators: 1, proved: 1, cited: 0\n")
    path = small_checkout.graph / "report" / "made-up.ttl"
    path.write_text(path.read_text().replace(sha256("One example"), sha256("Two examples")))
    done = allograph(*verify)
    assert done.returncode == 1
    assert "are not the span that was read" in done.stdout


def test_verify_counts_the_numbers_on_demand(graph, folder, allograph, small_checkout):
    graph(passage("everything", "boilerplate", TEXT))
    verify = ("verify", "--sources", folder, "--root", small_checkout.root, "--numbers")
    done = allograph(*verify)
    assert done.returncode == 0
    assert done.stdout.startswith("numbers: 19, entered: 0, passed over: 19, open: 0\n")
    graph()
    done = allograph(*verify)
    assert done.returncode == 1
    assert "numbers: 17, entered: 0, passed over: 2, open: 15\n" in done.stdout


def test_the_command_lists_numbers_in_three_formats(graph, folder, allograph, small_checkout):
    graph(node("orr", "ag:numerator 45", "45 patients (75%)"))
    numbers = ("numbers", "made-up", "--sources", folder, "--root", small_checkout.root)
    table = allograph(*numbers)
    assert table.returncode == 1
    assert table.stderr == "17 numbers: 1 entered, 2 passed over, 14 open\n"
    assert "report:made-up#orr ag:numerator" in table.stdout
    rows = list(csv.DictReader(allograph(*numbers, "--format", "csv").stdout.splitlines()))
    tree = json.loads(allograph(*numbers, "--format", "json").stdout)
    assert [row["number"] for row in rows] == [one["number"] for one in tree["numbers"]]
    assert TEXT[int(rows[1]["start"]) : int(rows[1]["end"])] == "45"
    assert (rows[1]["status"], rows[1]["section"]) == ("entered", "Results")
    assert tree["numbers"][1]["entered_by"] == ["report:made-up#orr ag:numerator"]


def test_a_report_is_named_by_its_record_or_by_the_text_itself(
    graph, folder, allograph, small_checkout
):
    graph(passage("everything", "boilerplate", TEXT))
    root = ("--root", small_checkout.root)
    by_text = allograph("numbers", folder / FILE_NAME, *root)
    record = small_checkout.graph / "report" / "made-up.ttl"
    by_record = allograph("numbers", record, "--sources", folder, *root)
    assert by_text.returncode == by_record.returncode == 0
    assert by_text.stdout == by_record.stdout != ""


def test_a_draft_writes_a_passage_for_what_is_open(graph, folder, allograph, small_checkout):
    graph(passage("everything", "boilerplate", TEXT[: TEXT.index("\n")]))
    done = allograph(
        "numbers", "made-up", "--draft", "--sources", folder, "--root", small_checkout.root
    )
    assert done.returncode == 1
    assert "# :passed-over-1\n#     a ag:PassedOver , oa:TextPositionSelector ;\n" in done.stdout
    assert "passed-over-2" not in done.stdout
    assert "ag:reason reason:TODO ;" in done.stdout
    assert all(line.startswith("#") for line in done.stdout.splitlines() if line)


def test_locate_writes_a_passage(graph, folder, allograph, small_checkout):
    graph()
    locate = (
        "locate",
        "made-up",
        "One example",
        "--sources",
        folder,
        "--root",
        small_checkout.root,
    )
    done = allograph(*locate, "--name", "example", "--pass-over", "wording")
    assert done.returncode == 0
    assert ":example\n    a ag:PassedOver , oa:TextPositionSelector ;" in done.stdout
    assert "ag:reason reason:wording ;" in done.stdout
    wrong = allograph(*locate, "--pass-over", "haste")
    assert wrong.returncode == 2
    assert "a reason is one of address, boilerplate," in wrong.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["made-up"], "--sources names the folder of the texts that were read"),
        (["made-down", "--sources", "{folder}"], "no text is held for report:made-down"),
        (["{other}"], "no report is held as other.txt"),
    ],
)
def test_wrong_use_is_told(graph, folder, allograph, small_checkout, arguments, told):
    graph()
    other = Path(folder) / "other.txt"
    other.write_text("3")
    named = [one.format(folder=folder, other=other) for one in arguments]
    done = allograph("numbers", *named, "--root", small_checkout.root)
    assert done.returncode == 2
    assert told in done.stderr


@pytest.mark.skipif(
    not HELD_TEXTS.is_dir(), reason="the held texts do not lie beside this checkout"
)
def test_every_number_of_the_held_texts_is_accounted_for():
    loaded = SNAPSHOT.loaded
    reads = [read_held_text(text, HELD_TEXTS) for text in Held(loaded).texts.values()]
    counted = count_numbers(loaded, reads)
    assert [str(result) for result in counted.results] == []
    assert counted.counts[OPEN] == 0
    assert counted.counts.total() >= 240
