"""The questions over HTTP: the list, the page with its form, the answer in every table format."""

import csv
import json
import re
from html.parser import HTMLParser
from io import StringIO

import pytest
from approve import ANSWERS, QUESTIONS, SOURCES

from allograph.namespaces import BASE
from allograph.rdf.formats import formats_for

FIGURES = "/questions/figures"
STUDIES = sorted(path.stem for path in SOURCES.graph.glob("study/*.ttl"))


def rows(response):
    assert response.status_code == 200, response.text
    return list(csv.DictReader(StringIO(response.text)))


class Elements(HTMLParser):
    """The elements of a page, each as its name and attributes."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def named(self, tag):
        return [attributes for name, attributes in self.found if name == tag]


def test_the_list_for_programs_names_titles_and_parameters(client):
    listed = client.get("/questions.json").get_json()["questions"]
    assert {item["name"]: item["title"] for item in listed} == {
        name: question.title for name, question in QUESTIONS.items()
    }
    figures = next(item for item in listed if item["name"] == "figures")
    assert [parameter["name"] for parameter in figures["parameters"]] == [
        "study",
        "outcome",
        "drug",
        "tier",
        "regimen",
        "condition",
    ]
    assert set(STUDIES) == set(figures["parameters"][0]["values"])


def test_the_list_says_the_fields_that_are_asked_for(client):
    listed = client.get("/questions.json?fields=name,title").json["questions"]
    assert listed == [
        {"name": name, "title": question.title} for name, question in QUESTIONS.items()
    ]
    refused = client.get("/questions.json?fields=name,tittle")
    assert refused.status_code == 400
    assert "'tittle' is none; did you mean 'title'?" in refused.json["detail"]


@pytest.mark.parametrize("name", QUESTIONS)
def test_what_each_column_of_an_answer_means_is_said(client, name):
    header = client.get(f"/questions/{name}.csv").text.partition("\r\n")[0]
    columns = client.get(f"/questions/{name}/columns.json").json["columns"]
    assert [column["name"] for column in columns] == header.split(",")
    assert all(column["label"] and column["meaning"] and column["type"] for column in columns)


def test_the_columns_of_a_question_are_found_by_its_old_name_too(client):
    old = client.get("/questions/rule-granularity/columns.json")
    assert (old.status_code, old.headers["Location"]) == (
        308,
        "/questions/rule-findings/columns.json",
    )
    assert client.get("/questions/nonsense/columns.json").status_code == 404


def test_an_old_link_to_a_drug_that_is_a_treatment_now_answers_and_says_so(client):
    address = "/questions/efficacy-against-comparator"
    old = "drug=standard-intensive-chemotherapy"
    now = "drug=&comparator=standard-intensive-chemotherapy"
    assert rows(client.get(f"{address}.csv?{old}")) == rows(client.get(f"{address}.csv?{now}"))
    title = re.search("<title>([^<]+)", client.get(f"{address}?{old}").text)[1]
    assert "any drug compare with standard intensive chemotherapy" in title


def test_the_list_comes_as_json_by_accept_header_too(client):
    by_header = client.get("/questions", headers={"Accept": "application/json"})
    assert by_header.data == client.get("/questions.json").data


def test_the_list_for_people_leads_to_every_question(client):
    links = {link.get("href") for link in Elements(client.get("/questions").text).named("a")}
    assert {f"/questions/{name}" for name in QUESTIONS} <= links


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_answer_over_http_is_the_approved_answer(client, name):
    answer = client.get(f"/questions/{name}.csv")
    assert answer.data.replace(b"\r\n", b"\n") == (ANSWERS / f"{name}.csv").read_bytes()


@pytest.mark.parametrize("name", QUESTIONS)
def test_each_question_has_a_page_with_a_labelled_form_and_downloads(client, name):
    response = client.get(f"/questions/{name}", headers={"Accept": "text/html"})
    assert response.status_code == 200
    page = Elements(response.text)
    form = Elements("".join(re.findall(r'<form class="ask".*?</form>', response.text, re.DOTALL)))
    controls = [*form.named("select"), *form.named("input")]
    assert {parameter.name for parameter in QUESTIONS[name].parameters} == {
        control["name"] for control in controls
    }
    assert {control["id"] for control in controls if "id" in control} == {
        label["for"] for label in form.named("label") if "for" in label
    }
    boxes = [control for control in controls if control.get("type") == "checkbox"]
    assert len(boxes) == sum("for" not in label for label in form.named("label"))
    links = {link.get("href") for link in page.named("a")}
    assert {f"/questions/{name}.{format.name}" for format in formats_for("solutions")} <= links


@pytest.mark.parametrize("format", formats_for("solutions"), ids=lambda format: format.name)
def test_a_question_answers_the_same_by_suffix_and_by_accept_header(client, format):
    by_suffix = client.get(f"{FIGURES}.{format.name}")
    by_header = client.get(FIGURES, headers={"Accept": format.media_type})
    assert by_suffix.mimetype == by_header.mimetype == format.media_type
    assert by_suffix.data == by_header.data


def test_the_suffix_beats_the_accept_header(client):
    response = client.get(f"{FIGURES}.csv", headers={"Accept": "text/html"})
    assert response.mimetype == "text/csv"


@pytest.mark.parametrize(
    "value",
    [
        "ino-vate",
        "study:ino-vate",
        f"{BASE}study/ino-vate",
        "INO-VATE ALL",
        "ino-vate all",
    ],
)
def test_a_value_may_be_a_key_a_curie_an_iri_or_a_synonym(client, value):
    found = rows(client.get(f"{FIGURES}.csv", query_string={"study": value}))
    assert {row["study"] for row in found} == {"ino-vate"}


def test_a_parameter_takes_several_values(client):
    asked = ["ino-vate", "ino-children"]
    found = rows(client.get(f"{FIGURES}.csv", query_string={"study": asked}))
    assert {row["study"] for row in found} == set(asked)


def test_an_argument_without_a_value_leaves_its_parameter_open(client):
    found = rows(client.get(f"{FIGURES}.csv?study=&drug="))
    assert found == rows(client.get(f"{FIGURES}.csv"))
    assert {"ino-vate", "ino-children"} < {row["study"] for row in found} <= set(STUDIES)


def test_an_unknown_argument_is_refused_with_those_that_are_taken(client):
    response = client.get(f"{FIGURES}.csv?dose=5")
    problem = json.loads(response.data)
    assert (response.status_code, problem["parameter"]) == (400, "dose")
    assert all(name in problem["detail"] for name in ("study", "outcome", "drug"))


def test_an_unknown_value_is_refused_with_the_nearest(client):
    response = client.get(f"{FIGURES}.csv?drug=blinatumomap")
    problem = json.loads(response.data)
    assert (response.status_code, problem["parameter"]) == (400, "drug")
    assert "blinatumomab" in problem["detail"]


def test_a_value_cannot_leave_its_place_in_the_query(client):
    attack = "x> } UNION { ?s ?p ?o } #"
    assert client.get(f"{FIGURES}.csv", query_string={"drug": attack}).status_code == 400


def test_an_unknown_question_is_not_found_and_the_nearest_is_named(client):
    response = client.get("/questions/figurs.csv")
    problem = json.loads(response.data)
    assert response.status_code == 404
    assert "'figures'" in problem["detail"]
    assert "figures" in problem["known"]


def test_an_unknown_suffix_is_not_found_and_the_known_ones_are_listed(client):
    response = client.get(f"{FIGURES}.ods")
    assert response.status_code == 404
    assert "csv" in json.loads(response.data)["offered"]


def test_the_page_shows_labels_units_and_links_to_records(client):
    page = client.get(f"{FIGURES}?study=ino-vate", headers={"Accept": "text/html"}).text
    assert ">Of whom</a>" in page
    assert '<a href="/study/ino-vate#' in page
    page = client.get("/questions/adverse-events?columns=at_time", headers={"Accept": "text/html"})
    assert '<span class="unit">(months)</span>' in page.text


def test_the_page_shows_what_was_asked(client):
    page = Elements(client.get(f"{FIGURES}?study=ino-vate&study=ino-children").text)
    chosen = {(box["name"], box["value"]) for box in page.named("input") if "checked" in box}
    assert {pair for pair in chosen if pair[0] != "columns"} == {
        ("study", "ino-vate"),
        ("study", "ino-children"),
    }


def test_the_page_keeps_the_arguments_in_its_links_and_in_its_curl_line(client):
    page = client.get(f"{FIGURES}?study=ino-vate").text
    assert '"/questions/figures.csv?study=ino-vate"' in page
    assert "curl --fail http://localhost/questions/figures.csv?study=ino-vate" in page.replace(
        "&#39;", ""
    )


def test_the_page_shows_the_query_as_it_was_asked(client):
    page = client.get(f"{FIGURES}?study=ino-vate").text
    assert f"VALUES ?study_iri {{ &lt;{BASE}study/ino-vate&gt; }}" in page


def test_an_answer_without_rows_says_so(client):
    outcomes = {row["outcome"] for row in rows(client.get(f"{FIGURES}.csv"))}
    asked = (f"?study=ino-children&outcome={outcome}" for outcome in sorted(outcomes))
    none = next(each for each in asked if not rows(client.get(f"{FIGURES}.csv{each}")))
    page = client.get(f"{FIGURES}{none}").text
    assert "No study of this release gives this." in page
