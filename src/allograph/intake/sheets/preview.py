"""Show what an import would write as a table: a line for each figure, with its cells."""

from __future__ import annotations

from collections.abc import Iterator

from allograph.intake.sheets.extraction import Extraction

_HEADER = ("study", "arm", "outcome", "statistic", "value", "n/N", "people", "cells", "printed")


def preview_table(extraction: Extraction) -> str:
    """The figures as lines in aligned columns."""
    lines = [_HEADER, *_figures(extraction)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(_HEADER))]
    return "".join(
        "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()
        + "\n"
        for line in lines
    )


def _figures(extraction: Extraction) -> Iterator[tuple[str, ...]]:
    for study in extraction.studies.values():
        for figure in study.figures:
            numbers = figure.numbers
            value = f"{numbers['value']} {figure.unit}" if figure.unit != "1" else numbers["value"]
            share = f"{numbers.get('numerator', '?')}/{numbers.get('denominator', '?')}"
            size = study.sizes.get(figure.arm) or figure.size
            yield (
                f"study:{study.key}",
                figure.arm,
                figure.outcome,
                figure.statistic,
                f"{value} (derived)" if figure.derived else value,
                "" if share == "?/?" else share,
                "" if size is None else f"{size.people}{' (derived)' if size.derived else ''}",
                figure.cells.fragment.removeprefix("cell="),
                figure.cells.printed,
            )
