"""How the body rests in an exercise, told by its first sentences."""

from collections.abc import Iterator, Sequence

from voicecoach.articles.lexicon import Lexicon
from voicecoach.model import Posture

_OPENING = 3


def posture_of(texts: Sequence[str], lexicon: Lexicon) -> Posture | None:
    """Return the posture of an exercise, or None where none of the model's is told.

    Who kneels or sits on the floor has no posture here: a later "sit tall" does not put them on a chair.
    """
    down = False
    for text in texts[:_OPENING]:
        posture = lexicon.posture(text)
        if posture and (posture.on_floor or not down):
            return posture
        down = down or lexicon.on_floor(text)
    return None


def contradicting(texts: Sequence[str], lexicon: Lexicon) -> bool:
    """Return whether sentences lead into positions that no exercise has together: back and front, say."""
    return len(set(_lying(texts, lexicon))) > 1


def _lying(texts: Sequence[str], lexicon: Lexicon) -> Iterator[Posture]:
    for text in texts:
        posture = lexicon.posture(text) if lexicon.begins_lead(text) else None
        if posture and posture.on_floor:
            yield posture
