"""What of a text can be spoken at all, whatever the engine."""

import unicodedata
from functools import cache

_SPOKEN_SYMBOLS = frozenset("°℃℉№©®™")
# Unicode categories left unspoken: pictures (engines read out their names), controls, and no characters.
_UNSPOKEN = {"So", "Cc", "Cs", "Co", "Cn"}


@cache
def clean_for_speech(text: str) -> str:
    """Return `text` on one line without what cannot be spoken; nothing where no letter or digit is left."""
    kept = (
        letter if letter in _SPOKEN_SYMBOLS or unicodedata.category(letter) not in _UNSPOKEN else " " for letter in text
    )
    line = " ".join("".join(kept).split())
    return line if any(letter.isalnum() for letter in line) else ""
