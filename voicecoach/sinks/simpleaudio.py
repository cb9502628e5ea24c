"""Playback through simpleaudio, for machines where miniaudio finds no way: the extra `simpleaudio`.

It plays whole buffers, each on a device that it opens anew, and can say neither pause nor position. So it is
given stretches that are cut in silence, each by the clock; what has been heard is counted by the clock too,
and a turn of the session stops it at once.
"""

import time
from collections.abc import Callable
from importlib.util import find_spec

import numpy as np

from voicecoach.audio import Pcm
from voicecoach.errors import DeviceError
from voicecoach.sinks.feed import Buffered, Feed
from voicecoach.sinks.player_process import PlayerProcess
from voicecoach.units import ms_to_samples

SILENT = 33
"""No sample of a silence is louder: -60 dBFS, as at the start of a session."""

SILENCE_MS = 60
"""A silence is at least so long; it is cut half of that before its end, so that no onset is near."""

_TICK_S = 0.05
_TOLD_S = 0.1
# Longer than any sentence: a silence to cut in is found in it.
_WINDOW_S = 12.0

_AHEAD_S = 0.5  # a stretch is handed over so long before the one in front of it ends
_LEAD_S = 0.05  # what a pipe and a thread need to be in time
_TAIL_S = 0.3  # what a device has still to play by when its clock is over


class SimpleaudioSink:
    """The default audio device, through a process of its own."""

    name = "simpleaudio"
    late = 0
    underruns = None

    def __init__(self, command: tuple[str, ...] = ()) -> None:
        if not command and find_spec("simpleaudio") is None:
            raise DeviceError("simpleaudio is not installed", 'pip install "voicecoach[simpleaudio]"')
        self._command = command

    def play(self, feed: Feed, rate_hz: int, heard: Callable[[int], None]) -> int:
        """Play all that `feed` gives, as `Sink` has it; the last sample has sounded when it returns."""
        feed.reach(_WINDOW_S, rate_hz)
        with PlayerProcess(self._command) as process:
            while not (process.is_ready(_TICK_S) and feed.wait_for(1, _TICK_S)):
                process.check()
            run = _Run(feed, process, rate_hz)
            told_s = 0.0
            while not feed.all_given:
                run.tick()
                feed.check()
                if time.monotonic() - told_s >= _TOLD_S:
                    told_s = time.monotonic()
                    heard(feed.given)
                process.check()
                time.sleep(_TICK_S)
            feed.check()
            heard(feed.given)
            time.sleep(_TAIL_S)
            self.late += run.late
        return feed.given


class _Run:
    """Follows one play: what of the feed was handed over, and since when its first sample sounds."""

    def __init__(self, feed: Feed, process: PlayerProcess, rate_hz: int) -> None:
        self.late = 0
        self._feed = feed
        self._process = process
        self._rate_hz = rate_hz
        self._starts = 0
        self._turn = -1
        self._handed = 0
        self._zero_s = 0.0

    def tick(self) -> None:
        """Count what was heard since the last tick, and hand over what is due soon."""
        if not self._process.is_ready(0):
            return
        if self._process.starts != self._starts:
            # Another process took over, and knows nothing of what was handed to the one before.
            self._starts, self._turn = self._process.starts, -1
        due = min(self._heard(), self._handed) - self._feed.given
        if due > 0:
            self._feed.take(due, self._turn)
        ahead = self._feed.buffered()
        if ahead.turn != self._turn:
            self._process.stop()
            self._turn, self._handed = ahead.turn, self._feed.given
            self._begin()
        elif self._heard() > self._handed and not self._feed.all_given:
            # What is not ready in time is heard late, and not skipped.
            self.late += self._heard() - self._handed
            self._begin()
        self._hand_over(ahead)

    def _heard(self) -> int:
        return round((time.monotonic() - self._zero_s) * self._rate_hz)

    def _begin(self) -> None:
        self._zero_s = time.monotonic() + _LEAD_S - self._handed / self._rate_hz

    def _hand_over(self, ahead: Buffered) -> None:
        waiting = self._handed - self._feed.given
        fresh = ahead.pcm[waiting:]
        if not len(fresh) or self._handed - self._heard() > _AHEAD_S * self._rate_hz:
            return
        full = ahead.is_all or len(ahead.pcm) >= _WINDOW_S * self._rate_hz
        samples = len(fresh) if ahead.is_all else find_silence_cut(fresh, self._rate_hz) or len(fresh) * full
        if samples:
            starts_s = self._zero_s + self._handed / self._rate_hz
            self._process.play(fresh[:samples].tobytes(), self._rate_hz, starts_s)
            self._handed += samples


def find_silence_cut(pcm: Pcm, rate_hz: int) -> int:
    """Return how many of the samples, as many as there can be, end in a silence; 0 where none do."""
    least = ms_to_samples(SILENCE_MS, rate_hz)
    loud = np.flatnonzero((pcm > SILENT) | (pcm < -SILENT))
    edges = np.concatenate(([-1], loud, [len(pcm)]))
    long = np.flatnonzero(np.diff(edges) > least)
    return int(edges[long[-1] + 1]) - least // 2 if len(long) else 0
