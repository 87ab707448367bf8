"""Figures of several studies taken together: plain values in, plain values out.

Touch it for how figures are pooled, or why they are not. It knows evidence, no files, no pages.
"""
