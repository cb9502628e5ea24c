"""Listening to a whole file once, in memory that does not grow with it."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from voicecoach.audio import LEAD_MS, ONSET_DBFS
from voicecoach.events import Kind
from voicecoach.export.loudness import LoudnessMeter
from voicecoach.fingerprint import fingerprint, likeness
from voicecoach.manifest import ManifestEvent
from voicecoach.units import ms_to_samples

Floats = npt.NDArray[np.float32]

QUIET_MS = 100
"""An onset is the first loud sample after so much below the level of onsets."""

NEAR_MS = 20
"""An onset this near to where a sound is due is taken for its own."""

CLEAR = 0.98
"""What is as like itself as this is not compared with others: almost all of a file as it was exported."""

_SHORTER_MS = 400
"""By so much shorter another utterance may be and still be taken for the one that is due."""

_FRAME = 441  # samples
_PAUSE = 1e-3  # of the power of the loudest frame
_LOUD = 10 ** (ONSET_DBFS / 20)
_CLIPPED = 0.9999
_ROOM_MS = 100
_TONE_SHIFTS_MS = (0, -6, -4, -2, 2, 4, 6)
"""Where a tone is looked for about its guessed start: it is loud at once, and a slot of it lasts 4 ms."""


@dataclass(frozen=True, slots=True)
class SoundMatch:
    """What was heard where a sound was due: its onset in ms, None without one, and its fingerprints.

    A word has one, a tone one for each place near its start; nothing that is heard has none. Where a word is
    not clearly itself, `others` are its fingerprints over the lengths, in ms, of what it may be instead.
    `level_db` is the mean of what is not pauses, from full scale on.
    """

    event: ManifestEvent
    onset_ms: float | None
    fingerprints: tuple[str, ...]
    level_db: float = -math.inf
    others: Mapping[int, str] = field(default_factory=dict)


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
    samples = 0
    for sound in _seconds(blocks, rate_hz):
        meter.add(sound)
        spans.add(sound)
        measurement.clipped += int((np.abs(sound) >= _CLIPPED).sum())
        samples += len(sound)
        measurement.matches += windows.add(sound)
    measurement.matches += windows.rest()
    measurement.length_ms = samples * 1000 / rate_hz
    measurement.lufs, measurement.true_peak_dbtp = meter.lufs(), meter.true_peak_dbtp()
    measurement.spans = spans.found()
    return measurement


def _seconds(blocks: Iterable[Floats], rate_hz: int) -> Iterator[Floats]:
    """Yield the same sound in pieces of a second or more: few calls for many frames."""
    waiting: list[Floats] = []
    size = 0
    for block in blocks:
        waiting.append(block)
        size += len(block)
        if size >= rate_hz:
            yield np.concatenate(waiting)
            waiting, size = [], 0
    if waiting:
        yield np.concatenate(waiting)


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
        loud = np.flatnonzero(np.abs(sound) > _LOUD) + self._at
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
        self._lengths_ms = {event.sound.length_ms for event in events if event.kind is not Kind.TONE}
        self._next = 0
        self._from = 0
        self._sound = np.zeros(0, np.float32)

    def add(self, sound: Floats) -> list[SoundMatch]:
        """Take the next piece, and return the events that are now past."""
        self._sound = np.concatenate([self._sound, sound])
        end_ms = (self._from + len(self._sound)) * 1000 // self._rate_hz - _ROOM_MS
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
        window = self._sound[earliest : self._sample(event.end_ms + _ROOM_MS)]
        if not len(window):
            return SoundMatch(event, None, ())
        wanted = self._sample(event.start_ms + LEAD_MS) - earliest
        onset = _onset(window, wanted, self._rate_hz)
        begin = max((wanted if onset is None else onset) - ms_to_samples(LEAD_MS, self._rate_hz), 0)
        at_ms = None if onset is None else (self._from + earliest + onset) * 1000 / self._rate_hz
        found = self._fingerprints(window, begin, event)
        level_db = _level_db(window[begin : begin + ms_to_samples(event.sound.length_ms, self._rate_hz)])
        return SoundMatch(event, at_ms, found, level_db, self._others(window[begin:], event, found))

    def _fingerprints(self, window: Floats, begin: int, event: ManifestEvent) -> tuple[str, ...]:
        length = ms_to_samples(event.sound.length_ms, self._rate_hz)
        shifts_ms = _TONE_SHIFTS_MS if event.kind is Kind.TONE else (0,)
        starts = (max(begin + shift_ms * self._rate_hz // 1000, 0) for shift_ms in shifts_ms)
        return tuple(fingerprint(window[start : start + length], self._rate_hz) for start in starts)

    def _others(self, sound: Floats, event: ManifestEvent, found: tuple[str, ...]) -> dict[int, str]:
        """Return the fingerprints over the lengths of other words, where a word is not clearly itself."""
        if event.kind is Kind.TONE or likeness(found[0], event.sound.fingerprint) >= CLEAR:
            return {}
        own_ms = event.sound.length_ms
        near_ms = (ms for ms in self._lengths_ms if -_SHORTER_MS <= ms - own_ms <= _ROOM_MS and ms != own_ms)
        return {ms: fingerprint(sound[: ms_to_samples(ms, self._rate_hz)], self._rate_hz) for ms in near_ms}

    def _sample(self, ms: int) -> int:
        return ms_to_samples(ms, self._rate_hz) - self._from

    def _forget(self) -> None:
        event_ms = (
            self._events[self._next].start_ms - 2 * QUIET_MS if self._next < len(self._events) else None
        )
        keep = len(self._sound) if event_ms is None else min(max(self._sample(event_ms), 0), len(self._sound))
        self._sound = self._sound[keep:]
        self._from += keep


def _level_db(sound: Floats) -> float:
    frames = sound[: len(sound) // _FRAME * _FRAME].reshape(-1, _FRAME)
    powers = np.square(frames).mean(axis=1)
    spoken = powers[powers > powers.max(initial=0) * _PAUSE]
    return 10 * math.log10(float(spoken.mean())) if len(spoken) else -math.inf


def _onset(window: Floats, wanted: int, rate_hz: int) -> int | None:
    """Return the onset nearest to `wanted` in a window that begins in silence, None where none is near."""
    loud = np.flatnonzero(np.abs(window) > _LOUD)
    if not len(loud):
        return None
    gaps = np.diff(loud, prepend=-rate_hz)
    # What is loud from before the window on has no onset in it.
    onsets = loud[gaps > ms_to_samples(QUIET_MS - NEAR_MS, rate_hz)]
    if not len(onsets):
        return None
    nearest = int(onsets[np.argmin(np.abs(onsets - wanted))])
    return nearest if abs(nearest - wanted) <= ms_to_samples(3 * NEAR_MS, rate_hz) else None
