"""Where a known sound begins in a long one that was decoded or recorded."""

from tests.ear import RATE_HZ, Pcm
from tests.hearing import match, onsets
from voicecoach.audio import Clip, first_onset

__all__ = ["RATE_HZ", "SILENCE_MS", "SILENT", "Pcm", "found_ms"]

SILENCE_MS = 1500
"""How long a session is silent before its first word."""

SILENT = 32_768 * 10 ** (-60 / 20)
"""The amplitude that silence stays below."""

_AROUND_MS = 250
_SAME_MS = 20
_ALIKE = 0.8
"""A word of its own clip is 0.95 like it after MP3, and another word less than 0.5."""


def found_ms(pcm: Pcm, clip: Clip, near_ms: float) -> float:
    """Return where the sound of `clip` begins in `pcm`, in milliseconds, looking around `near_ms`."""
    start = max(0, round((near_ms - _AROUND_MS) * RATE_HZ / 1000))
    end = round((near_ms + _AROUND_MS + clip.duration_ms) * RATE_HZ / 1000)
    around = pcm[start:end]
    at, alike = match(around, clip.pcm)
    assert alike > _ALIKE, f"another sound stands at {near_ms / 1000:.1f} s ({alike:.2f})"
    matched = at + (first_onset(clip.pcm) or 0)
    by_level = [each for each in onsets(around, RATE_HZ)[1:] if abs(each - matched) < _SAME_MS * RATE_HZ / 1000]
    return (start + (by_level or [matched])[0]) * 1000 / RATE_HZ
