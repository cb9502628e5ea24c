"""Live playback, heard by a sound server of the test's own."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import miniaudio
import numpy as np
import pytest

from tests.bounds import HANG_S
from tests.cli.running import in_front
from tests.ear import RATE_HZ, Ear
from tests.hearing import onsets
from voicecoach.errors import DeviceError
from voicecoach.sinks.device import _audible

ROOT = Path(__file__).parents[2]
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="only on systems with POSIX signals")


def player(env: dict[str, str], *times_ms: int) -> subprocess.Popen[str]:
    command = in_front(sys.executable, "-m", "tests.sinks.player", "auto", *map(str, times_ms))
    return subprocess.Popen(command, cwd=ROOT, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def after_first(child: subprocess.Popen[str]) -> float:
    """Wait until the child has handed over its first sound, and return how many seconds that took."""
    assert child.stdout
    ready_s = float(child.stdout.readline().removeprefix("ready "))
    return float(child.stdout.readline().removeprefix("first ")) - ready_s


@pytest.mark.audio
def test_clips_sound_at_their_times_and_the_last_of_them_is_not_cut(ear: Ear) -> None:
    starts_ms = [100, 1_000, 2_500, 2_750, 6_000, 9_900]
    with ear.recording() as recording, player(ear.env, *starts_ms, 10_000) as child:
        out, err = child.communicate(timeout=HANG_S)
    assert (child.returncode, err) == (0, "")
    assert f"played {10 * RATE_HZ} late 0 after" in out
    heard_ms = np.array(onsets(recording.pcm, RATE_HZ)) * 1000 / RATE_HZ
    assert heard_ms - heard_ms[0] == pytest.approx(np.array(starts_ms) - starts_ms[0], abs=10)
    loud = np.flatnonzero(np.abs(recording.pcm.astype(int)) > 400)
    assert (loud[-1] * 1000 / RATE_HZ) - heard_ms[-1] == pytest.approx(100, abs=10)


@pytest.mark.audio
def test_the_first_block_reaches_the_device_at_once(ear: Ear) -> None:
    with player(ear.env, 100, 60_000) as child:
        assert after_first(child) < 15  # of the minute that there is to play
        child.kill()


@pytest.mark.audio
@POSIX
def test_an_interrupt_stops_the_sound_at_once(ear: Ear) -> None:
    with ear.recording() as recording, player(ear.env, *range(100, 60_000, 200), 900_000) as child:
        after_first(child)
        time.sleep(1)
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=HANG_S)
        before = len(recording.pcm)
        time.sleep(1)
    assert (child.returncode, err) == (130, "")
    assert "interrupted" in out
    assert not onsets(recording.pcm[before + RATE_HZ // 10 :], RATE_HZ)


@pytest.mark.audio
@POSIX
def test_a_device_that_vanishes_ends_the_session_in_one_sentence(ear: Ear) -> None:
    with player(ear.env, 100, 900_000) as child:
        after_first(child)
        time.sleep(0.5)
        ear.stop(signal.SIGKILL)
        out, err = child.communicate(timeout=HANG_S)
    assert (child.returncode, err) == (1, "")
    assert "DeviceError: the audio device stopped taking sound; plug it in again, or" in out


def test_a_machine_without_a_device_is_told_so_at_once_and_in_one_sentence(tmp_path: Path) -> None:
    no_alsa = tmp_path / "asound.conf"
    no_alsa.touch()
    silent = {"PULSE_SERVER": f"unix:{tmp_path}/none", "ALSA_CONFIG_PATH": str(no_alsa)}
    if sys.platform != "linux":
        pytest.skip("only on Linux can a machine's devices be hidden")
    with player({**os.environ, **silent}, 100, 60_000) as child:
        out, err = child.communicate(timeout=HANG_S)
    assert (child.returncode, err) == (1, "")
    assert "DeviceError: no audio device was found; make a file with `voicecoach export" in out
    assert "--output null" in out
    assert float(out.split()[-1]) < 30  # of the minute that there is to play


DEVICES = """
import sys
from voicecoach.errors import VoicecoachError
from voicecoach.sinks.device import DeviceSink, device_names
from voicecoach.sinks.feed import Feed
import numpy as np
print(device_names())
try:
    with Feed(iter([np.ones(2205, np.int16)]), 22050) as feed:
        print(DeviceSink(sys.argv[1]).play(feed, 22050, lambda _: None))
except VoicecoachError as error:
    print(error)
"""


@pytest.mark.audio
@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("Null Output", "2205"),
        ("null", "2205"),
        ("nul outptu", 'there is no audio device "nul outptu"; did you mean Null Output?'),
        ("kitchen", 'there is no audio device "kitchen"; the devices are Null Output'),
    ],
)
def test_a_device_is_chosen_by_its_name_or_a_part_of_it(wanted: str, said: str, ear: Ear) -> None:
    done = subprocess.run(
        [sys.executable, "-c", DEVICES, wanted],
        cwd=ROOT, env=ear.env, capture_output=True, text=True, timeout=HANG_S, check=False,
    )  # fmt: skip
    assert done.stderr == ""
    names, outcome = done.stdout.splitlines()
    assert "Null Output" in names
    assert outcome.startswith(said)


def test_the_backend_that_plays_to_nothing_counts_as_no_device() -> None:
    with pytest.raises(DeviceError, match="no audio device was found"):
        _audible(miniaudio.PlaybackDevice(backends=[miniaudio.Backend.NULL]))
