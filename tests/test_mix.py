"""The mixer: one continuous stream, exact to the sample, as early as it can be given out."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.audio import Clip, Pcm
from voicecoach.mix import BLOCK_MS, bed, mix
from voicecoach.units import ms_to_samples

RATE_HZ = 22_050
Cuts = list[tuple[int, Clip | None]]


def clip_of(*values: int, rate_hz: int = RATE_HZ) -> Clip:
    return Clip(np.array(values, np.int16), rate_hz)


def joined(blocks: Iterator[Pcm]) -> Pcm:
    return np.concatenate([*blocks, np.zeros(0, np.int16)])


def whole(cuts: Cuts, rate_hz: int, gain: float) -> Pcm:
    """The same sound made the naive way, all at once."""
    end = ms_to_samples(cuts[-1][0], rate_hz)
    total, covered = np.zeros(end, np.int64), np.zeros(end, bool)
    for start_ms, clip in cuts:
        if clip is not None:
            start = ms_to_samples(start_ms, rate_hz)
            part = np.rint(clip.pcm * float(gain)).astype(np.int64)[: max(0, end - start)]
            total[start : start + len(part)] += part
            covered[start : start + len(part)] = True
    return np.where(covered, np.clip(total, -32768, 32767), bed(0, end)).astype(np.int16)


@st.composite
def sessions(draw: st.DrawFn) -> tuple[Cuts, int]:
    rate_hz = draw(st.sampled_from([8_000, 11_025, 22_050, 24_000]))
    starts = sorted(draw(st.lists(st.integers(0, 400), min_size=1, max_size=6)))
    cuts: Cuts = []
    for start_ms in starts:
        values = draw(st.one_of(st.none(), st.tuples(st.integers(-32768, 32767), st.integers(0, 5_000))))
        clip = None if values is None else Clip(np.full(values[1], values[0], np.int16), rate_hz)
        cuts.append((start_ms, clip))
    return [*cuts, (starts[-1] + draw(st.integers(0, 300)), None)], rate_hz


@given(sessions(), st.integers(1, 250), st.sampled_from([1.0, 0.5, 1.7]))
def test_any_session_equals_a_naive_mix_of_the_whole_whatever_the_block(
    session: tuple[Cuts, int], block_ms: int, gain: float
) -> None:
    cuts, rate_hz = session
    sound = joined(mix(iter(cuts), rate_hz, gain, block_ms))
    assert len(sound) == ms_to_samples(cuts[-1][0], rate_hz)
    assert np.array_equal(sound, whole(cuts, rate_hz, gain))


@given(sessions())
def test_no_block_is_empty_or_longer_than_it_may_be(session: tuple[Cuts, int]) -> None:
    cuts, rate_hz = session
    assert all(0 < len(block) <= ms_to_samples(BLOCK_MS, rate_hz) for block in mix(cuts, rate_hz))


def test_everything_before_a_cut_is_given_out_before_the_next_cut_is_asked_for() -> None:
    asked: list[int] = []

    def cuts() -> Iterator[tuple[int, Clip | None]]:
        for start_ms in (0, 150, 400):
            asked.append(start_ms)
            yield start_ms, None

    given_out = 0
    for block in mix(cuts(), RATE_HZ):
        given_out += len(block)
        if given_out == ms_to_samples(150, RATE_HZ):
            assert asked == [0, 150]
    assert given_out == ms_to_samples(400, RATE_HZ)


def test_overlapping_clips_saturate_and_never_wrap() -> None:
    loud = clip_of(*[30_000] * 100)
    assert set(joined(mix([(0, loud), (0, loud), (2, None)], RATE_HZ))) == {32_767}
    low = clip_of(*[-30_000] * 100)
    assert set(joined(mix([(0, low), (0, low), (2, None)], RATE_HZ))) == {-32_768}


def test_the_gain_leaves_the_bed_alone() -> None:
    quiet, loud = (joined(mix([(3_000, None)], RATE_HZ, gain)) for gain in (0.1, 10.0))
    assert np.array_equal(quiet, loud)


def test_the_bed_is_never_digital_silence_and_stays_below_minus_80_dbfs() -> None:
    sound = joined(mix([(5_000, None)], RATE_HZ)).astype(float)
    assert set(np.abs(sound)) == {1.0}
    assert abs(sound.mean()) < 0.02
    assert 20 * np.log10(np.sqrt((sound**2).mean()) / 32768) < -80


def test_a_clip_that_outlasts_the_session_ends_with_it() -> None:
    assert len(joined(mix([(0, clip_of(*[9] * 9_000)), (100, None)], RATE_HZ))) == 2_205


@pytest.mark.parametrize(
    ("cuts", "what"),
    [
        ([(20, None), (10, None)], "comes after a later one"),
        ([(-1, None)], "comes after a later one"),
        ([(0, clip_of(1, rate_hz=8_000)), (10, None)], "8000 Hz"),
    ],
)
def test_cuts_out_of_order_or_at_another_rate_are_errors_of_the_caller(cuts: Cuts, what: str) -> None:
    with pytest.raises(ValueError, match=what):
        joined(mix(cuts, RATE_HZ))
