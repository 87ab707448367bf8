"""Write the page of pooled figures: the answer, its forest plot, each pool, what was left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import render_template

from allograph.drawings.charts.answers import NOT_ADVICE
from allograph.drawings.charts.drawing import Caption
from allograph.drawings.charts.palette import in_the_dark
from allograph.drawings.charts.pooled_answer import in_words, picture_of
from allograph.evidence.pooling.answers import Answer, Pool
from allograph.evidence.pooling.differences import DIFFERENCES
from allograph.evidence.pooling.guards import TOO_FEW
from allograph.namespaces import BASE, key_of
from allograph.reading.answers.known import read_known
from allograph.reading.behind import names_of
from allograph.reading.citation import Citation
from allograph.reading.controls import SPELT_OUT
from allograph.reading.pooled.doubted import doubts_of, figures_of
from allograph.reading.pooled.lines import python_lines, r_lines
from allograph.reading.pooled.said import (
    MEASURES,
    Said,
    counted_text,
    estimate_text,
    figure_text,
    heterogeneity_text,
    model_name,
    prediction_text,
    said_of,
    short_heterogeneity,
    title_of,
)
from allograph.web.http.permalinks import RELEASE
from allograph.web.pages.asking import today
from allograph.web.pages.pictures import (
    CHOICES,
    COLOURS,
    DARK,
    LINK,
    NARROW,
    WIDTH,
    Look,
    link_here,
)
from allograph.web.pages.pool_asking import Asked
from allograph.web.pages.pool_form import form_of
from allograph.web.service import current_reader

FORMATS = (
    ("csv", "CSV", "text/csv"),
    ("json", "JSON", "application/json"),
    ("svg", "Picture (SVG)", "image/svg+xml"),
    ("png", "Picture (PNG)", "image/png"),
)
"""What the page can be taken along as: suffix, label, media type."""


@dataclass(frozen=True)
class Ways:
    """Lines that reproduce a pool elsewhere."""

    label: str
    language: str
    code: str


def pool_page(asked: Asked, answer: Answer) -> str:
    """Write the page."""
    reader = current_reader()
    evidence = reader.once(read_known)
    release = reader.release.id if reader.is_release else ""
    issued = reader.release.manifest.get("issued", "") if reader.is_release else ""
    of_release = [(RELEASE, release)] if release else []
    permalink = asked.address_of([*asked.pairs, *of_release], is_external=True)
    flags = {iri: evidence.nodes.of(iri).iris("flag") for iri in figures_of(answer)}
    return render_template(
        "pool.html",
        asked=asked,
        answer=answer,
        sentence=sentence_of(asked),
        said=lead_of(answer),
        form=form_of(evidence, asked.wish),
        formats=FORMATS,
        pictures=sources_of(asked),
        alt=in_words(answer),
        names=names_of(reader, {}),
        flags_of=flags,
        say=WORDS,
        ways=[ways_of(pool) for pool in answer.pooled],
        permalink=permalink,
        citation=Citation(
            f"pool-{asked.key}",
            sentence_of(asked),
            release,
            issued,
            today(),
            permalink,
        ),
    )


WORDS = {
    function.__name__: function
    for function in (
        counted_text,
        estimate_text,
        figure_text,
        heterogeneity_text,
        model_name,
        prediction_text,
        said_of,
        short_heterogeneity,
        title_of,
    )
}
"""What the templates of pools call."""


def sentence_of(asked: Asked) -> str:
    """What is asked, in words: the outcome, and what narrows it or is pooled across."""
    wish, nodes = asked.wish, current_reader().once(read_known).nodes

    def label(iri: str) -> str:
        return nodes.of(iri).label or key_of(iri)

    studies = sorted(map(label, wish.studies))
    words = (
        label(wish.drug) if wish.drug else "",
        f"against {label(wish.comparator)}" if wish.comparator else "",
        " and ".join(studies) if len(studies) <= SPELT_OUT else f"{len(studies)} studies",
        f"by {MEASURES[wish.measure]}" if wish.measure else "",
        wish.statistic.replace("-", " ") if wish.statistic else "",
        f"at {wish.at_time:g} months" if wish.at_time is not None else "",
        f"counted from {label(f'{BASE}origin/{wish.time_origin}')}" if wish.time_origin else "",
        f"across {', '.join(sorted(wish.across)).replace('-', ' ')}" if wish.across else "",
        "with retracted reports" if wish.with_retracted else "",
        ticked_in_words(len(wish.figures)) if wish.figures else "",
    )
    told = ", ".join(filter(None, words))
    return f"{asked.label}, pooled{f': {told}' if told else ''}"


def ticked_in_words(number: int) -> str:
    """How many figures were ticked."""
    return f"{number} ticked figure{'' if number == 1 else 's'}"


def lead_of(answer: Answer) -> Said:
    """The answer in one sentence: the first pool, else that there is none, and why."""
    if answer.pooled:
        return said_of(answer, answer.pooled[0])
    reasons = list(dict.fromkeys(text for pool in answer.pools for text in pool.refusals))
    apart = dict.fromkeys(one.name for pool in answer.pools for one in pool.apart_by)
    if reasons == [TOO_FEW] and apart:
        differ = "; ".join(DIFFERENCES[name].partition(":")[0] for name in apart)
        why = f"No two studies have figures that go together; they differ in {differ}."
        return Said("Nothing is pooled.", why)
    if len(reasons) == 1:
        return Said("Nothing is pooled.", reasons[0])
    if answer.pools or answer.left_out:
        return Said("Nothing is pooled.", "Each figure stands below with its reason.")
    return Said("Nothing is pooled.", "No figure of this release is as asked.")


def ways_of(pool: Pool) -> list[Ways]:
    """R and Python lines that give the number of a pool again."""
    ways = (
        Ways("R, with metafor", "r", "\n".join(r_lines(pool))),
        Ways("Python, with allograph", "python", "\n".join(python_lines(pool))),
    )
    return [way for way in ways if way.code]


def picture_here(asked: Asked, answer: Answer, look: Look) -> str:
    """The forest plot as SVG, in which each figure leads to its place here."""
    reader = current_reader()
    release = f"release {reader.release.id}, " if reader.is_release else ""
    studies = {study for pool in answer.pooled for study in pool.studies}
    counted = f"{len(studies)} studies pooled" if studies else ""
    source = f"Source: ALLograph, {release}{asked.address(is_external=True)}. {NOT_ADVICE}"
    caption = Caption(sentence_of(asked), counted, source)
    doubts = doubts_of(reader, figures_of(answer))
    svg = picture_of(answer, doubts, caption, is_narrow=look.width == NARROW)
    svg = LINK.sub(link_here, svg)
    return in_the_dark(svg) if look.colours == DARK else svg


def sources_of(asked: Asked) -> Mapping[str, str]:
    """The addresses of the pictures of the page, by shape and colours, as in ``narrow dark``."""
    found = {}
    for width in CHOICES[WIDTH]:
        for colours in CHOICES[COLOURS]:
            look = [
                (argument, value)
                for argument, value in ((WIDTH, width), (COLOURS, colours))
                if value != CHOICES[argument][0]
            ]
            found[f"{width} {colours}"] = asked.address_of([*asked.pairs, *look], "svg")
    return found
