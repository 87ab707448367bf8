"""ALLograph: what clinical studies of acute lymphoblastic leukaemia found, as a graph to ask."""

__version__ = "0.2.0"
