"""A shelf of clips made by calculation, that remembers what it was asked for."""

import zlib
from functools import cache

import numpy as np

from tests.export.sounds import RATE_HZ
from voicecoach.audio import Clip, Pcm, tone_clip
from voicecoach.events import Kind, PlacedEvent, Sound, Timeline, Tone, Utterance, Where


class Shelf:
    """Words are shaped like speech, each its own; `opened` are the sounds whose clips were asked for."""

    rate_hz = RATE_HZ

    def __init__(self, peak: float = 0.6, spikes: dict[str, float] | None = None) -> None:
        self.kept: dict[tuple[Sound, str], bytes] = {}
        self.opened: list[Sound] = []
        self._peak, self._spikes = peak, spikes or {}

    def reachable_wpm(self) -> tuple[int, int]:
        return 80, 450

    def duration_ms(self, sound: Sound) -> int:
        return self.clip(sound).duration_ms

    def clip(self, sound: Sound) -> Clip:
        self.opened.append(sound)
        if isinstance(sound, Tone):
            return tone_clip(sound, RATE_HZ)
        clip = spoken(sound.text, self._peak)
        if sound.text in self._spikes:
            clip.pcm[3000:3004] = np.array([1, -1, 1, -1]) * round(32_767 * self._spikes[sound.text])
        return clip

    def stored(self, sound: Sound, kind: str) -> bytes | None:
        return self.kept.get((sound, kind))

    def store(self, sound: Sound, kind: str, content: bytes) -> None:
        self.kept[sound, kind] = content


def spoken(word: str, peak: float) -> Clip:
    """A clip unlike those of other words: harmonics in an envelope, both from the word's letters."""
    return Clip(_spoken(word, peak).copy(), RATE_HZ)


@cache
def _spoken(word: str, peak: float) -> Pcm:
    chance = np.random.default_rng(zlib.crc32(word.encode()))
    length = int(chance.integers(300, 1800)) * RATE_HZ // 1000
    time_s = np.arange(length) / RATE_HZ
    pitch_hz = chance.uniform(110, 220)
    voiced = sum(
        chance.uniform(0.1, 1) * np.sin(2 * np.pi * pitch_hz * n * time_s + chance.uniform(0, 6)) / n
        for n in range(1, 25)
    )
    syllables = np.interp(np.arange(length), np.linspace(0, length, 12), [0.5, *chance.uniform(0.1, 1, 10), 0.0])
    shaped = voiced * syllables
    shaped *= 32767 * peak / np.abs(shaped).max()
    quiet = np.zeros(5 * RATE_HZ // 1000)
    return np.concatenate([quiet, shaped, quiet]).astype(np.int16)


def timeline(words: list[str], *, gap_ms: int = 137, start_ms: int = 1500, rate_wpm: int = 130) -> Timeline:
    """Words one after the other, with a tone after every tenth."""
    shelf, events, at_ms = Shelf(), [], start_ms
    for number, word in enumerate(words):
        sounds: list[tuple[Kind, Sound]] = [(Kind.SPEAK, Utterance(word, rate_wpm))]
        sounds += [(Kind.TONE, Tone.COUNT)] * (number % 10 == 9)
        for kind, sound in sounds:
            end_ms = at_ms + shelf.clip(sound).duration_ms
            events.append(PlacedEvent(kind=kind, start_ms=at_ms, end_ms=end_ms, sound=sound, cue="", where=Where()))
            at_ms = end_ms + gap_ms
    return Timeline(
        title="Test", language="en", duration_ms=at_ms + 500, chapters=(), events=tuple(events), holds=(),
        reps=(), dropped=(), stretched=(), filled=(),
    )  # fmt: skip
