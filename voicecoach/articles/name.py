"""The name that an exercise is called by: its title without what the page promises of it."""

# ruff: noqa: RUF001 - dashes of every kind stand on pages

import re

from voicecoach.articles.lexicon import Lexicon

_PARTS = re.compile(r"\s+[-–—|]\s+|\s*[:|]\s+|\s*—\s*")
_BRACKET = re.compile(r"\s*\(([^()]{2,80})\)\s*$")
_LEAST_WORDS = 2
_WORD = re.compile(r"[^\W\d_]+")


def spoken_name(title: str, lexicon: Lexicon) -> str:
    """Return `title` without the purposes in it, or as it is where no exercise's name would be left.

    "Knee Rolls to Loosen the Hips" is called "Knee Rolls", "Ease Your Neck - Chin Tucks" is called
    "Chin Tucks". A purpose is told by the words of `purpose` in the tables; nothing is added or reworded.
    """
    bracket = _BRACKET.search(title)
    if bracket and lexicon.purpose(f"({bracket[1]}") == 0:
        title = title[: bracket.start()]
    parts = [part for part in _PARTS.split(title) if part]
    named = [part for part in parts if not _tells_how(part, lexicon)]
    if len(named) == 1 < len(parts):
        return spoken_name(named[0], lexicon)
    bare = [part for part in parts if lexicon.purpose(part) is None]
    if len(parts) > 1 and len(bare) == 1 and _is_name(bare[0], lexicon):
        return bare[0]
    if len(parts) == 1:
        at = lexicon.purpose(title)
        if at and _is_name(title[:at], lexicon):
            return title[:at].rstrip(" ,;-–—")
    return title


def _tells_how(words: str, lexicon: Lexicon) -> bool:
    """Return whether words only say that directions follow: "step by step"."""
    label = lexicon.label(words)
    return label is not None and label.role == "how" and not words[label.end :].strip(" .:?")


def _is_name(words: str, lexicon: Lexicon) -> bool:
    """Return whether words are a name by themselves: two or more, with one that exercises are called by."""
    return len(_WORD.findall(words)) >= _LEAST_WORDS and lexicon.names_exercise(words)
