"""Words that exclude each other, for labels and claims against printed forms and against spans.

A row is a pair of families of words. Two texts are opposed by a row when the one has words of one
side only, and the other words of the other side only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Rows = tuple[tuple[str, str], ...]
Pairs = tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]

OF_CLAIMS: Rows = (
    (r"more|most|higher|highest|high|highly|raised|raises|increas\w+|greater",
     r"less|lower|lowest|lowered|low|fewer|reduc\w+|decreas\w+|minimal\w*|hardly|moderate\w*"
     r"|barely"),
    (r"better|best|optimal|improv\w+|superior|good|excellent|encouraging|promising|impressive"
     r"|valuable",
     r"worse\w*|worst|poor|poorer|poorly|inferior|bad|badly|disappointing|useless|discouraging"
     r"|minimal|shorten\w*"),
    (r"effective|efficacy|active|activity|works?",
     r"ineffective|inefficacy|inactive|futile|toxic|toxicity|harmful"),
    (r"benefit\w*", r"harm\w*|damage\w*|disadvantage\w*"),
    (r"longer|longest|long|long-term|prolong\w*", r"shorter|shortest|short|short-term|shorten\w*"),
    (r"low-intensity", r"high-intensity|intensive"),
    (r"high-intensity", r"low-intensity"),
    (r"well", r"poorly|badly"),
    (r"feasible|possible|safe", r"infeasible|impossible|unsafe|harmful"),
    (r"small|few", r"large|many|big|great|sufficient|adequate|enough"),
    (r"hard|difficult|challenging|aggressive", r"easy|easily|simple|harmless|indolent"),
    (r"before|prior|previous|earlier|pre-\w+",
     r"after|afterwards|following|later|during|post-?\w+"),
    (r"early|earlier", r"late|later"),
    (r"up|gain|gained", r"loss|lost"),
    (r"alive|lives?|lived|survives?", r"dead|death|died|dies?"),
    (r"(?:\w+-)?negative", r"(?:\w+-)?positive"),
    (r"related|similar", r"unrelated|dissimilar"),
    (r"similar|same", r"different|dissimilar"),
    (r"identical", r"different"),
    (r"alone|single-agent|mono-?therapy", r"together|combin\w+"),
    (r"randomly|random|chance|randomi\w+", r"choice|chosen|chose|non-?randomi\w+"),
    (r"propensity", r"randomly|randomi\w+"),
    (r"intention-to-treat|intention to treat", r"per[ -]protocol|as treated"),
    (r"primary", r"secondary|exploratory"),
    (r"approved", r"rejected|refused|declined"),
    (r"included?|enter\w*", r"excluded?|left out"),
    (r"targeted", r"untargeted|non-targeted"),
    (r"planned", r"unplanned"),
    (r"under investigation|investigated|unknown", r"established|known|settled|proven"),
    (r"often|usual\w*|frequent\w*", r"seldom|rare\w*|never|hardly"),
    (r"all|every|everybody", r"none|nobody"),
    (r"unexpectedly high", r"as expected|expectedly"),
    (r"adults?", r"child\w*|p(?:a)?ediatric"),
    (r"immunotherapy", r"chemotherapy"),
    (r"allogeneic|allo-\w+", r"autologous|auto-\w+"),
    (r"first", r"last|second|third|later"),
    (r"unexpectedly", r"expectedly"),
    (r"free|charge", r"paid|sold"),
    (r"in|inside", r"outside|out|expel\w*"),
    (r"one|single", r"several|many|multiple"),
)  # fmt: skip
"""Opposites by which a claim says the contrary of its text."""
OF_LABELS: Rows = (
    (r"before", r"after"),
    (r"with", r"without"),
    (r"first(?! \d)", r"second|third"),
    (r"early|earlier", r"late|later"),
    (r"\S*positive|positivity", r"\S*negative|negativity"),
    (r"alive", r"dead|deaths?|died|mortality"),
    (r"adults?|elderly", r"child\w*|p(?:a)?ediatric"),
    (r"primary", r"secondary"),
    (r"survival", r"deaths?|mortality"),
    (r"responders?", r"non-?responders?"),
    (r"median", r"mean|average"),
)
"""Opposites that tell one figure, outcome or people from another of the same name."""
OF_KINDS: Rows = (
    (r"complete", r"partial|incomplete"),
    (r"allogeneic|allo(?:-?\w+)?", r"autologous|auto(?:-?\w+)?"),
)
"""Those among them that a sentence does not say of two figures."""


def in_sentences(rows: Rows) -> Pairs:
    """Patterns for sentences, in which ``high-dose`` is one word."""
    return _compiled(rows, r"[\w-]")


def in_names(rows: Rows) -> Pairs:
    """Patterns for labels, keys and printed forms, which join words: ``mrd-negative-remission``."""
    return _compiled(rows, r"\w")


def _compiled(rows: Rows, letter: str) -> Pairs:
    def side(words: str) -> re.Pattern[str]:
        return re.compile(rf"(?<!{letter})(?:{words})(?!{letter})", re.IGNORECASE)

    return tuple((side(one), side(other)) for one, other in rows)


def opposed(said: str, printed: str, pairs: Pairs) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """The first words of two texts that exclude each other, for each pair that opposes them."""
    for one, other in pairs:
        ours = one.search(said), other.search(said)
        if (ours[0] is None) == (ours[1] is None):
            continue
        theirs = one.search(printed), other.search(printed)
        if ours[0] and theirs[1] and not theirs[0]:
            yield ours[0], theirs[1]
        if ours[1] and theirs[0] and not theirs[1]:
            yield ours[1], theirs[0]
