"""Arithmetic on single clips: trimming, gain and cue tones. Sound is mono int16 in NumPy arrays."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from voicecoach.units import length_ms

Pcm = npt.NDArray[np.int16]
"""Mono samples, shape (n,)."""


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """The finished sound of one utterance or tone: trimmed, levelled, at the rate of the session."""

    pcm: Pcm
    rate_hz: int

    @property
    def duration_ms(self) -> int:
        """Its length in whole milliseconds, rounded up."""
        return length_ms(len(self.pcm), self.rate_hz)
