"""The evidence of a graph as plain values, for arithmetic and for pages."""

from allograph.evidence.model import Evidence, grouped
from allograph.evidence.read import read_evidence

__all__ = ["Evidence", "grouped", "read_evidence"]
