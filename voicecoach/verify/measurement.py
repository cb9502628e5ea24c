"""Listening to a whole file once, in memory that does not grow with it.

An utterance is recognised where it is due: its onset, its level, and which of the session's sounds it is.
"""

import math
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from voicecoach.audio import LEAD_MS, ONSET_DBFS
from voicecoach.clip import Floats
from voicecoach.events import Kind
from voicecoach.export.loudness import LoudnessMeter
from voicecoach.fingerprint import fingerprint, unit_rows
from voicecoach.manifest import ManifestEvent, ManifestSound
from voicecoach.mix import join_blocks
from voicecoach.units import ms_to_samples

QUIET_MS = 100
"""An onset is the first loud sample after so much below the level of onsets."""

ALIKE = 0.7
"""An utterance is recognised from here on: strangers reach about 0.6, and re-encoding leaves 0.95."""

_NEAR_MS = 20  # an onset this near to where a sound is due is taken for its own
_LOUD = 10 ** (ONSET_DBFS / 20)  # full scale is 1
# What is as like itself as this is not compared with others: almost all of a file as it was exported.
_CLEAR = 0.98
_ROOM_MS = 100  # kept behind a sound: an utterance that is longer may be in its place
_CLIPPED = 0.9999
_LOUDEST = 8.0  # of full scale: what floats hold beyond, or instead of a number, is no sound
_LOUDER = 0.02  # of likeness, by which another utterance must win
# By so much shorter another utterance may be and still be taken for the one that is due.
_SHORTER_MS = 400
# Lengths that differ by less than this part (a quarter of a slot), or so many ms, share a fingerprint.
_SAME_LENGTH = 1 / 64
_SAME_LENGTH_MS = 20  # at most 26 are taken of an utterance, however many lengths a script has
_FRAME = 441  # samples
_PAUSE = 1e-3  # of the power of the loudest frame
# Where else a tone is looked for about its guessed start: it is loud at once, and a slot of it lasts 4 ms.
_TONE_SHIFTS_MS = (-6, -4, -2, 2, 4, 6)
_MOST_STRANGE = 100  # tones that are nowhere near themselves: the file has failed, and the rest need no search


class SoundMatch(NamedTuple):
    """What was heard where a sound was due: its onset in ms (None without one), and how like itself it is.

    `mistaken_for` are the words of another sound of the session that it is more like, or nothing.
    `level_db` is the mean of what is not pauses, from full scale on.
    """

    event: ManifestEvent
    onset_ms: float | None = None
    likeness: float = 0.0
    mistaken_for: str = ""
    level_db: float = -math.inf


class Measurement(NamedTuple):
    """Everything that was measured; `spans` are stretches of sound in ms, from onset to last loud sample."""

    length_ms: float = 0.0
    lufs: float = 0.0
    true_peak_dbtp: float = 0.0
    clipped: int = 0
    spans: Sequence[tuple[float, float]] = ()
    matches: Sequence[SoundMatch] = ()


def measure(blocks: Iterable[Floats], rate_hz: int, events: Sequence[ManifestEvent]) -> Measurement:
    """Return what is heard in `blocks`; `events` say only where to take fingerprints."""
    meter = LoudnessMeter(rate_hz)
    samples = clipped = 0
    # Spans are parted by `QUIET_MS` and more below the level of onsets; the first end is of what was before the file.
    onsets, ends, last = list[int](), list[int](), -rate_hz

    def pieces() -> Iterator[Floats]:
        nonlocal samples, clipped, last
        # In pieces of a second or more: few calls for many frames.
        for sound in join_blocks(blocks, rate_hz):
            np.nan_to_num(sound, copy=False, nan=_LOUDEST)
            np.clip(sound, -_LOUDEST, _LOUDEST, out=sound)
            meter.add(sound)
            heights = np.abs(sound)
            clipped += int((heights >= _CLIPPED).sum())
            loud = np.concatenate([[last], np.flatnonzero(heights > _LOUD) + samples])
            parted = np.flatnonzero(np.diff(loud) > ms_to_samples(QUIET_MS, rate_hz))
            ends.extend(loud[parted].tolist())
            onsets.extend(loud[parted + 1].tolist())
            last = int(loud[-1])
            samples += len(sound)
            yield sound

    matches = list(_matches(pieces(), rate_hz, events))
    unit_ms = 1000 / rate_hz
    spans = [(start * unit_ms, end * unit_ms) for start, end in zip(onsets, [*ends, last][1:], strict=True)]
    return Measurement(samples * 1000 / rate_hz, meter.lufs(), meter.true_peak_dbtp(), clipped, spans, matches)


def _matches(pieces: Iterator[Floats], rate_hz: int, events: Sequence[ManifestEvent]) -> Iterator[SoundMatch]:
    """Yield what is heard about each event, looked at as soon as it is whole and then forgotten; read all pieces."""
    recogniser = _Recogniser(rate_hz, events)
    sound, begins = np.zeros(0, np.float32), 0
    for event in events:
        around_ms = (event.start_ms - QUIET_MS, event.start_ms, event.end_ms + _ROOM_MS)
        earliest, due, end = (ms_to_samples(ms, rate_hz) for ms in around_ms)
        while begins + len(sound) < end and (piece := next(pieces, None)) is not None:
            past = min(max(earliest - begins, 0), len(sound))
            sound, begins = np.concatenate([sound[past:], piece]), begins + past
        first = max(earliest, begins)
        yield recogniser.match(event, sound[first - begins : max(end - begins, 0)], due - first, first * 1000 / rate_hz)
    deque(pieces, maxlen=0)


