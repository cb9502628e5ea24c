"""Labels that say what a bare number counts: "Sets:", "Hold", "Days per week"."""

from functools import lru_cache

from voicecoach.articles.dose.stated import FIELDS
from voicecoach.articles.dose.tokens import tokens
from voicecoach.articles.language import Language

TIME = "time"
"""What a label such as "Time" names: the time of an exercise, or of the whole page."""
LONGEST_LABEL = 5
"""Words of the longest label that is looked for inside a line."""


def label_field(label: str, language: Language) -> str:
    """Return the field of a dose that a label names, or "" where it names none."""
    words = _words(label)
    known = _labels(language)
    for length in range(min(len(words), LONGEST_LABEL), 0, -1):
        for start in range(min(len(words), 12) - length + 1):
            found = known.get(words[start : start + length])
            if found:
                return found
    return ""


def exact_label(said: str, language: Language) -> str:
    """Return the field that words name when they are a label as they stand, or ""."""
    return _labels(language).get(_words(said), "")


@lru_cache(maxsize=16)
def _labels(language: Language) -> dict[tuple[str, ...], str]:
    return {_words(each): field for field in (*FIELDS, TIME) for each in language.labels.get(field, ()) if each}


def _words(text: str) -> tuple[str, ...]:
    return tuple(token.word for token in tokens(text[:200]) if token.word)
