"""Where sounds start: the measures that the timing promises are stated in."""

import numpy as np
import numpy.typing as npt

Pcm = npt.NDArray[np.int16]

_LOUD = 32_768 * 10 ** (-40 / 20)
_QUIET_S = 0.1


def onsets(pcm: Pcm, rate_hz: int) -> list[int]:
    """Return the sample of each onset: the first above -40 dBFS after 100 ms below it.

    What stands before the first sample counts as silence.
    """
    loud = np.flatnonzero(np.abs(pcm.astype(np.int32)) > _LOUD)
    gaps = np.diff(loud, prepend=-rate_hz)
    return [int(at) for at in loud[gaps > _QUIET_S * rate_hz]]


def match(pcm: Pcm, clip: Pcm) -> tuple[int, float]:
    """Return the sample where `clip` stands best in `pcm`, and how alike they are there (1: the same shape).

    A matched filter: for words that abut, where no silence marks an onset. `pcm` must be the longer one.
    """
    heard, wanted = pcm.astype(np.float64), clip.astype(np.float64)
    size = 1 << (len(heard) + len(wanted) - 1).bit_length()
    product = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(wanted, size))
    places = len(heard) - len(wanted) + 1
    alike = np.fft.irfft(product, size)[:places]
    power = np.concatenate(([0.0], np.cumsum(heard**2)))
    energy = power[len(wanted) :] - power[:places]
    score = alike / np.sqrt(np.maximum(energy, 1.0) * max(float(wanted @ wanted), 1.0))
    best = int(np.argmax(score))
    return best, float(score[best])
