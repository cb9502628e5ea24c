"""Sentences that state a dose and no movement besides: a session says its doses itself, at its own time."""

import re
from collections.abc import Sequence

from voicecoach.articles.dosing import Said
from voicecoach.articles.lexicon import Lexicon
from voicecoach.articles.wordlists import fold

_WORDS = re.compile(r"[^\W\d_]+")


def is_bare_dose(sentence: str, said: Sequence[Said], lexicon: Lexicon) -> bool:
    """Return whether a sentence gave a dose or a frequency, and holds no other words than those of doses."""
    if not said or all(each.stated.field in {"breaths", "tempo"} for each in said):
        return False
    return all(word in lexicon.bare for word in _WORDS.findall(fold(_beside(sentence, said))))


def _beside(sentence: str, said: Sequence[Said]) -> str:
    """Return what a sentence says beside its doses."""
    letters = list(sentence)
    for each in said:
        start, end = each.stated.start, each.stated.end
        letters[start:end] = " " * len(letters[start:end])
    return "".join(letters)
