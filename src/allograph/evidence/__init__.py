"""The evidence of a graph as plain values, for rules and arithmetic.

Touch it for what a study, a group or a figure is once it is read, and for the arithmetic of one
figure: its unit, who may be counted twice; for which figures may be taken together (``pooling``);
and for which records a text names. It knows no files and no pages.
"""

from allograph.evidence.model import Evidence, grouped
from allograph.evidence.read import evidence_of, read_evidence

__all__ = ["Evidence", "evidence_of", "grouped", "read_evidence"]
