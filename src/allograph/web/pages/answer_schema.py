"""The answer of a question in JSON, as a schema: what each column means, from the code book."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from allograph.questions.question import Column, Question

Schema = dict[str, Any]

TERM: Schema = {
    "description": "An RDF term (SPARQL 1.1 Query Results JSON, section 3.2.2).",
    "type": "object",
    "required": ["type", "value"],
    "properties": {
        "type": {"enum": ["uri", "literal", "bnode"]},
        "value": {"type": "string"},
        "datatype": {"type": "string"},
        "xml:lang": {"type": "string"},
    },
}


def schemas_of(questions: Iterable[Question]) -> dict[str, Schema]:
    """The schemas of the answers of questions, by name."""
    return {_name(question): schema_of(question) for question in questions}


def reference_to(question: Question) -> Schema:
    """Lead to the schema of an answer."""
    return {"$ref": f"#/components/schemas/{_name(question)}"}


def _name(question: Question) -> str:
    return f"answer-{question.name}"


def schema_of(question: Question) -> Schema:
    """The schema of an answer; a column that a row leaves empty is missing from it."""
    names = [column.name for column in question.columns]
    rows: Schema = {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {column.name: _column(column) for column in question.columns},
        },
    }
    return {
        "type": "object",
        "required": ["rows", "complete", "notice", "head", "results"],
        "properties": {
            "release": {"type": "string", "description": "The release that answered."},
            "rows": {"type": "integer", "description": "How many rows there are."},
            "complete": {"const": True, "description": "The answer is whole."},
            "notice": {"type": "string", "description": "What the answer is not."},
            "remark": {"type": "string", "description": "Why there are no rows."},
            "head": {
                "type": "object",
                "properties": {"vars": {"type": "array", "items": {"enum": names}}},
            },
            "results": {"type": "object", "properties": {"bindings": rows}},
        },
    }


def _column(column: Column) -> Schema:
    unit = f" Unit: {column.unit}." if column.unit else ""
    meaning = f"{column.label}: {column.meaning} Type: {column.type}.{unit}"
    return {"$ref": "#/components/schemas/Term", "description": meaning}
