"""Numbers of pictures in a sentence, which nobody who listens can see: "(Fig. 2)", "above the shoulder 1"."""

import re
from collections.abc import Sequence

from voicecoach.articles.dosing import Said

_NAMED = r"(?:see\s+)?(?:fig(?:ure)?|photo|picture|image|pic|abb|bild|foto|obr|figura|imagen)s?\.?\s*"
_BRACKETED = re.compile(rf"\s*[(\[](?:{_NAMED})?\d{{1,2}}[a-z]?[)\]]", re.IGNORECASE)
_TRAILING = re.compile(r"(?<=[^\W\d_]{3})\s\d{1,2}(?=[.!]?$)")
_COUNTED = re.compile(
    r"(?:exercise|step|number|phase|stage|level|repeat|counts?|counting|about|than|least|most|with|do|does)\s"
    r"\d+[.!]?$",
    re.IGNORECASE,
)
"""Words whose number is no picture's."""


def without_figures(sentence: str, said: Sequence[Said]) -> str:
    """Return a sentence without the numbers of pictures; a number that a dose is made of stays."""
    kept = _cut(_BRACKETED, sentence, said)
    return kept if kept != sentence or _COUNTED.search(sentence) else _cut(_TRAILING, sentence, said)


def _cut(numbers: re.Pattern[str], sentence: str, said: Sequence[Said]) -> str:
    dosed = [(each.stated.start, each.stated.end) for each in said]

    def cut(found: re.Match[str]) -> str:
        stated = any(start < found.end() and found.start() < end for start, end in dosed)
        return found[0] if stated else ""

    return numbers.sub(cut, sentence)
