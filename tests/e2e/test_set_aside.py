"""A session whose process is stopped while it is recorded, and goes on."""

import signal
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from tests.e2e.seeking import RATE_HZ, REACTION_MS, heard_at_ms
from tests.e2e.steered import Playing, now_ms
from tests.ear import Ear
from voicecoach.studio import Studio

if sys.platform == "win32":
    pytest.skip("only on systems with Unix sockets", allow_module_level=True)

STOPPED_S = 6.0
RUSHED_MS = 5_000
"""Less than the stop: what the test and `ctl` take to ask, and what the device had not yet been given."""

WITHIN_MS = 50

pytestmark = pytest.mark.audio


def test_a_session_that_was_stopped_for_a_while_is_paused_when_it_goes_on_and_says_so(
    ear: Ear, tmp_path: Path, studio: Studio
) -> None:
    with ear.recording() as recording:
        playing = Playing(tmp_path, ear)
        before = playing.until(lambda now: now["position_ms"] > playing.first_hold_ms + 3000)
        playing.child.send_signal(signal.SIGSTOP)
        time.sleep(STOPPED_S)
        went_on_ms = now_ms(recording)
        playing.child.send_signal(signal.SIGCONT)
        after = playing.until(lambda now: now["state"] == "paused")
        time.sleep(3)
        resumed_ms = now_ms(recording)
        playing.ctl("resume")
        time.sleep(10)
        playing.ctl("stop")
        assert playing.ends() == 0
        pcm = recording.pcm
    assert after["position_ms"] - before["position_ms"] < RUSHED_MS
    paused_ms = heard_at_ms(pcm, studio, "Paused.", went_on_ms)
    assert paused_ms - went_on_ms < REACTION_MS
    quiet = pcm[round((paused_ms + 1500) * RATE_HZ / 1000) : round(resumed_ms * RATE_HZ / 1000)]
    assert np.abs(quiet.astype(int)).max() < 33
    three, two, one = (heard_at_ms(pcm, studio, word, resumed_ms) for word in ("Three", "Two", "One"))
    assert (two - three, one - two) == pytest.approx((1000, 1000), abs=WITHIN_MS)
    assert "; paused until you resume it." in playing.told.read_text()
