"""Check the languages of texts: that each text has one, and that it is one.

A tag (BCP 47, RFC 5646 section 2.1) starts with a language of ISO 639-1, as ``en`` or ``pt-BR``.
Translations are welcome; what is required in English is the business of the shapes.
"""

from __future__ import annotations

from collections.abc import Iterator

from allograph.checks.literals import results_of_literals
from allograph.curated.loaded import Loaded
from allograph.curated.results import ValidationResult
from allograph.namespaces import Namespaces
from allograph.rdf.terms import Literal
from allograph.rdf.vocabularies import RDFS, SKOS

LANGUAGES = frozenset(
    """
    aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da
    de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy
    hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg
    li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or
    os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta
    te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
    """.split()  # noqa: SIM905  # a list of codes is read, and kept, as lines of them
)
"""The two-letter codes of ISO 639-1."""
WORDS = frozenset({SKOS.altLabel, SKOS.prefLabel, SKOS.definition, SKOS.example, RDFS.comment})
"""Properties whose texts are words of a language."""


def languages_of_texts(loaded: Loaded, namespaces: Namespaces) -> Iterator[ValidationResult]:
    """A text has a language where it is of words, and the language exists."""
    return results_of_literals(loaded, namespaces, _mistakes)


def _mistakes(property: str, text: Literal) -> Iterator[tuple[str, str]]:
    if text.language is None:
        if property in WORDS:
            yield "language", 'A text says in which language it is, as in "standard therapy"@en.'
    elif text.language.partition("-")[0].lower() not in LANGUAGES:
        message = f'A language is one of ISO 639-1, as in @en; "{text.language}" is none.'
        yield "language", message