class _Recogniser:
    """Knows the sounds of a session, and says which of them a piece of sound is."""

    def __init__(self, rate_hz: int, events: Sequence[ManifestEvent]) -> None:
        self._rate_hz = rate_hz
        self._strange_tones = 0
        # A short tone can be as like a word as itself, but never what a word is taken for.
        self._tones = _Vocabulary(event.sound for event in events if event.kind is Kind.TONE)
        self._words = _Vocabulary(event.sound for event in events if event.kind is not Kind.TONE)

    def match(self, event: ManifestEvent, window: Floats, due: int, from_ms: float) -> SoundMatch:
        """Return what is in a window about `event`, which is due at sample `due` of it.

        The window begins at `from_ms` of the file.
        """
        if not len(window):
            return SoundMatch(event)
        lead = ms_to_samples(LEAD_MS, self._rate_hz)
        onset = _find_onset(window, due + lead, self._rate_hz)
        onset_ms = None if onset is None else from_ms + onset * 1000 / self._rate_hz
        begin = due if onset is None else max(onset - lead, 0)
        level_db = _level_db(window[begin : begin + ms_to_samples(event.sound.length_ms, self._rate_hz)])
        return SoundMatch(event, onset_ms, *self._recognise(event, window, begin), level_db)

    def _recognise(self, event: ManifestEvent, window: Floats, begin: int) -> tuple[float, str]:
        """Return how like itself a sound is, and the words of the one that it is more like."""
        is_tone = event.kind is Kind.TONE
        wanted = unit_rows([event.sound.fingerprint])[0]
        heard = self._heard(event, window, begin, (0,))
        if is_tone and float((heard @ wanted)[0]) < _CLEAR and self._strange_tones < _MOST_STRANGE:
            heard = np.concatenate([heard, self._heard(event, window, begin, _TONE_SHIFTS_MS)])
        own = float((heard @ wanted).max())
        self._strange_tones += is_tone and own < ALIKE
        if not ALIKE <= own < _CLEAR:
            # It is itself, or nothing that was asked for: what else it may be does not matter.
            return own, ""
        known = self._tones if is_tone else self._words
        others = {} if is_tone else self._others(window[begin:], event.sound.length_ms)
        other, likest = known.likest(heard, others)
        return own, other if other != event.sound.text and likest > own + _LOUDER else ""

    def _heard(self, event: ManifestEvent, window: Floats, begin: int, shifts_ms: Iterable[int]) -> Floats:
        """Return the fingerprints of what is heard about `begin`, a row a shift."""
        length = ms_to_samples(event.sound.length_ms, self._rate_hz)
        starts = (max(begin + shift_ms * self._rate_hz // 1000, 0) for shift_ms in shifts_ms)
        return unit_rows([fingerprint(window[start : start + length], self._rate_hz) for start in starts])

    def _others(self, sound: Floats, own_ms: int) -> dict[int, str]:
        """Return the fingerprints of a sound over the length of each other word that is about as long."""
        alike_ms: dict[int, list[int]] = defaultdict(list)
        step_ms = max(round(own_ms * _SAME_LENGTH), _SAME_LENGTH_MS)
        for ms in self._words.lengths_ms:
            if -_SHORTER_MS <= ms - own_ms <= _ROOM_MS and ms != own_ms:
                alike_ms[ms // step_ms].append(ms)
        others: dict[int, str] = {}
        for lengths_ms in alike_ms.values():
            length = ms_to_samples(sum(lengths_ms) // len(lengths_ms), self._rate_hz)
            others |= dict.fromkeys(lengths_ms, fingerprint(sound[:length], self._rate_hz))
        return others


class _Vocabulary:
    """The sounds of one kind, and their fingerprints as one matrix: thousands are compared at once."""

    def __init__(self, sounds: Iterable[ManifestSound]) -> None:
        self._sounds = list(dict.fromkeys(sounds))
        self._rows = unit_rows([sound.fingerprint for sound in self._sounds])
        self.lengths_ms: dict[int, list[int]] = defaultdict(list)
        for place, sound in enumerate(self._sounds):
            self.lengths_ms[sound.length_ms].append(place)

    def likest(self, heard: Floats, others: dict[int, str]) -> tuple[str, float]:
        """Return the words of the sound that is most like what is `heard`, and how like it is.

        `others` are fingerprints of the same over other lengths: a sound is compared over its own.
        """
        alike = (self._rows @ heard.T).max(axis=1)
        for length_ms, row in zip(others, unit_rows(list(others.values())), strict=True):
            places = self.lengths_ms[length_ms]
            alike[places] = self._rows[places] @ row
        best = int(alike.argmax())
        return self._sounds[best].text, float(alike[best])


def _level_db(sound: Floats) -> float:
    frames = sound[: len(sound) // _FRAME * _FRAME].reshape(-1, _FRAME)
    powers = np.square(frames).mean(axis=1)
    spoken = powers[powers > powers.max(initial=0) * _PAUSE]
    return 10 * math.log10(float(spoken.mean())) if len(spoken) else -math.inf


def _find_onset(window: Floats, wanted: int, rate_hz: int) -> int | None:
    """Return the onset nearest to `wanted` in a window that begins in silence, None where none is near."""
    loud = np.flatnonzero(np.abs(window[: wanted + ms_to_samples(4 * _NEAR_MS, rate_hz)]) > _LOUD)
    # What is loud from before the window on has no onset in it.
    onsets = loud[np.diff(loud, prepend=-rate_hz) > ms_to_samples(QUIET_MS - _NEAR_MS, rate_hz)]
    nearest = min(onsets.tolist(), key=lambda onset: abs(onset - wanted), default=None)
    is_near = nearest is not None and abs(nearest - wanted) <= ms_to_samples(3 * _NEAR_MS, rate_hz)
    return nearest if is_near else None
