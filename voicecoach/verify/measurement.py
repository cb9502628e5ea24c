"""Listening to a whole file once, in memory that does not grow with it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from voicecoach.clip import Floats
from voicecoach.export.loudness import LoudnessMeter
from voicecoach.manifest import ManifestEvent
from voicecoach.mix import join_blocks
from voicecoach.units import ms_to_samples
from voicecoach.verify.recognition import LOUD, QUIET_MS, ROOM_MS, Recogniser, SoundMatch

_CLIPPED = 0.9999
_LOUDEST = 8.0  # of full scale: what floats hold beyond, or instead of a number, is no sound


@dataclass(slots=True)
class Measurement:
    """Everything that was measured; `spans` are stretches of sound in ms, from onset to last loud sample."""

    length_ms: float = 0.0
    lufs: float = 0.0
    true_peak_dbtp: float = 0.0
    clipped: int = 0
    spans: list[tuple[float, float]] = field(default_factory=list)
    matches: list[SoundMatch] = field(default_factory=list)


def measure(blocks: Iterable[Floats], rate_hz: int, events: Sequence[ManifestEvent]) -> Measurement:
    """Return what is heard in `blocks`; `events` say only where to take fingerprints."""
    measurement, meter, spans = Measurement(), LoudnessMeter(rate_hz), _Spans(rate_hz)
    windows = _Windows(rate_hz, events)
    # In pieces of a second or more: few calls for many frames.
    for sound in join_blocks(blocks, rate_hz):
        np.nan_to_num(sound, copy=False, nan=_LOUDEST)
        np.clip(sound, -_LOUDEST, _LOUDEST, out=sound)
        meter.add(sound)
        spans.add(sound)
        measurement.clipped += int((np.abs(sound) >= _CLIPPED).sum())
        measurement.matches += windows.add(sound)
    measurement.matches += windows.rest()
    measurement.length_ms = meter.samples * 1000 / rate_hz
    measurement.lufs, measurement.true_peak_dbtp = meter.lufs(), meter.true_peak_dbtp()
    measurement.spans = spans.found()
    return measurement


class _Spans:
    """Stretches of sound, parted by `QUIET_MS` and more below the level of onsets."""

    def __init__(self, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._at = 0
        self._onsets: list[int] = []
        self._ends: list[int] = []
        self._last = -rate_hz

    def add(self, sound: Floats) -> None:
        """Take the next piece."""
        loud = np.flatnonzero(np.abs(sound) > LOUD) + self._at
        self._at += len(sound)
        if not len(loud):
            return
        before = np.concatenate([[self._last], loud[:-1]])
        first = loud - before > ms_to_samples(QUIET_MS, self._rate_hz)
        self._onsets += loud[first].tolist()
        self._ends += before[first].tolist()
        self._last = int(loud[-1])

    def found(self) -> list[tuple[float, float]]:
        """Return every span as its first and its last ms."""
        ends = [*self._ends, self._last][1:]  # the first is of what was before the file
        unit = 1000 / self._rate_hz
        return [(start * unit, end * unit) for start, end in zip(self._onsets, ends, strict=True)]


class _Windows:
    """The sound around each event, looked at as soon as it is whole and then forgotten."""

    def __init__(self, rate_hz: int, events: Sequence[ManifestEvent]) -> None:
        self._rate_hz = rate_hz
        self._events = events
        self._recogniser = Recogniser(rate_hz, events)
        self._next = 0
        self._from = 0
        self._sound = np.zeros(0, np.float32)

    def add(self, sound: Floats) -> list[SoundMatch]:
        """Take the next piece, and return the events that are now past."""
        self._sound = np.concatenate([self._sound, sound])
        end_ms = (self._from + len(self._sound)) * 1000 // self._rate_hz - ROOM_MS
        found = []
        while self._next < len(self._events) and self._events[self._next].end_ms < end_ms:
            found.append(self._match(self._events[self._next]))
            self._next += 1
        self._forget()
        return found

    def rest(self) -> list[SoundMatch]:
        """Return the events that are left at the end of the file."""
        left, self._next = self._events[self._next :], len(self._events)
        return [self._match(event) for event in left]

    def _match(self, event: ManifestEvent) -> SoundMatch:
        earliest = max(self._sample(event.start_ms - QUIET_MS), 0)
        window = self._sound[earliest : max(self._sample(event.end_ms + ROOM_MS), 0)]
        from_ms = (self._from + earliest) * 1000 / self._rate_hz
        return self._recogniser.match(event, window, self._sample(event.start_ms) - earliest, from_ms)

    def _sample(self, ms: int) -> int:
        return ms_to_samples(ms, self._rate_hz) - self._from

    def _forget(self) -> None:
        event_ms = self._events[self._next].start_ms - 2 * QUIET_MS if self._next < len(self._events) else None
        keep = len(self._sound) if event_ms is None else min(max(self._sample(event_ms), 0), len(self._sound))
        self._sound = self._sound[keep:]
        self._from += keep
