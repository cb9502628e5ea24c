"""A session whose sound server dies, and comes back."""

import signal
import sys
import time
from pathlib import Path

import pytest

from tests.e2e.seeking import heard_at_ms
from tests.e2e.steered import Playing
from tests.ear import Ear
from voicecoach.languages import phrases_for
from voicecoach.studio import Studio

if sys.platform == "win32":
    pytest.skip("only on systems with Unix sockets", allow_module_level=True)

pytestmark = pytest.mark.audio


def test_a_sound_server_that_dies_is_waited_for_and_the_cut_exercise_starts_anew(
    ear: Ear, tmp_path: Path, studio: Studio
) -> None:
    playing = Playing(tmp_path, ear)
    playing.until(lambda now: "Seat squeeze" in now["exercise"] and now["position_ms"] > 8_000)
    ear.stop(signal.SIGKILL)
    playing.until_told("the audio device stopped taking sound; trying again in 1 s")
    playing.until_told("trying again in 4 s")
    assert playing.ctl("status")["state"] == "paused"
    ear.start()
    with ear.recording() as recording:
        playing.until(lambda now: now["state"] == "playing" and now["exercise"] == "Seat squeeze")
        time.sleep(15)
        playing.ctl("stop")
        assert playing.ends() == 0
        pcm = recording.pcm
    back_ms = heard_at_ms(pcm, studio, phrases_for("en").wordings("sound-back")[0], 0)
    assert heard_at_ms(pcm, studio, "First exercise: Seat squeeze.", back_ms) > back_ms
