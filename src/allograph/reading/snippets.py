"""Write lines that ask the same question elsewhere: in a shell, in Python, in R."""

from __future__ import annotations

import shlex
from dataclasses import dataclass

from allograph.text.lines import lines_of


@dataclass(frozen=True)
class Snippet:
    """A few lines to copy."""

    label: str
    language: str
    code: str


def snippets(csv_url: str, xlsx_url: str, endpoint: str, query: str) -> tuple[Snippet, ...]:
    """The lines; the first two are the answer as CSV and XLSX, ``query`` runs at ``endpoint``."""
    return (
        Snippet("Shell", "sh", f"curl --fail {shlex.quote(csv_url)}"),
        Snippet("Shell, for Excel", "sh", f"curl --fail -OJ {shlex.quote(xlsx_url)}"),
        Snippet("Python, pandas", "python", pandas(csv_url)),
        Snippet("Python, SPARQLWrapper", "python", sparqlwrapper(endpoint, query)),
        Snippet("R", "r", base_r(csv_url)),
    )


def pandas(csv_url: str) -> str:
    """Read the answer as a data frame."""
    return f"import pandas\n\nanswer = pandas.read_csv({quoted(csv_url)})\nprint(answer)"


def sparqlwrapper(endpoint: str, query: str) -> str:
    """Send the query itself, without its header."""
    lines = [line for line in lines_of(query) if not line.startswith("#+")]
    text = "\n".join(lines).strip().replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    return f'''from SPARQLWrapper import JSON, SPARQLWrapper

endpoint = SPARQLWrapper({quoted(endpoint)}, returnFormat=JSON)
endpoint.setQuery("""
{text}
""")
for row in endpoint.queryAndConvert()["results"]["bindings"]:
    print({{name: term["value"] for name, term in row.items()}})'''


def base_r(csv_url: str) -> str:
    """Read the answer as a data frame, with nothing but base R."""
    return f'answer <- read.csv({quoted(csv_url)}, encoding = "UTF-8")\nprint(answer)'


def quoted(url: str) -> str:
    """Write an address as a string, for Python and R alike."""
    escaped = url.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
