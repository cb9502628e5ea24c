"""The turn to the other side: words that a session says itself, at its own time, and so no step."""

import re
from collections.abc import Sequence
from dataclasses import replace

from voicecoach.articles.draft import Piece
from voicecoach.articles.lexicon import Lexicon

_BOUNDS = re.compile(r"[,;]\s+|\s+")
_MOST_WORDS = 12
"""Words of a clause that turns: "and then repeat the whole stretch with your left leg"."""


def without_turns(pieces: Sequence[Piece], lexicon: Lexicon) -> list[Piece]:
    """Return the steps of an exercise on each side without "then repeat on the other side".

    A clause that only turns is left off the end of its sentence, and a step that only turns is left out,
    unless no step would be left.
    """
    cut = [replace(piece, text=_without_turn(piece.text, lexicon)) for piece in pieces]
    return [piece for piece in cut if piece.text] or list(pieces)


def _without_turn(sentence: str, lexicon: Lexicon) -> str:
    """Return a sentence up to where it turns, "" where nothing is told to do before that."""
    begins = [0, *(found.end() for found in _BOUNDS.finditer(sentence))]
    for begin in begins[-_MOST_WORDS:]:
        clause = sentence[begin:]
        if lexicon.turns(clause):
            kept = sentence[:begin].rstrip(" ,;-–—")  # noqa: RUF001 - pages have dashes of every kind
            return f"{kept}." if lexicon.instructs(kept) else ""
    return sentence
