"""What cannot be estimated, and why: the reason is a sentence for the reader of the result."""

from __future__ import annotations


class NotEstimable(ValueError):
    """These numbers give no estimate on the scale of the model; the message is the reason."""
