"""Rules on a figure: its arithmetic, and the figures beside it."""
