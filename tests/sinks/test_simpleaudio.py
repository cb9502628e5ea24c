"""simpleaudio in a process of its own: heard by a sound server, and outlived when it crashes."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from tests.bounds import HANG_S
from tests.ear import RATE_HZ, Ear
from tests.hearing import onsets
from tests.processes.doubles import Double
from tests.sinks.fed import fed
from voicecoach.audio import Pcm
from voicecoach.errors import DeviceError
from voicecoach.mix import bed
from voicecoach.sinks import simpleaudio
from voicecoach.sinks.feed import Feed
from voicecoach.sinks.simpleaudio import SimpleaudioSink

ROOT = Path(__file__).parents[2]
ALSA = "pcm.!default { type pulse }\nctl.!default { type pulse }\n"
WITHIN_MS = 50

CRASHES = "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"
ENDS = "print('Traceback')"
HANGS = "import time; time.sleep(60)"


def player(ear: Ear, *times_ms: int) -> subprocess.Popen[str]:
    if find_spec("simpleaudio") is None:
        pytest.skip("simpleaudio is not installed: apt-get install gcc libasound2-dev; pip install simpleaudio")
    if not list(Path("/usr/lib").glob("*/alsa-lib/libasound_module_pcm_pulse.so")):
        pytest.skip("ALSA does not lead to PulseAudio: apt-get install libasound2-plugins")
    env = ear.env
    Path(env["ALSA_CONFIG_PATH"]).write_text(ALSA, encoding="ascii")
    command = [sys.executable, "-m", "tests.sinks.player", "simpleaudio", *map(str, times_ms)]
    return subprocess.Popen(command, cwd=ROOT, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@pytest.mark.audio
def test_clips_sound_at_their_times_across_stretches(ear: Ear) -> None:
    starts_ms = [1_500, 2_000, 3_000, 4_500, 4_800, 7_000, 9_000, 11_800, 12_100, 13_000, 14_500]
    with ear.recording() as recording, player(ear, *starts_ms, 15_000) as child:
        out, err = child.communicate(timeout=HANG_S)
        time.sleep(0.3)
    assert (child.returncode, err) == (0, "")
    assert f"played {15 * RATE_HZ} late 0 after" in out
    heard_ms = np.array(onsets(recording.pcm, RATE_HZ)) * 1000 / RATE_HZ
    assert heard_ms - heard_ms[0] == pytest.approx(np.array(starts_ms) - starts_ms[0], abs=WITHIN_MS)


@pytest.mark.audio
def test_a_sound_server_that_ends_is_told_in_one_sentence(ear: Ear) -> None:
    with player(ear, *range(100, 30_000, 500), 30_000) as child:
        time.sleep(3)
        ear.stop()
        out, err = child.communicate(timeout=HANG_S)
    assert (child.returncode, err) == (1, "")
    assert "DeviceError: " in out


def test_without_a_device_it_is_told_so_at_once(tmp_path: Path) -> None:
    if find_spec("simpleaudio") is None:
        pytest.skip('simpleaudio is not installed: pip install "voicecoach[simpleaudio]"')
    if sys.platform != "linux":
        pytest.skip("only on Linux can a machine's devices be hidden")
    no_alsa = tmp_path / "asound.conf"
    no_alsa.touch()
    env = {**os.environ, "PULSE_SERVER": f"unix:{tmp_path}/none", "ALSA_CONFIG_PATH": str(no_alsa)}
    command = [sys.executable, "-m", "tests.sinks.player", "simpleaudio", "100", "60000"]
    done = subprocess.run(command, cwd=ROOT, env=env, text=True, capture_output=True, timeout=HANG_S, check=False)
    assert (done.returncode, done.stderr) == (1, "")
    assert "DeviceError: no audio device was found" in done.stdout


def silence() -> Iterator[Pcm]:
    for at in range(0, RATE_HZ * 60, RATE_HZ):
        yield bed(at, at + RATE_HZ)


@pytest.mark.parametrize(("code", "what"), [(CRASHES, r"ended \(SIGSEGV\)"), (ENDS, r"ended \(exit code 0\)")])
def test_a_player_that_crashes_or_ends_is_one_error(code: str, what: str) -> None:
    sink = SimpleaudioSink((sys.executable, "-c", code))
    with pytest.raises(DeviceError, match=what):
        fed(sink, silence(), lambda _: None, RATE_HZ)


def test_a_player_that_hangs_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voicecoach.sinks.player_process._START_LIMIT_S", 1.0)
    before = time.monotonic()
    with pytest.raises(DeviceError, match="does not answer"):
        fed(SimpleaudioSink((sys.executable, "-c", HANGS)), silence(), lambda _: None, RATE_HZ)
    assert time.monotonic() - before < 30  # of the minute that there is to play


def test_without_the_extra_one_sentence_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simpleaudio, "find_spec", lambda _: None)
    with pytest.raises(DeviceError, match=r'simpleaudio is not installed; pip install "voicecoach\[simpleaudio\]"'):
        SimpleaudioSink()


PRETENDS = """
say(READY)
with open(sys.argv[2], "a") as log:
    while True:
        frame = hear()
        print(frame.kind, len(frame.payload) // 2, time.monotonic(), file=log, flush=True)
        if frame.kind == "play":
            say("started", starts_s=frame.fields["starts_s"])
"""


def test_a_turn_stops_what_sounds_and_its_answer_is_handed_over_at_once(tmp_path: Path) -> None:
    log = tmp_path / "log"
    turned: list[tuple[int, float]] = []

    def answer(given: int) -> Iterator[Pcm]:
        turned.append((given, time.monotonic()))
        return iter([np.full(RATE_HZ // 2, 9000, np.int16), bed(0, RATE_HZ // 2)])

    with Feed(silence(), RATE_HZ) as feed:

        def heard(samples: int) -> None:
            if samples > RATE_HZ and not turned:
                feed.steer(answer)

        played = SimpleaudioSink((*Double(tmp_path, PRETENDS).command, str(log))).play(feed, RATE_HZ, heard)
    given, asked_s = turned[0]
    assert played == given + RATE_HZ
    told = [line.split() for line in log.read_text().splitlines()]
    assert [kind for kind, *_ in told] == ["stop", "play", "stop", "play"]
    assert int(told[3][1]) == RATE_HZ
    assert float(told[3][2]) - asked_s < 30  # of the minute of what sounded


def test_a_player_that_talks_garbage_is_replaced_and_given_what_was_not_heard(tmp_path: Path) -> None:
    log = tmp_path / "log"
    garbled = PRETENDS.replace('say("started"', 'babble() if starts == 1 else say("started"')
    sink = SimpleaudioSink((*Double(tmp_path, garbled).command, str(log)))
    played = fed(sink, iter([bed(0, RATE_HZ)]), lambda _: None, RATE_HZ)
    assert played == RATE_HZ
    told = [line.split() for line in log.read_text(encoding="ascii").splitlines()]
    assert [kind for kind, *_ in told] == ["stop", "play", "stop", "play"]
    assert int(told[3][1]) > RATE_HZ // 2
