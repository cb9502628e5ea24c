"""A session that a signal ended is in nobody's way: the next one plays."""

import signal
import sys
from pathlib import Path

import pytest

from tests.cli.running import run
from tests.e2e.steered import Playing
from tests.ear import Ear

if sys.platform == "win32":
    pytest.skip("only on systems with Unix sockets", allow_module_level=True)

pytestmark = pytest.mark.audio


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.mark.parametrize(
    ("name", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGKILL, -9)]
)
def test_after_any_signal_the_next_session_plays(name: signal.Signals, code: int, ear: Ear, folder: Path) -> None:
    playing = Playing(folder, ear)
    first = playing.until(lambda now: now["position_ms"] > 500)
    assert first["title"] == "Two holds"
    second = run("play", "two.yaml", cwd=folder, env=playing.env)
    assert second.returncode == 1
    assert second.stderr.splitlines()[-1].startswith('voicecoach: "Two holds" is playing already; ')
    playing.child.send_signal(name)
    assert playing.ends() == code
    assert run("ctl", "status", cwd=folder, env=playing.env).stderr.startswith("voicecoach: no session is playing")
    again = Playing(folder, ear)
    again.until(lambda now: now["position_ms"] > 500)
    again.ctl("stop")
    assert again.ends() == 0
