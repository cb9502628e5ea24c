"""Recognising an utterance where it is due: its onset, its level, and which of the session's sounds it is."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from voicecoach.audio import LEAD_MS, ONSET_DBFS
from voicecoach.clip import Floats
from voicecoach.events import Kind
from voicecoach.fingerprint import fingerprint, unit_rows
from voicecoach.manifest import ManifestEvent, ManifestSound
from voicecoach.units import ms_to_samples

QUIET_MS = 100
"""An onset is the first loud sample after so much below the level of onsets."""

NEAR_MS = 20
"""An onset this near to where a sound is due is taken for its own."""

LOUD = 10 ** (ONSET_DBFS / 20)
"""Full scale is 1."""

CLEAR = 0.98
"""What is as like itself as this is not compared with others: almost all of a file as it was exported."""

ALIKE = 0.7
"""An utterance is recognised from here on: strangers reach about 0.6, and re-encoding leaves 0.95."""

ROOM_MS = 100
"""So much is kept behind a sound: an utterance that is longer may be in its place."""

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


@dataclass(frozen=True, slots=True)
class SoundMatch:
    """What was heard where a sound was due: its onset in ms (None without one), and how like itself it is.

    `mistaken_for` are the words of another sound of the session that it is more like, or nothing.
    `level_db` is the mean of what is not pauses, from full scale on.
    """

    event: ManifestEvent
    onset_ms: float | None = None
    likeness: float = 0.0
    mistaken_for: str = ""
    level_db: float = -math.inf


class Recogniser:
    """Knows the sounds of a session, and says which of them a piece of sound is."""

    def __init__(self, rate_hz: int, events: Sequence[ManifestEvent]) -> None:
        self._rate_hz = rate_hz
        self._strange_tones = 0
        # A short tone can be as like a word as itself, but never what a word is taken for.
        self._tones = _Vocabulary(event.sound for event in events if event.kind is Kind.TONE)
        self._words = _Vocabulary(event.sound for event in events if event.kind is not Kind.TONE)

    def match(self, event: ManifestEvent, window: Floats, from_sample: int, from_ms: float) -> SoundMatch:
        """Return what is in a window about `event`, which is due at `from_sample` of it.

        The window begins at `from_ms` of the file.
        """
        if not len(window):
            return SoundMatch(event)
        wanted = from_sample + self._samples(LEAD_MS)
        onset = _find_onset(window[: wanted + self._samples(4 * NEAR_MS)], wanted, self._rate_hz)
        begin = max((wanted if onset is None else onset) - self._samples(LEAD_MS), 0)
        likeness, mistaken_for = self._recognise(event, window, begin)
        return SoundMatch(
            event,
            None if onset is None else from_ms + onset * 1000 / self._rate_hz,
            likeness,
            mistaken_for,
            _level_db(window[begin : begin + self._samples(event.sound.length_ms)]),
        )

    def _recognise(self, event: ManifestEvent, window: Floats, begin: int) -> tuple[float, str]:
        """Return how like itself a sound is, and the words of the one that it is more like."""
        is_tone = event.kind is Kind.TONE
        wanted = unit_rows([event.sound.fingerprint])[0]
        heard = self._heard(event, window, begin, (0,))
        if is_tone and float((heard @ wanted)[0]) < CLEAR and self._strange_tones < _MOST_STRANGE:
            heard = np.concatenate([heard, self._heard(event, window, begin, _TONE_SHIFTS_MS)])
        own = float((heard @ wanted).max())
        self._strange_tones += is_tone and own < ALIKE
        if not ALIKE <= own < CLEAR:
            # It is itself, or nothing that was asked for: what else it may be does not matter.
            return own, ""
        known = self._tones if is_tone else self._words
        others = {} if is_tone else self._others(window[begin:], event.sound)
        other, likest = known.likest(heard, others)
        return own, other if other != event.sound.text and likest > own + _LOUDER else ""

    def _heard(self, event: ManifestEvent, window: Floats, begin: int, shifts_ms: Iterable[int]) -> Floats:
        """Return the fingerprints of what is heard about `begin`, a row a shift."""
        length = self._samples(event.sound.length_ms)
        starts = (max(begin + shift_ms * self._rate_hz // 1000, 0) for shift_ms in shifts_ms)
        return unit_rows([fingerprint(window[start : start + length], self._rate_hz) for start in starts])

    def _others(self, sound: Floats, due: ManifestSound) -> dict[int, str]:
        """Return the fingerprints of a sound over the length of each other word that is about as long."""
        own_ms = due.length_ms
        alike_ms: dict[int, list[int]] = defaultdict(list)
        step_ms = max(round(own_ms * _SAME_LENGTH), _SAME_LENGTH_MS)
        for ms in self._words.lengths_ms:
            if -_SHORTER_MS <= ms - own_ms <= ROOM_MS and ms != own_ms:
                alike_ms[ms // step_ms].append(ms)
        return {
            ms: digits
            for lengths_ms in alike_ms.values()
            for digits in [fingerprint(sound[: self._samples(sum(lengths_ms) // len(lengths_ms))], self._rate_hz)]
            for ms in lengths_ms
        }

    def _samples(self, ms: int) -> int:
        return ms_to_samples(ms, self._rate_hz)


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
        for (length_ms, _), row in zip(others.items(), unit_rows(list(others.values())), strict=True):
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
    loud = np.flatnonzero(np.abs(window) > LOUD)
    if not len(loud):
        return None
    gaps = np.diff(loud, prepend=-rate_hz)
    # What is loud from before the window on has no onset in it.
    onsets = loud[gaps > ms_to_samples(QUIET_MS - NEAR_MS, rate_hz)]
    if not len(onsets):
        return None
    nearest = int(onsets[np.argmin(np.abs(onsets - wanted))])
    return nearest if abs(nearest - wanted) <= ms_to_samples(3 * NEAR_MS, rate_hz) else None
