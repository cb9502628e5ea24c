"""Sentences that state a dose and no movement besides: a session says its doses itself, at its own time."""

import re
from collections.abc import Sequence

from voicecoach.articles.dose import Stated
from voicecoach.articles.lexicon import Lexicon
from voicecoach.articles.wordlists import fold

_WORDS = re.compile(r"[^\W\d_]+")


def is_bare_dose(sentence: str, stated: Sequence[Stated], lexicon: Lexicon) -> bool:
    """Return whether a sentence gave a dose or a frequency, and holds no other words than those of doses."""
    if not stated or all(each.field in {"breaths", "tempo"} for each in stated):
        return False
    return all(word in lexicon.bare for word in _WORDS.findall(fold(_beside(sentence, stated))))


def _beside(sentence: str, stated: Sequence[Stated]) -> str:
    """Return what a sentence says beside its doses."""
    letters = list(sentence)
    for each in stated:
        letters[each.start : each.end] = " " * len(letters[each.start : each.end])
    return "".join(letters)
