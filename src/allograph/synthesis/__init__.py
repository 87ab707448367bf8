"""Statistics of meta-analysis: plain values in, plain values out, each formula with its paper.

Touch it for how numbers are combined. It knows no graph, no files and no pages; ``pooling`` says
which figures may be combined at all.
"""
