"""What a voice really does: how fast it speaks and how loud, measured on its own clips.

An engine's words a minute are nominal: at 175, espeak-ng's en-gb speaks 201. Passages are instructions
as sessions give them, a sentence a clip: the silence between clips is the session's, not the voice's.
"""

import json
import re
from itertools import islice, pairwise
from typing import NamedTuple

from voicecoach.engines import Voice
from voicecoach.engines.pool import EnginePool
from voicecoach.errors import EngineError
from voicecoach.languages import passage_for

LEVEL_DBFS = -20.0
"""RMS of the active speech of every voice."""

PEAK_DBFS = -3.0
"""No clip of a voice peaks higher, as far as its passage tells."""

# Of 82 sentences in en-us the loudest peaked 1.8 dB above the passage; no engine exceeds full scale.
_UNLUCKY_DB = 2.0

_SENTENCE_END = re.compile(r"(?<=\.)\s+")

NOMINAL_WPM = (84, 120, 180, 280)
"""Where a voice is measured. espeak-ng goes no slower than at 84, and is nearly straight between these."""


class VoiceProfile(NamedTuple):
    """The one gain of a voice in decibels, and points of (nominal, real) words a minute, both rising."""

    gain_db: float
    points: tuple[tuple[int, float], ...]

    def reachable_wpm(self) -> tuple[int, int]:
        """Return the slowest and the fastest real rate, in words a minute."""
        return -int(-self.points[0][1] // 1), int(self.points[-1][1])

    def nominal_wpm(self, real_wpm: float) -> int:
        """Return what to ask the engine for, so that it really speaks at `real_wpm`, or as near as it can."""
        real_wpm = max(real_wpm, self.points[0][1])
        for (low, slow), (high, fast) in pairwise(self.points):
            if real_wpm <= fast:
                return round(low + (high - low) * (real_wpm - slow) / (fast - slow))
        return self.points[-1][0]

    def compose(self) -> bytes:
        """Return the profile as `parse_profile` reads it."""
        return json.dumps([self.gain_db, self.points]).encode()


def parse_profile(stored: bytes) -> VoiceProfile | None:
    """Return the profile that was stored, or None where it is not one."""
    try:
        gain_db, points = json.loads(stored)
        return VoiceProfile(float(gain_db), tuple((int(nominal), float(real)) for nominal, real in points))
    except (ValueError, TypeError):
        return None


def measure_voice(pool: EnginePool, voice: Voice) -> VoiceProfile:
    """Let a voice read its passage at each nominal rate; raises EngineError where it stays silent."""
    passage = passage_for(voice.language)
    sentences = _SENTENCE_END.split(passage)
    clips = pool.each(
        lambda asked: pool.render(asked[0], voice.name, asked[1]),
        [(sentence, nominal) for nominal in NOMINAL_WPM for sentence in sentences],
    )
    # NumPy is loaded while the engines start.
    import numpy as np

    from voicecoach.audio import active_dbfs, peak_dbfs, trim_silence

    points, level, peak = [], 0.0, -float("inf")
    for nominal in NOMINAL_WPM:
        parts = list(islice(clips, len(sentences)))
        rate_hz = parts[-1][1]
        spoken = np.concatenate([trim_silence(*part) for part in parts])
        if not len(spoken):
            raise EngineError(f'the voice "{voice.name}" says nothing', "choose another one with --voice")
        points.append((nominal, len(passage.split()) * 60 * rate_hz / len(spoken)))
        level += active_dbfs(spoken, rate_hz) / len(NOMINAL_WPM)
        peak = max(peak, peak_dbfs(spoken))
    # An engine may have fewer steps than are asked for: only what is faster than all before counts.
    rising = [point for n, point in enumerate(points) if all(point[1] > slower for _, slower in points[:n])]
    most_db = PEAK_DBFS - min(0.0, peak + _UNLUCKY_DB)
    return VoiceProfile(round(min(LEVEL_DBFS - level, most_db), 2), tuple(rising))
