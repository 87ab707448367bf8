"""A claim turned round: its label says the contrary of the words that it stands for.

Opposites are pairs of word families. A claim is told when, of one pair, its label has one side only
and its span the other side only; what follows a semicolon in a label is our own remark. A denial in
the label needs one in the sentence, or a condition, and the other way round in the span.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from allograph.checks.span.reading import Place, Reading, Told, plain

OPPOSITES: tuple[tuple[str, str], ...] = (
    (r"more|higher|high|highly|raised|raises|increas\w+|greater",
     r"less|lower|lowered|low|reduc\w+|decreas\w+|minimal\w*|hardly|moderate\w*|barely"),
    (r"better|best|optimal|improv\w+|superior|good|encouraging|impressive|valuable",
     r"worse\w*|worst|poor|poorly|inferior|bad|badly|disappointing|useless|discouraging|minimal"
     r"|shorten\w*"),
    (r"effective|efficacy|active|activity|works?",
     r"ineffective|inefficacy|inactive|futile|toxic|toxicity|harmful"),
    (r"benefit\w*", r"harm\w*|damage\w*|disadvantage\w*"),
    (r"longer|long|long-term|prolong\w*", r"shorter|short|short-term|shorten\w*"),
    (r"low-intensity", r"high-intensity|intensive"),
    (r"high-intensity", r"low-intensity"),
    (r"well", r"poorly|badly"),
    (r"feasible|possible|safe", r"infeasible|impossible|unsafe"),
    (r"small|few", r"large|many|great|sufficient|adequate|enough"),
    (r"hard|difficult|challenging|aggressive", r"easy|easily|simple|harmless|indolent"),
    (r"before|prior|previous|earlier|pre-\w+",
     r"after|afterwards|following|later|during|post-?\w+"),
    (r"up|gain|gained", r"loss|lost"),
    (r"alive|live|lived|survives?", r"dead|died|dies?"),
    (r"(?:\w+-)?negative", r"(?:\w+-)?positive"),
    (r"related|similar", r"unrelated|dissimilar"),
    (r"identical", r"different"),
    (r"alone|single-agent|mono-?therapy", r"together|combin\w+"),
    (r"randomly|random|chance|randomi\w+", r"choice|chosen|chose|non-?randomi\w+"),
    (r"propensity", r"randomly|randomi\w+"),
    (r"intention-to-treat|intention to treat", r"per[ -]protocol|as treated"),
    (r"primary", r"secondary|exploratory"),
    (r"approved", r"rejected|refused|declined"),
    (r"included?|enter\w*", r"excluded?|left out"),
    (r"targeted", r"untargeted|non-targeted"),
    (r"under investigation|investigated|unknown", r"established|known|settled|proven"),
    (r"often|usual\w*|frequent\w*", r"seldom|rare\w*|never"),
    (r"unexpectedly high", r"as expected|expectedly"),
    (r"adults?|adult", r"child\w*|p(?:a)?ediatric"),
    (r"immunotherapy", r"chemotherapy"),
    (r"allogeneic|allo-\w+", r"autologous|auto-\w+"),
    (r"first", r"last|second|third|later"),
    (r"unexpectedly", r"expectedly"),
    (r"free|charge", r"paid|sold"),
    (r"in|inside", r"outside|out|expel\w*"),
    (r"one|single", r"several|many|multiple"),
)  # fmt: skip
"""Families of words that exclude each other; whole words, small or capital."""
Pairs = tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]


def _compiled(opposites: tuple[tuple[str, str], ...]) -> Pairs:
    def side(words: str) -> re.Pattern[str]:
        return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)

    return tuple((side(one), side(other)) for one, other in opposites)


_PAIRS = _compiled(OPPOSITES)
OF_LABELS: tuple[tuple[str, str], ...] = (
    (r"before", r"after"),
    (r"with", r"without"),
    (r"first(?! \d)", r"second|third"),
    (r"early", r"late|later"),
    (r"\S*positive", r"\S*negative"),
    (r"alive", r"dead|died"),
    (r"adults?", r"child\w*|p(?:a)?ediatric"),
    (r"primary", r"secondary"),
    (r"survival", r"deaths?|mortality"),
    (r"responders?", r"non-?responders?"),
    (r"median", r"mean|average"),
)
"""Opposites that tell one figure from another."""
OF_KINDS: tuple[tuple[str, str], ...] = (
    (r"complete", r"partial"),
    (r"allogeneic|allo-?\w+", r"autologous|auto-?\w+"),
)
"""Opposites that a sentence does not say of two figures."""
_LABEL_PAIRS, _KIND_PAIRS = _compiled(OF_LABELS), _compiled(OF_KINDS)
_DENIED = re.compile(
    r"(?<!or )\b(?:not|no|never|cannot|without|nor|neither)\b(?:[\s,]+(?:yet|other|further|longer"
    r"|the|a|an|do|to|be|been|as|any)\b)*[\s,]+(?P<word>[a-z-]+)",
    re.IGNORECASE,
)
"""A denial, and the word that it denies."""
_LESS = re.compile(
    r"\b(?:less|lower|low|fewer|few|reduced|poor\w*|worse|small|hard|difficult|challenging|without"
    r"|lack\w*|un(?!der|til|ique|it)\w{4,}|rare\w*|seldom)\b",
    re.IGNORECASE,
)
"""Words of a text that a denial can stand for."""
_STEM = 5
_NOT = re.compile(r"\b(?:not|no|never|cannot|neither|nor|fail(?:s|ed)?)\b|n't\b", re.IGNORECASE)
_OF_THE_TEXT = re.compile(
    r"\b(?:print\w*|named?|stated?|given|shown|says?|said|read)\b", re.IGNORECASE
)
"""Words of a label that speaks of the text: what it does not print is no denial of it."""
_IF = re.compile(r"\b(?:if|whether|without)\b", re.IGNORECASE)


def claims(reading: Reading) -> Iterator[Told]:
    """A claim whose label has the opposite of a word of its span, or denies what it says."""
    for place in reading.of("Claim"):
        label = plain(reading.evidence.claims[place.node.iri].label).partition(";")[0]
        opposites = _opposites(label, place.span) or _opposites_around(label, place)
        is_denied = bool(_NOT.search(place.span))
        if opposites:
            ours, theirs = opposites
            message = f'The label says "{ours}", and the text "{theirs}": correct it.'
            yield Told(place.node.iri, "claim", message, place.span)
        elif _denies(label) and not (is_denied or _is_open(place)):
            message = "The label denies, and the text does not: correct it."
            yield Told(place.node.iri, "claim", message, place.span)
        elif word := _denied_on_one_side(label, place.span):
            message = f'"{word}" is denied on one side only, in the label or the text: correct it.'
            yield Told(place.node.iri, "claim", message, place.span)


def labels(reading: Reading) -> Iterator[Told]:
    """A figure, or people, whose label says the opposite of a word of the span."""
    for place in (*reading.by_class["Figure"], *reading.of("StudyGroup")):
        label = plain(place.node.label)
        found = _opposites(label, place.span, _LABEL_PAIRS)
        if found := found or _opposites(label, place.sentence, _KIND_PAIRS):
            message = f'The label says "{found[0]}", and the text "{found[1]}": correct it.'
            yield Told(place.node.iri, "label", message, place.span)


def _is_open(place: Place) -> bool:
    return bool(_IF.search(place.sentence) or _LESS.search(place.span))


def _denied_on_one_side(label: str, span: str) -> str:
    """A word that one of two texts denies, and the other says without a denial."""
    if _OF_THE_TEXT.search(label) or re.search(r"\bif\b", span, re.IGNORECASE):
        return ""
    for one, other in ((label, span), (span, label)):
        denied = {_stem(match["word"]): match["word"] for match in _DENIED.finditer(one)}
        also = {_stem(match["word"]) for match in _DENIED.finditer(other)}
        if len(denied) == len(also) or _LESS.search(other):
            continue
        said = {_stem(word) for word in re.findall(r"[a-z-]{3,}", other.lower())}
        for stem, word in denied.items():
            if stem in said - also:
                return word
    return ""


def _stem(word: str) -> str:
    return "earli" if word.lower() in ("previous", "prior") else word.lower()[:_STEM]


def _opposites_around(label: str, place: Place) -> tuple[str, str] | None:
    """Opposites of a label and the rest of the sentence, where the span has neither side."""
    found = _opposites(label, place.sentence)
    if found and not any(_opposites(word, place.span) or word in place.span for word in found):
        return found
    return None


def _opposites(label: str, span: str, pairs: Pairs = _PAIRS) -> tuple[str, str] | None:
    """A word of a label and one of a span that exclude each other, if neither has both."""
    for one, other in pairs:
        here, there = (
            (one.search(label), other.search(label)),
            (one.search(span), other.search(span)),
        )
        for ours, theirs in ((0, 1), (1, 0)):
            mine, its = here[ours], there[theirs]
            if mine is None or its is None or here[theirs] or there[ours]:
                continue
            if _is_denied(label, mine.start()) == _is_denied(span, its.start()):
                return mine[0], its[0]
    return None


def _is_denied(text: str, at: int) -> bool:
    """Whether a denial stands at most three words before a place, ``or not`` aside."""
    return bool(
        re.search(
            r"(?<!or )\b(?:not|no|never|cannot|nor|neither)\b(?:\s+\S+){0,2}\s+$",
            text[:at],
            re.IGNORECASE,
        )
    )


def _denies(label: str) -> bool:
    return bool(_NOT.search(label)) and not _OF_THE_TEXT.search(label)
