"""LAME in two libraries: the same frames from both, each of which stands alone."""

import sys
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from tests.export.sounds import RATE_HZ, split_frames
from voicecoach.export.clip_encoder import decode_frames
from voicecoach.export.lame import encode_by_av, encode_frames, lame_functions
from voicecoach.export.mpeg import FRAME, frames_in

NOISE = (np.random.default_rng(7).normal(size=20 * RATE_HZ) * 0.4).astype(np.float32)


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems for which lameenc shows LAME's functions")
def test_the_fast_one_is_there() -> None:
    assert lame_functions() is not None


@pytest.mark.parametrize("bit_rate", [48_000, 64_000, 96_000])
@pytest.mark.parametrize("by", [encode_frames, encode_by_av])
def test_frames_are_whole_and_stand_alone(by: Callable[..., Iterator[bytes]], bit_rate: int) -> None:
    runs = list(by([NOISE[:99_999], NOISE[99_999:]], RATE_HZ, bit_rate))
    frames = [frame for run in runs for frame in split_frames(run)]
    assert b"".join(runs) == b"".join(frames)
    assert len(frames) == frames_in(b"".join(runs), RATE_HZ, bit_rate) == -(-len(NOISE) // FRAME) + 2
    assert {frame[4] for frame in frames} == {0}


def test_both_sound_the_same() -> None:
    fast, slow = (b"".join(by([NOISE], RATE_HZ, 64_000)) for by in (encode_frames, encode_by_av))
    apart = np.subtract(*map(decode_frames, (fast, slow)))
    assert float(np.sqrt(np.mean(apart**2))) < 0.002  # they round differently


def test_what_lame_does_not_encode_is_told() -> None:
    with pytest.raises(OSError, match="LAME"):
        list(encode_frames([NOISE], 3, 64_000))


def test_a_library_that_cannot_be_loaded_is_done_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lameenc", None)
    lame_functions.cache_clear()
    try:
        assert lame_functions() is None
        assert frames_in(b"".join(encode_frames([NOISE[:0], NOISE], RATE_HZ, 64_000)), RATE_HZ, 64_000) == 768
    finally:
        lame_functions.cache_clear()


@pytest.mark.parametrize(("level", "most"), [(0.5, 0.7), (0.99, 1.3)])
def test_what_is_decoded_keeps_its_overshoots(level: float, most: float) -> None:
    square = np.sign(np.sin(np.arange(2 * RATE_HZ) * 0.0855)).astype(np.float32) * np.float32(level)
    heard = decode_frames(b"".join(encode_frames([square], RATE_HZ, 64_000)))
    assert level * 1.05 < float(np.abs(heard).max()) < most
