"""The JSON of a pooled answer as a schema: what is always there, and what may be null."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

NUMBERS = {
    "estimate": "What is pooled, by the model: a share from 0 to 1, a ratio, a number of months.",
    "lower": "The lower limit of its interval.",
    "upper": "The upper limit of its interval.",
    "prediction_lower": "The lower limit of the prediction interval.",
    "prediction_upper": "The upper limit of the prediction interval.",
    "tau2": "The variance between studies, on the scale of the model.",
    "i2": "How much of the variance is between studies, in percent.",
    "q": "The Q of Cochran.",
}
TEXTS = {
    "model": "The key of the model.",
}
COUNTS = {
    "studies": "How many studies are pooled.",
    "people": "How many people they counted.",
}


def _or_null(kind: str, meaning: str) -> Schema:
    return {"type": [kind, "null"], "description": f"{meaning} Null with a reason in reasons."}


POOLED: Schema = {
    "description": "The first pool of an outcome; pools holds all of them.",
    "type": "object",
    "required": [*TEXTS, *NUMBERS, *COUNTS, "rows", "refused", "pools", "release"],
    "properties": {
        **{name: _or_null("string", meaning) for name, meaning in TEXTS.items()},
        **{name: _or_null("number", meaning) for name, meaning in NUMBERS.items()},
        **{name: _or_null("integer", meaning) for name, meaning in COUNTS.items()},
        "rows": {
            "type": "array",
            "description": "The figures that are pooled, each with its weight and its place.",
            "items": {"type": "object", "required": ["study", "figure", "weight"]},
        },
        "refused": {
            "type": "array",
            "description": "The figures that the first pool does not take, each with the reason.",
            "items": {"type": "object", "required": ["study", "figure", "reason"]},
        },
        "pools": {"type": "array", "items": {"type": "object", "required": ["words", "rows"]}},
        "reasons": {"type": "object", "description": "Why a number is null, by its name."},
        "release": {"type": "string", "description": "The release that answered."},
    },
}
