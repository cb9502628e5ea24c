"""A finished sound. Its module loads no NumPy, which a session whose sounds are all known does without."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from voicecoach.units import length_ms

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Pcm = npt.NDArray[np.int16]
    Floats = npt.NDArray[np.float32]
else:
    # Names of types alone: whoever calculates with them loads NumPy itself.
    Pcm = Floats = object

__all__ = ["Clip", "Floats", "Pcm"]


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """The finished sound of one utterance or tone: trimmed, levelled, at the rate of the session.

    `pcm` is mono, shape (n,), 16 bits; elsewhere sound may be `Floats`, where full scale is 1.
    """

    pcm: Pcm
    rate_hz: int

    @property
    def duration_ms(self) -> int:
        """Its length in whole milliseconds, rounded up."""
        return length_ms(len(self.pcm), self.rate_hz)
