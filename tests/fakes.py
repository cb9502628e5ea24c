"""Hand-written stand-ins: a voice of fixed milliseconds per letter, and the wordings it speaks."""

import tomllib
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from importlib import resources

import numpy as np

from voicecoach import library
from voicecoach.audio import RATE_HZ, Clip, Pcm
from voicecoach.events import Script, Sound, Timeline, Tone
from voicecoach.model import Exercise, Pacing, Program
from voicecoach.phrases import Phrases
from voicecoach.script import compile_script
from voicecoach.session import Session
from voicecoach.timeline import Duration, place

TONE_MS = {Tone.START: 150, Tone.COUNT: 60, Tone.END: 145, Tone.IN: 145, Tone.OUT: 145}
"""The lengths of the real tones: a voice may be slow, a tone never is."""

MS_PER_LETTER = 70
"""At 130 words a minute, which is about what espeak-ng needs."""


@cache
def english() -> Phrases:
    """Return the wordings that come with the package."""
    text = (resources.files("voicecoach.phrases") / "en.toml").read_text(encoding="utf-8")
    return Phrases(tomllib.loads(text))


@cache
def one_voiced() -> Phrases:
    """Return the same with one variant of each cue, so that a test knows the words that come."""
    cues = {cue: variants[:1] for cue, variants in english().table["cues"].items()}
    return Phrases({**english().table, "cues": cues})


def letters(ms_per_letter: int = MS_PER_LETTER, *, least_ms: int = 0, jitter_ms: int = 0) -> Duration:
    """Return lengths by the letter, shorter at a faster rate; `jitter_ms` adds what is each word's own."""

    def duration(sound: Sound) -> int:
        if isinstance(sound, Tone):
            return TONE_MS[sound]
        own = zlib.crc32(sound.text.encode()) % (jitter_ms + 1)
        return least_ms + own + len(sound.text) * ms_per_letter * 130 // sound.rate_wpm

    return duration


class LetterVoice:
    """A `Speech` of fixed milliseconds per letter; what it is asked for is kept in `asked`."""

    rate_hz = RATE_HZ

    def __init__(self, duration: Duration | None = None, reach_wpm: tuple[int, int] = (80, 450)) -> None:
        self._duration = duration or letters()
        self._reach_wpm = reach_wpm
        self.asked: list[Sound] = []

    def reachable_wpm(self) -> tuple[int, int]:
        return self._reach_wpm

    def clip(self, sound: Sound) -> Clip:
        return Clip(np.full(self.duration_ms(sound) * self.rate_hz // 1000, 1000, np.int16), self.rate_hz)

    def duration_ms(self, sound: Sound) -> int:
        self.asked.append(sound)
        return self._duration(sound)


class ListSink:
    """A sink that is a list: it plays at once and tells every block."""

    name = "list"

    def __init__(self) -> None:
        self.samples = 0

    def play(self, blocks: Iterator[Pcm], rate_hz: int, heard: Callable[[int], None]) -> int:  # noqa: ARG002 - a sink's
        for block in blocks:
            self.samples += len(block)
            heard(self.samples)
        return self.samples


def session_of(*exercises: Exercise | str, pacing: Pacing | None = None, title: str = "Test") -> Session:
    """Return a session of exercises, each written out or named as in the library."""
    known = [library.exercises()[each] if isinstance(each, str) else each for each in exercises]
    program = Program(title=title, exercises=tuple(known))
    return Session(program=program, pacing=pacing or Pacing(), phrases=one_voiced())


def compiled(session: Session, rate_wpm: int = 130) -> Script:
    """Return the script of a session."""
    return compile_script(session.program, session.pacing, session.phrases, rate_wpm, start=session.start)


def placed(session: Session, duration: Duration | None = None, rate_wpm: int = 130) -> Timeline:
    """Return the timeline of a session."""
    return place(compiled(session, rate_wpm), duration or letters())
