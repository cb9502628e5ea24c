"""From placed clips to one continuous stream of blocks, silence included, exact to the sample."""

import functools
import hashlib
from collections.abc import Iterable, Iterator
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from voicecoach.clip import Clip, Floats, Pcm
from voicecoach.units import ms_to_samples

BLOCK_MS = 100
"""The longest block, in milliseconds; a device of 200 ms takes two."""

_Wide = npt.NDArray[np.int32]
_Block = TypeVar("_Block", Pcm, Floats)
_BED_SAMPLES = 1 << 16  # three seconds at 22 050 Hz: too long to be heard as a pattern


def mix(
    cuts: Iterable[tuple[int, Clip | None]], rate_hz: int, gain: float = 1.0, block_ms: int = BLOCK_MS, start: int = 0
) -> Iterator[Pcm]:
    """Yield the session's sound as blocks of mono int16, shape (n,), of at most `block_ms`.

    Each cut is (start in ms from the session's start, clip), in order of start; (ms, None) says that no
    clip before `ms` is still to come, so that the sound can be given out up to there while the next words
    are being made. The last cut is the end of the session: nothing sounds after it. Clips that overlap are
    added and saturate; `gain` is a factor on clips alone. Where no clip sounds there is a bed of +-1
    (-90 dBFS), the same in every session: a Bluetooth link that hears exact zeros may fall asleep.
    `start` is the sample of the session that the first block begins with.
    Raises ValueError where cuts are out of order or a clip has another rate.
    """
    step = max(1, ms_to_samples(block_ms, rate_hz))
    at = start
    sounding: list[tuple[int, _Wide]] = []
    for start_ms, clip in cuts:
        certain = ms_to_samples(start_ms, rate_hz)
        if certain < at:
            raise ValueError(f"a cut at {start_ms} ms comes after a later one")
        while at < certain:
            until = min(at + step, certain)
            yield _block(at, until, sounding)
            at = until
            sounding = [(start, pcm) for start, pcm in sounding if start + len(pcm) > at]
        if clip is not None:
            if clip.rate_hz != rate_hz:
                raise ValueError(f"a clip of {clip.rate_hz} Hz stands in a session of {rate_hz} Hz")
            wide = clip.pcm.astype(np.int32)
            sounding.append((at, wide if gain == 1.0 else np.rint(wide * gain).astype(np.int32)))


def bed(at: int, until: int) -> Pcm:
    """Return the near-silence of the samples `at` to `until`: a fixed noise of -1 and +1."""
    return _noise()[np.arange(at, until) % _BED_SAMPLES]


@functools.cache
def _noise() -> Pcm:
    # A digest, as NumPy does not promise that its generators stay the same from version to version.
    bits = np.unpackbits(np.frombuffer(hashlib.shake_128(b"voicecoach").digest(_BED_SAMPLES // 8), np.uint8))
    return bits.astype(np.int16) * np.int16(2) - np.int16(1)


def _block(at: int, until: int, sounding: list[tuple[int, _Wide]]) -> Pcm:
    block = bed(at, until)
    if not sounding:
        return block
    total = np.zeros(until - at, np.int32)
    quiet = np.ones(until - at, np.bool_)
    for start, pcm in sounding:
        here = slice(max(start, at) - at, min(start + len(pcm), until) - at)
        total[here] += pcm[max(at - start, 0) : until - start]
        quiet[here] = False
    np.copyto(total, block, where=quiet)
    return total.clip(-32768, 32767).astype(np.int16)


def join_blocks(blocks: Iterable[_Block], least: int) -> Iterator[_Block]:
    """Yield the same sound in pieces of at least that many samples; the last may be shorter."""
    waiting: list[_Block] = []
    size = 0
    for block in blocks:
        waiting.append(block)
        size += len(block)
        if size >= least:
            yield np.concatenate(waiting)
            waiting, size = [], 0
    if waiting:
        yield np.concatenate(waiting)
