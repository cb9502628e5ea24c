"""A voice that fails in mid-session: somebody with closed eyes hears that it is over, and why is printed."""

from pathlib import Path

import pytest

from tests.cli.running import environment, run
from tests.cli.test_speech_fails import failing
from tests.e2e.seeking import RATE_HZ
from tests.ear import Ear
from tests.hearing import match
from voicecoach.cache import ClipCache
from voicecoach.events import Utterance
from voicecoach.languages import phrases_for
from voicecoach.studio import open_studio

WPM = 200
FLAGS = ("--detail", "minimal", "--rate", str(WPM))
MADE = "title: A\nexercises:\n  - {name: Known, steps: [Go.], hold: 5s, reps: 1, sets: 1}\n"
NEW = MADE.replace("Known", "Unheard of")


@pytest.mark.audio
def test_a_voice_that_fails_in_mid_session_is_told_by_voice_too(ear: Ear, tmp_path: Path) -> None:
    """The welcome is in the cache, so the session begins; the exercise's name is not, and cannot be made."""
    clips = {"VOICECOACH_CACHE": str(tmp_path / "clips")}
    assert run("script", "-", *FLAGS, cwd=tmp_path, env=clips, given=MADE).returncode == 0
    with open_studio(None, "en", ClipCache(tmp_path / "clips")) as studio:
        apology = studio.clip(Utterance(phrases_for("en").wordings("stopped")[0], WPM))
    with ear.recording() as recording:
        env = {**ear.env, **environment(), **failing(tmp_path, "crashes"), **clips}
        done = run("play", "-", *FLAGS, cwd=tmp_path, env=env, given=NEW)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("voicecoach: the speech engine espeak ended unexpectedly (")
    at, alike = match(recording.pcm, apology.pcm)
    assert alike > 0.9
    assert at > 5 * RATE_HZ
