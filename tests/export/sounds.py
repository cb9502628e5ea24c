"""Sessions made by calculation: bursts shaped like speech, and what a decoder hears of them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from voicecoach.audio import Clip, Pcm
from voicecoach.export.decoder import decode_file
from voicecoach.export.mpeg import frame_size
from voicecoach.mix import mix

RATE_HZ = 22_050
Session = Callable[[float], Iterator[Pcm]]


def burst(length_ms: int, peak: float = 0.3) -> Clip:
    """A clip of a few harmonics under a falling envelope, the crest of speech; `peak` of full scale."""
    time_s = np.arange(length_ms * RATE_HZ // 1000) / RATE_HZ
    voiced = sum(np.sin(2 * np.pi * 140 * n * time_s + n) / n for n in range(1, 12))
    shaped = voiced * (0.2 + 0.8 * np.exp(-4 * time_s))
    return Clip((32767 * peak * shaped / np.abs(shaped).max()).astype(np.int16), RATE_HZ)


def session(starts_ms: list[int], end_ms: int, clip: Clip) -> Session:
    """The same clip at each start."""
    return lambda gain: mix([*((start, clip) for start in starts_ms), (end_ms, None)], RATE_HZ, gain)


def heard(path: Path) -> Pcm:
    """The decoded file as int16."""
    sound = np.concatenate(list(decode_file(str(path)))) * np.float32(32768)
    return np.rint(sound).clip(-32768, 32767).astype(np.int16)


def split_frames(frames: bytes) -> Iterator[bytes]:
    """Yield single frames of what is nothing but whole frames."""
    at = 0
    while at < len(frames):
        size = frame_size(frames, at)
        yield frames[at : at + size]
        at += size
