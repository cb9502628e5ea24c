"""Keys in a real terminal: they act at once and unseen, and the terminal comes back whatever happens."""

import os
import signal
import subprocess
import sys

import pytest

if sys.platform == "win32":
    pytest.skip("only on systems with pseudo-terminals", allow_module_level=True)

from tests.remote.pty_terminal import ROOT, PtyTerminal, in_terminal
from voicecoach.player.commands import Command
from voicecoach.remote.keys import ALSO, KEYS, describe_keys, listen_to_keys

PRESSED = ("-m", "tests.remote.pressed")
QUIET = """
from voicecoach.remote.keys import listen_to_keys
with listen_to_keys(print, print, print):
    pass
print("quiet")
"""


def listening(terminal: PtyTerminal) -> None:
    terminal.shows("<listening>")
    assert terminal.settings() != terminal.before


def test_each_key_acts_once_without_return_and_is_not_echoed() -> None:
    keys = {**KEYS, **ALSO}
    with in_terminal(*PRESSED) as terminal:
        listening(terminal)
        terminal.screen = ""
        for key, command in keys.items():
            if command is not Command.STOP:
                terminal.press(key)
                terminal.shows(f"<{command}>")
                assert terminal.screen.strip() == f"<{command}>"
                terminal.screen = ""
        terminal.press("q")
        assert terminal.ends() == 0
        assert terminal.settings() == terminal.before


@pytest.mark.parametrize("key", ["\x1b[A", "\x1b[D", "\x1bOP", "\x1b", "x", "é", "\t", "\x1b[200~"])
def test_a_key_without_a_meaning_does_nothing(key: str) -> None:
    with in_terminal(*PRESSED) as terminal:
        listening(terminal)
        terminal.screen = ""
        terminal.press(key)
        terminal.read(0.3)
        assert terminal.screen == ""
        terminal.press("Q")
        assert terminal.ends() == 0


@pytest.mark.parametrize(
    ("name", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGQUIT, 131)]
)
def test_after_a_signal_the_terminal_is_as_it_was(name: signal.Signals, code: int) -> None:
    with in_terminal(*PRESSED) as terminal:
        listening(terminal)
        terminal.child.send_signal(name)
        assert terminal.ends() == code
        assert terminal.settings() == terminal.before


@pytest.mark.parametrize(("key", "code"), [("\x03", 130), ("\x1c", 131)], ids=["Ctrl-C", "Ctrl-backslash"])
def test_a_key_that_is_a_signal_stays_one(key: str, code: int) -> None:
    with in_terminal(*PRESSED) as terminal:
        listening(terminal)
        terminal.press(key)
        assert terminal.ends() == code
        assert terminal.settings() == terminal.before


@pytest.mark.parametrize(("how", "code"), [("error", 1), ("abrupt", 3)])
def test_after_an_exception_or_an_abrupt_end_the_terminal_is_as_it_was(how: str, code: int) -> None:
    with in_terminal(*PRESSED, how) as terminal:
        listening(terminal)
        terminal.press("n")
        assert terminal.ends() == code
        assert terminal.settings() == terminal.before


def test_control_z_gives_the_terminal_back_and_on_return_the_session_pauses_and_listens_again() -> None:
    with in_terminal("-m", "tests.remote.shell", "front", sys.executable, *PRESSED) as terminal:
        listening(terminal)
        alone = terminal.settings()
        for _ in range(2):
            terminal.press("\x1a")
            terminal.shows("<stopped>")
            assert terminal.settings() == terminal.before
            terminal.screen = ""
            terminal.press("\n")
            terminal.shows("<pause>")
            assert terminal.settings() == alone
            terminal.screen = ""
            terminal.press("n")
            terminal.shows("<next>")
        terminal.press("q")
        assert terminal.ends() == 0
        assert terminal.settings() == terminal.before


def test_a_program_that_another_one_stopped_takes_the_terminal_again() -> None:
    with in_terminal("-m", "tests.remote.shell", "front", sys.executable, *PRESSED) as terminal:
        listening(terminal)
        alone = terminal.settings()
        os.kill(terminal.in_front(), signal.SIGSTOP)
        terminal.shows("<stopped>")
        terminal.reset()
        terminal.press("\n")
        terminal.shows("<pause>")
        assert terminal.settings() == alone
        terminal.press("q")
        assert terminal.ends() == 0
        assert terminal.settings() == terminal.before


def test_a_session_that_is_paused_already_is_not_paused_again() -> None:
    with in_terminal("-m", "tests.remote.shell", "front", sys.executable, *PRESSED, "paused") as terminal:
        listening(terminal)
        terminal.press("\x1a")
        terminal.shows("<stopped>")
        terminal.press("\n")
        terminal.read(0.5)
        terminal.press("n")
        terminal.shows("<next>")
        assert "<pause>" not in terminal.screen
        terminal.press("q")
        assert terminal.ends() == 0


def test_behind_another_program_nothing_is_listened_to_and_nothing_stops() -> None:
    with in_terminal("-m", "tests.remote.shell", "behind", sys.executable, *PRESSED) as terminal:
        terminal.shows("<listening>")
        assert terminal.settings() == terminal.before
        terminal.press("q\n")
        terminal.read(0.5)
        assert "<stop" not in terminal.screen
        assert terminal.child.poll() is None


def test_without_a_terminal_nothing_is_listened_to() -> None:
    done = subprocess.run(
        [sys.executable, "-c", QUIET],
        cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("quiet\n", "")


def test_without_a_standard_input_nothing_is_listened_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    with listen_to_keys(lambda _: None, lambda: None, print):  # type: ignore[arg-type, return-value]
        pass


def test_all_keys_are_shown_with_what_they_do() -> None:
    assert describe_keys().startswith("space pause  n next  p previous")
    assert all(str(command) in describe_keys() for command in set(KEYS.values()) - {Command.TOGGLE})
