"""PyAV's part: sound files decoded again, and other rates."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame

from voicecoach.clip import Floats, Pcm

_AT_ONCE = 64  # frames of some 26 ms: small blocks cost more than what is in them


def decode_file(path: str, rate_hz: int | None = None) -> Iterator[Floats]:
    """Yield the sound of `path` as mono blocks, shape (n,), full scale 1, overshoots kept; raises OSError.

    It comes at the file's own rate, or at `rate_hz`.
    """
    with av.open(str(Path(path).absolute())) as container:
        frames = container.decode(audio=0)
        if rate_hz not in {None, container.streams.audio[0].rate}:
            frames = _resample(frames, "fltp", rate_hz)
        sounds = (frame.to_ndarray()[0] for frame in frames)
        while some := list(islice(sounds, _AT_ONCE)):
            sound = np.concatenate(some)
            yield sound.astype(np.float32) / np.float32(32768 if sound.dtype == np.int16 else 1)


def resample(blocks: Iterable[Pcm], rate_hz: int, to_hz: int) -> Iterator[Pcm]:
    """Yield the same mono sound at another rate, as a stream."""

    def frames() -> Iterator[AudioFrame]:
        for block in blocks:
            frame = AudioFrame.from_ndarray(np.ascontiguousarray(block)[None, :], format="s16", layout="mono")
            frame.sample_rate = rate_hz
            yield frame

    return (frame.to_ndarray()[0] for frame in _resample(frames(), "s16", to_hz))


def _resample(frames: Iterable[AudioFrame], sample_format: str, rate_hz: int | None) -> Iterator[AudioFrame]:
    resampler = av.AudioResampler(format=sample_format, layout="mono", rate=rate_hz)
    # At the end, what it still holds is asked for by giving it nothing.
    for frame in chain(frames, [None]):
        yield from resampler.resample(frame)
