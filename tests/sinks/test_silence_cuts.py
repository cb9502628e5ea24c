"""Stretches are cut in silence, and as late as can be."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.sinks.simpleaudio import SILENCE_MS, SILENT, find_silence_cut

RATE_HZ = 1_000
HALF = SILENCE_MS // 2


@pytest.mark.parametrize(
    ("lengths", "at"),
    [
        ([100, 0], 0),
        ([0, 100], 100 - HALF),
        ([100, 200], 300 - HALF),
        ([100, 200, 50, 10, 50], 300 - HALF),
        ([100, 200, 50, 61], 411 - HALF),
        ([], 0),
    ],
)
def test_a_stretch_ends_shortly_before_the_last_silence_does(lengths: list[int], at: int) -> None:
    parts = [np.full(length, (n % 2 == 0) * 5000 + 1, np.int16) for n, length in enumerate(lengths)]
    assert find_silence_cut(np.concatenate([np.zeros(0, np.int16), *parts]), RATE_HZ) == at


@given(st.lists(st.integers(-2 * SILENT, 2 * SILENT), max_size=600), st.integers(0, 300), st.integers(0, 300))
def test_around_every_cut_is_silence(noise: list[int], quiet: int, more: int) -> None:
    pcm = np.array([*noise, *[0] * quiet, *[-9000] * more], np.int16)
    at = find_silence_cut(pcm, RATE_HZ)
    assert 0 <= at <= len(pcm)
    if at:
        assert np.abs(pcm[at - HALF : at + HALF].astype(int)).max() <= SILENT
