"""The instruments are true: what tests measure with is measured first."""

import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.bounds import HANG_S
from tests.conftest import Run
from tests.ear import RATE_HZ, Ear, Pcm
from tests.hearing import match, onsets

_BEEPS_MS = (100, 600, 1350)


def _beeps(length_ms: int = 2000) -> Pcm:
    pcm = np.zeros(length_ms * RATE_HZ // 1000, np.int16)
    beep = (8000 * np.sin(np.arange(RATE_HZ // 20) * 0.3)).astype(np.int16)
    for at_ms in _BEEPS_MS:
        at = at_ms * RATE_HZ // 1000
        pcm[at : at + len(beep)] = beep
    return pcm


def test_an_onset_is_the_first_loud_sample_after_a_tenth_of_a_second_of_silence() -> None:
    found = [at * 1000 / RATE_HZ for at in onsets(_beeps(), RATE_HZ)]
    assert found == pytest.approx(_BEEPS_MS, abs=0.5)


def test_a_pause_shorter_than_a_tenth_of_a_second_starts_nothing_new() -> None:
    pcm = np.zeros(RATE_HZ, np.int16)
    pcm[[0, RATE_HZ // 20, RATE_HZ // 10]] = 20_000
    assert onsets(pcm, RATE_HZ) == [0]


def test_silence_has_no_onset() -> None:
    assert onsets(np.ones(RATE_HZ, np.int16), RATE_HZ) == []


def test_a_clip_is_found_where_it_stands_however_loud() -> None:
    noise = np.random.default_rng(7)
    clip = noise.integers(-3000, 3000, 2000).astype(np.int16)
    pcm = noise.integers(-300, 300, 40_000).astype(np.int16)
    pcm[12_345 : 12_345 + len(clip)] += clip // 2
    at, alike = match(pcm, clip)
    assert (at, alike > 0.95) == (12_345, True)


@pytest.mark.audio
def test_what_is_played_is_recorded_with_its_spacing(ear: Ear, tmp_path: Path) -> None:
    sound = tmp_path / "beeps.raw"
    sound.write_bytes(_beeps().tobytes())
    play = ["pacat", "-p", "--raw", f"--rate={RATE_HZ}", "--format=s16le", "--channels=1", str(sound)]
    with ear.recording() as heard:
        subprocess.run(play, env=ear.env, check=True, timeout=HANG_S)
    found = np.diff(onsets(heard.pcm, RATE_HZ)) * 1000 / RATE_HZ
    assert list(found) == pytest.approx([500, 750], abs=2)


@pytest.mark.audio
def test_a_server_that_was_killed_starts_again_on_the_same_socket(ear: Ear) -> None:
    ear.stop(signal.SIGKILL)
    asked = ["pactl", "info"]
    assert subprocess.run(asked, env=ear.env, capture_output=True, check=False).returncode != 0
    ear.start()
    assert subprocess.run(asked, env=ear.env, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems with POSIX permissions")
def test_an_unprivileged_child_cannot_write_where_permissions_forbid(run_unprivileged: Run, tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    done = run_unprivileged([sys.executable, "-c", "open('new', 'w')"], cwd=tmp_path)
    assert "PermissionError" in done.stderr


def test_no_test_sees_the_home_of_the_person_who_runs_it(home: Path, clip_cache: Path) -> None:
    assert not list(home.glob(".*"))
    assert not clip_cache.exists()


_SKIPPING = "import pytest\n\ndef test_tool():\n    pytest.skip({why!r})\n"


@pytest.mark.parametrize(
    ("ci", "why", "code"), [("", "no parec", 0), ("true", "no parec", 1), ("true", "only on macOS", 0)]
)
def test_a_skip_for_a_missing_tool_fails_under_ci_and_is_told_elsewhere(
    ci: str, why: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", ci)
    (tmp_path / "test_one.py").write_text(_SKIPPING.format(why=why), encoding="ascii")
    root = Path(__file__).parents[1]
    command = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "--no-header", "--rootdir", str(tmp_path)]
    done = subprocess.run(
        [*command, str(tmp_path)], cwd=root, capture_output=True, text=True, check=False, timeout=HANG_S
    )
    assert done.returncode == code, done.stdout
    assert why in done.stdout
