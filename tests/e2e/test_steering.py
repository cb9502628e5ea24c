"""A session steered through its socket while it is recorded."""

import sys
import time
from pathlib import Path

import numpy as np
import pytest

from tests.e2e.seeking import RATE_HZ, REACTION_MS, heard_at_ms
from tests.e2e.steered import Playing, now_ms
from tests.ear import Ear
from voicecoach.languages import phrases_for
from voicecoach.studio import Studio

if sys.platform == "win32":
    pytest.skip("only on systems with Unix sockets", allow_module_level=True)

WITHIN_MS = 50

pytestmark = pytest.mark.audio


def test_pause_resume_next_and_slower_are_heard_when_they_are_given(ear: Ear, tmp_path: Path, studio: Studio) -> None:
    with ear.recording() as recording:
        playing = Playing(tmp_path, ear)
        playing.until(lambda now: now["position_ms"] > playing.first_hold_ms + 3000)
        given: list[tuple[str, float]] = []
        for word, wait_s in (("pause", 3.0), ("resume", 9.0), ("next", 6.0), ("slower", 5.0)):
            given.append((word, now_ms(recording)))
            answer = playing.ctl(word)
            assert answer["state"] == ("paused" if word == "pause" else "playing")
            time.sleep(wait_s)
        playing.ctl("stop")
        assert playing.ends() == 0
        pcm = recording.pcm
    at = dict(given)
    paused_ms = heard_at_ms(pcm, studio, "Paused.", at["pause"])
    assert paused_ms - at["pause"] < REACTION_MS
    quiet = pcm[round((paused_ms + 1500) * RATE_HZ / 1000) : round(at["resume"] * RATE_HZ / 1000)]
    assert np.abs(quiet.astype(int)).max() < 33
    three, two, one = (heard_at_ms(pcm, studio, word, at["resume"]) for word in ("Three", "Two", "One"))
    assert (two - three, one - two) == pytest.approx((1000, 1000), abs=WITHIN_MS)
    going_ms = heard_at_ms(pcm, studio, phrases_for("en").wordings("going-on")[0], at["next"])
    assert going_ms - at["next"] < REACTION_MS
    slower = phrases_for("en").wordings("slower")[0]
    assert heard_at_ms(pcm, studio, slower, at["slower"]) > at["slower"]
    assert "Underruns of the device: 0; samples that were not ready in time: 0." in playing.told.read_text()
