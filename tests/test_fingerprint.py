"""A sound is told from others by its fingerprint, whatever became of it on the way."""

import numpy as np
import pytest

from voicecoach.fingerprint import BANDS, SLOTS, fingerprint, unit_rows

RATE_HZ = 22_050
TIME_S = np.arange(RATE_HZ) / RATE_HZ
RISING = np.sin(2 * np.pi * (300 + 900 * TIME_S) * TIME_S) * 20_000
FALLING = RISING[::-1]


def likeness(one: str, other: str) -> float:
    rows = unit_rows([one, other])
    return float(rows[0] @ rows[1])


def test_a_sound_is_like_itself_at_any_level_and_unlike_another() -> None:
    one = fingerprint(RISING, RATE_HZ)
    assert len(one) == SLOTS * BANDS
    assert likeness(one, fingerprint(RISING / 10, RATE_HZ)) > 0.99
    assert likeness(one, fingerprint(FALLING, RATE_HZ)) < 0.7


@pytest.mark.parametrize("every", [3, 5])
def test_a_copy_at_a_low_rate_has_a_fingerprint_too(every: int) -> None:
    assert likeness(fingerprint(RISING, RATE_HZ), fingerprint(RISING[::every], RATE_HZ // every)) > 0.7


@pytest.mark.parametrize("samples", [0, 1, 127, 128])
def test_next_to_nothing_has_none(samples: int) -> None:
    assert fingerprint(np.zeros(samples, np.int16), RATE_HZ) == ""
