"""Stretches of sound that begin and end in silence, for outputs that cannot play one stream without end."""

import numpy as np

from voicecoach.audio import Pcm
from voicecoach.units import ms_to_samples

SILENT = 33
"""No sample of a silence is louder: -60 dBFS, as at the start of a session."""

SILENCE_MS = 60
"""A silence is at least so long; it is cut half of that before its end, so that no onset is near."""


def find_silence_cut(pcm: Pcm, rate_hz: int) -> int:
    """Return how many of the samples, as many as there can be, end in a silence; 0 where none do."""
    least = ms_to_samples(SILENCE_MS, rate_hz)
    loud = np.flatnonzero((pcm > SILENT) | (pcm < -SILENT))
    edges = np.concatenate(([-1], loud, [len(pcm)]))
    long = np.flatnonzero(np.diff(edges) > least)
    return int(edges[long[-1] + 1]) - least // 2 if len(long) else 0
