"""What an utterance sounds like in 128 digits: enough to tell it from the others of its session."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

SLOTS, BANDS = 16, 8
"""Equal parts of its length, and bands of its spectrum."""

_EDGES_HZ = np.geomspace(150, 4800, BANDS + 1)
_DIGIT_DB = 3.0
_DEEPEST = 15
_STEP = 512  # samples
_LONG = 1_000_000  # samples
_LEAST = SLOTS * 8  # samples in which anything can be told


def fingerprint(sound: npt.NDArray[Any], rate_hz: int) -> str:
    """Return the digits of a sound, shape (n,): for each slot the level of each band, in steps of 3 dB.

    Levels count down from the strongest, so that loudness does not matter. "" for next to nothing.
    """
    if len(sound) < _LEAST:
        return ""
    slots = np.array_split(sound.astype("f4", copy=False), SLOTS)
    # All at once is faster; one by one, a sound of ten minutes takes little more memory than itself.
    at_once = SLOTS if len(sound) < _LONG else 1
    bands = [_bands(slots[place : place + at_once], rate_hz) for place in range(0, SLOTS, at_once)]
    powers = np.concatenate(bands).ravel()
    if not powers.max():
        return ""
    below_db = -10 * np.log10(np.maximum(powers / powers.max(), 1e-9))
    digits = np.rint(np.minimum(below_db / _DIGIT_DB, _DEEPEST)).astype(int)
    return "".join(f"{digit:x}" for digit in digits)


def unit_rows(prints: Sequence[str]) -> npt.NDArray[np.float32]:
    """Return a row a fingerprint, shape (n, slots * bands), zeros for none.

    The product of two says how alike they are: 1 the same, about 0 for strangers, 0 where there is nothing.
    """
    nothing = "0" * SLOTS * BANDS
    digits = np.frombuffer("".join(each or nothing for each in prints).encode("ascii"), np.uint8)
    # A digit is its character less "0", a letter less "a" and ten more.
    values = np.where(digits < ord("a"), digits - ord("0"), digits - ord("a") + 10).astype(np.float32)
    centred = values.reshape(-1, SLOTS * BANDS)
    centred -= centred.mean(axis=1, keepdims=True)
    lengths = np.sqrt((centred * centred).sum(axis=1, keepdims=True))
    rows: npt.NDArray[np.float32] = centred / np.maximum(lengths, np.finfo(np.float32).tiny)
    return rows


def _bands(slots: list[npt.NDArray[np.float32]], rate_hz: int) -> npt.NDArray[np.float32]:
    """Return the power of each band in each slot, shape (slots, bands)."""
    # A prime length takes ten times as long, and a power of two is up to twice what is needed.
    length = -(-len(slots[0]) // _STEP) * _STEP
    padded = np.zeros((len(slots), length), np.float32)
    for row, slot in zip(padded, slots, strict=True):
        row[: len(slot)] = slot
    bins = np.fft.rfft(padded)
    spectra = bins.real**2 + bins.imag**2
    places = np.minimum((_EDGES_HZ * length / rate_hz).astype(int), spectra.shape[1] - 1)
    summed = np.add.reduceat(spectra, places, axis=1)[:, :BANDS]
    return (summed / [[len(slot)] for slot in slots]).astype(np.float32)
