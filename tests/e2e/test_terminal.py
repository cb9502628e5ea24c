"""A session in a real terminal: its keys are shown and act, and the terminal is as it was afterwards."""

import os
import signal
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("only on systems with pseudo-terminals", allow_module_level=True)

from tests.cli.running import run
from tests.e2e.steered import SESSION
from tests.remote.pty_terminal import PtyTerminal, in_terminal
from tests.remote.watched import eventually
from voicecoach.history import STOPPED, History

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
    ("name", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGQUIT, 131)]
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


@pytest.mark.parametrize("plain", [(), ("--plain",)])
def test_who_closes_the_window_finds_all_that_was_played_in_the_history(
    plain: tuple[str, ...], folder: Path, home: Path
) -> None:
    with in_terminal(*PLAY, *plain, cwd=folder) as terminal:
        playing(terminal)
        terminal.read(4)
        terminal.hang_up()
        assert terminal.child.wait(20) == 129
    (entry,) = History(home / "data" / "voicecoach" / "history.sqlite3").records()
    assert entry.state == STOPPED
    assert entry.done_ms > 2000


@pytest.mark.parametrize("plain", [(), ("--plain",)])
def test_a_terminal_that_takes_no_output_is_in_nobodys_way(plain: tuple[str, ...], folder: Path) -> None:
    with in_terminal(*PLAY, *plain, cwd=folder) as terminal:
        playing(terminal)
        terminal.press("\x13")
        terminal.read(1)
        for word, state in (("pause", "paused"), ("status", "paused"), ("resume", "playing")):
            done = run("ctl", word, cwd=folder)
            assert (done.returncode, done.stdout.partition(":")[0]) == (0, state), done.stderr
        assert run("ctl", "stop", cwd=folder).returncode == 0
        assert terminal.ends() == 0


def test_who_wants_to_know_more_is_told_of_underruns_when_a_signal_stops_it(folder: Path) -> None:
    with in_terminal(*PLAY, "--verbose", cwd=folder, env={"COLUMNS": "200"}) as terminal:
        playing(terminal)
        terminal.child.send_signal(signal.SIGTERM)
        assert terminal.ends() == 143
        assert "samples that were not ready in time: " in terminal.screen.partition("Stopped at ")[2]


@pytest.mark.parametrize("how", ["Ctrl-Z", "SIGSTOP"])
def test_a_session_that_was_set_aside_comes_back_paused_and_takes_its_keys_again(how: str, folder: Path) -> None:
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
        # The keys are taken again by another thread than the one that shows the pause.
        eventually(lambda: terminal.settings() != terminal.before)
        terminal.press("q")
        terminal.shows("Stopped at ")
        assert terminal.ends() == 0
        assert terminal.settings() == terminal.before
