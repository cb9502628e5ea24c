"""Where a known sound begins in a long one that was decoded or recorded."""

from tests.ear import RATE_HZ, Pcm
from tests.hearing import match, onsets
from voicecoach.audio import Clip, first_onset
from voicecoach.events import Utterance
from voicecoach.player.steering import PACE_STEP
from voicecoach.script.wording import CRISP_WPM
from voicecoach.session import NORMAL_WPM
from voicecoach.studio import Studio

__all__ = ["RATE_HZ", "SILENCE_MS", "SILENT", "Pcm", "found_ms", "heard_at_ms"]

SILENCE_MS = 1500
"""How long a session is silent before its first word."""

SILENT = 32_768 * 10 ** (-60 / 20)
"""The amplitude that silence stays below."""

REACTION_MS = 1_500
"""From the command typed to its answer heard: a process that starts, and the device's own 600 ms."""

_RATES_WPM = (NORMAL_WPM, max(NORMAL_WPM, CRISP_WPM[0]), round(NORMAL_WPM / PACE_STEP))
"""The rates of talk, of counts, and of talk once the session is slower."""

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


def heard_at_ms(pcm: Pcm, studio: Studio, words: str, after_ms: float) -> float:
    """Return when words are first heard, in ms of the recording; fail where they are not."""
    start = round(after_ms * RATE_HZ / 1000)
    best = (0.0, 0)
    for wpm in _RATES_WPM:
        at, alike = match(pcm[start:], studio.clip(Utterance(words, wpm)).pcm)
        best = max(best, (alike, at))
    assert best[0] > _ALIKE, (words, best)
    return (start + best[1]) * 1000 / RATE_HZ
