"""A rate asked for is a rate heard, and one gain fits all that a voice says."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

import voicecoach
from voicecoach.audio import RATE_HZ, Pcm, active_dbfs, finish_clip, peak_dbfs
from voicecoach.engines import Engine, Voice
from voicecoach.engines import voice_profile as profiles
from voicecoach.engines.espeak import Espeak
from voicecoach.engines.pool import EnginePool
from voicecoach.engines.table import find_voice
from voicecoach.engines.voice_profile import NOMINAL_WPM, VoiceProfile, parse_profile
from voicecoach.errors import EngineError
from voicecoach.languages import passage_for

LIBRARY = Path(voicecoach.__file__).parent / "library"
POINTS = ((84, 90.0), (120, 130.0), (180, 202.0), (280, 325.0))
PROFILE = VoiceProfile(-3.0, POINTS)


def _instructions() -> list[str]:
    """Return the steps of the library's exercises, each spoken as a clip of its own."""
    files = [YAML(typ="safe").load(path) for path in sorted(LIBRARY.glob("*.yaml"))]
    return [step for file in files for step in file.get("steps", ())]


def measured(engine: Engine, voice: Voice) -> VoiceProfile:
    crew = EnginePool(engine, Espeak, 1)
    try:
        return profiles.measure_voice(crew, voice)
    finally:
        crew.close()


@pytest.fixture(scope="module")
def espeak() -> Iterator[Espeak]:
    engine = Espeak()
    yield engine
    engine.close()


@pytest.mark.parametrize("voice", ["en-us", "en-us+f2", "en-gb"])
@pytest.mark.parametrize("wanted_wpm", [110, 130, 150, 180, 200, 220])
def test_the_library_is_spoken_at_the_wanted_rate_within_a_twentieth(
    espeak: Espeak, voice: str, wanted_wpm: int
) -> None:
    steps = _instructions()
    profile = measured(espeak, find_voice(voice, espeak.voices(), "en"))
    nominal_wpm = profile.nominal_wpm(wanted_wpm)
    clips = [finish_clip(*espeak.render(step, voice, nominal_wpm), profile.gain_db) for step in steps]
    minutes = sum(clip.duration_ms for clip in clips) / 60_000
    assert sum(len(step.split()) for step in steps) / minutes == pytest.approx(wanted_wpm, rel=0.05)


@pytest.mark.parametrize("voice", ["en-us", "en-gb", "en-029", "en-gb+Andy", "cs", "de", "es", "fr-fr"])
def test_a_voice_is_levelled_and_keeps_its_headroom(espeak: Espeak, voice: str) -> None:
    found = find_voice(voice, espeak.voices(), "en")
    passage = passage_for(found.language)
    pcm, rate_hz = espeak.render(passage, voice, 150)
    clip = finish_clip(pcm, rate_hz, measured(espeak, found).gain_db)
    assert -24 < active_dbfs(clip.pcm, rate_hz) < -19.5  # where -20 would peak too high, the peak wins
    assert peak_dbfs(clip.pcm) <= -2.9


def test_a_voice_of_a_language_without_a_passage_is_measured_too(espeak: Espeak) -> None:
    lo, hi = measured(espeak, find_voice("fi", espeak.voices(), "fi")).reachable_wpm()
    assert 30 < lo < hi


@given(st.floats(1, 900), st.floats(1, 900))
def test_a_faster_rate_is_never_asked_for_more_slowly(one: float, other: float) -> None:
    slow, fast = sorted((one, other))
    assert 84 <= PROFILE.nominal_wpm(slow) <= PROFILE.nominal_wpm(fast) <= 280


@pytest.mark.parametrize(("nominal", "real"), POINTS)
def test_a_measured_point_is_met_exactly(nominal: int, real: float) -> None:
    assert PROFILE.nominal_wpm(real) == nominal


def test_what_can_be_reached_lies_between_the_outer_points() -> None:
    assert VoiceProfile(0, ((84, 90.2), (280, 325.9))).reachable_wpm() == (91, 325)


@given(st.floats(-40, 20), st.lists(st.tuples(st.integers(1, 500), st.floats(1, 900)), min_size=1))
def test_a_stored_profile_is_read_back(gain_db: float, points: list[tuple[int, float]]) -> None:
    profile = VoiceProfile(gain_db, tuple(points))
    assert parse_profile(profile.compose()) == profile


@pytest.mark.parametrize("stored", [b"", b"null", b"[1]", b"[1, 2]", b'["a", []]', b"\xff", b"[1, [[1]]]"])
def test_what_is_no_profile_is_none(stored: bytes) -> None:
    assert parse_profile(stored) is None


class Steps:
    """An engine with two speeds, or with no voice at all."""

    name = version = "steps"

    def __init__(self, level: int) -> None:
        self.level = level

    def voices(self) -> tuple[Voice, ...]:
        return ()

    def render(self, text: str, voice: str, nominal_wpm: int) -> tuple[Pcm, int]:
        seconds = len(text) // 10 // (1 + (nominal_wpm > NOMINAL_WPM[1])) + len(voice)
        return np.full(seconds * RATE_HZ, self.level, np.int16), RATE_HZ

    def close(self) -> None:
        pass


def test_an_engine_of_few_speeds_keeps_those_it_has() -> None:
    assert [nominal for nominal, _ in measured(Steps(5000), Voice("v", "en")).points] == [84, 180]


def test_a_silent_voice_is_an_error() -> None:
    with pytest.raises(EngineError, match='the voice "v" says nothing'):
        measured(Steps(0), Voice("v", "en"))
