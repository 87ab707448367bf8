"""Languages of texts: each has one where it is of words, and each that it has exists."""

import pytest
from approve import SNAPSHOT

from allograph.checks.languages import LANGUAGES, languages_of_texts
from allograph.curated.loaded import Loaded
from allograph.rdf.turtle import parse_turtle

DRUG = """PREFIX drug: <https://w3id.org/allograph/drug/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

drug:x
    rdfs:label "x"@en ;
"""


def told(rest):
    file = parse_turtle(f"{DRUG}    {rest} .\n".encode(), "graph/drug/x.ttl")
    loaded = Loaded({"graph/drug/x.ttl": file}, {"graph/drug/x.ttl": "https://example.org/x"})
    return [
        (result.at.line, result.path, result.message)
        for result in languages_of_texts(loaded, SNAPSHOT.namespaces)
    ]


@pytest.mark.parametrize("tag", ["em", "eng", "xx", "english", "em-US"])
@pytest.mark.parametrize("name", ["skos:altLabel", "skos:definition", "rdfs:comment"])
def test_a_language_that_does_not_exist_is_told_at_its_subject(name, tag):
    (result,) = told(f'{name} "word"@{tag}')
    assert result[:2] == (5, name)
    assert f'"{tag.lower()}" is none' in result[2].lower()


@pytest.mark.parametrize("name", ["skos:altLabel", "skos:prefLabel", "skos:example"])
def test_a_text_of_words_without_a_language_is_told(name):
    assert len(told(f'{name} "word"')) == 1


@pytest.mark.parametrize("tag", ["en", "de", "fr", "ru", "en-GB", "pt-BR", "zh-Hant", "DE"])
def test_a_translation_is_welcome(tag):
    assert told(f'skos:altLabel "word"@{tag}') == []


def test_the_codes_are_those_of_two_letters():
    assert {len(code) for code in LANGUAGES} == {2}
    assert len(LANGUAGES) == 183


def test_the_curated_files_have_languages_that_exist():
    assert list(languages_of_texts(SNAPSHOT.loaded, SNAPSHOT.namespaces)) == []
