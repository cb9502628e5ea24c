"""Doses: what a sentence, a line or a table cell of an article states, read by a small grammar.

The layers, each one a table of rows over what the one below it found: tokens, terms of the language's
lexicon, quantities (numbers, ranges, times), phrases (frequencies, sides, counted things), statements.
"""

from voicecoach.articles.dose.reading import read_doses
from voicecoach.articles.dose.settle import settle
from voicecoach.articles.dose.stated import FIELDS, Stated

__all__ = ["FIELDS", "Stated", "read_doses", "settle"]
