"""Clips are trimmed to their sound, levelled, and free of clicks."""

import subprocess
import sys
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as of_numpy

from voicecoach.audio import (
    LEAD_MS,
    RATE_HZ,
    TAIL_MS,
    Pcm,
    active_dbfs,
    empty_clip,
    finish_clip,
    first_onset,
    peak_dbfs,
    tone_clip,
    trim_silence,
)
from voicecoach.events import Tone
from voicecoach.units import ms_to_samples

LEAD = ms_to_samples(LEAD_MS, RATE_HZ)
RAW = of_numpy.arrays(np.int16, st.integers(0, 4000))


def sound(ms: int, level: int = 8000, hertz: int = 200) -> Pcm:
    """Return a cosine: its very first sample is loud."""
    return (level * np.cos(np.arange(ms_to_samples(ms, RATE_HZ)) * 2 * np.pi * hertz / RATE_HZ)).astype(np.int16)


def silence(ms: int) -> Pcm:
    return np.zeros(ms_to_samples(ms, RATE_HZ), np.int16)


@pytest.mark.parametrize("lead_ms", [0, 1, 5, 10, 300])
def test_the_onset_stands_at_the_same_place_whatever_came_before(lead_ms: int) -> None:
    clip = finish_clip(np.concatenate([silence(lead_ms), sound(200), silence(500)]), RATE_HZ)
    assert first_onset(clip.pcm) == pytest.approx(LEAD, abs=2)


@pytest.mark.parametrize("tail_ms", [0, 5, 40, 500])
def test_a_short_tail_is_kept_and_no_more_and_no_less(tail_ms: int) -> None:
    clip = finish_clip(np.concatenate([silence(50), sound(200), silence(tail_ms)]), RATE_HZ)
    assert clip.duration_ms == pytest.approx(200 + LEAD_MS + min(tail_ms, TAIL_MS), abs=1)
    assert TAIL_MS == 40


@pytest.mark.parametrize("end", [silence(500), sound(500, level=100)], ids=["silent", "soft"])
def test_the_end_of_a_word_rings_out_for_forty_milliseconds(end: Pcm) -> None:
    clip = finish_clip(np.concatenate([silence(50), sound(200), end]), RATE_HZ)
    assert clip.duration_ms == pytest.approx(200 + LEAD_MS + 40, abs=2)


def test_a_quiet_tail_fades_to_nothing() -> None:
    clip = finish_clip(np.concatenate([sound(200), sound(200, level=100)]), RATE_HZ)
    assert abs(int(clip.pcm[-1])) <= 1


def test_a_clip_begins_and_ends_at_nothing() -> None:
    clip = finish_clip(np.concatenate([sound(100, level=300), sound(200)]), RATE_HZ)
    assert abs(int(clip.pcm[0])) < 10
    assert abs(int(clip.pcm[-1])) < 200


@pytest.mark.parametrize("raw", [silence(0), silence(1), silence(500), sound(300, level=100)])
def test_silence_gives_an_empty_clip(raw: Pcm) -> None:
    assert finish_clip(raw, RATE_HZ).duration_ms == 0
    assert len(trim_silence(raw, RATE_HZ)) == 0
    assert first_onset(raw) is None


@given(RAW, st.floats(-30, 12))
def test_any_sound_can_be_finished(raw: Pcm, gain_db: float) -> None:
    clip = finish_clip(raw, RATE_HZ, gain_db)
    assert clip.pcm.dtype == np.int16
    assert len(clip.pcm) <= len(raw) + LEAD


@given(RAW)
def test_trimming_twice_is_trimming_once(raw: Pcm) -> None:
    once = trim_silence(raw, RATE_HZ)
    assert np.array_equal(trim_silence(once, RATE_HZ), once)


@pytest.mark.parametrize("gain_db", [-12.0, -3.0, 0.0, 6.0])
def test_a_gain_is_in_decibels(gain_db: float) -> None:
    clip = finish_clip(sound(300), RATE_HZ, gain_db)
    assert peak_dbfs(clip.pcm) == pytest.approx(peak_dbfs(sound(300)) + gain_db, abs=0.05)


@pytest.mark.parametrize("rate_hz", [16_000, 24_000, 44_100])
def test_another_rate_becomes_the_sessions_rate(rate_hz: int) -> None:
    raw = (8000 * np.sin(np.arange(rate_hz) * 2 * np.pi * 200 / rate_hz)).astype(np.int16)
    clip = finish_clip(raw, rate_hz)
    assert clip.rate_hz == RATE_HZ
    assert clip.duration_ms == pytest.approx(1000 + LEAD_MS, abs=4)


def test_the_active_level_leaves_pauses_out() -> None:
    spoken = sound(500)
    paused = np.concatenate([spoken, silence(2000), spoken])
    assert active_dbfs(paused, RATE_HZ) == pytest.approx(active_dbfs(spoken, RATE_HZ), abs=0.2)
    assert active_dbfs(silence(500), RATE_HZ) == peak_dbfs(empty_clip().pcm) == -np.inf


@pytest.mark.parametrize("name", Tone)
def test_a_tone_is_short_soft_and_free_of_clicks(name: Tone) -> None:
    clip = tone_clip(name)
    assert 40 <= clip.duration_ms <= 150
    assert -25 < peak_dbfs(clip.pcm) < -12
    assert np.abs(np.diff(clip.pcm.astype(int))).max() < 1500
    assert abs(int(clip.pcm[0])) < 30
    assert abs(int(clip.pcm[-1])) < 30


def test_tones_are_unlike_each_other() -> None:
    heard = {name: (_pitches(tone_clip(name).pcm), tone_clip(name).duration_ms > 100) for name in Tone}
    assert len(set(heard.values())) == len(Tone)
    rising, falling = heard[Tone.IN][0], heard[Tone.OUT][0]
    assert rising[0] < rising[1]
    assert falling[0] > falling[1]
    assert abs(heard[Tone.START][0][0] - heard[Tone.END][0][0]) > 200


def _pitches(pcm: Pcm) -> tuple[int, int]:
    """Return the pitch of each half in Hz, to the nearest hundred, from its rises through zero."""
    halves = pcm[: len(pcm) // 2], pcm[len(pcm) // 2 :]
    risen = [sum(a < 0 <= b for a, b in pairwise(half.tolist())) for half in halves]
    first, second = (round(rises * 2 * RATE_HZ / len(pcm), -2) for rises in risen)
    return int(first), int(second)


def test_pydub_is_imported_without_a_word(no_tools_path: dict[str, str]) -> None:
    script = "from voicecoach.audio import tone_clip; from voicecoach.events import Tone; tone_clip(Tone.START)"
    root = __file__.rpartition("tests")[0]
    ran = subprocess.run(
        [sys.executable, "-W", "always", "-c", script],
        cwd=root,
        env={**no_tools_path, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "pydub" not in ran.stderr
    assert "ffmpeg" not in ran.stderr
