"""Speech engines: what renders a voice.

How to add one:

1. Write a module here with a class that satisfies `Engine`, and a function that tells its version without
   loading it. Where foreign code speaks that may hang or crash, the module holds a `Speaker` too, which a
   `WorkerProcess` is given the dotted name of: it is made in a process of its own.
2. Add a row to `ENGINES` in `engines/table.py`; the module is imported only when the row is used.
3. Run the contract tests of `tests/engines/` on it. `tests/engines/test_another_engine.py` does all three
   with a toy.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import NamedTuple, Protocol

from voicecoach.clip import Pcm

_SPOKEN_SYMBOLS = frozenset("°℃℉№©®™")
# Unicode categories left unspoken: pictures (engines read out their names), controls, and no characters.
_UNSPOKEN = {"So", "Cc", "Cs", "Co", "Cn"}


class Voice(NamedTuple):
    """A speaker: the engine's own `name` for it, its BCP 47 `language`, and how it describes itself.

    `variants` are other ways it can speak: `en-gb+f3` is the voice `en-gb` in its variant `f3`.
    """

    name: str
    language: str
    description: str = ""
    variants: tuple[str, ...] = ()


class Engine(Protocol):
    """A speech engine. One thread at a time may call it; it lives until `close`.

    `name` and `version` become part of every clip's cache key. Making one costs nothing: whatever it needs is
    started by its first question.
    """

    name: str
    version: str

    def voices(self) -> tuple[Voice, ...]:
        """Return the voices it can speak with; raises EngineError."""
        ...

    def render(self, text: str, voice: str, nominal_wpm: int) -> tuple[Pcm, int]:
        """Speak plain `text` and return raw samples and their rate in Hz; raises EngineError within seconds.

        `text` is never interpreted as markup. `nominal_wpm` is the engine's own scale, not a real rate.
        """
        ...

    def close(self) -> None:
        """Let go of whatever it holds; further calls are errors."""
        ...


@cache
def clean_for_speech(text: str) -> str:
    """Return `text` on one line without what cannot be spoken; nothing where no letter or digit is left."""
    kept = (
        letter if letter in _SPOKEN_SYMBOLS or unicodedata.category(letter) not in _UNSPOKEN else " " for letter in text
    )
    line = " ".join("".join(kept).split())
    return line if any(letter.isalnum() for letter in line) else ""
