"""The turn to the other side: words that a session says itself, at its own time, and so no step."""

import re
from collections.abc import Sequence
from dataclasses import replace

from voicecoach.articles.draft import Piece
from voicecoach.articles.lexicon import Lexicon
from voicecoach.articles.said import stated_in

_BOUNDS = re.compile(r"[,;]\s+|\s+")
_DONE = frozenset({"hold", "reps", "breaths", "duration", "cycles"})
_MOST_WORDS = 12
"""Words of a clause that turns: "and then repeat the whole stretch with your left leg"."""


def without_turns(pieces: Sequence[Piece], lexicon: Lexicon, tag: str) -> list[Piece]:
    """Return the steps of an exercise on each side without "then repeat on the other side".

    `tag` is the language's. A clause that only turns is left off the end of its sentence, and a step that
    only turns is left out, unless no step would be left.
    """
    cut = [replace(piece, text=_without_turn(piece.text, lexicon, tag)) for piece in pieces]
    return [piece for piece in cut if piece.text] or list(pieces)


def _turns(clause: str, before: str, lexicon: Lexicon, tag: str) -> bool:
    """Return whether a clause turns: by a verb, or by the other side's name where a dose is over."""
    over = lexicon.names_other_side(clause) and any(each.field in _DONE for each in stated_in(before, tag))
    return over or lexicon.turns(clause)


def _without_turn(sentence: str, lexicon: Lexicon, tag: str) -> str:
    """Return a sentence up to where it turns, "" where nothing is told to do before that."""
    begins = [0, *(found.end() for found in _BOUNDS.finditer(sentence))]
    for begin in begins[-_MOST_WORDS:]:
        clause = sentence[begin:]
        if _turns(clause, sentence[:begin], lexicon, tag):
            kept = sentence[:begin].rstrip(" ,;-–—")  # noqa: RUF001 - pages have dashes of every kind
            return f"{kept}." if lexicon.instructs(kept) else ""
    return sentence
