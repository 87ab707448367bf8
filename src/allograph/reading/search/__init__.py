"""Find what was meant by a few words, as people speak.

A request is looked up twice. ``index`` looks for its words among the names of everything, with
typing errors forgiven. ``meaning`` reads it as a sentence: ``spoken`` takes times, ages and numbers
out of it, ``lexicon`` knows what names mean, and ``ways`` is the table that leads from there to the
question that answers it: ``asking`` sets its parameters. ``coverage`` knows what is stated,
so that ``notes`` can say what nobody reports. ``finder`` puts all of that in one order.
"""

from allograph.reading.search.finder import Search
from allograph.reading.search.index import Findings, Hit, Index, by_kind
from allograph.reading.search.limits import LONGEST_REQUEST, LONGEST_WORD, MOST_WORDS
from allograph.release.searchable import Item

__all__ = [
    "LONGEST_REQUEST",
    "LONGEST_WORD",
    "MOST_WORDS",
    "Findings",
    "Hit",
    "Index",
    "Item",
    "Search",
    "by_kind",
]
