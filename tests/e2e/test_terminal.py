"""A session in a real terminal: its keys are shown and act, and the terminal is as it was afterwards."""

import os
import signal
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("only on systems with pseudo-terminals", allow_module_level=True)

from tests.e2e.steered import SESSION
from tests.remote.pty_terminal import PtyTerminal, in_terminal

PLAY = ("-m", "voicecoach", "play", "two.yaml", "--detail", "minimal", "--output", "null")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "two.yaml").write_text(SESSION, encoding="ascii")
    return tmp_path


def playing(terminal: PtyTerminal) -> None:
    terminal.shows("Two holds")
    terminal.shows("Ctrl-C stops")
    assert terminal.settings() != terminal.before


def test_keys_are_shown_and_act_and_q_stops(folder: Path) -> None:
    with in_terminal(*PLAY, cwd=folder, env={"COLUMNS": "200"}) as terminal:
        playing(terminal)
        terminal.shows("space pause")
        terminal.press(" ")
        terminal.shows("Paused")
        terminal.press("q")
        terminal.shows("Stopped at ")
        assert terminal.ends() == 0
        assert terminal.settings() == terminal.before


@pytest.mark.parametrize("plain", [(), ("--plain",)])
@pytest.mark.parametrize(
    ("name", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_after_a_signal_the_terminal_is_as_it_was(
    name: signal.Signals, code: int, plain: tuple[str, ...], folder: Path
) -> None:
    with in_terminal(*PLAY, *plain, cwd=folder) as terminal:
        playing(terminal)
        terminal.child.send_signal(name)
        terminal.child.send_signal(name)
        assert terminal.ends() == code
        assert terminal.settings() == terminal.before
        assert "Traceback" not in terminal.screen


@pytest.mark.parametrize("how", ["Ctrl-Z", "SIGSTOP"])
def test_a_session_that_was_set_aside_comes_back_paused_and_takes_its_keys_again(
    how: str, folder: Path
) -> None:
    shell = ("-m", "tests.remote.shell", "front", sys.executable)
    with in_terminal(*shell, *PLAY, cwd=folder, env={"COLUMNS": "200"}) as terminal:
        playing(terminal)
        if how == "Ctrl-Z":
            terminal.press("\x1a")
            terminal.shows("<stopped>")
            assert terminal.settings() == terminal.before
        else:
            os.killpg(terminal.in_front(), signal.SIGSTOP)
            terminal.shows("<stopped>")
            terminal.reset()
        terminal.read(2.5)
        terminal.press("\n")
        terminal.shows("Paused")
        assert terminal.settings() != terminal.before
        terminal.press("q")
        terminal.shows("Stopped at ")
        assert terminal.ends() == 0
        assert terminal.settings() == terminal.before
