"""Welcome readers: what this is, a search box, the questions by topic, the studies at a glance."""

from flask import Blueprint, Response, render_template

from allograph.namespaces import KINDS
from allograph.web.evaluate import select
from allograph.web.negotiate import PAGES, choose, offers, respond_page
from allograph.web.questions import by_topic
from allograph.web.service import current_service

blueprint = Blueprint("home", __name__)

# A row for each study: its size is that of its largest group.
STUDIES = """
PREFIX ag: <https://w3id.org/allograph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?study ?label ?design ?condition ?people ?figures WHERE {
  ?study a ag:Study ; rdfs:label ?label .
  OPTIONAL { ?study ag:design/rdfs:label ?design }
  OPTIONAL { ?study ag:condition/rdfs:label ?condition }
  OPTIONAL {
    SELECT ?study (MAX(?size) AS ?people) WHERE {
      ?group a ag:StudyGroup ; ag:study ?study ; ag:size ?size .
    } GROUP BY ?study
  }
  OPTIONAL {
    SELECT ?study (COUNT(?result) AS ?figures) WHERE {
      ?result a ag:Result ; ag:study ?study .
    } GROUP BY ?study
  }
} ORDER BY ?label ?design ?condition
"""


@blueprint.get("/")
@offers(PAGES)
def welcome() -> Response:
    """Say what this is, and lead to the questions and the studies."""
    choose(PAGES)
    service = current_service()
    return respond_page(
        render_template(
            "home.html",
            topics=by_topic(service.questions),
            studies=select(STUDIES),
            kinds=KINDS,
        )
    )
