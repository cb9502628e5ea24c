"""The loudness meter, against the cases of EBU Tech 3341 and against FFmpeg's own meter."""

import itertools
import math

import av
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.export.loudness import LoudnessMeter

Sound = npt.NDArray[np.float32]

# EBU Tech 3341 plays its tones on two channels; one channel alone reads 3.01 LU lower.
MONO_LU = 10 * math.log10(0.5)


def sine(level_dbfs: float, seconds: float, rate_hz: int, hz: float = 1000, phase: float = 0) -> Sound:
    time_s = np.arange(round(seconds * rate_hz)) / rate_hz
    return (10 ** (level_dbfs / 20) * np.sin(2 * np.pi * hz * time_s + phase)).astype(np.float32)


def metered(sound: Sound | npt.NDArray[np.int16], rate_hz: int, block: int = 2205) -> LoudnessMeter:
    meter = LoudnessMeter(rate_hz)
    for start in range(0, len(sound), block):
        meter.add(sound[start : start + block])
    return meter


@pytest.mark.parametrize("rate_hz", [16_000, 22_050, 24_000, 44_100, 48_000])
def test_a_full_scale_tone_of_997_hz_reads_minus_3_01(rate_hz: int) -> None:
    assert metered(sine(0, 20, rate_hz, 997), rate_hz).lufs() == pytest.approx(-3.01, abs=0.05)


@pytest.mark.parametrize(
    ("steps", "lufs"),
    [
        ([(-23, 20)], -23),
        ([(-33, 20)], -33),
        ([(-36, 10), (-23, 60), (-36, 10)], -23),
        ([(-72, 10), (-36, 10), (-23, 60), (-36, 10), (-72, 10)], -23),
        ([(-26, 20), (-20, 20.1), (-26, 20)], -23),
    ],
)
@pytest.mark.parametrize("rate_hz", [22_050, 48_000])
def test_the_cases_of_ebu_tech_3341_read_as_stated(steps: list[tuple[float, float]], lufs: float, rate_hz: int) -> None:
    sound = np.concatenate([sine(level, seconds, rate_hz) for level, seconds in steps])
    assert metered(sound, rate_hz).lufs() == pytest.approx(lufs + MONO_LU, abs=0.1)


@pytest.mark.parametrize(("part", "phase_degrees", "dbtp"), [(4, 0, -6), (4, 45, -6), (6, 60, -6), (8, 67.5, -6)])
def test_a_peak_between_samples_is_found_as_ebu_tech_3341_asks(part: int, phase_degrees: float, dbtp: float) -> None:
    tone = sine(-6.02, 2, 48_000, 48_000 / part, math.radians(phase_degrees))
    tone *= np.hanning(len(tone)) ** 0.1  # a hard edge would overshoot
    assert dbtp - 0.4 <= metered(tone, 48_000).true_peak_dbtp() <= dbtp + 0.2


def ffmpeg_lufs(sound: npt.NDArray[np.int16], rate_hz: int) -> float:
    """What FFmpeg's ebur128 filter says of the same sound."""
    if not hasattr(av.AudioFrame, "metadata"):
        pytest.skip("PyAV tells what its meter measured from 18.1 on")
    graph = av.filter.Graph()
    source = graph.add_abuffer(format="s16", sample_rate=rate_hz, layout="mono")
    meter, sink = graph.add("ebur128", "metadata=1"), graph.add("abuffersink")
    source.link_to(meter)
    meter.link_to(sink)
    graph.configure()
    frame = av.AudioFrame.from_ndarray(sound[None, :], format="s16", layout="mono")
    frame.sample_rate, frame.pts = rate_hz, 0
    graph.push(frame)
    graph.push(None)
    read = "nan"
    while True:
        try:
            read = graph.pull().metadata.get("lavfi.r128.I", read)
        except EOFError:
            return float(read)


@pytest.mark.parametrize("seed", range(3))
def test_bursts_of_noise_between_silences_read_as_ffmpeg_reads_them(seed: int) -> None:
    chance = np.random.default_rng(seed)
    burst, silence = chance.normal(0, 1, 24_000), np.zeros(30_000)
    parts = [part * chance.uniform(200, 5000) for _ in range(20) for part in (burst, silence)]
    sound = np.concatenate(parts).clip(-32768, 32767).astype(np.int16)
    assert metered(sound, 48_000).lufs() == pytest.approx(ffmpeg_lufs(sound, 48_000), abs=0.1)


@settings(deadline=None, max_examples=20)
@given(st.lists(st.integers(1, 9_000), min_size=1, max_size=8))
def test_the_size_of_the_blocks_does_not_matter(sizes: list[int]) -> None:
    sound = (np.random.default_rng(0).normal(0, 3000, 60_000)).astype(np.int16)
    whole, pieces, at = metered(sound, 8_000, len(sound)), LoudnessMeter(8_000), 0
    for size in itertools.cycle(sizes):
        pieces.add(sound[at : at + size])
        at += size
        if at >= len(sound):
            break
    assert pieces.lufs() == pytest.approx(whole.lufs(), abs=1e-3)
    assert pieces.true_peak_dbtp() == pytest.approx(whole.true_peak_dbtp(), abs=1e-3)


def test_asking_in_between_changes_nothing() -> None:
    sound = (np.random.default_rng(0).normal(0, 3000, 30_000)).astype(np.int16)
    asked = LoudnessMeter(8_000)
    for start in range(0, len(sound), 700):
        asked.add(sound[start : start + 700])
        asked.lufs()
        asked.true_peak_dbtp()
    whole = metered(sound, 8_000)
    assert (asked.lufs(), asked.true_peak_dbtp()) == (whole.lufs(), whole.true_peak_dbtp())


def test_silence_and_a_blink_of_sound_have_no_loudness() -> None:
    assert metered(np.zeros(50_000, np.int16), 22_050).lufs() == -math.inf
    assert metered(np.zeros(50_000, np.int16), 22_050).true_peak_dbtp() == -math.inf
    assert metered(sine(-10, 0.39, 22_050), 22_050).lufs() == -math.inf
    assert LoudnessMeter(22_050).lufs() == -math.inf


def test_floats_above_full_scale_keep_their_peak() -> None:
    assert metered(sine(3, 1, 48_000), 48_000).true_peak_dbtp() == pytest.approx(3, abs=0.1)
