"""A session steered through its socket while it is recorded, and one whose sound server comes back."""

import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.e2e.seeking import RATE_HZ
from tests.e2e.steered import Playing, now_ms
from tests.ear import Ear
from tests.hearing import match
from voicecoach.cache import ClipCache
from voicecoach.events import Utterance
from voicecoach.languages import phrases_for
from voicecoach.player.steering import PACE_STEP
from voicecoach.script.wording import CRISP_WPM
from voicecoach.session import NORMAL_WPM
from voicecoach.studio import Studio, open_studio

if sys.platform == "win32":
    pytest.skip("only on systems with Unix sockets", allow_module_level=True)

ALIKE = 0.8
REACTION_MS = 1_500
"""From the command typed to its answer heard: a process that starts, and the device's own 600 ms."""

STOPPED_S = 6.0
RUSHED_MS = 5_000
"""Less than the stop: what the test and `ctl` take to ask, and what the device had not yet been given."""

WITHIN_MS = 50

RATES_WPM = (NORMAL_WPM, max(NORMAL_WPM, CRISP_WPM[0]), round(NORMAL_WPM / PACE_STEP))
"""The rates of talk, of counts, and of talk once the session is slower."""

pytestmark = pytest.mark.audio


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def studio(folder: Path) -> Iterator[Studio]:
    with open_studio(None, "en", ClipCache(folder / "clips")) as opened:
        yield opened


def heard_at_ms(
    pcm: "np.ndarray[tuple[int], np.dtype[np.int16]]", studio: Studio, words: str, after_ms: float
) -> float:
    """Return when words are first heard, in ms of the recording; fail where they are not."""
    start = round(after_ms * RATE_HZ / 1000)
    best = (0.0, 0)
    for wpm in RATES_WPM:
        at, alike = match(pcm[start:], studio.clip(Utterance(words, wpm)).pcm)
        best = max(best, (alike, at))
    assert best[0] > ALIKE, (words, best)
    return (start + best[1]) * 1000 / RATE_HZ


def test_pause_resume_next_and_slower_are_heard_when_they_are_given(ear: Ear, folder: Path, studio: Studio) -> None:
    with ear.recording() as recording:
        playing = Playing(folder, ear)
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


def test_a_session_that_was_stopped_for_a_while_is_paused_when_it_goes_on_and_says_so(
    ear: Ear, folder: Path, studio: Studio
) -> None:
    with ear.recording() as recording:
        playing = Playing(folder, ear)
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


def test_a_sound_server_that_dies_is_waited_for_and_the_cut_exercise_starts_anew(
    ear: Ear, folder: Path, studio: Studio
) -> None:
    playing = Playing(folder, ear)
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
